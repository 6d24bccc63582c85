"""Tells of what kind a value of the seeds is, and refuses any other kind by file and key before it goes anywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sovietpacific.errors import SeedError, shown

#: Refuses a value that is not of the kind, with `SeedError`; the text says where it stands.
Kind = Callable[[Any, str], None]

#: The name of a file of points without its ending: it can lead nowhere else.
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)

#: What TOML promises of whole numbers; how deep tables and lists may lie in each other here.
_LARGEST, _DEEPEST = 2**63, 24


def check_kinds(table: Any, kinds: Mapping[str, Kind], where: str, needed: Collection[str] = ()) -> None:
    """Refuse what is no table, a table that lacks a `needed` key, and a value that is not of the kind its key has in `kinds`."""
    a_table(table, where)
    for key in needed:
        if key not in table:
            raise SeedError(f"{where}: {key} is missing")
    for key, kind in kinds.items():
        if key in table:
            kind(table[key], f"{where}: {key}")


def a_table(value: Any, where: str) -> None:
    """Refuse what is no table."""
    if not isinstance(value, Mapping):
        raise SeedError(f"{where} = {shown(value)} is no table; write {{ key = …, … }}, or [{where.rpartition(': ')[2]}] above")


def a_text(value: Any, where: str) -> None:
    """Refuse what is no text."""
    if not isinstance(value, str):
        raise SeedError(f'{where} = {shown(value)} is not a text; write "…"')


def a_flag(value: Any, where: str) -> None:
    """Refuse what is neither true nor false."""
    if not isinstance(value, bool):
        raise SeedError(f"{where} = {shown(value)}; write true or false")


def a_file_name(value: Any, where: str) -> None:
    """Refuse what cannot be the name of a file of points: one that leads to another folder, too."""
    if not isinstance(value, str) or not _FILE_NAME.fullmatch(value):
        raise SeedError(f"{where} = {shown(value)} is no name of a file; write it without folder and ending, in Latin letters")


def a_number(least: float = -math.inf, most: float = math.inf, *, above: float = -math.inf) -> Kind:
    """Give the kind of numbers from `least` to `most` and greater than `above`; true, false and what is no number are none."""

    def check(value: Any, where: str) -> None:
        if not _is_number(value) or not least <= value <= most or value <= above:
            limits = f" above {above:g}" if above > -math.inf else f" from {least:g} to {most:g}" if most < math.inf else ""
            raise SeedError(f"{where} = {shown(value)} is not a number{limits}")

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def a_position(value: Any, where: str) -> None:
    """Refuse what is no longitude and latitude, in that order."""
    if not (isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))):
        raise SeedError(f"{where} = {shown(value)} is no point; write [lon, lat]")
    if not (abs(value[0]) <= 180 and abs(value[1]) <= 90):
        raise SeedError(f"{where} = {shown(value)} is no point on the globe; longitude comes first")


def a_list(kind: Kind, *, least: int = 0, most: int | None = None) -> Kind:
    """Give the kind of lists of values of one kind, `least` of them or more, and up to `most`."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise SeedError(f"{where} = {shown(value)} is no list; write [ …, … ]")
        if len(value) < least or (most is not None and len(value) > most):
            many = f"{least}" if most == least else f"{least} or more"
            raise SeedError(f"{where} = {shown(value)} has {len(value)} values; give {many}")
        for number, one in enumerate(value, 1):
            kind(one, f"{where}: {number}")

    return check


def a_table_of(kind: Kind) -> Kind:
    """Give the kind of tables with any keys whose values are all of one kind."""

    def check(value: Any, where: str) -> None:
        a_table(value, where)
        for key, one in value.items():
            kind(one, f"{where}: {key}")

    return check


def a_table_with(kinds: Mapping[str, Kind], needed: Collection[str] = ()) -> Kind:
    """Give the kind of tables whose keys have kinds of their own; what other keys there are is not looked at."""

    def check(value: Any, where: str) -> None:
        check_kinds(value, kinds, where, needed)

    return check


def refuse_extremes(value: Any, where: str, deep: int = 0) -> None:
    """Refuse numbers that are none or that no file of the data could hold, and what lies deeper than seeds ever do."""
    if deep > _DEEPEST:
        raise SeedError(f"{where}: tables and lists lie in each other more than {_DEEPEST} deep")
    if isinstance(value, float) and not math.isfinite(value):
        raise SeedError(f"{where} = {value} is no number that can be used")
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise SeedError(f"{where} is a whole number too large for TOML, which has them up to {_LARGEST - 1}")
    inner = value.items() if isinstance(value, Mapping) else enumerate(value, 1) if isinstance(value, list) else ()
    for key, one in inner:
        refuse_extremes(one, f"{where}: {key}", deep + 1)


TEXTS = a_list(a_text)
POSITIONS = a_list(a_position)

#: How the shape of a tract, or the common land of a region, is made.
SHAPE = a_table_with(
    {
        "rings": a_list(a_file_name),
        "strip": a_table_with(
            {
                "line": a_text,
                "km": a_number(above=0, most=1000),
                "country": a_text,
                "north_of": a_number(-90, 90),
                "south_of": a_number(-90, 90),
            },
            needed=("line", "km", "country"),
        ),
        "at": POSITIONS,
        "island": a_position,
        "islands": POSITIONS,
        "provinces": TEXTS,
        "rest": a_text,
        "town": a_position,
        "towns": POSITIONS,
    }
)
