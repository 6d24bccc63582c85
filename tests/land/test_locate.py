"""The point index agrees with GEOS wherever a point lies, and snaps to the land that is nearest."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from sovietpacific import Atlas
from sovietpacific.land.grid import GUARD, build_grid
from sovietpacific.land.locator import Locator


def by_geos(shapes: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Give the number of the first shape that meets each point, by asking GEOS about each shape in
    turn.
    """
    shapely.prepare(shapes)
    numbers = np.zeros(len(x), np.int16)
    for number, shape in reversed(list(enumerate(shapes, start=1))):
        west, south, east, north = shape.bounds
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        numbers[near[shapely.intersects_xy(shape, x[near], y[near])]] = number
    return numbers


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> np.ndarray:
    return np.array([atlas.shapes.of(tract, "fine") for tract in atlas.tracts])


HARD = (
    *("vertices", "middles of segments", "a hair from vertices", "a little from middles"),
    *("near borders", "near borders, four decimals", "near borders, two decimals", "anywhere"),
    *("level with vertices", "a hair from level with vertices"),
)


def hard_points(
    shapes: np.ndarray, kind: str, many: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give points of one kind, chosen to be hard to decide."""
    draw = np.random.default_rng(seed)
    vertices = shapely.get_coordinates(shapes)
    place = draw.choice(len(vertices) - 1, many)
    at, middles = vertices[place], (vertices[place] + vertices[place + 1]) / 2
    little = draw.choice([-1, 1], at.shape) * 10.0 ** draw.uniform(-15, -5, at.shape)
    near = at + draw.normal(0, 0.02, at.shape)
    level = np.column_stack([near[:, 0], at[:, 1]])
    points = {
        "vertices": at,
        "middles of segments": middles,
        "a hair from vertices": np.nextafter(at, at + np.sign(little)),
        "a little from middles": middles + little,
        "near borders": near,
        "near borders, four decimals": np.round(near, 4),
        "near borders, two decimals": np.round(near, 2),
        "level with vertices": level,
        "a hair from level with vertices": np.column_stack(
            [near[:, 0], np.nextafter(at[:, 1], at[:, 1] + little[:, 1])]
        ),
        "anywhere": draw.uniform((50, 20), (190, 70), at.shape),
    }[kind]
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])


def corners_of_cells(locator: Locator, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Give points on the lines between cells and on their corners, as they come out of floating
    point.
    """
    draw, lattice = np.random.default_rng(43), locator._grid.lattice
    across, up = lattice.across * lattice.per_block, lattice.up * lattice.per_block
    x = lattice.west + draw.integers(0, across, many) * lattice.cell
    return x, lattice.south + np.where(
        draw.random(many) < 0.5, draw.integers(0, up, many), draw.uniform(0, up, many)
    ) * lattice.cell


def check_all(
    locator: Locator, shapes: np.ndarray, x: np.ndarray, y: np.ndarray, single: int
) -> None:
    """Compare all points by arrays, and some one by one, with GEOS."""
    expected = by_geos(shapes, x, y)
    assert np.count_nonzero(locator.numbers_at(x, y) != expected) == 0
    names = [None, *locator.tracts]
    wrong = [
        (lon, lat)
        for lon, lat, number in zip(
            x[:single].tolist(), y[:single].tolist(), expected, strict=False
        )
        if locator.tract_at(lon, lat) != names[number]
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", HARD)
def test_arrays_and_single_points_find_the_tract_that_geos_finds(
    atlas: Atlas, shapes: np.ndarray, kind: str
) -> None:
    check_all(atlas.shapes.locator, shapes, *hard_points(shapes, kind, 20_000, 41), single=2000)


def test_points_on_the_lines_between_cells_are_found_as_geos_finds_them(
    atlas: Atlas, shapes: np.ndarray
) -> None:
    check_all(
        atlas.shapes.locator, shapes, *corners_of_cells(atlas.shapes.locator, 20_000), single=2000
    )


@pytest.mark.slow
def test_twenty_million_points_are_found_as_geos_finds_them(
    atlas: Atlas, shapes: np.ndarray
) -> None:
    locator, asked = atlas.shapes.locator, 0
    sizes = {
        "vertices": 200_000,
        "middles of segments": 200_000,
        "a hair from vertices": 200_000,
        "a little from middles": 400_000,
    }
    for seed in (1, 2):
        for kind in HARD:
            many = sizes.get(kind, 2_500_000)
            check_all(locator, shapes, *hard_points(shapes, kind, many, seed), single=20_000)
            asked += many
    check_all(locator, shapes, *corners_of_cells(locator, 400_000), single=20_000)
    assert asked >= 20_000_000


def test_a_point_alone_is_found_as_among_others(atlas: Atlas, shapes: np.ndarray) -> None:
    x, y = hard_points(shapes, "near borders", 300, 6)
    locator = atlas.shapes.locator
    alone = [locator.numbers_at(x[at : at + 1], y[at : at + 1])[0] for at in range(len(x))]
    assert alone == locator.numbers_at(x, y).tolist()
    assert locator.numbers_at(x[:0], y[:0]).tolist() == []


def test_points_away_from_borders_are_found_without_the_shapes(
    atlas: Atlas, shapes: np.ndarray
) -> None:
    x, y = hard_points(shapes, "near borders", 6000, 8)
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shapes))]
    borders = shapely.STRtree(
        shapely.linestrings(np.vstack([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings]))
    )
    near = np.unique(borders.query(shapely.points(x, y), predicate="dwithin", distance=1e-5)[0])
    # Level with the end of a border's part a point may be in doubt however far from it.
    levels = np.unique(shapely.get_coordinates(shapes)[:, 1])
    above = np.searchsorted(levels, y)
    gap = np.minimum(
        np.abs(levels[np.minimum(above, len(levels) - 1)] - y), np.abs(levels[above - 1] - y)
    )
    keep = (gap > 1e-10) & ~np.isin(np.arange(len(x)), near)
    x, y = x[keep], y[keep]
    assert len(x) > 3000

    def unreadable() -> np.ndarray:
        raise AssertionError("nothing of these is in doubt")

    locator = Locator(atlas.shapes.locator.tracts, atlas.shapes.locator._grid, unreadable)
    check_all(locator, shapes, x, y, single=len(x))


def test_threads_find_what_one_finds(atlas: Atlas, shapes: np.ndarray) -> None:
    x, y = hard_points(shapes, "near borders, two decimals", 400_000, 5)
    locator = atlas.shapes.locator
    assert (locator.numbers_at(x, y, threads=4) == locator.numbers_at(x, y)).all()


@pytest.mark.parametrize("cell", [1 / 4, 1 / 64])
def test_squares_along_the_axes_are_searched_as_geos_searches_them(cell: float) -> None:
    west, south = (values.ravel() for values in np.meshgrid(np.arange(100, 110), np.arange(40, 50)))
    shapes = shapely.box(west, south, west + 1, south + 1)
    steps = np.arange(0, 96) / 8
    x, y = (values.ravel() for values in np.meshgrid(99 + steps, 39 + steps))
    locator = Locator(
        [f"{number:03}" for number in range(100)], build_grid(shapes, cell, 4), lambda: shapes
    )
    check_all(locator, shapes, x, y, single=len(x))


coordinate = st.floats(-180, 180, allow_nan=False, width=64)


@given(coordinate, coordinate, coordinate, coordinate, st.floats(0, 1), coordinate)
def test_the_comparison_of_a_test_is_off_by_less_than_the_guard(
    x1: float, y1: float, x2: float, y2: float, share: float, lon: float
) -> None:
    assume(y1 < y2)
    slope = (x2 - x1) / (y2 - y1)
    assume(np.isfinite(slope))
    lat = min(max(y1 + share * (y2 - y1), y1), y2)
    east = lon - (x1 + (lat - y1) * slope)
    exact = Fraction(lon) - (
        Fraction(x1)
        + (Fraction(lat) - Fraction(y1))
        * (Fraction(x2) - Fraction(x1))
        / (Fraction(y2) - Fraction(y1))
    )
    assert abs(Fraction(east) - exact) < GUARD / 20


def test_points_on_the_rim_of_the_grid_and_beyond_lie_nowhere(atlas: Atlas) -> None:
    locator = atlas.shapes.locator
    lattice = locator._grid.lattice
    size = lattice.per_block * lattice.cell
    east, north = lattice.west + lattice.across * size, lattice.south + lattice.up * size
    beyond = [
        (x, y) for x in (lattice.west, east, 0.0, 400.0) for y in (lattice.south, north, 0.0, 100.0)
    ]
    x, y = np.ascontiguousarray(np.array(beyond).T)
    found = locator.numbers_at(x, y)
    assert (found.tolist(), found.dtype) == ([0] * len(x), np.int16)
    for at in range(len(x)):
        assert locator.numbers_at(x[at : at + 1], y[at : at + 1]).tolist() == [0]
        assert locator.tract_at(x[at], y[at]) is None


def test_a_place_that_is_no_number_lies_nowhere(atlas: Atlas) -> None:
    odd = np.array([np.nan, np.inf, -np.inf, 1e300, 0.0])
    assert not atlas.shapes.locator.numbers_at(odd, np.full(5, 45.0)).any()
    assert [atlas.shapes.locator.tract_at(x, 45.0) for x in odd] == [None] * 5


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=12, unique=True
    ),
    st.integers(0, 10_000),
)
def test_any_partition_is_searched_as_geos_searches_it(
    corners: list[tuple[int, int]], seed: int
) -> None:
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(corners), tolerance=0))
    shapes = np.array(sorted(cells, key=lambda cell: cell.bounds))
    draw = np.random.default_rng(seed)
    points = np.vstack(
        [draw.uniform(-5, 45, (300, 2)), shapely.get_coordinates(shapes), np.array(corners, float)]
    )
    x, y = np.ascontiguousarray(points.T)
    locator = Locator(
        [str(number) for number in range(len(shapes))], build_grid(shapes, 1 / 2, 4), lambda: shapes
    )
    check_all(locator, shapes, x, y, single=len(x))


def test_coordinates_too_far_to_be_counted_lie_nowhere_and_nothing_is_said(atlas: Atlas) -> None:
    signalling = np.array([0x7FF0000000000001], np.uint64).view(np.float64)
    far = np.concatenate([[1e308, -1e308, np.inf, -np.inf, np.nan], signalling])
    assert not atlas.shapes.locator.numbers_at(far, np.full(len(far), 47.0)).any()
    assert not atlas.shapes.locator.numbers_at(np.full(len(far), 142.7), far).any()
