"""Reads when a named line was in force, by which act, and how that is known: the part lines and
fronts have in common.

Knows days and acts, and nothing of shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sovietpacific.builder.kinds import a_text, check_kinds
from sovietpacific.builder.rows import read_edtf, refuse_unknown
from sovietpacific.errors import SeedError
from sovietpacific.facts.records import CERTAINTIES, LineLife

#: What a line says of its sources; a life may say otherwise for itself.
EVIDENCE_KEYS = frozenset({"sources", "certainty", "seen"})
_LIFE_KEYS = EVIDENCE_KEYS | {"since", "until", "basis", "edtf", "note"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement rests on: sources, certainty of the day, and whether a source was seen."""

    sources: tuple[str, ...]
    certainty: str
    seen: bool


def read_lives(table: Mapping[str, Any], where: str) -> tuple[LineLife, ...]:
    """Return the `lives` of a line; raise `SeedError` if they are out of order or overlap.

    What a life does not say of its sources the line does.
    """
    lives = table.get("lives", [])
    if not isinstance(lives, list) or not all(isinstance(life, Mapping) for life in lives):
        raise SeedError(
            f"{where}: lives = {lives!r}; "
            "write a list of spans, lives = [{ since = …, basis = … }]"
        )
    read = tuple(_life({**_shared(table), **life}, where) for life in lives)
    for first, second in pairwise(read):
        if first.until is None or second.since < first.until:
            raise SeedError(
                f"{where}: the life of {first.since} has not ended "
                f"when that of {second.since} begins"
            )
    return read


def _shared(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in EVIDENCE_KEYS if key in table}


def _life(table: Mapping[str, Any], where: str) -> LineLife:
    since = read_day(table, "since", where)
    here = f"{where} {since}"
    refuse_unknown(table, _LIFE_KEYS, here)
    until = read_day(table, "until", here) if "until" in table else None
    if until is not None and until <= since:
        raise SeedError(f"{here}: the line ends on {until}, not after it begins")
    check_kinds(table, {"note": a_text}, here)
    basis, evidence = table.get("basis"), read_evidence(table, here)
    if not isinstance(basis, str) or not basis:
        raise SeedError(
            f"{here}: basis = {basis!r}; name the instrument that put the line in force"
        )
    return LineLife(
        since=since,
        until=until,
        basis=basis,
        sources=evidence.sources,
        certainty=evidence.certainty,
        seen=evidence.seen,
        edtf=read_edtf(table, since, here),
        note=str(table.get("note", "")),
    )


def read_evidence(table: Mapping[str, Any], where: str) -> Evidence:
    """Return sources, certainty and `seen` of a line, a life or a front; each must be there."""
    sources, certainty, seen = (table.get(key) for key in ("sources", "certainty", "seen"))
    texts = sources if isinstance(sources, list) else []
    if not texts or not all(isinstance(source, str) and source for source in texts):
        raise SeedError(
            f"{where}: sources = {sources!r}; every line in force needs at least one "
            '"key" or "key locator"'
        )
    if certainty not in CERTAINTIES:
        raise SeedError(f"{where}: certainty = {certainty!r}; allowed: {', '.join(CERTAINTIES)}")
    if not isinstance(seen, bool):
        raise SeedError(f"{where}: seen = {seen!r}; write true or false")
    return Evidence(tuple(texts), str(certainty), seen)


def read_day(table: Mapping[str, Any], key: str, where: str) -> date:
    """Return a day of the table; lines may be older than the first day of the atlas."""
    value = table.get(key)
    if type(value) is not date:
        raise SeedError(
            f"{where}: {key} = {value!r} is not a day; write {key} = 1953-07-27, without quotes"
        )
    return value
