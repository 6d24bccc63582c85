"""Reads the versions the project names in its files: of the library, of the data, and of the last
release.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
#: The one file that the version of the library is written in.
WRITTEN_IN = "src/sovietpacific/version.py"


def read_project(root: Path = ROOT) -> dict[str, Any]:
    """Return the table `project` of pyproject.toml."""
    project: dict[str, Any] = _read_toml(root / "pyproject.toml")["project"]
    return project


def read_groups(root: Path = ROOT) -> dict[str, Any]:
    """Return the table `dependency-groups` of pyproject.toml."""
    groups: dict[str, Any] = _read_toml(root / "pyproject.toml")["dependency-groups"]
    return groups


def oldest_python(root: Path = ROOT) -> str:
    """Return the oldest version of Python that the project runs on."""
    (bound,) = SpecifierSet(read_project(root)["requires-python"])
    return bound.version


def library_version(root: Path = ROOT) -> str:
    """Return the version of the library as it is written."""
    return _find(r'^__version__ = "(.*)"$', root / WRITTEN_IN)


def library_versions(root: Path = ROOT) -> dict[str, str]:
    """Return the version of the library in the file it is written in, and in the news."""
    return {WRITTEN_IN: library_version(root), "NEWS.md": _news(root)[0]}


def data_versions(root: Path = ROOT) -> dict[str, str]:
    """Return the version of the data in every file that names it."""
    return {
        "seeds/edition.toml": _read_toml(root / "seeds" / "edition.toml")["version"],
        "data/datapackage.json": _read_json(root / "data" / "datapackage.json")["version"],
        "CITATION.cff": _find(r'^version: "(.*)"$', root / "CITATION.cff"),
        "NEWS.md": _news(root)[1],
    }


def _read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_json(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _news(root: Path) -> tuple[str, str]:
    """Return the versions of library and data of the topmost entry of the news."""
    text = (root / "NEWS.md").read_text(encoding="utf-8")
    match = re.search(r"^## (\S+), data (\S+)", text, re.MULTILINE)
    return (match[1], match[2]) if match else ("", "")


def _find(pattern: str, path: Path) -> str:
    match = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    return match[1] if match else ""


def sum_of_timeline(root: Path = ROOT) -> str:
    """Return the sum of the facts of `timeline.txt`.

    Its head, which names the edition and counts what was seen, is no fact.
    """
    lines = (root / "data" / "timeline.txt").read_text(encoding="utf-8").splitlines()
    return _sum(line.encode() + b"\n" for line in lines if not line.startswith("# "))


def sum_of_data(root: Path = ROOT) -> str:
    """Return the sum of the files of the data, but for what names the edition alone."""
    sums = {
        resource["path"]: resource["sha256"]
        for resource in _read_json(root / "data" / "datapackage.json")["resources"]
        if resource["path"] not in ("records.json", "timeline.txt")
    }
    records = _read_json(root / "data" / "records.json")
    kept = {key: value for key, value in records.items() if key not in ("version", "as_of")}
    text = json.dumps([sums, kept], sort_keys=True, ensure_ascii=False)
    return _sum([text.encode(), sum_of_timeline(root).encode()])


def sum_of_code(root: Path = ROOT) -> str:
    """Return the sum of what is installed beside the data.

    That is every file of the package by its path, but for the one with the version.
    """
    folder = root / "src" / "sovietpacific"
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    lines = (
        f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in paths
        if path != root / WRITTEN_IN
    )
    return _sum(line.encode() for line in lines)


def _sum(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
