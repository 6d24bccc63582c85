"""Writes the lines of the slider's page: where each runs, when it was in force, and on which days a view draws it, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sovietpacific.atlas import Atlas
from sovietpacific.folds import fold_line, is_asked
from sovietpacific.maps.encoding import encode_lines
from sovietpacific.maps.page import plain
from sovietpacific.maps.timeline_runs import Table, number, run_of
from sovietpacific.records import NamedLine, Tract
from sovietpacific.shapes import Edge

#: How a line is drawn: not at all, where two sovereigns meet, where only two holders meet, at sea, as a front, as a railway.
WAYS = ("", "sovereign", "holder", "sea", "front", "railway")


def line_tables(
    atlas: Atlas,
    tracts: Sequence[Tract],
    region: str | None,
    views: Mapping[str, dict[str, Any]],
    runs: Table,
    instruments: Table,
) -> dict[str, Any]:
    """Give the named lines and every edge any view draws; the runs of the edges are put into `views` under `lines`.

    What is drawn follows `lines_at`: in control, the lines between sovereigns and, where only holders differ, between these.
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
    return {"lines": lines, "edges": edges, "ways": WAYS, "touching": touching}


def _ways(atlas: Atlas, edge: Edge, view: str) -> Iterable[tuple[date, int]]:
    record = atlas.records.lines.get(edge.line)
    law = "sovereignty" if view == "control" else view
    first = atlas.time.first_day(view)
    sides = [tract for tract in (edge.left, edge.right) if tract]
    days = {tenure.since for tract in sides for told in {view, law} for tenure in atlas.time.timeline(tract, told)}
    for life in record.lives if record else ():
        days |= {life.since} | ({life.until} if life.until else set())
    for day in [first, *sorted(day for day in days if day > first)]:
        yield day, WAYS.index(way_on(atlas, edge, record, view, day))


def way_on(atlas: Atlas, edge: Edge, record: NamedLine | None, view: str, day: date) -> str:
    """Give how `view` draws an edge or a free line on `day`, one of `WAYS`.

    A line in force inside one holder's land is no border to draw; one that lies between no tracts is drawn while in force.
    """
    law = "sovereignty" if view == "control" else view
    row = fold_line(atlas.time, edge, record, law, day)
    if row is not None and row["left"] != row["right"]:
        return "sea" if edge.kind == "sea" else "sovereign"
    held = fold_line(atlas.time, edge, record, view, day) if view == "control" else None
    if held is not None and held["left"] != held["right"]:
        return "sea" if edge.kind == "sea" else "holder"
    return edge.kind if row is not None and edge.free and not edge.left else ""


def _line(atlas: Atlas, line: NamedLine, instruments: Table) -> list[Any]:
    lives = []
    for life in line.lives:
        record = atlas.records.instruments.get(life.basis)
        act = instruments.place((life.basis, plain(record.name) if record else ""))
        until = None if life.until is None else number(life.until)
        lives.append([number(life.since), until, act, life.certainty, int(life.seen)])
    return [line.id, plain(line.name), lives]
