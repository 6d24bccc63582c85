"""Points, files and folders of data that cannot be read are refused with what was given; the odd
but readable ones are read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import shapely
from click.testing import CliRunner

import sovietpacific as sp
from sovietpacific.builder import pipeline
from sovietpacific.cli.main import main
from sovietpacific.facts import store as store_module
from sovietpacific.facts.store import Store, find_data

PLACE, DAY = (142.74, 46.96), "1950-01-01"


def collection(geometry: Any, properties: Any) -> str:
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


POINT = {"type": "Point", "coordinates": PLACE}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            collection({"type": "LineString", "coordinates": [PLACE, PLACE]}, {"date": DAY}),
            "feature 0 is a LineString; only points lie on one tract",
        ),
        (
            collection(POINT, {"date": 1950}),
            "property 'date' of feature 0 is 1950; give a day as \"YYYY-MM-DD\"",
        ),
        (
            collection(POINT, {"day": DAY}),
            "no feature up to feature 1 has the property 'date'; name yours with day=",
        ),
        (collection(POINT, None), "no feature up to feature 1 has the property 'date'"),
    ],
)
def test_features_that_are_no_dated_points_are_refused_by_number(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "log.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(sp.ColumnError) as refused:
        sp.label_file(tmp_path / "log.geojson", tmp_path / "labelled.geojson")
    assert words in str(refused.value)
    assert not (tmp_path / "labelled.geojson").exists()


def test_what_is_no_frame_is_refused_with_the_way_for_streams() -> None:
    with pytest.raises(
        sp.ColumnError,
        match="list is no DataFrame or GeoDataFrame; streams of Arrow batches go to label_batches",
    ):
        sp.label([1, 2])


def test_a_frame_of_lines_is_refused() -> None:
    lines = geopandas.GeoDataFrame(
        {"date": [DAY]}, geometry=[shapely.LineString([PLACE, (143, 47)])], crs=4326
    )
    with pytest.raises(
        sp.ColumnError, match="row 0 of the geometry is a LineString; only points lie on one tract"
    ):
        sp.label(lines)


def test_a_column_of_things_is_refused_by_name_and_type() -> None:
    with pytest.raises(
        sp.ColumnError, match=r"column 'lon' \(object\) cannot be read as coordinates or days"
    ):
        sp.label(pd.DataFrame({"lon": [object()], "lat": [47.0], "date": [DAY]}))


def test_coordinates_and_days_that_repeat_may_come_as_dictionaries() -> None:
    columns = {
        "lon": pa.array([PLACE[0]] * 3),
        "lat": pa.array([PLACE[1]] * 3),
        "date": pa.array([DAY] * 3),
    }
    table = pa.table({name: column.dictionary_encode() for name, column in columns.items()})
    assert sp.label_batches(table).read_all()["tract"].to_pylist() == ["yuzhno-sakhalinsk"] * 3


def test_points_in_other_units_than_degrees_are_refused(tmp_path: Path) -> None:
    points = geopandas.GeoDataFrame({"date": [DAY]}, geometry=[shapely.Point(PLACE)], crs=4326)
    points.to_crs(3857).to_parquet(tmp_path / "log.parquet")
    with pytest.raises(
        sp.ColumnError, match="column 'geometry' has the reference system 3857; give longitudes"
    ):
        sp.label_file(tmp_path / "log.parquet", tmp_path / "labelled.parquet")


def test_shapes_in_a_stream_that_are_no_points_are_refused_by_row() -> None:
    shapes = [shapely.Point(PLACE), shapely.box(142, 46, 143, 47)]
    table = pa.table(
        {"geometry": pa.array(shapely.to_wkb(shapes).tolist(), pa.binary()), "date": [DAY, DAY]}
    )
    with pytest.raises(
        sp.ColumnError, match="row 1 of column 'geometry' is a Polygon; only points have one place"
    ):
        sp.label_batches(table).read_all()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_file_without_rows_gains_the_columns(tmp_path: Path, ending: str) -> None:
    source, target = tmp_path / f"log{ending}", tmp_path / f"labelled{ending}"
    if ending == ".csv":
        source.write_text("lon,lat,date\n", encoding="utf-8")
    else:
        parquet.ParquetWriter(
            source, pa.schema({"lon": pa.float64(), "lat": pa.float64(), "date": pa.string()})
        ).close()
    sp.label_file(source, target)
    read = pd.read_csv(target) if ending == ".csv" else pd.read_parquet(target)
    assert read.empty
    assert list(read.columns)[:5] == ["lon", "lat", "date", "tract", "holder"]


def test_a_name_with_a_comma_is_a_name_and_no_point() -> None:
    result = CliRunner().invoke(main, ["who", "Iturup, Kurils", DAY])
    assert result.exit_code == 1
    assert "no tract or place is called 'Iturup, Kurils'" in result.stderr


def test_a_build_tells_what_the_rules_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, Path]] = []

    def build(seeds: Path, data: Path) -> list[str]:
        asked.append((seeds, data))
        return ["a point was snapped", "a sliver was joined"]

    monkeypatch.setattr(pipeline, "build", build)
    result = CliRunner().invoke(
        main, ["build", "--seeds", str(tmp_path / "seeds"), "--data", str(tmp_path / "data")]
    )
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "a point was snapped",
        "a sliver was joined",
        f"built {tmp_path / 'data'}",
    ]
    assert asked == [(tmp_path / "seeds", tmp_path / "data")]


def test_a_check_without_problems_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_: [])
    result = CliRunner().invoke(main, ["check", "--seeds", str(tmp_path), "--data", str(tmp_path)])
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "seeds and data are in order\n",
    )


def test_data_is_looked_for_in_the_wheel_then_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "sovietpacific"
    package.mkdir(parents=True)
    monkeypatch.setattr(store_module, "files", lambda _: package)
    with pytest.raises(sp.DataNotFoundError) as refused:
        find_data()
    assert (
        f"no data in {package / '_data'} nor in {tmp_path / 'data'}; reinstall sovietpacific"
        in str(refused.value)
    )
    for folder in (tmp_path / "data", package / "_data"):
        folder.mkdir()
        (folder / "datapackage.json").write_text("{}", encoding="utf-8")
        (tmp_path / "pyproject.toml").touch()
        assert find_data() == folder


@pytest.fixture
def data(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("geojson"))
    return tmp_path / "data"


def write_with_its_sum(data: Path, name: str, content: bytes | None) -> None:
    """Write a file and its checksum, or with no content take it out of the list."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"]: resource for resource in package["resources"]}
    if content is None:
        package["resources"].remove(listed[name])
    else:
        (data / name).write_bytes(content)
        listed[name]["sha256"] = hashlib.sha256(content).hexdigest()
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    "claims", [b'{"version": "x"}', b'{"claims": [{"id": 1}]}', b'{"claims": [3]}']
)
def test_an_article_that_lacks_something_is_refused_by_name(data: Path, claims: bytes) -> None:
    write_with_its_sum(data, "article.json", claims)
    with pytest.raises(
        sp.DataDamagedError, match=r"article\.json cannot be read: .*; reinstall sovietpacific"
    ):
        Store(data).read_article()


def test_shapes_that_are_no_parquet_are_refused_by_name(data: Path) -> None:
    write_with_its_sum(data, "atlas.parquet", b"no parquet")
    with pytest.raises(
        sp.DataDamagedError, match=r"atlas\.parquet cannot be used: .*; reinstall sovietpacific"
    ):
        Store(data).read_table("atlas.parquet", ["tract"])


def test_a_file_the_datapackage_does_not_list_is_refused(data: Path) -> None:
    write_with_its_sum(data, "records.json", None)
    with pytest.raises(
        sp.DataDamagedError,
        match=r"datapackage\.json does not list records\.json; reinstall sovietpacific",
    ):
        Store(data).read_records()


def test_stamps_that_are_missing_are_days_that_are_missing() -> None:
    frame = pd.DataFrame(
        {
            "lon": [PLACE[0]] * 2,
            "lat": [PLACE[1]] * 2,
            "date": np.array([DAY, "NaT"], "datetime64[D]"),
        }
    )
    with pytest.warns(sp.UnansweredWarning, match="1 without a day"):
        assert sp.label(frame)["lineage"].astype(object).fillna("-").tolist() == ["russia", "-"]
