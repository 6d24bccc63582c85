"""Lay the named lines, the places and the registers beside the tenures of a GeoPackage, so that
nothing is left to look up.

Knows the registers and nothing of the forms of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shapely

from sovietpacific.answers.texts import joined
from sovietpacific.api.registers import instruments, polities, sources
from sovietpacific.exports.layers import DAY, FLAG, NUMBER, TEXT, Layer
from sovietpacific.exports.selection import Selection
from sovietpacific.exports.tenures import limit_columns
from sovietpacific.facts.records import LineLife, NamedLine

if TYPE_CHECKING:
    import pandas

_LINE_COLUMNS = {
    **dict.fromkeys(("line", "name", "kind", "left_tract", "right_tract"), TEXT),
    "since": DAY,
    "until": DAY,
    "since_edtf": TEXT,
    "since_earliest": DAY,
    "since_latest": DAY,
    **dict.fromkeys(("basis", "sources", "certainty"), TEXT),
    "seen": FLAG,
    "accuracy_km": NUMBER,
    "note": TEXT,
    "version": TEXT,
}
_PLACE_COLUMNS = {
    **dict.fromkeys(("place", "name", "names", "kind", "tract"), TEXT),
    "accuracy_km": NUMBER,
    "source": TEXT,
    "note": TEXT,
    "version": TEXT,
}


def register_layers(selection: Selection) -> Iterator[Layer]:
    """Yield lines and places with their shapes, then plain tables of acts, polities and sources."""
    yield _lines(selection)
    yield _places(selection)
    atlas = selection.atlas
    for name, frame in (
        ("instruments", instruments(atlas=atlas)),
        ("polities", polities(atlas=atlas)),
        ("sources", sources(atlas=atlas)),
    ):
        yield _table(name, frame)


def _lines(selection: Selection) -> Layer:
    """Return a layer with a row per named line, piece of it between two tracts, and life.

    A line without lives has one row without days.
    """
    atlas = selection.atlas
    judged = {tract.id for tract in selection.tracts}
    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for edge in atlas.shapes.edges:
        line = atlas.records.lines.get(edge.line)
        if line is None or (edge.left and not {edge.left, edge.right} & judged):
            continue
        if not edge.left and selection.region is not None and not line.lies_in(selection.region):
            continue
        for life in line.lives or (None,):
            if life is None or selection.holds_any(life.since, life.until):
                about = {
                    "left_tract": edge.left,
                    "right_tract": edge.right,
                    "accuracy_km": edge.accuracy_km,
                }
                rows.append({**_line_row(line, life), **about, "version": atlas.version})
                shapes.append(edge.geometry if selection.detail == "fine" else edge.light)
    return Layer("lines", _LINE_COLUMNS, rows, shapes)


def _line_row(line: NamedLine, life: LineLife | None) -> dict[str, Any]:
    notes = joined(note for note in (line.note, life.note if life else "") if note)
    told = {"line": line.id, "name": line.name, "kind": line.kind, "note": notes}
    if life is None:
        return {**dict.fromkeys(_LINE_COLUMNS), **told}
    return {
        **told,
        "since": life.since,
        "until": life.until,
        **limit_columns("since", life.limits),
        "basis": life.basis,
        "sources": joined(life.sources),
        "certainty": life.certainty,
        "seen": life.seen,
    }


def _places(selection: Selection) -> Layer:
    atlas = selection.atlas
    tracts = {tract.id for tract in selection.tracts}
    places = [place for _, place in sorted(atlas.records.places.items()) if place.tract in tracts]
    rows = [
        {
            "place": place.id,
            "name": place.name,
            "names": joined(dict.fromkeys(name.text for name in place.names)),
            **{
                column: getattr(place, column)
                for column in ("kind", "tract", "accuracy_km", "source", "note")
            },
            "version": atlas.version,
        }
        for place in places
    ]
    return Layer(
        "places",
        _PLACE_COLUMNS,
        rows,
        list(shapely.points([(place.lon, place.lat) for place in places])),
    )


def _table(name: str, frame: pandas.DataFrame) -> Layer:
    plain = frame.astype(object).where(frame.notna(), None)
    kinds = {column: FLAG if frame[column].dtype == bool else TEXT for column in frame.columns}
    return Layer(
        name,
        kinds,
        [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")],
        None,
    )
