"""The answers a strict historian would give: each case names its day, its place, what is expected, and where that is from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sovietpacific import Atlas

CASES = list(csv.DictReader((Path(__file__).parent / "known_days.csv").read_text(encoding="utf-8").splitlines()))
VIEWS = ("control", "sovereignty", "title")


def text_of(answer: object) -> str:
    lineages, standing = answer.lineages, answer.standing  # type: ignore[attr-defined]
    return ("|" if standing == "contested" else "+").join(lineages)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["status"] == "answer"], ids=lambda c: f"{c['case']} {c['place']} {c['day']}"
)
def test_a_known_day_has_its_known_answer(case: dict[str, str], atlas: Atlas) -> None:
    answer = atlas.sovereignty_of((float(case["lon"]), float(case["lat"])), case["day"], snap_km=float(case["snap_km"] or 0))
    assert answer.tract == case["tract"]
    for view in VIEWS:
        assert text_of(getattr(answer, view)) == case[view], view
    if case["control_polity"]:
        assert answer.control.polities == (case["control_polity"],)
    if case["control_standing"]:
        assert answer.control.standing == case["control_standing"]


@pytest.mark.parametrize("case", [c for c in CASES if c["status"] == "answer"], ids=lambda c: c["case"])
def test_the_tract_asked_by_id_gives_the_same_answer(case: dict[str, str], atlas: Atlas) -> None:
    by_id, point = atlas.sovereignty_of(case["tract"], case["day"]), (float(case["lon"]), float(case["lat"]))
    by_point = atlas.sovereignty_of(point, case["day"], snap_km=float(case["snap_km"] or 0))
    assert [getattr(by_id, view) for view in VIEWS] == [getattr(by_point, view) for view in VIEWS]


def test_what_waits_says_why() -> None:
    assert {case["status"] for case in CASES} == {"answer", "waiting"}
    assert all(case["reason"] for case in CASES if case["status"] == "waiting")
    assert all(case["source"] for case in CASES)
