"""Finds what changed hands between two days: the steps from one tenure to the next, grouped by day
and act.

Knows timelines and nothing of frames and shapes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sovietpacific.dates import day_after
from sovietpacific.facts.records import UNTOLD, Tenure, Tract
from sovietpacific.timelines.timekeeper import Hold, Timekeeper


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of hands: the first day of the new holders, those before and after, and the act.

    Holders are lineages.  `sources`, `certainties` (sorted) and `edtf` (days known only within
    limits) are those of all parts, `seen` whether every part was read; `area_km2` is geodesic.
    """

    day: date
    from_holders: tuple[str, ...]
    to_holders: tuple[str, ...]
    from_standing: str
    to_standing: str
    instrument: str
    sources: tuple[str, ...]
    certainties: tuple[str, ...]
    seen: bool
    edtf: tuple[str, ...]
    tracts: tuple[str, ...]
    area_km2: float


class _Step(NamedTuple):
    """What the parts of one change have in common; changes are sorted by these."""

    day: date
    before: str
    after: str
    standing_before: str
    standing_after: str
    instrument: str


class _Part(NamedTuple):
    """One tract that takes part in a change, and how it was held before and after."""

    tract: Tract
    before: Tenure
    after: Tenure


def list_changes(
    time: Timekeeper,
    tracts: Iterable[Tract],
    view: str,
    first: date,
    last: date,
    *,
    certain_only: bool = False,
) -> list[ChangeRow]:
    """Return the changes of `tracts` after `first`, up to and on `last`, sorted by day and holders.

    A step to another standing of the same holder is a change; a renewal is not. A step into or out
    of land that is not told is one of the telling: its standing before or after is `untold`. With
    `certain_only` such steps are left out, and those whose day is not firm, not read in a source,
    or may lie outside the span.
    """
    parts: dict[_Step, list[_Part]] = {}
    for tract in tracts:
        for before, after in pairwise(time.holds(tract.id, view)):
            tenure = after.tenure
            certain = not certain_only or _is_certain(before.tenure, tenure, first, last)
            if first < tenure.since <= last and not tenure.renews and certain:
                part = _Part(tract, before.tenure, tenure)
                parts.setdefault(_step(before, after), []).append(part)
    return [_change(parts[step]) for step in sorted(parts)]


def _step(before: Hold, after: Hold) -> _Step:
    return _Step(
        day=after.tenure.since,
        before=before.holder,
        after=after.holder,
        standing_before=before.tenure.standing,
        standing_after=after.tenure.standing,
        instrument=after.tenure.instrument,
    )


def _change(parts: list[_Part]) -> ChangeRow:
    """Return one change of its parts; areas are summed."""
    _, before, after = parts[0]
    tenures = [part.after for part in parts]
    return ChangeRow(
        day=after.since,
        from_holders=before.lineages,
        to_holders=after.lineages,
        from_standing=before.standing,
        to_standing=after.standing,
        instrument=after.instrument,
        sources=tuple(dict.fromkeys(source for tenure in tenures for source in tenure.sources)),
        certainties=tuple(sorted({tenure.certainty for tenure in tenures})),
        seen=all(tenure.seen for tenure in tenures),
        edtf=tuple(dict.fromkeys(tenure.edtf for tenure in tenures if tenure.edtf)),
        tracts=tuple(part.tract.id for part in parts),
        area_km2=sum(part.tract.area_km2 for part in parts),
    )


def _is_certain(before: Tenure, tenure: Tenure, first: date, last: date) -> bool:
    if before.standing == UNTOLD:  # who held before is not told, so neither is what changed
        return False
    within = tenure.edtf is None or tenure.limits.lie_within(day_after(first), day_after(last))
    return tenure.certainty == "firm" and tenure.seen and within
