"""Cuts polygons into pieces of few vertices, so that a database tests a point against little at a
time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray


def subdivide(shapes: NDArray[Any], most: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Quarter the boxes of `shapes` until no piece has over `most` vertices.

    Return the place of the shape of each piece, and the pieces.
    """
    parts, owner = shapely.get_parts(shapes, return_index=True)
    owners: list[NDArray[np.int64]] = []
    pieces: list[NDArray[Any]] = []
    while len(parts):
        small = shapely.get_num_coordinates(parts) <= most
        owners.append(owner[small])
        pieces.append(parts[small])
        parts, owner = _quartered(parts[~small], owner[~small])
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return owner[order], np.concatenate(pieces)[order]


def _quartered(
    shapes: NDArray[Any], owner: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
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
    # A shape that only touches a box leaves a line or a point.
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return parts[polygons], np.tile(owner, 4)[source[polygons]]


#: Cells of a degree are numbered row by row, with room for 360 degrees of them.
PER_DEGREE = 8
ROW = 360 * PER_DEGREE

#: The number of the cell of a point, in SQL that all databases read.
CELL_IN_SQL = (
    f"CAST(floor(lat * {PER_DEGREE}) AS int) * {ROW} + CAST(floor(lon * {PER_DEGREE}) AS int)"
)


class Cells(NamedTuple):
    """Shapes cut by square cells: cells that lie whole in a shape, and pieces of the others.

    An owner is the place of the shape that a cell or a piece is of.
    """

    whole: NDArray[np.int64]
    whole_owner: NDArray[np.int64]
    cut: NDArray[np.int64]
    cut_owner: NDArray[np.int64]
    pieces: NDArray[Any]


def cut_by_cells(shapes: NDArray[Any]) -> Cells:
    """Return shapes cut by all cells that they meet.

    A join of equal numbers then finds the few pieces that a point may lie in.
    """
    west, south, east, north = shapely.total_bounds(shapes) * PER_DEGREE
    columns = np.arange(np.floor(west), np.ceil(east) + 1)
    rows = np.arange(np.floor(south), np.ceil(north) + 1)
    column, row = (values.ravel() for values in np.meshgrid(columns, rows))
    boxes = shapely.box(
        column / PER_DEGREE, row / PER_DEGREE, (column + 1) / PER_DEGREE, (row + 1) / PER_DEGREE
    )
    number = (row * ROW + column).astype(np.int64)
    cell, owner = shapely.STRtree(shapes).query(boxes, predicate="intersects")
    shapely.prepare(shapes)
    inside = shapely.contains(shapes[owner], boxes[cell])
    shared = shapely.intersection(shapes[owner[~inside]], boxes[cell[~inside]])
    pieces, source = shapely.get_parts(shared, return_index=True)
    polygons = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    source = source[polygons]
    cut, cut_owner = number[cell[~inside]][source], owner[~inside][source]
    return Cells(number[cell[inside]], owner[inside], cut, cut_owner, pieces[polygons])
