"""Loads each folder of data once, whatever thread asks."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sovietpacific.atlas import Atlas
from sovietpacific.store import Store, find_data

_atlases: dict[Path, Atlas] = {}
_lock = Lock()


def load_atlas(path: str | Path | None = None) -> Atlas:
    """Load the atlas from the data shipped with the library, or from the data folder at `path`.

    The same folder is loaded once.  Raises `DataNotFoundError` naming where the data was looked for, and `DataDamagedError` for a
    file that is not the one that was built.

    >>> load_atlas().sovereignty_of("Shikotan", "1945-08-31").control.polities
    ('empire-of-japan',)
    """
    folder = find_data() if path is None else Path(path).resolve()
    with _lock:
        if folder not in _atlases:
            _atlases[folder] = Atlas(Store(folder))
        return _atlases[folder]
