"""Choose the folder the point index is kept in, trust it only if nobody else may write there, and
clear it of what is old.

Knows folders and their owners, and nothing of what is kept there.
"""

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

#: Names the folder for the index instead of the user's cache folder, for clusters and for homes
#: that cannot be written.
FOLDER_VARIABLE = "SOVIETPACIFIC_CACHE"

#: Every name an index has, or had in another version; and what a writer that was killed leaves
#: behind, which names its process.
_KEPT = re.compile(r"grid-[0-9a-f]{16}-\d+-\d+x\d+-(little|big)\.bin\Z")
_LEFT = re.compile(r"\.grid-[0-9a-f]{16}-[\dx-]*[a-z]*\.(\d+)-[0-9a-f]{8}\.part\.bin\Z")

#: A file is written in a second; one still in parts after so many has no writer any more, on
#: whatever machine it was.
_LONG = 3600

_log = logging.getLogger(__name__)


def cache_folder() -> Path | None:
    """Return the folder the index is kept in, None where there is no home to have it in.

    It is that of `SOVIETPACIFIC_CACHE`, else the user's cache folder of this system. Raise
    `OptionError` for a relative folder, which would be another one in every place.
    """
    from platformdirs import user_cache_path

    named = os.environ.get(FOLDER_VARIABLE)
    try:
        if named:
            folder = Path(named).expanduser()
        else:
            folder = user_cache_path("sovietpacific", appauthor=False)
    except (RuntimeError, KeyError, OSError) as wrong:
        # A user whom the system does not know has no home.
        _log.info("there is no folder to keep the point index in: %s", wrong)
        return None
    if folder.is_absolute():
        return folder
    if named:
        raise OptionError(
            f"{FOLDER_VARIABLE}={shown(named)} is relative, another folder in every place; "
            "give an absolute one"
        )
    return None


def check_own(status: os.stat_result, what: str) -> None:
    """Raise `PermissionError` if a file or folder is another user's, or others may write to it.

    Root may own it, too. Windows has no such owners and modes; a user's folders are closed to
    others there.
    """
    if not hasattr(os, "geteuid"):
        return
    if status.st_uid not in (os.geteuid(), 0):
        raise PermissionError(f"{what} belongs to another user")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"others may write to {what} (mode {stat.S_IMODE(status.st_mode):o})")


def make_own(folder: Path) -> None:
    """Make a folder, and those above it, for the user alone whatever the umask.

    Raise `OSError` if it cannot be made.
    """
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        with suppress(FileExistsError):  # another process may be making it too
            missing.mkdir(0o700)
    check_own(folder.stat(), "its folder")


def clear(folder: Path, used: Collection[str]) -> None:
    """Remove the indexes of other versions and shapes, and what killed writers left.

    Nothing that others have written is removed.
    """
    for path in folder.iterdir():
        left = _LEFT.match(path.name)
        if path.name in used or not (left or _KEPT.match(path.name)):
            continue
        try:
            status = path.lstat()
            ours = stat.S_ISREG(status.st_mode) and _is_own(status)
            if ours and (left is None or _is_left(status, int(left[1]))):
                path.unlink()
                _log.info("removed %s, which is no longer used", path_text(path))
        except OSError as wrong:
            _log.info("%s is no longer used and cannot be removed: %s", path_text(path), wrong)


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_left(status: os.stat_result, process: int) -> bool:
    """Return whether nobody writes a part any more: its process is gone, or it is old."""
    if abs(time.time() - status.st_mtime) > _LONG:
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
