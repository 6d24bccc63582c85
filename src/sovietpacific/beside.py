"""Writes files beside their place and renames them when they are whole, so that nobody ever sees half a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sovietpacific.errors import path_text

#: What the system says where there is no room, or nothing may be written; no reading of another file ends so.
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a free name in the folder of `target`, which is made if need be; what is written there then becomes `target`.

    The name ends as that of `target`, since some writers go by the ending.  Where the work fails or is interrupted, what was
    written is removed and an older `target` stays as it was; an `OSError` names `target`, whatever name was written to.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    # A long name is shortened: with what is added it would be longer than a name may be.
    part = target.with_name(f".{target.stem[:40]}.{os.getpid()}-{uuid4().hex[:8]}.part{target.suffix[:16]}")
    try:
        yield part
        part.replace(target)
    except OSError as wrong:
        if wrong.errno is None:
            raise OSError(f"{path_text(target)} cannot be written: {wrong}") from wrong
        if wrong.errno in _NO_ROOM or str(part) in str(wrong):
            raise OSError(wrong.errno, os.strerror(wrong.errno), str(target)) from wrong
        raise
    finally:
        part.unlink(missing_ok=True)
