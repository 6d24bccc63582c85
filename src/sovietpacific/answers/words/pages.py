"""Words what stands on web pages beside land: layers, comparisons, and all that the pages' scripts
say themselves, which they are given as patterns.

Knows what a page says and nothing of how it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sovietpacific.answers.words import acts, days, views
from sovietpacific.answers.words.holds import NOT_TOLD
from sovietpacific.answers.words.messages import (
    ABOUT,
    AND_MORE,
    COMMA,
    FOLLOWING,
    SEMICOLON,
    STOPS,
    Message,
    Sentence,
    Words,
    sentence,
    sentences,
)
from sovietpacific.answers.words.wording import Wording

#: The layers of a map, as a reader switches them.
_LAYERS = sentences("layer", "land", "lines", "names", "changes", "rows")

_NOTHING_DIFFERS = sentence("compare.nothing", "between")
_DIFFERS = sentence("compare.differs", "area", "between")
_NOT_COMPARED = sentence("compare.not_compared", "area", "untold")
_TRACTS = sentence("compare.tracts", "count")
_EMPTY_FRAME, _EMPTY_PLOT = sentence("frame.empty"), sentence("frame.nothing_to_draw")

#: What the script of every page says.
_WEB = (
    *(days.DATES, days.TODAY, ABOUT, STOPS),
    *sentences("page", "legend", "timeline").values(),
)

#: What the script of two days says besides.
_COMPARE = (
    *(*_WEB, FOLLOWING),
    *(views.HEADINGS["day"], views.HEADINGS["area"], _LAYERS["changes"]),
    *sentences("compare", "handle", "outlined", "legend").values(),
    sentence("compare.share", "share", "first", "last"),
)

#: What the scripts of the slider say.
_SLIDER = (
    *(ABOUT, COMMA, SEMICOLON, STOPS, FOLLOWING, AND_MORE),
    *(days.LONG_DAY, *days.MONTHS.values(), days.TODAY, days.LONG_SPAN, days.KNOWN_AS),
    *(acts.CLAIM, *acts.HOW_SURE.values(), acts.UNVERIFIED_AFTER, acts.UNVERIFIED_IN_BRACKETS),
    *(views.HEADINGS[key] for key in ("holder", "sovereign", "title", "note", "claimed_by")),
    *(views.HEADINGS[key] for key in ("since", "until", "by", "sources", "area", "in_force")),
    *(views.HEADINGS[key] for key in ("drawn_to", "places_then", "day")),
    views.CREDIT,
    sentence("slider.act", "act", "certainty"),
    sentence("slider.change", "tracts", "before", "after"),
    sentence("slider.other_changes", "count"),
    sentence("slider.first_map", "day"),
    sentence("slider.unchanged", "day"),
    sentence("slider.unchanged_by", "day", "acts"),
    sentence("slider.before_first_map", "view", "day", "base"),
    sentence("slider.map", "title"),
    sentence("slider.with_key", "label", "key"),
    sentence("slider.no_day", "given", "last", "shown"),
    sentence("slider.place", "day", "place"),
    sentence("slider.drawing", "title", "day", "words"),
    sentence("slider.km2", "area"),
    sentence("slider.metres", "accuracy"),
    sentence("slider.kilometres", "accuracy"),
    sentence("slider.more_acts", "acts"),
    *sentences(
        "slider",
        *("history", "show_day", "bar", "previous", "play", "pause", "next", "three_views"),
        *("states", "view", "pace", "slow", "normal", "fast", "save_svg", "save_png"),
        *("day_format", "day_hint", "legend", "left_key", "right_key", "space_key"),
        "not_painted",
    ).values(),
)

_PAGES: dict[str, Sequence[Sentence]] = {
    "web": _WEB,
    "compare": _COMPARE,
    "frame": _WEB,
    "timeline": _SLIDER,
}


def layer(key: str) -> Message:
    """Say the name of a layer."""
    return _LAYERS[key]()


def patterns(page: str, wording: Wording) -> dict[str, Any]:
    """Return what the scripts of a page say, as patterns by key."""
    return wording.patterns(dict.fromkeys(_PAGES[page]))


def differing(km2: float | None, first: date, last: date) -> Message:
    """Say in a sentence how much land changed hands between two days; None where none did."""
    between = days.between(first, last)
    return _NOTHING_DIFFERS(between) if km2 is None else _DIFFERS(views.area(km2), between)


def with_not_compared(words: Words, km2: float | None) -> Words:
    """Add how much land was left out of a comparison, being not told on one of its days."""
    if km2 is None:
        return words
    return FOLLOWING(words, _NOT_COMPARED(views.area(km2), NOT_TOLD()))


def tracts_changed(names: Sequence[str]) -> Words:
    """Say which tract changed hands, or how many."""
    return names[0] if len(names) == 1 else _TRACTS(len(names))


def empty_frame() -> Message:
    """Say that a frame has nothing to draw."""
    return _EMPTY_FRAME()


def nothing_to_draw() -> Message:
    """Say on axes that there is nothing to draw."""
    return _EMPTY_PLOT()
