"""Frames of any size and make are labelled as a plain one is, or refused by name; memory grows with
the frame and no faster.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely

import sovietpacific as sp

LON, LAT = [142.7, 126.55, 147.9, 200.0, 142.7], [47.0, 37.97, 45.0, 10.0, 47.0]
DAYS = ["1905-07-01", "1949-06-01", "1945-08-29", "1900-01-01", "1950-01-01"]
PLAIN = pd.DataFrame({"lon": LON, "lat": LAT, "date": DAYS})
STAMPS = pd.to_datetime(PLAIN["date"])


def label(frame: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        return sp.label(frame, **options)


EXPECTED = (
    label(PLAIN)["holder"].astype(object).where(label(PLAIN)["holder"].notna(), None).tolist()
)


def spaced(values: Any) -> Any:
    """Give values as a column that lies in memory with others between them, last to first."""
    wide = np.zeros((len(values), 7))
    wide[::-1, 3] = values
    return wide[::-1, 3]


FRAMES: dict[str, Callable[[], pd.DataFrame]] = {
    "many columns": lambda: pd.concat(
        [PLAIN, pd.DataFrame(np.zeros((5, 500))).add_prefix("c")], axis=1
    ),
    "other columns twice": lambda: pd.concat(
        [PLAIN, pd.DataFrame(np.zeros((5, 3)), columns=["x", "x", "x"])], axis=1
    ),
    "columns of other names than texts": lambda: PLAIN.assign(y=1).rename(columns={"y": 7}),
    "columns of no name": lambda: pd.concat(
        [PLAIN, pd.DataFrame(np.zeros((5, 2)), columns=[None, float("nan")])], axis=1
    ),
    "a column of lists": lambda: PLAIN.assign(x=[[1], {}, None, "a", b"b"]),
    "an index of pairs": lambda: PLAIN.set_index(pd.MultiIndex.from_product([["a"], range(5)])),
    "an index of one value": lambda: PLAIN.set_index(pd.Index([3] * 5)),
    "an index of days": lambda: PLAIN.set_index(STAMPS),
    "an index of the name of a column": lambda: PLAIN.set_index(pd.Index(range(5), name="lon")),
    "an index of missing values": lambda: PLAIN.set_index(pd.Index([np.nan] * 5)),
    "spaced memory": lambda: pd.DataFrame(
        {"lon": spaced(LON), "lat": spaced(LAT), "date": DAYS}, copy=False
    ),
    "memory that may not be written": lambda: PLAIN.assign(
        lon=np.broadcast_to(LON, (5,)), lat=np.frombuffer(np.array(LAT).tobytes())
    ),
    "numbers of four bytes": lambda: PLAIN.assign(lon=np.float32(LON), lat=np.float32(LAT)),
    "numbers the other way round": lambda: PLAIN.assign(
        lon=np.array(LON, ">f8"), lat=np.array(LAT, ">f8")
    ),
    "numbers of pandas' own": lambda: PLAIN.astype({"lon": "Float64", "lat": "Float64"}),
    "numbers of Arrow": lambda: PLAIN.astype({"lon": "double[pyarrow]", "lat": "float[pyarrow]"}),
    "numbers as objects": lambda: PLAIN.astype({"lon": object, "lat": object}),
    "decimals": lambda: PLAIN.assign(
        lon=[Decimal(str(x)) for x in LON], lat=[Decimal(str(y)) for y in LAT]
    ),
    "categories of numbers": lambda: PLAIN.astype({"lon": "category", "lat": "category"}),
    "sparse numbers": lambda: PLAIN.astype(
        {"lon": pd.SparseDtype(float), "lat": pd.SparseDtype(float)}
    ),
    "categories of days": lambda: PLAIN.astype({"date": "category"}),
    "texts of Arrow": lambda: PLAIN.astype({"date": "string[pyarrow]"}),
    "texts of pandas' own": lambda: PLAIN.astype({"date": "string"}),
    "texts of Arrow itself": lambda: PLAIN.assign(
        date=pd.array(DAYS, pd.ArrowDtype(pa.large_string()))
    ),
    "days of Arrow": lambda: PLAIN.assign(
        date=pd.array(STAMPS.dt.date, pd.ArrowDtype(pa.date32()))
    ),
    "stamps of Arrow": lambda: PLAIN.assign(date=STAMPS.astype("timestamp[us][pyarrow]")),
    "stamps in seconds": lambda: PLAIN.assign(date=STAMPS.astype("datetime64[s]")),
    "stamps in nanoseconds": lambda: PLAIN.assign(date=STAMPS.astype("datetime64[ns]")),
    "texts of stamps": lambda: PLAIN.assign(date=[f"{day} 00:00:00.000" for day in DAYS]),
    "texts of stamps as ISO has them": lambda: PLAIN.assign(date=[f"{day}T12:30" for day in DAYS]),
    "texts with spaces around": lambda: PLAIN.assign(date=[f" {day} " for day in DAYS]),
    "days of a sheet that begins before 1900": lambda: PLAIN.assign(
        date=pd.Series(
            [STAMPS[0].to_pydatetime(), DAYS[1], STAMPS[2].date(), STAMPS[3], DAYS[4]], dtype=object
        )
    ),
    "categories of several kinds": lambda: PLAIN.assign(
        date=pd.Categorical([STAMPS[0].date(), *DAYS[1:]])
    ),
    "numbers and words for nothing": lambda: PLAIN.assign(lon=[*LON[:3], "NA", LON[4]]),
    "columns of half a sign": lambda: PLAIN.assign(y=1).set_axis(
        pd.Index(["lon", "lat", "date", "\ud800"], dtype=object), axis=1
    ),
    "days as objects": lambda: PLAIN.assign(date=STAMPS.dt.date.astype(object)),
    "stamps as objects": lambda: PLAIN.assign(date=pd.Series(list(STAMPS), dtype=object)),
    "points": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]], geometry=shapely.points(LON, LAT), crs=4326
    ),
    "points of no system": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]], geometry=shapely.points(LON, LAT)
    ),
    "points in height": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]], geometry=shapely.points(LON, LAT, 9.0), crs=4326
    ),
    "points under another name": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]].assign(p=shapely.points(LON, LAT)), geometry="p"
    ),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_any_make_is_labelled_as_a_plain_one(name: str) -> None:
    frame = FRAMES[name]()
    before = FRAMES[name]()
    labelled = label(frame)
    found = labelled["holder"].astype(object)
    assert found.where(found.notna(), None).tolist() == EXPECTED
    assert labelled.index.equals(before.index)
    assert len(labelled.columns) == len(before.columns) + 6
    pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(before))


REFUSED: dict[str, Callable[[], Any]] = {
    "days of several kinds": lambda: PLAIN.assign(date=["1905-07-01", STAMPS[1], 3, None, b"x"]),
    "numbers and texts": lambda: PLAIN.assign(lon=[142.7, "126.55", None, 1, 2]),
    "truths": lambda: PLAIN.assign(lon=[True] * 5),
    "complex numbers": lambda: PLAIN.assign(lon=np.array(LON, complex)),
    "durations": lambda: PLAIN.assign(lon=pd.to_timedelta(LON, "D")),
    "periods": lambda: PLAIN.assign(date=STAMPS.dt.to_period("D")),
    "intervals": lambda: PLAIN.assign(date=pd.interval_range(0, 5)),
    "years": lambda: PLAIN.assign(date=[1905, 1949, 1945, 1900, 1950]),
    "days of numpy as objects": lambda: PLAIN.assign(
        date=pd.Series([np.datetime64(day) for day in DAYS], dtype=object)
    ),
    "a zone": lambda: PLAIN.assign(date=STAMPS.dt.tz_localize("Asia/Tokyo")),
    "zones": lambda: PLAIN.assign(
        date=pd.Series([day.tz_localize("Asia/Tokyo") for day in STAMPS], dtype=object)
    ),
    "lists": lambda: PLAIN.assign(lon=[[1.0]] * 5),
    "objects": lambda: PLAIN.assign(lon=[object()] * 5),
    "surrogates": lambda: PLAIN.assign(date=pd.Series(["\ud800"] * 5, dtype=object)),
    "numbers and truths": lambda: PLAIN.assign(lon=[142.7, True, 1, 2, 3]),
    "words for nothing and others": lambda: PLAIN.assign(lon=["NA", "east", None, 1, 2]),
    "times": lambda: PLAIN.assign(date=[DAYS[0], STAMPS[1].time(), *DAYS[2:]]),
    "stamps of text with a zone": lambda: PLAIN.assign(date=[f"{day}T00:00:00Z" for day in DAYS]),
    "days of 100,000 signs": lambda: PLAIN.assign(date=["x" * 100_000] * 5),
    "a system that lies on the Moon": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]], geometry=shapely.points(LON, LAT), crs="IAU_2015:30100"
    ),
    "huge whole numbers": lambda: PLAIN.assign(lon=[10**30] * 5),
    "longitudes twice": lambda: pd.concat([PLAIN, PLAIN[["lon"]]], axis=1),
    "days twice": lambda: pd.concat([PLAIN, PLAIN[["date"]]], axis=1),
    "no days": lambda: PLAIN[["lon", "lat"]],
    "no columns": lambda: pd.DataFrame(index=range(5)),
    "columns of pairs": lambda: PLAIN.set_axis(
        pd.MultiIndex.from_tuples([("lon", 1), ("lat", 1), ("date", 1)]), axis=1
    ),
    "a taken name": lambda: PLAIN.assign(holder=1),
    "a column": lambda: PLAIN["lon"],
    "lines": lambda: geopandas.GeoDataFrame(
        PLAIN[["date"]], geometry=[shapely.LineString([(0, 0), (1, 1)])] * 5, crs=4326
    ),
    "no geometry": lambda: geopandas.GeoDataFrame(PLAIN[["date"]]),
    "a dictionary": lambda: PLAIN.to_dict("list"),
    "a table of Arrow": lambda: pa.table(PLAIN),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_frame_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(sp.SovietPacificError) as refusal:
        label(REFUSED[name]())
    assert 10 < len(str(refusal.value)) < 600


@pytest.mark.slow
@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_no_row_or_one_gains_the_same_columns(name: str, rows: int) -> None:
    labelled = label(FRAMES[name]().iloc[:rows])
    assert (len(labelled), str(labelled["holder"].dtype)) == (rows, "category")
    assert labelled["holder"].tolist() == EXPECTED[:rows]


HUGE = """
import resource, numpy as np, pandas as pd, sovietpacific as sp, warnings
warnings.simplefilter("ignore")
rows, chance = 5_000_000, np.random.default_rng(1)
sp.label(pd.DataFrame({"lon": [142.7], "lat": [47.0], "date": ["1950-01-01"]}))
day = np.datetime64("1855-01-01") + chance.integers(0, 62_000, rows).astype("timedelta64[D]")
frame = pd.DataFrame({"lon": chance.uniform(115, 160, rows), "lat": chance.uniform(34, 55, rows), "date": day})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
labelled = sp.label(frame)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert len(labelled) == rows and labelled["tract"].notna().sum() > rows / 10
print(round(frame.memory_usage().sum() / 1024), peak - before)
"""


@pytest.mark.slow
def test_five_million_rows_take_no_more_memory_than_twice_the_frame() -> None:
    done = subprocess.run([sys.executable, "-c", HUGE], capture_output=True, text=True, check=True)
    frame, more = map(int, done.stdout.split())
    assert more < 2 * frame + 50_000, f"the frame has {frame} kB, labelling took {more} kB more"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            [STAMPS[0].to_pydatetime(), "1875-05-07", 3],
            "row 2 of column 'date' is 3 (int), not a day; give dates",
        ),
        (
            [STAMPS[0].date(), b"1875-05-07", None],
            "row 1 of column 'date' is b'1875-05-07' (bytes), not a day",
        ),
        ([STAMPS[0], "7 May 1875", None], "row 1 of column 'date' is '7 May 1875', not a day"),
        (
            [None, STAMPS[0], STAMPS[0].tz_localize("UTC")],
            "row 2 of column 'date' is 1905-07-01T00:00:00+00:00, with a time zone",
        ),
        (
            ["1905-07-01", "1905-07-01 10:00+09"],
            "row 1 of column 'date' is '1905-07-01 10:00+09', with a time zone",
        ),
        (["1905-07-01", "\ud800"], "row 1 of column 'date' is '\\ud800' (str), not a day"),
    ],
)
def test_the_row_that_is_no_day_is_named_among_days_of_several_kinds(
    days: list[Any], words: str
) -> None:
    rows = len(days)
    with pytest.raises(sp.DayError) as refusal:
        sp.label(
            pd.DataFrame(
                {"lon": LON[:rows], "lat": LAT[:rows], "date": pd.Series(days, dtype=object)}
            )
        )
    assert words in str(refusal.value)


@pytest.mark.parametrize("word", ["NA", "n/a", "NaN", "NaT", "null", "None", "<NA>", "", "  "])
def test_a_word_for_nothing_is_a_missing_day_and_a_missing_coordinate(word: str) -> None:
    frame = pd.DataFrame(
        {"lon": [142.7, word, 142.7], "lat": [47.0] * 3, "date": [DAYS[0], DAYS[0], word]}
    )
    with pytest.warns(
        sp.UnansweredWarning,
        match="of 3 rows some have no answer: 1 without a day, 1 without coordinates",
    ):
        assert sp.label(frame)["holder"].notna().tolist() == [True, False, False]


def test_texts_of_arrow_as_views_are_days() -> None:
    frame = PLAIN.assign(
        date=pd.array(DAYS, pd.ArrowDtype(pa.string_view()))
    )  # which pandas itself can hardly compare
    found = label(frame)["holder"].astype(object)
    assert found.where(found.notna(), None).tolist() == EXPECTED
