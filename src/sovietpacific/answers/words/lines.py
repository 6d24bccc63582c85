"""Words lines: what each kind parts, and how truly a line is drawn.

Knows kinds of lines and nothing of how they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from sovietpacific.answers.words.messages import AND, Message, Words, listed, sentence, sentences

_KINDS = sentences(
    "line",
    *("border", "control", "disputed", "sea", "sea-disputed", "named", "railway", "front"),
)
_ACCURACY = sentence("line.accuracy", "km")
_UNNAMED = sentence("line.unnamed")


def kind(key: str) -> Message:
    """Say what a legend says of a kind of line."""
    return _KINDS[key]()


def accuracy(km: float) -> Message:
    """Say how truly a line is drawn."""
    return _ACCURACY(km)


def unnamed() -> Message:
    """Say of a border that it has no name."""
    return _UNNAMED()


def parted(sides: Sequence[Words]) -> Words:
    """Say what a line parts."""
    return listed(sides, AND)
