"""Check that a point index is sound: every array of its kind and length, every number one that may
be looked up.

Knows the arrays of an index and nothing of the shapes it was made from.

Whatever passes can be asked about any point without a read out of place. That its answers are right
nothing in it can tell; the folder it is kept in must be one that nobody else may write to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sovietpacific.land.grid import CELL, PER_BLOCK, Grid, Lattice

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

#: How large the numbers of a test may be (low, high, x, y, slope), so that no arithmetic on them
#: overflows; 1e300 is its endless.
_LARGEST = (1e3, 1e300, 1e300, 1e3, 1e12)


def check_form(lattice: Lattice, forms: Mapping[str, tuple[str, tuple[int, ...]]]) -> int:
    """Return how many bytes arrays of these types and lengths take.

    Raise `ValueError` if they are not those of a grid.
    """
    names_fit = list(forms) == list(KINDS)
    if not names_fit or any(np.dtype(kind) != KINDS[name] for name, (kind, _) in forms.items()):
        raise ValueError("its arrays are not those of an index")
    if not all(type(size) is int and size >= 0 for _, shape in forms.values() for size in shape):
        raise ValueError("the length of an array is no number")
    west, south, cell, per_block, across, up = lattice
    degrees = all(isinstance(edge, float) for edge in (west, south, cell))
    counts = all(type(count) is int for count in (per_block, across, up))
    if not (degrees and counts) or (cell, per_block) != (CELL, PER_BLOCK):
        raise ValueError("its cells are not those of this library")
    widest = 360 / CELL / PER_BLOCK + 2
    if not (0 < across <= widest and 0 < up <= widest):
        raise ValueError("its cells are not those of this library")
    if not (abs(west) <= 181 and abs(south) <= 91):
        raise ValueError("its cells lie off the globe")
    mixed, border, tests = (math.prod(forms[name][1]) for name in ("first", "start", "jumps"))
    expected = {
        "blocks": (across * up,),
        "cells": (mixed * PER_BLOCK**2,),
        "first": (mixed,),
        **dict.fromkeys(("corner", "start", "length"), (border,)),
        "tests": (tests, 5),
        "jumps": (tests,),
    }
    if {name: shape for name, (_, shape) in forms.items()} != expected:
        raise ValueError("its arrays are not as long as each other asks")
    sizes = (math.prod(shape) * np.dtype(KINDS[name]).itemsize for name, shape in expected.items())
    size: int = sum(sizes)
    if size > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES} bytes")
    return size


def check_grid(grid: Grid, tracts: int) -> None:
    """Raise `ValueError` if a grid could lead out of its arrays, or to none of so many tracts."""
    arrays = {name: array for name, array in grid._asdict().items() if name in KINDS}
    forms = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    check_form(grid.lattice, forms)
    in_order = _lead_in_order(grid.blocks, len(grid.first))
    if not in_order or not _lead_to_tracts(tracts, grid.blocks, grid.cells, grid.corner):
        raise ValueError("a block or a cell leads nowhere")
    border = np.flatnonzero(grid.cells < 0)
    first = np.searchsorted(border, np.arange(len(grid.first)) * PER_BLOCK**2)
    own = np.arange(len(border)) - np.repeat(first, np.diff(np.append(first, len(border))))
    counted = np.array_equal(first, grid.first) and np.array_equal(-1 - grid.cells[border], own)
    if len(border) != len(grid.start) or not counted:
        raise ValueError("its border cells are not counted in their order")
    length = grid.length.astype(np.int64)
    starts = np.cumsum(length) - length
    if not np.array_equal(starts, grid.start) or length.sum() != len(grid.jumps):
        raise ValueError("the tests of a border cell are not its own")
    widest_jump = np.abs(grid.jumps.astype(np.int32)).max(initial=0)
    if not (np.abs(grid.tests) <= _LARGEST).all() or widest_jump > tracts:
        raise ValueError("a test is none")


def _lead_in_order(blocks: Any, many: int) -> bool:
    """Return whether the blocks that borders touch are numbered from the first on."""
    mixed = blocks[blocks < 0]
    return len(mixed) == many and np.array_equal(-1 - mixed, np.arange(many))


def _lead_to_tracts(tracts: int, *arrays: Any) -> bool:
    return all(int(array.max(initial=0)) <= tracts for array in arrays)
