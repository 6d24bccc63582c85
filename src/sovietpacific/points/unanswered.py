"""Say why rows have no answer, one reason a row, and count them by reason.

Knows shore and frame, and nothing of timelines: a row in a tract always has an answer.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from sovietpacific.land.grid import Floats
from sovietpacific.land.shore import MOST_SNAP_KM
from sovietpacific.points.day_counts import IMPOSSIBLE_DAY, NO_DAY, number_of
from sovietpacific.questions.positions import FRAME, in_frame

#: The place of its reason among all, per row; -1 for a row that is answered.
Reasoned = NDArray[np.int8]


class Reason(IntEnum):
    """Why a row has no answer; of several the first is told."""

    NO_DAY = 0
    NO_COORDINATES = auto()
    SWAPPED = auto()
    OFF_GLOBE = auto()
    IMPOSSIBLE_DAY = auto()
    BEFORE = auto()
    AFTER = auto()
    OUTSIDE = auto()
    UNJUDGED = auto()
    NEAR_UNJUDGED = auto()
    AT_SEA = auto()
    UNTOLD = auto()


class Reasons:
    """Finds the reasons of points in one view, whose days run from a first to a last."""

    def __init__(self, first_day: date, last_day: date, snap_km: float) -> None:
        """Put the reasons into words; `snap_km` is how far points at sea are answered by land."""
        self._first, self._last, self._snaps = (
            number_of(first_day),
            number_of(last_day),
            snap_km > 0,
        )
        words = {
            Reason.NO_DAY: "without a day",
            Reason.NO_COORDINATES: "without coordinates",
            Reason.SWAPPED: "off the globe, their coordinates look swapped",
            Reason.OFF_GLOBE: "off the globe (longitudes run from -180 to 180)",
            Reason.IMPOSSIBLE_DAY: "on a day that cannot be (years run from 1 to 9999)",
            Reason.BEFORE: f"before {first_day}",
            Reason.AFTER: f"after {last_day}, the last day of this edition",
            Reason.OUTSIDE: "outside this atlas",
            Reason.UNJUDGED: "on land drawn but not judged",
            Reason.NEAR_UNJUDGED: "at sea, nearest to land not judged",
            Reason.AT_SEA: f"at sea, more than {min(snap_km, MOST_SNAP_KM):g} km from land"
            if self._snaps
            else "at sea",
            Reason.UNTOLD: "on land and days of which this atlas does not tell who governed",
        }
        self.texts = [words[reason] for reason in Reason]

    def of(
        self,
        points: tuple[Floats, Floats, NDArray[np.int32]],
        tract: NDArray[np.int16],
        answer: NDArray[np.int16],
        near_unjudged: NDArray[np.intp] | None,
        first_untold: int,
    ) -> Reasoned | None:
        """Return the reason of each point, -1 where it is answered; None where all are.

        `tract` and `answer` are those of `Labels`; `near_unjudged` tells which points at sea lie
        nearest to land not judged, and `first_untold` from which number on an answer says that it
        is not told.
        """
        untold = len(answer) > 0 and answer.max() >= first_untold
        if answer.all() and not untold:
            return None
        # Sums of truths, since a choice by rows that alternate at random takes ten times as long.
        told: Reasoned = (tract == 0).view(np.int8) * np.int8(
            Reason.AT_SEA - Reason.UNJUDGED
        ) + np.int8(Reason.UNJUDGED)
        told |= -(answer != 0).view(np.int8)  # -1 has all bits
        if untold:
            told[answer >= first_untold] = Reason.UNTOLD
        if near_unjudged is not None:
            told[near_unjudged] = Reason.NEAR_UNJUDGED
        lon, lat, day = points
        # What follows holds of no point that is answered, so that whole columns may be marked;
        # those marked last count.
        west, south, east, north = FRAME
        if not (_within(lon, west, east) and _within(lat, south, north)):
            told[~in_frame(lon, lat)] = Reason.OUTSIDE
        self._mark_days(told, day)
        _mark_off_globe(told, lon, lat)
        if day.min() == NO_DAY:
            told[day == NO_DAY] = Reason.NO_DAY
        return told

    def _mark_days(self, told: Reasoned, day: NDArray[np.int32]) -> None:
        if day.max() > self._last:
            told[day > self._last] = Reason.AFTER
        if day.min() < self._first:
            told[day < self._first] = Reason.BEFORE
            told[day == IMPOSSIBLE_DAY] = Reason.IMPOSSIBLE_DAY


def _mark_off_globe(told: Reasoned, lon: Floats, lat: Floats) -> None:
    if _within(lon, -180, 180) and _within(lat, -90, 90):
        return
    missing = np.isnan(lon) | np.isnan(lat)
    told[~missing & ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))] = Reason.OFF_GLOBE
    told[look_swapped(lon, lat)] = Reason.SWAPPED
    told[missing] = Reason.NO_COORDINATES


def look_swapped(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Return, per point, whether it is off the globe and in the atlas the other way round."""
    return np.asarray((np.abs(lat) > 90) & in_frame(lat, lon))


def _within(values: Floats, low: float, high: float) -> bool:
    """Return whether all values lie between the two; a value that is no number does not."""
    return bool(values.min() >= low and values.max() <= high)


class Tally:
    """How many rows were read, and how many of them have no answer, by reason."""

    def __init__(self, reasons: Reasons) -> None:
        """Count nothing yet, for reasons in the words of `reasons`."""
        self._words, self.rows, self._counts = reasons, 0, np.zeros(len(Reason), np.int64)

    def add(self, rows: int, told: Reasoned | None) -> None:
        """Count so many rows more, with the reasons of those that have no answer."""
        self.rows += rows
        if told is not None:
            left = np.count_nonzero(told >= 0)
            for reason in reversed(Reason):  # the last are the most common, and mostly all
                if left:
                    many = np.count_nonzero(told == np.int8(reason))
                    self._counts[reason] += many
                    left -= many

    @property
    def unanswered(self) -> dict[str, int]:
        """How many rows have no answer, by reason; without the reasons that none has."""
        return {
            self._words.texts[reason]: int(self._counts[reason])
            for reason in Reason
            if self._counts[reason]
        }

    def __str__(self) -> str:
        told = ", ".join(f"{many:,} {reason}" for reason, many in self.unanswered.items())
        hint = f"; snap_km= answers points at sea up to {MOST_SNAP_KM} km off with the nearest land"
        unsnapped = self._words.texts[Reason.AT_SEA] == "at sea" and self._counts[Reason.AT_SEA]
        return f"of {self.rows:,} rows some have no answer: {told}{hint if unsnapped else ''}"
