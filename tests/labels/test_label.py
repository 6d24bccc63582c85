"""Frames and streams of points are labelled as single points are answered, and bad columns are
refused by name.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

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
        {"lon": draw.uniform(120, 157, rows), "lat": draw.uniform(35, 52, rows), "date": days},
        index=range(9, 9 + rows),
    )


@pytest.mark.parametrize("view", ["control", "title", "japan"])
def test_a_label_is_what_sovereignty_of_answers(
    atlas: Atlas, points: pd.DataFrame, view: str
) -> None:
    labelled = sp.label(points, view=view)
    assert list(labelled.columns[:3]) == ["lon", "lat", "date"]
    assert labelled.index.equals(points.index)
    assert list(points.columns) == ["lon", "lat", "date"]
    answered = 0
    for row in labelled.to_dict("records"):
        try:
            answer = sp.sovereignty_of(
                (row["lon"], row["lat"]), row["date"], view=view, atlas=atlas
            )
        except sp.OutsideScopeError:
            assert row["holder"] != row["holder"]
            continue
        told = answer.state_map if view == "japan" else getattr(answer, view)
        assert (row["tract"], row["standing"], row["lineage"]) == (
            answer.tract,
            told.standing,
            "; ".join(told.lineages),
        )
        answered += 1
    assert answered > 150


def test_snapping_is_that_of_single_points(atlas: Atlas, points: pd.DataFrame) -> None:
    labelled = sp.label(points, snap_km=60)
    snapped = labelled[labelled["distance_km"] > 0].head(60)
    assert len(snapped) == 60
    for row in snapped.to_dict("records"):
        answer = sp.sovereignty_of((row["lon"], row["lat"]), row["date"], snap_km=60, atlas=atlas)
        assert (answer.tract, answer.distance_km) == (row["tract"], row["distance_km"])


def test_streams_and_frames_of_points_say_the_same(points: pd.DataFrame) -> None:
    labelled = sp.label(points)
    stream = (
        sp.label_batches(pa.Table.from_pandas(points, preserve_index=False)).read_all().to_pandas()
    )
    shaped = geopandas.GeoDataFrame(
        points[["date"]], geometry=geopandas.points_from_xy(points.lon, points.lat), crs="EPSG:4326"
    )
    for column in ("tract", "holder", "lineage", "standing", "sovereign", "certainty"):
        assert (
            stream[column].astype(object).fillna("-").tolist()
            == labelled[column].astype(object).fillna("-").tolist()
        )
        assert (
            sp.label(shaped)[column].astype(object).fillna("-").tolist()
            == labelled[column].astype(object).fillna("-").tolist()
        )


def test_rows_that_can_have_no_answer_are_counted_in_one_warning() -> None:
    frame = pd.DataFrame(
        {
            "lon": [142.7, np.nan, 142.7, -999.0],
            "lat": [47.0] * 4,
            "date": ["1950-01-01", "1950-01-01", None, "1950-01-01"],
        }
    )
    with pytest.warns(
        sp.UnansweredWarning,
        match="of 4 rows some have no answer: 1 without a day, 1 without coordinates, 1 off",
    ):
        labelled = sp.label(frame)
    assert labelled["holder"].notna().tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        (
            {"x": [1.0], "lat": [1.0], "date": ["1950-01-01"]},
            sp.ColumnError,
            "no column is called 'lon'",
        ),
        ({"lon": [47.0], "lat": [142.7], "date": ["1950-01-01"]}, sp.PlaceError, "look swapped"),
        ({"lon": ["142"], "lat": [47.0], "date": ["1950-01-01"]}, sp.ColumnError, "'lon' holds"),
        (
            {"lon": [142.7], "lat": [47.0], "date": ["1950-13-01"]},
            sp.DayError,
            "row 0 of column 'date' is '1950-13-01'",
        ),
        ({"lon": [142.7], "lat": [47.0], "date": [1950]}, sp.DayError, "no days"),
        (
            {"lon": [142.7], "lat": [47.0], "date": pd.to_datetime(["1950-01-01"], utc=True)},
            sp.DayError,
            "time zone",
        ),
        (
            {
                "lon": [142.7],
                "lat": [47.0],
                "date": [datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)],
            },
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
def test_what_cannot_be_read_is_refused_by_name(
    columns: dict[str, list[object]], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        sp.label(pd.DataFrame(columns))


@pytest.mark.slow
def test_a_damaged_index_is_made_anew(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path))
    store, place = atlas.shapes._store, (142.7, 47.0)
    assert sp.sovereignty_of(place, "1950-01-01", atlas=Atlas(store)).tract == "yuzhno-sakhalinsk"
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()
    head = good.index(b"\n")
    for bad in (
        good[:-1],
        good[:1000],
        b"",
        good[:5000] + b"x" + good[5001:],
        b"x" + good[1:],
        good[head:],
        b"{}\n" + good,
    ):
        kept.write_bytes(bad)
        assert (
            sp.sovereignty_of(place, "1950-01-01", atlas=Atlas(store)).tract == "yuzhno-sakhalinsk"
        )
        assert kept.read_bytes() == good


def test_where_no_index_can_be_kept_it_is_made_each_time(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path / "file" / "below"))
    assert (
        sp.sovereignty_of((142.7, 47.0), "1950-01-01", atlas=Atlas(atlas.shapes._store)).tract
        == "yuzhno-sakhalinsk"
    )


@pytest.mark.slow
def test_processes_that_make_the_index_at_once_find_the_same(tmp_path: Path) -> None:
    code = "import sovietpacific as s; print(s.sovereignty_of((142.7, 47.0), '1950-01-01').tract)"
    environment = {**os.environ, "SOVIETPACIFIC_CACHE": str(tmp_path / "new")}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [run.communicate()[0].strip() for run in runs] == ["yuzhno-sakhalinsk"] * 3
    assert len(list((tmp_path / "new").iterdir())) == 1


@pytest.mark.parametrize("kind", ["category", "string[pyarrow]", "datetime64[ns]", "object"])
def test_days_of_any_type_are_read(points: pd.DataFrame, kind: str) -> None:
    days = (
        points["date"].dt.strftime("%Y-%m-%d")
        if kind in ("category", "string[pyarrow]")
        else points["date"]
    )
    typed = points.assign(date=days.dt.date if kind == "object" else days.astype(kind))
    assert (
        sp.label(typed)["holder"].astype(object).fillna("-").tolist()
        == sp.label(points)["holder"].astype(object).fillna("-").tolist()
    )


def test_an_empty_frame_gains_the_columns(points: pd.DataFrame) -> None:
    labelled = sp.label(points.iloc[:0])
    assert list(labelled.columns) == [
        *points.columns,
        "tract",
        "holder",
        "lineage",
        "standing",
        "sovereign",
        "certainty",
    ]
    assert labelled.empty


def test_what_nobody_checked_is_marked(atlas: Atlas, points: pd.DataFrame) -> None:
    labelled = sp.label(points).dropna(subset="tract")
    for row in labelled.to_dict("records"):
        control = sp.sovereignty_of(row["tract"], row["date"], atlas=atlas).control
        assert row["certainty"] == control.certainty + ("" if control.seen else ", unverified")


def test_every_column_can_be_asked_for_under_a_prefix(points: pd.DataFrame) -> None:
    columns = ["sources", "polity", "tract", "instrument"]
    labelled = sp.label(sp.label(points), columns=columns, prefix="title_", view="title")
    assert list(labelled.columns[-4:]) == [f"title_{name}" for name in columns]
    assert (
        labelled["title_tract"].astype(object).fillna("-")
        == labelled["tract"].astype(object).fillna("-")
    ).all()
    with pytest.raises(sp.OptionError, match="'owner' is not a column; allowed: tract, holder"):
        sp.label(points, columns=["owner"])


def test_a_stream_names_view_version_and_credit(atlas: Atlas, points: pd.DataFrame) -> None:
    schema = sp.label_batches(
        pa.Table.from_pandas(points, preserve_index=False), view="japan"
    ).schema
    assert json.loads(schema.metadata[b"sovietpacific"]) == {
        "view": "japan",
        "version": atlas.version,
        "credit": atlas.credit,
    }
    assert sp.label(points, view="japan").attrs["labels"]["view"] == "japan"


def test_days_before_the_first_map_of_a_state_are_counted(points: pd.DataFrame) -> None:
    before = int((points["date"] < "1948-08-15").sum())
    with pytest.warns(sp.UnansweredWarning, match=f"{before} before 1948-08-15"):
        labelled = sp.label(points, view="rok")
    assert labelled.loc[points["date"] < "1948-08-15", "holder"].isna().all()


def test_points_of_a_geoparquet_file_are_read_as_they_lie(
    points: pd.DataFrame, tmp_path: Path
) -> None:
    shaped = geopandas.GeoDataFrame(
        points[["date"]], geometry=geopandas.points_from_xy(points.lon, points.lat), crs="EPSG:4326"
    )
    shaped.to_parquet(tmp_path / "points.parquet")
    sp.label_file(tmp_path / "points.parquet", tmp_path / "labelled.parquet")
    labelled = geopandas.read_parquet(tmp_path / "labelled.parquet")
    assert labelled.geometry.geom_equals(shaped.geometry).all()
    expected = sp.label(points)["holder"].astype(object).fillna("-")
    assert labelled["holder"].astype(object).fillna("-").tolist() == expected.tolist()
    shaped.to_crs("EPSG:3857").to_parquet(tmp_path / "metres.parquet")
    with pytest.raises(sp.ColumnError, match="reference system 3857"):
        sp.label_file(tmp_path / "metres.parquet", tmp_path / "labelled.parquet")
    assert (
        sp.label(shaped.to_crs("EPSG:3857"))["holder"].astype(object).fillna("-").tolist()
        == expected.tolist()
    )


def test_shapes_that_are_no_points_are_refused(points: pd.DataFrame) -> None:
    shaped = geopandas.GeoDataFrame(
        points[["date"]],
        geometry=geopandas.points_from_xy(points.lon, points.lat).buffer(1),
        crs="EPSG:4326",
    )
    with pytest.raises(sp.ColumnError, match="row 0 of the geometry is a Polygon"):
        sp.label(shaped)


def test_a_kept_index_is_read_into_memory_of_its_own(atlas: Atlas) -> None:
    assert atlas.shapes.locator.tract_at(142.7, 47.0) == "yuzhno-sakhalinsk"
    again = Atlas(atlas.shapes._store).shapes.locator
    assert again.tract_at(142.7, 47.0) == "yuzhno-sakhalinsk"
    for array in again._grid[1:]:
        assert array.flags.aligned


def test_an_atlas_of_ones_own_may_answer(atlas: Atlas, points: pd.DataFrame) -> None:
    own = Atlas(atlas.shapes._store)
    assert sp.label(points, atlas=own).equals(sp.label(points))


def test_the_warning_points_at_the_line_that_asked() -> None:
    with pytest.warns(sp.UnansweredWarning) as told:
        sp.label(pd.DataFrame({"lon": [142.7], "lat": [47.0], "date": [None]}))
    assert told[0].filename == __file__
