"""Holds what all rivals share: how a rival is described and asked, the holders by number, and the tenures as arrays."""

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
    """Another way to the same answers; `prepare` does once what need not be done again for every question."""

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
    """Who held what when, in the view `control`: a row per tract and spell of one holder, sorted by tract and first day."""

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
        """Give what finds the holders of tracts on days, by one search for all of them in the sorted (tract, since)."""
        keys = self.tenures.tract * NEVER + (self.tenures.since - FIRST)

        def holder_of(tract: NDArray[np.int64], day: Days) -> Codes:
            return self.tenures.holder[np.searchsorted(keys, tract * NEVER + (day - FIRST), side="right") - 1]

        return holder_of


FIRST = (date(1855, 1, 1) - DAY_ZERO).days


def read_land(atlas: Atlas) -> Land:
    """Read shapes and tenures; spells of one holder that follow each other are joined, which only makes rivals faster."""
    tracts, shapes = judged_shapes(atlas)
    rows: list[tuple[int, int, str]] = []
    for place, tract in enumerate(tracts):
        history = atlas.history_of(tract)
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
    return Land(shapes, holders, Tenures(tract, since, until, np.array([code[row[2]] for row in rows], np.int16)))


def spread(many: int, point: NDArray[np.integer[Any]], holder: NDArray[np.integer[Any]]) -> Codes:
    """Lay answers out by point; a point on an edge, which has several, keeps one of them."""
    codes = np.zeros(many, np.int16)
    codes[point] = holder
    return codes
