"""Days are read strictly, and the Julian calendar is turned into the Gregorian by arithmetic."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific.dates import (
    FIRST_DAY,
    DayLimits,
    day_after,
    julian_to_gregorian,
    parse_day,
    parse_edtf,
    write_edtf,
)
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
def test_old_style_days_of_the_treaties_agree(
    julian: tuple[int, int, int], gregorian: date
) -> None:
    assert julian_to_gregorian(*julian) == gregorian


@pytest.mark.parametrize(
    ("when", "span"),
    [
        (np.datetime64("1945"), "a year"),
        (np.datetime64("1945-08"), "a month"),
        (np.datetime64("1945-08-09", "W"), "a week"),
        (np.datetime64("1945-08-09", "7D"), "one of each 7 days"),
        (np.datetime64("1945-08-09", "2W"), "one of each 2 weeks"),
        (pd.Period("1945"), "a span of the unit 'Y-DEC'"),
        (pd.Period("1945-08"), "a span of the unit 'M'"),
        (pd.Period("1945-08-09", freq="2D"), "a span of the unit '2D'"),
        (pd.Period("1945-08-09", freq="W"), "a span of the unit 'W-SUN'"),
    ],
)
def test_a_year_a_month_or_a_week_is_no_day_in_whatever_type(when: Any, span: str) -> None:
    said = re.escape(f'{span}, not a day; give "YYYY-MM-DD"')
    with pytest.raises(DayError, match=said):
        parse_day(when)
    for ask in (
        sp.borders_at,
        lambda day: sp.sovereignty_of("urup", day),
        lambda day: sp.changes_between(day, "1946-01-01"),
    ):
        with pytest.raises(DayError, match=said):
            ask(when)
    frame = pd.DataFrame({"lon": [142.7], "lat": [47.0], "date": pd.Series([when], dtype=object)})
    with pytest.raises(DayError, match="row 0 of column 'date' is .*" + said):
        sp.label(frame)


def test_a_period_of_one_day_is_that_day() -> None:
    assert (
        parse_day(pd.Period("1945-09-02"))
        == parse_day(np.datetime64("1945-09-02T05"))
        == date(1945, 9, 2)
    )


@pytest.mark.parametrize("unit", ["Y", "M", "W", "D", "h", "2D"])
def test_columns_of_periods_are_refused_with_what_to_take_of_them(unit: str) -> None:
    spans = pd.Series([pd.Period("1945-08-09", freq=unit)])
    frame = pd.DataFrame({"lon": [142.7], "lat": [47.0], "date": spans})
    with pytest.raises(
        DayError,
        match=r"column 'date' holds period\[.*\], which are spans, not days; .* take its .dt.start_time",
    ):
        sp.label(frame)
    with pytest.raises(DayError, match=r"row 0 of column 'date' is Period\("):
        sp.label(frame.astype({"date": object}))
    assert sp.label(frame.assign(date=spans.dt.start_time))["holder"].tolist() == ["japan"]


@given(st.dates(date(1700, 3, 12), date(2100, 3, 1)))
def test_each_gregorian_day_is_one_julian_day_and_they_follow_each_other(day: date) -> None:
    behind = next(n for n in range(10, 15) if _is_julian(day - timedelta(days=n), day))
    assert behind in (11, 12, 13)


def _is_julian(julian: date, gregorian: date) -> bool:
    return julian_to_gregorian(julian.year, julian.month, julian.day) == gregorian


@given(st.dates(FIRST_DAY))
def test_a_day_survives_being_written_and_read(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(np.datetime64(day)) == parse_day(day) == day


days = st.dates(date(1850, 1, 1), date(2030, 12, 31))


@st.composite
def limits(draw: st.DrawFn) -> DayLimits:
    earliest, latest = sorted([draw(days), draw(days)])
    open_end = draw(st.sampled_from(["none", "first", "last"]))
    return DayLimits(
        None if open_end == "first" else earliest,
        None if open_end == "last" else latest,
        approximate=draw(st.booleans()),
        uncertain=draw(st.booleans()),
    )


@given(limits())
def test_limits_written_in_edtf_are_read_back_the_same(known: DayLimits) -> None:
    assert parse_edtf(str(known)) == known


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1945-08-23", "1945-08-23", "1945-08-23"),
        ("1904-02", "1904-02-01", "1904-02-29"),
        ("1875-10~", "1875-10-01", "1875-10-31"),
        ("1945", "1945-01-01", "1945-12-31"),
        ("[1945-08-23..1945-08-25]", "1945-08-23", "1945-08-25"),
        ("[1945-12..1946]", "1945-12-01", "1946-12-31"),
        ("[..1945-08-25]", None, "1945-08-25"),
        ("[1945-08-23..]", "1945-08-23", None),
    ],
)
def test_edtf_gives_the_first_and_the_last_day_it_allows(
    text: str, earliest: str | None, latest: str | None
) -> None:
    known = parse_edtf(text)
    assert (known.earliest and str(known.earliest), known.latest and str(known.latest)) == (
        earliest,
        latest,
    )
    assert write_edtf(known).endswith("]") == text.startswith("[")


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("1875", False, False), ("1875~", True, False), ("1875?", False, True), ("1875%", True, True)],
)
def test_edtf_marks_say_whether_a_day_is_approximate_or_uncertain(
    text: str, approximate: bool, uncertain: bool
) -> None:
    known = parse_edtf(text)
    assert (known.approximate, known.uncertain) == (approximate, uncertain)
    assert write_edtf(known) == text


def test_a_mark_at_either_end_of_a_set_of_days_counts() -> None:
    assert parse_edtf("[1945-08-23..1945-08-25~]").approximate
    assert parse_edtf("[1945-08-23?..1945-08-25]").uncertain
    assert write_edtf(parse_edtf("[1945-08-23..1945-08-25~]")) == "[1945-08-23~..1945-08-25~]"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[..]",
        "1945-8",
        "1945-08-32",
        "1945-13",
        "0000",
        "194X",
        "1945-21",
        "~1945",
        "1945~?",
        "[1945-08-23, 1945-08-25]",
        "[1945-08-23..1945-08-25",
        "1945-08-23..1945-08-25]",
        "[1945..1946..1947]",
        "{1945..1946}",
        "１９４５",
        "1945\n",
        "[1945]",
    ],
)
def test_what_is_no_day_in_edtf_is_refused_in_words_that_give_the_text(text: str) -> None:
    with pytest.raises(DayError, match=re.escape(repr(text))):
        parse_edtf(text)


def test_an_interval_is_refused_because_it_lasts() -> None:
    with pytest.raises(
        DayError, match=r"lasts; for one day within limits write \"\[first\.\.last\]\""
    ):
        parse_edtf("1945-08/1945-09")


def test_limits_the_wrong_way_round_or_without_any_day_are_refused() -> None:
    with pytest.raises(
        DayError, match="the latest day 1945-08-23 is before the earliest 1945-08-25"
    ):
        parse_edtf("[1945-08-25..1945-08-23]")
    with pytest.raises(DayError, match="earliest or a latest"):
        DayLimits(None, None)
    with pytest.raises(DayError, match="NoneType"):
        parse_edtf(None)  # type: ignore[arg-type]


def test_limits_allow_their_first_and_last_day_and_no_other() -> None:
    known = parse_edtf("[1945-08-23..1945-08-25]")
    asked = [date(1945, 8, day) for day in (22, 23, 24, 25, 26)]
    assert [known.allow(day) for day in asked] == [False, True, True, True, False]
    assert parse_edtf("[..1945-08-25]").allow(date(1, 1, 1))
    assert parse_edtf("[1945-08-25..]").allow(date.max)


def test_limits_lie_within_a_span_only_with_both_ends() -> None:
    known, first, after = (
        parse_edtf("[1945-08-23..1945-08-25]"),
        date(1945, 8, 23),
        date(1945, 8, 26),
    )
    assert known.lie_within(first, after)
    assert not known.lie_within(date(1945, 8, 24), after)
    assert not known.lie_within(first, date(1945, 8, 25))
    assert not parse_edtf("[..1945-08-25]").lie_within(first, after)
    assert not parse_edtf("[1945-08-23..]").lie_within(first, after)


def test_the_day_after_the_last_of_the_calendar_is_that_day() -> None:
    assert (day_after(date(1945, 12, 31)), day_after(date.max)) == (date(1946, 1, 1), date.max)
