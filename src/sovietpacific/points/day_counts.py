"""Count the days of Arrow columns from 1970-01-01, in 64 bits, so that none wraps around into
another.

Knows units of time and nothing of texts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow

#: The day of a row that has none, and of a row whose day is in no year from 1 to 9999: both before
#: every day.
NO_DAY = int(np.iinfo(np.int32).min)
IMPOSSIBLE_DAY = NO_DAY + 1

#: Days are counted from here in arrays, as numpy and Arrow do.
_DAY_ZERO = date(1970, 1, 1)

#: How many of each unit a day has.
_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def number_of(day: date) -> int:
    """Return the number of a day, as it stands in arrays of days."""
    return (day - _DAY_ZERO).days


def count_days(column: pyarrow.Array) -> NDArray[np.int32]:
    """Return the days of a column of dates, or of stamps without a zone, as numbers.

    A stamp counts for the day it falls on. What is missing is `NO_DAY`, and what is no day of a
    calendar of four digits is `IMPOSSIBLE_DAY`: infinity as databases write it, microseconds taken
    for seconds.
    """
    import pyarrow as pa

    if pa.types.is_null(column.type):
        return np.full(len(column), NO_DAY, np.int32)
    days = _counted(column)
    first, last = number_of(date.min), number_of(date.max)
    if len(days) and (days.min() < first or days.max() > last):
        days = np.where((days < first) | (days > last), IMPOSSIBLE_DAY, days)
    counted = days.astype(np.int32, copy=False)
    if column.null_count:
        missing = np.asarray(column.is_null())
        counted = np.where(missing, np.int32(NO_DAY), counted)
    return counted


def _counted(column: pyarrow.Array) -> NDArray[np.signedinteger[Any]]:
    """Return the days without a look at what is missing or cannot be."""
    import pyarrow as pa

    narrow = pa.types.is_date32(column.type)
    raw = column.view(pa.int32() if narrow else pa.int64())
    numbers: NDArray[np.signedinteger[Any]] = np.asarray(
        raw.fill_null(0) if raw.null_count else raw
    )
    if narrow:
        return numbers
    days: NDArray[np.signedinteger[Any]] = (
        numbers // _A_DAY["ms" if pa.types.is_date64(column.type) else column.type.unit]
    )
    return days
