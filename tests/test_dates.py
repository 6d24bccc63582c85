"""Days are read strictly, and the Julian calendar is turned into the Gregorian by arithmetic."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovietpacific.dates import FIRST_DAY, julian_to_gregorian, parse_day
from sovietpacific.errors import DayError


@pytest.mark.parametrize(
    "when",
    [
        "1945-09-02",
        date(1945, 9, 2),
        datetime(1945, 9, 2, 23, 59),
        pd.Timestamp("1945-09-02 10:00"),
        np.datetime64("1945-09-02"),
        np.datetime64("1945-09-02T10:00:00"),
    ],
)
def test_every_allowed_form_of_a_day_means_the_same_day(when: Any) -> None:
    assert parse_day(when) == date(1945, 9, 2)


@pytest.mark.parametrize(
    ("when", "complaint"),
    [
        ("1840-01-01", "1840-01-01 is before 1855-01-01, the first day of this atlas"),
        (date(1854, 12, 31), "1854-12-31 is before 1855-01-01"),
        ("1945", 'give "YYYY-MM-DD"'),
        ("1945-09", 'give "YYYY-MM-DD"'),
        ("1945-W36-7", 'give "YYYY-MM-DD"'),
        ("19450902", 'give "YYYY-MM-DD"'),
        (" 1945-09-02", 'give "YYYY-MM-DD"'),
        ("1945-09-02\n", 'give "YYYY-MM-DD"'),
        ("1945-09-02T00:00", 'give "YYYY-MM-DD"'),
        ("١٩٤٥-٠٩-٠٢", 'give "YYYY-MM-DD"'),
        ("1945-02-29", "is not a day of the calendar"),
        (datetime(1945, 9, 2, tzinfo=UTC), "has a time zone"),
        (pd.Timestamp("1945-09-02", tz="Asia/Tokyo"), "has a time zone"),
        (pd.NaT, "missing day"),
        (np.datetime64("NaT", "D"), "missing day"),
        (1945, "(int) is not a day"),
        (None, "(NoneType) is not a day"),
    ],
)
def test_every_other_form_is_refused_with_the_form_to_use(when: Any, complaint: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(when)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1855, 1, 26), date(1855, 2, 7)),
        ((1858, 5, 16), date(1858, 5, 28)),
        ((1860, 11, 2), date(1860, 11, 14)),
        ((1875, 4, 25), date(1875, 5, 7)),
        ((1900, 2, 28), date(1900, 3, 12)),
        ((1900, 2, 29), date(1900, 3, 13)),
        ((1900, 3, 1), date(1900, 3, 14)),
        ((1905, 8, 23), date(1905, 9, 5)),
        ((1918, 1, 31), date(1918, 2, 13)),
        ((1689, 8, 27), date(1689, 9, 6)),
    ],
)
def test_old_style_days_of_the_treaties_agree(julian: tuple[int, int, int], gregorian: date) -> None:
    assert julian_to_gregorian(*julian) == gregorian


@given(st.dates(date(1700, 3, 12), date(2100, 3, 1)))
def test_each_gregorian_day_is_one_julian_day_and_they_follow_each_other(day: date) -> None:
    behind = next(n for n in range(10, 15) if _is_julian(day - timedelta(days=n), day))
    assert behind in (11, 12, 13)


def _is_julian(julian: date, gregorian: date) -> bool:
    return julian_to_gregorian(julian.year, julian.month, julian.day) == gregorian


@given(st.dates(FIRST_DAY))
def test_a_day_survives_being_written_and_read(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(np.datetime64(day)) == parse_day(day) == day
