"""The point index agrees with GEOS wherever a point lies, and snaps to the land that is nearest."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sovietpacific import Atlas
from sovietpacific.grid import build_grid
from sovietpacific.locate import Locator


def by_geos(shapes: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Give the number of the first shape that meets each point, by asking GEOS about each shape in turn."""
    shapely.prepare(shapes)
    numbers = np.zeros(len(x), np.int16)
    for number, shape in reversed(list(enumerate(shapes, start=1))):
        west, south, east, north = shape.bounds
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        numbers[near[shapely.intersects_xy(shape, x[near], y[near])]] = number
    return numbers


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> np.ndarray:
    return np.array([atlas._shapes.of(tract, "fine") for tract in atlas.tracts])


@pytest.fixture(scope="module")
def hard_points(shapes: np.ndarray) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(41)
    vertices = shapely.get_coordinates(shapes)
    at = draw.choice(len(vertices) - 1, 20_000)
    middles = (vertices[at] + vertices[at + 1]) / 2
    tiny = 10.0 ** draw.uniform(-15, -5, middles.shape) * draw.choice([-1, 1], middles.shape)
    return {
        "vertices": vertices[at],
        "middles of segments": middles,
        "a hair from vertices": np.nextafter(vertices[at], draw.choice([-1e9, 1e9], middles.shape)),
        "a little from middles": middles + tiny,
        "near borders": vertices[at] + draw.normal(0, 0.02, middles.shape),
        "near borders, rounded": np.round(vertices[at] + draw.normal(0, 0.02, middles.shape), 2),
        "anywhere": draw.uniform((50, 20), (190, 70), middles.shape),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "vertices",
        "middles of segments",
        "a hair from vertices",
        "a little from middles",
        "near borders",
        "near borders, rounded",
        "anywhere",
    ],
)
def test_arrays_and_single_points_find_the_tract_that_geos_finds(
    atlas: Atlas, shapes: np.ndarray, hard_points: dict[str, np.ndarray], kind: str
) -> None:
    x, y = np.ascontiguousarray(hard_points[kind].T)
    expected = by_geos(shapes, x, y)
    locator = atlas._shapes.locator
    assert (locator.numbers_at(x, y) == expected).all()
    names = [None, *locator.tracts]
    for lon, lat, number in list(zip(x.tolist(), y.tolist(), expected, strict=True))[:2000]:
        assert locator.tract_at(lon, lat) == names[number]


def test_a_place_that_is_no_number_lies_nowhere(atlas: Atlas) -> None:
    odd = np.array([np.nan, np.inf, -np.inf, 1e300, 0.0])
    assert not atlas._shapes.locator.numbers_at(odd, np.full(5, 45.0)).any()
    assert [atlas._shapes.locator.tract_at(x, 45.0) for x in odd] == [None] * 5


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=12, unique=True), st.integers(0, 10_000))
def test_any_partition_is_searched_as_geos_searches_it(corners: list[tuple[int, int]], seed: int) -> None:
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(corners), tolerance=0))
    shapes = np.array(sorted(cells, key=lambda cell: cell.bounds))
    draw = np.random.default_rng(seed)
    points = np.vstack([draw.uniform(-5, 45, (300, 2)), shapely.get_coordinates(shapes), np.array(corners, float)])
    x, y = np.ascontiguousarray(points.T)
    locator = Locator([str(number) for number in range(len(shapes))], build_grid(shapes, 1 / 2, 4), lambda: shapes)
    assert (locator.numbers_at(x, y) == by_geos(shapes, x, y)).all()
