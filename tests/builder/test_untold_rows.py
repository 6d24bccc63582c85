"""A row of land that is not told says so and nothing else: no holder, no act, no certainty but
approximate, and always why.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sovietpacific.builder.seeds import read_seeds
from sovietpacific.builder.timeline import make_timelines
from sovietpacific.errors import SeedError
from tests.support.small_seeds import INSTRUMENTS, LANDING, TRACTS, write_small_seeds

ACTS = INSTRUMENTS + '[telling]\nname = "Limit of what this atlas tells"\n'
UNTOLD = '{ since = 1920-01-01, holder = [], standing = "untold", by = "telling", was = "japan", sources = ["book-1974"], certainty = "approximate", seen = false, note = "A civil war" }'
AGAIN = LANDING.replace('was = "japan"', "was = []")
LEGAL = '[chain.east]\nsovereignty = [\n    { since = 1855-01-01, holder = [], standing = "untold", by = "series-start", sources = ["book-1974"], certainty = "approximate", seen = false, note = "A civil war" },\n]'


def problems_of(
    folder: Path, *, untold: str = UNTOLD, after: str = AGAIN, head: str = "[chain.east]"
) -> list[str]:
    """Give what is wrong with small seeds whose eastern island has a row that is not told."""
    tracts = TRACTS.replace(LANDING, f"{untold},\n    {after}", 1).replace("[chain.east]", head, 1)
    try:
        return make_timelines(
            read_seeds(write_small_seeds(folder, tracts=tracts, instruments=ACTS))
        )[1]
    except SeedError as wrong:
        return [str(wrong)]


def test_land_that_is_not_told_keeps_its_sovereign(tmp_path: Path) -> None:
    tracts = TRACTS.replace(LANDING, f"{UNTOLD},\n    {AGAIN}", 1)
    timelines, problems = make_timelines(
        read_seeds(write_small_seeds(tmp_path, tracts=tracts, instruments=ACTS))
    )
    assert problems == []
    untold = timelines["east"].control[2]
    assert (untold.holders, untold.standing, untold.instrument, untold.on) == (
        (),
        "untold",
        "telling",
        "",
    )
    assert [tenure.holders for tenure in timelines["east"].sovereignty] == [("russia",), ("japan",)]


def test_the_telling_may_begin_again_without_an_act(tmp_path: Path) -> None:
    again = AGAIN.replace('by = "landing-1945", on = "carried out"', 'by = "telling"')
    assert problems_of(tmp_path, after=again) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "holder = []",
            'holder = "russia"',
            "standing untold with holder ['russia']; it takes nobody: holder = []",
        ),
        (
            '"approximate"',
            '"firm"',
            "certainty = 'firm' on an untold row; what is not told is never sure: approximate",
        ),
        ('"approximate"', '"probable"', "certainty = 'probable' on an untold row"),
        (', note = "A civil war"', "", "an untold row needs a note"),
        (
            'by = "telling"',
            'by = "landing-1945", on = "signed"',
            "by = 'landing-1945' on an untold row; no act ends the telling",
        ),
        ("since = 1920-01-01", "since = 1854-01-01", "before 1855-01-01"),
    ],
)
def test_an_untold_row_that_says_more_or_less_is_refused(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in UNTOLD
    (problem,) = problems_of(tmp_path, untold=UNTOLD.replace(old, new, 1))
    assert complaint in problem


def test_no_row_but_an_untold_one_or_the_one_after_it_is_by_the_telling(tmp_path: Path) -> None:
    told = UNTOLD.replace("holder = []", 'holder = "russia"').replace('"untold"', '"occupied"')
    (problem,) = problems_of(
        tmp_path, untold=told, after=LANDING.replace('was = "japan"', 'was = "russia"')
    )
    assert "by = 'telling' is for untold rows and the row after one; name the act" in problem


def test_sovereignty_and_title_are_always_told(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, head=LEGAL)
    assert "standing = 'untold'; allowed: sovereign" in problem
