"""Tells of what kind a value of the seeds is, and refuses any other kind by file and key before it
goes anywhere.

Knows values and nothing of what they mean.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sovietpacific.errors import SeedError, shown

#: Refuses a value that is not of the kind, with `SeedError`; the text says where it stands.
Kind = Callable[[Any, str], None]

#: The name of a file of points without its ending: it can lead nowhere else.
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)

#: What TOML promises of whole numbers; how deep tables and lists may lie in each other here.
_LARGEST, _DEEPEST = 2**63, 24


def check_kinds(
    table: Any, kinds: Mapping[str, Kind], where: str, needed: Collection[str] = ()
) -> None:
    """Raise `SeedError` unless a table has the `needed` keys, and values of the kinds in `kinds`.

    What is no table is refused, too.
    """
    a_table(table, where)
    for key in needed:
        if key not in table:
            raise SeedError(f"{where}: {key} is missing")
    for key, kind in kinds.items():
        if key in table:
            kind(table[key], f"{where}: {key}")


def a_table(value: Any, where: str) -> None:
    """Raise `SeedError` unless the value is a table."""
    if not isinstance(value, Mapping):
        key = where.rpartition(": ")[2]
        raise SeedError(
            f"{where} = {shown(value)} is no table; write {{ key = …, … }}, or [{key}] above"
        )


def a_text(value: Any, where: str) -> None:
    """Raise `SeedError` unless the value is a text."""
    if not isinstance(value, str):
        raise SeedError(f'{where} = {shown(value)} is not a text; write "…"')


def a_flag(value: Any, where: str) -> None:
    """Raise `SeedError` unless the value is true or false."""
    if not isinstance(value, bool):
        raise SeedError(f"{where} = {shown(value)}; write true or false")


def a_file_name(value: Any, where: str) -> None:
    """Raise `SeedError` unless the value can be the name of a file of points.

    A name that leads to another folder cannot.
    """
    if not isinstance(value, str) or not _FILE_NAME.fullmatch(value):
        raise SeedError(
            f"{where} = {shown(value)} is no name of a file; "
            "write it without folder and ending, in Latin letters"
        )


def a_number(least: float = -math.inf, most: float = math.inf, *, above: float = -math.inf) -> Kind:
    """Return the kind of numbers from `least` to `most` and greater than `above`.

    True, false and what is no number are none.
    """
    limits = ""
    if above > -math.inf:
        limits = f" above {above:g}"
    elif most < math.inf:
        limits = f" from {least:g} to {most:g}"

    def check(value: Any, where: str) -> None:
        if not _is_number(value) or not least <= value <= most or value <= above:
            raise SeedError(f"{where} = {shown(value)} is not a number{limits}")

    return check


def a_whole_number(least: int, most: int) -> Kind:
    """Return the kind of whole numbers from `least` to `most`; true and false are none."""

    def check(value: Any, where: str) -> None:
        if type(value) is not int or not least <= value <= most:
            raise SeedError(f"{where} = {shown(value)} is no whole number from {least} to {most}")

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def a_position(value: Any, where: str) -> None:
    """Raise `SeedError` unless the value is a longitude and a latitude, in that order."""
    if not (isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))):
        raise SeedError(f"{where} = {shown(value)} is no point; write [lon, lat]")
    if not (abs(value[0]) <= 180 and abs(value[1]) <= 90):
        raise SeedError(f"{where} = {shown(value)} is no point on the globe; longitude comes first")


def a_list(kind: Kind, *, least: int = 0, most: int | None = None) -> Kind:
    """Return the kind of lists of values of one kind, `least` of them or more, and up to `most`."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise SeedError(f"{where} = {shown(value)} is no list; write [ …, … ]")
        if len(value) < least or (most is not None and len(value) > most):
            many = f"{least}" if most == least else f"{least} or more"
            raise SeedError(f"{where} = {shown(value)} has {len(value)} values; give {many}")
        for number, entry in enumerate(value, 1):
            kind(entry, f"{where}: {number}")

    return check


def a_table_of(kind: Kind) -> Kind:
    """Return the kind of tables with any keys whose values are all of one kind."""

    def check(value: Any, where: str) -> None:
        a_table(value, where)
        for key, entry in value.items():
            kind(entry, f"{where}: {key}")

    return check


def a_table_with(kinds: Mapping[str, Kind], needed: Collection[str] = ()) -> Kind:
    """Return the kind of tables whose keys have kinds of their own.

    Keys that are not in `kinds` are not looked at.
    """

    def check(value: Any, where: str) -> None:
        check_kinds(value, kinds, where, needed)

    return check


def refuse_extremes(value: Any, where: str, deep: int = 0) -> None:
    """Raise `SeedError` for numbers that no file of the data could hold, and for deep nesting."""
    if deep > _DEEPEST:
        raise SeedError(f"{where}: tables and lists lie in each other more than {_DEEPEST} deep")
    if isinstance(value, float) and not math.isfinite(value):
        raise SeedError(f"{where} = {value} is no number that can be used")
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise SeedError(
            f"{where} is a whole number too large for TOML, which has them up to {_LARGEST - 1}"
        )
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value, 1)
    for key, entry in inner:
        refuse_extremes(entry, f"{where}: {key}", deep + 1)


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
