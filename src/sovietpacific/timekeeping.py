"""Folds the timelines: which tenure and which polities hold a tract on a day, and on which days anything changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sovietpacific.dates import FIRST_DAY, DayLimits
from sovietpacific.errors import DayError, choose
from sovietpacific.records import VIEWS, Polity, StateView, Tenure, Tract, holder_text
from sovietpacific.views import lay_over


class Hold(NamedTuple):
    """How a tract is held on one day: the tenure, the day it ends (None while open), and the polities that hold."""

    tenure: Tenure
    until: date | None
    polities: tuple[str, ...]

    @property
    def holder(self) -> str:
        """The holders as one word: `japan`, `japan+russia`, `japan|russia`, or nothing."""
        return holder_text(self.tenure.lineages, self.tenure.standing)


class Span(NamedTuple):
    """A longest span `[since, until)` on which one tenure of a tract, the polities that hold and whose it is stay the same."""

    since: date
    until: date | None
    hold: Hold
    sovereign: Hold

    @property
    def begins(self) -> DayLimits:
        """The limits of its first day: those of the tenure, where it begins with it; other changes are known to the day."""
        tenure = self.hold.tenure
        return tenure.limits if tenure.since == self.since else DayLimits(self.since, self.since)


class Timekeeper:
    """Answers every question of time about a set of tracts: holds on a day, edges of epochs, lives of polities."""

    def __init__(
        self,
        tracts: Mapping[str, Tract],
        polities: Mapping[str, Polity],
        views: Mapping[str, StateView] | None = None,
        last_day: date = date.max,
    ) -> None:
        """Index the main polities of each lineage; timelines are indexed by day when they are first asked for."""
        self._tracts, self.last_day = tracts, last_day
        self._views = views or {}
        self._timelines: dict[tuple[str, str], tuple[list[date], tuple[Tenure, ...]]] = {}
        self._chains: dict[str, tuple[Polity, ...]] = {}
        for polity in sorted((p for p in polities.values() if p.main), key=lambda p: p.since):
            self._chains[polity.lineage] = (*self._chains.get(polity.lineage, ()), polity)
        self._edges: dict[str, tuple[date, ...]] = {}

    @property
    def views(self) -> tuple[str, ...]:
        """The names of all views: control, sovereignty, title, then the maps of single states."""
        return (*VIEWS, *self._views)

    def check_view(self, view: Any, *days: date) -> str:
        """Give `view` as a plain text if there is one of that name, and `days` are days on which it draws a map.

        `ViewError` naming the views otherwise, `DayError` for a day before a state's first map or after the last day.
        """
        told = choose(view, "view", self.views)
        for day in days:
            self.check_told(day)
        if told in self._views and days and min(days) < self._views[told].since:
            state = self._views[told]
            raise DayError(f"{min(days)} is before {state.since}, the first map of the view {told!r}; ask {state.base!r} instead")
        return told

    def check_told(self, day: date) -> date:
        """Give `day` if it is told; `DayError` after the last day, since nobody has looked yet at what was so then."""
        if day > self.last_day:
            raise DayError(f"{day} is after {self.last_day}, the last day of this edition; ask for that day")
        return day

    def timeline(self, tract: str, view: str) -> tuple[Tenure, ...]:
        """Give the tenures of a tract in a view, first to last; a state's own map is folded from its claims."""
        return self._indexed(tract, view)[1]

    def _indexed(self, tract: str, view: str) -> tuple[list[date], tuple[Tenure, ...]]:
        found = self._timelines.get((tract, view))
        if found is None:
            record = self._tracts[tract]
            state = self._views.get(view)
            told = lay_over(record.timelines[state.base], record.claims, state) if state else record.timelines[view]
            found = self._timelines[tract, view] = ([tenure.since for tenure in told], told)
        return found

    def hold(self, tract: str, view: str, day: date) -> Hold:
        """Give how `tract` is held on `day` in `view`."""
        starts, timeline = self._indexed(tract, view)
        index = bisect_right(starts, day) - 1
        tenure = timeline[index]
        until = starts[index + 1] if index + 1 < len(starts) else None
        return Hold(tenure, until, self.polities_of(tenure.holders, day))

    def sovereign(self, tract: str, view: str, day: date) -> Hold:
        """Give whose `tract` was on `day`: in general practice, or on a state's own map as that map has it."""
        return self.hold(tract, view if view in self._views else "sovereignty", day)

    def holds(self, tract: str, view: str) -> list[Hold]:
        """Give all holds of a tract, first to last; polities are those of each hold's first day."""
        return [self.hold(tract, view, day) for day in self._indexed(tract, view)[0]]

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
            first = self.first_day(view)
            self._edges[view] = tuple(sorted({first, *(day for day in days if day > first)}))
        return self._edges[view]

    def first_day(self, view: str) -> date:
        """Give the first day on which `view` draws a map."""
        return self._views[view].since if view in self._views else FIRST_DAY

    def days_of(self, tract: str, view: str) -> list[date]:
        """Give the days on which anything told of a tract may change, sorted, the first day of `view` first.

        These are the days of its rows in `view`, renewals included, of those of its sovereignty, and the first days of the
        polities of its holders.
        """
        days = {*self._indexed(tract, view)[0], *self._indexed(tract, "sovereignty")[0]}
        lineages = {holder for tenure in self.timeline(tract, view) for holder in tenure.holders}
        days |= {polity.since for lineage in lineages for polity in self._chains.get(lineage, ())}
        first = self.first_day(view)
        return [first, *sorted(day for day in days if day > first)]

    def spans(self, tract: str, view: str) -> list[Span]:
        """Give the history of a tract in a view as spans, first to last, from the first day on which the view draws a map."""
        told: list[Span] = []
        for day in self.days_of(tract, view):
            hold, sovereign = self.hold(tract, view, day), self.sovereign(tract, view, day)
            now = (hold.tenure, hold.polities, sovereign.polities, sovereign.holder)
            before = told[-1] if told else None
            if before and now == (before.hold.tenure, before.hold.polities, before.sovereign.polities, before.sovereign.holder):
                continue
            if before:
                told[-1] = before._replace(until=day)
            told.append(Span(day, None, hold, sovereign))
        return told

    def _tract_edges(self, tract: str, view: str) -> Iterable[date]:
        before = None
        for day in self.days_of(tract, view):
            hold, sovereign = self.hold(tract, view, day), self.sovereign(tract, view, day)
            now = (hold.polities, hold.holder, hold.tenure.standing, sovereign.holder)
            if now != before:
                yield day
            before = now

    def epoch(self, view: str, day: date) -> tuple[date, date | None]:
        """Give the epoch of `view` that holds `day`, as `[since, until)`; until is None for the last."""
        edges = self.edges(view)
        index = bisect_right(edges, day) - 1
        return edges[index], edges[index + 1] if index + 1 < len(edges) else None
