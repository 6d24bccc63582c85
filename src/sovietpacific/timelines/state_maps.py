"""Draw the map a state itself would draw: a base view, with that state's claims laid over it.

Knows claims and tenures, and nothing of the colours of that map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sovietpacific.facts.records import Claim, StateView, Tenure


def lay_over(
    base: Sequence[Tenure], claims: Iterable[Claim], view: StateView
) -> tuple[Tenure, ...]:
    """Return the timeline of one tract on a state's own map: claims laid over the base timeline.

    `base` are the tenures of the view's base, from the first day on. On a day on which the state
    upholds a claim the land is the claimant's, by the act that raised the claim; on every other day
    it is as the base has it, read as the state reads it (`view.reads`: whom it puts in another's
    place). Of two claims the one whose claimant stands later in `view.claimants` lies on top. Spans
    stay half-open, and a step that changes neither holder nor standing says that it renews.
    """
    upheld = [_as_recognised(view, claim) for claim in claims if claim.claimant in view.claimants]
    days = {tenure.since for tenure in base} | {claim.since for claim in upheld}
    days |= {claim.until for claim in upheld if claim.until}
    if view.reads:
        days.add(view.since)
    timeline: list[Tenure] = []
    for day in sorted(days):
        tenure = _shown_on(day, base, upheld, view)
        before = timeline[-1] if timeline else None
        if before is None or replace(before, since=day, renews=False) != tenure:
            held = (tenure.holders, tenure.standing)
            renews = before is not None and (before.holders, before.standing) == held
            timeline.append(replace(tenure, renews=renews))
    return tuple(timeline)


def _as_recognised(view: StateView, claim: Claim) -> Claim:
    """Return the claim, begun no earlier than the day the state recognised its claimant."""
    return replace(claim, since=max(claim.since, view.recognised.get(claim.claimant, claim.since)))


def _shown_on(
    day: date, base: Sequence[Tenure], upheld: Sequence[Claim], view: StateView
) -> Tenure:
    tenure = [tenure for tenure in base if tenure.since <= day][-1]
    read = replace(tenure, holders=_as_read(tenure.holders, day, view), since=day, renews=False)
    claims = [claim for claim in upheld if claim.stands_on(day)]
    if not claims:
        return read
    claim = max(claims, key=lambda claim: (view.claimants.index(claim.claimant), claim.since))
    if (read.holders, read.standing) == ((claim.claimant,), "sovereign"):
        return read  # what it holds already needs no claim
    return Tenure(
        holders=(claim.claimant,),
        standing="sovereign",
        since=day,
        instrument=claim.instrument,
        on="",
        sources=claim.sources,
        certainty=claim.certainty,
        seen=claim.seen,
        note=claim.note,
    )


def _as_read(holders: tuple[str, ...], day: date, view: StateView) -> tuple[str, ...]:
    if day < view.since:
        return holders
    return tuple(sorted({view.reads.get(holder, holder) for holder in holders}))
