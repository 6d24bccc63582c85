"""Read days strictly, of every calendar they are written in: everything else in the library works
on `datetime.date`.

Knows calendars and nothing of records.

A day is a local civil day of the Gregorian calendar. A span is half-open, `[since, until)`: on the
day of a change the new holder holds. A day known only within limits is written in the Extended
Date/Time Format (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from sovietpacific.errors import DayError, shown

if TYPE_CHECKING:
    import numpy

#: What a day may be given as: a date, a stamp without a time zone (pandas's is a datetime too), or
#: text `YYYY-MM-DD`.
Day: TypeAlias = "date | datetime | numpy.datetime64 | str"

#: The first day this atlas answers for.
FIRST_DAY = date(1855, 1, 1)

#: Units of numpy's dates that are longer than a day, with the word for each: they name a span, not
#: a day in it.
_LONG_UNITS = {"Y": "year", "M": "month", "W": "week"}

#: The forms a day may have, for error messages.
DAY_FORMS = (
    "a datetime.date, a datetime or numpy/pandas stamp without a time zone, "
    'or a string "YYYY-MM-DD"'
)

#: The forms of EDTF this atlas writes and reads, for error messages.
EDTF_FORMS = (
    '"1945-08-23", "1945-08", "1945", each with "~" (approximate), "?" (uncertain) or "%" (both), '
    'or "[1945-08-23..1945-08-25]"'
)

_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)\Z", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def parse_day(day: Any) -> date:
    """Return `day` as a day of this atlas.

    It may be a `date`, a `datetime` (or pandas `Timestamp`, numpy `datetime64`) without a time
    zone, whose time of day is dropped, a pandas `Period` of one day, or a strict string
    `"YYYY-MM-DD"`. Raise `DayError` for anything else, years, months and weeks of numpy and pandas
    included, for a missing day (NaT), and for a day before `FIRST_DAY`. There is no default of
    today.

    >>> parse_day("1945-09-02")
    datetime.date(1945, 9, 2)
    >>> parse_day("1945")
    Traceback (most recent call last):
    sovietpacific.errors.DayError: '1945' is not a day; give "YYYY-MM-DD"
    """
    read = _as_date(day)
    if read < FIRST_DAY:
        raise DayError(f"{read} is before {FIRST_DAY}, the first day of this atlas")
    return read


def _as_date(day: Any) -> date:
    if isinstance(day, str):
        return _parse_date(str.__str__(day))
    if isinstance(day, datetime):  # pandas.Timestamp and NaT are too
        return _from_stamp(day)
    if isinstance(day, date):
        return date.fromordinal(day.toordinal())
    if span := longer_than_a_day(day):
        raise DayError(f'{shown(day)} is {span}, not a day; give "YYYY-MM-DD"')
    if _is_numpy_day(day):
        text = str(day.astype("datetime64[D]"))
        if text == "NaT":
            raise DayError(f"{shown(day)} is a missing day; give {DAY_FORMS}")
        return _parse_date(text)
    if is_period(day):
        return _parse_date(str(day))
    raise DayError(f"{shown(day)} ({type(day).__name__}) is not a day; give {DAY_FORMS}")


def _parse_date(text: str) -> date:
    """Return a text `YYYY-MM-DD` as a day of the calendar; raise `DayError` for any other."""
    if not _ISO_DAY.match(text):
        raise DayError(f'{shown(text)} is not a day; give "YYYY-MM-DD"')
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise DayError(f"{shown(text)} is not a day of the calendar: {wrong}") from wrong


def _is_numpy_day(day: Any) -> bool:
    """Return whether a value is a `datetime64` of numpy, which need not be loaded for this."""
    return type(day).__name__ == "datetime64" and type(day).__module__ == "numpy"


def is_period(day: Any) -> bool:
    """Return whether a value is a `Period` of pandas, which need not be loaded for this."""
    return type(day).__name__ == "Period" and type(day).__module__.partition(".")[0] == "pandas"


def longer_than_a_day(day: Any) -> str:
    """Return the span that a value of numpy or pandas names instead of one day, as `a year`.

    Return "" where the value names a day or none at all. A `Period` of pandas must be of days,
    since others begin on one day and may end on another.
    """
    if is_period(day):
        return "" if day.freqstr == "D" else f"a span of the unit {day.freqstr!r}"
    if not _is_numpy_day(day) or day != day:  # NaT, which equals nothing, names none
        return ""
    import numpy as np

    unit, many = np.datetime_data(day.dtype)
    if many > 1 and unit in (*_LONG_UNITS, "D"):
        return f"one of each {many} {_LONG_UNITS.get(unit, 'day')}s"
    return f"a {_LONG_UNITS[unit]}" if unit in _LONG_UNITS else ""


def _from_stamp(stamp: datetime) -> date:
    if stamp != stamp:  # NaT equals nothing, itself included
        raise DayError(f"{shown(stamp)} is a missing day; give {DAY_FORMS}")
    if stamp.tzinfo is not None:
        raise DayError(
            f"{stamp.isoformat()} has a time zone; days here are local civil days: "
            'give the local day as "YYYY-MM-DD"'
        )
    return stamp.date()


def julian_to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of an Old Style (Julian) one, by way of the Julian day number.

    The days between the calendars are 12 in the 19th century and 13 from 1 March 1900 (Old Style).
    Raise `ValueError` for a day the Julian calendar does not have. Method: the integer formula for
    the Julian day number.

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
    """Return the last day before `day`: the last day of a span that ends with it.

    The first day of the calendar, which has none before it, is returned itself.
    """
    return day if day == date.min else day - timedelta(days=1)


def day_after(day: date) -> date:
    """Return the first day after `day`: the end of a span that holds `day` last.

    The last day of the calendar, which has none after it, is returned itself.
    """
    return day if day == date.max else day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayLimits:
    """The days among which one uncertain day lies, first and last included.

    None is no limit on that side. `approximate` says that the day is about then, and may lie a
    little outside; `uncertain`, that the source may be wrong.
    """

    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False

    def __post_init__(self) -> None:
        """Raise `DayError` for limits that leave no day, or all of them."""
        if self.earliest is None and self.latest is None:
            raise DayError("a day without any limit is unknown; give an earliest or a latest day")
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise DayError(
                f"the latest day {self.latest} is before the earliest {self.earliest}; "
                "give the earlier day first"
            )

    def __str__(self) -> str:
        """Return the limits in EDTF."""
        return write_edtf(self)

    @property
    def mark(self) -> str:
        """The sign of EDTF that says how well the day is known.

        ``"~"`` is approximate, ``"?"`` uncertain, ``"%"`` both, ``""`` neither.
        """
        if self.approximate:
            return "%" if self.uncertain else "~"
        return "?" if self.uncertain else ""

    def day_before(self) -> DayLimits:
        """Return the limits of the day before, the last day of a span that ends with this one."""
        earliest, latest = (
            None if day is None else day_before(day) for day in (self.earliest, self.latest)
        )
        return DayLimits(earliest, latest, self.approximate, self.uncertain)

    def allow(self, day: date) -> bool:
        """Return whether the uncertain day may be `day`."""
        return (self.earliest is None or self.earliest <= day) and (
            self.latest is None or day <= self.latest
        )

    def lie_within(self, since: date, until: date) -> bool:
        """Return whether the uncertain day is certainly one of `[since, until)`."""
        return (
            self.earliest is not None
            and self.latest is not None
            and since <= self.earliest
            and self.latest < until
        )


def parse_edtf(text: str) -> DayLimits:
    """Return the limits of one day that is written in EDTF.

    It is a day, a month or a year, perhaps qualified, or one of a set of days with a first and a
    last. A month or a year means some day in it, `[..1945-08-25]` a day not after that,
    `[1945-08-23..]` one not before. An interval (`1945-08/1945-09`) is refused: it is time that
    lasts, not one day. Raise `DayError` if the text is anything else.

    >>> limits = parse_edtf("[1945-08-23..1945-08-25]")
    >>> str(limits.earliest), str(limits.latest)
    ('1945-08-23', '1945-08-25')
    >>> str(parse_edtf("1875-10~").latest)
    '1875-10-31'
    """
    if not isinstance(text, str):
        raise DayError(
            f"{shown(text)} ({type(text).__name__}) is not a text in EDTF; give {EDTF_FORMS}"
        )
    if "/" in text:
        raise DayError(
            f"{shown(text)} is an interval, which lasts; "
            'for one day within limits write "[first..last]"'
        )
    if not text.startswith("["):
        return _read_edtf_date(text, text)
    first, dots, last = text.removeprefix("[").removesuffix("]").partition("..")
    if not dots or not text.endswith("]") or not (first or last):
        raise DayError(f"{shown(text)} is not a day in EDTF; give {EDTF_FORMS}")
    ends = [_read_edtf_date(end, text) for end in (first, last) if end]
    return DayLimits(
        earliest=ends[0].earliest if first else None,
        latest=ends[-1].latest if last else None,
        approximate=any(end.approximate for end in ends),
        uncertain=any(end.uncertain for end in ends),
    )


def _read_edtf_date(part: str, text: str) -> DayLimits:
    match = _EDTF_DATE.match(part)
    if not match:
        raise DayError(f"{shown(text)} is not a day in EDTF; give {EDTF_FORMS}")
    year, month, day = (int(number) if number else None for number in match.groups()[:3])
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as wrong:
        raise DayError(f"{shown(text)} is not a day of the calendar: {wrong}") from wrong
    last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    mark = match[4]
    return DayLimits(first, last, approximate=mark in ("~", "%"), uncertain=mark in ("?", "%"))


def write_edtf(limits: DayLimits) -> str:
    """Return limits in EDTF, in the shortest form that says the same; `parse_edtf` reads it back.

    >>> write_edtf(DayLimits(date(1875, 10, 1), date(1875, 10, 31), approximate=True))
    '1875-10~'
    >>> write_edtf(DayLimits(None, date(1945, 8, 25)))
    '[..1945-08-25]'
    """
    first, last, mark = limits.earliest, limits.latest, limits.mark
    if first is None or last is None:
        return f"[..{last}{mark}]" if first is None else f"[{first}{mark}..]"
    for length in (4, 7, 10):
        short = first.isoformat()[:length]
        whole = _read_edtf_date(short, short)
        if (whole.earliest, whole.latest) == (first, last):
            return short + mark
    return f"[{first}{mark}..{last}{mark}]"
