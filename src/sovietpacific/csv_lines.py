"""Says on which line of a CSV file a row begins, as its user counts them: the names stand on line 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sovietpacific.errors import ColumnError, DayError, PlaceError

#: Where refusals name a row: at their start, or after what is wrong with two columns.
_ROW = re.compile(r"(?:\A|look swapped: )row (\d+) ")


class CountedRows:
    """The rows of a reader of the module csv, gone through once; remembers where those begin that are being labelled."""

    def __init__(self, reader: Any) -> None:
        """Keep the reader, which has read the line of names."""
        self._reader, self._first, self._begins = reader, 0, list[int]()

    def __iter__(self) -> Iterator[list[str]]:
        """Give the rows."""
        begin = self._reader.line_num + 1
        for row in self._reader:
            self._begins.append(begin)
            begin = self._reader.line_num + 1  # a text with line breaks takes several lines
            yield row

    @contextmanager
    def naming_lines(self) -> Iterator[None]:
        """Put the line before a refusal that names a row, counted from 0; forget the rows read so far once they are labelled."""
        try:
            yield
        except (ColumnError, DayError, PlaceError) as wrong:
            found = _ROW.search(str(wrong))
            place = int(found[1]) - self._first if found else -1
            if not 0 <= place < len(self._begins):
                raise
            raise type(wrong)(f"line {self._begins[place]}: {wrong}") from wrong
        self._first += len(self._begins)
        self._begins.clear()
