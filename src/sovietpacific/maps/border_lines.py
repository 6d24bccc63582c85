"""Sorts the lines of a day by what they part: sovereigns, mere holders, disputed land, the sea; and railways and fronts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import shapely

from sovietpacific.atlas import Atlas
from sovietpacific.folds import fold_line, is_asked
from sovietpacific.maps import style
from sovietpacific.shapes import Edge
from sovietpacific.timekeeping import Hold

#: The kinds of line, and what a legend says of each.
KINDS = {
    "border": "border: sovereigns differ",
    "control": "control line: only holders differ",
    "disputed": "disputed border: contested or claimed",
    "sea": "line at sea",
    "sea-disputed": "line at sea, contested or claimed",
    "named": "named line within one holder's land",
    "railway": "railway held or guarded by treaty",
    "front": "front as last drawn",
}

#: Lines whose name stands on a web map, and from which zoom on; the others tell theirs when they are pointed at.
NAMED_FROM_ZOOM = {
    "parallel-38": 5,
    "mdl": 5,
    "parallel-50": 5,
    "great-wall": 6,
    "pusan-perimeter": 6,
    "liaodong-cession": 6,
    "amur": 5,
    "argun": 6,
    "ussuri": 6,
    "yalu": 6,
    "tumen": 7,
    "northern-limit-line": 7,
    "kwantung-limit": 7,
    "cer-main": 6,
    "cer-south": 6,
    "smr-main": 6,
    "smr-antung-mukden": 7,
    "neutral-zone-limit": 7,
    "la-perouse-strait": 7,
    "nemuro-strait": 8,
    "iturup-urup-strait": 7,
    "first-kuril-strait": 7,
    "tatar-strait": 7,
}


class BorderLine(NamedTuple):
    """All stretches of one line that part the same two since the same day.

    `name` and `line` (its id) are empty where no named line in force runs; `parted` names the lineages of the two sides, and is
    empty for a line that parts none.  `accuracy_km` is that of the worst stretch; `geometry` in degrees, (lon, lat).
    """

    kind: str
    line: str
    name: str
    parted: tuple[str, ...]
    since: str
    basis: str
    sources: str
    certainty: str
    seen: bool
    accuracy_km: float
    geometry: Any


def border_lines(atlas: Atlas, day: date, view: str, detail: str = "light") -> list[BorderLine]:
    """Give the lines of one day by kind, each once; on a map of control the sovereigns are those of general practice.

    A border is disputed where the sovereign of a side is contested, or where a side is claimed by the other: a claim of a third
    does not move the line.  Whether it is so is told by the claims of that day, whatever the view.
    """
    grouped: dict[tuple[Any, ...], list[tuple[dict[str, Any], Edge]]] = {}
    for row, edge in drawn_edges(atlas, day, view):
        pair = tuple(sorted((row["left"], row["right"]))) if row["left"] != row["right"] else ()
        key = (row["drawn"], row["line"], pair, row["since"], row["basis"])
        grouped.setdefault(key, []).append((row, edge))
    found = []
    for (kind, line, pair, since, basis), members in grouped.items():
        first = members[0][0]
        shape = _joined([edge.geometry if detail == "fine" else edge.light for _, edge in members])
        if shape.is_empty:  # a stretch so short that no light shape has it
            continue
        found.append(
            BorderLine(
                kind=kind,
                line=line,
                name=first["name"],
                parted=pair,
                since=since,
                basis=basis,
                sources=first["sources"],
                certainty=first["certainty"],
                seen=first["seen"],
                accuracy_km=max(edge.accuracy_km for _, edge in members),
                geometry=shape,
            )
        )
    order = list(KINDS)
    return sorted(found, key=lambda one: (-order.index(one.kind), one.line, one.parted, one.since))


def drawn_edges(atlas: Atlas, day: date, view: str) -> Iterator[tuple[dict[str, Any], Edge]]:
    """Give the edges that a map of one day draws, each with its row as in `lines_at` and the kind it is `drawn` as."""
    judged = {tract.id for tract in atlas.tracts.values() if tract.judged}
    for edge in atlas.shapes.edges:
        row = drawn_row(atlas, edge, day, view) if is_asked(edge, atlas.records.lines, judged, None) else None
        if row is not None:
            yield row, edge


def drawn_row(atlas: Atlas, edge: Edge, day: date, view: str) -> dict[str, Any] | None:
    """Give the row of `lines_at` for an edge, with the kind it is `drawn` as; None where nothing is to be drawn.

    Railways and fronts are lines of control; no other view draws them.  Where two governments of one lineage meet, as in the
    Chinese civil war, `lines_at` knows no edge; a map of control draws one.
    """
    time, record = atlas.time, atlas.records.lines.get(edge.line)
    held = fold_line(time, edge, record, view, day)
    law = fold_line(time, edge, record, "sovereignty", day) if view == "control" else held
    parts_law = law is not None and law["left"] != law["right"]
    row = law if parts_law else held
    governments = view == "control" and not parts_law and not edge.free and _governments_meet(atlas, edge, day)
    if row is None:
        return {**_unnamed(atlas, edge, day), "drawn": "control"} if governments else None
    if edge.kind in ("railway", "front"):
        if view != "control":
            return None
        kind = edge.kind
    elif edge.kind == "sea":
        kind = "sea-disputed" if edge.left and _is_disputed(atlas, edge, view, day) else "sea"
    elif parts_law:
        kind = "disputed" if _is_disputed(atlas, edge, view, day) else "border"
    else:
        kind = "control" if governments or row["status"] == "edge" else "named"
    return {**row, "drawn": kind}


def _governments_meet(atlas: Atlas, edge: Edge, day: date) -> bool:
    """Tell whether two governments of one lineage, one of them beside the main one, held the two sides."""
    left, right = (atlas.time.hold(tract, "control", day).polities for tract in (edge.left, edge.right))
    return left != right and bool(left) and bool(right) and bool({*left, *right} & {*style.BESIDE})


def _unnamed(atlas: Atlas, edge: Edge, day: date) -> dict[str, Any]:
    """Give the row of an edge that no named line in force runs along."""
    holds = [atlas.time.hold(tract, "control", day) for tract in (edge.left, edge.right)]
    return {
        **dict.fromkeys(("line", "name", "basis", "sources", "certainty", "note"), ""),
        "kind": edge.kind,
        "left": holds[0].holder,
        "right": holds[1].holder,
        "left_tract": edge.left,
        "right_tract": edge.right,
        "since": max(hold.tenure.since for hold in holds).isoformat(),
        "accuracy_km": edge.accuracy_km,
        "status": "edge",
        "seen": False,
    }


def _is_disputed(atlas: Atlas, edge: Edge, view: str, day: date) -> bool:
    law = [atlas.time.sovereign(tract, view, day) for tract in (edge.left, edge.right)]
    if any(hold.tenure.standing == "contested" for hold in law):
        return True
    return _claims(atlas, edge.left, law[1], day) or _claims(atlas, edge.right, law[0], day)


def _claims(atlas: Atlas, tract: str, other: Hold, day: date) -> bool:
    """Tell whether the polities of the `other` side claimed a tract on `day`; one that claims in their place does not count."""
    claimants = [claim.claimant for claim in atlas.tracts[tract].claims if claim.stands_on(day)]
    return bool({*atlas.time.polities_of(claimants, day)} & {*other.polities})


def _joined(shapes: list[Any]) -> Any:
    """Join stretches end to end where they meet, so that dashes run through."""
    return shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes)))


def place_along(line: Any, share: float) -> tuple[float, float]:
    """Give the place at a share of the length of the longest part of a line as (lon, lat), where its name may stand."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    point = shapely.line_interpolate_point(longest, share, normalized=True)
    return float(shapely.get_x(point)), float(shapely.get_y(point))
