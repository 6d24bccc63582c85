"""Frames of the atlas that a user has changed in odd ways still show themselves, on a page and on
axes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.answers.atlas_frame import AtlasFrame


def placed(make: Callable[[], Any]) -> Callable[[AtlasFrame], AtlasFrame]:
    """Give what puts the same shape into every row."""
    return lambda frame: frame.set_geometry([make()] * len(frame), crs=4326)


def told(**about: Any) -> Callable[[AtlasFrame], AtlasFrame]:
    def change(frame: AtlasFrame) -> AtlasFrame:
        frame.attrs.update(about)
        return frame

    return change


ODD: dict[str, Callable[[AtlasFrame], Any]] = {
    "no shapes": placed(lambda: None),
    "empty shapes": placed(shapely.Polygon),
    "a point that is no number": placed(lambda: shapely.Point(float("nan"), 1)),
    "a point that is infinite": placed(lambda: shapely.Point(float("inf"), 1)),
    "shapes off the globe": placed(lambda: shapely.box(-1e9, -1e9, 1e9, 1e9)),
    "shapes over the pole": placed(lambda: shapely.box(43, 140, 44, 142)),
    "shapes over the date line": placed(lambda: shapely.box(170, 40, 190, 50)),
    "collections": placed(
        lambda: shapely.GeometryCollection(
            [shapely.Point(145, 45), shapely.LineString([(145, 45), (146, 46)])]
        )
    ),
    "shapes in height": lambda frame: frame.set_geometry(
        shapely.force_3d(frame.geometry.values), crs=4326
    ),
    "shapes in metres": lambda frame: frame.to_crs(32655),
    "shapes of no system": lambda frame: frame.set_crs(None, allow_override=True),
    "missing holders": lambda frame: frame.assign(holder=np.nan, standing=pd.NA, polity=None),
    "lists for holders": lambda frame: frame.assign(holder=[[1]] * len(frame)),
    "standings of one's own": lambda frame: frame.assign(standing="x" * 5000, sovereign=b"y"),
    "a column twice": lambda frame: pd.concat([frame, frame[["holder"]]], axis=1),
    "names that are no texts": lambda frame: frame.rename(columns={"holder": 3, "standing": None}),
    "an index of pairs": lambda frame: frame.set_index(["holder", "standing"]),
    "surrogates": lambda frame: frame.assign(
        note=pd.Series(["\ud800"] * len(frame), dtype=object, index=frame.index)
    ),
    "attributes of other kinds": told(day=object(), view=3, credit=None, version=[]),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ODD)
def test_a_frame_changed_in_an_odd_way_still_shows_itself(atlas: Atlas, what: str) -> None:
    from matplotlib import pyplot

    frame = ODD[what](sp.borders_at("1945-09-02", region="kurils", atlas=atlas))
    assert "sovietpacific.frame(" in frame.explore().get_root().render()
    axes = frame.plot()
    axes.figure.canvas.draw()
    assert np.isfinite([*axes.get_xlim(), *axes.get_ylim()]).all()
    pyplot.close("all")


def test_a_row_without_a_place_is_left_out_and_the_others_are_drawn(atlas: Atlas) -> None:
    frame = sp.tracts_at("1945-09-02", region="kurils.south.habomai", atlas=atlas)
    frame = frame.set_geometry([shapely.Point(float("nan"), 1), *frame.geometry[1:]], crs=4326)
    assert frame.explore().get_root().render().count('"areas":"4:') == len(frame) - 1
