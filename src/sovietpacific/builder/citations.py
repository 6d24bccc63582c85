"""Finds what nobody cites: sources no fact leans on, instruments no fact is by, and instruments
that cite nothing themselves.

Knows who cites what, and nothing of shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sovietpacific.builder.registers import Registers
from sovietpacific.builder.rows import key_of
from sovietpacific.builder.seeds import Seeds
from sovietpacific.builder.timeline import Timelines
from sovietpacific.facts.records import NO_ACTS, Claim, Tenure


def find_uncited(
    seeds: Seeds,
    timelines: Mapping[str, Timelines],
    also_sources: Iterable[str] = (),
    also_instruments: Iterable[str] = (),
) -> list[str]:
    """Return a line for every source or instrument that is not used, or not sound.

    Used is what a tenure, a claim, a polity, a state's view or an instrument cites; `also_sources`
    and `also_instruments` are what lines, places and the article cite. An instrument is not sound
    if it cites no source or an unknown one, or bears on land that is not there.
    """
    facts: list[Tenure | Claim] = [
        tenure for timeline in timelines.values() for view in timeline for tenure in view
    ]
    facts += [claim for tract in seeds.tracts.values() for claim in tract.claims]
    sources = _cited_sources(facts, seeds.registers) | {key_of(source) for source in also_sources}
    acts = _cited_instruments(facts, seeds.registers) | set(also_instruments)
    instruments = seeds.registers.instruments
    return [
        *(
            f"sources.toml: {key}: nothing cites it"
            for key in seeds.registers.sources
            if key not in sources
        ),
        *_wrong_citations(seeds),
        *(
            f"instruments.toml: {key}: nothing is by it; say what it bears_on"
            for key in instruments
            if key not in acts
        ),
        *(
            f"instruments.toml: {key}: cites no source"
            for key, act in instruments.items()
            if not act.sources and key not in NO_ACTS
        ),
    ]


def _cited_sources(facts: Iterable[Tenure | Claim], registers: Registers) -> set[str]:
    """Return the keys of the sources that facts and the registers themselves cite."""
    citing = (
        *facts,
        *registers.views.values(),
        *registers.instruments.values(),
        *registers.polities.values(),
    )
    return {key_of(source) for record in citing for source in record.sources}


def _cited_instruments(facts: Iterable[Tenure | Claim], registers: Registers) -> set[str]:
    """Return the instruments by which facts and polities are, and those that bear on some land."""
    by_facts = {fact.instrument for fact in facts}
    by_polities = {polity.by for polity in registers.polities.values()}
    bearing = {key for key, act in registers.instruments.items() if act.bears_on}
    return {*NO_ACTS} | by_facts | by_polities | bearing


def _wrong_citations(seeds: Seeds) -> list[str]:
    """Return a line for each source or land an instrument names that is not in the seeds."""
    registers, lands = seeds.registers, {*seeds.regions, *seeds.tracts}
    unknown = [
        f"instruments.toml: {key}: source {source!r} is not in sources.toml"
        for key, act in registers.instruments.items()
        for source in act.sources
        if key_of(source) not in registers.sources
    ]
    astray = [
        f"instruments.toml: {key}: bears on {land!r}, which is no region and no tract"
        for key, act in registers.instruments.items()
        for land in act.bears_on
        if land not in lands
    ]
    return [*unknown, *astray]
