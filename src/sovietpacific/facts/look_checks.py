"""Find what is wrong in a look: what it lacks that a map, a legend or a name needs.

The builder words the faults as those of `look.toml`, the reader of the data as those of its
records. Knows looks and nothing of either file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sovietpacific.facts.look import (
    FRONT,
    IN_ALL,
    IN_CONTROL,
    NOBODY,
    ONE,
    SEVERAL,
    Look,
    LookLineKind,
    LookStanding,
)

HOLDERS, SCOPES = (NOBODY, ONE, SEVERAL), (IN_ALL, IN_CONTROL)

#: How the stripes of land run.
PATTERNS = ("right", "left", "crossed")

#: Standings that the code itself asks for: what the others are is told by their rules alone.
KNOWN_STANDINGS = ("sovereign", "condominium", "contested", "unassigned", "untold")

#: Languages that the code itself asks for: every place has an English name, and Latin spellings
#: stand before all others.
KNOWN_LANGUAGES = ("en", "latn")

#: How lines are drawn that part land: each is decided on the day, by who holds the two sides.
PARTING = ("border", "control", "disputed", "named")

#: Strokes are no wider than this, in points.
LARGEST_STROKE = 100

_COLOUR = re.compile(r"#[0-9A-F]{6}", re.ASCII)


def look_faults(look: Look) -> Iterator[str]:
    """Yield what is wrong in a look by itself, each fault beginning with table, key and name."""
    yield from _missing("standings", KNOWN_STANDINGS, look.standings)
    yield from _missing("languages", KNOWN_LANGUAGES, look.languages)
    yield from _missing("drawn_lines", PARTING, look.drawn_lines)
    yield from _missing("line_kinds", [FRONT], look.line_kinds)
    yield from _colour_faults(look)
    for key, lineage in look.lineages.items():
        if lineage.language and lineage.language not in look.languages:
            yield (
                f"lineages: {key}: language = {lineage.language!r}; there are "
                f"{', '.join(look.languages)}, or none"
            )
    for standing in look.standings.values():
        yield from _standing_faults(standing)
    for key, language in look.languages.items():
        if not language.scripts:
            yield f"languages: {key}: scripts is empty; name one"
    for kind in look.line_kinds.values():
        yield from _line_kind_faults(kind, look.drawn_lines)
    yield from _measure_faults(look)


def _missing(table: str, needed: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for key in needed:
        if key not in known:
            yield f"{table}: {key} is missing"


def _colour_faults(look: Look) -> Iterator[str]:
    """Yield every colour that is none, and every lineage that has the colour of another."""
    colours = [("nobody", look.nobody), ("beside", look.beside)]
    colours += [(f"lineages: {key}: colour", one.colour) for key, one in look.lineages.items()]
    for key, standing in look.standings.items():
        colours += [(f"standings: {key}: colours", colour) for colour in standing.colours]
    for key, line in look.drawn_lines.items():
        colours += [(f"drawn_lines: {key}: strokes", stroke.colour) for stroke in line.strokes]
    for where, colour in colours:
        if not _COLOUR.fullmatch(colour):
            yield f'{where} = {colour!r} is no colour; write "#1A2B3C"'
    owners: dict[str, str] = {}
    for key, lineage in look.lineages.items():
        first = owners.setdefault(lineage.colour, key)
        if first != key:
            yield f"lineages: {key}: colour = {lineage.colour!r} is that of {first}"


def _standing_faults(standing: LookStanding) -> Iterator[str]:
    where = f"standings: {standing.id}"
    for key, value, allowed in (
        ("holders", standing.holders, HOLDERS),
        ("views", standing.views, SCOPES),
        ("pattern", standing.pattern, PATTERNS),
    ):
        if value not in allowed:
            yield f"{where}: {key} = {value!r}; allowed: {', '.join(allowed)}"
    if len(standing.colours) != (2 if standing.holders == NOBODY else 0):
        yield (
            f"{where}: colours = {list(standing.colours)}; ground and stripe where nobody holds, "
            "else none: holders have their own"
        )
    if standing.pattern == "crossed" and standing.holders != NOBODY:
        yield f"{where}: pattern = 'crossed'; only land without a holder is crossed"
    if not standing.word.strip():
        yield f"{where}: word is empty; it is the key of the standing's words"


def _line_kind_faults(kind: LookLineKind, drawn: Collection[str]) -> Iterator[str]:
    where = f"line_kinds: {kind.id}"
    for key, value in (("drawn", kind.drawn), ("disputed", kind.disputed)):
        if value and value not in drawn:
            yield f"{where}: {key} = {value!r}; there are {', '.join(drawn)}"
    if kind.disputed and not kind.drawn:
        yield f"{where}: disputed = {kind.disputed!r}; of a line that divides land the day decides"
    if kind.views not in SCOPES:
        yield f"{where}: views = {kind.views!r}; allowed: {', '.join(SCOPES)}"


def _measure_faults(look: Look) -> Iterator[str]:
    """Yield every stroke without a width, and every place of a name that lies off the globe."""
    for key, line in look.drawn_lines.items():
        for stroke in line.strokes:
            if min(stroke.width, *stroke.dashes, LARGEST_STROKE) <= 0:
                yield f"drawn_lines: {key}: strokes: widths and dashes are above 0"
            if max(stroke.width, *stroke.dashes, 0) > LARGEST_STROKE:
                yield f"drawn_lines: {key}: strokes: widths and dashes are up to {LARGEST_STROKE}"
    for name, sea in look.seas.items():
        if len(sea.outline) < 3:
            yield f"seas: {name}: outline has {len(sea.outline)} positions; give 3 or more"
    points = [(f"seas: {name}", point) for name, sea in look.seas.items() for point in sea.outline]
    points += [(f"seas: {name}", sea.point) for name, sea in look.seas.items() if sea.point]
    points += [(f"lands: {name}", land.point) for name, land in look.lands.items()]
    for where, (lon, lat) in points:
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            yield f"{where}: ({lon}, {lat}) is no point on the globe; longitude comes first"


def holder_faults(
    look: Look, lineages: Collection[str], polities: Collection[str]
) -> Iterator[str]:
    """Yield every lineage without a look, every look without a lineage, and strange governments."""
    yield from _missing("lineages", lineages, look.lineages)
    for key in look.lineages:
        if key not in lineages:
            yield f"lineages: {key} is no lineage; there are {', '.join(lineages)}"
    for key in look.striped:
        if key not in polities:
            yield f"striped: {key} is no polity"
