"""Data whose checksums are right and whose content cannot be is refused when it is read, never
answered from.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas, DataDamagedError, DataNotFoundError
from sovietpacific.facts.store import Store
from tests.support.damage import DATA, answers, copy_data, set_sum, spoil_json, text_of

Change = Callable[[Any], Any]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_data(tmp_path / "data")


def at(*path: Any, put: Any = None, drop: bool = False) -> Change:
    """Give what puts a value at a place of a document, or drops what is there."""

    def change(document: Any) -> None:
        *way, last = path
        for key in way:
            document = document[key]
        if drop:
            del document[last]
        else:
            document[last] = put

    return change


#: Changes of records.json, each with words of the refusal.
RECORDS: dict[str, tuple[Change, str]] = {
    "a missing part": (at("views", drop=True), "views"),
    "a missing key of a tract": (at("tracts", "urup", "bbox", drop=True), "bbox"),
    "a key too many": (at("tracts", "urup", "colour", put="red"), "colour"),
    "a text for a number": (at("tracts", "urup", "area_km2", put="1420"), "area_km2 = '1420'"),
    "a text for a truth": (at("tracts", "urup", "judged", put="yes"), "judged = 'yes'"),
    "a number for a text": (at("tracts", "urup", "name", put=3), "name = 3"),
    "a text for a list": (at("tenures", 0, "holders", put="japan"), "holder"),
    "a list for a table": (at("tracts", "urup", put=[]), "records.json"),
    "a tenure that is not there": (at("tracts", "urup", "control", put=[99_999]), "out of range"),
    "a tenure counted from the end": (
        at("tracts", "urup", "control", 0, put=-1),
        "-1 is no number",
    ),
    "a truth for a tenure": (at("tracts", "urup", "control", 0, put=True), "True is no number"),
    "a land that is judged without tenures": (
        at("tracts", "urup", "control", put=[]),
        "urup, control",
    ),
    "a timeline out of order": (
        lambda d: d["tracts"]["urup"]["control"].reverse(),
        "urup, control",
    ),
    "a tenure twice": (
        lambda d: d["tracts"]["urup"]["title"].append(d["tracts"]["urup"]["title"][-1]),
        "urup, title",
    ),
    "an unknown holder": (at("tenures", 0, "holders", put=["atlantis", "china"]), "'atlantis'"),
    "an unknown standing": (at("tenures", 0, "standing", put="conquered"), "'conquered'"),
    "a standing with too few holders": (at("tenures", 0, "holders", put=["china"]), "1 holders"),
    "an unknown act": (
        at("tenures", 0, "instrument", put="treaty-of-nowhere"),
        "'treaty-of-nowhere'",
    ),
    "an unknown certainty": (at("tenures", 0, "certainty", put="sure"), "'sure'"),
    "a day that is none": (at("tenures", 0, "since", put="1855-02-30"), "ValueError"),
    "a first day that is none": (at("first_day", put="1900-01-01"), "first_day is 1900-01-01"),
    "an unknown lineage": (at("polities", "bogd-khanate", "lineage", put="mars"), "'mars'"),
    "a polity that ends before it begins": (
        at("polities", "bogd-khanate", "until", put="1900-01-01"),
        "bogd-khanate has a span",
    ),
    "an unknown region": (at("tracts", "urup", "region", put="oz"), "'oz'"),
    "an unknown claimant": (
        at("tracts", "abagaitu", "claims", 0, "claimant", put="mars"),
        "'mars'",
    ),
    "a claim that ends before it begins": (
        at("tracts", "abagaitu", "claims", 0, "until", put="1900-01-01"),
        "abagaitu has a span",
    ),
    "a line between unknown tracts": (at("lines", "amur", "between", put=["oz", "urup"]), "'oz'"),
    "a life of a line by an unknown act": (
        at("lines", "amur", "lives", 0, "basis", put="x"),
        "amur names the instrument 'x'",
    ),
    "a place in an unknown tract": (at("places", "abagaitu", "tract", put="oz"), "'oz'"),
    "a place off the globe": (at("places", "abagaitu", "lat", put=118), "off the globe"),
    "a place without an English name": (
        at("places", "abagaitu", "names", put=[]),
        "no English name",
    ),
    "a name of a place with a text for its year": (
        at("places", "abagaitu", "names", 0, 2, put="1900"),
        "since = '1900'",
    ),
    "a point that is infinite": (at("tracts", "urup", "point", put=[1e999, 45]), "Infinity"),
    "a point outside its box": (at("tracts", "urup", "point", put=[0, 0]), "urup lies nowhere"),
    "a box of three": (at("tracts", "urup", "bbox", put=[1, 2, 3]), "bbox"),
    "a land of no size": (at("tracts", "urup", "area_km2", put=0), "urup lies nowhere"),
    "a land larger than its box": (
        at("tracts", "urup", "area_km2", put=1e6),
        "urup is larger than its box",
    ),
    "a land of 10 to the 300": (at("tracts", "urup", "area_km2", put=1e300), "area_km2 = 1e+300"),
    "a land of 401 digits": (at("tracts", "urup", "area_km2", put=10**400), "area_km2 = 1000"),
    "a light land of no size": (
        at("tracts", "urup", "light_area_km2", put=-3),
        "urup is larger than its box",
    ),
    "a lineage without a colour": (
        lambda d: d["look"].update(lineages=d["look"]["lineages"][1:]),
        "look: lineages: russia is missing",
    ),
    "a colour that closes its attribute": (
        at("look", "lineages", 0, "colour", put="'><script>"),
        "is no colour",
    ),
    "a look without standings": (
        lambda d: d["look"].update(standings=[]),
        "look: standings: sovereign is missing",
    ),
    "a look of a line that is not there": (at("look", "named_lines", put={"styx": 5}), "'styx'"),
    "a zoom that is no number": (at("look", "lands", 0, "zoom", put=True), "zoom = True"),
    "a sea off the globe": (at("look", "seas", 0, "point", put=[149, 1000]), "is no point"),
    "strokes that are no records": (at("look", "drawn_lines", 0, "strokes", put=["#FFFFFF"]), ""),
    "no look at all": (lambda d: d.pop("look") and None, "look"),
    "a kind of place without a look": (at("places", "abagaitu", "kind", put="oz"), "'oz'"),
    "a kind of line without a look": (at("lines", "amur", "kind", put="oz"), "'oz'"),
    "a name with half a sign": (
        at("tracts", "urup", "name", put="\ud800"),
        "surrogates not allowed",
    ),
    "a key with half a sign": (at("lineages", "\udfff", put="x"), "surrogates not allowed"),
    "a name of a year too far": (
        at("places", "abagaitu", "names", 0, 2, put=10**30),
        "since = 1000",
    ),
    "a name of the year 10000": (
        at("places", "abagaitu", "names", 0, 3, put=10_000),
        "until = 10000",
    ),
    "a place far from its tract": (
        at("places", "abagaitu", "lat", put=44),
        "abagaitu does not lie in",
    ),
    "a place of an endless accuracy": (
        at("places", "abagaitu", "accuracy_km", put=1e300),
        "accuracy_km = 1e+300",
    ),
    "a day beyond the calendar": (at("tenures", 0, "since", put="10000-01-01"), "ValueError"),
    "limits that are none": (at("tenures", 0, "edtf", put="1945-13"), "'1945-13'"),
    "a claim before the first day": (
        at("tracts", "iturup", "claims", 0, "since", put="1800-01-01"),
        "begins on 1800-01-01",
    ),
    "a view before the first day": (
        at("views", "roc", "since", put="1800-01-01"),
        "begins on 1800-01-01",
    ),
    "a key with a sign that gives orders": (
        at("lines", "amur", "\x1b[31m", put=""),
        "argument '\\x1b[31m'",
    ),
    "a view on an unknown base": (at("views", "japan", "base", put="dreams"), "'dreams'"),
    "a view of an unknown claimant": (at("views", "japan", "claimants", put=["mars"]), "'mars'"),
    "no tracts at all": (at("tracts", put=[]), "records.json"),
    "a document of nothing": (lambda _: {"schema": 3}, "version"),
}


def refusal_of(data: Path, what: str = "records.json") -> str:
    with pytest.raises(DataDamagedError) as caught:
        answers(data)
    assert f"{data / what}" in str(caught.value)
    assert "reinstall sovietpacific, or run `make data`" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("what", [what for number, what in enumerate(RECORDS) if number % 8 == 0])
def test_records_that_cannot_be_are_refused(data: Path, what: str) -> None:
    change, words = RECORDS[what]
    spoil_json(data, "records.json", change)
    assert words in refusal_of(data)


@pytest.mark.slow
@pytest.mark.parametrize("what", RECORDS)
def test_all_records_that_cannot_be_are_refused(data: Path, what: str) -> None:
    test_records_that_cannot_be_are_refused(data, what)


@pytest.mark.parametrize(
    "change",
    [
        *(
            at("claims", drop=True),
            at("claims", put="x"),
            at("claims", 0, drop=False, put=3),
            at("claims", 0, "verdict", put="lies"),
        ),
        *(
            at("claims", 0, "sources", put=None),
            at("claims", 0, "id", put=None),
            lambda d: d["claims"][0].pop("fact"),
        ),
        *(
            at("claims", 2, "checks", 0, "ask", put="oracle"),
            at("claims", 2, "checks", 0, "question", put={}),
        ),
        *(
            at("claims", 2, "checks", 0, "expected", put={"colour": "red"}),
            at("claims", 2, "checks", put=[3]),
        ),
    ],
)
def test_an_article_that_cannot_be_is_refused(data: Path, change: Change) -> None:
    spoil_json(data, "article.json", change)
    with pytest.raises(DataDamagedError, match=r"article\.json cannot be read: .*; reinstall"):
        Store(data).read_article()


@pytest.mark.parametrize(
    "change",
    [
        *(at(key, drop=True) for key in ("version", "schema", "resources")),
        *(at("version", put=value) for value in (None, 1, [], "1999.01.0")),
        *(at("schema", put=value) for value in (None, "3", 2, 4, [], {}, True, 2.5)),
        *(
            at("resources", put=value)
            for value in (None, 1, "x", [1], [None], {}, [{}], [{"path": [], "sha256": "x"}])
        ),
        *(at("resources", 0, "path", put=value) for value in (None, 3, {})),
        *(at("resources", 0, "sha256", put=value) for value in (None, 3, {}, "")),
    ],
)
def test_a_list_of_files_that_cannot_be_is_refused(data: Path, change: Change) -> None:
    spoil_json(data, "datapackage.json", change)
    with pytest.raises(
        (DataDamagedError, DataNotFoundError), match=r"data/(datapackage|records|article)\.json"
    ):
        assert Atlas(Store(data)).version
        Store(data).read_article()


def table_of(name: str) -> pa.Table:
    return parquet.read_table(DATA / name)


def with_column(name: str, column: str, values: Any) -> pa.Table:
    table = table_of(name)
    return table.set_column(table.schema.get_field_index(column), column, values)


def with_value(name: str, column: str, value: Any, row: int = 0) -> pa.Table:
    values = table_of(name)[column].to_pylist()
    return with_column(name, column, pa.array([*values[:row], value, *values[row + 1 :]]))


POINT, EMPTY = shapely.to_wkb(shapely.Point(140, 45)), shapely.to_wkb(shapely.Polygon())
FAR = shapely.to_wkb(shapely.box(1e9, 0, 2e9, 1))


def shape_of(tract: str, column: str = "geometry") -> Any:
    """Give the good shape of a tract."""
    table = table_of("atlas.parquet")
    return shapely.from_wkb(table[column][table["tract"].to_pylist().index(tract)].as_py())


def reshaped(tract: str, change: Callable[[Any], Any], column: str = "geometry") -> pa.Table:
    """Give the table of tracts with the shape of one changed."""
    row = table_of("atlas.parquet")["tract"].to_pylist().index(tract)
    with np.errstate(invalid="ignore"):
        return with_value(
            "atlas.parquet", column, shapely.to_wkb(change(shape_of(tract, column))), row
        )


def moved(lon: float, lat: float = 0.0) -> Callable[[Any], Any]:
    """Give what moves a shape by degrees."""
    return lambda shape: shapely.transform(shape, lambda positions: np.add(positions, (lon, lat)))


def without_numbers(shape: Any) -> Any:
    """Put NaN into one vertex in the middle of a shape."""

    def spoil(positions: Any) -> Any:
        positions = positions.copy()
        positions[1 + len(positions) // 3] = np.nan
        return positions

    return shapely.transform(shape, spoil)


def exchanged(column: str, one: str = "urup", other: str = "iturup") -> pa.Table:
    """Give the table of tracts with the shapes of two exchanged."""
    names, shapes = (table_of("atlas.parquet")[name].to_pylist() for name in ("tract", column))
    first, second = names.index(one), names.index(other)
    shapes[first], shapes[second] = shapes[second], shapes[first]
    return with_column("atlas.parquet", column, pa.array(shapes))


def edge_moved() -> pa.Table:
    """Give the table of lines with an edge between two tracts moved by a degree."""
    table = table_of("lines.parquet").to_pylist()
    row = next(
        n
        for n, edge in enumerate(table)
        if edge["left"] and edge["kind"] not in ("sea", "railway", "front")
    )
    shape = shapely.from_wkb(table[row]["geometry"])
    return with_value("lines.parquet", "geometry", shapely.to_wkb(moved(1)(shape)), row)


def hull_with_holes(shape: Any) -> Any:
    """Give a shape of the same box, whose land is other land."""
    return shapely.box(*shape.bounds).difference(shapely.Point(shape.centroid).buffer(0.001))


TABLES: dict[str, tuple[str, Callable[[], pa.Table]]] = {
    "a tract less": ("atlas.parquet", lambda: table_of("atlas.parquet").slice(1)),
    "a tract twice": ("atlas.parquet", lambda: pa.concat_tables([table_of("atlas.parquet")] * 2)),
    "tracts in another order": (
        "atlas.parquet",
        lambda: table_of("atlas.parquet").take(list(range(208, -1, -1))),
    ),
    "a tract of another name": (
        "atlas.parquet",
        lambda: with_value("atlas.parquet", "tract", "oz"),
    ),
    "tracts that are numbers": (
        "atlas.parquet",
        lambda: with_column(
            "atlas.parquet", "tract", pa.array(range(len(table_of("atlas.parquet"))))
        ),
    ),
    "no column of shapes": (
        "atlas.parquet",
        lambda: table_of("atlas.parquet").drop_columns(["geometry"]),
    ),
    "no light shapes": ("atlas.parquet", lambda: table_of("atlas.parquet").drop_columns(["light"])),
    "a missing shape": ("atlas.parquet", lambda: with_value("atlas.parquet", "geometry", None)),
    "a point for land": ("atlas.parquet", lambda: with_value("atlas.parquet", "geometry", POINT)),
    "an empty shape": ("atlas.parquet", lambda: with_value("atlas.parquet", "light", EMPTY)),
    "a shape off the globe": (
        "atlas.parquet",
        lambda: with_value("atlas.parquet", "geometry", FAR),
    ),
    "bytes that are no shape": (
        "atlas.parquet",
        lambda: with_value("atlas.parquet", "geometry", b"\1\2\3"),
    ),
    "numbers for shapes": (
        "atlas.parquet",
        lambda: with_column(
            "atlas.parquet", "geometry", pa.array([1.0] * len(table_of("atlas.parquet")))
        ),
    ),
    "a tract moved by a degree": ("atlas.parquet", lambda: reshaped("urup", moved(1))),
    "a tract moved by a little": ("atlas.parquet", lambda: reshaped("urup", moved(0, 0.0001))),
    "a light tract moved": ("atlas.parquet", lambda: reshaped("urup", moved(0.2), "light")),
    "two tracts exchanged": ("atlas.parquet", lambda: exchanged("geometry")),
    "two light tracts exchanged": ("atlas.parquet", lambda: exchanged("light")),
    "a tract over all others": (
        "atlas.parquet",
        lambda: reshaped("urup", lambda _: shapely.box(100, 30, 170, 60)),
    ),
    "a tract that fills its box": ("atlas.parquet", lambda: reshaped("urup", hull_with_holes)),
    "a vertex that is no number": ("atlas.parquet", lambda: reshaped("urup", without_numbers)),
    "a light vertex that is no number": (
        "atlas.parquet",
        lambda: reshaped("urup", without_numbers, "light"),
    ),
    "an edge moved by a degree": ("lines.parquet", edge_moved),
    "an edge of an unknown tract": (
        "lines.parquet",
        lambda: with_value("lines.parquet", "left", "oz"),
    ),
    "an edge with one side": ("lines.parquet", lambda: with_value("lines.parquet", "left", "")),
    "an edge with a missing side": (
        "lines.parquet",
        lambda: with_value("lines.parquet", "right", None),
    ),
    "an edge of an unknown line": (
        "lines.parquet",
        lambda: with_value("lines.parquet", "line", "styx"),
    ),
    "land for an edge": ("lines.parquet", lambda: with_value("lines.parquet", "geometry", EMPTY)),
    "texts for accuracies": (
        "lines.parquet",
        lambda: with_value("lines.parquet", "accuracy_km", None),
    ),
    "no kinds": ("lines.parquet", lambda: table_of("lines.parquet").drop_columns(["kind"])),
}


@pytest.mark.parametrize(
    "what",
    [
        name if not number % 5 else pytest.param(name, marks=pytest.mark.slow)
        for number, name in enumerate(TABLES)
    ],
)
def test_shapes_that_do_not_fit_the_records_are_refused(
    data: Path, atlas: Atlas, what: str
) -> None:
    name, make = TABLES[what]
    parquet.write_table(make(), data / name)
    set_sum(data, name)
    shapes = type(atlas.shapes)(Store(data), atlas.records)
    with pytest.raises(DataDamagedError, match=rf"{name} cannot be used: .*; reinstall"):
        (
            shapes.of("urup", "fine"),
            shapes.of("urup", "light"),
        ) if name == "atlas.parquet" else shapes.edges


def test_tracts_that_overlap_in_their_boxes_are_refused_when_the_index_is_made(data: Path) -> None:
    """A cut from one tract is laid over its neighbour, within the box, too small to be seen in the
    area.
    """
    table = table_of("atlas.parquet")
    names = table["tract"].to_pylist()
    shapes = shapely.from_wkb(table["geometry"].to_pylist())
    boxes = {name: shape.bounds for name, shape in zip(names, shapes, strict=True)}
    tract = max(
        names,
        key=lambda name: (boxes[name][2] - boxes[name][0]) * (not name.startswith("backdrop")),
    )
    row = names.index(tract)
    other = next(
        n
        for n in range(len(names))
        if n != row and shapely.touches(shapes[n], shapes[row]) and shapes[n].area > 0.1
    )
    point = shapes[other].representative_point()
    if not shapely.box(*boxes[tract]).contains(point.buffer(0.01)):
        point = shapely.box(*boxes[tract]).intersection(shapes[other]).representative_point()
    wider = shapes[row].union(
        shapely.box(point.x - 0.0001, point.y - 0.0001, point.x + 0.0001, point.y + 0.0001)
    )
    parquet.write_table(
        with_value("atlas.parquet", "geometry", shapely.to_wkb(wider), row), data / "atlas.parquet"
    )
    set_sum(data, "atlas.parquet")
    with pytest.raises(
        DataDamagedError, match=r"atlas\.parquet cannot be used: its shapes do not lie side by side"
    ):
        sp.sovereignty_of((142.7, 47.0), "1950-01-01", atlas=Atlas(Store(data)))


#: Values that are of a right kind and cannot be, or hardly.
ABSURD = st.sampled_from(
    [
        10**400,
        10**30,
        2**63,
        10_000,
        -1,
        1e300,
        -1e300,
        5e-324,
        "\ud800",
        "\0",
        "\x1b[31m",
        "9999-12-31",
        "0001-01-01",
        "1945~",
        "japan",
    ]
)
JSON = ABSURD | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda e: st.lists(e, max_size=3),
)


@pytest.mark.slow
@settings(max_examples=25, phases=[Phase.generate])
@given(draw=st.data())
def test_anything_anywhere_in_the_records_is_refused_or_answered_with(
    draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = copy_data(tmp_path_factory.mktemp("records") / "data")
    document = json.loads(text_of("records.json"))
    inner: Any = document
    while True:
        key = draw.draw(
            st.sampled_from(sorted(inner))
            if isinstance(inner, dict)
            else st.integers(0, len(inner) - 1)
        )
        if (
            not isinstance(inner[key], dict | list)
            or not inner[key]
            or (inner is not document and draw.draw(st.booleans()))
        ):
            break
        inner = inner[key]
    if draw.draw(st.booleans()):
        inner[key] = draw.draw(JSON)
    else:
        del inner[key]
    spoil_json(data, "records.json", lambda _: document)
    with suppress(
        DataDamagedError
    ):  # any other error, and one from within, is what the test looks for
        assert len(answers(data)) == 10
