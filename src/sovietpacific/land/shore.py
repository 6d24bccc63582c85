"""Find the nearest land to points at sea, and how far it is over the ellipsoid.

Knows the land as a whole and nothing of tracts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.land.grid import Floats, Integers

#: No land answers for a point at sea farther away than this (km).
MOST_SNAP_KM = 50

#: Segments of a shore that are searched together.
RUN = 16

#: Points that are searched at a time, and pairs of a point and a run of shore that are measured at
#: a time.
CHUNK, PAIRS = 20_000, 50_000

#: No degree of latitude, nor of longitude at the equator, is shorter than this on the ellipsoid
#: (km).
_DEGREE_KM = 110.57


class Shore:
    """The outlines of tracts, in short runs, searchable for the nearest."""

    def __init__(self, tracts: Sequence[str], shapes: NDArray[Any]) -> None:
        """Cut the outlines of `shapes` (EPSG:4326) of `tracts` into runs."""
        self._tracts = list(tracts)
        rings, tract = _rings(shapes)
        ends, ring = shapely.get_coordinates(rings, return_index=True)
        last = np.flatnonzero(np.append(ring[1:] != ring[:-1], True))
        begin = np.concatenate([[0], last[:-1] + 1])
        runs = [np.arange(first, final, RUN) for first, final in zip(begin, last, strict=True)]
        starts = np.concatenate(runs)
        stops = last[ring[starts]]
        # A run shorter than the others repeats its last vertex: segments of no length are never
        # nearer than their ends.
        self._runs = ends[np.minimum(starts[:, None] + np.arange(RUN + 1), stops[:, None])]
        self._tract_of = tract[ring[starts]]

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(shapely.linestrings(self._runs))

    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Return the nearest tract to one point outside all of them, and the geodesic km to it."""
        tract, distance = self.nearest_of(np.array([lon]), np.array([lat]))
        return self._tracts[int(tract[0])], float(distance[0])

    def nearest_of(
        self, lon: Floats, lat: Floats, within_km: float = np.inf
    ) -> tuple[NDArray[np.intp], Floats]:
        """Return the place of the nearest tract in the list of tracts, and the geodesic km to it.

        The points lie outside all tracts. Where none lies `within_km` these are -1 and NaN. Where
        two tracts are equally near, the one that sorts first is given. A first run of shore bounds
        the distance; all runs in a box of that size are then measured. Along a run the nearest
        point is that in degrees stretched for the latitude of the point, which differs from the
        geodesically nearest by far less than the shore is accurate.
        """
        nearest, distance = np.full(len(lon), -1, np.intp), np.full(len(lon), np.nan)
        for start in range(0, len(lon), CHUNK):
            part = slice(start, start + CHUNK)
            point, tract, km = self._search(lon[part], lat[part], within_km)
            nearest[start + point], distance[start + point] = tract, km
        return nearest, distance

    def _search(
        self, lon: Floats, lat: Floats, within_km: float
    ) -> tuple[Integers, Integers, Floats]:
        """Return the points that have land `within_km`, the place of its tract, the km to it."""
        reach = _widest_degrees(within_km, float(np.abs(lat).max(initial=0.0)))
        point, run = self._tree.query_nearest(
            shapely.points(lon, lat), max_distance=reach, all_matches=False
        )
        bound = self._measure(lon[point], lat[point], run)
        high = np.minimum(bound, within_km) / _DEGREE_KM + 1e-9
        wide = high / np.cos(np.radians(np.minimum(np.abs(lat[point]) + high, 89.0)))
        x, y = lon[point], lat[point]
        box, run = self._tree.query(shapely.box(x - wide, y - high, x + wide, y + high))
        km = np.empty(len(box))
        for start in range(0, len(box), PAIRS):
            part = slice(start, start + PAIRS)
            km[part] = self._measure(x[box[part]], y[box[part]], run[part])
        kept = km <= within_km
        box, tract, km = box[kept], self._tract_of[run[kept]], km[kept]
        order = np.lexsort((tract, km, box))
        first = order[np.unique(box[order], return_index=True)[1]]
        return point[box[first]], tract[first], km[first]

    def _measure(self, lon: Floats, lat: Floats, run: Integers) -> Floats:
        """Return the geodesic km from each point to the run of shore beside it in the list."""
        from pyproj import Geod

        stretch = np.maximum(np.cos(np.radians(lat)), 0.1)[:, None]
        x = (self._runs[run, :, 0] - lon[:, None]) * stretch
        y = self._runs[run, :, 1] - lat[:, None]
        dx, dy = np.diff(x, axis=1), np.diff(y, axis=1)
        length = dx**2 + dy**2
        along = -(x[:, :-1] * dx + y[:, :-1] * dy) / np.where(length > 0, length, 1.0)
        share = np.clip(along, 0.0, 1.0)
        x, y = x[:, :-1] + share * dx, y[:, :-1] + share * dy
        nearest = (np.arange(len(lon)), np.argmin(x**2 + y**2, axis=1))
        end = lon + x[nearest] / stretch[:, 0], lat + y[nearest]
        _, _, metres = Geod(ellps="WGS84").inv(lon, lat, *end)
        return np.asarray(metres) / 1000


def _rings(shapes: NDArray[Any]) -> tuple[NDArray[Any], Integers]:
    parts, tract = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, tract[part]


def _widest_degrees(within_km: float, lat: float) -> float | None:
    """Return the widest angle, in plain degrees, that a distance spans as far from the equator.

    `lat` is the farthest latitude of the points; None is any angle.
    """
    if not within_km < 2000:
        return None
    far = lat + within_km / _DEGREE_KM
    return None if far >= 89 else within_km / _DEGREE_KM / float(np.cos(np.radians(far))) + 1e-9
