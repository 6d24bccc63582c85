"""Nodes lines on one grid, cuts the plane into faces, and finds which faces share an edge: the
geometry every step stands on.

Knows geometry and nothing of the seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

#: All coordinates lie on this grid (degrees); six decimals in every file.
GRID = 1e-6

#: Geometries, as a list or as an array of objects.
Shapes = Sequence[Any] | NDArray[Any]

_GEOD = Geod(ellps="WGS84")


def area_km2(geometry: Any) -> float:
    """Return the geodesic area of a (multi)polygon on the WGS 84 ellipsoid, in km²."""
    if geometry.is_empty:
        return 0.0
    return float(abs(_GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6)


def on_grid(geometries: Any) -> Any:
    """Round every coordinate to six decimals, as many as the files hold."""
    return shapely.transform(geometries, lambda positions: np.round(positions, 6))


def faces_of(lines: Iterable[Any]) -> NDArray[Any]:
    """Node `lines` on the grid and return the faces they enclose, as valid polygons.

    All have six decimals. Loose ends enclose nothing and are dropped. The noder is `union_all` with
    a grid size: rounding after noding would undo it.
    """
    snapped = shapely.set_precision(np.array(list(lines), object), GRID, mode="pointwise")
    net = shapely.union_all(snapped[~shapely.is_empty(snapped)], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    return np.asarray(on_grid(faces), object)


def rings_of(geometries: Iterable[Any]) -> list[Any]:
    """Return all rings, outer and inner, of (multi)polygons."""
    parts = shapely.get_parts(np.array(list(geometries), object))
    return list(shapely.get_rings(parts))


def edge_table(polygons: Shapes) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return every segment that two of the polygons share, and the indexes of the two.

    The ends are (n, 4) `x0, y0, x1, y1`, the indexes (n, 2). Works on a noded coverage, where
    neighbours have the very same vertices; both ends and indexes are in sorted order.
    """
    segments, owners = [], []
    for index, polygon in enumerate(polygons):
        for ring in shapely.get_rings(shapely.get_parts(polygon)):
            xy = shapely.get_coordinates(ring)
            first, second = xy[:-1], xy[1:]
            swap = (first[:, 0] > second[:, 0]) | (
                (first[:, 0] == second[:, 0]) & (first[:, 1] > second[:, 1])
            )
            segments.append(
                np.where(swap[:, None], np.hstack([second, first]), np.hstack([first, second]))
            )
            owners.append(np.full(len(first), index))
    if not segments:
        return np.empty((0, 4)), np.empty((0, 2), np.intp)
    table, owner = np.vstack(segments), np.concatenate(owners)
    order = np.lexsort((owner, *table.T[::-1]))
    table, owner = table[order], owner[order]
    same = np.flatnonzero((table[1:] == table[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    return table[same], np.column_stack([owner[same], owner[same + 1]])


def shared_lengths(polygons: Shapes) -> dict[int, dict[int, float]]:
    """Return, for each polygon, the length in degrees of the edge it shares with each neighbour."""
    segments, pairs = edge_table(polygons)
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    shared: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (first, second), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        shared[first][second] += length
        shared[second][first] += length
    return shared


def dissolve(polygons: Shapes) -> Any:
    """Join polygons of one noded coverage into one (multi)polygon."""
    if len(polygons) == 1:
        return polygons[0]
    return shapely.coverage_union_all(np.array(list(polygons), object))
