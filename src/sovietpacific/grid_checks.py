"""Checks that a point index is sound: every array of its kind and length, every number one that may be looked up.

Whatever passes can be asked about any point without a read out of place.  That its answers are right nothing in it can tell; the
folder it is kept in must be one that nobody else may write to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sovietpacific.grid import CELL, PER_BLOCK, Grid, Lattice

#: The arrays of a grid in their order, with the type of their numbers.
KINDS: Mapping[str, Any] = {
    "blocks": np.int32,
    "cells": np.int16,
    "first": np.int32,
    "corner": np.int16,
    "start": np.int32,
    "length": np.uint16,
    "tests": np.float64,
    "jumps": np.int16,
}

#: The most an index may take: six times what the whole atlas takes.
MOST_BYTES = 1 << 28

#: How large the numbers of a test may be (low, high, x, y, slope), so that no arithmetic on them overflows; 1e300 is its endless.
_LARGEST = (1e3, 1e300, 1e300, 1e3, 1e12)


def check_form(lattice: Lattice, forms: Mapping[str, tuple[str, tuple[int, ...]]]) -> int:
    """Raise `ValueError` where the types and lengths of arrays are not those of a grid; else give how many bytes they take."""
    if list(forms) != list(KINDS) or any(np.dtype(kind) != KINDS[name] for name, (kind, _) in forms.items()):
        raise ValueError("its arrays are not those of an index")
    if not all(type(size) is int and size >= 0 for _, shape in forms.values() for size in shape):
        raise ValueError("the length of an array is no number")
    west, south, cell, per_block, across, up = lattice
    numbers = all(isinstance(edge, float) for edge in (west, south, cell)) and all(
        type(n) is int for n in (per_block, across, up)
    )
    widest = 360 / CELL / PER_BLOCK + 2
    if not numbers or (cell, per_block) != (CELL, PER_BLOCK) or not (0 < across <= widest and 0 < up <= widest):
        raise ValueError("its cells are not those of this library")
    if not (abs(west) <= 181 and abs(south) <= 91):
        raise ValueError("its cells lie off the globe")
    mixed, border, tests = (math.prod(forms[name][1]) for name in ("first", "start", "jumps"))
    expected = {"blocks": (across * up,), "cells": (mixed * PER_BLOCK**2,), "first": (mixed,), "tests": (tests, 5)}
    expected |= {"jumps": (tests,), **dict.fromkeys(("corner", "start", "length"), (border,))}
    if {name: shape for name, (_, shape) in forms.items()} != expected:
        raise ValueError("its arrays are not as long as each other asks")
    size: int = sum(math.prod(shape) * np.dtype(KINDS[name]).itemsize for name, (_, shape) in forms.items())
    if size > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES} bytes")
    return size


def check_grid(grid: Grid, tracts: int) -> None:
    """Raise `ValueError` where a grid of so many tracts could lead out of its arrays, or to no tract."""
    check_form(grid.lattice, {name: (array.dtype.str, array.shape) for name, array in grid._asdict().items() if name in KINDS})
    if not (_lead_in_order(grid.blocks, len(grid.first)) and _lead_to_tracts(tracts, grid.blocks, grid.cells, grid.corner)):
        raise ValueError("a block or a cell leads nowhere")
    border = np.flatnonzero(grid.cells < 0)
    first = np.searchsorted(border, np.arange(len(grid.first)) * PER_BLOCK**2)
    own = np.arange(len(border)) - np.repeat(first, np.diff(np.append(first, len(border))))
    if (
        len(border) != len(grid.start)
        or not np.array_equal(first, grid.first)
        or not np.array_equal(-1 - grid.cells[border], own)
    ):
        raise ValueError("its border cells are not counted in their order")
    length = grid.length.astype(np.int64)
    if not np.array_equal(np.cumsum(length) - length, grid.start) or length.sum() != len(grid.jumps):
        raise ValueError("the tests of a border cell are not its own")
    if not (np.abs(grid.tests) <= _LARGEST).all() or np.abs(grid.jumps.astype(np.int32)).max(initial=0) > tracts:
        raise ValueError("a test is none")


def _lead_in_order(blocks: Any, many: int) -> bool:
    """Tell whether the blocks that borders touch are numbered from the first on."""
    mixed = blocks[blocks < 0]
    return len(mixed) == many and np.array_equal(-1 - mixed, np.arange(many))


def _lead_to_tracts(tracts: int, *arrays: Any) -> bool:
    return all(int(array.max(initial=0)) <= tracts for array in arrays)
