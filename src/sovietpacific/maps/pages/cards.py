"""Words what a web map tells of a tract, a line or a place when it is pointed at; all of it plain
text.

Knows tracts, lines and places, and nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sovietpacific.answers.rows import Side
from sovietpacific.answers.words import acts, days, holds, lines, views
from sovietpacific.answers.words.messages import Words
from sovietpacific.answers.words.wording import text
from sovietpacific.facts.records import VIEWS, Records, Tract
from sovietpacific.maps.scene.border_lines import BorderLine
from sovietpacific.timelines.timekeeper import Hold, Timekeeper

Row = tuple[str, str]


def tract_rows(records: Records, time: Timekeeper, tract: Tract, view: str, day: date) -> list[Row]:
    """Tell who holds a tract on `day`, how and on whose word: the view that is drawn first, then
    the others and the claims.
    """
    hold = time.hold(tract.id, view, day)
    rows: list[tuple[Words, Words]] = [(views.heading_of(view), held_words(records, hold, view))]
    for other in VIEWS:
        if other != view:
            held = held_words(records, time.hold(tract.id, other, day), other)
            rows.append((views.heading_of(other), held))
    if upheld := [claim for claim in tract.claims if claim.stands_on(day)]:
        rows.append((views.heading("claimed_by"), acts.claims(records, upheld)))
    tenure = hold.tenure
    if tenure.note:
        rows.append((views.heading("note"), tenure.note))
    sure = acts.certainty(tenure.certainty, seen=tenure.seen)
    rows += [
        (views.heading("since"), days.span(tenure.since, hold.until, tenure.edtf)),
        (views.heading("by"), acts.act(records, tenure.instrument)),
        (views.heading("sources"), acts.evidence(tenure.sources, sure)),
    ]
    return _worded(rows)


def line_rows(records: Records, line: BorderLine) -> list[Row]:
    """Tell what a line parts, by what act, since when, how truly it is drawn and on whose word."""
    rows: list[tuple[Words, Words]] = [(views.heading("kind"), lines.kind(line.kind))]
    if line.parted:
        sides = [_side(records, side) for side in line.parted]
        rows.append((views.heading("between"), lines.parted(sides)))
    if line.basis:
        rows.append((views.heading("by"), acts.act(records, line.basis)))
    rows.append((views.heading("since"), line.since.isoformat()))
    rows.append((views.heading("accuracy"), lines.accuracy(line.accuracy_km)))
    if line.sources:
        sure = acts.certainty(line.certainty, seen=line.seen)
        rows.append((views.heading("sources"), acts.evidence(line.sources, sure)))
    return _worded(rows)


def _worded(rows: Iterable[tuple[Words, Words]]) -> list[Row]:
    return [(text(heading), text(words)) for heading, words in rows]


def _side(records: Records, side: Side) -> Words:
    return holds.side(holds.lineage_names(records, side.holders), disputed=side.disputed)


def held_words(records: Records, hold: Hold, view: str) -> Words:
    """Say who holds in a view, and how where it is not as sovereign, such as `Soviet Union
    (administered)`.
    """
    return holds.held(holds.names_of(records, hold.polities), hold.tenure.standing, view)


def history_rows(records: Records, several: Iterable[Hold], view: str) -> list[list[Any]]:
    """Give the timeline of a tract in a view: since, until ("" while open), who and how, and the
    act, unverified rows marked.
    """
    return [
        [
            hold.tenure.since.isoformat(),
            hold.until.isoformat() if hold.until else "",
            text(held_words(records, hold, view)),
            text(acts.doubted(acts.act(records, hold.tenure.instrument), seen=hold.tenure.seen)),
        ]
        for hold in several
    ]
