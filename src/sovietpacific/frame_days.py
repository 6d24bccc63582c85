"""Reads what pandas and numpy have for days beside dates and stamps: periods, and stamps of a unit longer than a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sovietpacific.dates import is_period, longer_than_a_day, parse_date
from sovietpacific.errors import DayError, shown

if TYPE_CHECKING:
    import pandas
    import pyarrow


def single_days(name: Any, values: pandas.Series[Any]) -> pandas.Series[Any]:
    """Refuse what has a time zone or is no single day, where Arrow would take it for one, and write periods as days."""
    periods = False
    for row, value in enumerate(values):
        if getattr(value, "tzinfo", None) is not None:
            raise DayError(
                f"row {row} of column {name!r} is {value.isoformat()}, with a time zone; days here are local civil days: "
                "convert it to local time and drop the zone"
            )
        if span := longer_than_a_day(value):
            raise DayError(f'row {row} of column {name!r} is {shown(value)}, {span}, not a day; give "YYYY-MM-DD"')
        periods = periods or is_period(value)
    return values.map(lambda value: parse_date(str(value)) if is_period(value) else value) if periods else values


def days_of_periods(name: Any, values: pandas.Series[Any]) -> pyarrow.Array:
    """Give periods of a day as days; `DayError` for those of years, months and other units."""
    import pyarrow as pa

    if values.dtype.name != "period[D]":
        raise DayError(
            f'column {name!r} holds {values.dtype}, which are spans, not days; give "YYYY-MM-DD" or periods of the unit D'
        )
    limits = np.iinfo(np.int32)
    numbers = np.clip(values.array.asi8, limits.min, limits.max).astype(np.int32)
    return pa.array(numbers, mask=values.isna().to_numpy()).view(pa.date32())
