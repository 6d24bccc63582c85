"""Load each folder of data once, whatever thread asks; find the data that an atlas of another
process was read from.

Knows folders and the environment, and nothing of how an answer is made.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sovietpacific.atlas import Atlas
from sovietpacific.errors import DataDamagedError, DataNotFoundError, OptionError, path_text, shown
from sovietpacific.facts.editions import Edition
from sovietpacific.facts.store import Store, find_data
from sovietpacific.forking import renew_in_child
from sovietpacific.land.shapes import Shapes
from sovietpacific.questions.arguments import read_path

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
    """Return the atlas of the data shipped with the library, or of another folder of data.

    The same folder is loaded once, whatever thread asks.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        A folder of data, as ``sovietpacific build`` makes it.

    Returns
    -------
    Atlas
        The atlas, to be read itself or given to a question as ``atlas=``.

    Raises
    ------
    DataNotFoundError
        Where there is no data, naming where it was looked for.
    DataDamagedError
        For a file that is not the one that was built.
    OptionError
        For what is no path.

    Examples
    --------
    >>> load_atlas().views["control"]
    'who governed or occupied it'

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
        raise DataNotFoundError(
            f"{path_text(folder)} cannot be followed to a folder of data: {wrong}"
        ) from wrong


def atlas_of(edition: Edition) -> Atlas:
    """Return the atlas of an edition of the data: a loaded one, the shipped one, or that of the
    folder it once lay in.

    Raise `DataNotFoundError` where none of these holds that very data.
    """
    for atlas in list(_atlases.values()):
        if atlas.edition.digest == edition.digest:
            return atlas
    reasons: list[str] = []
    for path in dict.fromkeys((None, edition.folder or None)):
        try:
            folder = find_data() if path is None else _resolved(Path(path))
            other = Store(folder).edition
        except (DataNotFoundError, DataDamagedError) as wrong:
            reasons.append(str(wrong))
            continue
        if other.digest == edition.digest:
            return load_atlas(folder)
        same_version = other.version == edition.version
        which = "another build of it" if same_version else f"version {shown(other.version)}"
        reasons.append(f"{path_text(folder)} holds {which}")
    raise DataNotFoundError(
        f"the data of version {shown(edition.version)} that this was answered from is not here: "
        f"{'; '.join(reasons)}; "
        "install the same version of sovietpacific on both sides, or ask again"
    )


def made_of(edition: Edition, kind: type) -> Atlas | Shapes:
    """Return the atlas of an edition of the data, or its shapes, whichever `kind` is.

    That is how a pickle of them is read.
    """
    atlas = atlas_of(edition)
    return atlas.shapes if issubclass(kind, Shapes) else atlas


def atlas_or_shipped(atlas: Atlas | None) -> Atlas:
    """Return the atlas a question is put to: `atlas` if one is given, else the shipped one.

    Raise `OptionError` for what is no atlas.
    """
    if atlas is None:
        return load_atlas()
    if isinstance(atlas, Atlas):
        return atlas
    raise OptionError(
        f"atlas={shown(atlas)} is no atlas; "
        "give what load_atlas() gives, or None for the one shipped"
    )
