"""Say on which line of a CSV file a row begins, as its user counts them: the names stand on line 1.

Knows line ends and quotes, and nothing of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sovietpacific.errors import ColumnError, DayError, PlaceError

#: Where refusals name a row: at their start, or after what is wrong with two columns.
_ROW = re.compile(r"(?:\A|look swapped: )row (\d+) ")


def is_blank(row: Sequence[str]) -> bool:
    """Return whether a row of CSV is a blank line."""
    return not row or (len(row) == 1 and not row[0].strip())


class CountedRows:
    """The rows of a `csv.reader` that are not blank, gone through once.

    It remembers on which lines the rows begin that are being labelled.
    """

    def __init__(self, reader: Any) -> None:
        """Keep the reader, which has read the line of names."""
        self._reader, self._first, self._begins = reader, 0, list[int]()

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the rows."""
        begin = self._reader.line_num + 1
        for row in self._reader:
            if not is_blank(row):
                self._begins.append(begin)
                yield row
            begin = self._reader.line_num + 1  # a text with line breaks takes several lines

    def line_of(self, place: int) -> int:
        """Return the line on which a row begins, by its place among those being labelled."""
        return self._begins[place]

    @contextmanager
    def naming_lines(self) -> Iterator[None]:
        """Put the line before a refusal that names a row, counted from 0.

        Once the rows read so far are labelled, their lines are forgotten.
        """
        try:
            yield
        except (ColumnError, DayError, PlaceError) as wrong:
            match = _ROW.search(str(wrong))
            place = int(match[1]) - self._first if match else -1
            if not 0 <= place < len(self._begins):
                raise
            raise type(wrong)(f"line {self._begins[place]}: {wrong}") from wrong
        self._first += len(self._begins)
        self._begins.clear()
