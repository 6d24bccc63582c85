"""What is written is whole or not there at all, and the same content is the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sovietpacific.builder.write import (
    relative_files,
    replacing,
    sha256_of,
    write_datapackage,
    write_json,
    write_text,
)
from sovietpacific.files.geojson import feature, write_features
from sovietpacific.files.geoparquet import write_geoparquet


def built(data: Path, **texts: str) -> None:
    """Build a folder of data with files of these names and texts."""
    with replacing(data) as folder:
        for name, text in texts.items():
            write_text(folder / f"{name.replace('_', '/')}.txt", text)
        write_datapackage(folder, {"name": "sovietpacific"})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): (folder / path).read_bytes() for path in relative_files(folder)}


def test_a_build_that_fails_leaves_the_old_data_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    built(data, timeline="old")
    before = contents(data)
    with pytest.raises(RuntimeError, match="half way"), replacing(data) as folder:
        write_text(folder / "timeline.txt", "new")
        raise RuntimeError("half way")
    assert contents(data) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_build_that_ends_well_replaces_files_and_removes_what_is_no_more(tmp_path: Path) -> None:
    data = tmp_path / "data"
    built(data, geojson_gone="old", timeline="old")
    built(data, geojson_fresh="new", timeline="new")
    assert list(contents(data)) == ["datapackage.json", "geojson/fresh.txt", "timeline.txt"]
    assert (data / "timeline.txt").read_text() == "new"
    listed = json.loads((data / "datapackage.json").read_bytes())["resources"]
    assert [resource["path"] for resource in listed] == ["geojson/fresh.txt", "timeline.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_datapackage_holds_size_and_checksum_of_every_other_file(tmp_path: Path) -> None:
    write_text(tmp_path / "timeline.txt", "urup\n")
    write_datapackage(tmp_path, {"name": "small"})
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert [resource["path"] for resource in package["resources"]] == ["timeline.txt"]
    assert package["resources"][0]["bytes"] == 5
    assert package["resources"][0]["sha256"] == sha256_of(tmp_path / "timeline.txt")


def test_outer_rings_run_counter_clockwise_and_holes_the_other_way() -> None:
    square = shapely.Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    rings = feature("square", square, {})["geometry"]["coordinates"]
    assert shapely.LinearRing(rings[0]).is_ccw
    assert not shapely.LinearRing(rings[1]).is_ccw


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=9))
def test_coordinates_are_written_with_six_decimals(points: list[tuple[float, float]]) -> None:
    written = feature(None, shapely.LineString(points), {})["geometry"]["coordinates"]
    assert written == [[round(x, 6), round(y, 6)] for x, y in points]


def test_features_are_written_one_a_line_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "two.geojson"
    write_features(
        path,
        [
            feature("a", shapely.box(0, 0, 1, 1), {"name": "A"}),
            feature("b", shapely.box(1, 0, 2, 1), {"name": "樺太"}),
        ],
    )
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4
    assert [f["id"] for f in json.loads(path.read_text(encoding="utf-8"))["features"]] == ["a", "b"]


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    shapes = {"geometry": np.array([shapely.box(0, 0, 1, 1)], object)}
    for name in ("first", "second"):
        write_geoparquet(tmp_path / f"{name}.parquet", {"tract": ["a"]}, shapes, "geometry")
        write_json(
            tmp_path / f"{name}.json", {"b": 1, "a": [2]} if name == "first" else {"a": [2], "b": 1}
        )
    assert sha256_of(tmp_path / "first.parquet") == sha256_of(tmp_path / "second.parquet")
    assert sha256_of(tmp_path / "first.json") == sha256_of(tmp_path / "second.json")


def test_geoparquet_is_read_back_by_geopandas(tmp_path: Path) -> None:
    import geopandas

    shapes = {
        "geometry": np.array([shapely.box(0, 0, 1, 1)], object),
        "light": np.array([shapely.box(0, 0, 2, 2)], object),
    }
    write_geoparquet(tmp_path / "atlas.parquet", {"tract": ["a"]}, shapes, "geometry")
    frame = geopandas.read_parquet(tmp_path / "atlas.parquet")
    assert frame.crs.to_string() == "OGC:CRS84"
    assert frame.geometry.to_list() == [shapely.box(0, 0, 1, 1)]
    assert frame["light"].to_list() == [shapely.box(0, 0, 2, 2)]
