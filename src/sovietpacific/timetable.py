"""Lays one view out as two arrays, so that what holds on a tract on a day is found by two array reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.day_counts import number_of
from sovietpacific.frames import joined
from sovietpacific.records import UNTOLD, Tract
from sovietpacific.timekeeping import Hold, Timekeeper


class _Held(NamedTuple):
    """How a tract is held: in the view, and whose it was."""

    hold: Hold
    sovereign: Hold


#: What marks the certainty of a hold that nobody has read in a source.
UNVERIFIED = ", unverified"

#: What can be told of a hold, as one text each.
COLUMNS: Mapping[str, Callable[[_Held], str]] = {
    "holder": lambda held: held.hold.holder,
    "lineage": lambda held: joined(held.hold.tenure.lineages),
    "polity": lambda held: joined(held.hold.polities),
    "standing": lambda held: held.hold.tenure.standing,
    "sovereign": lambda held: held.sovereign.holder,
    "certainty": lambda held: held.hold.tenure.certainty + ("" if held.hold.tenure.seen else UNVERIFIED),
    "instrument": lambda held: held.hold.tenure.instrument,
    "sources": lambda held: joined(held.hold.tenure.sources),
}


class Timetable:
    """Who held each tract on each day, in one view, ready for millions of questions."""

    def __init__(self, time: Timekeeper, tracts: Mapping[str, Tract], view: str) -> None:
        """Lay out the judged ones of `tracts`, which are numbered from 1 in their order; the others have no answer."""
        own = {key: time.days_of(key, view) for key, tract in tracts.items() if tract.judged}
        edges = sorted({day for days in own.values() for day in days})
        column = {day: index for index, day in enumerate(edges)}
        self.first_day, self.last_day = edges[0], time.last_day
        self._days_before, self._days_told = number_of(edges[0]), number_of(time.last_day) - number_of(edges[0])
        days = np.arange(self._days_before, number_of(edges[-1]) + 1)
        self._epoch_of_day = (np.searchsorted([number_of(edge) for edge in edges], days, side="right") - 1).astype(np.int16)
        self._told: list[tuple[str, ...]] = []
        known: dict[tuple[str, ...], int] = {}
        table = np.zeros((len(tracts) + 1, len(edges)), np.int16)
        for row, key in zip(table[1:], tracts, strict=True):
            for day in own.get(key, ()):  # each answer holds until the next one is written over it
                held = _Held(time.hold(key, view, day), time.sovereign(key, view, day))
                told = tuple(tell(held) for tell in COLUMNS.values())
                if told not in known:
                    self._told.append(told)
                    known[told] = len(self._told)  # tracts held in the same way share an answer
                row[column[day] :] = known[told]
        table = self._untold_last(table)
        self._epochs, self._table = len(edges), table.reshape(-1)

    def _untold_last(self, table: NDArray[np.int16]) -> NDArray[np.int16]:
        """Put the answers that say that it is not told behind all others, so that one comparison finds them."""
        standing = list(COLUMNS).index("standing")
        order = sorted(range(len(self._told)), key=lambda number: self._told[number][standing] == UNTOLD)
        numbers = np.zeros(len(order) + 1, np.int16)
        numbers[np.array(order, np.intp) + 1] = np.arange(1, len(order) + 1)
        self._told = [self._told[number] for number in order]
        #: From this number on an answer says that it is not told who held the land.
        self.first_untold = 1 + sum(told[standing] != UNTOLD for told in self._told)
        return numbers[table]

    def answers_on(self, tract: NDArray[np.int16], day: NDArray[np.signedinteger[Any]]) -> NDArray[np.int16]:
        """Give the number of the answer of each tract (by number) on each day (counted from 1970-01-01), 0 for none.

        There is none where the tract is 0 or not judged, and none before the first day or after the last.
        """
        since = np.subtract(day, self._days_before, dtype=np.int64)  # in 64 bits, where no day wraps around
        epoch = self._epoch_of_day.take(since, mode="clip")
        # The type is said outright: NumPy 1 would multiply in the int16 of `tract`, which overflows.
        place = np.multiply(tract, self._epochs, dtype=np.int32)
        place += epoch
        found = self._table.take(place)
        if len(since) and (since.min() < 0 or since.max() > self._days_told):
            found[(since < 0) | (since > self._days_told)] = 0
        return found

    def column(self, name: str) -> tuple[list[str], NDArray[np.int16]]:
        """Give the texts of a column, sorted, and the place of its text per number of an answer; number 0 has the place -1."""
        field = list(COLUMNS).index(name)
        told = [answer[field] for answer in self._told]
        texts = sorted(set(told))
        place = {text: index for index, text in enumerate(texts)}
        return texts, np.array([-1, *(place[text] for text in told)], np.int16)
