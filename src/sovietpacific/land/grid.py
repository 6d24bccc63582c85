"""Cut a partition into small cells and write down, per cell, its tract or the few tests that
decide a point in it.

Knows numbers and shapes, and nothing of ids, records and files.

The land is covered by square cells, gathered in blocks. A block that no border touches has one
answer; in any other block each cell that no border touches has one. What is left are the border
cells. For each of them we keep the answer at its south-west corner and a list of tests. The answer
at a point is that at the corner plus all jumps met on the way from the corner north along the
cell's west side to the height of the point, and from there east to the point; a jump is the number
of the tract beyond a border less that of the tract before it. Jumps add up in any order, so a test
is one comparison: does the point lie between `low` and `high`, and east of the line through (`x`,
`y`) with this `slope`?
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.signedinteger[Any]]

#: Side of a cell in degrees, and cells along the side of a block: powers of two, so that finding a
#: cell rounds once.
CELL, PER_BLOCK = 1 / 128, 16

#: How near to a border, in degrees, a point is no longer decided by floating point: about a
#: micrometre.
GUARD = 1e-11

#: How far beyond its cell, in degrees, a border still counts as touching it, so that a point on the
#: rim of a cell, which rounding may put into the neighbour, finds the same borders there.
RIM = 1e-9


class Edges(NamedTuple):
    """The segments of all borders, each once, pointing north or level ones east; 0 is no tract."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    left: Integers
    right: Integers

    @property
    def slope(self) -> Floats:
        """Degrees east per degree north; 0 for level segments, which no walk ever crosses."""
        level = self.y1 == self.y2
        return np.where(level, 0.0, (self.x2 - self.x1) / np.where(level, 1.0, self.y2 - self.y1))


class Lattice(NamedTuple):
    """Where the cells lie: south-west corner, side of a cell, blocks across and up."""

    west: float
    south: float
    cell: float
    per_block: int
    across: int
    up: int

    def column(self, x: Any) -> Any:
        """Return the column of longitudes, with its fraction."""
        return (x - self.west) * (1 / self.cell)

    def row(self, y: Any) -> Any:
        """Return the row of latitudes, with its fraction."""
        return (y - self.south) * (1 / self.cell)


class Grid(NamedTuple):
    """The finished index, arrays only.

    `blocks` gives, per block, its tract number, or -1 - k for the k-th block that a border touches.
    `cells` gives, per cell of such a block, its tract number, or -1 - n for its n-th border cell;
    the border cells of block k are numbered from `first[k]`. A border cell has the tract number at
    its `corner` and `length` tests from `start`: rows of `tests` (low, high, x, y, slope), and what
    a point that passes adds, `jumps`.
    """

    lattice: Lattice
    blocks: NDArray[np.int32]
    cells: NDArray[np.int16]
    first: NDArray[np.int32]
    corner: NDArray[np.int16]
    start: NDArray[np.int32]
    length: NDArray[np.uint16]
    tests: Floats
    jumps: NDArray[np.int16]

    @property
    def megabytes(self) -> float:
        """The memory the arrays take."""
        return sum(array.nbytes for array in self[1:]) / 1e6


def build_grid(shapes: NDArray[Any], cell: float = CELL, per_block: int = PER_BLOCK) -> Grid:
    """Return the index over `shapes`, polygons in EPSG:4326 that do not overlap.

    Number k is the k-th of them, counted from 1. `cell` must be a power of two and `per_block` one
    of at most 128.
    """
    edges = border_edges(shapes)
    lattice = _lay_lattice(edges, cell, per_block)
    row, column, edge = _row_crossings(edges, lattice)
    touched, touching = _touched_cells(edges, lattice)
    border, touches = np.unique(touched, return_counts=True)
    blocks, labels = _label_corners(lattice, border, row, column, (edges.right - edges.left)[edge])
    own_block, first = np.unique(border // per_block**2, return_index=True)
    flat = labels.reshape(-1)
    place = (
        np.searchsorted(own_block, border // per_block**2) * per_block**2 + border % per_block**2
    )
    corner = flat[place].copy()
    flat[place] = -1 - (np.arange(len(border)) - np.repeat(first, np.diff([*first, len(border)])))
    at = np.repeat(np.arange(len(border)), touches)
    tests, jumps, owner = _border_tests(edges, lattice, border, at, touching)
    count = np.bincount(owner, minlength=len(border))
    return Grid(
        *(
            lattice,
            blocks,
            flat,
            first.astype(np.int32),
            corner,
            (np.cumsum(count) - count).astype(np.int32),
        ),
        *(count.astype(np.uint16), tests, jumps),
    )


def border_edges(shapes: NDArray[Any]) -> Edges:
    """Return the segments of polygons, each once, with the tracts on its two sides."""
    # The inside is on the left from here on.
    parts, tract = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    ends, ring = shapely.get_coordinates(rings, return_index=True)
    real = (ring[1:] == ring[:-1]) & (ends[1:] != ends[:-1]).any(axis=1)
    begin, end = ends[:-1][real], ends[1:][real]
    number = tract[part[ring[:-1][real]]] + 1
    forward = (begin[:, 1] < end[:, 1]) | ((begin[:, 1] == end[:, 1]) & (begin[:, 0] < end[:, 0]))
    low, high = np.where(forward[:, None], begin, end), np.where(forward[:, None], end, begin)
    segments, which = np.unique(np.hstack([low, high]), axis=0, return_inverse=True)
    left, right = np.zeros(len(segments), np.int64), np.zeros(len(segments), np.int64)
    np.add.at(left, which[forward], number[forward])
    np.add.at(right, which[~forward], number[~forward])
    x1, y1, x2, y2 = np.ascontiguousarray(segments.T)
    return Edges(x1, y1, x2, y2, left, right)


def _lay_lattice(edges: Edges, cell: float, per_block: int) -> Lattice:
    """Return cells with no vertex on a line between them and no border at a corner of four."""
    west, south = min(edges.x1.min(), edges.x2.min()), edges.y1.min()
    east, north = max(edges.x1.max(), edges.x2.max()), edges.y2.max()
    for attempt in range(1, 50):
        # Irrational steps, so that no attempt repeats another; unlike ones, since borders may run
        # at 45 degrees.
        corner = (
            west - cell * (1 + (attempt * 0.6180339887) % 1),
            south - cell * (1 + (attempt * 0.7548776662) % 1),
        )
        size = [
            int(np.ceil((far - near) / cell / per_block)) + 1
            for near, far in zip(corner, (east, north), strict=True)
        ]
        lattice = Lattice(*corner, cell, per_block, *size)
        positions = [
            lattice.column(edges.x1),
            lattice.column(edges.x2),
            lattice.row(edges.y1),
            lattice.row(edges.y2),
        ]
        row, _, edge = _row_crossings(edges, lattice)
        positions.append(lattice.column(_x_on_row(edges, lattice, row, edge)))
        side = _column_crossings(edges, lattice)
        positions.append(lattice.row(side))
        if (
            min(float(np.abs(place - np.round(place)).min(initial=1.0)) for place in positions)
            * cell
            > 10 * GUARD
        ):
            return lattice
    raise ValueError(
        "no place was found for the cells at which no corner of theirs lies on a border"
    )


def _x_on_row(edges: Edges, lattice: Lattice, row: Integers, edge: Integers) -> Floats:
    south = lattice.south + row * lattice.cell
    return edges.x1[edge] + (south - edges.y1[edge]) * edges.slope[edge]


def _row_crossings(edges: Edges, lattice: Lattice) -> tuple[Integers, Integers, Integers]:
    """Return where borders cross the south sides of cells: row, column and edge of each."""
    edge, row = _spread(np.ceil(lattice.row(edges.y1)), np.ceil(lattice.row(edges.y2)))
    column = lattice.column(_x_on_row(edges, lattice, row, edge)).astype(np.int64)
    return row, column, edge


def _column_crossings(edges: Edges, lattice: Lattice) -> Floats:
    """Return the latitudes at which borders cross the west sides of cells."""
    near, far = np.minimum(edges.x1, edges.x2), np.maximum(edges.x1, edges.x2)
    edge, column = _spread(np.ceil(lattice.column(near)), np.ceil(lattice.column(far)))
    return _y_on_side(edges, edge, lattice.west + column * lattice.cell)


def _y_on_side(edges: Edges, edge: Integers, side: Any) -> Floats:
    x1, y1, x2, y2 = (values[edge] for values in edges[:4])
    upright = x1 == x2
    found: Floats = y1 + (side - x1) * ((y2 - y1) / np.where(upright, 1.0, x2 - x1))
    return found


def _touched_cells(edges: Edges, lattice: Lattice) -> tuple[Integers, Integers]:
    """Return the cells, by number, that each edge, drawn `RIM` thick, touches, and the edges."""
    edge, row = _spread(
        np.floor(lattice.row(edges.y1 - RIM)), np.floor(lattice.row(edges.y2 + RIM)) + 1
    )
    x1, y1, x2, y2 = (values[edge] for values in edges[:4])
    slope, level = edges.slope[edge], y1 == y2
    south = lattice.south + row * lattice.cell
    low, high = np.clip(south - RIM, y1, y2), np.clip(south + lattice.cell + RIM, y1, y2)
    begin, end = x1 + (low - y1) * slope, np.where(level, x2, x1 + (high - y1) * slope)
    first = np.floor(lattice.column(np.minimum(begin, end) - RIM))
    which, column = _spread(first, np.floor(lattice.column(np.maximum(begin, end) + RIM)) + 1)
    cell = _cell_number(lattice, row[which], column)
    order = np.argsort(cell, kind="stable")
    return cell[order], edge[which][order]


def _cell_number(lattice: Lattice, row: Integers, column: Integers) -> Integers:
    n = lattice.per_block
    block = (row // n) * lattice.across + column // n
    return block * n * n + (row % n) * n + column % n


def _label_corners(
    lattice: Lattice, border: Integers, row: Integers, column: Integers, jump: Integers
) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
    """Return the tract at the south-west corner of blocks, and of the cells of blocks with borders.

    West of all land the number is 0, and going east along the south side of a row it changes by the
    jump of each crossing.
    """
    n = lattice.per_block
    mixed = np.unique(border // n**2)
    labels = np.zeros((len(mixed), n, n), np.int16)
    crossed = _cell_number(lattice, row, column)
    place = np.searchsorted(mixed, crossed // n**2) * n**2 + crossed % n**2
    np.add.at(labels.reshape(-1), place, jump.astype(np.int16))
    # All jumps of a row of cells, block by block, from the first block on.
    of_row = np.zeros((len(mixed) + 1, n), np.int64)
    np.cumsum(labels.sum(axis=2), axis=0, out=of_row[1:])
    west_most = np.searchsorted(mixed // lattice.across, mixed // lattice.across)
    before = of_row[:-1] - of_row[west_most]
    inside = np.cumsum(labels, axis=2, dtype=np.int16) - labels
    labels = inside + before[:, :, None].astype(np.int16)
    jumps = np.zeros((lattice.up, lattice.across), np.int64)
    jumps.reshape(-1)[mixed] = of_row[1:, 0] - of_row[:-1, 0]
    blocks = (np.cumsum(jumps, axis=1) - jumps).astype(np.int32).reshape(-1)
    blocks[mixed] = -1 - np.arange(len(mixed))
    return blocks, labels


def _border_tests(
    edges: Edges, lattice: Lattice, border: Integers, at: Integers, edge: Integers
) -> tuple[Floats, NDArray[np.int16], Integers]:
    """Return the tests of the border cells, the jumps of these tests, and their border cells.

    Each pair of a border cell (`at`) and an edge that touches it gives none to two. The part of the
    edge east of the cell's west side is met on the way east; where the edge crosses that side it is
    met on the way north, by every point above the crossing. Both use the same crossing, so no point
    counts an edge twice or never.
    """
    n = lattice.per_block
    block, inside = np.divmod(border[at], n * n)
    side = lattice.west + ((block % lattice.across) * n + inside % n) * lattice.cell
    south = lattice.south + ((block // lattice.across) * n + inside // n) * lattice.cell
    x1, y1, x2, y2 = (values[edge] for values in edges[:4])
    slope, jump, level = edges.slope[edge], (edges.right - edges.left)[edge], y1 == y2
    crosses = (np.minimum(x1, x2) < side) & (np.maximum(x1, x2) > side)
    crossing = np.where(crosses, _y_on_side(edges, edge, side), 0.0)
    low = np.where(crosses & (x2 > x1) & ~level, crossing, y1)
    high = np.where(crosses & (x2 < x1), crossing, y2)
    eastward = (
        (np.maximum(x1, x2) > side) & (low <= south + lattice.cell + RIM) & (high >= south - RIM)
    )
    northward = crosses & (crossing > south) & (crossing < south + lattice.cell + RIM)
    everything = np.full(int(northward.sum()), 1e300)
    met_east = np.column_stack([low, high, x1, y1, slope])[eastward]
    met_north = np.column_stack(
        [crossing[northward], everything, -everything, crossing[northward], 0 * everything]
    )
    owner = np.concatenate([at[eastward], at[northward]])
    # Going north over an edge that runs north-east leads to its left; over one that runs
    # north-west, to its right.
    jumps = np.concatenate(
        [np.where(level, 0, jump)[eastward], np.where(x2 < x1, jump, -jump)[northward]]
    )
    order = np.argsort(owner, kind="stable")
    return np.vstack([met_east, met_north])[order], jumps[order].astype(np.int16), owner[order]


def _spread(start: Floats, stop: Floats) -> tuple[Integers, Integers]:
    """Return, for each index, the whole numbers from its start up to its stop.

    They come as two arrays: the index repeated, and the numbers.
    """
    begin = start.astype(np.int64)
    many = np.maximum(stop.astype(np.int64) - begin, 0)
    index = np.repeat(np.arange(len(many)), many)
    return index, np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + begin[
        index
    ]
