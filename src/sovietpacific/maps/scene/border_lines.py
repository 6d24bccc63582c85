"""Sort the lines of a day by what they part: sovereigns, mere holders, disputed land, the sea; and
railways and fronts.

Knows which tracts meet at a line and nothing of how a line is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import shapely

from sovietpacific.answers.rows import LineRow, Side, fold_line, is_asked, side_of
from sovietpacific.atlas import Atlas
from sovietpacific.facts.look import IN_CONTROL, Look
from sovietpacific.land.edges import Edge
from sovietpacific.timelines.timekeeper import Hold


class BorderLine(NamedTuple):
    """All stretches of one line that part the same two since the same day.

    `name` and `line` (its id) are empty where no named line in force runs; `parted` are the two
    sides, and is empty for a line that parts none. `accuracy_km` is that of the worst stretch;
    `geometry` in degrees, (lon, lat).
    """

    kind: str
    line: str
    name: str
    parted: tuple[Side, ...]
    since: date
    basis: str
    sources: tuple[str, ...]
    certainty: str
    seen: bool
    accuracy_km: float
    geometry: Any


class DrawnEdge(NamedTuple):
    """An edge or a free line that a map draws, its row, and the kind of line it is drawn as."""

    kind: str
    row: LineRow
    edge: Edge


def join_lines(
    look: Look, drawn_edges: Iterable[DrawnEdge], detail: str = "light"
) -> list[BorderLine]:
    """Return the lines that edges of one day make, by kind, the stretches of each joined."""
    grouped: dict[tuple[Any, ...], list[DrawnEdge]] = {}
    for drawn in drawn_edges:
        row = drawn.row
        pair = (row.left, row.right) if row.parts else ()
        grouped.setdefault((drawn.kind, row.line, pair, row.since, row.basis), []).append(drawn)
    lines = []
    for (kind, line, pair, since, basis), members in grouped.items():
        first, edges = members[0].row, [drawn.edge for drawn in members]
        shape = _joined([edge.geometry if detail == "fine" else edge.light for edge in edges])
        if shape.is_empty:  # a stretch so short that no light shape has it
            continue
        lines.append(
            BorderLine(
                kind=kind,
                line=line,
                name=first.name,
                parted=pair,
                since=since,
                basis=basis,
                sources=first.sources,
                certainty=first.certainty,
                seen=first.seen,
                accuracy_km=max(edge.accuracy_km for edge in edges),
                geometry=shape,
            )
        )
    order = list(look.drawn_lines)
    return sorted(lines, key=lambda one: (-order.index(one.kind), one.line, one.parted, one.since))


def drawn_edges(atlas: Atlas, day: date, view: str) -> Iterator[DrawnEdge]:
    """Return the edges that a map of one day draws, each with the kind of line it is drawn as.

    On a map of control the sovereigns are those of general practice. A border is disputed where the
    sovereign of a side is contested, or where a side is claimed by the other: a claim of a third
    does not move the line. Whether it is so is told by the claims of that day, whatever the view.
    """
    judged = {tract.id for tract in atlas.tracts.values() if tract.judged}
    for edge in atlas.shapes.edges:
        if is_asked(edge, atlas.records.lines, judged, None):
            drawn = drawn_edge(atlas, edge, day, view)
            if drawn is not None:
                yield drawn


def drawn_edge(atlas: Atlas, edge: Edge, day: date, view: str) -> DrawnEdge | None:
    """Return how an edge is drawn on one day, None where nothing is to be drawn.

    It is None where nothing is to be drawn. Some kinds, such as railways and fronts, are lines of
    control; no other view draws them. Where two governments of one lineage meet, as in the Chinese
    civil war, `lines_at` knows no edge; a map of control draws one.
    """
    time, record = atlas.time, atlas.records.lines.get(edge.line)
    held = fold_line(time, edge, record, view, day)
    law = fold_line(time, edge, record, "sovereignty", day) if view == "control" else held
    parts_law = law is not None and law.parts
    row = law if parts_law else held
    governments = (
        view == "control"
        and not parts_law
        and not edge.free
        and _governments_meet(atlas, edge, day)
    )
    if row is None:
        return DrawnEdge("control", _unnamed(atlas, edge, day), edge) if governments else None
    known = atlas.records.look.line_kinds.get(edge.kind)
    if known and known.views == IN_CONTROL and view != "control":
        return None
    if known and known.free:
        disputed = known.disputed and edge.left and _is_disputed(atlas, edge, view, day)
        kind = known.disputed if disputed else known.drawn
    elif parts_law:
        kind = "disputed" if _is_disputed(atlas, edge, view, day) else "border"
    else:
        kind = "control" if governments or row.status == "edge" else "named"
    return DrawnEdge(kind, row, edge)


def _governments_meet(atlas: Atlas, edge: Edge, day: date) -> bool:
    """Return whether two governments of one lineage held the two sides.

    One of them must be beside the main one.
    """
    left, right = (
        atlas.time.hold(tract, "control", day).polities for tract in (edge.left, edge.right)
    )
    beside = {*left, *right} & {*atlas.records.look.striped}
    return left != right and bool(left) and bool(right) and bool(beside)


def _unnamed(atlas: Atlas, edge: Edge, day: date) -> LineRow:
    """Return the row of an edge that no named line in force runs along."""
    left, right = (atlas.time.hold(tract, "control", day) for tract in (edge.left, edge.right))
    return LineRow(
        line="",
        name="",
        kind=edge.kind,
        left=side_of(left),
        right=side_of(right),
        left_tract=edge.left,
        right_tract=edge.right,
        since=max(left.tenure.since, right.tenure.since),
        accuracy_km=edge.accuracy_km,
        status="edge",
    )


def _is_disputed(atlas: Atlas, edge: Edge, view: str, day: date) -> bool:
    """Return whether a border is contested, or claimed by one of its sides."""
    law = [atlas.time.sovereign(tract, view, day) for tract in (edge.left, edge.right)]
    if any(hold.tenure.standing == "contested" for hold in law):
        return True
    return _claims(atlas, edge.left, law[1], day) or _claims(atlas, edge.right, law[0], day)


def _claims(atlas: Atlas, tract: str, other: Hold, day: date) -> bool:
    """Return whether the polities of the `other` side claimed a tract on `day`.

    One that claims in their place does not count.
    """
    claimants = [claim.claimant for claim in atlas.tracts[tract].claims if claim.stands_on(day)]
    return bool({*atlas.time.polities_of(claimants, day)} & {*other.polities})


def _joined(shapes: list[Any]) -> Any:
    """Return stretches joined end to end where they meet, so that dashes run through."""
    return shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes)))


def place_along(line: Any, share: float) -> tuple[float, float]:
    """Return where the name of a line may stand, as (lon, lat).

    It is at a share of the length of its longest part.
    """
    longest = max(shapely.get_parts(line), key=shapely.length)
    point = shapely.line_interpolate_point(longest, share, normalized=True)
    return float(shapely.get_x(point)), float(shapely.get_y(point))
