"""Tests that a named line is given on the days it was in force, with the act and the source, and on
no other.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import sovietpacific as sp
from sovietpacific import Atlas, load_atlas
from sovietpacific.builder.lines import check_lines, read_lines
from sovietpacific.builder.lives import read_lives
from sovietpacific.builder.pipeline import build
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.errors import SeedError
from sovietpacific.facts.records import NamedLine

ROOT = Path(__file__).parents[2]
ATLAS: Atlas = load_atlas()
LINES = read_lines(ROOT / "seeds")
DAY = timedelta(days=1)


def given(day: str | date, **asked: str) -> set[str]:
    return set(sp.lines_at(day, **asked, atlas=ATLAS)["line"]) - {""}


def row_of(line: str, day: str, view: str = "control") -> dict[str, object]:
    rows = sp.lines_at(day, view=view, atlas=ATLAS).to_dict("records")
    return next(row for row in rows if row["line"] == line)


def test_every_named_line_states_how_far_to_trust_it() -> None:
    assert all(line.record.accuracy_km > 0 and line.record.drawn for line in LINES.values())


def test_every_life_names_its_act_and_its_sources() -> None:
    lives = [life for line in LINES.values() for life in line.record.lives]
    assert len(lives) > 60
    assert all(life.basis and life.sources for life in lives)
    assert sum(life.seen for life in lives) / len(lives) >= 0.85


def test_lines_lean_on_nothing_the_seeds_do_not_have() -> None:
    assert check_lines(LINES, read_seeds(ROOT / "seeds")) == []


@pytest.mark.parametrize(
    "key", [key for key, line in LINES.items() if line.record.lives and not line.record.between]
)
def test_a_line_is_given_on_no_day_outside_its_lives(key: str) -> None:
    lives = LINES[key].record.lives
    for life in lives:
        for day in (life.since - DAY, *([life.until] if life.until else [])):
            if day >= date(1855, 1, 1) and not any(other.covers(day) for other in lives):
                assert key not in given(day)


@pytest.mark.parametrize(
    "key", [key for key, line in LINES.items() if line.free and not line.record.between]
)
def test_a_free_line_is_given_on_every_day_of_its_lives(key: str) -> None:
    for life in LINES[key].record.lives:
        for day in (life.since, *([life.until - DAY] if life.until else [date(2020, 1, 1)])):
            row = row_of(key, day.isoformat())
            assert (row["basis"], row["status"], row["since"]) == (
                life.basis,
                "line",
                life.since.isoformat(),
            )


def test_edges_part_two_holders_and_lines_do_not() -> None:
    for day in ("1900-01-01", "1930-01-01", "1951-05-01", "1990-01-01"):
        for row in sp.lines_at(day, atlas=ATLAS).to_dict("records"):
            assert row["status"] in ("edge", "line", "front")
            assert (row["kind"] in ("sea", "railway", "front")) or (row["status"] == "edge") == (
                row["left"] != row["right"]
            )
            assert bool(row["basis"]) == bool(row["sources"]) == bool(row["certainty"])


def test_no_edge_is_the_demarcation_line_before_the_armistice() -> None:
    assert "mdl" not in given("1953-07-26")
    assert "mdl" in given("1953-07-27")
    assert row_of("mdl", "1953-07-27")["basis"] == "armistice-1953"


def test_the_act_behind_a_border_changes_while_the_border_stays() -> None:
    acts = [row_of("amur", day)["basis"] for day in ("1859-01-01", "1870-01-01", "1995-01-01")]
    assert acts == ["aigun-1858", "peking-1860", "sino-soviet-1991"]


def test_a_line_may_live_more_than_once() -> None:
    days = {
        "1900-01-01": False,
        "1910-01-01": True,
        "1930-01-01": True,
        "1940-01-01": False,
        "1948-01-01": True,
        "1953-01-01": False,
    }
    assert {day: "cer-main" in given(day) for day in days} == days


def test_a_line_inside_one_holders_land_is_given_and_parts_nobody() -> None:
    row = row_of("neutral-zone-limit", "1899-01-01")
    assert (row["status"], row["left"], row["right"]) == ("line", "china", "china")


def test_the_northern_limit_line_is_honest_about_its_day() -> None:
    early, late = (
        row_of("northern-limit-line", "1960-01-01"),
        row_of("northern-limit-line", "1970-01-01"),
    )
    assert (early["certainty"], early["seen"]) == ("approximate", False)
    assert late["seen"]
    assert row_of("northern-limit-line", "1954-01-01")["since"] == "1953-08-30"
    assert "northern-limit-line" not in given("1953-08-29")


def test_a_line_at_sea_between_islands_follows_the_view() -> None:
    assert "iturup-urup-strait" in given("1960-01-01", view="title")
    assert "iturup-urup-strait" not in given("1960-01-01", view="control")
    assert "iturup-urup-strait" in given("1860-01-01")


def test_a_region_has_its_own_railways_and_no_others() -> None:
    assert "cer-main" in given("1910-01-01", region="manchuria")
    assert "cer-main" not in given("1910-01-01", region="korea")


def test_a_life_that_cannot_be_is_refused() -> None:
    first = {
        "since": date(1900, 1, 1),
        "until": date(1910, 1, 1),
        "basis": "act",
        "sources": ["book"],
        "certainty": "firm",
        "seen": True,
    }
    assert len(read_lives({"lives": [first]}, "line")) == 1
    for wrong, said in (
        ({"since": "1900"}, "is not a day"),
        ({"until": date(1899, 1, 1)}, "ends on 1899-01-01"),
        ({"basis": ""}, "name the instrument"),
        ({"sources": []}, "at least one"),
        ({"certainty": "sure"}, "allowed: firm"),
        ({"seen": "yes"}, "true or false"),
        ({"extra": 1}, "unknown key extra"),
    ):
        with pytest.raises(SeedError, match=said):
            read_lives({"lives": [{**first, **wrong}]}, "line")
    with pytest.raises(SeedError, match="has not ended"):
        read_lives({"lives": [first, {**first, "since": date(1909, 1, 1)}]}, "line")
    with pytest.raises(SeedError, match="write a list of spans"):
        read_lives({"lives": "always"}, "line")


def test_what_a_life_does_not_say_the_line_says_for_all() -> None:
    shared = {"sources": ["book p. 1"], "certainty": "firm", "seen": True}
    lives = [
        {"since": date(1900, 1, 1), "until": date(1901, 1, 1), "basis": "act"},
        {"since": date(1902, 1, 1), "basis": "act", "seen": False},
    ]
    first, second = read_lives({**shared, "lives": lives}, "line")
    assert (first.seen, second.seen, second.sources) == (True, False, ("book p. 1",))
    record = NamedLine("line", "Line", "survey", 1.0, "by hand", "", None, (first, second))
    assert record.life_on(date(1901, 6, 1)) is None
    assert record.life_on(date(1903, 6, 1)) is second


def test_a_line_that_names_an_unknown_act_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for path in (ROOT / "seeds").iterdir():
        if path.name != "lines.toml":
            (tmp_path / "seeds" / path.name).symlink_to(path)
    text = (ROOT / "seeds" / "lines.toml").read_text(encoding="utf-8")
    (tmp_path / "seeds" / "lines.toml").write_text(
        text.replace('basis = "tanggu-1933"', 'basis = "tanggu-1934"'), encoding="utf-8"
    )
    with pytest.raises(SeedError, match="line great-wall: basis 'tanggu-1934' is not in the seeds"):
        build(tmp_path / "seeds", tmp_path / "data")


@pytest.mark.parametrize("view", ["control", "sovereignty", "title", "japan"])
def test_a_pair_of_holders_is_one_pair_whichever_way_its_lines_run(atlas: Atlas, view: str) -> None:
    for day in ("1875-01-01", "1905-09-05", "1939-05-11", "1945-08-20", "1950-11-25", "2020-01-01"):
        if date.fromisoformat(day) < atlas.time.first_day(view):
            continue
        lines = sp.lines_at(day, view=view, atlas=atlas)
        pairs = set(zip(lines["left"], lines["right"], strict=True))
        assert all(left <= right for left, right in pairs)
        for row in lines[lines["left_tract"] != ""].itertuples():
            sides = [
                (atlas.time.hold(tract, view, date.fromisoformat(day)).holder, tract)
                for tract in (row.left_tract, row.right_tract)
            ]
            assert sides == [(row.left, row.left_tract), (row.right, row.right_tract)]
