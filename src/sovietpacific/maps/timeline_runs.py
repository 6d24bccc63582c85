"""Writes what changes with time for a page: tables that hold each row once, and runs of days with the row that begins on each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from sovietpacific.dates import FIRST_DAY


class Table:
    """Rows, each written once; `place` tells where a row stands."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self._places: dict[Hashable, int] = {}

    def place(self, row: Hashable) -> int:
        """Give the place of a row, which is added if it is new."""
        return self._places.setdefault(row, len(self._places))

    @property
    def rows(self) -> list[Any]:
        """The rows in the order of their places."""
        return list(self._places)


def number(day: date) -> int:
    """Give a day as days since the first day of the atlas.

    >>> number(date(1855, 1, 2))
    1
    """
    return (day - FIRST_DAY).days


def run_of(rows: Iterable[tuple[date, int]], *, keep: bool = False) -> tuple[int, ...]:
    """Write days and places as one run: days since the day before, the first since 1855-01-01, each followed by its place.

    A row that says what the one before said is left out, unless `keep`.

    >>> run_of([(date(1855, 1, 1), 7), (date(1855, 1, 3), 7), (date(1855, 1, 6), 8)])
    (0, 7, 5, 8)
    """
    written: list[int] = []
    before, told = 0, None
    for day, place in rows:
        if keep or place != told:
            written += [number(day) - before, place]
            before, told = number(day), place
    return tuple(written)
