"""Fold the timelines: which tenure and which polities hold a tract on a day, and on which days
anything changes.

Knows spans of days and nothing of where a tract lies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sovietpacific.dates import FIRST_DAY, DayLimits
from sovietpacific.errors import DayError, ViewError, choose
from sovietpacific.facts.records import VIEWS, Polity, StateView, Tenure, Tract, holder_text
from sovietpacific.timelines.state_maps import lay_over


class Hold(NamedTuple):
    """How a tract is held on one day.

    `until` is the day the tenure ends, None while it is open; `polities` are those that hold.
    """

    tenure: Tenure
    until: date | None
    polities: tuple[str, ...]

    @property
    def holder(self) -> str:
        """The holders as one word: `japan`, `japan+russia`, `japan|russia`, or nothing."""
        return holder_text(self.tenure.lineages, self.tenure.standing)


class Span(NamedTuple):
    """A longest span `[since, until)` on which nothing that is told of a tract changes.

    The tenure, the polities that hold, and whose the tract is stay the same.
    """

    since: date
    until: date | None
    hold: Hold
    sovereign: Hold

    @property
    def begins(self) -> DayLimits:
        """The limits of its first day.

        They are the tenure's where it begins with it; other changes are known to the day.
        """
        tenure = self.hold.tenure
        return tenure.limits if tenure.since == self.since else DayLimits(self.since, self.since)

    def goes_on_with(self, hold: Hold, sovereign: Hold) -> bool:
        """Return whether a later hold and sovereign change nothing that is told of the tract."""
        return (
            hold.tenure == self.hold.tenure
            and hold.polities == self.hold.polities
            and sovereign.polities == self.sovereign.polities
            and sovereign.holder == self.sovereign.holder
        )


class Timekeeper:
    """Answers questions of time about tracts: holds on a day, epochs, lives of polities."""

    def __init__(
        self,
        tracts: Mapping[str, Tract],
        polities: Mapping[str, Polity],
        views: Mapping[str, StateView] | None = None,
        last_day: date = date.max,
    ) -> None:
        """Index the main polities of each lineage; timelines are indexed when first asked for."""
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
        """Return `view` as a plain text if there is a view of that name.

        Raise `ViewError` naming the views if there is none, and `DayError` if one of `days` is
        before a state's first map or after the last day.
        """
        name = choose(view, "view", self.views, ViewError)
        for day in days:
            self.check_told(day)
        state = self._views.get(name)
        if state and days and min(days) < state.since:
            raise DayError(
                f"{min(days)} is before {state.since}, the first map of the view {name!r}; "
                f"ask {state.base!r} instead"
            )
        return name

    def check_told(self, day: date) -> date:
        """Return `day`; raise `DayError` if it is after the last day.

        Nobody has looked yet at what was so then.
        """
        if day > self.last_day:
            raise DayError(
                f"{day} is after {self.last_day}, the last day of this edition; ask for that day"
            )
        return day

    def timeline(self, tract: str, view: str) -> tuple[Tenure, ...]:
        """Return the tenures of a tract in a view, first to last.

        Those of a state's own map are folded from its claims.
        """
        return self._indexed(tract, view)[1]

    def _indexed(self, tract: str, view: str) -> tuple[list[date], tuple[Tenure, ...]]:
        indexed = self._timelines.get((tract, view))
        if indexed is None:
            record = self._tracts[tract]
            if state := self._views.get(view):
                tenures = lay_over(record.timelines[state.base], record.claims, state)
            else:
                tenures = record.timelines[view]
            indexed = self._timelines[tract, view] = ([tenure.since for tenure in tenures], tenures)
        return indexed

    def hold(self, tract: str, view: str, day: date) -> Hold:
        """Return how `tract` is held on `day` in `view`."""
        starts, timeline = self._indexed(tract, view)
        index = bisect_right(starts, day) - 1
        tenure = timeline[index]
        until = starts[index + 1] if index + 1 < len(starts) else None
        return Hold(tenure, until, self.polities_of(tenure.holders, day))

    def sovereign(self, tract: str, view: str, day: date) -> Hold:
        """Return whose `tract` was on `day` in general practice.

        In the view of a state, return whose it was on that state's own map.
        """
        return self.hold(tract, view if view in self._views else "sovereignty", day)

    def holds(self, tract: str, view: str) -> list[Hold]:
        """Return all holds of a tract, first to last.

        Their polities are those of each hold's first day.
        """
        return [self.hold(tract, view, day) for day in self._indexed(tract, view)[0]]

    def polities_of(self, holders: Iterable[str], day: date) -> tuple[str, ...]:
        """Return the polities of holders on `day`.

        A lineage stands for its main polity of the day, a polity named outright for itself.
        """
        return tuple(self._polity_of(holder, day) for holder in holders)

    def _polity_of(self, holder: str, day: date) -> str:
        for polity in self._chains.get(holder, ()):
            if polity.lives_on(day):
                return polity.id
        return holder

    def edges(self, view: str) -> tuple[date, ...]:
        """Return the first days of all epochs of `view`, sorted.

        On these days the map of `borders_at` changes. A row that renews a hold is no edge. The
        sovereign is on every map too, so its changes count; so do the days on which one polity of a
        lineage follows another that then holds land.
        """
        if view not in self._edges:
            days = {
                day
                for key, tract in self._tracts.items()
                if tract.judged
                for day in self._tract_edges(key, view)
            }
            first = self.first_day(view)
            self._edges[view] = tuple(sorted({first, *(day for day in days if day > first)}))
        return self._edges[view]

    def first_day(self, view: str) -> date:
        """Return the first day on which `view` draws a map."""
        return self._views[view].since if view in self._views else FIRST_DAY

    def days_of(self, tract: str, view: str) -> list[date]:
        """Return the days on which anything told of a tract may change, sorted.

        The first day of `view` comes first. The others are the days of its rows in `view`, renewals
        included, of those of its sovereignty, and the first days of the polities of its holders.
        """
        days = {*self._indexed(tract, view)[0], *self._indexed(tract, "sovereignty")[0]}
        lineages = {holder for tenure in self.timeline(tract, view) for holder in tenure.holders}
        days |= {polity.since for lineage in lineages for polity in self._chains.get(lineage, ())}
        first = self.first_day(view)
        return [first, *sorted(day for day in days if day > first)]

    def spans(self, tract: str, view: str) -> list[Span]:
        """Return the history of a tract in a view as spans, first to last.

        They begin on the first day on which the view draws a map.
        """
        spans: list[Span] = []
        for day in self.days_of(tract, view):
            hold, sovereign = self.hold(tract, view, day), self.sovereign(tract, view, day)
            if spans:
                if spans[-1].goes_on_with(hold, sovereign):
                    continue
                spans[-1] = spans[-1]._replace(until=day)
            spans.append(Span(day, None, hold, sovereign))
        return spans

    def _tract_edges(self, tract: str, view: str) -> Iterable[date]:
        before = None
        for day in self.days_of(tract, view):
            hold, sovereign = self.hold(tract, view, day), self.sovereign(tract, view, day)
            now = (hold.polities, hold.holder, hold.tenure.standing, sovereign.holder)
            if now != before:
                yield day
            before = now

    def epoch(self, view: str, day: date) -> tuple[date, date | None]:
        """Return the epoch of `view` that holds `day`, as `[since, until)`; None ends the last."""
        edges = self.edges(view)
        index = bisect_right(edges, day) - 1
        return edges[index], edges[index + 1] if index + 1 < len(edges) else None
