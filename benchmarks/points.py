"""Makes the points that the bulk benchmark asks about: the same ones for the same seed, on every
machine.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

import sovietpacific as sp
from sovietpacific.atlas import Atlas

DAY_ZERO = date(1970, 1, 1)
FIRST, LAST = (date(1855, 1, 1) - DAY_ZERO).days, (date(2025, 12, 31) - DAY_ZERO).days
ONE_DAY = (date(1945, 9, 2) - DAY_ZERO).days

#: How far points scatter around towns and around vertices of borders and coasts, in degrees.
AROUND_TOWNS, AROUND_VERTICES = 0.05, 0.02


class PointSet(NamedTuple):
    """Degrees, and days counted from 1970-01-01, each contiguous in memory."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    day: NDArray[np.int64]

    def first(self, many: int) -> PointSet:
        """Return the first points; they are in no order, so these are a fair sample."""
        return PointSet(self.lon[:many], self.lat[:many], self.day[:many])

    def on_one_day(self) -> PointSet:
        """Return the same places, all of them on 2 September 1945."""
        return self._replace(day=np.full(len(self.day), ONE_DAY, np.int64))


def judged_shapes(atlas: Atlas) -> tuple[list[str], NDArray[Any]]:
    """Return the ids of the judged tracts, sorted, and their shapes."""
    tracts = sp.tracts_at("2026-01-01", atlas=atlas)
    return tracts["tract"].tolist(), tracts.geometry.to_numpy()


def uniform(many: int, seed: int, atlas: Atlas) -> PointSet:
    """Return points scattered evenly over the box of the judged land, about half of it sea."""
    random = np.random.default_rng(seed)
    west, south, east, north = shapely.total_bounds(judged_shapes(atlas)[1])
    return PointSet(
        random.uniform(west, east, many), random.uniform(south, north, many), _days(random, many)
    )


def clustered(many: int, seed: int, atlas: Atlas) -> PointSet:
    """Return points where they are many and where they are hard.

    Half lie near towns, few of which have most, and half near borders and coasts, where lookups are
    hardest.
    """
    random = np.random.default_rng(seed)
    gazetteer = sp.places(atlas=atlas).drop_duplicates("place").sort_values("place")
    towns = gazetteer[["lon", "lat"]].to_numpy(np.float64)
    vertices = shapely.get_coordinates(judged_shapes(atlas)[1])
    weight = 1.0 / random.permutation(np.arange(1, len(towns) + 1))
    half = many // 2
    near_towns = towns[random.choice(len(towns), half, p=weight / weight.sum())]
    near_vertices = vertices[random.integers(0, len(vertices), many - half)]
    places = np.concatenate(
        [
            near_towns + random.normal(0, AROUND_TOWNS, near_towns.shape),
            near_vertices + random.normal(0, AROUND_VERTICES, near_vertices.shape),
        ]
    )[random.permutation(many)]
    lon, lat = np.minimum(places[:, 0], 180.0), np.ascontiguousarray(places[:, 1])
    return PointSet(np.ascontiguousarray(lon), lat, _days(random, many))


def _days(random: np.random.Generator, many: int) -> NDArray[np.int64]:
    return random.integers(FIRST, LAST + 1, many, np.int64)
