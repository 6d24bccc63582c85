"""Folds the timelines: which tenure and which polities hold a tract on a day, and on which days anything changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sovietpacific.errors import choose
from sovietpacific.records import VIEWS, Polity, Tenure, Tract, holder_text


class Hold(NamedTuple):
    """How a tract is held on one day: the tenure, the day it ends (None while open), and the polities that hold."""

    tenure: Tenure
    until: date | None
    polities: tuple[str, ...]

    @property
    def holder(self) -> str:
        """The holders as one word: `japan`, `japan+russia`, `japan|russia`, or nothing."""
        return holder_text(self.tenure.lineages, self.tenure.standing)


def check_view(view: str) -> str:
    """Give `view` back if there is one of that name; `ViewError` naming the views otherwise."""
    return choose(view, "view", VIEWS)


class Timekeeper:
    """Answers every question of time about a set of tracts: holds on a day, edges of epochs, lives of polities."""

    def __init__(self, tracts: Mapping[str, Tract], polities: Mapping[str, Polity]) -> None:
        """Index the timelines of `tracts` by day and the main polities of each lineage."""
        self._since = {
            (key, view): [tenure.since for tenure in tract.timelines[view]] for key, tract in tracts.items() for view in VIEWS
        }
        self._tracts = tracts
        self._chains: dict[str, tuple[Polity, ...]] = {}
        for polity in sorted((p for p in polities.values() if p.main), key=lambda p: p.since):
            self._chains[polity.lineage] = (*self._chains.get(polity.lineage, ()), polity)
        self._edges: dict[str, tuple[date, ...]] = {}

    def hold(self, tract: str, view: str, day: date) -> Hold:
        """Give how `tract` is held on `day` in `view`."""
        starts = self._since[tract, view]
        index = bisect_right(starts, day) - 1
        tenure = self._tracts[tract].timelines[view][index]
        until = starts[index + 1] if index + 1 < len(starts) else None
        return Hold(tenure, until, self.polities_of(tenure.holders, day))

    def holds(self, tract: str, view: str) -> list[Hold]:
        """Give all holds of a tract, first to last; polities are those of each hold's first day."""
        return [self.hold(tract, view, day) for day in self._since[tract, view]]

    def polities_of(self, holders: Iterable[str], day: date) -> tuple[str, ...]:
        """Resolve holders to polities: a lineage to its main polity of the day, a polity named outright to itself."""
        return tuple(self._polity_of(holder, day) for holder in holders)

    def _polity_of(self, holder: str, day: date) -> str:
        for polity in self._chains.get(holder, ()):
            if polity.lives_on(day):
                return polity.id
        return holder

    def edges(self, view: str) -> tuple[date, ...]:
        """Give the first days of all epochs of `view`, sorted: days on which the map of `borders_at` changes.

        A row that renews a hold is no edge.  The sovereign is on every map too, so its changes count; so do the days on which
        one polity of a lineage follows another that then holds land.
        """
        if view not in self._edges:
            days = {day for key, tract in self._tracts.items() if tract.judged for day in self._tract_edges(key, view)}
            self._edges[view] = tuple(sorted(days))
        return self._edges[view]

    def _tract_edges(self, tract: str, view: str) -> Iterable[date]:
        days = {*self._since[tract, view], *self._since[tract, "sovereignty"]}
        lineages = {holder for tenure in self._tracts[tract].timelines[view] for holder in tenure.holders}
        first = min(days)
        days |= {polity.since for lineage in lineages for polity in self._chains.get(lineage, ()) if polity.since > first}
        before = None
        for day in sorted(days):
            hold, sovereign = self.hold(tract, view, day), self.hold(tract, "sovereignty", day)
            now = (hold.polities, hold.holder, hold.tenure.standing, sovereign.holder)
            if now != before:
                yield day
            before = now

    def epoch(self, view: str, day: date) -> tuple[date, date | None]:
        """Give the epoch of `view` that holds `day`, as `[since, until)`; until is None for the last."""
        edges = self.edges(view)
        index = bisect_right(edges, day) - 1
        return edges[index], edges[index + 1] if index + 1 < len(edges) else None
