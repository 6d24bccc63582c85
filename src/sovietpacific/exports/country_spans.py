"""List the extents of states as CShapes does: a row per state and span, its first and its last day,
and numeric codes.

Knows the columns of CShapes and nothing of the forms of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sovietpacific.answers.texts import joined
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.wording import text
from sovietpacific.dates import DayLimits, day_before
from sovietpacific.exports.layers import DAY, FLAG, NUMBER, TEXT, WHOLE, Layer
from sovietpacific.exports.selection import Selection
from sovietpacific.exports.tenures import limit_columns
from sovietpacific.facts.records import CERTAINTIES, SERIES_START, Polity
from sovietpacific.timelines.timekeeper import Span

#: The columns that CShapes has too come first. `start` and `end` are both days of the span; one
#: that is still open ends on the last day of the edition.
COUNTRY_COLUMNS = {
    "fid": WHOLE,
    "gwcode": WHOLE,
    "country_name": TEXT,
    "start": DAY,
    "end": DAY,
    "status": TEXT,
    "owner": WHOLE,
    "cowcode": WHOLE,
    "polity": TEXT,
    "holder": TEXT,
    "view": TEXT,
    "area_km2": NUMBER,
    "start_edtf": TEXT,
    "start_earliest": DAY,
    "start_latest": DAY,
    "end_edtf": TEXT,
    "end_earliest": DAY,
    "end_latest": DAY,
    "certainty": TEXT,
    "seen": FLAG,
    "sources": TEXT,
    "tracts": TEXT,
    "note": TEXT,
    "version": TEXT,
}


class Extent(NamedTuple):
    """What one state held in one way over `[since, until)`: the span of each of its tracts.

    `begins` and `ends` are the limits of the two days.
    """

    view: str
    since: date
    until: date | None
    spans: dict[str, Span]
    begins: DayLimits
    ends: DayLimits | None


class _Key(NamedTuple):
    """What is the same of all land in an extent."""

    polities: tuple[str, ...]
    holder: str
    standing: str
    sovereigns: tuple[str, ...]


def list_extents(selection: Selection, view: str) -> Iterator[Extent]:
    """Yield the extents of every state in a view.

    Each lasts until the state gains or loses a tract, or the standing of one changes.
    """
    told: dict[_Key, dict[str, list[Span]]] = {}
    began: dict[tuple[str, date], DayLimits] = {}
    for tract in selection.tracts:
        for span in selection.atlas.time.spans(tract.id, view):
            key = _Key(
                span.hold.polities,
                span.hold.holder,
                span.hold.tenure.standing,
                span.sovereign.polities,
            )
            told.setdefault(key, {}).setdefault(tract.id, []).append(span)
            if span.hold.tenure.instrument != SERIES_START:
                began[tract.id, span.since] = span.begins
    for key in sorted(told):
        yield from _extents_of(told[key], view, began)


def _extents_of(
    held: dict[str, list[Span]], view: str, began: dict[tuple[str, date], DayLimits]
) -> Iterator[Extent]:
    spans = [(tract, span) for tract, several in held.items() for span in several]
    days = sorted(
        {span.since for _, span in spans} | {span.until for _, span in spans if span.until}
    )
    before: dict[str, Span] = {}
    open_extent: Extent | None = None
    for day in days:
        now = {
            tract: span
            for tract, span in spans
            if span.since <= day and (span.until is None or day < span.until)
        }
        changed = before.keys() ^ now.keys()
        if changed:
            limits = _hull(
                [began.get((tract, day), DayLimits(day, day)) for tract in sorted(changed)]
            )
            if open_extent:
                yield open_extent._replace(until=day, ends=limits)
            open_extent = Extent(view, day, None, now, limits, None) if now else None
        before = now
    if open_extent:
        yield open_extent


def _hull(several: list[DayLimits]) -> DayLimits:
    """Return the limits that hold all of `several`: the extent changed somewhere among them."""
    earliest, latest = [one.earliest for one in several], [one.latest for one in several]
    return DayLimits(
        earliest=None if None in earliest else min(day for day in earliest if day),
        latest=None if None in latest else max(day for day in latest if day),
        approximate=any(one.approximate for one in several),
        uncertain=any(one.uncertain for one in several),
    )


def countries_layer(selection: Selection) -> Layer:
    """Return a layer with a row of `COUNTRY_COLUMNS` per extent, the land of its tracts joined.

    Land that is contested, held by several, nobody's or not told has no `gwcode`; `owner` is the
    code of whose land it is in general practice. Extents begin with the view at the earliest; the
    limits of `end` are those of the last day.
    """
    atlas = selection.atlas
    first = {view: atlas.time.first_day(view) for view in selection.views}
    extents = [
        extent._replace(begins=DayLimits(None, extent.since))
        if extent.since == first[view]
        else extent
        for view in selection.views
        for extent in list_extents(selection, view)
        if selection.holds_any(extent.since, extent.until)
    ]
    extents.sort(key=lambda extent: (extent.view, extent.since))
    return Layer(
        name="countries",
        columns=COUNTRY_COLUMNS,
        rows=[_row(number, extent, selection) for number, extent in enumerate(extents, 1)],
        geometries=[
            atlas.shapes.dissolved(list(extent.spans), selection.detail) for extent in extents
        ],
        ids=[str(number) for number in range(1, len(extents) + 1)],
    )


def _row(number: int, extent: Extent, selection: Selection) -> dict[str, Any]:
    atlas = selection.atlas
    span = next(iter(extent.spans.values()))
    tenures = [held.hold.tenure for held in extent.spans.values()]
    polities = [atlas.records.polities[key] for key in span.hold.polities]
    owners = [atlas.records.polities[key] for key in span.sovereign.polities]
    return {
        "fid": number,
        "gwcode": _code(polities, "gw"),
        "country_name": text(
            holds.named([one.name for one in polities], span.hold.tenure.standing)
        ),
        "start": extent.since,
        "end": day_before(extent.until) if extent.until else atlas.as_of,
        "status": span.hold.tenure.standing,
        "owner": _code(owners, "gw"),
        "cowcode": _code(polities, "cow"),
        "polity": joined(span.hold.polities),
        "holder": span.hold.holder,
        "view": extent.view,
        "area_km2": round(sum(atlas.tracts[tract].area_km2 for tract in extent.spans), 6),
        **limit_columns("start", extent.begins),
        **limit_columns("end", extent.ends and extent.ends.day_before()),
        "certainty": max((tenure.certainty for tenure in tenures), key=CERTAINTIES.index),
        "seen": all(tenure.seen for tenure in tenures),
        "sources": joined(dict.fromkeys(source for tenure in tenures for source in tenure.sources)),
        "tracts": joined(extent.spans),
        "note": joined(dict.fromkeys(tenure.note for tenure in tenures if tenure.note)),
        "version": atlas.version,
    }


def _code(polities: list[Polity], system: str) -> int | None:
    """Return the numeric code of a single state, None where there is none or are several."""
    codes = {polity.codes.get(system) for polity in polities}
    code = codes.pop() if len(codes) == 1 else None
    return int(code) if code else None
