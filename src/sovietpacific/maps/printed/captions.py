"""Writes what stands above and below the map of a sheet: title, day and view, how to read it,
projection, sources, credit.

Knows words and type, and nothing of shapes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from numbers import Real
from typing import TYPE_CHECKING, NamedTuple

from sovietpacific.answers import palette
from sovietpacific.answers.words import holds, views
from sovietpacific.answers.words import sheets as words_of
from sovietpacific.answers.words.days import long_day
from sovietpacific.answers.words.messages import APART, Words, listed
from sovietpacific.answers.words.wording import text
from sovietpacific.errors import OptionError, shown
from sovietpacific.facts.records import NO_ACTS, TELLING
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.typefaces import look_of, printable, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Sizes of title, second line and small print, and the distance of lines, in points.
TITLE, SECOND, SMALL_PRINT = 17.0, 8.8, 6.6

#: Margins of a sheet in points: left, right, above, below.
LEFT, RIGHT, ABOVE, BELOW = 34.0, 22.0, 22.0, 16.0

#: Widths a sheet may have in inches (the paper A0 laid flat has 47), and the least width of a map
#: on it in points.
NARROWEST, WIDEST, LEAST_MAP = 4, 60, 36.0


def map_width(width: float | None, usual: float, across: int = 1, gutter: float = 0.0) -> float:
    """Give the width in points of each of `across` maps on a sheet `width` inches wide, or `usual`
    where none is given.

    Raises `OptionError` for a width no sheet can have, and where the maps would be too narrow to be
    read.
    """
    inches = usual if width is None else width
    if (
        not isinstance(inches, Real)
        or isinstance(inches, bool)
        or not NARROWEST <= inches <= WIDEST
    ):
        raise OptionError(
            f"width={shown(width)} is given; a sheet is {NARROWEST} to {WIDEST} inches wide"
        )
    inches = float(inches)
    wide = round((inches * 72 - LEFT - RIGHT - (across - 1) * gutter) / across, 1)
    if wide < LEAST_MAP:
        raise OptionError(
            f"{across} maps side by side are too narrow on {inches:g} inches; "
            "ask for fewer or a wider sheet"
        )
    return wide


class Caption(NamedTuple):
    """The words of a sheet, broken into lines for its width, and the heights they need above and
    below the map, in points.
    """

    title: Sequence[str]
    second: Sequence[str]
    small: Sequence[str]

    @property
    def above(self) -> float:
        """Height above the map."""
        return ABOVE + len(self.title) * TITLE * 1.2 + 4 + len(self.second) * SECOND * 1.3 + 5

    @property
    def below(self) -> float:
        """Height below the map, degrees included."""
        return 18 + len(self.small) * SMALL_PRINT * 1.4 + BELOW


def words_for(
    panel: Panel, days: Sequence[date], view: str, title: str, wide: float, second: Words = ""
) -> Caption:
    """Word a sheet of some days: `title` as it is given, with whatever in it cannot be printed left
    out.
    """
    atlas, title = panel.atlas, printable(title)
    dated = "" if tells_day(title, days[0]) else long_day(days[0])
    told = second or views.apart(dated, views.shown(atlas.records, view))
    last = _last_change(panel, view, days[0]) if len(days) == 1 else ""
    small = [
        views.apart(last, views.neutral(), words_of.official_names()),
        views.apart(panel.extent.projection.words, atlas.credit, words_of.ask_for_sources()),
    ]
    return Caption(
        wrapped(title, TITLE, wide, "bold"),
        wrapped(text(listed([told, holds.STRIPES()], APART)), SECOND, wide),
        [line for row in small for line in wrapped(printable(text(row)), SMALL_PRINT, wide)],
    )


def _last_change(panel: Panel, view: str, day: date) -> Words:
    """Tell the last and the next change of what is seen on a panel, with the acts of the last;
    nothing where there was none.
    """
    since, until, acts = span_of(panel, view, day)
    return words_of.last_change(since, acts, until) if acts else ""


def span_of(panel: Panel, view: str, day: date) -> tuple[date, date | None, list[str]]:
    """Give since when the land seen on a panel has been held as on `day`, until when, and the names
    of the acts it began with.

    The act that changed the most land comes first; a renewal is no change, nor is where the telling
    ends or begins again.
    """
    atlas = panel.atlas
    since, until, weights = atlas.time.first_day(view), None, dict[str, float]()
    for tract in panel.seen:
        for tenure in atlas.time.timeline(tract, view):
            if tenure.renews or tenure.instrument == TELLING:
                continue
            if tenure.since > day:
                until = min(until or tenure.since, tenure.since)
                break
            if tenure.since > since:
                since, weights = tenure.since, {}
            if tenure.since == since and tenure.instrument not in NO_ACTS:
                weights[tenure.instrument] = (
                    weights.get(tenure.instrument, 0.0) + atlas.tracts[tract].area_km2
                )
    known = atlas.records.instruments
    return (
        since,
        until,
        [known[key].name for key in sorted(weights, key=lambda key: -weights[key]) if key in known],
    )


def write_words(figure: Figure, words: Caption) -> None:
    """Write the words of a sheet onto its figure."""
    wide, high = figure.get_size_inches() * 72
    y = high - ABOVE
    for lines, size, face, colour in (
        (words.title, TITLE, "bold", palette.INK),
        (words.second, SECOND, "sans", "#444444"),
    ):
        for line in lines:
            y -= size * (1.0 if face == "bold" else 1.02)
            figure.text(
                LEFT / wide,
                y / high,
                line,
                fontsize=size,
                color=colour,
                va="baseline",
                **look_of(face),
            )
            y -= size * (0.2 if face == "bold" else 0.28)
        y -= 4
    y = BELOW + (len(words.small) - 1) * SMALL_PRINT * 1.4
    for line in words.small:
        figure.text(
            LEFT / wide,
            y / high,
            line,
            fontsize=SMALL_PRINT,
            color="#444444",
            va="baseline",
            **look_of("sans"),
        )
        y -= SMALL_PRINT * 1.4


def tells_day(title: str, day: date) -> bool:
    """Tell whether a title has the day in words; that of 12 September has not the 2nd.

    >>> (
    ...     tells_day("Tokyo Bay, 2 September 1945", date(1945, 9, 2)),
    ...     tells_day("12 September 1945", date(1945, 9, 2)),
    ... )
    (True, False)
    """
    return re.search(rf"(?<!\d){re.escape(text(long_day(day)))}(?!\d)", title) is not None
