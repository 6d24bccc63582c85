"""The checks find whatever is wrong with a partition or with the files of data, and say of which
land or file it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from sovietpacific.builder.checks import (
    ACCEPTED_AREAS,
    ACCEPTED_MAIN_ISLANDS,
    check_areas,
    check_coverage,
    check_files,
    check_main_islands,
    check_partition,
)
from sovietpacific.builder.noding import area_km2
from sovietpacific.builder.partition import Partition
from sovietpacific.builder.pipeline import _stale as is_stale
from sovietpacific.builder.write import write_datapackage, write_json, write_text
from sovietpacific.files.geojson import feature, write_features
from sovietpacific.files.geoparquet import write_geoparquet

#: Two neighbours, and the same two with their common edge a little further east.
FINE = np.array([shapely.box(150, 45, 151, 46), shapely.box(151, 45, 152, 46)], object)
LIGHT = np.array([shapely.box(150, 45, 151.1, 46), shapely.box(151.1, 45, 152, 46)], object)
TRACTS = ("east", "west")


def areas_of(shapes: np.ndarray) -> np.ndarray:
    return np.array([area_km2(shape) for shape in shapes])


def partition_of(tracts: tuple[str, ...], fine: np.ndarray, light: np.ndarray) -> Partition:
    return Partition(tracts, fine, light, areas_of(fine), areas_of(light), (), (), ())


def square_of(km2: float, west: float = 140.0) -> Any:
    """Give a square whose geodesic area is as asked, by halving the interval of its side."""
    low, high = 0.0, 9.0
    for _ in range(80):
        side = (low + high) / 2
        low, high = (
            (side, high)
            if area_km2(shapely.box(west, 36, west + side, 36 + side)) < km2
            else (low, side)
        )
    return shapely.box(west, 36, west + low, 36 + low)


def test_a_sound_partition_has_no_problem() -> None:
    assert check_partition(partition_of(TRACTS, FINE, LIGHT), {}) == []


def test_fine_and_light_shapes_areas_and_islands_of_a_partition_are_all_checked() -> None:
    apart = np.array([FINE[0], shapely.box(150.9, 45, 152, 46)], object)
    overlap = "the shapes overlap or do not meet: east, west"
    assert check_partition(partition_of(TRACTS, apart, LIGHT), {}) == [f"fine: {overlap}"]
    assert check_partition(partition_of(TRACTS, FINE, apart), {}) == [f"light: {overlap}"]
    small = partition_of(("hokkaido", "tuva"), FINE, LIGHT)
    assert [problem.split(" has")[0] for problem in check_partition(small, {})] == [
        "Tuva",
        "hokkaido, main island",
    ]
    japan = partition_of(("a", "b"), FINE, LIGHT)
    assert check_partition(japan, {"a": "manchuria.liaodong.kwantung"})[0].startswith(
        "Kwantung has 8"
    )


def test_a_partition_with_wrong_sums_names_them_in_full() -> None:
    wide, narrow = areas_of(FINE), areas_of(LIGHT)
    told = "the tracts sum up to {:.6f} km², the land they cover to {:.6f} km²"
    assert check_partition(
        Partition(TRACTS, FINE, LIGHT, wide * 1.5, narrow / 2, (), (), ()), {}
    ) == [
        f"fine: {told.format(wide.sum() * 1.5, wide.sum())}",
        f"light: {told.format(narrow.sum() / 2, narrow.sum())}",
    ]


@pytest.mark.parametrize(
    ("share", "sound"), [(9e-10, True), (-9e-10, True), (1.2e-9, False), (-1.2e-9, False)]
)
def test_areas_may_differ_from_the_land_by_a_billionth(share: float, sound: bool) -> None:
    assert (check_coverage("fine", TRACTS, FINE, areas_of(FINE) * (1 + share)) == []) is sound


def test_tracts_shapes_and_areas_of_different_number_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        check_coverage("fine", (*TRACTS, "third"), FINE, areas_of(FINE))
    with pytest.raises(ValueError, match="zip"):
        check_partition(
            Partition(TRACTS, FINE, LIGHT, areas_of(FINE)[:1], areas_of(LIGHT), (), (), ()), {}
        )


def test_empty_and_crossed_shapes_are_named_before_anything_else() -> None:
    bow = shapely.Polygon([(150, 45), (151, 46), (151, 45), (150, 46)])
    shapes = np.array([shapely.Polygon(), bow, FINE[1]], object)
    empty, crossed = check_coverage("light", ("gone", "bow", "sound"), shapes, areas_of(FINE))
    assert empty == "light: the shape of gone is empty"
    assert crossed.startswith("light: the shape of bow is Self-intersection")


def test_only_the_shapes_that_do_not_meet_are_named() -> None:
    shapes = np.array(
        [*FINE, shapely.box(160, 45, 161, 46), shapely.box(160.5, 45, 162, 46)], object
    )
    assert check_coverage("fine", ("a", "b", "c", "d"), shapes, areas_of(shapes)) == [
        "fine: the shapes overlap or do not meet: c, d"
    ]


@pytest.mark.parametrize(
    ("name", "share"),
    [(name, share) for name in ACCEPTED_AREAS for share in (0.006, 0.004, -0.004, -0.006)],
)
def test_lands_may_be_half_a_percent_off_the_accepted_figures(name: str, share: float) -> None:
    members, low, high = ACCEPTED_AREAS[name]
    total = (high if share > 0 else low) * (1 + share)
    problems = check_areas(
        {f"{member} town": total / len(members) for member in members},
        {f"{m} town": m for m in members},
    )
    if abs(share) < 0.005:
        assert problems == []
    else:
        assert problems == [
            f"{name} has {total:.0f} km²; accepted is {low} to {high} km², give or take 0.5%"
        ]


def test_the_half_percent_itself_is_accepted() -> None:
    members, low, high = ACCEPTED_AREAS["North Korea"]
    for total in (low * (1 - 0.005), high * (1 + 0.005)):
        assert check_areas({members[0]: total, **dict.fromkeys(members[1:], 0.0)}, {}) == []


def test_a_land_counts_its_tracts_and_those_of_its_regions_and_of_regions_within() -> None:
    regions = {
        "one": "manchuria.liaodong.kwantung",
        "two": "manchuria.liaodong.kwantung.port",
        "far": "manchuria.liaodong",
    }
    areas = {"one": 3000.0, "two": 430.0, "far": 9e9, "unplaced": 9e9, "near": 9e9}
    assert check_areas(areas, {**regions, "near": "manchuria.liaodong.kwantung-old"}) == []


def test_a_land_is_judged_only_where_all_its_parts_are_there() -> None:
    assert check_areas({"outer-mongolia": 1.0}, {}) == []
    assert check_areas({}, {}) == []
    both = check_areas({"outer-mongolia": 1.0, "khalkhin-gol": 1.0}, {})
    assert both == ["Mongolia has 2 km²; accepted is 1564116 to 1564116 km², give or take 0.5%"]


def test_every_land_that_is_off_is_told() -> None:
    assert (
        len(
            check_areas(
                {"tuva": 1.0, "honshu": 1.0, "outer-mongolia": 1.0, "khalkhin-gol": 1.0}, {}
            )
        )
        == 3
    )


@pytest.mark.parametrize("tract", ACCEPTED_MAIN_ISLANDS)
def test_the_largest_part_of_a_tract_is_its_main_island(tract: str) -> None:
    accepted = ACCEPTED_MAIN_ISLANDS[tract]
    islet = shapely.box(170, 0, 170.1, 0.1)
    island = shapely.union_all([islet, square_of(accepted * 1.004)])
    assert check_main_islands({tract: island}) == []
    larger = shapely.union_all([islet, square_of(accepted * 1.006)])
    found = (
        f"{accepted * 1.006:.0f} km²; accepted is {accepted} to {accepted} km², give or take 0.5%"
    )
    assert check_main_islands({tract: larger, "unknown": islet}) == [
        f"{tract}, main island has {found}"
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write data of two tracts, whole and sound."""
    data = tmp_path / "data"
    write_records(data, TRACTS)
    write_geoparquet(
        data / "atlas.parquet",
        {"tract": list(TRACTS)},
        {"geometry": FINE, "light": LIGHT},
        "geometry",
    )
    for folder, shapes in ((data / "geojson", FINE), (data / "geojson" / "light", LIGHT)):
        for tract, shape in zip(TRACTS, shapes, strict=True):
            write_features(folder / f"{tract}.geojson", [feature(tract, shape, {"name": "千島"})])
    write_features(
        data / "geojson" / "lines.geojson",
        [feature(None, shapely.LineString([(151, 45), (151, 46)]), {})],
    )
    write_datapackage_of(data)
    return data


def write_records(data: Path, tracts: tuple[str, ...]) -> None:
    areas = zip(tracts, areas_of(FINE).tolist(), areas_of(LIGHT).tolist(), strict=True)
    write_json(
        data / "records.json",
        {
            "tracts": {
                tract: {"name": "千島", "area_km2": fine, "light_area_km2": light}
                for tract, fine, light in areas
            }
        },
    )


def write_datapackage_of(data: Path) -> None:
    """Write checksums of the files as they are, so that only what is in them is wrong."""
    (data / "datapackage.json").unlink(missing_ok=True)
    write_datapackage(data, {"name": "小"})


def test_sound_files_have_no_problem(data: Path) -> None:
    assert check_files(data) == []


def test_a_missing_datapackage_is_told_with_the_remedy(tmp_path: Path) -> None:
    assert check_files(tmp_path) == [f"{tmp_path / 'datapackage.json'} is missing; run `make data`"]


def test_every_missing_or_changed_file_is_told_by_name_with_the_remedy(data: Path) -> None:
    (data / "records.json").unlink()
    with (data / "atlas.parquet").open("ab") as file:
        file.write(b" ")
    lines = (data / "geojson" / "lines.geojson").read_bytes()
    (data / "geojson" / "lines.geojson").write_bytes(lines[:-1] + b" ")
    changed = "is not the file that was built: its size or checksum differs; run `make data`"
    assert sorted(check_files(data)) == [
        f"{data / 'atlas.parquet'} {changed}",
        f"{data / 'geojson' / 'lines.geojson'} {changed}",
        f"{data / 'records.json'} is missing; run `make data`",
    ]


def test_a_file_of_another_size_than_the_datapackage_says_is_told(data: Path) -> None:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["bytes"] += 1
    write_json(data / "datapackage.json", package)
    (problem,) = check_files(data)
    assert problem.startswith(
        f"{data / package['resources'][0]['path']} is not the file that was built"
    )


@pytest.mark.parametrize("tracts", [("east", "north"), ("east", "middle", "west"), ("east",)])
def test_files_of_other_tracts_than_the_records_are_told(
    data: Path, tracts: tuple[str, ...]
) -> None:
    content = json.loads((data / "records.json").read_text(encoding="utf-8"))
    write_json(data / "records.json", {"tracts": dict.fromkeys(tracts, content["tracts"]["east"])})
    write_datapackage_of(data)
    assert check_files(data) == [
        f"{name} and records.json do not hold the same tracts"
        for name in ("atlas.parquet", "geojson", "geojson/light")
    ]


def test_a_folder_that_lost_its_shapes_is_told(data: Path) -> None:
    for path in (data / "geojson" / "light").iterdir():
        path.unlink()
    write_datapackage_of(data)
    assert check_files(data) == ["geojson/light and records.json do not hold the same tracts"]


@pytest.mark.parametrize(("key", "column"), [("area_km2", "geometry"), ("light_area_km2", "light")])
def test_areas_of_the_records_must_be_those_of_the_shapes(
    data: Path, key: str, column: str
) -> None:
    content = json.loads((data / "records.json").read_text(encoding="utf-8"))
    content["tracts"]["west"][key] += 1
    write_json(data / "records.json", content)
    write_datapackage_of(data)
    (problem,) = check_files(data)
    assert problem.startswith(f"atlas.parquet {column}: the tracts sum up to ")


def spoil_parquet(data: Path) -> None:
    crossed = np.array([LIGHT[0], shapely.box(151, 45, 152, 46)], object)
    write_geoparquet(
        data / "atlas.parquet",
        {"tract": list(TRACTS)},
        {"geometry": FINE, "light": crossed},
        "geometry",
    )


def spoil_fine(data: Path) -> None:
    write_features(data / "geojson" / "west.geojson", [feature("west", LIGHT[0], {})])


def spoil_light(data: Path) -> None:
    write_features(data / "geojson" / "light" / "west.geojson", [feature("west", FINE[1], {})])


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (spoil_parquet, "atlas.parquet light: the shapes overlap or do not meet: east, west"),
        (spoil_fine, "geojson: the shapes overlap or do not meet: east, west"),
        (spoil_light, "geojson/light: the shapes overlap or do not meet: east, west"),
    ],
)
def test_shapes_that_overlap_are_told_by_file_and_tract(
    data: Path, spoil: Callable[[Path], None], problem: str
) -> None:
    spoil(data)
    write_datapackage_of(data)
    assert check_files(data) == [problem]


def test_problems_of_every_file_with_shapes_are_told_at_once(data: Path) -> None:
    for spoil in (spoil_parquet, spoil_fine, spoil_light):
        spoil(data)
    write_text(data / "geojson" / "notes.txt", "no shapes here")
    write_datapackage_of(data)
    assert [problem.split(":")[0] for problem in check_files(data)] == [
        "atlas.parquet light",
        "geojson",
        "geojson/light",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '{"resources": 3}',
        '{"resources": [3]}',
        '{"resources": [{}]}',
        "[" * 100_000,
        "\ud83d",
    ],
)
def test_a_list_of_files_that_is_none_is_a_problem_and_no_traceback(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "datapackage.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    (problem,) = check_files(tmp_path)
    assert f"{tmp_path} does not hold the data of an atlas: " in problem
    assert len(problem) < 1000
    assert is_stale(tmp_path, tmp_path) in (
        [],
        [
            f"{tmp_path.name}/ was built from other seeds than those in {tmp_path.name}/; run `make data`"
        ],
    )


@pytest.mark.parametrize(
    "document", [{}, [], {"tracts": 3}, {"tracts": {"east": {}}}, {"tracts": ["east"]}]
)
def test_records_with_a_right_checksum_and_no_sense_are_a_problem_and_no_traceback(
    document: Any, tmp_path: Path
) -> None:
    write_json(tmp_path / "records.json", document)
    write_geoparquet(
        tmp_path / "atlas.parquet",
        {"tract": ["east"]},
        {"geometry": FINE[:1], "light": LIGHT[:1]},
        "geometry",
    )
    write_datapackage(tmp_path, {"name": "sovietpacific"})
    assert check_files(tmp_path) != []
