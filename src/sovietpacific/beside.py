"""Writes files beside their place and renames them when they are whole, so that nobody ever sees half a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a free name in the folder of `target`, which is made if need be; what is written there then becomes `target`.

    The name ends as that of `target`, since some writers go by the ending.  Where the work fails or is interrupted, what was
    written is removed and an older `target` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}-{uuid4().hex[:8]}.part{target.suffix}")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
