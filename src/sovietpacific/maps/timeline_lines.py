"""Writes the lines of the slider's page: where each runs, when it was in force, and on which days a view draws it, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sovietpacific.atlas import Atlas
from sovietpacific.folds import is_asked
from sovietpacific.maps.border_lines import KINDS, drawn_row
from sovietpacific.maps.encoding import encode_lines
from sovietpacific.maps.page import plain
from sovietpacific.maps.timeline_runs import Table, number, run_of
from sovietpacific.records import NamedLine, Tract
from sovietpacific.shapes import Edge

#: How a line is drawn: not at all, or as one of the kinds of line that part something.
WAYS = ("", *(kind for kind in KINDS if kind != "named"))


def line_tables(
    atlas: Atlas,
    tracts: Sequence[Tract],
    region: str | None,
    views: Mapping[str, dict[str, Any]],
    runs: Table,
    instruments: Table,
) -> dict[str, Any]:
    """Give the named lines and every edge any view draws; the runs of the edges are put into `views` under `lines`.

    What is drawn, and as what kind of line, is decided in `border_lines` for all maps.
    """
    judged = {tract.id for tract in tracts}
    asked = [edge for edge in atlas.shapes.edges if is_asked(edge, atlas.records.lines, judged, region)]
    drawn = {view: [run_of(_ways(atlas, edge, view)) for edge in asked] for view in views}
    kept = [place for place in range(len(asked)) if any(any(told[place][1::2]) for told in drawn.values())]
    for view, told in drawn.items():
        views[view]["lines"] = [runs.place(told[place]) for place in kept]
    names = sorted({asked[place].line for place in kept if asked[place].line})
    lines = [_line(atlas, atlas.records.lines[name], instruments) for name in names]
    edges = [
        [names.index(edge.line) if edge.line else -1, edge.kind, edge.accuracy_km, encode_lines(edge.light)]
        for edge in (asked[place] for place in kept)
    ]
    place_of = {tract.id: place for place, tract in enumerate(tracts)}
    touching = sorted({(place_of[edge.left], place_of[edge.right]) for edge in asked if edge.left and not edge.free})
    return {"lines": lines, "edges": edges, "ways": WAYS, "kinds": [KINDS.get(way, "") for way in WAYS], "touching": touching}


def _ways(atlas: Atlas, edge: Edge, view: str) -> Iterable[tuple[date, int]]:
    record = atlas.records.lines.get(edge.line)
    first = atlas.time.first_day(view)
    sides = [tract for tract in (edge.left, edge.right) if tract]
    days = {day for tract in sides for told in {view, "sovereignty"} for day in atlas.time.days_of(tract, told)}
    ends = [end for tract in sides for claim in atlas.tracts[tract].claims for end in (claim.since, claim.until)]
    ends += [end for life in (record.lives if record else ()) for end in (life.since, life.until)]
    days |= {end for end in ends if end is not None}
    for day in [first, *sorted(day for day in days if day > first)]:
        yield day, WAYS.index(way_on(atlas, edge, view, day))


def way_on(atlas: Atlas, edge: Edge, view: str, day: date) -> str:
    """Give how `view` draws an edge or a free line on `day`, one of `WAYS`; a line within one holder's land is not drawn."""
    row = drawn_row(atlas, edge, day, view)
    return str(row["drawn"]) if row is not None and row["drawn"] in WAYS else ""


def _line(atlas: Atlas, line: NamedLine, instruments: Table) -> list[Any]:
    lives = []
    for life in line.lives:
        record = atlas.records.instruments.get(life.basis)
        act = instruments.place((life.basis, plain(record.name) if record else ""))
        until = None if life.until is None else number(life.until)
        lives.append([number(life.since), until, act, life.certainty, int(life.seen)])
    return [line.id, plain(line.name), lives]
