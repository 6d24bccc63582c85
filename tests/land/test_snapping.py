"""Only points at sea are answered by land near them: never across other land, never from afar, and
nothing else is offered.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas

DAY = "1930-01-01"
TAIPEI, MOSCOW, KABUL, PARIS, BERING = (
    (121.5, 25.0),
    (37.6, 55.7),
    (69.2, 34.5),
    (2.35, 48.85),
    (-147.0, 44.9),
)
#: Land a few km south of the rim of the land that is drawn: Guangdong and Yunnan.
BEYOND_THE_RIM = [(114.0, 23.97), (100.5, 23.97), (118.0, 23.99)]


@pytest.mark.parametrize("snap_km", [0, 1, 50, 665, 10_000])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (TAIPEI, "is on land this atlas draws but does not judge; no tract answers for it"),
        (KABUL, "is on land this atlas draws but does not judge"),
        (
            MOSCOW,
            "is outside this atlas, which knows land from longitude 58 to 180 and from latitude 24 to 66",
        ),
        (PARIS, "is outside this atlas"),
        (BERING, "is outside this atlas"),
        *((place, "is outside this atlas") for place in BEYOND_THE_RIM),
        ((146.0, 48.0), "115.6 km away; land farther away than 50 km does not answer for the sea"),
        ((121.5, 25.4), "is drawn but not judged; no tract answers for it"),
        ((123.2, 24.6), "is drawn but not judged"),  # off Yonaguni
    ],
)
def test_what_is_no_sea_near_judged_land_has_no_answer_and_no_offer(
    atlas: Atlas, place: tuple[float, float], said: str, snap_km: float
) -> None:
    for ask in (
        lambda: sp.sovereignty_of(place, DAY, snap_km=snap_km, atlas=atlas),
        lambda: sp.history_of(place, atlas=atlas),
    ):
        with pytest.raises(sp.OutsideScopeError) as refused:
            ask()
        assert said in str(refused.value)
        assert "snap_km" not in str(refused.value)
    with pytest.warns(sp.UnansweredWarning):
        labelled = sp.label(
            pd.DataFrame({"lon": [place[0]], "lat": [place[1]], "date": [DAY]}), snap_km=snap_km
        )
    assert labelled["holder"].isna().all()


@given(st.floats(118, 180), st.floats(24, 60), st.sampled_from([5.0, 20.0, 50.0, 400.0]))
def test_whatever_snaps_is_at_sea_and_its_way_to_land_crosses_none(
    atlas: Atlas, lon: float, lat: float, snap_km: float
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        told = sp.label(
            pd.DataFrame({"lon": [lon], "lat": [lat], "date": [DAY]}),
            snap_km=snap_km,
            columns=["tract"],
        ).iloc[0]
    at_sea = atlas.shapes.locator.tract_at(lon, lat) is None
    try:
        answer = sp.sovereignty_of((lon, lat), DAY, snap_km=snap_km, atlas=atlas)
    except sp.OutsideScopeError as refused:
        assert pd.isna(told["tract"])
        if "give snap_km=" in str(refused):
            offered = int(str(refused).split("give snap_km=")[1].split()[0])
            assert at_sea
            assert snap_km < offered <= 50
            assert sp.sovereignty_of((lon, lat), DAY, snap_km=offered, atlas=atlas).distance_km > 0
        return
    assert (told["tract"], told["distance_km"]) == (answer.tract, answer.distance_km)
    assert (answer.distance_km > 0) <= at_sea
    assert answer.distance_km <= min(snap_km, 50)
    assume(answer.distance_km > 0)
    around = {
        tract: shapely.clip_by_rect(
            atlas.shapes.of(tract, "fine"), lon - 2, lat - 1, lon + 2, lat + 1
        )
        for tract in atlas.tracts
    }
    flat = {
        tract: shapely.transform(
            shape, lambda ends: (ends - (lon, lat)) * (math.cos(math.radians(lat)), 1)
        )
        for tract, shape in around.items()
    }
    nearest = min(
        (shape.distance(shapely.Point(0, 0)), tract)
        for tract, shape in flat.items()
        if not shape.is_empty
    )
    assert (
        flat[answer.tract].distance(shapely.Point(0, 0)) <= nearest[0] * 1.04
    )  # as near as a plane can tell


def test_no_distance_however_large_makes_taipei_chinas() -> None:
    around = np.array(
        [(121.5 + x / 10, 25.0 + y / 10) for x in range(-12, 8) for y in range(-9, 6)]
    )
    frame = pd.DataFrame({"lon": around[:, 0], "lat": around[:, 1], "date": DAY})
    with pytest.warns(
        sp.UnansweredWarning,
        match="on land drawn but not judged.*at sea, nearest to land not judged",
    ):
        labelled = sp.label(frame, snap_km=1000)
    assert not labelled["holder"].notna().any()


@pytest.mark.parametrize("place", [(141.0, 46.2), (145.2, 43.9)])
def test_a_point_at_sea_near_land_is_offered_what_answers_it(
    atlas: Atlas, place: tuple[float, float]
) -> None:
    with pytest.raises(
        sp.OutsideScopeError,
        match=r"is at sea or off the atlas; the nearest tract is \w+, [\d.]+ km away: give snap_km=",
    ) as refused:
        sp.sovereignty_of(place, DAY, atlas=atlas)
    offered = int(str(refused.value).split("snap_km=")[1].split()[0])
    assert 0 < sp.sovereignty_of(place, DAY, snap_km=offered, atlas=atlas).distance_km <= offered
    with pytest.raises(sp.OutsideScopeError, match="to sovereignty_of, or ask for '"):
        sp.history_of(place, atlas=atlas)
