"""The answers a strict historian would give: each case names its day, its place, what is expected,
and where that is from.

`*` is a view the source does not speak of. A `disputed` case is one whose source and the atlas
differ, and says why; it must differ still, or it is an answer.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import sovietpacific as sp
from sovietpacific import Atlas, Sovereignty

CASES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data" / "known_days.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)
VIEWS = ("control", "sovereignty", "title")


def text_of(answer: object) -> str:
    lineages, standing = answer.lineages, answer.standing  # type: ignore[attr-defined]
    return ("|" if standing == "contested" else "+").join(lineages)


def ask(case: dict[str, str], atlas: Atlas) -> Sovereignty:
    return sp.sovereignty_of(
        (float(case["lon"]), float(case["lat"])),
        case["day"],
        snap_km=float(case["snap_km"] or 0),
        atlas=atlas,
    )


def agrees(case: dict[str, str], answer: Sovereignty) -> bool:
    same = all(case[view] in ("*", text_of(getattr(answer, view))) for view in VIEWS)
    polities = not case["control_polity"] or answer.control.polities == (case["control_polity"],)
    return same and polities and case["control_standing"] in ("", answer.control.standing)


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c["status"] == "answer"],
    ids=lambda c: f"{c['case']} {c['place']} {c['day']}",
)
def test_a_known_day_has_its_known_answer(case: dict[str, str], atlas: Atlas) -> None:
    answer = ask(case, atlas)
    assert answer.tract == case["tract"]
    for view in VIEWS:
        assert case[view] in ("*", text_of(getattr(answer, view))), view
    assert agrees(case, answer)


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c["status"] == "disputed"],
    ids=lambda c: f"{c['case']} {c['place']}",
)
def test_a_disputed_day_is_one_still_and_says_why(case: dict[str, str], atlas: Atlas) -> None:
    answer = ask(case, atlas)
    assert answer.tract == case["tract"]
    assert not agrees(case, answer), "the atlas agrees now: this is an answer"
    assert case["reason"].startswith(("grain: ", "day: ", "rule: ", "source: "))


def test_the_tract_asked_by_id_gives_the_same_answer(atlas: Atlas) -> None:
    for case in CASES:
        by_id, by_point = (
            sp.sovereignty_of(case["tract"], case["day"], atlas=atlas),
            ask(case, atlas),
        )
        assert [getattr(by_id, view) for view in VIEWS] == [
            getattr(by_point, view) for view in VIEWS
        ]


def test_most_cases_are_answers_and_all_say_where_they_are_from() -> None:
    assert {case["status"] for case in CASES} <= {"answer", "disputed"}
    assert len({case["case"] for case in CASES}) == len(CASES)
    assert all(case["source"] for case in CASES)
    assert sum(case["status"] == "answer" for case in CASES) >= 0.9 * len(CASES)
