"""The commands that ask: who held what on a day, whose a place was, what changed hands.

Knows the questions and nothing of how they are answered.

They print a table, or JSON for machines; what they ask stands in `api`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sovietpacific.answers.tables import read_ids
from sovietpacific.answers.words import acts, holds
from sovietpacific.answers.words.answer import some
from sovietpacific.answers.words.wording import text
from sovietpacific.api import registers
from sovietpacific.api.between_days import changes_between
from sovietpacific.api.one_day import borders_at
from sovietpacific.api.one_place import history_of, sovereignty_of
from sovietpacific.cli.options import JSON, REGION, VIEW, examples, place_of, refusing_plainly
from sovietpacific.cli.terminal import tell, tell_json


@click.command(
    epilog=examples(
        "sovietpacific at 1922-06-01", "sovietpacific at 1950-01-01 --view title --region kurils"
    )
)
@click.argument("day")
@VIEW
@REGION
@JSON
@refusing_plainly
def at(day: str, view: str, region: str | None, as_json: bool) -> None:
    """Print who held what on DAY."""
    frame = borders_at(day, view=view, region=region).drop(columns="geometry")
    if as_json:
        tell_json({**frame.attrs, "rows": frame.to_dict("records")})
        return
    tell(f"{view} on {frame.attrs['day']}, data {frame.attrs['version']}")
    rows = sorted(frame.to_dict("records"), key=lambda row: -row["area_km2"])
    cells = [
        (_held(row), row["standing"], _area(row["area_km2"]), _some(row["tracts"])) for row in rows
    ]
    _print_table(("holder", "standing", "km²", "tracts"), cells)


@click.command(
    context_settings={"ignore_unknown_options": True},
    short_help="Print whose land PLACE was on DAY.",
    epilog=examples(
        "sovietpacific who Iturup 1945-08-29",
        "sovietpacific who 147.0,44.9 1945-08-29 --snap-km 20",
    ),
)
@click.argument("place")
@click.argument("day")
@click.option(
    "--snap-km",
    default=0.0,
    show_default=True,
    help="answer for a point at sea with the nearest land, up to so far away, 50 at most",
)
@JSON
@refusing_plainly
def who(place: str, day: str, snap_km: float, as_json: bool) -> None:
    """Print whose land PLACE was on DAY; PLACE is a name, a tract id, or LON,LAT."""
    answer = sovereignty_of(place_of(place), day, snap_km=snap_km)
    if as_json:
        tell_json(answer.to_dict())
    else:
        tell(str(answer))


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples(
        "sovietpacific history Uruppu", "sovietpacific history 豊原 --view japan --json"
    ),
)
@click.argument("place")
@VIEW
@JSON
@refusing_plainly
def history(place: str, view: str, as_json: bool) -> None:
    """Print all tenures of PLACE, first to last."""
    frame = history_of(place_of(place), view=view)
    rows = _rows(frame)
    if as_json:
        tell_json({**frame.attrs, "rows": rows})
        return
    tell(f"{view} of {frame.attrs['tract']}, data {frame.attrs['version']}")
    columns = ("since", "until", "holder", "standing", "instrument", "certainty", "sources")
    marked = [
        {**row, "certainty": text(acts.certainty(row["certainty"], seen=row["seen"]))}
        for row in rows
    ]
    _print_table(columns, [tuple(str(row[name] or "") for name in columns) for row in marked])


@click.command(
    short_help="Print all names of a place, or all places.",
    epilog=examples("sovietpacific places Dairen"),
)
@click.argument("name", required=False)
@JSON
@refusing_plainly
def places(name: str | None, as_json: bool) -> None:
    """Print the places of the gazetteer, or all names of NAME with the years they were in use."""
    frame = registers.places(name)
    rows = _rows(frame.astype(object))
    if as_json:
        tell_json({**frame.attrs, "rows": rows})
    elif name is None:
        columns = ("place", "kind", "lon", "lat", "tract")
        # The frame has a row for each name; a place is printed once.
        cells = dict.fromkeys(tuple(str(row[column]) for column in columns) for row in rows)
        _print_table(columns, list(cells))
    else:
        columns = ("place", "name", "language", "since", "until")
        cells = dict.fromkeys(
            (
                *(str(row[column] or "") for column in columns),
                "official" if row["official"] else "",
                "" if row["seen"] else text(acts.unverified()),
            )
            for row in rows
        )
        _print_table((*columns, "", ""), list(cells))


@click.command(
    short_help="Print what changed hands between two days.",
    epilog=examples("sovietpacific changes 1945-08-09 1945-09-06 --region kurils"),
)
@click.argument("first")
@click.argument("last")
@VIEW
@REGION
@click.option(
    "--certain-only",
    is_flag=True,
    help="only changes whose day is firm, read in a source, and surely in the span",
)
@JSON
@refusing_plainly
def changes(first: str, last: str, as_json: bool, **options: Any) -> None:
    """Print what changed hands after FIRST, up to and on LAST."""
    frame = changes_between(first, last, **options).drop(columns="geometry")
    about, rows = frame.attrs, _rows(frame)
    if as_json:
        tell_json({**about, "rows": rows})
        return
    tell(
        f"changes of {about['view']} after {about['first']} up to {about['day']}, "
        f"data {about['version']}"
    )
    columns = ("day", "from", "to", "to_standing", "instrument")
    _print_table(
        (*columns, "tracts"),
        [(*(str(row[name]) or "-" for name in columns), _some(row["tracts"])) for row in rows],
    )


COMMANDS = (at, who, history, places, changes)


def _rows(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame, with None for what is missing, as JSON has it."""
    return [
        {name: None if value != value else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _held(row: dict[str, Any]) -> str:
    holder = row["holder"] or holds.nobody(row["standing"])
    same = row["sovereign"] == row["holder"]
    return text(holder if same else holds.of_owner(holder, row["sovereign"]))


def _area(km2: float) -> str:
    return f"{km2:,.0f}" if km2 >= 10 else f"{km2:.2g}"


def _some(tracts: str) -> str:
    return text(some(read_ids(tracts), 4))


def _print_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(cell) for cell in cells) for cells in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        tell("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
