"""Finds what changed hands between two days: the steps from one tenure to the next, grouped by day and act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sovietpacific import frames
from sovietpacific.dates import day_after
from sovietpacific.records import UNTOLD, Tenure, Tract
from sovietpacific.timekeeping import Timekeeper

_STEP = ("day", "from", "to", "from_standing", "to_standing", "instrument")
CHANGE_COLUMNS = (*_STEP, "sources", "certainty", "seen", "edtf", "tracts", "area_km2")


class Change(NamedTuple):
    """One change of hands: the first day of the new holder, the holders before and after, their standings, and the act."""

    day: str
    before: str
    after: str
    standing_before: str
    standing_after: str
    instrument: str


def find_changes(
    time: Timekeeper, tracts: Iterable[Tract], view: str, first: date, last: date, *, certain_only: bool = False
) -> dict[Change, list[tuple[str, Tenure]]]:
    """Group the steps of `tracts` after `first`, up to and on `last`, with the tracts that took part and their new tenures.

    A step to another standing of the same holder is a change; a renewal is not.  A step into or out of land that is not told is
    one of the telling: its standing before or after is `untold`.  With `certain_only` such steps are left out, and those whose
    day is not firm, not read in a source, or may lie outside the span.  Sorted by day and holders.
    """
    found: dict[Change, list[tuple[str, Tenure]]] = {}
    for tract in tracts:
        for before, after in pairwise(time.holds(tract.id, view)):
            tenure = after.tenure
            certain = not certain_only or _is_certain(before.tenure, tenure, first, last)
            if first < tenure.since <= last and not tenure.renews and certain:
                change = Change(
                    day=tenure.since.isoformat(),
                    before=before.holder,
                    after=after.holder,
                    standing_before=before.tenure.standing,
                    standing_after=tenure.standing,
                    instrument=tenure.instrument,
                )
                found.setdefault(change, []).append((tract.id, tenure))
    return dict(sorted(found.items()))


def _is_certain(before: Tenure, tenure: Tenure, first: date, last: date) -> bool:
    if before.standing == UNTOLD:  # who held before is not told, so neither is what changed
        return False
    within = tenure.edtf is None or tenure.limits.lie_within(day_after(first), day_after(last))
    return tenure.certainty == "firm" and tenure.seen and within


def list_changes(
    time: Timekeeper, tracts: Iterable[Tract], view: str, first: date, last: date, *, certain_only: bool = False
) -> list[dict[str, Any]]:
    """Make a row of `CHANGE_COLUMNS` for every change; areas are summed, `tracts` lists the ids."""
    by_id = {tract.id: tract for tract in tracts}
    return [
        {
            **dict(zip(_STEP, change, strict=True)),
            "sources": frames.joined(dict.fromkeys(source for _, tenure in taken for source in tenure.sources)),
            "certainty": frames.joined(sorted({tenure.certainty for _, tenure in taken})),
            "seen": all(tenure.seen for _, tenure in taken),
            "edtf": frames.joined(dict.fromkeys(tenure.edtf for _, tenure in taken if tenure.edtf)) or None,
            "tracts": frames.joined(tract for tract, _ in taken),
            "area_km2": sum(by_id[tract].area_km2 for tract, _ in taken),
        }
        for change, taken in find_changes(time, by_id.values(), view, first, last, certain_only=certain_only).items()
    ]
