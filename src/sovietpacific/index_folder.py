"""Chooses the folder the point index is kept in, trusts it only if nobody else may write there, and clears it of what is old."""

from __future__ import annotations

import logging
import os
import re
import stat
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sovietpacific.errors import OptionError, path_text, shown

#: Names the folder for the index instead of the user's cache folder, for clusters and for homes that cannot be written.
FOLDER_VARIABLE = "SOVIETPACIFIC_CACHE"

#: Every name an index has, or had in another version; and what a writer that was killed leaves behind, which names its process.
_KEPT = re.compile(r"grid-[0-9a-f]{16}-\d+-\d+x\d+-(little|big)\.bin\Z")
_LEFT = re.compile(r"\.grid-[0-9a-f]{16}-[\dx-]*[a-z]*\.(\d+)-[0-9a-f]{8}\.part\.bin\Z")

#: A file is written in a second; one still in parts after so many has no writer any more, on whatever machine it was.
_LONG = 3600

_log = logging.getLogger(__name__)


def cache_folder() -> Path | None:
    """Give the folder the index is kept in: that of `SOVIETPACIFIC_CACHE`, else the user's cache folder of this system.

    None where there is no home to have it in.  `OptionError` for a relative folder, which would be another one in every place.
    """
    from platformdirs import user_cache_path

    named = os.environ.get(FOLDER_VARIABLE)
    try:
        folder = Path(named).expanduser() if named else user_cache_path("sovietpacific", appauthor=False)
    except (RuntimeError, KeyError, OSError) as wrong:  # a user whom the system does not know has no home
        _log.info("there is no folder to keep the point index in: %s", wrong)
        return None
    if folder.is_absolute():
        return folder
    if named:
        raise OptionError(f"{FOLDER_VARIABLE}={shown(named)} is relative, another folder in every place; give an absolute one")
    return None


def check_own(found: os.stat_result, what: str) -> None:
    """Raise `PermissionError` where a file or folder is not the user's or root's, or another may write to it.

    Windows has no such owners and modes; a user's folders are closed to others there.
    """
    if not hasattr(os, "geteuid"):
        return
    if found.st_uid not in (os.geteuid(), 0):
        raise PermissionError(f"{what} belongs to another user")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"others may write to {what} (mode {stat.S_IMODE(found.st_mode):o})")


def make_own(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for the user alone whatever the umask; `OSError` if it cannot be."""
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        with suppress(FileExistsError):  # another process may be making it too
            missing.mkdir(0o700)
    check_own(folder.stat(), "its folder")


def clear(folder: Path, used: Collection[str]) -> None:
    """Remove the indexes of other versions and shapes, and what killed writers left; nothing that others have written."""
    for path in folder.iterdir():
        left = _LEFT.match(path.name)
        if path.name in used or not (left or _KEPT.match(path.name)):
            continue
        try:
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and _is_own(found) and (left is None or _is_left(found, int(left[1]))):
                path.unlink()
                _log.info("removed %s, which is no longer used", path_text(path))
        except OSError as wrong:
            _log.info("%s is no longer used and cannot be removed: %s", path_text(path), wrong)


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _is_left(found: os.stat_result, process: int) -> bool:
    """Tell whether nobody writes a part any more: its process is gone, or it is old."""
    if abs(time.time() - found.st_mtime) > _LONG:
        return True
    if os.name != "posix":  # elsewhere to signal a process may end it
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
