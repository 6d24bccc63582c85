"""Reads the named lines: parallels, traced lines, province lines, stretches of the base borders,
lines at sea, railways.

Knows ways of drawing a line and nothing of the tracts it parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sovietpacific.builder.base import Provinces, read_course, read_land, read_provinces
from sovietpacific.builder.kinds import (
    TEXTS,
    a_file_name,
    a_flag,
    a_list,
    a_number,
    a_table_with,
    a_text,
    check_kinds,
)
from sovietpacific.builder.lives import EVIDENCE_KEYS, read_lives
from sovietpacific.builder.loading import load
from sovietpacific.builder.look import ZOOM, read_look
from sovietpacific.builder.noding import on_grid
from sovietpacific.builder.rows import key_of, refuse_unknown
from sovietpacific.builder.seeds import Seeds
from sovietpacific.builder.strips import strip_along
from sovietpacific.errors import SeedError, shown
from sovietpacific.facts.look import FRONT, Look
from sovietpacific.facts.records import NamedLine

_WAYS = ("latitude", "file", "files", "border", "provinces", "beside")
_KEYS = EVIDENCE_KEYS | {
    *_WAYS,
    *("name", "kind", "accuracy_km", "drawn", "lives", "note", "region", "between"),
    *("cuts", "within", "box", "backdrop_south_of", "name_from_zoom"),
}
_KINDS = {
    **dict.fromkeys(("name", "drawn", "region", "note", "backdrop_south_of"), a_text),
    "latitude": a_number(-90, 90),
    "file": a_file_name,
    "files": a_list(a_file_name, least=1),
    **dict.fromkeys(("border", "between"), a_list(a_text, least=2, most=2)),
    "provinces": a_list(TEXTS, least=2, most=2),
    "beside": a_table_with({"line": a_text, "km": a_number(above=0, most=1000)}),
    "cuts": a_flag,
    "name_from_zoom": ZOOM,
    "within": a_list(a_number(-180, 180), least=2, most=2),
    "box": a_list(a_number(-180, 180), least=4, most=4),
}

#: Province lines are lengthened by this much (degrees) so that they cross the coast or border they
#: should meet.
REACH = 0.12


@dataclass(frozen=True, slots=True)
class NamedLineSeed:
    """A named line and how it is made.

    `geometry` is None for a stretch of the base borders, which the land itself holds. A `free` line
    is drawn over the map and is no edge of the partition.
    """

    record: NamedLine
    cuts: bool
    geometry: Any
    border: frozenset[str]
    box: tuple[float, float, float, float] | None
    latitude: float | None
    backdrop_south_of: str
    free: bool
    name_from_zoom: int | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """What lines are made from beside their tables."""

    seeds: Path
    provinces: Provinces
    look: Look


def read_lines(seeds: Path) -> dict[str, NamedLineSeed]:
    """Return the lines in `lines.toml` by id; raise `SeedError` naming the line if one is wrong."""
    given = _Given(seeds, read_provinces(seeds), read_look(seeds))
    tables = load(seeds / "lines.toml")
    lines = {key: _line(key, table, given) for key, table in tables.items()}
    return {
        key: replace(line, geometry=_beside(key, tables[key]["beside"], lines, seeds))
        if "beside" in tables[key]
        else line
        for key, line in lines.items()
    }


def _beside(key: str, beside: Any, lines: Mapping[str, NamedLineSeed], seeds: Path) -> Any:
    """Return the edges of the strip along another line, which must be a stretch of base borders."""
    border = lines[beside["line"]].border if beside.get("line") in lines else frozenset()
    if len(border) != 2 or "km" not in beside:
        raise SeedError(
            f"lines.toml: {key}: beside = {shown(beside)}; "
            "name a line that is a stretch of the base borders, and km"
        )
    first, second = sorted(border)
    try:
        strip = strip_along(read_land(seeds), (first, second), beside["km"])
    except SeedError as wrong:
        raise SeedError(f"lines.toml: {key}: {wrong}") from wrong
    return shapely.multilinestrings(list(shapely.get_rings(shapely.get_parts(strip))))


def _line(key: str, table: Mapping[str, Any], given: _Given) -> NamedLineSeed:
    where = f"lines.toml: {key}"
    refuse_unknown(table, _KEYS, where)
    check_kinds(table, _KINDS, where, ("name",))
    ways = [way for way in _WAYS if way in table]
    if len(ways) != 1:
        raise SeedError(
            f"{where}: a line is made in exactly one way, by {', '.join(_WAYS)}; "
            f"given: {', '.join(ways) or 'none'}"
        )
    kinds = [kind for kind in given.look.line_kinds if kind != FRONT]
    if table.get("kind") not in kinds:
        raise SeedError(f"{where}: kind = {table.get('kind')!r}; allowed: {', '.join(kinds)}")
    free = given.look.is_free(table["kind"])
    check_accuracy(table, where)
    _check_way(table, ways[0], free, where)
    between = table.get("between")
    record = NamedLine(
        id=key,
        name=str(table["name"]),
        kind=str(table["kind"]),
        accuracy_km=float(table["accuracy_km"]),
        drawn=str(table.get("drawn", "")),
        region=str(table.get("region", "")),
        between=(between[0], between[1]) if between else None,
        lives=read_lives(table, where),
        note=str(table.get("note", "")),
    )
    return NamedLineSeed(
        record=record,
        cuts=bool(table.get("cuts", False)),
        geometry=_geometry(table, given, where),
        border=frozenset(table.get("border", ())),
        box=tuple(table["box"]) if "box" in table else None,
        latitude=float(table["latitude"]) if "latitude" in table else None,
        backdrop_south_of=str(table.get("backdrop_south_of", "")),
        free=free,
        name_from_zoom=table.get("name_from_zoom"),
    )


def check_accuracy(table: Mapping[str, Any], where: str) -> None:
    """Raise `SeedError` if a line does not say how far off it may be."""
    if "accuracy_km" not in table:
        raise SeedError(f"{where}: accuracy_km is missing; say how far off the line may be, in km")
    a_number(0, 1000)(table["accuracy_km"], f"{where}: accuracy_km")


def _check_way(table: Mapping[str, Any], way: str, free: bool, where: str) -> None:
    """Raise `SeedError` if a line lacks what the way in which it is made asks for."""
    if way == "latitude" and ("within" not in table or table["within"][0] >= table["within"][1]):
        raise SeedError(
            f"{where}: a parallel says within = [west, east]; given: {shown(table.get('within'))}"
        )
    if way != "latitude" and "backdrop_south_of" in table:
        raise SeedError(f"{where}: backdrop_south_of is for a parallel, latitude = …")
    if way == "border" and (table.get("cuts") or free):
        raise SeedError(
            f"{where}: a stretch of the base borders is an edge already: "
            f"it neither cuts nor is of kind {table['kind']}"
        )


def _geometry(table: Mapping[str, Any], given: _Given, where: str) -> Any:
    if "latitude" in table:
        west, east = table["within"]
        return shapely.LineString([(west, table["latitude"]), (east, table["latitude"])])
    if "file" in table:
        return on_grid(shapely.LineString(read_course(given.seeds, table["file"])))
    if "files" in table:
        courses = [read_course(given.seeds, name) for name in table["files"]]
        return on_grid(shapely.MultiLineString(courses))
    if "provinces" in table:
        first, second = (given.provinces.chosen(names, where) for names in table["provinces"])
        edge = _common_edge(first, second)
        if edge.is_empty:
            raise SeedError(
                f"{where}: provinces = {shown(table['provinces'])}: "
                "the two groups have no common edge"
            )
        return edge
    return None


def cited(lines: Mapping[str, NamedLineSeed]) -> tuple[set[str], set[str]]:
    """Return the sources, as cited, and the instruments that lines lean on."""
    lives = [life for line in lines.values() for life in line.record.lives]
    return {source for life in lives for source in life.sources}, {life.basis for life in lives}


def check_lines(lines: Mapping[str, NamedLineSeed], seeds: Seeds) -> list[str]:
    """Return a problem for each instrument, source, tract or region of a line that is unknown."""
    registers, problems = seeds.registers, []
    for key, line in lines.items():
        record = line.record
        sources = [key_of(source) for life in record.lives for source in life.sources]
        named = (
            ("basis", [life.basis for life in record.lives], registers.instruments),
            ("source", sources, registers.sources),
            ("tract", record.between or (), seeds.tracts),
            ("region", [record.region] if record.region else (), seeds.regions),
        )
        problems += [
            f"line {key}: {what} {name!r} is not in the seeds"
            for what, names, known in named
            for name in dict.fromkeys(names)
            if name not in known
        ]
    return problems


def _common_edge(first: list[Any], second: list[Any]) -> Any:
    """Return the line along which two groups of polygons meet.

    Each piece is lengthened a little at both ends.
    """
    meetings = [
        shapely.intersection(one.boundary, other.boundary, grid_size=1e-5)
        for one in first
        for other in second
        if one.intersects(other)
    ]
    edges = [
        part
        for part in shapely.get_parts(meetings)
        if part.geom_type in ("LineString", "LinearRing")
    ]
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(edges)))
    pieces = [_lengthened(part) for part in merged if part.length > REACH / 6]
    return on_grid(shapely.MultiLineString(pieces))


def _lengthened(line: Any) -> Any:
    positions = shapely.get_coordinates(line)
    if line.is_ring:
        return line
    start, end = positions[0] - positions[1], positions[-1] - positions[-2]
    before = positions[0] + REACH * start / np.hypot(*start)
    after = positions[-1] + REACH * end / np.hypot(*end)
    return shapely.LineString(np.vstack([before, positions, after]))
