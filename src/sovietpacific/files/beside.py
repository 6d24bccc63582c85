"""Write files beside their place and rename them when they are whole, so that nobody ever sees
half a file.

Knows folders and renaming, and nothing of what is written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sovietpacific.errors import path_text

#: What the system says where there is no room, or nothing may be written; no reading of another
#: file ends so.
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a free name in the folder of `target`; what is written there then becomes `target`.

    The folder is made if need be. The name ends as that of `target`, since some writers go by the
    ending. A link is followed: what it points at is written, and the link stays. An older file
    leaves its mode, and its owner where the system lets us, to the new one. Where the work fails or
    is interrupted, what was written is removed and an older `target` stays as it was; an `OSError`
    names `target`, whatever name was written to. A folder, a pipe, a device, a socket and a link
    that leads to itself are refused with it too.
    """
    place = _followed(target)
    make_folders(place.parent)
    # A long name is shortened: with what is added it would be longer than a name may be.
    part = place.with_name(
        f".{place.stem[:40]}.{os.getpid()}-{uuid4().hex[:8]}.part{place.suffix[:16]}"
    )
    try:
        if place.exists():  # what is written over a private file is private from its first byte on
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        keep_mode_and_owner(place, part)
        part.replace(place)
    except OSError as wrong:
        if wrong.errno is None:
            raise OSError(f"{path_text(target)} cannot be written: {wrong}") from wrong
        if wrong.errno in _NO_ROOM or str(part) in str(wrong):
            raise OSError(wrong.errno, os.strerror(wrong.errno), str(target)) from wrong
        raise
    finally:
        part.unlink(missing_ok=True)


def _followed(target: Path) -> Path:
    """Return the file that `target` is or, as a link, leads to.

    Raise `OSError` if what is there is no file.
    """
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if place.exists() and not place.is_file():
        raise OSError(
            f"{path_text(target)} is a pipe, a device or a socket; give the name of a file"
        )
    return place


def make_folders(folder: Path) -> None:
    """Make a folder and those above it that are not there, however many.

    `Path.mkdir` would call itself for each.
    """
    missing = []
    while not folder.is_dir() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for above in reversed(missing):
        above.mkdir(exist_ok=True)


def keep_mode_and_owner(old: Path, new: Path) -> None:
    """Give the file `new` the mode of `old`, and its owner and group where the system lets us.

    Nothing is done where there is no `old`.
    """
    try:
        before = old.stat()
    except FileNotFoundError:
        return
    for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
        # Only root may give a file away, and Windows knows no owners of this kind.
        with suppress(OSError, AttributeError):
            os.chown(new, owner, group)
    new.chmod(stat.S_IMODE(before.st_mode) & 0o777)
