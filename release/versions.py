"""Reads the versions the project names in its files: of the library, of the data, and of the last release."""

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
    """Read the table `project` of pyproject.toml."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def read_groups(root: Path = ROOT) -> dict[str, Any]:
    """Read the table `dependency-groups` of pyproject.toml."""
    groups: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return groups


def oldest_python(root: Path = ROOT) -> str:
    """Read the oldest version of Python that the project runs on."""
    (bound,) = SpecifierSet(read_project(root)["requires-python"])
    return bound.version


def library_version(root: Path = ROOT) -> str:
    """Read the version of the library where it is written."""
    return _find(r'^__version__ = "(.*)"$', (root / WRITTEN_IN).read_text(encoding="utf-8"))


def library_versions(root: Path = ROOT) -> dict[str, str]:
    """Read the version of the library from where it is written, and from the news."""
    return {WRITTEN_IN: library_version(root), "NEWS.md": _news(root)[0]}


def data_versions(root: Path = ROOT) -> dict[str, str]:
    """Read the version of the data from every file that names it."""
    return {
        "seeds/edition.toml": tomllib.loads((root / "seeds" / "edition.toml").read_text(encoding="utf-8"))["version"],
        "data/datapackage.json": json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))["version"],
        "CITATION.cff": _find(r'^version: "(.*)"$', (root / "CITATION.cff").read_text(encoding="utf-8")),
        "NEWS.md": _news(root)[1],
    }


def _news(root: Path) -> tuple[str, str]:
    """Give the versions of library and data of the topmost entry of the news."""
    found = re.search(r"^## (\S+), data (\S+)", (root / "NEWS.md").read_text(encoding="utf-8"), re.MULTILINE)
    return (found[1], found[2]) if found else ("", "")


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else ""


def sum_of_timeline(root: Path = ROOT) -> str:
    """Sum up the facts of `timeline.txt`; its head, which names the edition and counts what was seen, is no fact."""
    lines = (root / "data" / "timeline.txt").read_text(encoding="utf-8").splitlines()
    return _sum(line.encode() + b"\n" for line in lines if not line.startswith("# "))


def sum_of_data(root: Path = ROOT) -> str:
    """Sum up the files of the data, but for what names the edition alone."""
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    listed = {r["path"]: r["sha256"] for r in package["resources"] if r["path"] not in ("records.json", "timeline.txt")}
    records = json.loads((root / "data" / "records.json").read_text(encoding="utf-8"))
    told = {key: value for key, value in records.items() if key not in ("version", "as_of")}
    return _sum([json.dumps([listed, told], sort_keys=True, ensure_ascii=False).encode(), sum_of_timeline(root).encode()])


def sum_of_code(root: Path = ROOT) -> str:
    """Sum up what is installed beside the data: every file of the package by its path, but for the version."""
    folder = root / "src" / "sovietpacific"
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    counted = [path for path in paths if path != root / WRITTEN_IN]
    return _sum(
        f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode() for path in counted
    )


def _sum(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
