"""Keeps the point index in the user's cache folder, one file per version of the shapes, and makes it anew where need be."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sovietpacific.beside import beside
from sovietpacific.grid import CELL, PER_BLOCK, Grid, Lattice

#: Names the folder for the index instead of the user's cache folder, for clusters and for homes that cannot be written.
FOLDER_VARIABLE = "SOVIETPACIFIC_CACHE"

#: Counted up whenever a grid of the same shapes comes out another way.
FORM = 1

_log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """Give the folder the index is kept in: that of `SOVIETPACIFIC_CACHE`, else the user's cache folder of this system."""
    from platformdirs import user_cache_path

    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("sovietpacific", appauthor=False)


def cached_grid(land: str, make: Callable[[], Grid]) -> Grid:
    """Give the grid of `land` (a SHA-256 of shapes and their names): read from the cache folder, else made and written there.

    A file that is damaged, cut short, or of another form is made anew.  Files are written beside and renamed, so processes may
    come here at once; where the folder cannot be written the grid is made in each process, and a log record says why.
    """
    path = cache_folder() / f"grid-{land[:16]}-{FORM}-{round(1 / CELL)}x{PER_BLOCK}-{sys.byteorder}.bin"
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError):
        _log.info("making the point index, kept in %s from now on", path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as wrong:
        _log.info("making the point index anew: %s cannot be read (%s)", path, wrong)
    grid = make()
    try:
        _write(path, grid)
    except OSError as wrong:
        _log.info("the point index is not kept: %s cannot be written (%s)", path, wrong)
    return grid


def _write(path: Path, grid: Grid) -> None:
    """Write a line of JSON that tells what follows, then the arrays as they lie in memory."""
    arrays = {name: getattr(grid, name) for name in Grid._fields[1:]}
    body = b"".join(array.tobytes() for array in arrays.values())
    told = {
        "lattice": list(grid.lattice),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    head = json.dumps(told).encode()
    line = f"{hashlib.sha256(head + body).hexdigest()} ".encode() + head + b"\n"
    with beside(path) as part:
        part.write_bytes(line + body)


def _read(path: Path) -> Grid:
    with path.open("rb") as file:
        line = file.readline(4096)
        given, _, head = line.rstrip(b"\n").partition(b" ")
        told = json.loads(head)
        sizes = [math.prod(shape) * np.dtype(kind).itemsize for _, kind, shape in told["arrays"]]
        if path.stat().st_size != len(line) + sum(sizes):
            raise ValueError("it is not as long as it says")
        found = hashlib.sha256(head)
        arrays: dict[str, Any] = {}
        for name, kind, shape in told["arrays"]:
            # Into arrays of their own: one that lay at an odd place in the file's memory would be copied whenever it is used.
            array = np.fromfile(file, np.dtype(kind), math.prod(shape))
            found.update(array.data.cast("B"))
            arrays[name] = array
    if given.decode("ascii", "replace") != found.hexdigest():
        raise ValueError("its checksum is not the one it gives")
    return Grid(Lattice(*told["lattice"]), **{name: arrays[name].reshape(shape) for name, _, shape in told["arrays"]})
