"""Loads each folder of data once, whatever thread asks."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

from sovietpacific.arguments import read_path
from sovietpacific.atlas import Atlas
from sovietpacific.errors import DataNotFoundError, OptionError, path_text, shown
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
    folder = find_data() if path is None else _resolved(read_path(path, "path"))
    with _lock:
        if folder not in _atlases:
            _atlases[folder] = Atlas(Store(folder))
        return _atlases[folder]


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as wrong:  # RuntimeError: links that go round in a circle
        raise DataNotFoundError(f"{path_text(folder)} cannot be followed to a folder of data: {wrong}") from wrong


def atlas_or_shipped(atlas: Any) -> Atlas:
    """Give the atlas a question is put to: `atlas` if one is given, else the one shipped with the library.

    `OptionError` for what is no atlas.
    """
    if atlas is None:
        return load_atlas()
    if isinstance(atlas, Atlas):
        return atlas
    raise OptionError(f"atlas={shown(atlas)} is no atlas; give what load_atlas() gives, or None for the one shipped")
