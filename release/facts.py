"""Defines what a fact about the library is, and how a list of facts stands in a file: one a line,
for people to compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Fact(NamedTuple):
    """One promise: `subject` is what is promised of, `verb` in what respect, `value` what it is."""

    subject: str
    verb: str
    value: str

    def __str__(self) -> str:
        return " ".join(self)


def write_facts(facts: Iterable[Fact]) -> str:
    """Return facts as text, one a line."""
    return "".join(f"{fact}\n" for fact in facts)


def read_facts(text: str) -> list[Fact]:
    """Return the facts in a text that `write_facts` made."""
    return [Fact(*line.split(" ", 2)) for line in text.splitlines()]
