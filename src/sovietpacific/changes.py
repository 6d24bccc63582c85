"""Finds what changed hands between two days: the steps from one tenure to the next, grouped by day and act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sovietpacific.records import Tenure, Tract
from sovietpacific.timekeeping import Timekeeper


class Change(NamedTuple):
    """One change of hands: the first day of the new holder, the holders before and after, their standings, and the act."""

    day: str
    before: str
    after: str
    standing_before: str
    standing_after: str
    instrument: str


def find_changes(
    time: Timekeeper, tracts: Iterable[Tract], view: str, first: date, last: date
) -> dict[Change, list[tuple[str, Tenure]]]:
    """Group the steps of `tracts` after `first`, up to and on `last`, with the tracts that took part and their new tenures.

    A step to another standing of the same holder is a change; a renewal is not.  Sorted by day and holders.
    """
    found: dict[Change, list[tuple[str, Tenure]]] = {}
    for tract in tracts:
        for before, after in pairwise(time.holds(tract.id, view)):
            tenure = after.tenure
            if first < tenure.since <= last and not tenure.renews:
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
