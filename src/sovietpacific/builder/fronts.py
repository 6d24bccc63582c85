"""Reads the front of the Korean War: its stages, each the line of one day, which holds until the
next was drawn.

Knows lines and days, and nothing of the partition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely

from sovietpacific.builder.kinds import POSITIONS, a_text, check_kinds
from sovietpacific.builder.lines import NamedLineSeed, check_accuracy
from sovietpacific.builder.lives import EVIDENCE_KEYS, read_day, read_evidence
from sovietpacific.builder.loading import load
from sovietpacific.builder.noding import on_grid
from sovietpacific.builder.rows import read_edtf, refuse_unknown
from sovietpacific.errors import SeedError, shown
from sovietpacific.facts.look import FRONT
from sovietpacific.facts.records import LineLife, NamedLine

_WAR_KEYS = frozenset({"basis", "region", "until"})
_STAGE_KEYS = EVIDENCE_KEYS | {"name", "since", "until", "edtf", "accuracy_km", "points", "note"}


def read_fronts(seeds: Path) -> dict[str, NamedLineSeed]:
    """Return the stages in `fronts.toml` by id; nothing is interpolated.

    A stage that says `until` is a beachhead with a life of its own, beside the front. All others
    follow each other: each holds until the next, the last until the day the war ended. Raise
    `SeedError` naming the stage if one is wrong.
    """
    tables = load(seeds / "fronts.toml")
    war = tables.pop("war", {})
    refuse_unknown(war, _WAR_KEYS, "fronts.toml: war")
    check_kinds(war, {"basis": a_text, "region": a_text}, "fronts.toml: war")
    for key, table in tables.items():
        refuse_unknown(table, _STAGE_KEYS, f"fronts.toml: {key}")
        check_kinds(table, {"name": a_text, "note": a_text}, f"fronts.toml: {key}", ("name",))
    untils = _untils(tables, read_day(war, "until", "fronts.toml: war"))
    return {key: _stage(key, table, untils[key], war) for key, table in tables.items()}


def _untils(tables: Mapping[str, Mapping[str, Any]], end: date) -> dict[str, date]:
    """Return the day on which each stage was no more."""
    days = {key: read_day(table, "since", f"fronts.toml: {key}") for key, table in tables.items()}
    main = [key for key in tables if "until" not in tables[key]]
    for first, second in pairwise(main):
        if days[second] <= days[first]:
            raise SeedError(
                f"fronts.toml: {second}: out of order, after the front of {days[first]}; "
                "a beachhead says until"
            )
    ends = {first: days[second] for first, second in pairwise(main)} | dict.fromkeys(main[-1:], end)
    ends |= {
        key: read_day(table, "until", f"fronts.toml: {key}")
        for key, table in tables.items()
        if "until" in table
    }
    for key, until in ends.items():
        if until <= days[key]:
            raise SeedError(f"fronts.toml: {key}: ends on {until}, not after it begins")
    return ends


def _stage(
    key: str, table: Mapping[str, Any], until: date, war: Mapping[str, Any]
) -> NamedLineSeed:
    where = f"fronts.toml: {key}"
    check_accuracy(table, where)
    evidence = read_evidence(table, where)
    life = LineLife(
        since=table["since"],
        until=until,
        basis=str(war.get("basis", "")),
        sources=evidence.sources,
        certainty=evidence.certainty,
        seen=evidence.seen,
        edtf=read_edtf(table, table["since"], where),
    )
    record = NamedLine(
        id=key,
        name=str(table["name"]),
        kind=FRONT,
        accuracy_km=float(table["accuracy_km"]),
        drawn="the places named for that day, joined straight",
        region=str(war.get("region", "")),
        between=None,
        lives=(life,),
        note=str(table.get("note", "")),
    )
    return NamedLineSeed(
        record=record,
        cuts=False,
        geometry=_course(table.get("points"), where),
        border=frozenset(),
        box=None,
        latitude=None,
        backdrop_south_of="",
        free=True,
    )


def _course(points: Any, where: str) -> Any:
    if not isinstance(points, list) or len(points) < 2:
        raise SeedError(
            f"{where}: points = {shown(points)}; a front is a list of two or more [lon, lat]"
        )
    POSITIONS(points, f"{where}: points")
    line = on_grid(shapely.LineString(points))
    if not line.is_simple:
        raise SeedError(f"{where}: the front crosses itself; put its points in order")
    return line
