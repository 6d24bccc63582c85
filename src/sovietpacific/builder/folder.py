"""Guards the folder the data is built into: only what an earlier build wrote there is ever replaced
or removed.

Knows files by name and nothing of what is in them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from sovietpacific.errors import OptionError, path_text
from sovietpacific.files.beside import keep_mode_and_owner, make_folders

#: What the package of an atlas calls itself, and the file it stands in.
NAME, PACKAGE = "sovietpacific", "datapackage.json"

#: So many strangers are named in a refusal.
_NAMED = 5


def check_folder(data: Path, seeds: Path | None = None) -> frozenset[Path]:
    """Return the files that an earlier build wrote into `data`, none if it is empty or missing.

    Raise `OptionError` for a link, a file, the current folder or one above it, a folder that has to
    do with `seeds`, and a folder that holds anything no build wrote there, hidden files and empty
    folders among them.
    """
    _check_place(data, seeds)
    if not os.path.lexists(data):
        return frozenset()
    ours = _listed(data)
    allowed = {"file": ours, "folder": {above for path in ours for above in path.parents}}
    strange = (path for path, kind in _entries(data) if path not in allowed.get(kind, ()))
    if strangers := list(islice(strange, _NAMED + 1)):
        named = ", ".join(path_text(path.as_posix()) for path in strangers[:_NAMED])
        more = " and more" if len(strangers) > _NAMED else ""
        raise OptionError(
            f"data={path_text(data)} holds what no build wrote there: {named}{more}; "
            "nothing was changed: move that away, or give a folder that is empty or new"
        )
    return ours


def _check_place(data: Path, seeds: Path | None) -> None:
    """Raise `OptionError` for a place where no folder of data may stand, whatever it holds."""
    option = f"data={path_text(data)}"
    if data.is_symlink():
        raise OptionError(f"{option} is a link; give the folder itself, or a new one")
    if os.path.lexists(data) and not data.is_dir():
        raise OptionError(f"{option} is no folder; give a folder that is empty or new")
    here, place = Path.cwd().resolve(), Path(os.path.realpath(data))
    if here.is_relative_to(place):
        raise OptionError(
            f"{option} is the current folder or has it inside; "
            "give a folder of its own, such as data"
        )
    if seeds is not None:
        source = Path(os.path.realpath(seeds))
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise OptionError(
                f"{option} and seeds={path_text(seeds)} lie in each other; "
                "give the data a folder of its own"
            )


def _listed(data: Path) -> frozenset[Path]:
    """Return what the `datapackage.json` of an atlas in `data` lists, and that file itself.

    Return nothing where there is none.
    """
    package = data / PACKAGE
    if package.is_symlink() or not package.is_file():
        return frozenset()
    try:
        document: Any = json.loads(package.read_bytes())
        if document["name"] != NAME:
            return frozenset()
        listed = [PurePosixPath(resource["path"]) for resource in document["resources"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()  # somebody else's, or damaged: then nothing counts as ours
    inside = (path for path in listed if not path.is_absolute() and ".." not in path.parts)
    return frozenset({Path(PACKAGE), *map(Path, inside)})


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield everything in `folder` at any depth, and if it is a file, a folder or other.

    A link is other, and not followed.
    """
    for above, folders, files in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in [*folders, *sorted(files)]:
            path = Path(above, name)
            yield path.relative_to(folder), _kind_of(path)


def _kind_of(path: Path) -> str:
    if path.is_symlink():
        return "other"
    return "folder" if path.is_dir() else "file" if path.is_file() else "other"


def _raise(wrong: OSError) -> None:
    raise wrong


def move_in(new: Path, data: Path, kept: Path, old: frozenset[Path]) -> None:
    """Move the files of `new` into `data` and remove those of `old` that are not among them.

    What goes wrong is undone from `kept`. First `datapackage.json` lists what is old and what is
    new, with the checksums of the new: an interruption cannot pass for a whole atlas, and the next
    build knows every file for one of ours. The new list comes last.
    """
    written = (path for path in new.rglob("*") if path.is_file() and path.name != PACKAGE)
    files = sorted(path.relative_to(new) for path in written)
    left_over = old - {*files, Path(PACKAGE)}
    gone = sorted(path for path in left_over if (data / path).is_file())
    with _undone_from(kept, data, [*files, *gone, Path(PACKAGE)]):
        between = new / f"{PACKAGE}.between"
        between.write_bytes(_list_also(new / PACKAGE, gone))
        _replace(between, data / PACKAGE)
        for path in files:
            _replace(new / path, data / path)
        for path in gone:
            (data / path).unlink()
        _replace(new / PACKAGE, data / PACKAGE)


def _list_also(package: Path, gone: list[Path]) -> bytes:
    document: Any = json.loads(package.read_bytes())
    listed = [
        *document["resources"],
        *({"path": path.as_posix(), "bytes": 0, "sha256": ""} for path in gone),
    ]
    return json.dumps({**document, "resources": listed}).encode()


def _replace(new: Path, target: Path) -> None:
    make_folders(target.parent)
    keep_mode_and_owner(target, new)
    new.replace(target)


@contextmanager
def _undone_from(kept: Path, data: Path, paths: list[Path]) -> Iterator[None]:
    """Put the files `paths` of `data` back as they were if the block fails or is broken off.

    Meanwhile they have a second name in `kept`.
    """
    was_there = data.is_dir()
    there = [path for path in paths if (data / path).is_file()]
    for path in there:
        (kept / path).parent.mkdir(parents=True, exist_ok=True)
        _keep(data / path, kept / path)
    try:
        yield
    except BaseException:
        for path in paths:
            if path in there:
                (kept / path).replace(data / path)
            else:
                (data / path).unlink(missing_ok=True)
        if not was_there:
            _remove_empty(data)
        raise


def _keep(file: Path, copy: Path) -> None:
    """Give a file a second name, so that no room is needed; where that cannot be, copy it."""
    try:
        copy.hardlink_to(file)
    except OSError:
        shutil.copy2(file, copy)


def _remove_empty(folder: Path) -> None:
    for above, _, _ in os.walk(folder, topdown=False):
        if not any(Path(above).iterdir()):
            Path(above).rmdir()
