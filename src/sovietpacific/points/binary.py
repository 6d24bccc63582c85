"""Read points written as well-known binary (WKB), number by number, so that no bytes of a stranger
reach GEOS.

Knows bytes and nothing of tracts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import ColumnError, shown
from sovietpacific.points.day_columns import spelled_out

if TYPE_CHECKING:
    import pyarrow

    from sovietpacific.land.grid import Floats

#: The kinds of geometry, by their numbers.
_KINDS = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
    8: "CircularString",
    9: "CompoundCurve",
    10: "CurvePolygon",
    11: "MultiCurve",
    12: "MultiSurface",
    15: "PolyhedralSurface",
    16: "TIN",
    17: "Triangle",
}

#: A byte order and a number for the kind.
_HEAD = 5


class BinaryPoints(NamedTuple):
    """Points as their binary has them, NaN where missing or empty.

    `srid` is the number of the reference system, 0 for none.
    """

    x: Floats
    y: Floats
    srid: NDArray[np.uint32]


class _Heads(NamedTuple):
    """What the first bytes of points say.

    `dimensions` are the numbers a place has; `has_srid` says whether a reference system is named.
    """

    little: NDArray[np.bool_]
    kind: NDArray[np.uint32]
    dimensions: NDArray[np.uint32]
    has_srid: NDArray[np.bool_]


def is_binary(kind: pyarrow.DataType) -> bool:
    """Return whether a type of Arrow is one of its kinds of bytes."""
    import pyarrow.types as types

    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )


def read_binary_points(column: pyarrow.Array, name: str, row: int) -> BinaryPoints:
    """Return points read from ISO or extended WKB, of either byte order.

    They may have height and measure. Raise `ColumnError` naming the first row that is anything
    else; the first row of the column is number `row`.
    """
    import pyarrow as pa

    cells = spelled_out(column)
    if not pa.types.is_large_binary(cells.type):
        cells = cells.cast(pa.large_binary())
    x, y = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    srid = np.zeros(len(cells), np.uint32)
    present = np.arange(len(cells))
    if cells.null_count:
        present = np.flatnonzero(np.asarray(cells.is_valid()))
    if not len(present):
        return BinaryPoints(x, y, srid)
    _, offsets, content = cells.buffers()
    ends = np.frombuffer(offsets, np.int64)[cells.offset : cells.offset + len(cells) + 1]
    data = np.frombuffer(content, np.uint8) if content else np.empty(0, np.uint8)
    starts, sizes = ends[present], ends[present + 1] - ends[present]
    heads = _heads(data, starts, sizes)
    expected = _HEAD + 4 * heads.has_srid + 8 * heads.dimensions
    if (wrong := np.flatnonzero((heads.kind != 1) | (sizes != expected))).size:
        first = wrong[0]
        kind = int(heads.kind[first])
        cell = f"row {row + present[first]} of column {shown(name)}"
        if kind in _KINDS and kind != 1:
            raise ColumnError(f"{cell} is a {_KINDS[kind]}; only points have one place")
        raise ColumnError(f"{cell} is {sizes[first]} bytes that are no point in well-known binary")
    for little in (True, False):
        rows = np.flatnonzero(heads.little == little)
        if len(rows):
            order, target, named = "<" if little else ">", present[rows], heads.has_srid[rows]
            begin = starts[rows] + _HEAD
            srid[target] = np.where(named, _numbers(data, begin, f"{order}u4", 1)[:, 0], 0)
            places = _numbers(data, begin + 4 * named, f"{order}f8", 2)
            x[target], y[target] = places[:, 0], places[:, 1]
    return BinaryPoints(x, y, srid)


def _heads(data: NDArray[np.uint8], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> _Heads:
    """Return what the first bytes of each point say; too few have the kind 0, which is none."""
    whole = sizes >= _HEAD
    begin = np.where(whole, starts, 0)
    order = np.where(whole, data[np.minimum(begin, max(len(data) - 1, 0))] if len(data) else 9, 9)
    fair = whole & (order <= 1)
    code = np.zeros(len(starts), np.uint32)
    for little in (True, False):
        rows = np.flatnonzero(fair & (order == little))
        if len(rows):
            code[rows] = _numbers(data, starts[rows] + 1, "<u4" if little else ">u4", 1)[:, 0]
    # The extended form marks height, measure and the reference system by the three highest bits;
    # ISO counts thousands.
    plain = code & 0x1FFFFFFF
    thousands = plain // 1000
    height = ((code & 0x80000000) != 0) | (thousands == 1) | (thousands == 3)
    measure = ((code & 0x40000000) != 0) | (thousands == 2) | (thousands == 3)
    return _Heads(
        little=order == 1,
        kind=np.where(fair & (thousands <= 3), plain % 1000, 0),
        dimensions=2 + height.astype(np.uint32) + measure,
        has_srid=(code & 0x20000000) != 0,
    )


def _numbers(
    data: NDArray[np.uint8], starts: NDArray[np.int64], form: str, many: int
) -> NDArray[np.generic]:
    """Return so many numbers of one form after each start; all of them lie within the data."""
    size = np.dtype(form).itemsize * many
    step = int(starts[1] - starts[0]) if len(starts) > 1 else size
    # Points of one form lie at equal distances, and need not be copied together.
    if step >= size and (len(starts) == 1 or bool((np.diff(starts) == step).all())):
        window = np.lib.stride_tricks.as_strided(
            data[starts[0] :], (len(starts), size), (step, 1), writeable=False
        )
    else:
        window = data[starts[:, None] + np.arange(size)]
    return np.ascontiguousarray(window).view(form)
