"""Find the tract in which points lie, exactly: millions at once, or one in a few microseconds.

Knows the index and the exact shapes, and nothing of files, records and days.

What exact means: the answer is that of real arithmetic on the coordinates as they are given, which
is also what GEOS gives, whose predicates are robust. A point on the edge between tracts belongs to
the one whose id sorts first.

Why it is exact. A point inside a cell that no border touches needs no arithmetic beyond finding its
cell. Rounding may put a point within 1e-13 degrees of the rim into the neighbouring cell; since
borders count as touching from 1e-9 degrees off, the neighbour either has no border there, and both
cells give the same tract, or knows the same borders and decides alike.

In a border cell each test compares the latitude with the ends of a border's part, and the longitude
with x + (latitude - y) * slope. The ends are given numbers, exact, or a crossing with the side of
the cell. With u = 2**-53, the relative error of one rounding: the slope has three roundings, the
difference and the product one each, so the product is off by at most 5u of its size (and a little
of second order), and its size is at most the border segment's width, D degrees; the sum and the
last difference add at most 2 * 360u. Over land that is less than 180 degrees wide the whole error
is below (5 * 180 + 720)u, less than 2e-13 degrees; a crossing is computed by the same steps and is
off by as little. Any point whose comparison comes out within GUARD = 1e-11 degrees, fifty times
that bound, is not decided here but by GEOS; any other has the sign right. The tests check the bound
with rational arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.forking import renew_in_child
from sovietpacific.land.grid import GUARD, Floats, Grid

Numbers = NDArray[np.int16]

#: Points that are looked up at a time: what a step works on stays in the processor's cache.
CHUNK = 1 << 17

#: Tests of a border cell made column by column; the few cells with more make the rest one by one.
COMMON_TESTS = 4


class Locator:
    """The exact point index over tracts; it never changes, and threads may share it."""

    def __init__(
        self, tracts: Sequence[str], grid: Grid, shapes: Callable[[], NDArray[Any]]
    ) -> None:
        """Keep the ids of the tracts, sorted, the grid of their shapes, and how to get the shapes.

        The shapes are asked for only to decide points on borders.
        """
        self._tracts = list(tracts)
        self._grid = grid
        self._umpire = Umpire(shapes)

    @property
    def tracts(self) -> list[str]:
        """The ids of the tracts; number k, counted from 1, is the k-th."""
        return list(self._tracts)

    def tract_at(self, lon: float, lat: float) -> str | None:
        """Return the tract at a point.

        It is None at sea, outside the land of the index, and for coordinates that are no numbers.
        """
        number = self._scalar.number_at(lon, lat)
        # Whatever an index may hold, nothing is read out of place.
        if number is None or not 0 <= number <= len(self._tracts):
            number = int(self._umpire.decide(np.array([lon]), np.array([lat]))[0])
        return self._tracts[number - 1] if number else None

    @cached_property
    def _scalar(self) -> ScalarPath:
        return ScalarPath(self._grid)

    def numbers_at(self, lon: Floats, lat: Floats, threads: int = 1) -> Numbers:
        """Return the number of the tract at each point, counted from 1; 0 for None.

        The points are in degrees, float64.
        """
        found = np.empty(len(lon), np.int16)

        def work(start: int) -> None:
            part = slice(start, start + CHUNK)
            self._locate(lon[part], lat[part], found[part])

        starts = range(0, len(lon), CHUNK)
        if threads == 1 or len(starts) < 2:
            for start in starts:
                work(start)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        return found

    def _locate(self, lon: Floats, lat: Floats, found: Numbers) -> None:
        """Look up one chunk: by block, by cell, and by the tests of border cells.

        What lies off the lattice is left out first.
        """
        lattice = self._grid.lattice
        n = lattice.per_block
        # What is off the globe may be as far off as numbers go.
        with np.errstate(over="ignore", invalid="ignore"):
            x, y = lattice.column(lon), lattice.row(lat)
        if not _all_on(x, lattice.across * n) or not _all_on(y, lattice.up * n):
            on = np.flatnonzero(
                (x >= 0) & (x < lattice.across * n) & (y >= 0) & (y < lattice.up * n)
            )
            found[:] = 0
            if len(on):
                inner = np.empty(len(on), np.int16)
                self._locate(lon[on], lat[on], inner)
                found[on] = inner
            return
        column, row = x.astype(np.int32), y.astype(np.int32)
        shift = n.bit_length() - 1
        codes = self._grid.blocks.take(
            (row >> shift) * np.int32(lattice.across) + (column >> shift)
        )
        mixed = np.flatnonzero(codes < 0)
        if len(mixed):
            codes[mixed] = self._locate_in_blocks(
                lon, lat, mixed, -1 - codes[mixed], row[mixed], column[mixed]
            )
        found[:] = codes

    def _locate_in_blocks(
        self, lon: Floats, lat: Floats, point: Any, block: Any, row: Any, column: Any
    ) -> Numbers:
        n = self._grid.lattice.per_block
        shift = n.bit_length() - 1
        cell = (((block << shift) + (row & (n - 1))) << shift) + (column & (n - 1))
        codes: Numbers = self._grid.cells.take(cell)
        border = np.flatnonzero(codes < 0)
        if len(border):
            cells = self._grid.first.take(block[border]) + (-1 - codes[border].astype(np.int32))
            point = point[border]
            codes[border] = self._decide(cells, lon[point], lat[point])
        return codes

    def _decide(self, cells: Any, lon: Floats, lat: Floats) -> Numbers:
        """Return the tracts of points in border cells.

        Points within `GUARD` of a border go to GEOS.
        """
        grid = self._grid
        count = grid.length.take(cells)
        # Those with a further test are to be the first ones.
        order = np.argsort(-count.astype(np.int16), kind="stable")
        count, cells, x, y = count[order], cells[order], lon[order], lat[order]
        start, number = grid.start.take(cells), grid.corner.take(cells)
        doubtful = np.zeros(len(x), bool)
        for test in range(min(int(count[0]), COMMON_TESTS)):
            many = int(np.searchsorted(-count.astype(np.int32), -test))
            jump, near = self._test(start[:many] + test, x[:many], y[:many])
            number[:many] += jump
            doubtful[:many] |= near
        if count[0] > COMMON_TESTS:
            many = int(np.searchsorted(-count.astype(np.int32), -COMMON_TESTS))
            rest = count[:many].astype(np.int64) - COMMON_TESTS
            which = np.repeat(np.arange(many), rest)
            first = np.cumsum(rest) - rest
            jump, near = self._test(
                start[which] + COMMON_TESTS + np.arange(len(which)) - first[which],
                x[which],
                y[which],
            )
            number[:many] += np.add.reduceat(jump, first)
            doubtful[which[near]] = True
        doubtful |= (number < 0) | (number > len(self._tracts))
        if doubtful.any():
            number[doubtful] = self._umpire.decide(x[doubtful], y[doubtful])
        decided: Numbers = np.empty_like(number)
        decided[order] = number
        return decided

    def _test(self, tests: Any, x: Floats, y: Floats) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return, per point, the jump of a test it passes, else 0, and if it is too near."""
        rows = self._grid.tests.take(tests, axis=0)
        above, below = y - rows[:, 0], y - rows[:, 1]
        east = x - (rows[:, 2] + (y - rows[:, 3]) * rows[:, 4])
        beside = (above >= 0) & (below < 0)
        near = (beside & (np.abs(east) < GUARD)) | (np.abs(above) < GUARD) | (np.abs(below) < GUARD)
        return self._grid.jumps.take(tests) * (beside & (east > 0)), near


class ScalarPath:
    """The search for one point in plain Python, which is then twenty times faster than arrays."""

    def __init__(self, grid: Grid) -> None:
        """Look at the arrays of `grid` as memory, whose items are plain numbers."""
        self._lattice = grid.lattice
        self._size = (
            grid.lattice.across * grid.lattice.per_block,
            grid.lattice.up * grid.lattice.per_block,
        )
        self._blocks, self._cells, self._first = (
            _memory(grid.blocks),
            _memory(grid.cells),
            _memory(grid.first),
        )
        self._corner, self._start, self._length = (
            _memory(grid.corner),
            _memory(grid.start),
            _memory(grid.length),
        )
        self._tests, self._jumps = _memory(grid.tests), _memory(grid.jumps)

    def number_at(self, lon: float, lat: float) -> int | None:
        """Return the number of the tract at a point, 0 for none.

        It is None where the point is too near to a border to tell.
        """
        west, south, cell, n, across, _ = self._lattice
        x, y = (lon - west) * (1 / cell), (lat - south) * (1 / cell)
        if not (0 <= x < self._size[0] and 0 <= y < self._size[1]):
            return 0
        column, row = int(x), int(y)
        code: int = self._blocks[row // n * across + column // n]
        if code >= 0:
            return code
        block = -1 - code
        code = self._cells[(block * n + row % n) * n + column % n]
        return code if code >= 0 else self._decide(self._first[block] - 1 - code, lon, lat)

    def _decide(self, cell: int, lon: float, lat: float) -> int | None:
        number: int = self._corner[cell]
        tests = self._tests
        for test in range(self._start[cell], self._start[cell] + self._length[cell]):
            at = 5 * test
            above, below = lat - tests[at], lat - tests[at + 1]
            if above >= GUARD and below <= -GUARD:
                east = lon - (tests[at + 2] + (lat - tests[at + 3]) * tests[at + 4])
                if east >= GUARD:
                    number += self._jumps[test]
                elif east > -GUARD:
                    return None
            elif above > -GUARD and below < GUARD:
                return None
        return number


class Umpire:
    """Decides points on or next to borders by GEOS, on the whole shapes."""

    def __init__(self, shapes: Callable[[], NDArray[Any]]) -> None:
        """Keep how to get the shapes; they are read when the first point is in doubt."""
        self._read = shapes
        self._lock = Lock()
        renew_in_child(self)

    def renew(self) -> None:
        """Make the lock anew in a forked child, and the shapes where a thread was at work.

        GEOS may have half prepared them.
        """
        if self._lock.locked():
            self.__dict__.pop("_prepared", None)
            self._lock = Lock()

    def decide(self, lon: Floats, lat: Floats) -> Numbers:
        """Return the number of the first tract that each point lies in or on, 0 for none."""
        # GEOS prepares a shape on its first use, which two threads must not do at once.
        with self._lock:
            shapes, tree = self._prepared
            point, tract = tree.query(shapely.points(lon, lat))
            meets = shapely.intersects_xy(shapes[tract], lon[point], lat[point])
        numbers = np.full(len(lon), len(shapes) + 1, np.int16)
        np.minimum.at(numbers, point[meets], (tract[meets] + 1).astype(np.int16))
        numbers[numbers > len(shapes)] = 0
        return numbers

    @cached_property
    def _prepared(self) -> tuple[NDArray[Any], Any]:
        # Copies: what GEOS prepares bears the mark of it, and the shapes themselves are handed out
        # to other threads.
        shapes = shapely.from_wkb(shapely.to_wkb(self._read()))
        shapely.prepare(shapes)
        return shapes, shapely.STRtree(shapes)


def _all_on(place: Floats, size: int) -> bool:
    """Return whether all places lie on the lattice; a place that is no number lies nowhere."""
    return len(place) == 0 or bool(place.min() >= 0 and place.max() < size)


def _memory(array: Any) -> memoryview[Any]:
    """Return an array as memory in one row."""
    return memoryview(array.reshape(-1))
