"""Read the registers every row leans on: lineages, polities, instruments, sources, the look.

Knows the registers and nothing of tracts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from sovietpacific.builder.kinds import (
    TEXTS,
    a_flag,
    a_table,
    a_table_of,
    a_text,
    check_kinds,
)
from sovietpacific.builder.loading import load
from sovietpacific.builder.look import check_holders, read_look
from sovietpacific.builder.rows import gregorian, key_of, refuse_unknown
from sovietpacific.dates import FIRST_DAY
from sovietpacific.errors import SeedError, shown
from sovietpacific.facts.look import Look
from sovietpacific.facts.records import VIEWS, Instrument, Polity, Source, StateView

_CODES = ("gw", "cow", "iso_3166_1", "iso_3166_3", "wikidata")
_POLITY_KEYS = frozenset(
    {"name", "lineage", "main", "since", "until", "by", "sources", "striped", *_CODES}
)
_INSTRUMENT_KEYS = frozenset(
    [
        "name",
        "signed",
        "in_force",
        "carried_out",
        "old_style",
        "place",
        "parties",
        "articles",
        "citation",
        "sources",
        "bears_on",
        "effect",
        "note",
    ]
)
_VIEW_KEYS = frozenset(
    ["name", "base", "claimants", "since", "recognised", "reads", "sources", "note"]
)
_VIEW_KINDS = {
    "claimants": TEXTS,
    "recognised": a_table,
    "reads": a_table_of(a_text),
    "sources": TEXTS,
    "note": a_text,
}
_INSTRUMENT_KINDS = {
    **dict.fromkeys(("place", "articles", "citation", "effect", "note"), a_text),
    **dict.fromkeys(("parties", "sources", "bears_on"), TEXTS),
}
_SOURCE_KEYS = frozenset(["citation", "url", "kind", "seen"])


@dataclass(frozen=True, slots=True)
class Edition:
    """What edition of the facts this is: its version and the day it was closed."""

    version: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Registers:
    """The lineages (id → name), polities, instruments and sources of the seeds, by id, and how they
    look on maps.
    """

    edition: Edition
    lineages: Mapping[str, str]
    polities: Mapping[str, Polity]
    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    views: Mapping[str, StateView]
    look: Look

    def main_polities(self, lineage: str) -> tuple[Polity, ...]:
        """Return the polities that follow each other as the main line of a lineage, in order."""
        chain = [p for p in self.polities.values() if p.main and p.lineage == lineage]
        return tuple(sorted(chain, key=lambda p: p.since))

    def life_of(self, holder: str) -> tuple[date, date | None]:
        """Return the first day on which `holder` can hold land, and the day after the last.

        Raise `SeedError` if the holder is unknown.
        """
        if holder in self.polities and not self.polities[holder].main:
            return self.polities[holder].since, self.polities[holder].until
        if holder not in self.lineages:
            raise SeedError(
                f"holder {shown(holder)} is neither a lineage nor a polity outside a main line "
                "(seeds/polities.toml)"
            )
        chain = self.main_polities(holder)
        return chain[0].since, chain[-1].until


def read_registers(seeds: Path) -> Registers:
    """Return the registers of a seeds folder, read and checked."""
    polities_file = load(seeds / "polities.toml")
    check_kinds(
        polities_file,
        {"lineages": a_table_of(a_text), "polities": a_table},
        "polities.toml",
        ("lineages", "polities"),
    )
    registers = Registers(
        edition=_edition(load(seeds / "edition.toml")),
        lineages=polities_file["lineages"],
        polities={key: _polity(key, table) for key, table in polities_file["polities"].items()},
        instruments={
            key: _instrument(key, table) for key, table in load(seeds / "instruments.toml").items()
        },
        sources={key: _source(key, table) for key, table in load(seeds / "sources.toml").items()},
        views={key: _view(key, table) for key, table in load(seeds / "views.toml").items()},
        look=replace(read_look(seeds), striped=_striped(polities_file["polities"])),
    )
    for polity in registers.polities.values():
        _check_polity(polity, registers)
    for lineage in registers.lineages:
        _check_main_line(lineage, registers.main_polities(lineage))
    for view in registers.views.values():
        _check_view(view, registers)
    check_holders(registers.look, registers.lineages, registers.polities)
    return registers


def _need(table: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    if type(table.get(key)) is not kind:
        raise SeedError(
            f"{where}: {key} = {table.get(key)!r} is missing or is not of type {kind.__name__}"
        )
    return table[key]


def _optional_day(table: Mapping[str, Any], key: str, where: str) -> date | None:
    return _need(table, key, date, where) if key in table else None


def _edition(table: Mapping[str, Any]) -> Edition:
    edition = Edition(
        _need(table, "version", str, "edition.toml"), _need(table, "as_of", date, "edition.toml")
    )
    if edition.as_of < FIRST_DAY:
        raise SeedError(
            f"edition.toml: as_of = {edition.as_of} is before {FIRST_DAY}, "
            "the first day of this atlas"
        )
    return edition


def _polity(key: str, table: Mapping[str, Any]) -> Polity:
    where = f"polities.toml: {key}"
    refuse_unknown(table, _POLITY_KEYS, where)
    kinds = {"main": a_flag, "striped": a_flag, "by": a_text, "sources": TEXTS}
    check_kinds(table, kinds, where)
    lineage, main = _need(table, "lineage", str, where), table.get("main", False)
    if not main and not key.startswith(f"{lineage}/"):
        raise SeedError(
            f"{where}: a polity outside the main line is called lineage/name, here {lineage}/…"
        )
    if main == ("striped" in table):
        raise SeedError(
            f"{where}: striped = {table.get('striped')!r}; a polity outside the main line says "
            "whether its land is striped on maps, true or false, and no other does"
        )
    return Polity(
        id=key,
        name=_need(table, "name", str, where),
        lineage=lineage,
        main=main,
        since=_need(table, "since", date, where),
        until=_optional_day(table, "until", where),
        by=str(table.get("by", "")),
        sources=tuple(table.get("sources", ())),
        codes={code: _need(table, code, str, where) for code in _CODES if code in table},
    )


def _striped(polities: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the polities whose land is striped, so that it is told from that of the main one."""
    return tuple(sorted(key for key, table in polities.items() if table.get("striped")))


def _check_polity(polity: Polity, registers: Registers) -> None:
    """Raise `SeedError` if a polity ends before it begins, or names what is in no register."""
    where = f"polities.toml: {polity.id}"
    if polity.until is not None and polity.until <= polity.since:
        raise SeedError(f"{where}: ends on {polity.until}, not after it begins on {polity.since}")
    if polity.lineage not in registers.lineages:
        raise SeedError(
            f"{where}: lineage = {polity.lineage!r} is not among the lineages; "
            f"there are {', '.join(registers.lineages)}"
        )
    if polity.by and polity.by not in registers.instruments:
        raise SeedError(f"{where}: by = {polity.by!r} is not in instruments.toml")
    unknown = _unknown_sources(polity.sources, registers)
    if unknown:
        raise SeedError(f"{where}: not in sources.toml: {', '.join(unknown)}")


def _unknown_sources(sources: tuple[str, ...], registers: Registers) -> list[str]:
    return sorted(source for source in sources if key_of(source) not in registers.sources)


def _check_main_line(lineage: str, chain: tuple[Polity, ...]) -> None:
    if not chain:
        raise SeedError(f"polities.toml: lineage {lineage} has no main polity")
    for first, second in pairwise(chain):
        if first.until != second.since:
            raise SeedError(
                f"polities.toml: {first.id} ends {first.until} "
                f"but {second.id} begins {second.since}; "
                "the main polities of a lineage follow each other without gap or overlap"
            )


def _instrument(key: str, table: Mapping[str, Any]) -> Instrument:
    where = f"instruments.toml: {key}"
    refuse_unknown(table, _INSTRUMENT_KEYS, where)
    check_kinds(table, _INSTRUMENT_KINDS, where)
    signed = _optional_day(table, "signed", where)
    if "old_style" in table and gregorian(table["old_style"], where) != signed:
        julian = gregorian(table["old_style"], where)
        raise SeedError(
            f"{where}: old_style = {table['old_style']!r} is {julian} in the Gregorian calendar, "
            f"not {signed}"
        )
    return Instrument(
        id=key,
        name=_need(table, "name", str, where),
        signed=signed,
        in_force=_optional_day(table, "in_force", where),
        carried_out=_optional_day(table, "carried_out", where),
        place=str(table.get("place", "")),
        parties=tuple(table.get("parties", ())),
        articles=str(table.get("articles", "")),
        citation=str(table.get("citation", "")),
        sources=tuple(table.get("sources", ())),
        bears_on=tuple(table.get("bears_on", ())),
        effect=str(table.get("effect", "")),
        note=str(table.get("note", "")),
    )


def _view(key: str, table: Mapping[str, Any]) -> StateView:
    where = f"views.toml: {key}"
    refuse_unknown(table, _VIEW_KEYS, where)
    check_kinds(table, _VIEW_KINDS, where)
    return StateView(
        id=key,
        name=_need(table, "name", str, where),
        base=_need(table, "base", str, where),
        claimants=tuple(_need(table, "claimants", list, where)),
        since=_need(table, "since", date, where),
        recognised=dict(table.get("recognised", {})),
        reads=dict(table.get("reads", {})),
        sources=tuple(_need(table, "sources", list, where)),
        note=str(table.get("note", "")),
    )


def _check_view(view: StateView, registers: Registers) -> None:
    """Raise `SeedError` if a state's map has a name that is taken, or names what is not there."""
    where = f"views.toml: {view.id}"
    if view.id in VIEWS:
        raise SeedError(f"{where}: the name of a view every atlas answers cannot be a state's")
    if view.since < FIRST_DAY:
        raise SeedError(
            f"{where}: since = {view.since} is before {FIRST_DAY}, the first day of this atlas"
        )
    if view.base not in VIEWS:
        raise SeedError(f"{where}: base = {view.base!r}; allowed: {', '.join(VIEWS)}")
    for claimant, day in view.recognised.items():
        if claimant not in view.claimants or type(day) is not date:
            raise SeedError(
                f"{where}: recognised = {{ {claimant} = {day!r} }}; "
                "name a claimant of this view and a day"
            )
    for holder in (*view.claimants, *view.reads, *view.reads.values()):
        try:
            registers.life_of(holder)
        except SeedError as wrong:
            raise SeedError(f"{where}: {wrong}") from wrong
    unknown = _unknown_sources(view.sources, registers)
    if unknown or not view.claimants:
        raise SeedError(
            f"{where}: needs a claimant, and sources that are in sources.toml; "
            f"unknown: {', '.join(unknown) or 'none'}"
        )


def _source(key: str, table: Mapping[str, Any]) -> Source:
    where = f"sources.toml: {key}"
    refuse_unknown(table, _SOURCE_KEYS, where)
    check_kinds(table, {"url": a_text, "kind": a_text}, where)
    return Source(
        id=key,
        citation=_need(table, "citation", str, where),
        url=str(table.get("url", "")),
        kind=str(table.get("kind", "")),
        seen=_need(table, "seen", bool, where),
    )
