"""No row goes without an answer in silence: each is counted, for one reason, in one warning, and a
column tells which.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.points.day_counts import IMPOSSIBLE_DAY, NO_DAY, count_days, number_of

SWAPPED = "off the globe, their coordinates look swapped"
OFF = "off the globe (longitudes run from -180 to 180)"
IMPOSSIBLE = "on a day that cannot be (years run from 1 to 9999)"
AFTER = "after 2026-11-25, the last day of this edition"
UNJUDGED = "on land drawn but not judged"
BY_UNJUDGED = "at sea, nearest to land not judged"
UNTOLD = "on land and days of which this atlas does not tell who governed"

#: Places, and why each has no answer: without snapping, and with 20 km of it.
PLACES: dict[tuple[float, float], tuple[str, str]] = {
    (142.74, 46.96): ("", ""),
    (126.55, 37.97): ("", ""),
    (116.4, 39.9): ("", ""),  # Peking, whose government is not told from 1935 to 1949
    (141.0, 46.2): ("at sea", ""),  # 17 km off Moneron
    (147.0, 42.0): ("at sea", "at sea, more than 20 km from land"),
    (121.5, 25.0): (UNJUDGED, UNJUDGED),  # Taipei
    (121.5, 25.4): ("at sea", BY_UNJUDGED),  # off Taipei
    (2.35, 48.85): ("outside this atlas", "outside this atlas"),
    (-147.0, 44.9): ("outside this atlas", "outside this atlas"),
    (110.0, 23.99): (
        "outside this atlas",
        "outside this atlas",
    ),  # land a kilometre beyond the rim of the land drawn
    (np.nan, 47.0): ("without coordinates", "without coordinates"),
    (142.74, np.nan): ("without coordinates", "without coordinates"),
    (np.nan, np.inf): ("without coordinates", "without coordinates"),
    (300.0, 3.0): (OFF, OFF),
    (np.inf, 46.0): (OFF, OFF),
    (46.96, 142.74): (SWAPPED, SWAPPED),
}
#: Days, counted from 1970-01-01, and why each has no answer.
DAYS: dict[int | None, str] = {
    number_of(pd.Timestamp("1945-09-02").date()): "",
    number_of(pd.Timestamp("1855-01-01").date()): "",
    number_of(pd.Timestamp("2026-11-25").date()): "",
    None: "without a day",
    number_of(pd.Timestamp("1854-12-31").date()): "before 1855-01-01",
    number_of(pd.Timestamp("2026-11-26").date()): AFTER,
    number_of(pd.Timestamp("2041-12-10").date()): AFTER,
    2932896: AFTER,  # 9999-12-31
    2932897: IMPOSSIBLE,
    2**31 - 1: IMPOSSIBLE,  # what DuckDB writes for infinity
    -(2**31) + 1: IMPOSSIBLE,  # and for minus infinity
    -(2**31): IMPOSSIBLE,
    2**32 - 21764: IMPOSSIBLE,  # cut to 32 bits it is a day of 1910
}
FITS_32 = {day: why for day, why in DAYS.items() if day is None or abs(day) <= 2**31}
#: Days that a text can name: those of years of four digits.
FITS_TEXT = {day: why for day, why in DAYS.items() if day is None or -719162 <= day <= 2932896}


def day_texts(days: list[int | None]) -> list[str | None]:
    return [None if day is None else str(np.datetime64(day, "D")) for day in days]


def as_frame(lon: list[float], lat: list[float], days: list[int | None], _: Path) -> Any:
    return pd.DataFrame(
        {"lon": lon, "lat": lat, "date": pd.Series(day_texts(days), dtype=object)}
    ), sp.label


def as_date32(lon: list[float], lat: list[float], days: list[int | None], _: Path) -> Any:
    table = pa.table({"lon": lon, "lat": lat, "date": pa.array(days, pa.int32()).cast(pa.date32())})
    return table, lambda table, **options: read(sp.label_batches(table, **options))


def as_stamps(lon: list[float], lat: list[float], days: list[int | None], _: Path) -> Any:
    stamps = pa.array(
        [None if day is None else day * 86400 + 3600 for day in days], pa.int64()
    ).cast(pa.timestamp("s"))
    table = pa.table({"lon": lon, "lat": lat, "date": stamps})
    return table, lambda table, **options: read(sp.label_batches(table, **options))


def as_csv(lon: list[float], lat: list[float], days: list[int | None], folder: Path) -> Any:
    source, target = folder / "points.csv", folder / "labelled.csv"
    pd.DataFrame({"lon": lon, "lat": lat, "date": day_texts(days)}).to_csv(source, index=False)

    def label(path: Path, **options: Any) -> pd.DataFrame:
        sp.label_file(path, target, **options)
        return pd.read_csv(target, dtype={"tract": str, "standing": str, "unanswered": str})

    return source, label


def read(stream: pa.RecordBatchReader) -> pd.DataFrame:
    return stream.read_all().select(["tract", "standing", "unanswered"]).to_pandas()


FORMS = {
    "text in a frame": (as_frame, FITS_TEXT),
    "date32": (as_date32, FITS_32),
    "stamps": (as_stamps, DAYS),
    "CSV": (as_csv, FITS_TEXT),
}


def label_counting(
    ask: Any, points: Any, **options: Any
) -> tuple[pd.DataFrame, dict[str, int], str]:
    """Label, and give the frame, what its one warning counts by reason, and the warning."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        labelled = ask(points, columns=["tract", "standing", "unanswered"], **options)
    messages = [
        str(warning.message)
        for warning in told
        if issubclass(warning.category, sp.UnansweredWarning)
    ]
    assert len(messages) <= 1
    if not messages:
        return labelled, {}, ""
    rows, listed = re.fullmatch(
        r"of ([\d,]+) rows some have no answer: ([^;]+)(?:; snap_km=.*)?", messages[0]
    ).groups()
    assert int(rows.replace(",", "")) == len(labelled)
    counts = {
        why: int(many.replace(",", ""))
        for many, why in re.findall(r"(?:^|, )(\d[\d,]*) (.+?)(?=, \d|$)", listed)
    }
    return labelled, counts, messages[0]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data(), snap_km=st.sampled_from([0, 20]))
def test_answers_and_reasons_add_up_to_the_rows_for_every_kind_of_input(
    form: str, data: st.DataObject, snap_km: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    make, days = FORMS[form]
    drawn = data.draw(
        st.lists(st.tuples(st.sampled_from(list(PLACES)), st.sampled_from(list(days))), max_size=60)
    )
    expected = [why_not(place, day, snap_km) for place, day in drawn]
    lon, lat = [place[0] for place, _ in drawn], [place[1] for place, _ in drawn]
    points, ask = make(lon, lat, [day for _, day in drawn], tmp_path_factory.mktemp("points"))
    inside = sum(58 <= x <= 180 and 24 <= y <= 66 for x, y in zip(lon, lat, strict=True))
    if 0 < lat.count(142.74) >= inside:  # a file that is swapped as a whole is refused
        with pytest.raises(sp.PlaceError, match="look swapped"):
            label_counting(ask, points, snap_km=snap_km)
        return
    labelled, counts, _ = label_counting(ask, points, snap_km=snap_km)
    reasons = labelled["unanswered"].astype(object).fillna("").tolist()
    assert reasons == expected
    standing = labelled["standing"].astype(object)
    assert ((standing.isna() | (standing == "untold")) == labelled["unanswered"].notna()).all()
    assert counts == dict(Counter(why for why in expected if why))
    assert (standing.notna() & (standing != "untold")).sum() + sum(counts.values()) == len(drawn)


def why_not(place: tuple[float, float], day: int | None, snap_km: int) -> str:
    """Give the first of a row's reasons: its day is missing, its coordinates are no good, its day
    is, its place is.
    """
    where = PLACES[place][1 if snap_km else 0]
    first = (
        "without a day"
        if day is None
        else where
        if where in ("without coordinates", SWAPPED, OFF)
        else DAYS[day]
    )
    untold = place == (116.4, 39.9) and str(np.datetime64(day or 0, "D")).startswith("1945")
    return first or where or (UNTOLD if untold else "")


@pytest.mark.parametrize("view", ["control", "rok"])
def test_the_days_that_are_told_run_from_the_views_first_to_the_editions_last(
    atlas: Atlas, view: str
) -> None:
    first = atlas.time.first_day(view)
    days = [str(np.datetime64(day) + step) for day in (first, atlas.as_of) for step in (-1, 0, 1)]
    frame = pd.DataFrame({"lon": [127.0] * 6, "lat": [37.55] * 6, "date": days})
    labelled, counts, _ = label_counting(sp.label, frame, view=view)
    assert labelled["standing"].notna().tolist() == [False, True, True, True, True, False]
    assert counts == {f"before {first}": 1, AFTER: 1}
    for day in (days[0], days[5]):
        with pytest.raises(
            sp.DayError,
            match=r"is before|is after 2026-11-25, the last day of this edition; ask for that day",
        ):
            sp.borders_at(day, view=view, atlas=atlas)


def test_where_all_rows_are_answered_nothing_is_told() -> None:
    frame = pd.DataFrame({"lon": [142.74], "lat": [46.96], "date": ["1905-07-01"]})
    labelled, counts, message = label_counting(sp.label, frame)
    assert (labelled["unanswered"].isna().all(), counts, message) == (True, {}, "")
    assert "unanswered" not in sp.label(frame).columns


def test_each_partition_of_dask_tells_its_reasons() -> None:
    dask = pytest.importorskip("dask.dataframe")
    places = [place for place, (why, _) in PLACES.items() if why != SWAPPED]
    frame = pd.DataFrame(
        {"lon": [x for x, _ in places], "lat": [y for _, y in places], "date": "1930-01-01"}
    )
    asked = sp.label_dask(dask.from_pandas(frame, npartitions=3), columns=["holder", "unanswered"])
    told = asked.compute(scheduler="synchronous")["unanswered"].astype(object).fillna("").tolist()
    assert told == [PLACES[place][0] for place in places]


def test_the_warning_offers_snapping_only_where_it_would_help() -> None:
    sea = pd.DataFrame({"lon": [141.0], "lat": [46.2], "date": ["1930-01-01"]})
    assert "; snap_km= answers points at sea up to 50 km off" in label_counting(sp.label, sea)[2]
    assert "snap_km" not in label_counting(sp.label, sea, snap_km=5)[2]
    assert "snap_km" not in label_counting(sp.label, sea.assign(lon=121.5, lat=25.0))[2]


@given(
    st.lists(
        st.one_of(st.none(), st.integers(-(2**62), 2**62), st.integers(-(10**12), 10**12)),
        max_size=20,
    )
)
def test_no_count_of_seconds_or_finer_wraps_around_into_another_day(
    counts: list[int | None],
) -> None:
    for unit, a_day in {
        "s": 86400,
        "ms": 86400 * 10**3,
        "us": 86400 * 10**6,
        "ns": 86400 * 10**9,
    }.items():
        told = count_days(pa.array(counts, pa.int64()).cast(pa.timestamp(unit))).tolist()
        for count, day in zip(counts, told, strict=True):
            true = None if count is None else count // a_day
            assert day == (
                NO_DAY if true is None else true if -719162 <= true <= 2932896 else IMPOSSIBLE_DAY
            )


def test_a_date64_that_is_not_midnight_counts_for_its_day() -> None:
    stamps = pa.array([-1, 0, 86_400_001], pa.int64()).view(pa.date64())
    assert count_days(stamps).tolist() == [-1, 0, 1]


def test_two_digit_years_that_land_in_the_next_century_have_no_answer() -> None:
    days = pd.to_datetime(pd.Series(["12/10/41", "08/25/45", "12/10/05"]), format="%m/%d/%y")
    _, counts, _ = label_counting(
        sp.label, pd.DataFrame({"lon": 142.74, "lat": 46.96, "date": days})
    )
    assert counts == {AFTER: 2}  # the last is 2005, which only its user can know to be 1905
