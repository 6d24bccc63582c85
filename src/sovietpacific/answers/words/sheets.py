"""Words what stands on a sheet or in a film beside land: captions, titles of panels, the table of
changes.

Knows what a sheet says and nothing of type and paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sovietpacific.answers.words.days import long_day
from sovietpacific.answers.words.holds import NOT_TOLD
from sovietpacific.answers.words.messages import (
    ABOUT,
    AND_MORE,
    ENDED,
    SEMICOLON,
    Message,
    Words,
    listed,
    sentence,
    sentences,
)

_LAST_CHANGE = sentence("sheet.last_change", "day", "acts")
_LAST_AND_NEXT = sentence("sheet.last_and_next_change", "day", "acts", "next")
_AND_OTHERS = sentence("sheet.and_others", "acts")
_OFFICIAL_NAMES = sentence("sheet.names")
_ASK_FOR_SOURCES = sentence("sheet.sources")
_NOT_COMPARED = sentence("sheet.not_compared", "untold")
_SINCE, _AS_ON = sentence("panel.since", "day", "act"), sentence("panel.as_on", "day")
_OFF_THIS_MAP = sentence("changes.off_this_map", "words")
_COLUMNS = sentences("changes", "before", "after", "area", "together", "nothing")

#: How many acts are named before there are others.
_MOST_ACTS = 3


def last_change(day: date, acts: Sequence[str], until: date | None) -> Words:
    """Say when what is seen changed last, by which acts, and when it changes next."""
    named = listed(acts[:_MOST_ACTS], SEMICOLON)
    named = _AND_OTHERS(named) if len(acts) > _MOST_ACTS else named
    if until is None:
        return _LAST_CHANGE(long_day(day), named)
    return _LAST_AND_NEXT(long_day(day), named, long_day(until))


def official_names() -> Message:
    """Say which names stand on a sheet."""
    return _OFFICIAL_NAMES()


def ask_for_sources() -> Message:
    """Say how to learn the source of each change."""
    return _ASK_FOR_SOURCES()


def not_compared() -> Message:
    """Say which land is left out of a comparison."""
    return _NOT_COMPARED(NOT_TOLD())


def since(day: date, acts: Sequence[str]) -> Message:
    """Say above a panel since when its land has been held as it is, and by which act."""
    return _SINCE(long_day(day), acts[0]) if acts else _AS_ON(long_day(day))


def act_or_day(day: date, acts: Sequence[str]) -> Words:
    """Say in a film the act of the last change, or the day of which the first map is."""
    return acts[0] if acts else _AS_ON(long_day(day))


def day_of(day: date, place: str) -> Words:
    """Say of which day a picture is, and of which place."""
    return ABOUT(long_day(day), place) if place else long_day(day)


def off_this_map(words: Words) -> Message:
    """Say of a change that its land is not seen."""
    return _OFF_THIS_MAP(words)


def column(key: str) -> Message:
    """Say a word of the table of changes: before, after, area, together, nothing."""
    return _COLUMNS[key]()


def and_more(count: int) -> Message:
    """Say how many changes are not told one by one."""
    return AND_MORE(count)


def ended(words: Words) -> Message:
    """Say words as a sentence."""
    return ENDED(words)
