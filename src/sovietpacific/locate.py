"""Finds the tract a single point lies in, exactly, and the nearest land to a point at sea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


class Locator:
    """An index over the tracts' shapes: a tree of their boxes, and each shape prepared, so that a query is a few short searches.

    The answer is GEOS's own on the whole shapes.  A point on the edge between tracts belongs to the one whose id sorts first.
    """

    def __init__(self, tracts: Sequence[str], shapes: NDArray[Any]) -> None:
        """Index `shapes` (EPSG:4326) of `tracts`, both sorted by id."""
        self._tracts: list[str] = list(tracts)
        self._shapes: list[Any] = list(shapes)
        shapely.prepare(shapes)
        self._tree: Any = shapely.STRtree(shapes)

    def tract_at(self, lon: float, lat: float) -> str | None:
        """Give the tract at a point, None at sea and outside the frame."""
        point = shapely.Point(lon, lat)
        near = sorted(int(index) for index in self._tree.query(point))
        return next((self._tracts[index] for index in near if self._shapes[index].intersects(point)), None)

    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Give the nearest tract to a point and the geodesic distance to it in km.

        The candidates are searched in degrees stretched for the latitude and compared by geodesic distance to their nearest
        points, so the nearest is right where two shores compete.
        """
        stretch = max(np.cos(np.radians(lat)), 0.1)
        point = shapely.Point(lon, lat)
        reach = float(self._shapes[int(self._tree.nearest(point))].distance(point)) / stretch + 1e-6
        near = self._tree.query(point, predicate="dwithin", distance=reach)
        distances = [(_distance_km(self._shapes[index], lon, lat, stretch), int(index)) for index in near]
        distance, index = min(distances)
        return self._tracts[index], distance


def _distance_km(shape: Any, lon: float, lat: float, stretch: float) -> float:
    """Give the geodesic distance to the point of `shape` that is nearest in stretched degrees."""
    from pyproj import Geod

    squeezed = shapely.transform(shape, lambda positions: positions * [stretch, 1.0])
    line = shapely.shortest_line(shapely.Point(lon * stretch, lat), squeezed)
    (_, _), (x, y) = shapely.get_coordinates(line)
    return float(Geod(ellps="WGS84").inv(lon, lat, x / stretch, y)[2]) / 1000
