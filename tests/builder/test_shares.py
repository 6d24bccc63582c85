"""The head of timeline.txt counts truly what was seen, and the fact base keeps above what was
promised of it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sovietpacific.builder.document import make_timeline
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.builder.shares import Count, count_seen
from sovietpacific.builder.timeline import Timelines, make_timelines
from sovietpacific.facts.records import Tenure
from tests.support.small_seeds import write_small_seeds


def tenure(day: int, act: str, on: str, seen: bool, renews: bool = False) -> Tenure:
    return Tenure(
        ("japan",), "sovereign", date(day, 1, 1), act, on, ("book",), "firm", seen, renews=renews
    )


def test_tenures_count_by_tract_and_view_acts_once() -> None:
    start, treaty = (
        tenure(1855, "series-start", "", False),
        tenure(1875, "treaty", "in force", True),
    )
    unread = tenure(1875, "treaty", "in force", False, renews=True)
    landing = tenure(1945, "landing", "carried out", False)
    timelines = {
        "a": Timelines((start, landing), (start, treaty), (start, treaty)),
        "b": Timelines((start, unread, landing), (start, treaty), (start, unread)),
    }
    one, every = count_seen(timelines, {"a": "r.s", "b": "r"})
    assert one.region == "r"
    assert every.tenures == Count(3, 13)
    assert every.legal_changes == Count(3, 3)
    assert every.facts == Count(1, 3)


def test_the_timeline_opens_with_what_was_seen_and_tells_every_tract(tmp_path: Path) -> None:
    seeds = read_seeds(write_small_seeds(tmp_path))
    text = make_timeline(seeds, make_timelines(seeds)[0])
    assert "#   all     12/14 85.7 %" in text
    assert "East island [east]\n  control\n    1855-01-01  russia  sovereign" in text
    assert "1945-08-18  russia  occupied   landing-1945 (carried out)  probable, unverified" in text
    assert text.count("  title: the same") == 2
