"""Write what changes with time for a page, as tables and runs.

Knows rows and days, and nothing of what a row says.

A table holds each row once; a run holds days and the row that begins on each. What the rows say is
not known here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from sovietpacific.dates import FIRST_DAY


class Table:
    """Rows, each written once; `place` says where a row stands."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self._places: dict[Hashable, int] = {}

    def place(self, row: Hashable) -> int:
        """Return the place of a row, which is added if it is new."""
        return self._places.setdefault(row, len(self._places))

    @property
    def rows(self) -> list[Any]:
        """The rows in the order of their places."""
        return list(self._places)


def number(day: date) -> int:
    """Return a day as days since the first day of the atlas.

    >>> number(date(1855, 1, 2))
    1
    """
    return (day - FIRST_DAY).days


def run_of(rows: Iterable[tuple[date, int]], *, keep: bool = False) -> tuple[int, ...]:
    """Write days and places as one run.

    It holds days since the day before, the first since 1855-01-01, each followed by its place. A
    row that says what the one before said is left out, unless `keep`.

    >>> run_of([(date(1855, 1, 1), 7), (date(1855, 1, 3), 7), (date(1855, 1, 6), 8)])
    (0, 7, 5, 8)
    """
    run: list[int] = []
    before, last = 0, None
    for day, place in rows:
        if keep or place != last:
            run += [number(day) - before, place]
            before, last = number(day), place
    return tuple(run)
