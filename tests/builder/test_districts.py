"""A region's land is shared out among its towns, every point to the nearest; a strip follows a
border at its width.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sovietpacific.builder.assign import Faces, assign, find_faces
from sovietpacific.builder.base import Land, Provinces
from sovietpacific.builder.districts import CommonLand, _bodies, divide, name_of
from sovietpacific.builder.noding import faces_of, rings_of
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.builder.strips import KM_PER_DEGREE, border_of, strip_along
from sovietpacific.errors import SeedError
from tests.support.small_seeds import START, write_small_seeds

GROUND = shapely.box(100, 40, 104, 42)
ISLET = shapely.box(105, 41, 105.1, 41.1)


def whole(*polygons: object) -> Faces:
    shapes = np.array(polygons, object)
    land = Land(
        np.array(["AAA"] * len(shapes), object), np.array(["core"] * len(shapes), object), shapes
    )
    faces = find_faces(faces_of(rings_of(shapes)), land)
    faces.tract[:] = name_of("r")
    return faces


def shared(towns: dict[str, tuple[tuple[float, float], ...]], *polygons: object) -> Faces:
    return divide(whole(*(polygons or (GROUND,))), {"r": CommonLand({"at": []}, towns)})


def district_at(faces: Faces, lon: float, lat: float) -> str:
    return str(faces.tract[int(np.flatnonzero(shapely.contains_xy(faces.polygons, lon, lat))[0])])


town = st.tuples(st.floats(100.1, 103.9), st.floats(40.1, 41.9))


@given(
    st.lists(town, min_size=1, max_size=7, unique_by=lambda t: (round(t[0], 1), round(t[1], 1))),
    town,
)
def test_every_point_belongs_to_the_nearest_town_and_no_land_is_lost(
    seats: list[tuple[float, float]], asked: tuple[float, float]
) -> None:
    faces = shared({f"t{index}": (seat,) for index, seat in enumerate(seats)})
    assert sum(face.area for face in faces.polygons[faces.tract != ""]) == pytest.approx(
        GROUND.area, rel=1e-9
    )
    squeeze = np.cos(np.radians(np.mean([lat for _, lat in seats])))
    far = sorted(np.hypot((asked[0] - lon) * squeeze, asked[1] - lat) for lon, lat in seats)
    if len(far) == 1 or far[1] - far[0] > 1e-3:  # not within a hair of the edge
        nearest = min(
            range(len(seats)),
            key=lambda i: np.hypot((asked[0] - seats[i][0]) * squeeze, asked[1] - seats[i][1]),
        )
        assert district_at(faces, *asked) == f"t{nearest}"


def test_a_district_may_have_several_towns() -> None:
    faces = shared({"ends": ((100.5, 41.0), (103.5, 41.0)), "middle": ((102.0, 41.0),)})
    assert [district_at(faces, lon, 41.5) for lon in (100.2, 101.9, 103.8)] == [
        "ends",
        "middle",
        "ends",
    ]


def test_a_small_island_without_a_town_is_not_cut() -> None:
    faces = shared({"north": ((104.0, 41.6),), "south": ((104.0, 40.2),)}, GROUND, ISLET)
    assert {
        str(t)
        for t, p in zip(faces.tract, faces.polygons, strict=True)
        if p.bounds[0] > 104.5 and t
    } == {"north"}


def test_a_small_piece_cut_off_from_its_own_town_joins_the_neighbour_it_hangs_on() -> None:
    # A bay lets the southern town's half-way line reach over the water and cut the tip off the
    # northern shore.
    bay = shapely.difference(
        shapely.box(100, 40, 101, 40.2), shapely.box(100.05, 40.095, 101, 40.13)
    )
    faces = shared({"north": ((100.9, 40.19),), "south": ((100.9, 40.05),)}, bay)
    for name in ("north", "south"):
        parts = shapely.get_parts(shapely.union_all(faces.polygons[faces.tract == name]))
        assert len(parts) == 1


#: A shore of two towns; from the eastern one a spit turns back over the bay, and its tip is nearer
#: to the western town.
SPIT = [
    (100.9, 40.2),
    (100.9, 40.28),
    (100.4, 40.28),
    (100.4, 40.25),
    (100.87, 40.25),
    (100.87, 40.2),
]
SHORE = shapely.union_all([shapely.box(100, 40, 101, 40.2), shapely.Polygon(SPIT)])
SHORE_TOWNS = {"west": ((100.25, 40.1),), "east": ((100.75, 40.1),)}


def test_the_tip_of_a_spit_that_hangs_on_the_other_town_joins_it() -> None:
    faces = shared(SHORE_TOWNS, SHORE)
    assert [district_at(faces, lon, 40.1) for lon in (100.49, 100.51)] == ["west", "east"]
    assert [district_at(faces, lon, 40.265) for lon in (100.45, 100.55, 100.85)] == ["east"] * 3


def test_a_tip_that_is_large_stays_with_the_nearest_town() -> None:
    broad = shapely.union_all([SHORE, shapely.box(100.2, 40.25, 100.5, 40.6)])
    assert [district_at(shared(SHORE_TOWNS, broad), lon, 40.265) for lon in (100.45, 100.55)] == [
        "west",
        "east",
    ]


def test_faces_of_a_district_that_touch_are_one_body() -> None:
    pairs = np.array([[0, 1], [1, 2], [3, 4], [2, 3]])
    body = _bodies(6, pairs, ["a", "a", "a", "b", "b", "a"])
    assert (len({*body[:3]}), len({*body[3:5]}), len({*body})) == (1, 1, 3)


def test_land_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(
        SeedError, match="q: its `land` came to nothing, so its towns have nothing to share"
    ):
        divide(whole(GROUND), {"q": CommonLand({"at": []}, {"a": ((101.0, 41.0),)})})
    assert divide(whole(GROUND), {}).tract.tolist() == [name_of("r")]


def test_a_border_between_countries_that_do_not_meet_is_refused() -> None:
    polygons = np.array(
        [
            shapely.box(100, 40, 101, 41),
            shapely.box(102, 40, 103, 41),
            shapely.box(101, 40, 102, 41),
        ],
        object,
    )
    land = Land(np.array(["AAA", "BBB", "CCC"], object), np.array(["core"] * 3, object), polygons)
    with pytest.raises(SeedError, match="AAA and BBB have no common border in the base layer"):
        border_of(land, "AAA", "BBB")
    assert border_of(land, "AAA", "CCC").length == pytest.approx(1)


def test_a_town_with_nothing_nearest_to_it_is_refused() -> None:
    with pytest.raises(SeedError, match="r: no land is nearest to the town of far"):
        shared({"near": ((101.0, 41.0),), "far": ((140.0, 41.0),)})


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (
            '[chain.east]\nname = "E"\nshape = { town = [150.0, 45.0] }',
            "a town shares the `land` of a region above it, and none",
        ),
        (
            '[chain.east]\nname = "E"\nland = { rest = "AAA" }',
            "has `land` but no tract below with a town",
        ),
        (
            '[chain.east]\nname = "E"\nshape = { town = [150.0, 45.0], rest = "A" }',
            "a district has town or towns, and nothing else",
        ),
    ],
)
def test_a_district_without_land_and_land_without_districts_are_refused(
    table: str, complaint: str, tmp_path: Path
) -> None:
    tracts = f'[chain]\nname = "Chain"\ncontrol = [\n {START},\n]\n[chain.west]\nname = "W"\nshape = {{ island = [149.0, 45.0] }}\n'
    with pytest.raises(SeedError, match=complaint):
        read_seeds(write_small_seeds(tmp_path, tracts=tracts + table)).common_lands()


def test_a_strip_is_as_wide_as_it_says_and_keeps_to_its_country_and_side(tmp_path: Path) -> None:
    polygons = np.array([shapely.box(100, 40, 104, 41), shapely.box(100, 41, 104, 42)], object)
    land = Land(np.array(["SSS", "NNN"], object), np.array(["core", "core"], object), polygons)
    assert border_of(land, "NNN", "SSS").length == pytest.approx(4)
    strip = strip_along(land, ("NNN", "SSS"), 2.0)
    assert strip.bounds[3] - 41 == pytest.approx(2.0 / KM_PER_DEGREE, rel=1e-4)
    faces = find_faces(
        faces_of(
            [*rings_of(polygons), strip.exterior, shapely.LineString([(99, 40.99), (105, 40.99)])]
        ),
        land,
    )
    shapes = {
        "zone": {"strip": {"line": "b", "km": 2.0, "country": "SSS", "south_of": 40.99}},
        "n": {"rest": "NNN"},
        "s": {"rest": "SSS"},
    }
    provinces = Provinces(
        np.array(["Z"], object),
        np.array(["z"], object),
        np.array([shapely.box(0, 0, 1, 1)], object),
    )
    assign(
        faces,
        shapes,
        tmp_path,
        land,
        provinces,
        [],
        lambda _country, _point: False,
        {"zone": strip},
    )
    assert [district_at(faces, 102, lat) for lat in (40.985, 40.995, 41.005)] == ["zone", "s", "n"]
