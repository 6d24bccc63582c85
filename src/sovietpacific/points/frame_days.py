"""Refuse what pandas and numpy have for spans, periods and stamps of a unit longer than a day, in
columns of days.

Knows the kinds of pandas for days, and nothing of longitudes and latitudes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sovietpacific.dates import is_period, longer_than_a_day
from sovietpacific.errors import DayError, shown
from sovietpacific.points.day_columns import zone_refused

if TYPE_CHECKING:
    import pandas


def refuse_spans(name: Any, values: pandas.Series[Any]) -> None:
    """Raise `DayError` if a column has a time zone, or a span that Arrow would take for a day."""
    if values.dtype.name.startswith("period["):
        raise DayError(
            f"column {name!r} holds {values.dtype}, which are spans, not days; "
            "where each is one day take its .dt.start_time"
        )
    if values.dtype != object:
        return
    for row, value in enumerate(values):
        if getattr(value, "tzinfo", None) is not None:
            raise DayError(zone_refused(value, name, row))
        if span := longer_than_a_day(value):
            cell = f"row {row} of column {name!r} is {shown(value)}"
            raise DayError(f'{cell}, {span}, not a day; give "YYYY-MM-DD"')
        if is_period(value):
            cell = f"row {row} of column {name!r} is {shown(value)}"
            raise DayError(f'{cell}, a period; give "YYYY-MM-DD", its .start_time')
