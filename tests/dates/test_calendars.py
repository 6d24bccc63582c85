"""The months of both calendars end where they end, days before and after agree, and refusals say
all they have to say.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sovietpacific.answers.words.days import long_day
from sovietpacific.answers.words.wording import text
from sovietpacific.dates import (
    DAY_FORMS,
    EDTF_FORMS,
    DayLimits,
    day_after,
    day_before,
    julian_to_gregorian,
    parse_day,
    parse_edtf,
)
from sovietpacific.errors import DayError

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@pytest.mark.parametrize("year", [1855, 1856, 1900, 1917])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_julian_month_has_its_days_and_no_more(year: int, month: int) -> None:
    last = LENGTHS[month - 1] + (month == 2 and year % 4 == 0)
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    assert julian_to_gregorian(*after, 1) - julian_to_gregorian(year, month, last) == timedelta(
        days=1
    )
    assert julian_to_gregorian(year, month, last) - julian_to_gregorian(
        year, month, 1
    ) == timedelta(days=last - 1)
    for none in (0, last + 1):
        with pytest.raises(
            ValueError, match=f"^{year}-{month:02d}-{none:02d} is not a day of the Julian calendar$"
        ):
            julian_to_gregorian(year, month, none)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_the_julian_year_has_twelve_months(month: int) -> None:
    with pytest.raises(
        ValueError, match=f"^1855-{month:02d}-01 is not a day of the Julian calendar$"
    ):
        julian_to_gregorian(1855, month, 1)


def test_the_day_before_and_the_day_after_are_one_day_off() -> None:
    assert day_before(date(1945, 9, 1)) == date(1945, 8, 31)
    assert day_after(date(1945, 8, 31)) == date(1945, 9, 1)
    assert day_after(date.max) == date.max
    assert day_before(date.min) == date.min


@pytest.mark.parametrize(
    ("known", "before"),
    [
        ("[1945-08-23..1945-09-01]", "[1945-08-22..1945-08-31]"),
        ("[1945-08-23..]", "[1945-08-22..]"),
        ("[..1945-09-01]", "[..1945-08-31]"),
        ("1945-08-23~", "1945-08-22~"),
        ("1945-08-23?", "1945-08-22?"),
        ("1945-08-23%", "1945-08-22%"),
    ],
)
def test_a_span_that_ends_within_limits_has_its_last_day_within_those_of_the_day_before(
    known: str, before: str
) -> None:
    assert parse_edtf(known).day_before() == parse_edtf(before)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_long_day_names_its_month_in_english(month: int) -> None:
    assert text(long_day(date(1945, month, 2))) == date(1945, month, 2).strftime("2 %B 1945")


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        ("1945", "'1945' is not a day; give \"YYYY-MM-DD\""),
        ("1854-12-31", "1854-12-31 is before 1855-01-01, the first day of this atlas"),
        (
            datetime(1945, 9, 2, 3, tzinfo=UTC),
            '1945-09-02T03:00:00+00:00 has a time zone; days here are local civil days: give the local day as "YYYY-MM-DD"',
        ),
        (pd.NaT, f"NaT is a missing day; give {DAY_FORMS}"),
        (
            np.datetime64("NaT", "D"),
            f"{np.datetime64('NaT', 'D')!r} is a missing day; give {DAY_FORMS}",
        ),
        (1945, f"1945 (int) is not a day; give {DAY_FORMS}"),
        (np.int64(1945), f"{np.int64(1945)!r} (int64) is not a day; give {DAY_FORMS}"),
    ],
)
def test_a_refused_day_is_told_as_given_with_what_to_give(when: Any, refusal: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(when)
    assert str(refused.value) == refusal


def test_a_day_the_calendar_lacks_is_told_with_the_reason() -> None:
    for read in (parse_day, parse_edtf):
        with pytest.raises(DayError, match=r"^'1945-02-29' is not a day of the calendar: day \D*"):
            read("1945-02-29")


def test_what_only_calls_itself_a_numpy_day_is_no_day() -> None:
    class datetime64:  # noqa: N801
        """Something of another library that bears the name."""

    with pytest.raises(DayError, match=r"\(datetime64\) is not a day"):
        parse_day(datetime64())


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("August", f"'August' is not a day in EDTF; give {EDTF_FORMS}"),
        ("[1945]", f"'[1945]' is not a day in EDTF; give {EDTF_FORMS}"),
        ("[1945..August]", f"'[1945..August]' is not a day in EDTF; give {EDTF_FORMS}"),
        (1945, f"1945 (int) is not a text in EDTF; give {EDTF_FORMS}"),
        (
            "1945/1946",
            "'1945/1946' is an interval, which lasts; for one day within limits write \"[first..last]\"",
        ),
        (
            "[1945-08-25..1945-08-23]",
            "the latest day 1945-08-23 is before the earliest 1945-08-25; give the earlier day first",
        ),
    ],
)
def test_a_refused_edtf_is_told_as_given_with_the_forms(text: Any, refusal: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_edtf(text)
    assert str(refused.value) == refusal


def test_limits_without_any_day_are_refused_with_what_to_give() -> None:
    with pytest.raises(DayError) as refused:
        DayLimits(None, None)
    assert (
        str(refused.value) == "a day without any limit is unknown; give an earliest or a latest day"
    )
