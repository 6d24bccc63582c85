"""Words what a web map tells of a tract, a line or a place when it is pointed at; all of it plain text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sovietpacific.atlas import Atlas
from sovietpacific.maps.border_lines import KINDS, BorderLine
from sovietpacific.records import SERIES_START, VIEWS, Tenure, Tract
from sovietpacific.timekeeping import Hold
from sovietpacific.wording import held, side_words

Row = tuple[str, str]

_HEADINGS = {"control": "Holder", "sovereignty": "Sovereign", "title": "Title"}


def tract_rows(atlas: Atlas, tract: Tract, view: str, day: date) -> list[Row]:
    """Tell who holds a tract on `day`, how and on whose word: the view that is drawn first, then the others and the claims."""
    hold = atlas.time.hold(tract.id, view, day)
    rows = [(_HEADINGS.get(view, "On this map"), held_words(atlas, hold, view))]
    for other in VIEWS:
        if other != view:
            rows.append((_HEADINGS[other], held_words(atlas, atlas.time.hold(tract.id, other, day), other)))
    claims = [claim for claim in tract.claims if claim.stands_on(day)]
    if claims:
        told = [f"{name_of(atlas, claim.claimant)} since {claim.since}" + _doubt(claim.seen) for claim in claims]
        rows.append(("Claimed by", "; ".join(told)))
    if hold.tenure.note:
        rows.append(("Note", hold.tenure.note))
    rows.append(("Since", span_words(hold)))
    rows.append(("By", instrument_words(atlas, hold.tenure.instrument)))
    rows.append(("Sources", ", ".join(hold.tenure.sources) + "; " + certainty_words(hold.tenure)))
    return rows


def line_rows(atlas: Atlas, line: BorderLine) -> list[Row]:
    """Tell what a line parts, by what act, since when, how truly it is drawn and on whose word."""
    rows = [("Kind", KINDS[line.kind])]
    if line.parted:
        rows.append(("Between", " and ".join(side_words(holder, atlas.lineages) for holder in line.parted)))
    if line.basis:
        rows.append(("By", instrument_words(atlas, line.basis)))
    rows.append(("Since", line.since))
    rows.append(("Accuracy", f"about {line.accuracy_km:g} km"))
    if line.sources:
        rows.append(("Sources", line.sources.replace("; ", ", ") + f"; {line.certainty}" + _doubt(line.seen)))
    return rows


def held_words(atlas: Atlas, hold: Hold, view: str) -> str:
    """Say who holds in a view, and how where it is not as sovereign, such as `Soviet Union (administered)`."""
    return held([name_of(atlas, polity) for polity in hold.polities], hold.tenure.standing, view)


def name_of(atlas: Atlas, holder: str) -> str:
    """Give the name of a polity, or of a lineage: a claim may be older than the polity that upholds it."""
    return atlas.polity_names.get(holder) or atlas.lineages.get(holder, holder)


def instrument_words(atlas: Atlas, instrument: str) -> str:
    """Give the name of an act; a row that only says how things stood at the start has none."""
    if instrument == SERIES_START:
        return "as things stood when the atlas begins"
    found = atlas.records.instruments.get(instrument)
    return found.name if found else instrument


def span_words(hold: Hold) -> str:
    """Say from when to when, with the day as it is known where that is only within limits."""
    until = f"until {hold.until}" if hold.until else "to today"
    known = f" (known as {hold.tenure.edtf})" if hold.tenure.edtf else ""
    return f"{hold.tenure.since} {until}{known}"


def certainty_words(tenure: Tenure) -> str:
    """Say how sure a fact is, and whether anybody read it in its source."""
    return tenure.certainty + _doubt(tenure.seen)


def history_rows(atlas: Atlas, holds: Iterable[Hold], view: str) -> list[list[Any]]:
    """Give the timeline of a tract in a view: since, until ("" while open), who and how, and the act, unverified rows marked."""
    return [
        [
            hold.tenure.since.isoformat(),
            hold.until.isoformat() if hold.until else "",
            held_words(atlas, hold, view),
            instrument_words(atlas, hold.tenure.instrument) + _doubt(hold.tenure.seen),
        ]
        for hold in holds
    ]


def _doubt(seen: bool) -> str:
    return "" if seen else ", unverified"
