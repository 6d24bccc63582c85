"""Finds what nobody cites: sources no fact leans on, instruments no fact is by, and instruments that cite nothing themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sovietpacific.build.seeds import Seeds
from sovietpacific.build.timeline import Timelines
from sovietpacific.records import NO_ACTS, Claim, Tenure


def key_of(source: str) -> str:
    """Give the key of a source as it is cited: `"key"` or `"key locator"`.

    >>> key_of("shimoda-text art. 2")
    'shimoda-text'
    """
    return source.split(" ", 1)[0]


def find_uncited(
    seeds: Seeds, timelines: Mapping[str, Timelines], also_sources: Iterable[str] = (), also_instruments: Iterable[str] = ()
) -> list[str]:
    """Name every source that is not used, every instrument that is not used, and every instrument that cites no source.

    Used is what a tenure, a claim, a polity, a state's view or an instrument cites; `also_sources` and `also_instruments` are
    what lines, places and the article cite.
    """
    registers = seeds.registers
    facts: list[Tenure | Claim] = [tenure for timeline in timelines.values() for view in timeline for tenure in view]
    facts += [claim for tract in seeds.tracts.values() for claim in tract.claims]
    sources = {key_of(source) for fact in facts for source in fact.sources}
    sources |= {key_of(source) for view in registers.views.values() for source in view.sources}
    sources |= {key_of(source) for act in registers.instruments.values() for source in act.sources}
    sources |= {key_of(source) for polity in registers.polities.values() for source in polity.sources}
    sources |= {key_of(source) for source in also_sources}
    acts = {*NO_ACTS, *(fact.instrument for fact in facts), *also_instruments}
    acts |= {polity.by for polity in registers.polities.values()}
    acts |= {key for key, act in registers.instruments.items() if act.bears_on}
    lands = {*seeds.regions, *seeds.tracts}
    astray = [
        f"instruments.toml: {key}: bears on {land!r}, which is no region and no tract"
        for key, act in registers.instruments.items()
        for land in act.bears_on
        if land not in lands
    ]
    unused = [f"sources.toml: {key}: nothing cites it" for key in registers.sources if key not in sources]
    unknown = [
        f"instruments.toml: {key}: source {source!r} is not in sources.toml"
        for key, act in registers.instruments.items()
        for source in act.sources
        if key_of(source) not in registers.sources
    ]
    idle = [f"instruments.toml: {key}: nothing is by it; say what it bears_on" for key in registers.instruments]
    bare = [
        f"instruments.toml: {key}: cites no source"
        for key, act in registers.instruments.items()
        if not act.sources and key not in NO_ACTS
    ]
    return [
        *unused,
        *unknown,
        *astray,
        *(text for text, key in zip(idle, registers.instruments, strict=True) if key not in acts),
        *bare,
    ]
