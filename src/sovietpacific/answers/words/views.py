"""Words views, the titles of maps, what the rows of a card are headed, and areas.

Knows views and areas, and nothing of single tracts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sovietpacific.answers.words.days import long_day, up_to
from sovietpacific.answers.words.messages import (
    APART,
    ENDED,
    Message,
    Words,
    listed,
    sentence,
    sentences,
)
from sovietpacific.facts.records import VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sovietpacific.facts.records import Records

#: What each view asks; what it shows, as printed on every map; and its name.
_QUESTIONS = {view: sentence(f"view.{view}.question") for view in VIEWS}
_SHOWN = {view: sentence(f"view.{view}.words") for view in VIEWS}
_NAMES = {view: sentence(f"view.{view}.name") for view in VIEWS}
_STATE_SHOWN = sentence("view.state.words", "map")

#: What stands before the words of a card's row.
HEADINGS = sentences(
    "heading",
    *("holder", "sovereign", "title", "this_map", "claimed_by", "note", "since", "until", "by"),
    *("sources", "kind", "between", "accuracy", "also_called", "area", "of_this_land", "day"),
    *("in_force", "drawn_to", "places_then"),
)
_HEADED = dict(zip(VIEWS, ("holder", "sovereign", "title"), strict=True))

_HELD_ON = sentence("title.day", "day")
_HELD_ON_IN = sentence("title.day_in", "place", "day")
_HELD_ON_TWO = sentence("title.two_days", "first", "last")
_HELD_ON_TWO_IN = sentence("title.two_days_in", "place", "first", "last")
_CHANGED = sentence("title.changed", "days")
_CHANGED_IN = sentence("title.changed_in", "place", "days")
_ALL_DAYS = sentence("title.all_days")
_YEAR, _YEARS = sentence("title.year", "place", "year"), sentence("title.years", "place", "years")
_FROM_TO = sentence("span.years", "first", "last")
_EVERYWHERE = sentence("title.everywhere")

_NEUTRAL = sentence("map.neutral")
_ABOUT = sentence("map.about", "version")
CREDIT = sentence("map.credit", "credit", "day", "view")
_CREDIT_TWO = sentence("map.credit_two", "credit", "first", "last", "view")

_LARGE_AREA, _SMALL_AREA = sentence("area.large", "km2"), sentence("area.small", "km2")

#: What one may read on a map of a frame.
_OF_A_FRAME = sentence("frame.title")
_OF_A_FRAME_ON = sentence("frame.title_on", "day")
_OF_A_FRAME_BETWEEN = sentence("frame.title_between", "first", "last")
_FRAME_VIEW = sentence("frame.view", "view")
_FRAME_VIEW_DATA = sentence("frame.view_data", "view", "version")


def question(view: str) -> Message:
    """Say what one of the three views asks."""
    return _QUESTIONS[view]()


def question_of(records: Records, view: str) -> Words:
    """Say what any view asks."""
    return question(view) if view in _QUESTIONS else records.views[view].name


def shown(records: Records, view: str) -> Message:
    """Say what a view shows, as printed on every map."""
    return _SHOWN[view]() if view in _SHOWN else _STATE_SHOWN(records.views[view].name)


def name(view: str) -> Words:
    """Say the name of a view; a state's is its own."""
    return _NAMES[view]() if view in _NAMES else view.capitalize()


def short_name(records: Records, view: str) -> Words:
    """Say the name of a view as a list of views has it: of a state's, whose map it is."""
    if view in _NAMES:
        return _NAMES[view]()
    whose = records.views[view].name.removeprefix("as the official ").partition(" has it")[0]
    return whose[0].upper() + whose[1:]


def heading_of(view: str) -> Message:
    """Say what stands before the holder of a view in a card."""
    return HEADINGS[_HEADED.get(view, "this_map")]()


def heading(key: str) -> Message:
    """Say what stands before a row of a card."""
    return HEADINGS[key]()


def area(km2: float) -> Message:
    """Say an area, to three figures where it is small.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(area(1420.67)), text(area(3.456))
    ('1,421 km²', '3.46 km²')
    """
    return (_LARGE_AREA if km2 >= 100 else _SMALL_AREA)(km2)


def day_title(day: date, place: str = "") -> Message:
    """Say what a map of one day shows, of a place or of everything."""
    return _HELD_ON_IN(place, long_day(day)) if place else _HELD_ON(long_day(day))


def two_days_title(first: date, last: date, place: str = "") -> Message:
    """Say what a map of two days shows."""
    days = long_day(first), long_day(last)
    return _HELD_ON_TWO_IN(place, *days) if place else _HELD_ON_TWO(*days)


def changes_title(first: date, last: date, place: str = "") -> Message:
    """Say what a sheet of two days compares."""
    days = up_to(first, last)
    return _CHANGED_IN(place, days) if place else _CHANGED(days)


def years_title(first: int, last: int, place: str = "") -> Message:
    """Say which years a sheet of several days shows."""
    named = place or _EVERYWHERE()
    return _YEAR(named, first) if first == last else _YEARS(named, _FROM_TO(first, last))


def all_days_title() -> Message:
    """Say what a map of all days shows."""
    return _ALL_DAYS()


def neutral() -> Message:
    """Say that no side is taken."""
    return _NEUTRAL()


def about(version: str) -> Message:
    """Say which data a map shows, and that no side is taken."""
    return _ABOUT(version)


def credit(line: str, days: Sequence[date], view: str) -> Message:
    """Say whose work a map is, of which day or two days, and in which view."""
    return (CREDIT if len(days) == 1 else _CREDIT_TWO)(line, *days, view)


def apart(*parts: Words) -> Words:
    """Say several things one after the other, each ended; what is empty is left out."""
    return listed([ENDED(part) for part in parts if part], APART)


def frame_title(attrs: Mapping[Any, Any]) -> list[Message]:
    """Say of which days and view a frame is, as far as it still knows."""
    if not attrs.get("day") or not attrs.get("view"):
        return [_OF_A_FRAME()]
    known = {key: str(attrs[key]) for key in ("day", "view", "first", "version") if key in attrs}
    day, view = known["day"], known["view"]
    return [
        _OF_A_FRAME_BETWEEN(known["first"], day) if "first" in known else _OF_A_FRAME_ON(day),
        _FRAME_VIEW_DATA(view, known["version"]) if "version" in known else _FRAME_VIEW(view),
    ]
