"""The atlas answers what was asked, the same inside an epoch, and refuses what it cannot answer
with a way on.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import sovietpacific
import sovietpacific as sp
from sovietpacific import (
    Atlas,
    DayError,
    OptionError,
    OutsideScopeError,
    PlaceError,
    SovietPacificError,
    UnknownPlaceError,
    ViewError,
    load_atlas,
)
from sovietpacific.facts.records import VIEWS

ATLAS = load_atlas()
EPOCHS = {view: sp.epochs(view, atlas=ATLAS) for view in VIEWS}
DAYS = st.dates(date(1855, 1, 1), date(2026, 11, 24))


def told(frame: geopandas.GeoDataFrame) -> list[tuple[Any, ...]]:
    return list(frame.drop(columns="geometry").itertuples(index=False, name=None))


@cache
def maps_of(view: str) -> list[list[dict[str, Any]]]:
    """Give the rows of the map of every epoch of a view, without their shapes, first to last."""
    days = EPOCHS[view]["since"]
    return [
        sp.borders_at(day, view=view, detail="light", atlas=ATLAS)
        .drop(columns="geometry")
        .to_dict("records")
        for day in days
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_on_every_epoch_the_holders_share_out_the_same_land(view: str) -> None:
    everything = sum(tract.area_km2 for tract in ATLAS.tracts.values() if tract.judged)
    judged = {key for key, tract in ATLAS.tracts.items() if tract.judged}
    for rows in maps_of(view):
        assert sum(row["area_km2"] for row in rows) == pytest.approx(everything, rel=1e-12)
        held = [key for row in rows for key in row["tracts"].split("; ")]
        assert sorted(held) == sorted(judged)


@settings(max_examples=10)
@given(st.sampled_from(VIEWS), DAYS)
def test_the_map_is_the_same_on_every_day_of_an_epoch(view: str, day: date) -> None:
    epochs = EPOCHS[view]
    row = epochs[epochs["since"] <= day.isoformat()].iloc[-1]
    last = (
        date.fromisoformat(row["until"]) - timedelta(days=1)
        if isinstance(row["until"], str)
        else date(2026, 11, 24)
    )
    fresh = Atlas(load_atlas().shapes._store)
    assert told(sp.borders_at(day, view=view, detail="light", atlas=fresh)) == told(
        sp.borders_at(row["since"], view=view, detail="light", atlas=ATLAS)
    )
    assert told(sp.borders_at(last, view=view, detail="light", atlas=ATLAS)) == told(
        sp.borders_at(row["since"], view=view, detail="light", atlas=ATLAS)
    )


@pytest.mark.parametrize("view", VIEWS)
def test_the_map_changes_across_the_edge_of_every_epoch(view: str) -> None:
    for before, after in pairwise(maps_of(view)):
        assert before != after


@pytest.mark.parametrize(
    ("view", "day"),
    [("control", "1945-08-25"), ("sovereignty", "1855-01-01"), ("title", "1952-04-28")],
)
def test_dissolved_borders_cover_the_tracts_and_nothing_twice(view: str, day: str) -> None:
    borders, tracts = sp.borders_at(day, view=view, atlas=ATLAS), sp.tracts_at(day, atlas=ATLAS)
    assert shapely.coverage_is_valid(borders.geometry.to_numpy())
    assert shapely.area(borders.geometry.to_numpy()).sum() == pytest.approx(
        shapely.area(tracts.geometry.to_numpy()).sum(), rel=1e-12
    )


@settings(max_examples=60)
@given(st.floats(110, 157), st.floats(34, 55), DAYS)
def test_a_point_is_held_by_whom_the_map_says(lon: float, lat: float, day: date) -> None:
    borders = sp.borders_at(day, atlas=ATLAS)
    holding = borders[borders.geometry.intersects(shapely.Point(lon, lat))]
    try:
        answer = sp.sovereignty_of((lon, lat), day, atlas=ATLAS)
    except OutsideScopeError:
        assert holding.empty
    else:
        assert answer.tract in holding["tracts"].iloc[0].split("; ")
        assert "; ".join(answer.control.polities) == holding["polity"].iloc[0]


def test_a_point_on_a_shared_edge_belongs_to_the_tract_that_sorts_first() -> None:
    assert sp.sovereignty_of((142.7, 50.0), "1930-01-01", atlas=ATLAS).tract == "pobedino"
    assert sp.sovereignty_of((128.0, 38.0), "1930-01-01", atlas=ATLAS).tract == "chuncheon"


def test_a_handed_out_frame_can_be_changed_without_harm() -> None:
    first = sp.borders_at("1945-09-02", atlas=ATLAS)
    rows = told(first)
    first["holder"] = "nobody"
    first.loc[0, "standing"] = "changed"
    assert told(sp.borders_at("1945-09-02", atlas=ATLAS)) == rows


def test_frames_survive_geojson_and_parquet(tmp_path: Any) -> None:
    for frame in (
        sp.borders_at("1945-09-02", detail="light", atlas=ATLAS),
        sp.changes_between("1945-08-09", "1945-09-06", atlas=ATLAS),
    ):
        frame.to_parquet(tmp_path / "frame.parquet")
        back = geopandas.read_parquet(tmp_path / "frame.parquet")
        assert told(back) == told(frame)
        assert json.loads(frame.to_json())["features"]
        assert frame.crs == "EPSG:4326"
        assert {"view", "day", "version", "credit"} <= set(frame.attrs)


def test_context_is_drawn_only_when_asked_for() -> None:
    assert "context" not in set(sp.borders_at("1945-09-02", atlas=ATLAS)["standing"])
    assert "context" in set(sp.borders_at("1945-09-02", context=True, atlas=ATLAS)["standing"])


def test_a_region_keeps_its_tracts_only() -> None:
    frame = sp.borders_at("1945-09-02", region="kurils.south", atlas=ATLAS)
    assert {key for tracts in frame["tracts"] for key in tracts.split("; ")} == {
        key for key, tract in ATLAS.tracts.items() if tract.lies_in("kurils.south")
    }


def test_changes_run_from_after_the_first_day_to_the_last() -> None:
    assert sp.changes_between("1945-08-31", "1945-08-31", region="kurils", atlas=ATLAS).empty
    assert sp.changes_between("1945-08-30", "1945-08-31", region="kurils", atlas=ATLAS)[
        "tracts"
    ].to_list() == ["urup"]
    assert sp.changes_between("1945-08-31", "1945-09-01", region="kurils", atlas=ATLAS)[
        "tracts"
    ].to_list() == ["kunashir; shikotan"]
    with pytest.raises(
        DayError, match="1945-09-01 is before 1945-09-02; give the earlier day first"
    ):
        sp.changes_between("1945-09-02", "1945-09-01", atlas=ATLAS)


def test_certain_changes_are_firm_and_read_and_lie_within_the_span_wherever_their_day_lies(
    atlas: Atlas,
) -> None:
    taken = sp.changes_between("1945-08-08", "1945-09-05", region="manchuria", atlas=atlas)
    certain = sp.changes_between(
        "1945-08-08", "1945-09-05", region="manchuria", certain_only=True, atlas=atlas
    )
    assert 0 < len(certain) < len(taken)
    assert set(certain["certainty"]) == {"firm"}
    assert certain["seen"].all()
    heihe = taken[taken["tracts"].str.contains("heihe")]
    assert heihe[["certainty", "edtf"]].values.tolist() == [
        ["approximate", "[1945-08-10..1945-08-13]"]
    ]
    assert not certain["tracts"].str.contains("heihe").any()


def test_a_firm_day_within_limits_is_certain_only_where_the_span_holds_all_of_them(
    atlas: Atlas,
) -> None:
    def names(start: str, end: str) -> str:
        return "; ".join(
            sp.changes_between(start, end, region="manchuria", certain_only=True, atlas=atlas)[
                "tracts"
            ]
        )

    assert sp.history_of("zhalantun", atlas=atlas).query("since == '1945-08-17'")[
        "edtf"
    ].tolist() == ["[1945-08-17..1945-08-18]"]
    assert "zhalantun" in names("1945-08-16", "1945-08-18")
    assert "zhalantun" not in names("1945-08-16", "1945-08-17")  # it may have been the 18th
    assert "zhalantun" not in names("1945-08-17", "1945-08-18")  # it may have been the 17th


def test_an_answer_tells_the_limits_of_its_first_day(atlas: Atlas) -> None:
    answer = sp.sovereignty_of("heihe", "1945-08-20", atlas=atlas).control
    assert answer.edtf == "[1945-08-10..1945-08-13]"
    assert "1945-08-13 ([1945-08-10..1945-08-13])" in str(answer)
    assert sp.sovereignty_of("dalian", "1945-09-01", atlas=atlas).control.edtf is None


def test_changes_carry_one_map_to_the_other() -> None:
    start, end = date(1945, 8, 1), date(1945, 10, 1)
    holders = {
        row["tract"]: row["control"] for row in sp.tracts_at(start, atlas=ATLAS).to_dict("records")
    }
    for row in sp.changes_between(start, end, atlas=ATLAS).to_dict("records"):
        for tract in row["tracts"].split("; "):
            assert holders[tract] == row["from"]
            holders[tract] = row["to"]
    assert holders == {
        row["tract"]: row["control"] for row in sp.tracts_at(end, atlas=ATLAS).to_dict("records")
    }


def test_a_history_has_no_gap() -> None:
    for tract in ("urup", "sokcho", "tuva"):
        for view in VIEWS:
            history = sp.history_of(tract, view=view, atlas=ATLAS)
            assert history["since"].iloc[0] == "1855-01-01"
            assert history["until"].iloc[:-1].to_list() == history["since"].iloc[1:].to_list()
            assert history["seen"].dtype == bool


def test_lines_stand_where_holders_differ() -> None:
    lines = sp.lines_at("1930-01-01", atlas=ATLAS)
    edges = lines[lines["status"] == "edge"]
    assert len(edges) > 20
    assert (edges["left"] != edges["right"]).all()
    assert "parallel-50" in set(lines["line"])
    assert "parallel-50" not in set(sp.lines_at("1960-01-01", atlas=ATLAS)["line"])
    assert "northern-limit-line" in set(sp.lines_at("1960-01-01", atlas=ATLAS)["line"])
    assert "northern-limit-line" not in set(sp.lines_at("1953-08-29", atlas=ATLAS)["line"])


def test_the_answer_as_a_dict_has_the_agreed_form() -> None:
    answer = sp.sovereignty_of("Iturup", "2020-01-01", atlas=ATLAS).to_dict()
    assert list(answer) == [
        "place",
        "tract",
        "day",
        "distance_km",
        "names",
        "control",
        "sovereignty",
        "title",
        "claims",
    ]
    part = [
        "polities",
        "lineages",
        "standing",
        "since",
        "until",
        "instrument",
        "sources",
        "certainty",
        "seen",
        "edtf",
        "note",
    ]
    assert all(list(answer[view]) == part for view in VIEWS)
    assert answer["title"]["lineages"] == ["japan", "russia"]
    assert answer["title"]["until"] is None
    assert set(answer["claims"][0]) == {"claimant", "since", "until", "sources"}
    assert json.loads(json.dumps(answer)) == answer


def test_nobody_is_two_empty_lists() -> None:
    title = sp.sovereignty_of("Shumshu", "1960-01-01", atlas=ATLAS).to_dict()["title"]
    assert (title["polities"], title["lineages"], title["standing"]) == ([], [], "unassigned")


def test_the_card_shows_a_picture_and_escapes() -> None:
    card = sp.sovereignty_of("Zhenbao", "1969-03-02", atlas=ATLAS)._repr_html_()
    assert "<svg" in card
    assert "fought over by People's Republic of China and Soviet Union" in html.unescape(card)
    assert "<script" not in card
    assert not re.search(r"(?:src|href)=|url\((?!#)", card)


def test_the_card_tells_what_the_answer_tells_by_name() -> None:
    answer = sp.sovereignty_of("Iturup", "1950-01-01", view="japan", atlas=ATLAS)
    card = answer._repr_html_()
    for shown in (answer.control, answer.sovereignty, answer.title, answer.state_map):
        assert shown is not None
        named = [ATLAS.polity_names[polity] for polity in shown.polities]
        acts = [
            ATLAS.records.instruments[shown.instrument].name,
            f"{shown.since} – {shown.until or 'today'}",
            shown.certainty,
        ]
        assert all(html.escape(words) in card for words in (*named, *acts, *shown.sources))
    assert card.count("<tr ") == 4
    assert ("unverified" in card) == any(
        not shown.seen
        for shown in (
            answer.control,
            answer.sovereignty,
            answer.title,
            answer.state_map,
            *answer.claims,
        )
        if shown
    )


def test_an_unverified_answer_and_its_claims_are_marked_on_the_card() -> None:
    tract, day = next(
        (tract.id, tenure.since)
        for tract in ATLAS.tracts.values()
        if tract.judged
        for tenure in tract.timelines["control"]
        if not tenure.seen
    )
    assert "unverified</span>" in sp.sovereignty_of(tract, day, atlas=ATLAS)._repr_html_()
    claimed = (
        sp.sovereignty_of("Kunashir", "2020-01-01", atlas=ATLAS)
        ._repr_html_()
        .split("Claimed by</b>")[1]
    )
    assert "Japan since 1951-09-07" in claimed


def test_hostile_names_stay_text_on_the_card() -> None:
    answer = dataclasses.replace(
        sp.sovereignty_of("Urup", "1950-01-01", atlas=ATLAS),
        name="<script>flag(1)</script>",
        names=("<img src=x>",),
    )
    card = answer._repr_html_()
    assert "<script" not in card
    assert "<img" not in card
    assert dataclasses.replace(answer, card=None)._repr_html_().startswith("<pre>&lt;script")


@pytest.mark.parametrize(
    "name", ["Etorofu", "ITURUP", "択捉島", "итуруп", "iturup", "Èturup".replace("È", "I")]
)
def test_a_place_is_found_by_any_of_its_names(name: str) -> None:
    assert sp.sovereignty_of(name, "1930-01-01", atlas=ATLAS).tract == "iturup"


@pytest.mark.parametrize(
    ("place", "error", "complaint"),
    [
        ("Etorofuu", UnknownPlaceError, "did you mean Etorofu"),
        ("Atlantis", UnknownPlaceError, "no tract or place is called 'Atlantis'"),
        ("kurils", UnknownPlaceError, "is the region 'kurils', not one tract"),
        ("Kuril Islands", UnknownPlaceError, "is the region 'kurils'"),
        (
            "黑瞎子岛",
            UnknownPlaceError,
            "is the name of several tracts or places: heixiazi-east (tract at",
        ),
        ("backdrop-usa", OutsideScopeError, "does not judge"),
        ((44.0, 145.9), PlaceError, "looks swapped"),
        ((float("nan"), 45.0), PlaceError, "missing or infinite"),
        ((181.0, 45.0), PlaceError, "off the globe"),
        ((1, 2, 3), PlaceError, "is not a place"),
        (5, PlaceError, "is not a place"),
        (shapely.LineString([(0, 0), (1, 1)]), PlaceError, "is not a point"),
        (shapely.Point(), PlaceError, "is not a point"),
        ((146.0, 48.0), OutsideScopeError, "the nearest tract is"),
        ((90.0, 40.0), OutsideScopeError, "draws but does not judge"),
        (
            (0.0, 0.0),
            OutsideScopeError,
            "is outside this atlas, which knows land from longitude 58 to 180",
        ),
    ],
)
def test_a_place_that_cannot_be_answered_for_is_refused_with_a_way_on(
    place: Any, error: type, complaint: str
) -> None:
    with pytest.raises(error) as refused:
        sp.sovereignty_of(place, "1950-01-01", atlas=ATLAS)
    assert complaint in str(refused.value)
    assert isinstance(refused.value, SovietPacificError)


def test_a_point_at_sea_snaps_within_the_distance_given() -> None:
    with pytest.raises(
        OutsideScopeError, match=r"nearest tract is moneron, 16\.6 km away: give snap_km=17"
    ):
        sp.sovereignty_of((141.0, 46.2), "1930-01-01", atlas=ATLAS)
    answer = sp.sovereignty_of((141.0, 46.2), "1930-01-01", snap_km=17, atlas=ATLAS)
    assert answer.tract == "moneron"
    assert 16.5 < answer.distance_km < 16.7
    assert (
        sp.sovereignty_of((141.232, 46.255), "1930-01-01", snap_km=17, atlas=ATLAS).distance_km == 0
    )
    with pytest.raises(OptionError, match="is not a distance"):
        sp.sovereignty_of((141.0, 46.2), "1930-01-01", snap_km=-1, atlas=ATLAS)


@pytest.mark.parametrize(
    "place", [(147.9, 45.0), [147.9, 45.0], np.array([147.9, 45.0]), shapely.Point(147.9, 45.0)]
)
def test_a_point_may_come_in_any_usual_form(place: Any) -> None:
    assert sp.sovereignty_of(place, "1930-01-01", atlas=ATLAS).tract == "iturup"


def test_unknown_views_details_and_regions_are_refused_by_name() -> None:
    with pytest.raises(
        ViewError, match="'legal' is not a view; allowed: control, sovereignty, title"
    ):
        sp.borders_at("1945-09-02", view="legal", atlas=ATLAS)
    with pytest.raises(OptionError, match="'coarse' is not a detail; allowed: fine, light"):
        sp.borders_at("1945-09-02", detail="coarse", atlas=ATLAS)
    with pytest.raises(
        UnknownPlaceError,
        match="no region is called 'kuril'; regions are dotted paths such as kurils",
    ):
        sp.borders_at("1945-09-02", region="kuril", atlas=ATLAS)


def test_every_question_refuses_a_day_before_the_first() -> None:
    for ask in (
        sp.borders_at,
        sp.tracts_at,
        sp.lines_at,
        partial(sp.sovereignty_of, "urup"),
    ):
        with pytest.raises(
            DayError, match="1840-01-01 is before 1855-01-01, the first day of this atlas"
        ):
            ask("1840-01-01", atlas=ATLAS)


def test_registers_are_frames() -> None:
    assert "portsmouth-1905" in set(sp.instruments(atlas=ATLAS)["instrument"])
    assert {"russian-empire", "china/ccp"} <= set(sp.polities(atlas=ATLAS)["polity"])
    assert sp.sources(atlas=ATLAS)["seen"].dtype == bool


def test_every_row_cites_a_source_and_an_instrument_that_are_registered() -> None:
    sources, instruments = (
        set(sp.sources(atlas=ATLAS)["source"]),
        set(sp.instruments(atlas=ATLAS)["instrument"]),
    )
    for tract in ATLAS.tracts.values():
        for tenures in tract.timelines.values():
            for tenure in tenures:
                assert tenure.instrument in instruments
                assert {source.split(" ", 1)[0] for source in tenure.sources} <= sources


def test_a_question_is_put_to_the_shipped_atlas_unless_another_is_given() -> None:
    assert told(sovietpacific.borders_at("1945-09-02")) == told(
        sp.borders_at("1945-09-02", atlas=ATLAS)
    )
    assert set(sovietpacific.__all__) <= set(dir(sovietpacific))
    with pytest.raises(AttributeError, match="No sovietpacific attribute border_at"):
        _ = sovietpacific.border_at


def test_points_on_the_very_edges_are_answered_as_geos_answers_on_whole_shapes() -> None:
    tracts = sp.tracts_at("2026-01-01", atlas=ATLAS)
    shapes, names = tracts.geometry.to_numpy(), tracts["tract"].to_numpy()
    shapely.prepare(shapes)
    chosen = np.random.default_rng(7)
    for region in (
        "manchuria.heilongjiang",
        "manchuria.jehol",
        "amur",
        "korea",
        "sakhalin.south",
        "kurils",
    ):
        inside = [index for index, name in enumerate(names) if ATLAS.tracts[name].lies_in(region)]
        xy = shapely.get_coordinates(
            shapes[max(inside, key=lambda index: shapely.area(shapes[index]))]
        )
        vertices = xy[chosen.choice(len(xy), 60)]
        middles = (xy[1:] + xy[:-1])[chosen.choice(len(xy) - 1, 60)] / 2
        for lon, lat in [
            *vertices,
            *middles,
            *np.nextafter(vertices, 0),
            *np.nextafter(vertices, 180),
        ]:
            holding = [str(key) for key in names[shapely.intersects_xy(shapes, lon, lat)]]
            try:
                assert sp.sovereignty_of((lon, lat), "2026-01-01", atlas=ATLAS).tract == min(
                    holding
                )
            except OutsideScopeError:
                assert not holding


def test_the_answer_reads_well_in_a_terminal() -> None:
    answer = sp.sovereignty_of("Urup", "1950-01-01", atlas=ATLAS)
    assert repr(answer) == str(answer)
    assert str(answer).splitlines()[:2] == [
        "Urup [urup] on 1950-01-01",
        "  control     soviet-union (administered) 1946-02-02 to 1952-04-28 by decree-1946-02-02 [firm]",
    ]


def test_the_atlas_cannot_be_changed_from_outside() -> None:
    with pytest.raises(TypeError):
        ATLAS.tracts["urup"] = ATLAS.tracts["iturup"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        ATLAS.tracts["urup"].area_km2 = 0  # type: ignore[misc]


@pytest.mark.parametrize("place", ["Zhenbao", "Signalny", "Urup", "Outer Mongolia", "siberia-rest"])
def test_a_card_shows_the_tract_in_its_surroundings_and_stays_small(place: str) -> None:
    card = sp.sovereignty_of(place, "1969-03-02", atlas=ATLAS)._repr_html_()
    assert card.count("data-own") >= 1
    assert len(card) < 60_000


HOSTILE = [
    *(
        None,
        True,
        0,
        1.5,
        float("nan"),
        b"x",
        {},
        [],
        (),
        (1,),
        (1, 2, 3),
        ("a", "b"),
        ("140", "45"),
        [None, None],
        object(),
        "",
        "\0",
    ),
    *(
        "x" * 20_000,
        {"lon": 1},
        np.array([[1, 2]]),
        complex(1, 2),
        (10**400, 1),
        np.float64("nan"),
        "1945-13-01",
        -1,
    ),
]


@pytest.mark.parametrize("given", HOSTILE, ids=lambda given: repr(given)[:20])
def test_whatever_is_given_the_refusal_is_ours(given: Any) -> None:
    questions = (
        lambda: sp.sovereignty_of(given, "1945-09-02", atlas=ATLAS),
        lambda: sp.sovereignty_of("urup", given, atlas=ATLAS),
        lambda: sp.sovereignty_of(
            (140.0, 45.0),
            "1945-09-02",
            snap_km=-1 if isinstance(given, int | float) else given,
            atlas=ATLAS,
        ),
        lambda: sp.borders_at(given, atlas=ATLAS),
        lambda: sp.borders_at("1945-09-02", view=given, atlas=ATLAS),
        lambda: sp.borders_at(
            "1945-09-02", region=given if given is not None else "none", atlas=ATLAS
        ),
        lambda: sp.borders_at("1945-09-02", detail=given, atlas=ATLAS),
        lambda: sp.lines_at("1945-09-02", view=given, atlas=ATLAS),
        lambda: sp.history_of(given, atlas=ATLAS),
        lambda: sp.epochs(given, atlas=ATLAS),
        lambda: sp.changes_between(given, "1945-01-01", atlas=ATLAS),
        lambda: sp.changes_between("1945-01-01", given, atlas=ATLAS),
    )
    for ask in questions:
        with pytest.raises(SovietPacificError):
            ask()


def test_a_walk_over_all_epochs_keeps_only_some_maps() -> None:
    for since in EPOCHS["control"]["since"]:
        sp.borders_at(since, region="kurils.south", detail="light", atlas=ATLAS)
    assert len(ATLAS._maps) <= 32
    assert (
        told(sp.borders_at("1855-01-01", region="kurils.south", detail="light", atlas=ATLAS))[0][0]
        == "japan"
    )
