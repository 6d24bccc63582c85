"""Folds the rows of a tract's levels into one timeline per view, and refuses what cannot be so.

Knows rows and days, and nothing of shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sovietpacific.builder.registers import Registers
from sovietpacific.builder.rows import Row, key_of
from sovietpacific.builder.seeds import Seeds, TractSeed
from sovietpacific.dates import FIRST_DAY
from sovietpacific.errors import SeedError
from sovietpacific.facts.records import SERIES_START, TELLING, UNTOLD, Tenure


class Timelines(NamedTuple):
    """The tenures of one tract per view, each from the first day on, in order of `since`."""

    control: tuple[Tenure, ...]
    sovereignty: tuple[Tenure, ...]
    title: tuple[Tenure, ...]


def make_timelines(seeds: Seeds) -> tuple[dict[str, Timelines], list[str]]:
    """Return the timelines by tract id, and all problems found, each with file, tract and row."""
    timelines, problems = {}, []
    for tract in seeds.tracts.values():
        try:
            timelines[tract.id] = fold_tract(tract, seeds.registers)
        except SeedError as wrong:
            problems.append(str(wrong))
    return timelines, [*problems, *_misplaced_exceptions(seeds)]


def fold_tract(tract: TractSeed, registers: Registers) -> Timelines:
    """Return the timelines of one tract; raise `SeedError` if a row names what is unknown.

    The levels are merged per view. Where neither the tract nor a region above it writes
    `sovereignty`, it is the chain of `control` rows whose standing is `sovereign`; `title` that
    nobody writes is `sovereignty`.
    """
    control = _merge(tract, "control")
    if not control:
        raise SeedError(
            f"{tract.where}: no control rows; every tract that is judged has a control timeline"
        )
    sovereignty = _merge(tract, "sovereignty") or _sovereign_chain(control, tract)
    title = _merge(tract, "title") or sovereignty
    timelines = Timelines(control, sovereignty, title)
    for view, tenures in zip(timelines._fields, timelines, strict=True):
        _check_registers(tenures, registers, f"{tract.where}: {view}")
    for claim in tract.claims:
        where = f"{tract.where}: claim of {claim.claimant} {claim.since}"
        _check_sources(claim.sources, registers, where)
        _check_instrument(claim.instrument, registers, where)
        here = f"{tract.where}: claim {claim.since}"  # the claimant is named by what is wrong
        _check_life(claim.claimant, claim.since, claim.until, registers, here)
    return timelines


def _merge(tract: TractSeed, view: str) -> tuple[Tenure, ...]:
    """Return the rows of a view merged by day; on the same day the nearest level wins.

    Raise `SeedError` if their order, `was` or `renews` is wrong.
    """
    by_day: dict[date, Row] = {}
    for level in reversed(tract.levels[view]):  # farthest first, so that the nearest overwrites
        by_day.update({row.tenure.since: row for row in level if tract.id not in row.excepted})
    rows = [by_day[day] for day in sorted(by_day)]
    if rows and (rows[0].tenure.since != FIRST_DAY or rows[0].tenure.instrument != SERIES_START):
        raise SeedError(
            f"{rows[0].where}: the first row of {tract.id} must be of {FIRST_DAY}, "
            f'by = "{SERIES_START}"'
        )
    for before, row in pairwise(rows):
        _check_step(tract, before.tenure, row)
    return tuple(row.tenure for row in rows)


def _check_step(tract: TractSeed, before: Tenure, row: Row) -> None:
    where = f"{row.where} (on {tract.id})"
    if row.tenure.instrument == SERIES_START:
        raise SeedError(f"{where}: by = {SERIES_START!r} is for the first row only; name the act")
    if row.tenure.instrument == TELLING and UNTOLD not in (before.standing, row.tenure.standing):
        raise SeedError(
            f"{where}: by = {TELLING!r} is for {UNTOLD} rows and the row after one; name the act"
        )
    if row.was is None:
        raise SeedError(f"{where}: says no `was`; the holder before is {list(before.holders)}")
    if row.was != before.holders:
        raise SeedError(
            f"{where}: was = {list(row.was)}, but the holder before is {list(before.holders)} "
            f"since {before.since}"
        )
    same = (row.tenure.holders, row.tenure.standing) == (before.holders, before.standing)
    if same != row.tenure.renews:
        raise SeedError(
            f"{where}: changes neither holder nor standing: say renews = true"
            if same
            else f"{where}: says renews = true but changes something"
        )


def _sovereign_chain(control: tuple[Tenure, ...], tract: TractSeed) -> tuple[Tenure, ...]:
    chain: list[Tenure] = []
    for tenure in control:
        if tenure.standing == "sovereign" and (
            not chain or tenure.renews or tenure.holders != chain[-1].holders
        ):
            chain.append(tenure)
    if not chain or chain[0].since != FIRST_DAY:
        raise SeedError(
            f"{tract.where}: control is not `sovereign` on {FIRST_DAY}, "
            "so sovereignty must be written"
        )
    return tuple(chain)


def _check_registers(tenures: tuple[Tenure, ...], registers: Registers, where: str) -> None:
    untils: list[date | None] = [*(tenure.since for tenure in tenures[1:]), None]
    for tenure, until in zip(tenures, untils, strict=True):
        here = f"{where} {tenure.since}"
        _check_instrument(tenure.instrument, registers, here)
        _check_sources(tenure.sources, registers, here)
        for holder in tenure.holders:
            _check_life(holder, tenure.since, until, registers, here)


def _check_instrument(instrument: str, registers: Registers, where: str) -> None:
    if instrument not in registers.instruments:
        raise SeedError(f"{where}: by = {instrument!r} is not in instruments.toml")


def _check_sources(sources: tuple[str, ...], registers: Registers, where: str) -> None:
    for source in sources:
        if key_of(source) not in registers.sources:
            raise SeedError(f"{where}: source {source!r} is not in sources.toml")


def _check_life(
    holder: str, since: date, until: date | None, registers: Registers, where: str
) -> None:
    try:
        first, end = registers.life_of(holder)
    except SeedError as wrong:
        raise SeedError(f"{where}: {wrong}") from wrong
    if since < first:
        raise SeedError(
            f"{where}: {holder} holds from {since} but begins on {first} (polities.toml)"
        )
    if end is not None and (until is None or until > end):
        raise SeedError(
            f"{where}: {holder} holds until {until or 'today'} "
            f"but is no more from {end} (polities.toml)"
        )


def _misplaced_exceptions(seeds: Seeds) -> list[str]:
    """Return rows that except a tract which does not lie below them: that does nothing."""
    below: dict[Row, set[str]] = {}
    for tract in seeds.tracts.values():
        for levels in tract.levels.values():
            for row in (row for level in levels for row in level if row.excepted):
                below.setdefault(row, set()).add(tract.id)
    return [
        f"{row.where}: except names {', '.join(sorted(astray))}, which does not lie there"
        for row, tracts in below.items()
        if (astray := row.excepted - tracts)
    ]


def group_by_identity(timelines: Mapping[str, Timelines]) -> list[Tenure]:
    """Return every tenure once, in one order whatever the run.

    Tracts under one region row share one record.
    """
    tenures = {tenure for folded in timelines.values() for view in folded for tenure in view}
    return sorted(tenures, key=lambda tenure: (tenure.since, str(tenure)))
