"""Cuts polygons into pieces of few vertices, so that a database tests a point against little at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


def subdivide(shapes: NDArray[Any], most: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Quarter the boxes of `shapes` until no piece has over `most` vertices: the place of each piece's shape, and the pieces."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    owners: list[NDArray[np.int64]] = []
    pieces: list[NDArray[Any]] = []
    while len(parts):
        small = shapely.get_num_coordinates(parts) <= most
        owners.append(owner[small])
        pieces.append(parts[small])
        parts, owner = _quartered(parts[~small], owner[~small])
    return np.concatenate(owners), np.concatenate(pieces)


def _quartered(shapes: NDArray[Any], owner: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    west, south, east, north = shapely.bounds(shapes).T if len(shapes) else np.empty((4, 0))
    middle, centre = (west + east) / 2, (south + north) / 2
    quarters = [
        shapely.intersection(shapes, shapely.box(*box))
        for box in (
            (west, south, middle, centre),
            (middle, south, east, centre),
            (west, centre, middle, north),
            (middle, centre, east, north),
        )
    ]
    parts, source = shapely.get_parts(np.concatenate(quarters), return_index=True)
    polygons = (
        shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    )  # a shape that only touches a box leaves a line or a point
    return parts[polygons], np.tile(owner, 4)[source[polygons]]
