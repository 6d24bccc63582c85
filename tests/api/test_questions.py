"""Every question is answered by the atlas it is put to, and every frame says what it is of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific import atlas as atlas_module
from sovietpacific.answers import texts
from sovietpacific.api import one_day
from sovietpacific.facts.records import VIEWS
from sovietpacific.facts.store import Store
from sovietpacific.labels.frames import label_frame
from sovietpacific.labels.labeller import USUAL_COLUMNS, labeller_of

DAY = "1945-09-02"


@pytest.fixture(scope="module")
def fresh() -> Atlas:
    """Give an atlas that nobody has asked anything."""
    return Atlas(Store(sp.load_atlas().shapes._store.folder))


@pytest.mark.parametrize(
    ("question", "values", "options"),
    [
        (
            "borders_at",
            (DAY,),
            {"view": "title", "region": "kurils", "detail": "light", "context": True},
        ),
        ("tracts_at", (DAY,), {"region": "kurils", "detail": "light"}),
        ("lines_at", (DAY,), {"view": "title", "region": "sakhalin", "detail": "light"}),
        ("history_of", ("urup",), {"view": "title"}),
        ("changes_between", ("1945-08-08", DAY), {"region": "manchuria", "certain_only": True}),
        ("changes_between", ("1945-08-08", "1956-01-01"), {"view": "title", "region": "kurils"}),
        ("epochs", ("title",), {}),
        ("instruments", (), {}),
        ("polities", (), {}),
        ("places", ("Dairen",), {}),
        ("places", (), {}),
        ("sources", (), {}),
    ],
)
def test_another_atlas_of_the_same_data_answers_the_same(
    fresh: Atlas, question: str, values: Any, options: Any
) -> None:
    asked, answered = (
        getattr(sp, question)(*values, **options),
        getattr(sp, question)(*values, **options, atlas=fresh),
    )
    assert len(asked) > 0
    assert asked.attrs == answered.attrs
    pd.testing.assert_frame_equal(pd.DataFrame(asked), pd.DataFrame(answered))


def test_an_atlas_says_how_much_it_holds_and_of_which_edition(fresh: Atlas) -> None:
    judged = len(sp.tracts_at(DAY, detail="light", atlas=fresh))
    assert repr(fresh) == f"<Atlas {fresh.version}: {judged} tracts, 1855-01-01 to {fresh.as_of}>"
    assert fresh.credit == f"{texts.CREDIT}; sovietpacific {fresh.version}"


def test_an_atlas_names_its_views_regions_and_registers(fresh: Atlas) -> None:
    assert list(fresh.views)[:3] == list(VIEWS)
    assert fresh.views["japan"] == fresh.records.views["japan"].name
    assert list(fresh.regions) == sorted(fresh.region_names)
    assert fresh.region_names["kurils"] == "Kuril Islands"
    assert fresh.polity_names["soviet-union"] == "Soviet Union"
    assert fresh.lineages["japan"] == "Japan"
    with pytest.raises(TypeError):
        fresh.tracts["urup"] = fresh.tracts["iturup"]  # type: ignore[index]


@pytest.mark.parametrize("region", [None, "kurils.south"])
def test_a_frame_names_its_view_day_region_version_and_credit(
    fresh: Atlas, region: str | None
) -> None:
    about = {"day": DAY, "version": fresh.version, "credit": fresh.credit} | (
        {"region": region} if region else {}
    )
    options: dict[str, Any] = {"region": region, "detail": "light"}
    assert sp.borders_at(DAY, view="title", **options, atlas=fresh).attrs == {
        "view": "title",
        **about,
    }
    assert sp.tracts_at(DAY, **options, atlas=fresh).attrs == {"view": "all views", **about}
    assert sp.lines_at(DAY, view="title", **options, atlas=fresh).attrs == {
        "view": "title",
        **about,
    }
    changes = sp.changes_between("1945-08-31", DAY, region=region, atlas=fresh)
    assert changes.attrs == {"view": "control", "first": "1945-08-31", **about}
    assert sp.history_of("urup", view="title", atlas=fresh).attrs == {
        "view": "title",
        "tract": "urup",
        "version": fresh.version,
    }
    assert sp.epochs("title", atlas=fresh).attrs == {"view": "title", "version": fresh.version}
    assert sp.places(atlas=fresh).attrs == {"version": fresh.version, "credit": fresh.credit}, (
        "most of them are of GeoNames"
    )


def test_a_kept_map_names_the_day_it_is_asked_for(fresh: Atlas) -> None:
    first, later = (
        sp.borders_at(day, region="kurils", detail="light", atlas=fresh)
        for day in ("1945-08-31", "1945-08-31")
    )
    assert first.attrs == later.attrs
    assert (
        sp.borders_at("1946-02-01", region="kurils", detail="light", atlas=fresh).attrs["day"]
        == "1946-02-01"
    )


@pytest.mark.parametrize("question", ["borders_at", "tracts_at", "lines_at"])
def test_light_shapes_have_fewer_vertices_and_the_same_rows(fresh: Atlas, question: str) -> None:
    fine, light = (
        getattr(sp, question)("1930-01-01", detail=detail, atlas=fresh)
        for detail in ("fine", "light")
    )
    assert list(fine.columns) == list(light.columns)
    assert fine.drop(columns="geometry").equals(light.drop(columns="geometry"))
    assert light.geometry.count_coordinates().sum() < fine.geometry.count_coordinates().sum()
    assert getattr(sp, question)("1930-01-01", atlas=fresh).geometry.equals(fine.geometry)


def test_the_backdrop_is_one_row_of_all_land_that_is_not_judged(fresh: Atlas) -> None:
    frame = sp.borders_at(DAY, detail="light", context=True, atlas=fresh)
    (row,) = frame[frame["standing"] == "context"].to_dict("records")
    assert row["tracts"].split("; ") == [
        key for key, tract in fresh.tracts.items() if not tract.judged
    ]
    assert (row["holder"], row["polity"], row["sovereign"]) == ("", "", "")
    assert row["area_km2"] == pytest.approx(
        sum(tract.area_km2 for tract in fresh.tracts.values() if not tract.judged)
    )
    assert not row["geometry"].is_empty


def test_answers_kept_are_given_up_when_they_are_many(
    fresh: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas_module, "ANSWERS_KEPT", 3)
    days = [f"19{year}-06-01" for year in range(30, 40)]
    answers, kept = [], []
    for day in days:
        answers.append(sp.sovereignty_of("urup", day, atlas=fresh))
        kept.append(len(fresh._answers))
    assert max(kept) == 3
    assert [sp.sovereignty_of("urup", day, atlas=fresh).control for day in days] == [
        answer.control for answer in answers
    ]
    assert [answer.claims for answer in answers] == [
        sp.sovereignty_of("urup", day, atlas=fresh).claims for day in days
    ]


def test_a_map_is_made_once_for_all_days_of_its_epoch(
    fresh: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    since, until = next(iter(sp.epochs(atlas=fresh).itertuples(index=False)))
    made = sp.borders_at(since, region="kurils.north", detail="light", atlas=fresh)
    last = (date.fromisoformat(until) - timedelta(days=1)).isoformat()
    monkeypatch.setattr(one_day, "_border_frame", None)
    pd.testing.assert_frame_equal(
        pd.DataFrame(sp.borders_at(last, region="kurils.north", detail="light", atlas=fresh)),
        pd.DataFrame(made),
    )


def test_maps_kept_are_as_many_as_are_said(fresh: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atlas_module, "MAPS_KEPT", 3)
    for view in ("control", "sovereignty", "title"):
        for day in ("1900-01-01", "1930-01-01"):
            sp.borders_at(day, view=view, region="kurils.south", detail="light", atlas=fresh)
    assert len(fresh._maps) == 3


def test_one_timetable_is_made_for_each_view(fresh: Atlas) -> None:
    first = labeller_of(fresh, view="title").timetable
    assert labeller_of(fresh, view="title").timetable is first
    assert labeller_of(fresh, view="control").timetable is not first
    assert labeller_of(fresh, view="title").about == {
        "view": "title",
        "version": fresh.version,
        "credit": fresh.credit,
    }


def test_an_answer_gives_the_place_as_it_was_asked_for(fresh: Atlas) -> None:
    by_name = sp.sovereignty_of("Etorofu", DAY, atlas=fresh)
    assert (by_name.place, by_name.tract, by_name.name, by_name.distance_km) == (
        "Etorofu",
        "iturup",
        "Iturup",
        0.0,
    )
    by_point = sp.sovereignty_of((147.9, 45.0), DAY, atlas=fresh)
    assert (by_point.place, by_point.tract, by_point.name) == ("147.9, 45.0", "iturup", "Iturup")
    assert by_point.state_map is None
    on_map = sp.sovereignty_of("Etorofu", DAY, view="russia", atlas=fresh)
    assert (on_map.state, on_map.state_map is None) == ("russia", False)
    for view in VIEWS:
        assert (sp.sovereignty_of("Etorofu", DAY, view=view, atlas=fresh).state, by_name.state) == (
            "",
            "",
        )


def test_a_tract_without_a_place_of_its_name_is_no_distance_off(fresh: Atlas) -> None:
    named = {place.tract for place in fresh.records.places.values()}
    bare = [key for key, tract in fresh.tracts.items() if tract.judged and key not in named]
    assert len(bare) > 10
    assert {sp.sovereignty_of(key, DAY, atlas=fresh).distance_km for key in bare} == {0.0}


def test_changes_of_a_region_are_those_of_its_tracts(fresh: Atlas) -> None:
    tracts = {
        region: {
            key
            for row in sp.changes_between("1945-08-08", DAY, region=region, atlas=fresh)["tracts"]
            for key in row.split("; ")
        }
        for region in (None, "kurils", "korea")
    }
    for region in ("kurils", "korea"):
        assert tracts[region] == {key for key in tracts[None] if fresh.tracts[key].lies_in(region)}
        assert tracts[region]


def test_a_history_of_a_point_is_that_of_its_tract(fresh: Atlas) -> None:
    assert sp.history_of((147.9, 45.0), atlas=fresh).equals(sp.history_of("Etorofu", atlas=fresh))
    with pytest.raises(
        sp.OutsideScopeError,
        match=r"115\.6 km away; land farther away than 50 km does not answer for the sea",
    ):
        sp.history_of((146.0, 48.0), atlas=fresh)
    with pytest.raises(
        sp.OutsideScopeError,
        match=r"'backdrop-usa' is drawn for orientation only; this atlas does not judge whose it was",
    ):
        sp.history_of("backdrop-usa", atlas=fresh)


def test_epochs_follow_each_other_and_the_last_is_open(fresh: Atlas) -> None:
    epochs = sp.epochs(atlas=fresh)
    assert list(epochs.columns) == ["since", "until"]
    assert epochs["since"].iloc[0] == "1855-01-01"
    assert epochs["until"].iloc[:-1].tolist() == epochs["since"].iloc[1:].tolist()
    assert epochs["until"].isna().sum() == 1
    assert sp.epochs(atlas=fresh).equals(sp.epochs("control", atlas=fresh))


@pytest.mark.parametrize("question", ["borders_at", "tracts_at", "lines_at"])
def test_every_map_refuses_regions_and_details_it_does_not_know(
    fresh: Atlas, question: str
) -> None:
    with pytest.raises(sp.UnknownPlaceError, match="no region is called 'kuril'"):
        getattr(sp, question)(DAY, region="kuril", atlas=fresh)
    with pytest.raises(sp.OptionError, match="'coarse' is not a detail; allowed: fine, light"):
        getattr(sp, question)(DAY, detail="coarse", atlas=fresh)


@pytest.mark.parametrize(
    "ask",
    [
        lambda atlas, **view: sp.borders_at("1930-01-01", **view, atlas=atlas),
        lambda atlas, **view: sp.lines_at("1930-01-01", **view, atlas=atlas),
    ],
)
def test_the_map_of_a_state_begins_with_the_state(fresh: Atlas, ask: Any) -> None:
    with pytest.raises(sp.DayError, match="1930-01-01"):
        ask(fresh, view="dprk")


def test_an_answer_on_the_map_of_a_state_begins_with_the_state(fresh: Atlas) -> None:
    with pytest.raises(
        sp.DayError, match=r"1930-01-01 is before .*, the first map of the view 'dprk'"
    ):
        sp.sovereignty_of("urup", "1930-01-01", view="dprk", atlas=fresh)


def test_an_answer_by_name_tells_the_names_of_the_day(fresh: Atlas) -> None:
    assert "Dairen" in sp.sovereignty_of("Dairen", "1930-01-01", atlas=fresh).names
    assert sp.sovereignty_of((147.9, 45.0), "1930-01-01", atlas=fresh).names == ()


def test_an_atlas_that_was_just_made_answers_every_kind_of_question() -> None:
    made = Atlas(Store(sp.load_atlas().shapes._store.folder))
    answer = sp.sovereignty_of("Etorofu", DAY, view="japan", atlas=made)
    assert (answer.tract, answer.state, answer.control.standing) == ("iturup", "japan", "occupied")
    assert answer.state_map is not None
    assert sp.sovereignty_of((147.9, 45.0), DAY, atlas=made).control == answer.control
    assert (
        sp.borders_at(DAY, region="kurils", detail="light", atlas=made)["area_km2"].sum() > 10_000
    )
    assert labeller_of(made, view="japan").about["view"] == "japan"
    assert (
        sp.places("Dairen", atlas=made)["tract"].iloc[0]
        == sp.sovereignty_of("Dairen", DAY, atlas=made).tract
    )


def test_changes_on_the_map_of_a_state_begin_with_the_state(fresh: Atlas) -> None:
    for start, end in (("1930-01-01", "1960-01-01"), ("1930-01-01", "1931-01-01")):
        with pytest.raises(sp.DayError, match="1930-01-01"):
            sp.changes_between(start, end, view="dprk", atlas=fresh)


#: A point at sea less than half a kilometre off Urup.
OFF_SHORE = (150.5988, 46.2403)


def test_nothing_snaps_unless_it_is_asked_to(fresh: Atlas) -> None:
    for ask in (
        lambda place: sp.history_of(place, atlas=fresh),
        lambda place: sp.sovereignty_of(place, DAY, atlas=fresh),
    ):
        with pytest.raises(
            sp.OutsideScopeError, match=r"the nearest tract is urup, 0\.4 km away: give snap_km=1"
        ):
            ask(OFF_SHORE)
    assert sp.sovereignty_of(OFF_SHORE, DAY, snap_km=1, atlas=fresh).tract == "urup"


def test_a_labeller_answers_control_in_the_usual_columns_unless_asked_otherwise(
    fresh: Atlas,
) -> None:
    points = pd.DataFrame(
        {"lon": [147.9, OFF_SHORE[0]], "lat": [45.0, OFF_SHORE[1]], "date": [DAY, DAY]}
    )
    usual = label_frame(labeller_of(fresh), points, "lon", "lat", "date")
    assert list(usual.columns[3:]) == list(USUAL_COLUMNS)
    assert usual["tract"].astype(object).where(usual["tract"].notna(), None).tolist() == [
        "iturup",
        None,
    ]
    assert (
        usual["standing"].iloc[0] == sp.sovereignty_of("Iturup", DAY, atlas=fresh).control.standing
    )
    assert labeller_of(fresh).about["view"] == "control"
    other = labeller_of(
        fresh, view="title", snap_km=1.0, columns=("tract", "standing"), prefix="by_"
    )
    labelled = label_frame(other, points, "lon", "lat", "date")
    assert list(labelled.columns[3:]) == ["by_tract", "by_standing", "by_distance_km"]
    assert labelled["by_tract"].tolist() == ["iturup", "urup"]
    assert (
        labelled["by_standing"].iloc[0]
        == sp.sovereignty_of("Iturup", DAY, atlas=fresh).title.standing
    )


def test_lines_that_part_no_tracts_are_given_with_their_own_region_only(fresh: Atlas) -> None:
    railways = {"cer-main", "smr-port-arthur"}
    assert railways <= set(sp.lines_at("1930-01-01", region="manchuria", atlas=fresh)["line"])
    assert set(sp.lines_at("1930-01-01", region="sakhalin", atlas=fresh)["line"]) == {"parallel-50"}


def test_a_place_the_gazetteer_lacks_is_refused_by_its_name(fresh: Atlas) -> None:
    with pytest.raises(
        sp.UnknownPlaceError, match="the gazetteer has no place called 'Atlantis'; did you mean"
    ):
        sp.places("Atlantis", atlas=fresh)
