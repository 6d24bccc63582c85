"""Shapes rows into pandas and GeoPandas frames: days as ISO text, lists as text, all in EPSG:4326.

Knows rows and nothing of how they were found.

Here alone rows become the text columns that a user reads, and here alone such columns are read
back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sovietpacific.answers.changes import ChangeRow
from sovietpacific.answers.rows import BorderRow, LineRow, Side, TractRow
from sovietpacific.answers.texts import SEPARATOR, joined, text_of
from sovietpacific.facts.records import VIEWS, holder_text
from sovietpacific.timelines.timekeeper import Hold

if TYPE_CHECKING:
    import pandas

    from sovietpacific.answers.atlas_frame import AtlasFrame

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
CHANGE_COLUMNS = (
    *("day", "from", "to", "from_standing", "to_standing", "instrument"),
    *("sources", "certainty", "seen", "edtf", "tracts", "area_km2"),
)


def tenure_columns(hold: Hold) -> dict[str, Any]:
    """Return one tenure as the columns of frames and exports; polities are those of the hold."""
    tenure = hold.tenure
    return {
        "since": tenure.since.isoformat(),
        "until": text_of(hold.until),
        "holder": hold.holder,
        "polity": joined(hold.polities),
        "standing": tenure.standing,
        "instrument": tenure.instrument,
        "on": tenure.on,
        "sources": joined(tenure.sources),
        "certainty": tenure.certainty,
        "seen": tenure.seen,
        "edtf": tenure.edtf,
        "note": tenure.note,
    }


def border_columns(row: BorderRow) -> dict[str, Any]:
    """Return a row of borders as `BORDER_COLUMNS`."""
    return {
        "holder": holder_text(row.holders, row.standing),
        "polity": joined(row.polities),
        "standing": row.standing,
        "sovereign": holder_text(row.sovereigns, row.sovereign_standing),
        "area_km2": row.area_km2,
        "tracts": joined(row.tracts),
    }


def tract_columns(row: TractRow) -> dict[str, Any]:
    """Return a tract on a day as `TRACT_COLUMNS`; the tenure is that of control."""
    return {
        **tenure_columns(row.holds["control"]),
        "tract": row.tract.id,
        "name": row.tract.name,
        "area_km2": row.tract.area_km2,
        "claimants": joined(row.claimants),
        **{view: hold.holder for view, hold in row.holds.items()},
    }


def line_columns(row: LineRow) -> dict[str, Any]:
    """Return a stretch of a line as `LINE_COLUMNS`."""
    return {
        "line": row.line,
        "name": row.name,
        "left": side_text(row.left),
        "right": side_text(row.right),
        "left_tract": row.left_tract,
        "right_tract": row.right_tract,
        "kind": row.kind,
        "since": row.since.isoformat(),
        "accuracy_km": row.accuracy_km,
        "status": row.status,
        "basis": row.basis,
        "sources": joined(row.sources),
        "certainty": row.certainty,
        "seen": row.seen,
        "note": joined(row.notes),
    }


def side_text(side: Side) -> str:
    """Return who holds one side of a line as one text."""
    return holder_text(side.holders, "contested" if side.disputed else "")


def change_columns(row: ChangeRow) -> dict[str, Any]:
    """Return a change of hands as `CHANGE_COLUMNS`."""
    return {
        "day": row.day.isoformat(),
        "from": holder_text(row.from_holders, row.from_standing),
        "to": holder_text(row.to_holders, row.to_standing),
        "from_standing": row.from_standing,
        "to_standing": row.to_standing,
        "instrument": row.instrument,
        "sources": joined(row.sources),
        "certainty": joined(row.certainties),
        "seen": row.seen,
        "edtf": joined(row.edtf) or None,
        "tracts": joined(row.tracts),
        "area_km2": row.area_km2,
    }


def read_border(columns: Mapping[str, Any]) -> BorderRow:
    """Read a row back from the columns `holder`, `standing`, `sovereign` and, where there is one,
    `polity` of a frame, which may be a user's own.

    >>> row = read_border({"holder": "russia", "standing": "occupied", "sovereign": "china|japan"})
    >>> row.holders, row.sovereigns, row.sovereign_standing
    (('russia',), ('china', 'japan'), 'contested')
    """
    sovereign = str(columns["sovereign"] or "")
    return BorderRow(
        holders=_lineages_in(str(columns["holder"] or "")),
        polities=read_ids(str(columns.get("polity") or "")),
        standing=str(columns["standing"] or ""),
        sovereigns=_lineages_in(sovereign),
        sovereign_standing="contested" if "|" in sovereign else "",
    )


def read_ids(text: str) -> tuple[str, ...]:
    """Read back ids that one text of a frame holds."""
    return tuple(key for key in text.split(SEPARATOR) if key)


def _lineages_in(holder: str) -> tuple[str, ...]:
    return tuple(part for part in holder.replace("|", "+").split("+") if part)


def table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], about: Mapping[str, str]
) -> pandas.DataFrame:
    """Return a DataFrame of `rows` with exactly these columns, also when there are no rows; `about`
    goes to `.attrs`.
    """
    import pandas

    frame = pandas.DataFrame(
        [{name: row[name] for name in columns} for row in rows], columns=list(columns)
    )
    frame.attrs.update(about)
    return frame


def geotable(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    geometries: Sequence[Any],
    about: Mapping[str, str],
) -> AtlasFrame:
    """Return a GeoDataFrame in EPSG:4326 of `rows` and their geometries, which shows itself well;
    `about` goes to `.attrs`.
    """
    from sovietpacific.answers.atlas_frame import AtlasFrame

    frame = AtlasFrame(table(rows, columns, about), geometry=list(geometries), crs="EPSG:4326")
    frame.attrs.update(about)
    return frame
