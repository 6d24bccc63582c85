"""Folds the timelines of many tracts on one day into the rows of a frame: borders, tracts, lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sovietpacific import frames
from sovietpacific.records import UNTOLD, VIEWS, LineLife, NamedLine, Tract
from sovietpacific.shapes import Edge
from sovietpacific.timekeeping import Hold, Timekeeper

BORDER_COLUMNS = ("holder", "polity", "standing", "sovereign", "area_km2", "tracts")
TRACT_COLUMNS = (
    *("tract", "name", *VIEWS, "claimants", "standing", "since", "until", "edtf"),
    *("instrument", "sources", "certainty", "seen", "note", "area_km2"),
)
HISTORY_COLUMNS = (
    *("since", "until", "holder", "polity", "standing", "instrument"),
    *("on", "sources", "certainty", "seen", "edtf", "note"),
)
LINE_COLUMNS = (
    *("line", "name", "left", "right", "left_tract", "right_tract", "kind", "since", "accuracy_km"),
    *("status", "basis", "sources", "certainty", "seen", "note"),
)


def fold_borders(time: Timekeeper, tracts: Iterable[Tract], view: str, day: date) -> list[dict[str, Any]]:
    """Group tracts by who held them on `day`, how, and whose they were; `tracts` of each row lists the ids."""
    grouped: dict[tuple[str, str, str, str], list[Tract]] = {}
    for tract in tracts:
        hold, sovereign = time.hold(tract.id, view, day), time.sovereign(tract.id, view, day)
        key = (hold.holder, hold.tenure.standing, sovereign.holder, frames.joined(hold.polities))
        grouped.setdefault(key, []).append(tract)
    return [
        border_row(holder, standing, sovereign, polity, members)
        for (holder, standing, sovereign, polity), members in sorted(grouped.items(), key=lambda entry: entry[0])
    ]


def border_row(holder: str, standing: str, sovereign: str, polity: str, tracts: Collection[Tract]) -> dict[str, Any]:
    """Make one row of borders; areas are summed, never measured anew."""
    return {
        "holder": holder,
        "polity": polity,
        "standing": standing,
        "sovereign": sovereign,
        "area_km2": sum(tract.area_km2 for tract in tracts),
        "tracts": frames.joined(tract.id for tract in tracts),
    }


def fold_tract(time: Timekeeper, tract: Tract, day: date) -> dict[str, Any]:
    """Make the row of one tract on `day`: holders in all views, claimants, and the tenure of control."""
    holds = {view: time.hold(tract.id, view, day) for view in VIEWS}
    claimants = sorted({claim.claimant for claim in tract.claims if claim.stands_on(day)})
    return {
        "tract": tract.id,
        "name": tract.name,
        "area_km2": tract.area_km2,
        "claimants": frames.joined(claimants),
        **{view: hold.holder for view, hold in holds.items()},
        **tenure_columns(holds["control"]),
    }


def fold_tenure(hold: Hold) -> dict[str, Any]:
    """Make the row of one tenure of a place's history; polities are those of its first day."""
    return {
        "holder": hold.holder,
        "polity": frames.joined(hold.polities),
        **tenure_columns(hold),
        "on": hold.tenure.on,
    }


def tenure_columns(hold: Hold) -> dict[str, Any]:
    """Give what a frame tells of one tenure: its span, standing, act, sources and certainty."""
    tenure = hold.tenure
    return {
        "standing": tenure.standing,
        "since": tenure.since.isoformat(),
        "until": frames.text_of(hold.until),
        "edtf": tenure.edtf,
        "instrument": tenure.instrument,
        "sources": frames.joined(tenure.sources),
        "certainty": tenure.certainty,
        "seen": tenure.seen,
        "note": tenure.note,
    }


def is_asked(edge: Edge, lines: Mapping[str, NamedLine], judged: Collection[str], region: str | None) -> bool:
    """Tell whether an edge lies between `judged` tracts, or a line that parts no tracts belongs to `region`."""
    if edge.left:
        return edge.left in judged and edge.right in judged
    return region is None or lines[edge.line].lies_in(region)


def fold_line(time: Timekeeper, edge: Edge, record: NamedLine | None, view: str, day: date) -> dict[str, Any] | None:
    """Make the row of an edge or a free line on `day`; None where two holders did not meet and no named line was in force.

    An edge is given its name only on the days the line was in force: before 1953 no edge is the Military Demarcation Line.
    A line without lives has its name always.  A line at sea between two tracts is given while these have different holders.
    The two holders stand in the order of the alphabet, each with its tract, so that a pair of holders is one pair everywhere.
    Where a side is not told, no two holders are known to meet.
    """
    sides = sorted((time.hold(tract, view, day).holder, tract) for tract in (edge.left, edge.right) if tract)
    holds = [time.hold(tract, view, day) for _, tract in sides]
    told = UNTOLD not in [hold.tenure.standing for hold in holds]
    apart = bool(holds) and told and holds[0].holder != holds[1].holder
    life = record.life_on(day) if record else None
    in_force = life is not None or (record is not None and not record.lives)
    at_sea = edge.free and bool(holds)
    if not (apart and in_force if at_sea else (apart and not edge.free) or life is not None):
        return None
    named = record if in_force else None
    begins = [hold.tenure.since for hold in holds] if apart else []
    if life and (edge.free or not apart):
        begins.append(life.since)
    return {
        "line": edge.line if named else "",
        "name": named.name if named else "",
        "kind": edge.kind,
        "left": sides[0][0] if sides else "",
        "right": sides[1][0] if sides else "",
        "left_tract": sides[0][1] if sides else "",
        "right_tract": sides[1][1] if sides else "",
        "since": max(begins).isoformat(),
        "accuracy_km": edge.accuracy_km,
        "status": "front" if edge.kind == "front" else "edge" if apart and not edge.free else "line",
        **_line_evidence(named, life),
    }


def _line_evidence(record: NamedLine | None, life: LineLife | None) -> dict[str, Any]:
    """Give the basis of a line in force and what it rests on; an edge that no line in force runs along has none."""
    notes = [note for note in (record.note if record else "", life.note if life else "") if note]
    return {
        "basis": life.basis if life else "",
        "sources": frames.joined(life.sources) if life else "",
        "certainty": life.certainty if life else "",
        "seen": life.seen if life else False,
        "note": frames.joined(notes),
    }
