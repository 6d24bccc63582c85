"""Draws the map a state itself would draw: a base view, with that state's claims laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sovietpacific.records import Claim, StateView, Tenure


def lay_over(base: Sequence[Tenure], claims: Iterable[Claim], view: StateView) -> tuple[Tenure, ...]:
    """Fold one tract's base timeline and the claims on it into the timeline of a state's own map.

    `base` are the tenures of the view's base, from the first day on.  On a day on which the state upholds a claim the land is
    the claimant's, by the act that raised the claim; on every other day it is as the base has it, read as the state reads it
    (`view.reads`: whom it puts in another's place).  Of two claims the one whose claimant stands later in `view.claimants`
    lies on top.  Spans stay half-open, and a step that changes neither holder nor standing says that it renews.
    """
    upheld = [claim for claim in map(partial(_as_recognised, view), claims) if claim.claimant in view.claimants]
    days = (
        {tenure.since for tenure in base}
        | ({view.since} if view.reads else set())
        | {claim.since for claim in upheld}
        | {c.until for c in upheld if c.until}
    )
    shown: list[Tenure] = []
    for day in sorted(days):
        tenure = _shown_on(day, base, upheld, view)
        before = shown[-1] if shown else None
        if before is None or replace(before, since=day, renews=False) != tenure:
            same = before is not None and (before.holders, before.standing) == (tenure.holders, tenure.standing)
            shown.append(replace(tenure, renews=same))
    return tuple(shown)


def _as_recognised(view: StateView, claim: Claim) -> Claim:
    """Let a claim of another begin, on the state's map, on the day the state recognised the claimant."""
    return replace(claim, since=max(claim.since, view.recognised.get(claim.claimant, claim.since)))


def _shown_on(day: date, base: Sequence[Tenure], upheld: Sequence[Claim], view: StateView) -> Tenure:
    tenure = [tenure for tenure in base if tenure.since <= day][-1]
    read = replace(tenure, holders=_as_read(tenure.holders, day, view), since=day, renews=False)
    standing = [claim for claim in upheld if claim.stands_on(day)]
    if not standing:
        return read
    claim = max(standing, key=lambda claim: (view.claimants.index(claim.claimant), claim.since))
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
