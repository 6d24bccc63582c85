"""Loads each folder of data once, whatever thread asks, and finds the data that an atlas of another process was read from."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

from sovietpacific.arguments import read_path
from sovietpacific.atlas import Atlas
from sovietpacific.editions import Edition
from sovietpacific.errors import DataDamagedError, DataNotFoundError, OptionError, path_text, shown
from sovietpacific.forking import renew_in_child
from sovietpacific.shapes import Shapes
from sovietpacific.store import Store, find_data

_atlases: dict[Path, Atlas] = {}


class _Loading:
    """Lets one thread load at a time."""

    def __init__(self) -> None:
        self.renew()
        renew_in_child(self)

    def renew(self) -> None:
        """Make the lock."""
        self.lock = Lock()


_loading = _Loading()


def load_atlas(path: str | Path | None = None) -> Atlas:
    """Load the atlas from the data shipped with the library, or from the data folder at `path`.

    The same folder is loaded once.  Raises `DataNotFoundError` naming where the data was looked for, and `DataDamagedError` for a
    file that is not the one that was built.

    >>> load_atlas().sovereignty_of("Shikotan", "1945-08-31").control.polities
    ('empire-of-japan',)
    """
    folder = find_data() if path is None else _resolved(read_path(path, "path"))
    with _loading.lock:
        if folder not in _atlases:
            _atlases[folder] = Atlas(Store(folder))
        return _atlases[folder]


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as wrong:  # RuntimeError: links that go round in a circle
        raise DataNotFoundError(f"{path_text(folder)} cannot be followed to a folder of data: {wrong}") from wrong


def atlas_of(edition: Edition) -> Atlas:
    """Give the atlas of an edition of the data: one that is loaded, the shipped one, or that of the folder it once lay in.

    Raises `DataNotFoundError` where none of these holds that very data.
    """
    for atlas in list(_atlases.values()):
        if atlas.edition.digest == edition.digest:
            return atlas
    looked: list[str] = []
    for path in dict.fromkeys((None, edition.folder or None)):
        try:
            folder = find_data() if path is None else _resolved(Path(path))
            held = Store(folder).edition
        except (DataNotFoundError, DataDamagedError) as wrong:
            looked.append(str(wrong))
            continue
        if held.digest == edition.digest:
            return load_atlas(folder)
        which = "another build of it" if held.version == edition.version else f"version {shown(held.version)}"
        looked.append(f"{path_text(folder)} holds {which}")
    raise DataNotFoundError(
        f"the data of version {shown(edition.version)} that this was answered from is not here: {'; '.join(looked)}; "
        "install the same version of sovietpacific on both sides, or ask again"
    )


def made_of(edition: Edition, kind: type) -> Any:
    """Give the atlas of an edition of the data, or its shapes, whichever is asked for; that is how a pickle of them is read."""
    atlas = atlas_of(edition)
    return atlas.shapes if issubclass(kind, Shapes) else atlas


def atlas_or_shipped(atlas: Any) -> Atlas:
    """Give the atlas a question is put to: `atlas` if one is given, else the one shipped with the library.

    `OptionError` for what is no atlas.
    """
    if atlas is None:
        return load_atlas()
    if isinstance(atlas, Atlas):
        return atlas
    raise OptionError(f"atlas={shown(atlas)} is no atlas; give what load_atlas() gives, or None for the one shipped")
