"""Folds the timelines of many tracts on one day into the rows of a frame: borders, tracts, lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sovietpacific import frames
from sovietpacific.records import VIEWS, NamedLine, Tract
from sovietpacific.shapes import Edge
from sovietpacific.timekeeping import Hold, Timekeeper

BORDER_COLUMNS = ("holder", "polity", "standing", "sovereign", "area_km2", "tracts")
TRACT_COLUMNS = (
    *("tract", "name", *VIEWS, "claimants", "standing", "since", "until"),
    *("instrument", "sources", "certainty", "seen", "area_km2"),
)
HISTORY_COLUMNS = (
    *("since", "until", "holder", "polity", "standing", "instrument"),
    *("on", "sources", "certainty", "seen", "edtf", "note"),
)
LINE_COLUMNS = ("line", "name", "left", "right", "left_tract", "right_tract", "kind", "since", "accuracy_km")


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
        "edtf": hold.tenure.edtf,
        "note": hold.tenure.note,
    }


def tenure_columns(hold: Hold) -> dict[str, Any]:
    """Give what a frame tells of one tenure: its span, standing, act, sources and certainty."""
    tenure = hold.tenure
    return {
        "standing": tenure.standing,
        "since": tenure.since.isoformat(),
        "until": frames.text_of(hold.until),
        "instrument": tenure.instrument,
        "sources": frames.joined(tenure.sources),
        "certainty": tenure.certainty,
        "seen": tenure.seen,
    }


def fold_line(time: Timekeeper, edge: Edge, lines: Mapping[str, NamedLine], view: str, day: date) -> dict[str, Any] | None:
    """Make the row of an edge on which two different holders met on `day`, None where they did not."""
    left, right = (time.hold(tract, view, day) for tract in (edge.left, edge.right))
    record = lines.get(edge.line)
    if left.holder == right.holder or (edge.free and record and not record.in_force_on(day)):
        return None
    return {
        "line": edge.line,
        "name": record.name if record else "",
        "kind": edge.kind,
        "left": left.holder,
        "right": right.holder,
        "left_tract": edge.left,
        "right_tract": edge.right,
        "since": max(left.tenure.since, right.tenure.since).isoformat(),
        "accuracy_km": edge.accuracy_km,
    }
