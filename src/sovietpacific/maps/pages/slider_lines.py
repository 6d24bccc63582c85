"""Write the lines of the slider's page.

Knows lines and nothing of Folium.

That is where each runs, when it was in force, and on which days a view draws it, and how. What kind
a line is of is decided in `scene.border_lines`, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import Any

from sovietpacific.answers.rows import is_asked
from sovietpacific.answers.texts import plain
from sovietpacific.answers.words import lines as line_words
from sovietpacific.answers.words.wording import text
from sovietpacific.atlas import Atlas
from sovietpacific.facts.records import NamedLine, Tract
from sovietpacific.land.edges import Edge
from sovietpacific.maps.pages.encoding import encode_lines
from sovietpacific.maps.pages.slider_runs import Table, number, run_of
from sovietpacific.maps.scene.border_lines import drawn_edge

#: The way of drawing a line within one holder's land, which the slider leaves out.
_WITHIN = "named"


def ways_of(atlas: Atlas) -> tuple[str, ...]:
    """Return how a line may be drawn: not at all, or as one that parts something."""
    return ("", *(way for way in atlas.records.look.drawn_lines if way != _WITHIN))


def line_tables(
    atlas: Atlas,
    tracts: Sequence[Tract],
    region: str | None,
    views: Mapping[str, dict[str, Any]],
    runs: Table,
    instruments: Table,
) -> dict[str, Any]:
    """Return the named lines and every edge any view draws.

    The runs of the edges are put into `views` under `lines`.
    """
    judged = {tract.id for tract in tracts}
    edges = [
        edge for edge in atlas.shapes.edges if is_asked(edge, atlas.records.lines, judged, region)
    ]
    runs_of = {view: [run_of(_ways(atlas, edge, view)) for edge in edges] for view in views}
    # Every second number of a run is a place in `ways_of`, 0 where the edge is not drawn.
    of_edges = zip(*runs_of.values(), strict=True)
    drawn = [any(any(run[1::2]) for run in of_edge) for of_edge in of_edges]
    for view, view_runs in runs_of.items():
        views[view]["lines"] = [runs.place(run) for run in compress(view_runs, drawn)]
    kept = list(compress(edges, drawn))
    names = sorted({edge.line for edge in kept if edge.line})
    return {
        "lines": [_line(atlas, atlas.records.lines[name], instruments) for name in names],
        "edges": [_edge(edge, names) for edge in kept],
        "ways": ways_of(atlas),
        "kinds": [text(line_words.kind(way)) if way else "" for way in ways_of(atlas)],
        "touching": _touching(edges, tracts),
    }


def _edge(edge: Edge, names: Sequence[str]) -> list[Any]:
    """Return what a page knows of an edge: its named line, kind, accuracy and course."""
    line = names.index(edge.line) if edge.line else -1
    return [line, edge.kind, edge.accuracy_km, encode_lines(edge.light)]


def _touching(edges: Iterable[Edge], tracts: Sequence[Tract]) -> list[tuple[int, int]]:
    """Return the pairs of tracts that have a common edge, as their places."""
    place_of = {tract.id: place for place, tract in enumerate(tracts)}
    common = [edge for edge in edges if edge.left and not edge.free]
    return sorted({(place_of[edge.left], place_of[edge.right]) for edge in common})


def _ways(atlas: Atlas, edge: Edge, view: str) -> Iterable[tuple[date, int]]:
    """Yield every day on which an edge may be drawn otherwise, and how it is drawn from then on."""
    record = atlas.records.lines.get(edge.line)
    first = atlas.time.first_day(view)
    sides = [tract for tract in (edge.left, edge.right) if tract]
    views = {view, "sovereignty"}  # on a map of control the sovereigns decide what is a border
    days = {day for tract in sides for name in views for day in atlas.time.days_of(tract, name)}
    claims = [claim for tract in sides for claim in atlas.tracts[tract].claims]
    ends = [end for claim in claims for end in (claim.since, claim.until)]
    ends += [end for life in (record.lives if record else ()) for end in (life.since, life.until)]
    days |= {end for end in ends if end is not None}
    ways = ways_of(atlas)
    for day in [first, *sorted(day for day in days if day > first)]:
        yield day, ways.index(way_on(atlas, edge, view, day))


def way_on(atlas: Atlas, edge: Edge, view: str, day: date) -> str:
    """Return how `view` draws an edge or a free line on `day`, one of `ways_of`.

    A line within one holder's land is not drawn.
    """
    drawn = drawn_edge(atlas, edge, day, view)
    return "" if drawn is None or drawn.kind == _WITHIN else drawn.kind


def _line(atlas: Atlas, line: NamedLine, instruments: Table) -> list[Any]:
    """Return what a page knows of a named line: id, name, and when it was in force by what act."""
    lives = []
    for life in line.lives:
        record = atlas.records.instruments.get(life.basis)
        act = instruments.place((life.basis, plain(record.name) if record else ""))
        until = None if life.until is None else number(life.until)
        lives.append([number(life.since), until, act, life.certainty, int(life.seen)])
    return [line.id, plain(line.name), lives]
