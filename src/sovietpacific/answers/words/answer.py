"""Words an answer to one question, whose land this was on that day, line by line and as a card.

Knows answers and nothing of HTML and terminals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sovietpacific.answers.words.days import TODAY, long_day
from sovietpacific.answers.words.holds import held
from sovietpacific.answers.words.messages import (
    AND_MORE,
    COMMA,
    FOLLOWING,
    SEMICOLON,
    Message,
    Words,
    listed,
    sentence,
)
from sovietpacific.facts.records import UNTOLD

_PLACE = sentence("answer.place", "name", "tract", "day")
_AWAY = sentence("answer.away", "km")
_CALLED = sentence("answer.called", "names")
_HOLD = sentence("answer.hold", "who", "standing", "since", "until", "act", "certainty")
_WITH_NOTE = sentence("answer.with_note", "hold", "note")
_DAY_KNOWN = sentence("answer.day_known", "day", "edtf")
_CLAIMED_BY = sentence("answer.claimed_by")
_CLAIMED = sentence("card.claimed_by")
_BY_ACT = sentence("card.by_act", "span", "act")
_NO_CARD = sentence("card.missing", "reason")
_WHERE = sentence("card.where")


def hold(
    polities: Sequence[str],
    standing: str,
    days: tuple[date, date | None, str | None],
    act: str,
    sureness: Words,
    note: str,
    view: str,
) -> Words:
    """Say in one line who holds: ids, the standing in brackets, days, act and certainty.

    `days` are the first, the first no more (None while it lasts), and how the first is known.
    Where nothing is told, the note says why.
    """
    since, until, edtf = days
    who = held(polities, "sovereign" if len(polities) == 1 else standing, view)
    began: Words = _DAY_KNOWN(since, edtf) if edtf else since.isoformat()
    ended: Words = until.isoformat() if until else TODAY()
    line = _HOLD(who, standing, began, ended, act, sureness)
    return _WITH_NOTE(line, note) if standing == UNTOLD else line


def place(name: str, tract: str, day: date, km: float, names: Sequence[str]) -> Words:
    """Say of which place and day an answer is, how far it is from the place asked for, and how the
    place was called.
    """
    parts = [_PLACE(name, tract, day), *([_AWAY(str(km))] if km else []), *_called(names)]
    return listed(parts, COMMA)


def day_and_place(day: date, km: float, names: Sequence[str]) -> Words:
    """Say in a card of which day an answer is, how its place was called, and how far it is."""
    parts = [long_day(day), *_called(names), *([_AWAY(f"{km:g}")] if km else [])]
    return listed(parts, SEMICOLON)


def _called(names: Sequence[str]) -> list[Message]:
    return [_CALLED(listed(names, COMMA))] if names else []


def claimed_by() -> Message:
    """Say what stands before a claimant, in a line among those of the views."""
    return _CLAIMED_BY()


def claimed() -> Message:
    """Say what stands before the claimants in a card."""
    return _CLAIMED()


def by_act(span: Words, act: Words) -> Message:
    """Say from when to when, and by which act."""
    return _BY_ACT(span, act)


def no_card(reason: str) -> Message:
    """Say that an answer is shown without its card, and why."""
    return _NO_CARD(reason)


def where() -> Message:
    """Say what the small map of a card shows."""
    return _WHERE()


def some(names: Sequence[str], most: int) -> Words:
    """Name the first of many, and say how many more there are."""
    named = listed(names[:most], COMMA)
    return FOLLOWING(named, AND_MORE(len(names) - most)) if len(names) > most else named
