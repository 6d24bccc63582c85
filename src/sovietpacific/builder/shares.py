"""Counts how much of the fact base was seen in a source: by tenure, by change of law, and by
distinct fact, region by region.

Knows timelines and nothing of shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sovietpacific.builder.timeline import Timelines
from sovietpacific.facts.records import NO_ACTS, TELLING, UNTOLD, VIEWS, Tenure


class Count(NamedTuple):
    """How many there are, and how many of them were seen in a source."""

    seen: int
    all: int

    def __str__(self) -> str:
        return f"{self.seen}/{self.all} {self.share:.1f} %"

    @property
    def share(self) -> float:
        """The share that was seen, in percent; 100 where there is nothing to see."""
        return 100.0 * self.seen / self.all if self.all else 100.0


class Shares(NamedTuple):
    """What was seen of a region: its tenures, its changes of sovereignty and title, its facts."""

    region: str
    tenures: Count
    legal_changes: Count
    facts: Count


def count_seen(timelines: Mapping[str, Timelines], regions: Mapping[str, str]) -> list[Shares]:
    """Return what was seen, a row per top region and a last one, `all`.

    `regions` gives each tract's dotted path. A tenure counts once for every tract and view; where
    the telling ends or begins is no fact. A change of law is a tenure of sovereignty or title that
    is not a list's first and does not merely renew. A distinct fact is an act on one of its own
    days (signed, in force), however many tracts and views rest on it, or one written row of what
    was carried out on the ground; it was seen if any row that states it was.
    """
    by_region: dict[str, list[Timelines]] = defaultdict(list)
    for key, folded in timelines.items():
        by_region[regions[key].split(".")[0]].append(folded)
    rows = [_shares(name, within) for name, within in sorted(by_region.items())]
    return [*rows, _shares("all", timelines.values())]


def _shares(region: str, timelines: Iterable[Timelines]) -> Shares:
    folded = list(timelines)
    tenures = [
        tenure for timeline in folded for view in timeline for tenure in view if _is_told(tenure)
    ]
    legal = [tenure for timeline in folded for tenure in _legal_changes(timeline)]
    facts: dict[tuple[object, ...], bool] = {}
    for tenure in tenures:
        facts[_fact(tenure)] = facts.get(_fact(tenure), False) or tenure.seen
    return Shares(
        region,
        _count(t.seen for t in tenures),
        _count(t.seen for t in legal),
        _count(facts.values()),
    )


def _is_told(tenure: Tenure) -> bool:
    """Return whether a tenure states a fact, not where the telling ends or begins again."""
    return tenure.standing != UNTOLD and tenure.instrument != TELLING


def _legal_changes(timeline: Timelines) -> Iterator[Tenure]:
    for view in (timeline.sovereignty, timeline.title):
        yield from (tenure for tenure in view[1:] if not tenure.renews)


def _fact(tenure: Tenure) -> tuple[object, ...]:
    if tenure.instrument not in NO_ACTS and tenure.on in ("signed", "in force"):
        return (tenure.instrument, tenure.since, tenure.on)
    return (tenure.instrument, tenure.since, tenure.holders, tenure.standing, tenure.sources)


def _count(seen: Iterable[bool]) -> Count:
    flags = list(seen)
    return Count(sum(flags), len(flags))


def table_of(shares: Iterable[Shares]) -> list[str]:
    """Return the shares as the aligned lines that head `timeline.txt`."""
    head = [
        "region",
        f"tenures ({', '.join(VIEWS)})",
        "changes of sovereignty and title",
        "distinct facts",
    ]
    rows = [head, *(list(map(str, row)) for row in shares)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
