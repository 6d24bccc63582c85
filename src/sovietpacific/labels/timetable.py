"""Lay one view out as two arrays, so that what holds on a tract on a day is found by two array
reads.

Knows timelines and numbers, and nothing of where a point lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sovietpacific.answers.tables import tenure_columns
from sovietpacific.answers.texts import joined
from sovietpacific.answers.words.acts import certainty
from sovietpacific.answers.words.wording import text
from sovietpacific.facts.records import UNTOLD, Tract
from sovietpacific.points.day_counts import number_of
from sovietpacific.timelines.timekeeper import Hold, Timekeeper

#: What can be told of a hold, as one text each.
COLUMNS = (
    *("holder", "lineage", "polity", "standing", "sovereign", "certainty", "instrument"),
    "sources",
)


def _told(hold: Hold, sovereign: Hold) -> tuple[str, ...]:
    """Return the texts of `COLUMNS` for a hold, and for whose the land was."""
    columns = {
        **tenure_columns(hold),
        "lineage": joined(hold.tenure.lineages),
        "sovereign": sovereign.holder,
        "certainty": text(certainty(hold.tenure.certainty, seen=hold.tenure.seen)),
    }
    return tuple(columns[name] for name in COLUMNS)


class Timetable:
    """Who held each tract on each day, in one view, ready for millions of questions."""

    def __init__(self, time: Timekeeper, tracts: Mapping[str, Tract], view: str) -> None:
        """Lay out the judged ones of `tracts`; the others have no answer.

        Tracts are numbered from 1 in their order.
        """
        own = {key: time.days_of(key, view) for key, tract in tracts.items() if tract.judged}
        edges = sorted({day for days in own.values() for day in days})
        column = {day: index for index, day in enumerate(edges)}
        self.first_day, self.last_day = edges[0], time.last_day
        self._days_before = number_of(self.first_day)
        self._days_told = number_of(self.last_day) - self._days_before
        days = np.arange(self._days_before, number_of(edges[-1]) + 1)
        self._epoch_of_day = (
            np.searchsorted([number_of(edge) for edge in edges], days, side="right") - 1
        ).astype(np.int16)
        self._answers: list[tuple[str, ...]] = []
        known: dict[tuple[str, ...], int] = {}
        table = np.zeros((len(tracts) + 1, len(edges)), np.int16)
        for row, key in zip(table[1:], tracts, strict=True):
            for day in own.get(key, ()):  # each answer holds until the next one is written over it
                answer = _told(time.hold(key, view, day), time.sovereign(key, view, day))
                if answer not in known:
                    self._answers.append(answer)
                    # Tracts held in the same way share an answer.
                    known[answer] = len(self._answers)
                row[column[day] :] = known[answer]
        table = self._untold_last(table)
        self._epochs, self._table = len(edges), table.reshape(-1)

    def _untold_last(self, table: NDArray[np.int16]) -> NDArray[np.int16]:
        """Return the table with the answers numbered so that one comparison finds the untold.

        The untold say that the atlas does not tell who held the land; they come last.
        """
        standing = COLUMNS.index("standing")
        order = sorted(
            range(len(self._answers)), key=lambda number: self._answers[number][standing] == UNTOLD
        )
        numbers = np.zeros(len(order) + 1, np.int16)
        numbers[np.array(order, np.intp) + 1] = np.arange(1, len(order) + 1)
        self._answers = [self._answers[number] for number in order]
        #: From this number on an answer says that it is not told who held the land.
        self.first_untold = 1 + sum(answer[standing] != UNTOLD for answer in self._answers)
        return numbers[table]

    def answers_on(
        self, tract: NDArray[np.int16], day: NDArray[np.signedinteger[Any]]
    ) -> NDArray[np.int16]:
        """Return the number of the answer of each tract (by number) on each day, 0 for none.

        Days are counted from 1970-01-01. There is no answer where the tract is 0 or not judged, and
        none before the first day or after the last.
        """
        # In 64 bits no day wraps around.
        since = np.subtract(day, self._days_before, dtype=np.int64)
        epoch = self._epoch_of_day.take(since, mode="clip")
        # The type is said outright: NumPy 1 would multiply in the int16 of `tract`, which
        # overflows.
        place = np.multiply(tract, self._epochs, dtype=np.int32)
        place += epoch
        answer = self._table.take(place)
        if len(since) and (since.min() < 0 or since.max() > self._days_told):
            answer[(since < 0) | (since > self._days_told)] = 0
        return answer

    def column(self, name: str) -> tuple[list[str], NDArray[np.int16]]:
        """Return the texts of a column, sorted, and the place of the text of each answer.

        Answers are in the order of their numbers; number 0, which is none, has the place -1.
        """
        field = COLUMNS.index(name)
        text_of_answer = [answer[field] for answer in self._answers]
        texts = sorted(set(text_of_answer))
        place = {text: index for index, text in enumerate(texts)}
        return texts, np.array([-1, *(place[text] for text in text_of_answer)], np.int16)
