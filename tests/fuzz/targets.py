"""Names the targets, each a module that tries bytes, knows where to start, and how to change them
beyond chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Protocol

#: What is tried, and the module that tries it.
TARGETS = {
    "seeds": "tests.fuzz.seeds_text",
    "records": "tests.fuzz.records_text",
    "geojson": "tests.fuzz.geojson_text",
    "csv": "tests.fuzz.csv_text",
    "geo": "tests.fuzz.geo_metadata",
    "wkb": "tests.fuzz.point_bytes",
    "days": "tests.fuzz.day_text",
}

CORPUS = Path(__file__).parent / "corpus"


class Target(Protocol):
    """What the module of a target has."""

    STARTS: tuple[bytes, ...]

    def try_it(self, data: bytes) -> bool:
        """Try the bytes: True for an answer, False for a refusal; anything raised has found a
        fault.
        """

    def change(self, data: bytes, chance: Random) -> bytes:
        """Give the bytes with something changed that means something."""

    def less(self, data: bytes) -> Iterator[bytes]:
        """Give bytes that mean less, for making an input smaller."""


def target(name: str) -> Target:
    """Give the module of a target."""
    return import_module(TARGETS.get(name, name))


def corpus_of(name: str) -> list[Path]:
    """Give the kept inputs of a target."""
    return (
        sorted(path for path in (CORPUS / name).iterdir() if path.is_file())
        if (CORPUS / name).is_dir()
        else []
    )
