"""Reads days strictly and knows the calendars: everything else in the library works on `datetime.date`.

A day is a local civil day of the Gregorian calendar.  A span is half-open, `[since, until)`: on the day of a change the new
holder holds.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from sovietpacific.errors import DayError, shown

#: The first day this atlas answers for.
FIRST_DAY = date(1855, 1, 1)

#: The forms a day may have, for error messages.
DAY_FORMS = 'a datetime.date, a datetime or numpy/pandas stamp without a time zone, or a string "YYYY-MM-DD"'

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def parse_day(when: Any) -> date:
    """Read `when` as a day of this atlas.

    Accepts a `date`, a `datetime` (or pandas `Timestamp`, numpy `datetime64`) without a time zone, whose time of day is
    dropped, or a strict string `"YYYY-MM-DD"`.  Raises `DayError` for anything else, for a missing day (NaT), and for a day
    before `FIRST_DAY`.  There is no default of today.

    >>> parse_day("1945-09-02")
    datetime.date(1945, 9, 2)
    >>> parse_day("1945")
    Traceback (most recent call last):
    sovietpacific.errors.DayError: '1945' is not a day; give "YYYY-MM-DD"
    """
    day = _as_date(when)
    if day < FIRST_DAY:
        raise DayError(f"{day} is before {FIRST_DAY}, the first day of this atlas")
    return day


def _as_date(when: Any) -> date:
    if isinstance(when, str):
        return _from_text(str.__str__(when))
    if isinstance(when, datetime):  # pandas.Timestamp is one too; NaT is one that equals nothing, itself included
        return _from_stamp(when)
    if isinstance(when, date):
        return date.fromordinal(when.toordinal())
    if type(when).__module__ == "numpy" and type(when).__name__ == "datetime64":
        text = str(when.astype("datetime64[D]"))
        if text == "NaT":
            raise DayError(f"{shown(when)} is a missing day; give {DAY_FORMS}")
        return _from_text(text)
    raise DayError(f"{shown(when)} ({type(when).__name__}) is not a day; give {DAY_FORMS}")


def _from_text(text: str) -> date:
    if not _ISO_DAY.match(text):
        raise DayError(f'{shown(text)} is not a day; give "YYYY-MM-DD"')
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise DayError(f"{shown(text)} is not a day of the calendar: {wrong}") from wrong


def _from_stamp(stamp: datetime) -> date:
    if stamp != stamp:
        raise DayError(f"{shown(stamp)} is a missing day; give {DAY_FORMS}")
    if stamp.tzinfo is not None:
        raise DayError(f'{stamp.isoformat()} has a time zone; days here are local civil days: give the local day as "YYYY-MM-DD"')
    return stamp.date()


def julian_to_gregorian(year: int, month: int, day: int) -> date:
    """Turn an Old Style (Julian) day into the Gregorian one, by way of the Julian day number.

    The days between the calendars are 12 in the 19th century and 13 from 1 March 1900 (Old Style).  Raises `ValueError` for
    a day the Julian calendar does not have.  Method: the integer formula for the Julian day number.

    >>> julian_to_gregorian(1855, 1, 26)
    datetime.date(1855, 2, 7)
    >>> julian_to_gregorian(1900, 2, 29)
    datetime.date(1900, 3, 13)
    """
    lengths = (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= month <= 12 and 1 <= day <= lengths[month - 1]):
        raise ValueError(f"{year}-{month:02d}-{day:02d} is not a day of the Julian calendar")
    before = (14 - month) // 12
    y, m = year + 4800 - before, month + 12 * before - 3
    number = day + (153 * m + 2) // 5 + 365 * y + y // 4 - 32083
    return date.fromordinal(number - 1721425)


def day_before(day: date) -> date:
    """Give the last day before `day`: the last day of a span that ends with it."""
    return day - timedelta(days=1)


def long_day(day: date) -> str:
    """Write a day as in a title; in English, whatever language the machine speaks.

    >>> long_day(date(1945, 9, 2))
    '2 September 1945'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
