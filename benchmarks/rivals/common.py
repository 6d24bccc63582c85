"""Holds what all rivals share: how a rival is described and asked, the holders by number, and the
tenures as arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from points import DAY_ZERO, judged_shapes

import sovietpacific as sp
from sovietpacific.atlas import Atlas

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Codes = NDArray[np.int16]

#: Answers for points: the number of the holder of each on its day, counted from 1; 0 for no answer.
Ask = Callable[[Floats, Floats, Days], Codes]

#: The day after every day, for tenures that are open.
NEVER = 1 << 30


class UnavailableError(Exception):
    """A rival that cannot run here; the message says what to install."""


@dataclass(frozen=True)
class Rival:
    """Another way to the same answers; `prepare` does once what all questions have in common."""

    name: str
    what: str
    packages: tuple[str, ...]
    prepare: Callable[[Atlas], AbstractContextManager[Ask]]
    gives_frame: bool = False

    @property
    def versions(self) -> str:
        """The versions of the packages it runs on."""
        return ", ".join(f"{name} {version(name)}" for name in self.packages)


class Tenures(NamedTuple):
    """Who held what when, in the view `control`: a row per tract and spell of one holder.

    Rows are sorted by tract and first day.
    """

    tract: NDArray[np.int64]
    since: Days
    until: Days
    holder: Codes


class Land(NamedTuple):
    """The judged tracts, their shapes and their tenures."""

    shapes: NDArray[Any]
    holders: list[str]
    tenures: Tenures

    @property
    def status(self) -> Callable[[NDArray[np.int64], Days], Codes]:
        """What finds the holders of tracts on days, by one search in the sorted (tract, since)."""
        keys = self.tenures.tract * NEVER + (self.tenures.since - FIRST)

        def holder_of(tract: NDArray[np.int64], day: Days) -> Codes:
            row = np.searchsorted(keys, tract * NEVER + (day - FIRST), side="right") - 1
            return self.tenures.holder[row]

        return holder_of


FIRST = (date(1855, 1, 1) - DAY_ZERO).days


def read_land(atlas: Atlas) -> Land:
    """Return shapes and tenures of the judged land.

    Spells of one holder that follow each other are joined, which only makes rivals faster.
    """
    tracts, shapes = judged_shapes(atlas)
    rows: list[tuple[int, int, str]] = []
    for place, tract in enumerate(tracts):
        history = sp.history_of(tract, atlas=atlas)
        before = None
        for since, holder in zip(history["since"], history["holder"], strict=True):
            if holder != before:
                rows.append((place, (date.fromisoformat(since) - DAY_ZERO).days, holder))
            before = holder
    holders = sorted({holder for _, _, holder in rows})
    code = {holder: number for number, holder in enumerate(holders, 1)}
    tract = np.array([row[0] for row in rows], np.int64)
    since = np.array([row[1] for row in rows], np.int64)
    until = np.where(np.append(tract[1:] == tract[:-1], False), np.append(since[1:], NEVER), NEVER)
    codes = np.array([code[row[2]] for row in rows], np.int16)
    return Land(shapes, holders, Tenures(tract, since, until, codes))


def spread(many: int, point: NDArray[np.integer[Any]], holder: NDArray[np.integer[Any]]) -> Codes:
    """Return answers laid out by point; a point on an edge, which has several, keeps one."""
    codes = np.zeros(many, np.int16)
    codes[point] = holder
    return codes
