"""Every face goes to a tract by the rules, in their order; a shape that means no land is refused by
name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from sovietpacific.builder.assign import Faces, assign, find_faces
from sovietpacific.builder.base import Land, Provinces
from sovietpacific.builder.noding import faces_of, rings_of
from sovietpacific.errors import SeedError

#: A mainland of four degrees by two, a large island north of the parallel at 42, one south of it,
#: and an islet of another country.
MAINLAND, NORTH, SOUTH, FOREIGN = (
    shapely.box(100, 40, 104, 42.5),
    shapely.box(105, 42.1, 105.5, 42.4),
    shapely.box(105, 41.0, 105.5, 41.4),
    shapely.box(106, 41.0, 106.05, 41.05),
)
PARALLEL = 42.0


@pytest.fixture
def land() -> Land:
    polygons = np.array([MAINLAND, NORTH, SOUTH, FOREIGN], object)
    return Land(
        np.array(["AAA", "AAA", "AAA", "BBB"], object), np.array(["core"] * 4, object), polygons
    )


def outcome(
    shapes: dict[str, dict[str, Any]], land: Land, seeds: Path, rings: dict[str, Any] | None = None
) -> Faces:
    (seeds / "rings").mkdir(exist_ok=True)
    for name, polygon in (rings or {}).items():
        rows = [f"{x},{y},p,,1,own,CC0-1.0" for x, y in shapely.get_coordinates(polygon)[:-1]]
        (seeds / "rings" / f"{name}.csv").write_text(
            "\n".join(["lon,lat,name,why,accuracy_km,source,licence", *rows]) + "\n"
        )
    cuts = [
        shapely.LineString([(99, PARALLEL), (107, PARALLEL)]),
        shapely.LineString([(102, 39), (102, 43)]),
    ]
    outlines = [polygon.exterior for polygon in (rings or {}).values()]
    faces = find_faces(faces_of([*rings_of(land.polygons), *cuts, *outlines]), land)
    halves = np.array([shapely.box(100, 40, 102, 43), shapely.box(102, 40, 104, 43)], object)
    provinces = Provinces(
        np.array(["AAA", "AAA"], object), np.array(["West", "East"], object), halves
    )
    assign(faces, shapes, seeds, land, provinces, [PARALLEL], lambda _country, _point: False)
    return faces


def tract_at(faces: Faces, lon: float, lat: float) -> str:
    return str(faces.tract[int(np.flatnonzero(shapely.contains_xy(faces.polygons, lon, lat))[0])])


def test_points_provinces_and_the_rest_share_the_mainland(land: Land, tmp_path: Path) -> None:
    faces = outcome(
        {"a": {"at": [[101, 41]]}, "b": {"provinces": ["East"]}, "c": {"rest": "AAA"}},
        land,
        tmp_path,
    )
    assert [
        tract_at(faces, *place) for place in ((101, 41), (103, 41), (103, 42.2), (101, 42.2))
    ] == ["a", "b", "b", "c"]


def test_islets_join_the_nearest_tract_of_their_country_on_their_side_of_the_parallel(
    land: Land, tmp_path: Path
) -> None:
    shapes = {"south": {"at": [[101, 41], [103, 41]]}, "north": {"at": [[101, 42.2], [103, 42.2]]}}
    faces = outcome(shapes, land, tmp_path)
    assert tract_at(faces, 105.2, 42.2) == "north"
    assert tract_at(faces, 105.2, 41.2) == "south"
    assert tract_at(faces, 106.02, 41.02) == "backdrop-bbb"


def test_an_island_is_taken_whole_and_a_near_miss_is_told(land: Land, tmp_path: Path) -> None:
    faces = outcome({"isle": {"island": [105.51, 42.2]}, "rest": {"rest": "AAA"}}, land, tmp_path)
    assert tract_at(faces, 105.2, 42.2) == "isle"
    assert "isle: the point [105.51, 42.2] is snapped to the island near it" in faces.remarks


def test_rings_cut_the_land_the_smaller_first_and_add_land_at_sea(
    land: Land, tmp_path: Path
) -> None:
    rings = {
        "town": shapely.box(103.2, 40.9, 103.4, 41.1),
        "core": shapely.box(103.25, 40.95, 103.35, 41.05),
        "rock": shapely.box(107, 41, 107.01, 41.01),
    }
    shapes = {
        "town": {"rings": ["town"]},
        "core": {"rings": ["core"]},
        "rock": {"rings": ["rock"]},
        "c": {"rest": "AAA"},
    }
    faces = outcome(shapes, land, tmp_path, rings)
    assert [
        tract_at(faces, x, y)
        for x, y in ((103.22, 40.92), (103.3, 41), (107.005, 41.005), (103, 41))
    ] == [
        "town",
        "core",
        "rock",
        "c",
    ]
    assert (
        "rock: the outline rock meets no land of the base layer and is added as new land"
        in faces.remarks
    )


def test_a_sliver_joins_its_neighbour_and_never_crosses_the_parallel(
    land: Land, tmp_path: Path
) -> None:
    sliver = {"edge": shapely.box(102.0, 41.5, 102.005, 42.0)}
    shapes = {
        "east": {"at": [[103, 41]]},
        "west": {"at": [[101, 41]]},
        "north": {"at": [[101, 42.2], [103, 42.2]]},
        "town": {"rings": ["edge"]},
    }
    faces = outcome(shapes, land, tmp_path, sliver)
    del shapes["town"]
    cut = find_faces(faces.polygons, land)
    assert tract_at(faces, 102.002, 41.8) == "town"
    provinces = Provinces(
        np.array(["ZZZ"], object),
        np.array(["none"], object),
        np.array([shapely.box(0, 0, 1, 1)], object),
    )
    assign(cut, shapes, tmp_path, land, provinces, [PARALLEL], lambda _country, _point: False)
    assert tract_at(cut, 102.002, 41.8) in ("east", "west")
    assert any("takes a sliver" in remark for remark in cut.remarks)


def test_a_point_just_off_the_shore_is_snapped_to_it_and_told(land: Land, tmp_path: Path) -> None:
    faces = outcome({"a": {"at": [[99.99, 41]]}}, land, tmp_path)
    assert tract_at(faces, 101, 41) == "a"
    assert faces.remarks[:1] == ["a: the point [99.99, 41] is snapped to the land near it"]


def test_an_outline_whose_land_others_have_is_refused(land: Land, tmp_path: Path) -> None:
    same = {"first": shapely.box(100.5, 40.5, 101, 41), "second": shapely.box(100.5, 40.5, 101, 41)}
    shapes = {"a": {"rings": ["first"]}, "b": {"rings": ["second"]}}
    with pytest.raises(
        SeedError, match="b: the outline second holds no face; another tract has all of it"
    ):
        outcome(shapes, land, tmp_path, same)


@pytest.mark.parametrize(
    ("shapes", "complaint"),
    [
        (
            {"a": {"at": [[110, 41]]}},
            r"a: the point \[110, 41\] lies on no land, nor within 2 km of any",
        ),
        (
            {"a": {"at": [[101, 41]]}, "b": {"at": [[101.5, 41]]}},
            "b: the point .* lies in land that a has already",
        ),
        ({"a": {"island": [110, 41]}}, r"a: no island at \[110, 41\]"),
        (
            {"a": {"island": [105.2, 42.2]}, "b": {"islands": [[105.3, 42.3]]}},
            "b: the island at .* has been taken",
        ),
        ({"a": {"provinces": ["Middle"]}}, "a: no province Middle; there are East, West"),
        (
            {"a": {"polygon": []}},
            "a: shape = .*; allowed: at, island, islands, provinces, rest, rings",
        ),
        ({"a": {}}, "a: shape = "),
    ],
)
def test_a_shape_that_means_no_land_is_refused_by_name(
    shapes: dict[str, Any], complaint: str, land: Land, tmp_path: Path
) -> None:
    with pytest.raises(SeedError, match=complaint):
        outcome(shapes, land, tmp_path)
