"""Finds the tract a single point lies in, exactly, and the nearest land to a point at sea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

#: A tract is cut into pieces of at most this many vertices, so that a query touches few of them.
PIECE_VERTICES = 200


class Locator:
    """An index over the tracts' shapes: polygons cut along their boxes' middle lines, in one tree.

    A point on the edge between tracts belongs to the one whose id sorts first.  The cuts are straight lines whose crossings
    with the outline are rounded; a point within rounding of a cut is found in one of the two pieces, and a point that no piece
    holds is put to the whole shapes, so the answer is that of the uncut shapes.
    """

    def __init__(self, tracts: Sequence[str], shapes: NDArray[Any]) -> None:
        """Index `shapes` (EPSG:4326) of `tracts`, both sorted by id."""
        pieces = [(piece, index) for index, shape in enumerate(shapes) for piece in _pieces(shape)]
        self._tracts: list[str] = [str(tract) for tract in tracts]
        self._shapes = shapes
        self._owner: list[int] = [index for _, index in pieces]
        geometries = np.array([piece for piece, _ in pieces], object)
        shapely.prepare(geometries)
        self._tree: Any = shapely.STRtree(geometries)
        self._whole: Any = shapely.STRtree(shapes)

    def tract_at(self, lon: float, lat: float) -> str | None:
        """Give the tract at a point, None at sea and outside the frame."""
        point = shapely.Point(lon, lat)
        found = self._tree.query(point, predicate="intersects")
        owners = [self._owner[index] for index in found]
        if not owners:  # at sea, or within rounding of a cut: the whole shapes decide
            owners = [int(index) for index in self._whole.query(point) if self._shapes[index].intersects(point)]
        return self._tracts[min(owners)] if owners else None

    def nearest(self, lon: float, lat: float) -> tuple[str, float]:
        """Give the nearest tract to a point and the geodesic distance to it in km.

        The candidates are searched in degrees stretched for the latitude and compared by geodesic distance to their nearest
        points, so the nearest is right where two shores compete.
        """
        stretch = max(np.cos(np.radians(lat)), 0.1)
        point = shapely.Point(lon, lat)
        reach = float(self._whole.geometries[self._whole.nearest(point)].distance(point)) / stretch + 1e-6
        near = self._whole.query(point, predicate="dwithin", distance=reach)
        distances = [(_distance_km(self._shapes[index], lon, lat, stretch), int(index)) for index in near]
        distance, index = min(distances)
        return self._tracts[index], distance


def _pieces(shape: Any) -> list[Any]:
    done, waiting = [], list(shapely.get_parts(shape))
    while waiting:
        polygon = waiting.pop()
        if shapely.get_num_coordinates(polygon) <= PIECE_VERTICES:
            done.append(polygon)
            continue
        west, south, east, north = polygon.bounds
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        if east - west > north - south:
            halves = ((west, south, middle_x, north), (middle_x, south, east, north))
        else:
            halves = ((west, south, east, middle_y), (west, middle_y, east, north))
        for half in halves:
            parts = shapely.get_parts(shapely.intersection(polygon, shapely.box(*half)))
            waiting += [part for part in parts if part.geom_type == "Polygon"]
    return done


def _distance_km(shape: Any, lon: float, lat: float, stretch: float) -> float:
    """Give the geodesic distance to the point of `shape` that is nearest in stretched degrees."""
    from pyproj import Geod

    squeezed = shapely.transform(shape, lambda positions: positions * [stretch, 1.0])
    line = shapely.shortest_line(shapely.Point(lon * stretch, lat), squeezed)
    (_, _), (x, y) = shapely.get_coordinates(line)
    return float(Geod(ellps="WGS84").inv(lon, lat, x / stretch, y)[2]) / 1000
