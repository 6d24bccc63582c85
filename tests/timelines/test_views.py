"""A state's own map is a base view with its claims laid over it, from its first map on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas, DayError, ViewError
from sovietpacific.facts.records import Claim, StateView, Tenure
from sovietpacific.timelines.state_maps import lay_over

DAY = date(1900, 1, 1)
OWN = StateView(
    "japan", "as Japan has it", "title", ("japan",), date(1855, 1, 1), {}, {}, ("book",)
)
SOURCES = ("book",)


def tenure(holder: str, day: date, standing: str = "sovereign") -> Tenure:
    return Tenure(
        (holder,) if holder else (), standing, day, "act", "signed", SOURCES, "firm", True
    )


def claim(since: date, until: date | None = None, claimant: str = "japan") -> Claim:
    return Claim(claimant, since, until, "note", SOURCES, "firm", False)


def shown_on(day: date, shown: tuple[Tenure, ...]) -> Tenure:
    return [tenure for tenure in shown if tenure.since <= day][-1]


def test_a_claim_covers_its_days_and_no_other() -> None:
    base = [tenure("russia", DAY)]
    shown = lay_over(base, [claim(date(1910, 5, 1), date(1920, 5, 1))], OWN)
    assert [(t.holders, t.since, t.instrument) for t in shown] == [
        (("russia",), DAY, "act"),
        (("japan",), date(1910, 5, 1), "note"),
        (("russia",), date(1920, 5, 1), "act"),
    ]


def test_claims_of_others_and_of_what_one_has_change_nothing() -> None:
    base = [tenure("japan", DAY), tenure("russia", date(1950, 1, 1))]
    assert lay_over(
        base, [claim(date(1920, 1, 1), date(1940, 1, 1)), claim(DAY, None, "china")], OWN
    ) == tuple(base)


def test_a_state_may_read_one_holder_as_another_from_its_first_map_on() -> None:
    view = StateView(
        "roc",
        "as it has it",
        "sovereignty",
        ("china/roc",),
        date(1949, 10, 1),
        {},
        {"china": "china/roc"},
        SOURCES,
    )
    base = [tenure("china", DAY), tenure("china", date(1950, 1, 1))]
    shown = lay_over(base, [], view)
    assert [t.holders for t in shown] == [("china",), ("china/roc",)]
    assert not any(t.renews for t in shown)


def test_another_claimant_counts_from_the_day_it_was_recognised() -> None:
    since = {"manchukuo": date(1932, 9, 15)}
    view = StateView(
        "japan",
        "as it has it",
        "title",
        ("manchukuo", "japan"),
        date(1855, 1, 1),
        since,
        {},
        SOURCES,
    )
    shown = lay_over(
        [tenure("china", DAY)], [claim(date(1932, 3, 1), date(1945, 8, 18), "manchukuo")], view
    )
    assert [(t.holders, t.since) for t in shown] == [
        (("china",), DAY),
        (("manchukuo",), date(1932, 9, 15)),
        (("china",), date(1945, 8, 18)),
    ]


days = st.dates(date(1855, 1, 1), date(2026, 1, 1))


@given(
    st.lists(st.tuples(days, st.sampled_from(["russia", "japan", "china", ""])), max_size=5),
    st.lists(
        st.tuples(days, st.integers(1, 20_000), st.sampled_from(["japan", "china"])), max_size=4
    ),
    days,
)
def test_on_every_day_the_map_shows_the_claim_or_else_the_base(
    steps: list[tuple[date, str]], spans: list[tuple[date, int, str]], asked: date
) -> None:
    first = tenure("russia", date(1855, 1, 1))
    later = {
        day: tenure(holder, day, "sovereign" if holder else "unassigned")
        for day, holder in steps
        if day > first.since
    }
    base = [first, *(later[day] for day in sorted(later))]
    claims = [claim(since, since + timedelta(days=length), who) for since, length, who in spans]
    shown = lay_over(base, claims, OWN)
    assert [t.since for t in shown] == sorted({t.since for t in shown})
    upheld = any(c.claimant == "japan" and c.stands_on(asked) for c in claims)
    assert shown_on(asked, shown).holders == (
        ("japan",) if upheld else shown_on(asked, tuple(base)).holders
    )


def test_a_state_has_no_map_before_its_first_day(atlas: Atlas) -> None:
    with pytest.raises(
        DayError,
        match=r"1948-08-14 is before 1948-08-15, the first map of the view 'rok'; ask 'sovereignty'",
    ):
        sp.borders_at("1948-08-14", view="rok", atlas=atlas)
    assert sp.epochs("rok", atlas=atlas)["since"][0] == "1948-08-15"


def test_an_unknown_view_names_all_views(atlas: Atlas) -> None:
    with pytest.raises(
        ViewError,
        match="control, sovereignty, title, china, dprk, japan, mongolia, roc, rok, russia",
    ):
        sp.borders_at("1950-01-01", view="legal", atlas=atlas)


#: What the official map of a state shows: view, place (lon, lat), day, holder as the map has it.
SHOWN = [
    # Japan: the four southern groups its own, southern Sakhalin and the Kurils north of Iturup
    # white since 28 April 1952.
    ("japan", (145.9, 44.1), "1960-01-01", "japan"),
    ("japan", (147.9, 45.0), "2026-01-01", "japan"),
    ("japan", (142.73, 46.96), "1950-01-01", "japan"),
    ("japan", (142.73, 46.96), "1952-04-27", "japan"),
    ("japan", (142.73, 46.96), "1952-04-28", ""),
    ("japan", (142.73, 46.96), "2026-01-01", ""),
    ("japan", (155.8, 50.33), "2026-01-01", ""),
    ("japan", (142.8, 51.8), "2026-01-01", "russia"),
    ("japan", (131.8665, 37.2415), "2026-01-01", "japan"),
    ("japan", (123.43, 41.8), "1932-09-14", "china"),
    ("japan", (123.43, 41.8), "1940-01-01", "manchukuo"),
    # The Soviet Union and Russia: all of it theirs since the decree.
    ("russia", (145.9, 44.1), "1946-02-02", "russia"),
    ("russia", (145.9, 44.1), "2026-01-01", "russia"),
    ("russia", (155.8, 50.33), "1950-01-01", "russia"),
    ("russia", (142.73, 46.96), "1950-01-01", "russia"),
    # China: the islands at Khabarovsk until they were divided; Outer Mongolia as long as it was
    # claimed.
    ("china", (134.6, 48.37), "1980-01-01", "china"),
    ("china", (106.9, 47.9), "1930-01-01", "china"),
    ("china", (106.9, 47.9), "1960-01-01", "mongolia"),
    ("roc", (106.9, 47.9), "1960-01-01", "china/roc"),
    ("roc", (94.45, 51.72), "1960-01-01", "china/roc"),
    ("roc", (123.43, 41.8), "1960-01-01", "china/roc"),
    # The Koreas: each the whole peninsula.
    ("rok", (125.75, 39.02), "1949-01-01", "rok"),
    ("rok", (125.75, 39.02), "2026-01-01", "rok"),
    ("rok", (131.8665, 37.2415), "2026-01-01", "rok"),
    ("dprk", (126.98, 37.57), "1960-01-01", "dprk"),
    # Mongolia: the strip east of the Khalkhin Gol, and itself.
    ("mongolia", (118.65, 47.73), "1938-01-01", "mongolia"),
    ("mongolia", (106.9, 47.9), "1930-01-01", "mongolia"),
]


@pytest.mark.parametrize(("view", "place", "day", "holder"), SHOWN, ids=lambda value: str(value))
def test_the_map_of_a_state_shows_what_it_shows(
    view: str, place: tuple[float, float], day: str, holder: str, atlas: Atlas
) -> None:
    answer = sp.sovereignty_of(place, day, view=view, snap_km=1, atlas=atlas)
    assert answer.state == view
    assert answer.state_map is not None
    shown = answer.state_map.polities if "/" in holder else answer.state_map.lineages
    assert shown == ((holder,) if holder else ())


def test_the_answer_with_a_map_says_whose_it_is(atlas: Atlas) -> None:
    answer = sp.sovereignty_of("Kunashir", "1990-01-01", view="japan", atlas=atlas)
    assert "japan       japan (sovereign)" in str(answer).replace("state-of-japan", "japan")
    assert answer.to_dict()["japan"]["lineages"] == ["japan"]
    assert sp.sovereignty_of("Kunashir", "1990-01-01", atlas=atlas).state_map is None


def test_changes_and_history_follow_the_view(atlas: Atlas) -> None:
    history = sp.history_of("Iturup", view="japan", atlas=atlas)
    assert history["holder"].iloc[-1] == "japan"
    changes = sp.changes_between(
        "1952-04-27", "1952-04-28", view="japan", region="sakhalin", atlas=atlas
    )
    assert set(changes["from"]) == {"japan"}
    assert set(changes["to"]) == {""}
