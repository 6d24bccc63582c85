"""The frames of the atlas are GeoDataFrames that show themselves: with no network, in its colours,
whatever is left of them.
"""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import geopandas
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import shapely

import sovietpacific as sp
from sovietpacific import Atlas, DayError, maps
from sovietpacific.answers import palette
from sovietpacific.answers.atlas_frame import AtlasFrame
from sovietpacific.answers.tables import read_border
from sovietpacific.maps.pages.rows import NEUTRAL
from tests.maps.test_maps import LOADED

DAY = "1945-09-02"


def payload_of(made: Any, call: str = "frame") -> Any:
    page = made.get_root().render()
    assert not LOADED.findall(page)
    found = re.search(rf"sovietpacific\.{call}\(map_\w+, (\{{.*\}})\);", page)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def borders(atlas: Atlas) -> AtlasFrame:
    return sp.borders_at(DAY, region="kurils", detail="light", atlas=atlas)


@pytest.fixture(scope="module")
def tracts(atlas: Atlas) -> AtlasFrame:
    return sp.tracts_at(DAY, region="kurils", detail="light", atlas=atlas)


def test_every_frame_with_shapes_is_one_of_the_atlas(
    atlas: Atlas, borders: AtlasFrame, tracts: AtlasFrame
) -> None:
    made = [
        borders,
        tracts,
        sp.lines_at(DAY, detail="light", atlas=atlas),
        sp.changes_between("1945-08-30", DAY, region="kurils", atlas=atlas),
    ]
    for frame in made:
        assert type(frame) is AtlasFrame
        assert isinstance(frame, geopandas.GeoDataFrame)
        for kept in (
            frame.copy(),
            frame[:2],
            frame.iloc[[0]],
            frame[frame.index >= 0],
            frame.head(1),
            frame.sort_index(),
        ):
            assert type(kept) is AtlasFrame
            assert kept.attrs == frame.attrs
        assert not isinstance(frame.drop(columns="geometry"), geopandas.GeoDataFrame)
        assert isinstance(frame.geometry, geopandas.GeoSeries)


def test_what_pandas_and_geopandas_do_with_a_frame_still_works(
    tracts: AtlasFrame, tmp_path: Path
) -> None:
    assert tracts.merge(pd.DataFrame({"tract": ["urup"], "mine": [1]}), on="tract")[
        "mine"
    ].tolist() == [1]
    assert len(pd.concat([tracts, tracts])) == 2 * len(tracts)
    assert len(tracts.dissolve("control")) == tracts["control"].nunique()
    assert tracts.map(lambda value: value)["name"].tolist() == tracts["name"].tolist()
    copied = pickle.loads(pickle.dumps(tracts))
    assert type(copied) is AtlasFrame
    assert copied.attrs == tracts.attrs
    tracts.to_parquet(tmp_path / "tracts.parquet")
    tracts.to_file(tmp_path / "tracts.gpkg")
    for read in (
        geopandas.read_parquet(tmp_path / "tracts.parquet"),
        geopandas.read_file(tmp_path / "tracts.gpkg"),
    ):
        assert read["tract"].tolist() == tracts["tract"].tolist()
        assert read.crs == tracts.crs
    assert isinstance(tracts["since"].iloc[0], str)


def test_the_map_of_a_frame_is_that_of_its_day_view_and_region(
    atlas: Atlas, borders: AtlasFrame, tracts: AtlasFrame
) -> None:
    asked = payload_of(maps.web(DAY, region="kurils"), "web")
    for frame in (borders[:1], tracts):
        assert payload_of(frame.map(), "web") == asked
    title = payload_of(
        sp.borders_at(DAY, view="title", detail="light", atlas=atlas).map(title="mine"), "web"
    )["title"]
    assert title == [
        "mine",
        "Title: whose it was by instruments in force, strictly read",
        f"Data {atlas.version}; no position is taken on any claim",
    ]
    changes = sp.changes_between("1945-08-30", DAY, region="kurils", atlas=atlas).map()
    assert payload_of(changes, "compare")["days"] == ["30 August 1945", "2 September 1945"]


def test_a_frame_that_lost_its_day_says_so(borders: AtlasFrame) -> None:
    lost = borders.copy()
    lost.attrs = {}
    with pytest.raises(DayError, match=r"no longer says in \.attrs of which day"):
        lost.map()
    assert payload_of(lost.explore())["title"] == ["Rows of a frame"]


def test_exploring_shows_the_rows_that_are_left(tracts: AtlasFrame) -> None:
    rows = tracts[tracts["tract"].isin(["urup", "kunashir"])]
    sheet = payload_of(rows.explore())
    assert [shape["name"] for shape in sheet["shapes"]] == ["Kunashir", "Urup"]
    for shape, row in zip(
        sheet["shapes"], rows.drop(columns="geometry").to_dict("records"), strict=True
    ):
        told = dict(shape["rows"])
        assert list(told) == list(row)
        assert told["instrument"] == row["instrument"]
        assert shape["fill"] == list(
            palette.fill_of_row(
                sp.load_atlas().records.look,
                read_border({**row, "holder": row["control"], "sovereign": row["sovereignty"]}),
            )
        )
    assert sheet["title"][0] == f"Rows of a frame, on {DAY}"
    assert sheet["legend"]


def test_exploring_works_for_lines_changes_points_and_frames_without_holders(
    atlas: Atlas, tracts: AtlasFrame
) -> None:
    lines = payload_of(sp.lines_at(DAY, detail="light", atlas=atlas).explore())["shapes"]
    assert all(shape["lines"] and not shape["areas"] for shape in lines)
    assert payload_of(
        sp.changes_between("1945-08-30", DAY, region="kurils", atlas=atlas).explore()
    )["legend"]
    bare = tracts[["name", "geometry"]]
    assert {tuple(shape["fill"]) for shape in payload_of(bare.explore())["shapes"]} == {
        tuple(NEUTRAL)
    }
    points = tracts.set_geometry(tracts.representative_point()).to_crs("EPSG:3857")
    sheet = payload_of(AtlasFrame(points).explore())
    assert sheet["shapes"][0]["points"][0] == pytest.approx(
        [tracts.representative_point()[0].y, tracts.representative_point()[0].x]
    )


@pytest.mark.parametrize(
    "empty", [lambda frame: frame[:0], lambda frame: frame.assign(geometry=shapely.Polygon())]
)
def test_an_empty_frame_gives_an_empty_map_with_a_message(empty: Any, borders: AtlasFrame) -> None:
    frame = empty(borders)
    sheet = payload_of(frame.explore())
    assert sheet["shapes"] == []
    assert sheet["message"].startswith("There is nothing to draw")
    assert any("nothing to draw" in text.get_text() for text in frame.plot().texts)
    plt.close("all")


def test_hostile_columns_and_values_stay_text(tracts: AtlasFrame) -> None:
    hostile = "</script><script>flag(1)</script>{{ 7 * 191 }}\u202e"
    frame = tracts.assign(**{hostile: hostile, "name": hostile, "control": hostile})
    page = frame.explore().get_root().render()
    assert "<script>flag" not in page
    sheet = payload_of(frame.explore())
    assert dict(sheet["shapes"][0]["rows"])[hostile[:-1]] == hostile[:-1]
    assert sheet["shapes"][0]["fill"] == list(NEUTRAL)


def test_a_plain_plot_has_the_colours_of_the_atlas_and_says_what_it_is(borders: AtlasFrame) -> None:
    from matplotlib.colors import to_hex

    axes = borders.plot()
    drawn = {
        to_hex(colour) for collection in axes.collections for colour in collection.get_facecolor()
    }
    wanted = [
        palette.fill_of_row(sp.load_atlas().records.look, read_border(row)).base
        for row in borders.to_dict("records")
    ]
    assert {colour.lower() for colour in wanted} <= drawn
    words = axes.get_title(loc="left") + " ".join(text.get_text() for text in axes.texts)
    assert all(
        needed in words for needed in (DAY, "control", borders.attrs["version"], "OpenStreetMap")
    )
    assert axes.get_legend() is not None
    given = plt.figure().add_subplot()
    assert borders.plot(ax=given) is given
    plt.close("all")


def test_a_plot_with_arguments_is_that_of_geopandas(borders: AtlasFrame) -> None:
    axes = borders.plot(column="area_km2", cmap="viridis")
    assert axes.collections[0].get_array() is not None
    assert axes.get_title(loc="left") == ""
    assert borders.plot(kind="bar", x="holder", y="area_km2") is not None
    plt.close("all")
