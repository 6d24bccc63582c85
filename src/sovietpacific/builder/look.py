"""Read `look.toml`, how maps show what the atlas holds, and refuse one that lacks what anyone
needs: each refusal names table, entry and key.

Knows one file of the seeds and nothing of how a map is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sovietpacific.builder.kinds import (
    POSITIONS,
    TEXTS,
    Kind,
    a_flag,
    a_list,
    a_number,
    a_position,
    a_table,
    a_text,
    a_whole_number,
    check_kinds,
)
from sovietpacific.builder.loading import load
from sovietpacific.builder.rows import refuse_unknown
from sovietpacific.errors import SeedError
from sovietpacific.facts.look import (
    Look,
    LookDrawnLine,
    LookLand,
    LookLanguage,
    LookLineage,
    LookLineKind,
    LookPlace,
    LookPlaceKind,
    LookSea,
    LookStanding,
    LookStroke,
)
from sovietpacific.facts.look_checks import holder_faults, look_faults

FILE = "look.toml"

#: The kind of a web zoom.
ZOOM = a_whole_number(1, 19)


class _Form(NamedTuple):
    """What an entry of a table holds: keys it needs and keys it may have, each with its kind."""

    needed: Mapping[str, Kind]
    may: Mapping[str, Kind]


_STROKE = _Form(
    {"colour": a_text, "width": a_number(above=0, most=100)},
    {"dashes": a_list(a_number(above=0, most=100), least=2)},
)
_PAGE = _Form({"lines": a_list(a_text, least=1), "at": a_position, "zoom": ZOOM}, {})
_FIRST = _Form({"zoom": ZOOM, "places": TEXTS}, {})
_TABLES = {
    "lineages": _Form({"colour": a_text, "language": a_text}, {}),
    "standings": _Form(
        {
            **dict.fromkeys(("holders", "views", "pattern", "word"), a_text),
            "named": a_flag,
        },
        {"colours": TEXTS},
    ),
    "languages": _Form({"scripts": TEXTS, "tracts": a_flag}, {}),
    "place_kinds": _Form(
        {"zoom": ZOOM, **dict.fromkeys(("dot", "natural", "own_name"), a_flag)}, {}
    ),
    "line_kinds": _Form({"views": a_text}, {"drawn": a_text, "disputed": a_text}),
    "drawn_lines": _Form(
        {"level": a_whole_number(1, 1000), "strokes": a_list(a_table)}, {"zoom": ZOOM}
    ),
    "seas": _Form({"outline": POSITIONS}, {"page": a_table}),
    "lands": _Form({"at": a_position, "zoom": ZOOM}, {}),
}
_KEYS = frozenset({"nobody", "beside", "first_places", *_TABLES})


def read_look(seeds: Path) -> Look:
    """Return the look of a seeds folder; raise `SeedError` naming the entry and the key if wrong.

    Which governments are striped and which lines are named stands with these, in
    `polities.toml` and `lines.toml`.
    """
    document = load(seeds / FILE)
    refuse_unknown(document, _KEYS, FILE)
    kinds = {"nobody": a_text, "beside": a_text, "first_places": a_list(a_table)}
    check_kinds(document, kinds, FILE, sorted(_KEYS))
    rows = {name: _rows(document[name], form, name) for name, form in _TABLES.items()}
    look = Look(
        nobody=document["nobody"],
        beside=document["beside"],
        striped=(),
        lineages={key: LookLineage(key, **row) for key, row in rows["lineages"].items()},
        standings={key: _standing(key, row) for key, row in rows["standings"].items()},
        languages={
            key: LookLanguage(key, tuple(row["scripts"]), row["tracts"])
            for key, row in rows["languages"].items()
        },
        place_kinds={key: LookPlaceKind(key, **row) for key, row in rows["place_kinds"].items()},
        line_kinds={
            key: LookLineKind(key, row.get("drawn", ""), row.get("disputed", ""), row["views"])
            for key, row in rows["line_kinds"].items()
        },
        drawn_lines={key: _drawn_line(key, row) for key, row in rows["drawn_lines"].items()},
        seas={key: _sea(key, row) for key, row in rows["seas"].items()},
        lands={
            key: LookLand(key, _position(row["at"]), row["zoom"])
            for key, row in rows["lands"].items()
        },
        first_places=_first_places(document["first_places"]),
        named_lines={},
    )
    _refuse(look_faults(look))
    return look


def check_holders(look: Look, lineages: Collection[str], polities: Collection[str]) -> None:
    """Raise `SeedError` if a lineage has no colour, or what is no lineage has one."""
    _refuse(holder_faults(look, lineages, polities))


def check_first_places(look: Look, places: Collection[str]) -> None:
    """Raise `SeedError` if the look puts places first which the gazetteer does not have."""
    _refuse(
        f"first_places: {key} is not in places.csv"
        for key in look.first_places
        if key not in places
    )


def _refuse(faults: Iterable[str]) -> None:
    for fault in faults:
        raise SeedError(f"{FILE}: {fault}")


def _rows(table: Any, form: _Form, name: str) -> dict[str, Mapping[str, Any]]:
    """Check every entry of a table, and the names of the entries."""
    a_table(table, f"{FILE}: {name}")
    for key, row in table.items():
        _check(row, form, f"{FILE}: {name}: {key}")
        if not key.strip():
            raise SeedError(f"{FILE}: {name}: an entry has no name")
    return dict(table)


def _check(row: Any, form: _Form, where: str) -> None:
    refuse_unknown(row, frozenset({*form.needed, *form.may}), where)
    check_kinds(row, {**form.needed, **form.may}, where, list(form.needed))


def _standing(key: str, row: Mapping[str, Any]) -> LookStanding:
    return LookStanding(id=key, **{**row, "colours": tuple(row.get("colours", ()))})


def _drawn_line(key: str, row: Mapping[str, Any]) -> LookDrawnLine:
    for number, stroke in enumerate(row["strokes"], 1):
        _check(stroke, _STROKE, f"{FILE}: drawn_lines: {key}: stroke {number}")
    strokes = tuple(
        LookStroke(stroke["colour"], stroke["width"], tuple(stroke.get("dashes", ())))
        for stroke in row["strokes"]
    )
    return LookDrawnLine(key, row["level"], strokes, row.get("zoom"))


def _sea(key: str, row: Mapping[str, Any]) -> LookSea:
    outline = tuple(_position(position) for position in row["outline"])
    if "page" not in row:
        return LookSea(key, outline, (), None, None)
    page = row["page"]
    _check(page, _PAGE, f"{FILE}: seas: {key}: page")
    return LookSea(key, outline, tuple(page["lines"]), _position(page["at"]), page["zoom"])


def _position(value: list[float]) -> tuple[float, float]:
    return value[0], value[1]


def _first_places(groups: list[Any]) -> dict[str, LookPlace]:
    found: dict[str, LookPlace] = {}
    for number, group in enumerate(groups, 1):
        where = f"{FILE}: first_places: group {number}"
        _check(group, _FIRST, where)
        for key in group["places"]:
            if key in found:
                raise SeedError(f"{where}: {key} is named twice")
            found[key] = LookPlace(key, len(found) + 1, group["zoom"])
    return found
