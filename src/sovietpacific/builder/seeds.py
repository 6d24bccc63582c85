"""Reads the whole of `seeds/`: the registers, and the tree of regions and tracts with their rows,
strictly checked.

Knows the tree of tracts and nothing of shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from sovietpacific.builder.districts import CommonLand
from sovietpacific.builder.kinds import (
    SHAPE,
    TEXTS,
    a_list,
    a_number,
    a_table,
    a_table_of,
    a_text,
    check_kinds,
)
from sovietpacific.builder.loading import load
from sovietpacific.builder.registers import Registers, read_registers
from sovietpacific.builder.rows import Row, read_claim, read_row
from sovietpacific.builder.spelling import check_script, clean
from sovietpacific.errors import SeedError, path_text
from sovietpacific.facts.look import Look
from sovietpacific.facts.records import VIEWS, Claim, Region

_TRACT_ONLY = frozenset({"shape", "published_km2", "accuracy_km"})
_COMMON = frozenset({"name", "names", "also", "note", "claims", *VIEWS})
_REGION_ONLY = frozenset({"land"})
_KINDS = {
    "names": a_table_of(a_text),
    "also": TEXTS,
    "note": a_text,
    "claims": a_list(a_table),
    "shape": SHAPE,
    "land": SHAPE,
    **dict.fromkeys(("published_km2", "accuracy_km"), a_number(above=0)),
}


@dataclass(frozen=True, slots=True)
class TractSeed:
    """A tract as the seeds have it: its names, how its shape is made, and its rows.

    `levels` gives, per view, the rows of each level, nearest first.
    """

    id: str
    region: str
    file: str
    name: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    shape: Mapping[str, Any]
    note: str
    published_km2: float | None
    accuracy_km: float | None
    levels: Mapping[str, tuple[tuple[Row, ...], ...]]
    claims: tuple[Claim, ...]

    @property
    def where(self) -> str:
        """File and path of the tract, for errors."""
        return f"tracts/{self.file}.toml: {self.region}.{self.id}"


@dataclass(frozen=True, slots=True)
class Seeds:
    """All of `seeds/` but its geometry: registers, regions by path, tracts by id."""

    folder: Path
    registers: Registers
    regions: Mapping[str, Region]
    tracts: Mapping[str, TractSeed]
    lands: Mapping[str, Mapping[str, Any]]

    def shapes(self) -> dict[str, Mapping[str, Any]]:
        """Return how the shape of every tract is made.

        Districts are left out: they share a common land.
        """
        return {key: tract.shape for key, tract in self.tracts.items() if not towns_of(tract)}

    def common_lands(self) -> dict[str, CommonLand]:
        """Return the common land of every region that has one, with the towns of its districts."""
        towns: dict[str, dict[str, tuple[tuple[float, float], ...]]] = {
            region: {} for region in self.lands
        }
        for key, tract in self.tracts.items():
            if towns_of(tract):
                towns[self._land_above(tract)][key] = towns_of(tract)
        empty = sorted(region for region, districts in towns.items() if not districts)
        if empty:
            raise SeedError(
                f"{', '.join(empty)}: has `land` but no tract below with a town; "
                "give the land to a tract as its shape"
            )
        return {
            region: CommonLand(self.lands[region], districts) for region, districts in towns.items()
        }

    def _land_above(self, tract: TractSeed) -> str:
        region = tract.region
        while region and region not in self.lands:
            region = region.rpartition(".")[0]
        if not region:
            raise SeedError(
                f"{tract.where}: a town shares the `land` of a region above it, and none has any"
            )
        return region


def towns_of(tract: TractSeed) -> tuple[tuple[float, float], ...]:
    """Return the towns (lon, lat) of a district, none for a tract whose shape is made otherwise."""
    shape = tract.shape
    towns = [*([shape["town"]] if "town" in shape else ()), *shape.get("towns", ())]
    if towns and set(shape) - {"town", "towns"}:
        raise SeedError(
            f"{tract.where}: shape = {dict(shape)!r}; "
            "a district has town or towns, and nothing else"
        )
    return tuple((float(lon), float(lat)) for lon, lat in towns)


@dataclass(slots=True)
class _Reading:
    """What is gathered while the tract files are walked, and the look.

    The look has the rules of standings and of languages.
    """

    look: Look
    regions: dict[str, Region] = field(default_factory=dict)
    tracts: dict[str, TractSeed] = field(default_factory=dict)
    lands: dict[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Level:
    """The rows and claims one table writes."""

    rows: Mapping[str, tuple[Row, ...]]
    claims: tuple[Claim, ...]


def read_seeds(folder: Path) -> Seeds:
    """Return the seeds in `folder`, read and checked.

    Raise `SeedError` naming the file, the tract and the row if one is wrong.
    """
    registers = read_registers(folder)
    reading = _Reading(registers.look)
    for path in sorted((folder / "tracts").glob("*.toml")):
        for name, table in load(path).items():
            _walk(table, (name,), path.stem, (), reading)
    if not reading.tracts:
        raise SeedError(f"no tracts: {path_text(folder / 'tracts')} holds no *.toml with a tract")
    return Seeds(folder, registers, reading.regions, reading.tracts, reading.lands)


def _walk(
    table: Any, path: tuple[str, ...], file: str, above: tuple[_Level, ...], reading: _Reading
) -> None:
    where = f"tracts/{file}.toml: {'.'.join(path)}"
    if not isinstance(table, Mapping):
        raise SeedError(
            f"{where}: unknown key; a region holds {', '.join(sorted(_COMMON | _REGION_ONLY))} "
            "and tables of what lies in it"
        )
    check_kinds(table, _KINDS, where)
    levels = (_level(table, where, reading.look), *above)
    if "shape" in table:
        _add_tract(table, path, file, levels, reading, where)
        return
    misplaced = sorted(_TRACT_ONLY & set(table))
    if misplaced:
        raise SeedError(
            f"{where}: {', '.join(misplaced)} belongs to a tract, but this table has no shape"
        )
    _add_region(table, path, reading, where)
    for name, below in table.items():
        if name not in _COMMON | _REGION_ONLY:
            _walk(below, (*path, name), file, levels, reading)


def _level(table: Mapping[str, Any], where: str, look: Look) -> _Level:
    rows = {
        view: _rows(table[view], view, f"{where}: {view}", look) for view in VIEWS if view in table
    }
    claims = tuple(
        read_claim(claim, f"{where}: claim {number}")
        for number, claim in enumerate(table.get("claims", ()), 1)
    )
    return _Level(rows, claims)


def _rows(tables: Any, view: str, where: str, look: Look) -> tuple[Row, ...]:
    if not isinstance(tables, list):
        raise SeedError(f"{where}: write a list of rows, {view} = [ {{ since = … }}, … ]")
    rows = tuple(read_row(table, view, where, look) for table in tables)
    for first, second in pairwise(rows):
        if second.tenure.since <= first.tenure.since:
            raise SeedError(f"{second.where}: out of order, after the row of {first.tenure.since}")
    return rows


def _add_region(
    table: Mapping[str, Any], path: tuple[str, ...], reading: _Reading, where: str
) -> None:
    key = ".".join(path)
    if key in reading.regions:
        raise SeedError(
            f"{where}: the region {key} is written in two files; "
            "a region and what lies in it stand in one"
        )
    if "land" in table:
        reading.lands[key] = table["land"]
    names, also = _names(table, where, reading.look), _also(table, where)
    reading.regions[key] = Region(key, _name(table, where), names, str(table.get("note", "")), also)


def _add_tract(
    table: Mapping[str, Any],
    path: tuple[str, ...],
    file: str,
    levels: tuple[_Level, ...],
    reading: _Reading,
    where: str,
) -> None:
    key = path[-1]
    unknown = sorted(set(table) - _COMMON - _TRACT_ONLY)
    if unknown:
        raise SeedError(
            f"{where}: unknown key {', '.join(unknown)}; "
            f"allowed: {', '.join(sorted(_COMMON | _TRACT_ONLY))}"
        )
    if len(path) < 2:
        raise SeedError(f"{where}: a tract lies in a region; write [region.{key}]")
    if key in reading.tracts:
        raise SeedError(
            f"{where}: the id {key} is taken by {reading.tracts[key].where}; "
            "the leaf names of tracts are unique"
        )
    reading.tracts[key] = TractSeed(
        id=key,
        region=".".join(path[:-1]),
        file=file,
        name=_name(table, where),
        names=_names(table, where, reading.look),
        also=_also(table, where),
        shape=table["shape"],
        note=str(table.get("note", "")),
        published_km2=table.get("published_km2"),
        accuracy_km=table.get("accuracy_km"),
        levels={view: tuple(level.rows.get(view, ()) for level in levels) for view in VIEWS},
        claims=tuple(claim for level in levels for claim in level.claims),
    )


def _also(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    return tuple(clean(text, f"{where}: also") for text in table.get("also", ()))


def _name(table: Mapping[str, Any], where: str) -> str:
    if not isinstance(table.get("name"), str):
        raise SeedError(f"{where}: name = {table.get('name')!r} is missing or is not a text")
    return clean(table["name"], f"{where}: name")


def _names(table: Mapping[str, Any], where: str, look: Look) -> Mapping[str, str]:
    names = table.get("names", {})
    allowed = sorted(look.languages_of_tracts())
    for language, text in names.items():
        if language not in allowed:
            raise SeedError(
                f"{where}: names.{language}: unknown language; allowed: {', '.join(allowed)}"
            )
        check_script(text, look.languages[language].scripts, f"{where}: names.{language}")
    return dict(names)
