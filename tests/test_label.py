"""Frames and streams of points are labelled as single points are answered, and bad columns are refused by name."""

from __future__ import annotations

import datetime

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import sovietpacific as sp
from sovietpacific import Atlas


@pytest.fixture(scope="module")
def points() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    rows = 600
    days = np.datetime64("1855-01-01") + draw.integers(0, 62_000, rows)
    return pd.DataFrame(
        {"lon": draw.uniform(120, 157, rows), "lat": draw.uniform(35, 52, rows), "date": days}, index=range(9, 9 + rows)
    )


@pytest.mark.parametrize("view", ["control", "title", "japan"])
def test_a_label_is_what_sovereignty_of_answers(atlas: Atlas, points: pd.DataFrame, view: str) -> None:
    labelled = sp.label(points, view=view)
    assert list(labelled.columns[:3]) == ["lon", "lat", "date"]
    assert labelled.index.equals(points.index)
    assert list(points.columns) == ["lon", "lat", "date"]
    answered = 0
    for row in labelled.to_dict("records"):
        try:
            answer = atlas.sovereignty_of((row["lon"], row["lat"]), row["date"], view=view)
        except sp.OutsideScopeError:
            assert row["holder"] != row["holder"]
            continue
        told = answer.state_map if view == "japan" else getattr(answer, view)
        assert (row["tract"], row["standing"], row["lineage"]) == (answer.tract, told.standing, "; ".join(told.lineages))
        answered += 1
    assert answered > 150


def test_snapping_is_that_of_single_points(atlas: Atlas, points: pd.DataFrame) -> None:
    labelled = sp.label(points, snap_km=60)
    snapped = labelled[labelled["distance_km"] > 0].head(60)
    assert len(snapped) == 60
    for row in snapped.to_dict("records"):
        answer = atlas.sovereignty_of((row["lon"], row["lat"]), row["date"], snap_km=60)
        assert (answer.tract, answer.distance_km) == (row["tract"], row["distance_km"])


def test_streams_and_frames_of_points_say_the_same(points: pd.DataFrame) -> None:
    labelled = sp.label(points)
    stream = sp.label_batches(pa.Table.from_pandas(points, preserve_index=False)).read_all().to_pandas()
    shaped = geopandas.GeoDataFrame(points[["date"]], geometry=geopandas.points_from_xy(points.lon, points.lat), crs="EPSG:4326")
    for column in ("tract", "holder", "lineage", "standing", "sovereign", "certainty"):
        assert stream[column].astype(object).fillna("-").tolist() == labelled[column].astype(object).fillna("-").tolist()
        assert (
            sp.label(shaped)[column].astype(object).fillna("-").tolist() == labelled[column].astype(object).fillna("-").tolist()
        )


def test_rows_that_can_have_no_answer_are_counted_in_one_warning() -> None:
    frame = pd.DataFrame(
        {"lon": [142.7, np.nan, 142.7, -999.0], "lat": [47.0] * 4, "date": ["1950-01-01", "1950-01-01", None, "1950-01-01"]}
    )
    with pytest.warns(sp.UnansweredWarning, match="of 4 rows some have no answer: 1 without a day, 1 without coordinates, 1 off"):
        labelled = sp.label(frame)
    assert labelled["holder"].notna().tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        ({"x": [1.0], "lat": [1.0], "date": ["1950-01-01"]}, sp.ColumnError, "no column is called 'lon'"),
        ({"lon": [47.0], "lat": [142.7], "date": ["1950-01-01"]}, sp.PlaceError, "look swapped"),
        ({"lon": ["142"], "lat": [47.0], "date": ["1950-01-01"]}, sp.ColumnError, "'lon' holds"),
        ({"lon": [142.7], "lat": [47.0], "date": ["1950-13-01"]}, sp.DayError, "row 0 of column 'date' is '1950-13-01'"),
        ({"lon": [142.7], "lat": [47.0], "date": [1950]}, sp.DayError, "no days"),
        ({"lon": [142.7], "lat": [47.0], "date": pd.to_datetime(["1950-01-01"], utc=True)}, sp.DayError, "time zone"),
        (
            {"lon": [142.7], "lat": [47.0], "date": [datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)]},
            sp.DayError,
            "time zone",
        ),
        (
            {"lon": [142.7], "lat": [47.0], "date": ["1950-01-01"], "holder": [1]},
            sp.ColumnError,
            "already a column called 'holder'",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(columns: dict[str, list[object]], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        sp.label(pd.DataFrame(columns))


def test_a_damaged_index_is_made_anew(atlas: Atlas, tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path))
    store = atlas._shapes._store
    assert Atlas(store).sovereignty_of((142.7, 47.0), "1950-01-01").tract == "yuzhno-sakhalinsk"
    (kept,) = list(__import__("pathlib").Path(str(tmp_path)).iterdir())
    good = kept.read_bytes()
    for bad in (good[:-1], good[:1000], b"", good[:5000] + b"x" + good[5001:]):
        kept.write_bytes(bad)
        assert Atlas(store).sovereignty_of((142.7, 47.0), "1950-01-01").tract == "yuzhno-sakhalinsk"
        assert kept.read_bytes() == good
