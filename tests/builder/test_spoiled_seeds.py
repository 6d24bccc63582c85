"""Whatever stands in the seeds, reading them ends in a good build or in a `SeedError` that names
the place.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import load_atlas
from sovietpacific.builder.pipeline import build, check
from sovietpacific.errors import SeedError
from tests.support import spoiling
from tests.support.spoiling import GONE, VALUES, put, ways_to
from tests.support.whole_seeds import CELLS, whole_tables, write_whole_seeds

GOOD = whole_tables()
WAYS = {name: list(ways_to(table)) for name, table in GOOD.items()}
CELL_WAYS = {name: [way for way in ways_to(rows) if len(way) == 2] for name, rows in CELLS.items()}
#: Values that are right somewhere, to stand where they are not.
ELSEWHERE = [spoiling.at(GOOD[name], way) for name, ways in WAYS.items() for way in ways]


def outcome(folder: Path, tables: dict[str, Any], cells: dict[str, Any]) -> str | None:
    """Give the refusal of the seeds, None where they are built and the data can be asked; anything
    else is raised.
    """
    shutil.rmtree(folder, ignore_errors=True)
    seeds, data = write_whole_seeds(folder / "seeds", tables, cells), folder / "data"
    try:
        build(seeds, data)
    except SeedError as wrong:
        assert not data.exists()
        assert check(seeds, data)  # which reads but does not cut, and has no data to look at
        return str(wrong)
    sp.borders_at("1945-08-19", atlas=load_atlas(data))
    # What registers cite, and nobody cites, `check` tells of and no build needs.
    assert [
        told
        for told in check(seeds, data)
        if not told.startswith(("instruments.toml: ", "sources.toml: "))
    ] == []
    return None


def test_the_seeds_that_are_spoiled_here_are_good(tmp_path: Path) -> None:
    assert outcome(tmp_path / "all", GOOD, CELLS) is None
    atlas = load_atlas(tmp_path / "all" / "data")
    assert set(atlas.tracts) == {
        "east",
        "west",
        "spit",
        "bay",
        "strip",
        "traced",
        "one",
        "two",
        "backdrop-jpn",
    }
    assert {name for name, ways in WAYS.items() if len(ways) < 2} == set()


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give tables and cells with one to three values spoiled."""
    tables, cells = dict(GOOD), dict(CELLS)
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 3)):
            name = draw(st.sampled_from(sorted(WAYS)))
            ways = list(ways_to(tables[name]))
            if ways:
                value = draw(st.sampled_from(VALUES) | st.sampled_from(ELSEWHERE))
                tables[name] = put(tables[name], draw(st.sampled_from(ways)), value)
        else:
            name = draw(st.sampled_from(sorted(CELL_WAYS)))
            ways = list(ways_to(cells[name]))
            way = draw(st.sampled_from(ways)) if ways else ()
            if way:
                cells[name] = put(
                    cells[name],
                    way,
                    draw(st.sampled_from(spoiling.CELLS)) if len(way) == 2 else GONE,
                )
    return tables, cells


@settings(max_examples=150)
@given(seeds=spoiled())
def test_seeds_spoiled_anyhow_are_refused_or_built(
    seeds: tuple[Any, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = outcome(tmp_path_factory.getbasetemp() / "spoiled", *seeds)
    assert told is None or len(told) < 20_000


#: Where a refusal names a line, a tract, a register or an act, which are of one name each, and not
#: the file.
NAMED_OTHERWISE = ("line ", "no land is left for ", "land of ", "no tracts: ")


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_every_value_of_every_kind_in_every_place_is_refused_by_file_or_built(
    name: str, tmp_path: Path
) -> None:
    every = 9
    for number, (way, value) in enumerate((way, value) for way in WAYS[name] for value in VALUES):
        if number % every == 0:
            told = outcome(tmp_path / "all", {**GOOD, name: put(GOOD[name], way, value)}, CELLS)
            assert (
                told is None
                or ".toml" in told
                or ".csv" in told
                or any(word in told for word in NAMED_OTHERWISE)
            ), told


@pytest.mark.slow
@pytest.mark.parametrize("name", CELL_WAYS)
def test_every_cell_of_every_kind_is_refused_by_file_or_built(name: str, tmp_path: Path) -> None:
    for way in CELL_WAYS[name]:
        for value in spoiling.CELLS[way[1] % 4 :: 4]:
            told = outcome(tmp_path / "all", GOOD, {**CELLS, name: put(CELLS[name], way, value)})
            assert told is None or ".csv" in told, told


def refusal_of(folder: Path, name: str, way: spoiling.Way, value: Any) -> str:
    told = outcome(folder, {**GOOD, name: put(GOOD[name], way, value)}, CELLS)
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("name", "way", "value", "complaint"),
    [
        ("polities", ("lineages",), GONE, "polities.toml: lineages is missing"),
        ("polities", ("polities",), GONE, "polities.toml: polities is missing"),
        ("polities", ("lineages",), 3, "polities.toml: lineages = 3 is no table"),
        ("polities", ("lineages", "japan"), 3, "polities.toml: lineages: japan = 3 is not a text"),
        (
            "polities",
            ("lineages", "japan"),
            GONE,
            "polities.toml: japan: lineage = 'japan' is not among the lineages",
        ),
        (
            "polities",
            ("lineages", "korea"),
            "Korea",
            "polities.toml: lineage korea has no main polity",
        ),
        (
            "polities",
            ("polities", "japan", "main"),
            GONE,
            "polities.toml: japan: a polity outside the main line is called",
        ),
        (
            "polities",
            ("polities", "japan", "main"),
            "yes",
            "polities.toml: japan: main = 'yes'; write true or false",
        ),
        ("polities", ("polities", "japan"), "x", "polities.toml: japan = 'x' is no table"),
        (
            "polities",
            ("polities", "japan", "sources"),
            "book-1974",
            "polities.toml: japan: sources = 'book-1974' is no list",
        ),
        (
            "instruments",
            ("treaty-1875",),
            16**5000,
            "instruments.toml: treaty-1875 is a whole number too large",
        ),
        (
            "instruments",
            ("treaty-1875",),
            10**4299,
            "instruments.toml: treaty-1875 is a whole number too large",
        ),
        (
            "instruments",
            ("treaty-1875", "parties"),
            [1],
            "instruments.toml: treaty-1875: parties: 1 = 1 is not a text",
        ),
        (
            "instruments",
            ("treaty-1875", "note"),
            3,
            "instruments.toml: treaty-1875: note = 3 is not a text",
        ),
        ("sources", ("book-1974", "url"), {}, "sources.toml: book-1974: url = {} is not a text"),
        (
            "views",
            ("japan", "claimants"),
            [[]],
            "views.toml: japan: claimants: 1 = [] is not a text",
        ),
        ("views", ("japan", "recognised"), [], "views.toml: japan: recognised = [] is no table"),
        (
            "views",
            ("japan", "reads"),
            {"x": "y"},
            "views.toml: japan: holder 'x' is neither a lineage nor a polity",
        ),
        (
            "edition",
            ("as_of",),
            spoiling.date(1, 1, 1),
            "edition.toml: as_of = 0001-01-01 is before 1855-01-01",
        ),
        ("tracts/all", ("chain", "names"), 3, "tracts/all.toml: chain: names = 3 is no table"),
        ("tracts/all", ("chain", "also"), "x", "tracts/all.toml: chain: also = 'x' is no list"),
        (
            "tracts/all",
            ("chain", "east", "claims"),
            [3],
            "tracts/all.toml: chain.east: claims: 1 = 3 is no table",
        ),
        (
            "tracts/all",
            ("chain", "east", "shape"),
            3,
            "tracts/all.toml: chain.east: shape = 3 is no table",
        ),
        (
            "tracts/all",
            ("chain", "east", "shape", "island"),
            [45.0],
            "chain.east: shape: island = [45.0] is no point",
        ),
        (
            "tracts/all",
            ("chain", "east", "shape", "island"),
            [45.0, 150.0],
            "is no point on the globe; longitude comes first",
        ),
        (
            "tracts/all",
            ("chain", "east", "shape", "island"),
            [10.0, 45.0],
            "tracts/all.toml: chain.east: no island at [10.0, 45.0]",
        ),
        (
            "tracts/all",
            ("chain", "east", "published_km2"),
            -1,
            "chain.east: published_km2 = -1 is not a number above 0",
        ),
        (
            "tracts/all",
            ("shore", "strip", "shape", "strip", "country"),
            GONE,
            "shore.strip: shape: strip: country is missing",
        ),
        (
            "tracts/all",
            ("shore", "spit", "shape", "rings"),
            ["../x"],
            "shape: rings: 1 = '../x' is no name of a file",
        ),
        (
            "tracts/all",
            ("shore", "control", 1, "except"),
            "spit",
            "control 1875-08-22: except = 'spit' is no list",
        ),
        ("lines", ("border",), [], "lines.toml: border = [] is no table"),
        ("lines", ("parallel", "name"), GONE, "lines.toml: parallel: name is missing"),
        (
            "lines",
            ("parallel", "within"),
            GONE,
            "lines.toml: parallel: a parallel says within = [west, east]",
        ),
        (
            "lines",
            ("parallel", "latitude"),
            True,
            "lines.toml: parallel: latitude = True is not a number from -90 to 90",
        ),
        (
            "lines",
            ("parallel", "accuracy_km"),
            float("nan"),
            "lines.toml: parallel: accuracy_km = nan is no number",
        ),
        (
            "lines",
            ("border", "cuts"),
            True,
            "lines.toml: border: a stretch of the base borders is an edge already",
        ),
        (
            "lines",
            ("border", "border"),
            ["JPN", "QZZ"],
            "lines.toml: edges: JPN and QZZ have no common border",
        ),
        (
            "lines",
            ("edges", "beside", "line"),
            [],
            "lines.toml: edges: beside: line = [] is not a text",
        ),
        (
            "lines",
            ("strait", "between"),
            ["east"],
            "lines.toml: strait: between = ['east'] has 1 values; give 2",
        ),
        (
            "lines",
            ("provincial", "provinces"),
            [["North"], []],
            "lines.toml: provincial: provinces = [['North'], []]: the two",
        ),
        (
            "lines",
            ("course", "file"),
            "a/b",
            "lines.toml: course: file = 'a/b' is no name of a file",
        ),
        ("fronts", ("war",), 3, "fronts.toml: war = 3 is no table"),
        (
            "fronts",
            ("front-1", "points", 0),
            ["a", "b"],
            "fronts.toml: front-1: points: 1 = ['a', 'b'] is no point",
        ),
        ("fronts", ("front-1", "name"), GONE, "fronts.toml: front-1: name is missing"),
        ("article", ("A1", "check", 0, "ask"), [], "article.toml: A1: check 1: "),
        ("article", ("A1", "check"), 3, "article.toml: A1: check = 3 is no list"),
        ("article", ("A2", "no_check"), 3, "article.toml: A2: no_check = 3 is not a text"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_value_of_another_kind_is_refused_by_file_and_key(
    name: str, way: spoiling.Way, value: Any, complaint: str, tmp_path: Path
) -> None:
    assert complaint in refusal_of(tmp_path / "all", name, way, value)


def _written(text: str | bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    "name", ["polities.toml", "tracts/all.toml", "lines.toml", "article.toml", "edition.toml"]
)
@pytest.mark.parametrize(
    "spoil",
    [
        _written("x = " + "9" * 5000),
        _written("x = " + "[" * 100_000 + "]" * 100_000),
        _written("[" + ".".join("a" * 500) + "]\nx = 1"),
        _written("x = " + "{a = " * 900 + "1" + "}" * 900),
        _written(b"\xff\xfe\x00x"),
        _written("x = 1945-02-30"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=[
        "5,000 digits",
        "deep list",
        "deep table",
        "deep inline",
        "no UTF-8",
        "no day",
        "missing",
        "a folder",
    ],
)
def test_a_file_that_is_no_sound_toml_is_refused_by_name(
    spoil: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    seeds = write_whole_seeds(tmp_path / "seeds")
    spoil(seeds / name)
    with pytest.raises(SeedError, match=rf"{name.rpartition('/')[2]}|no tracts") as refused:
        build(seeds, tmp_path / "data")
    assert len(str(refused.value)) < 1000
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "name", ["places.csv", "place_names.csv", "rings/spit.csv", "lines/course.csv"]
)
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"lon,lat\n1,\0\n",
        b'lon,lat\n"x',
        b"lon\n" + b"x" * 200_000,
        b"\n\n",
        b"a,b\n1,2\n",
    ],
)
def test_a_file_that_is_no_sound_csv_is_refused_by_name(
    text: bytes, name: str, tmp_path: Path
) -> None:
    seeds = write_whole_seeds(tmp_path / "seeds")
    (seeds / name).write_bytes(text)
    with pytest.raises(SeedError, match=name):
        build(seeds, tmp_path / "data")


@pytest.mark.parametrize("layer", ["land", "provinces"])
@pytest.mark.parametrize(
    "spoil", ["cut", "garbage", "another table", "no polygons", "no rows", "no text"]
)
def test_a_base_layer_that_is_damaged_is_refused(spoil: str, layer: str, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet
    import shapely

    seeds = write_whole_seeds(tmp_path / "seeds")
    path = seeds / "coast" / f"{layer}.parquet"
    table = parquet.read_table(path)
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif spoil == "garbage":
        path.write_bytes(b"PAR1 nothing PAR1")
    else:
        points = pa.array([shapely.to_wkb(shapely.Point(1, 2))] * len(table), pa.binary())
        made = {
            "another table": pa.table({"x": [1]}),
            "no polygons": table.set_column(
                table.column_names.index("geometry"), "geometry", points
            ),
            "no rows": table.slice(0, 0),
            "no text": table.set_column(
                0, table.column_names[0], pa.nulls(len(table), pa.string())
            ),
        }
        parquet.write_table(made[spoil], path)
    with pytest.raises(SeedError, match="run `make coast`"):
        build(seeds, tmp_path / "data")
