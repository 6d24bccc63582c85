"""Writes `data/`: the same seeds give the same bytes, every file is written beside and renamed, and
its checksum recorded.

Knows bytes and nothing of what they say.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sovietpacific.builder.folder import PACKAGE, check_folder, move_in
from sovietpacific.files.beside import make_folders

#: What each artefact is, for datapackage.json; keys are path prefixes.
DESCRIPTIONS = {
    "atlas.parquet": "GeoParquet: every tract once, fine and light shape",
    "lines.parquet": "GeoParquet: where two tracts meet, and the lines drawn over the map",
    "records.json": "All records: tracts, tenures, claims, polities, instruments, sources, lines",
    "article.json": "The claims of the founding article, each with its verdict, sources and checks",
    "timeline.txt": "One line per tenure",
    "geojson/light/": "GeoJSON (RFC 7946): the same tracts at about 1 km",
    "geojson/": "GeoJSON (RFC 7946): a feature per tract with its dated history",
}


@contextmanager
def replacing(data: Path) -> Iterator[Path]:
    """Yield a folder beside `data` whose files replace those of `data` when the block ends well.

    They are replaced one by one; `datapackage.json`, which holds the checksums, comes last, so that
    an interruption cannot pass for a whole atlas. Files that the old one lists and the new atlas
    has no more are removed, and nothing else: a folder that holds anything no build wrote is
    refused with `OptionError`, before the block and once more after it. When anything fails, `data`
    stays as it was.
    """
    check_folder(data)
    make_folders(data.parent)
    beside = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=data.parent))
    try:
        new, kept = beside / "new", beside / "kept"
        new.mkdir()
        kept.mkdir()
        yield new
        move_in(new, data, kept, check_folder(data))
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def relative_files(folder: Path) -> list[Path]:
    """Return the files of `folder`, sorted, as paths relative to it."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with plain newlines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def write_json(path: Path, document: Any, *, indent: int | None = None) -> None:
    """Write a document as JSON: sorted keys, UTF-8, one form for the same content."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        document,
        ensure_ascii=False,
        sort_keys=True,
        indent=indent,
        separators=separators,
        allow_nan=False,
    )
    write_text(path, text + "\n")


def write_datapackage(folder: Path, about: Mapping[str, Any]) -> None:
    """Write `datapackage.json`: what this data is, and size and SHA-256 of every other file."""
    resources = [
        {
            "path": path.as_posix(),
            "bytes": (folder / path).stat().st_size,
            "sha256": sha256_of(folder / path),
            "description": _description(path.as_posix()),
        }
        for path in relative_files(folder)
    ]
    write_json(folder / PACKAGE, {**about, "resources": resources}, indent=1)


def _description(path: str) -> str:
    return next(text for prefix, text in DESCRIPTIONS.items() if path.startswith(prefix))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal text."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sha256_of_folder(folder: Path, passes: Callable[[Path], bool]) -> str:
    """Return one SHA-256 over the names and contents of the files that `passes` lets through."""
    total = hashlib.sha256()
    for path in relative_files(folder):
        if passes(path):
            total.update(path.as_posix().encode() + b"\0" + (folder / path).read_bytes() + b"\0")
    return total.hexdigest()
