"""Keeps the point index in the user's cache folder, one file per version of the shapes, and makes it anew where need be."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

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


def cached_grid(shapes_sum: str, make: Callable[[], Grid]) -> Grid:
    """Give the grid of the shapes whose file has this SHA-256: read from the cache folder, else made and written there.

    A file that is damaged, cut short, or of another form is made anew.  Files are written beside and renamed, so processes may
    come here at once; where the folder cannot be written the grid is made in each process, and a log record says why.
    """
    path = cache_folder() / f"grid-{shapes_sum[:16]}-{FORM}-{round(1 / CELL)}x{PER_BLOCK}-{sys.byteorder}.bin"
    try:
        return _read(path)
    except FileNotFoundError:
        _log.info("making the point index, kept in %s from now on", path)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        _log.warning("making the point index anew: %s cannot be read (%s)", path, wrong)
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
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".part", delete=False) as beside:
        part = Path(beside.name)
        try:
            beside.write(line + body)
            beside.close()
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _read(path: Path) -> Grid:
    content = path.read_bytes()
    line, newline, _ = content[:4096].partition(b"\n")
    given, _, head = line.partition(b" ")
    body = memoryview(content)[len(line) + len(newline) :]
    found = hashlib.sha256(head)
    found.update(body)
    if given.decode("ascii", "replace") != found.hexdigest():
        raise ValueError("its checksum is not the one it gives")
    told = json.loads(head)
    arrays: dict[str, Any] = {}
    for name, kind, shape in told["arrays"]:
        array = np.frombuffer(body, np.dtype(kind), int(np.prod(shape))).reshape(shape)
        arrays[name] = array
        body = body[array.nbytes :]
    return Grid(Lattice(*told["lattice"]), **arrays)
