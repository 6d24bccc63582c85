"""Keep the point index in the user's cache folder, one file per version of the shapes, and make it
anew where need be.

Knows files and nothing of how a point is looked up in the index.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sovietpacific.errors import path_text
from sovietpacific.files.beside import beside
from sovietpacific.land.cache_folder import cache_folder, check_own, clear, make_own
from sovietpacific.land.grid import CELL, PER_BLOCK, Grid, Lattice
from sovietpacific.land.grid_checks import check_form

#: Counted up whenever a grid of the same shapes comes out another way, or its file.
FORM = 2

#: A link is not followed, and what is no file (a pipe, a device) is not waited for.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFELY
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY

#: The first line of a file: its checksum and the form of its arrays.
_LONGEST_LINE = 4096

#: What reading a file that is none of ours, or damaged, may end in.
_UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError),
    *(OverflowError, RecursionError, MemoryError),
)

#: The indexes this process has used, which it may want again.
_used: set[str] = set()

_log = logging.getLogger(__name__)


def cached_grid(land: str, make: Callable[[], Grid], check: Callable[[Grid], None]) -> Grid:
    """Return the grid of `land`, read from the cache folder, else made and written there.

    `land` is a SHA-256 of shapes and their names. A file is used only if it is whole, is of this
    land, passes `check` (which raises `ValueError`), and none but the user or root may write to it
    or its folder; any other is made anew. Files are written beside and renamed, so processes may
    come here at once; where the folder cannot be written the grid is made in each process, and a
    log record says why.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / f"grid-{land[:16]}-{FORM}-{round(1 / CELL)}x{PER_BLOCK}-{sys.byteorder}.bin"
    _used.add(path.name)
    try:
        grid = _read(path, land)
        check(grid)
        return grid
    except (FileNotFoundError, NotADirectoryError):
        _log.info("making the point index, kept in %s from now on", path_text(path))
    except PermissionError as wrong:
        # What we refuse ourselves the user can mend; a folder closed to him needs no warning.
        level = logging.WARNING if wrong.errno is None else logging.INFO
        message = "the point index is made anew in every process: %s is not used (%s)"
        _log.log(level, message, path_text(path), wrong)
    except _UNREADABLE as wrong:
        _log.info("making the point index anew: %s cannot be read (%s)", path_text(path), wrong)
    grid = make()
    try:
        _write(path, land, grid)
        clear(folder, _used)
    except OSError as wrong:
        _log.info("the point index is not kept: %s cannot be written (%s)", path_text(path), wrong)
    return grid


def _write(path: Path, land: str, grid: Grid) -> None:
    """Write a line of JSON that tells what follows, then the arrays as they lie in memory."""
    make_own(path.parent)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise FileExistsError(errno.EEXIST, "something that is no file lies there", str(path))
    arrays = {name: getattr(grid, name) for name in Grid._fields[1:]}
    body = b"".join(array.tobytes() for array in arrays.values())
    header = {
        "lattice": list(grid.lattice),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    head = json.dumps(header).encode()
    line = f"{hashlib.sha256(land.encode() + head + body).hexdigest()} ".encode() + head + b"\n"
    # An older file is not written over, which would leave the new one its mode and its owner.
    path.unlink(missing_ok=True)
    with beside(path) as part, os.fdopen(os.open(part, _WRITING, 0o600), "wb") as file:
        file.write(line)
        file.write(body)


def _read(path: Path, land: str) -> Grid:
    check_own(path.parent.stat(), "its folder")
    with os.fdopen(os.open(path, _READING), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("it is no file")
        check_own(status, "it")
        line = file.readline(_LONGEST_LINE)
        checksum, _, head = line.rstrip(b"\n").partition(b" ")
        header = json.loads(head)
        lattice = Lattice(*header["lattice"])
        forms = {name: (kind, tuple(shape)) for name, kind, shape in header["arrays"]}
        if status.st_size != len(line) + check_form(lattice, forms):
            raise ValueError("it is not as long as it says")
        total = hashlib.sha256(land.encode() + head)
        arrays: dict[str, Any] = {}
        for name, (kind, shape) in forms.items():
            # Into arrays of their own: one that lay at an odd place in the file's memory would be
            # copied whenever it is used.
            array = np.fromfile(file, np.dtype(kind), int(np.prod(shape)))
            total.update(array.data.cast("B"))
            arrays[name] = array.reshape(shape)
    if checksum.decode("ascii", "replace") != total.hexdigest():
        raise ValueError("its checksum is not the one it gives")
    return Grid(lattice, **arrays)
