"""Writes what stands above and below the map of a sheet: title, day and view, how to read it, projection, sources, credit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sovietpacific.atlas import Atlas
from sovietpacific.maps import style
from sovietpacific.maps.projection import Projection
from sovietpacific.maps.typefaces import look_of, printable, wrapped
from sovietpacific.records import SERIES_START

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Sizes of title, second line and small print, and the distance of lines, in points.
TITLE, SECOND, SMALL_PRINT = 17.0, 8.8, 6.6

#: Margins of a sheet in points: left, right, above, below.
LEFT, RIGHT, ABOVE, BELOW = 34.0, 22.0, 22.0, 16.0


class Words(NamedTuple):
    """The words of a sheet, broken into lines for its width, and the heights they need above and below the map, in points."""

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
    atlas: Atlas, days: Sequence[date], view: str, title: str, projection: Projection, wide: float, second: str = ""
) -> Words:
    """Word a sheet of some days: `title` as it is given, with whatever in it cannot be printed left out."""
    dated = "" if long_day(days[0]) in title else f"{long_day(days[0])}.  "
    told = second or f"{dated}{style.words_of_view(view, atlas.views)}."
    stripes = "Stripes: land that is another’s, in common, shared or contested."
    small = [
        f"{_since(atlas, days, view)}No position is taken on any claim.  Names are official ones of the day.",
        f"{projection.words}.  {atlas.credit}.  Sources of every change: sovietpacific history PLACE.",
    ]
    return Words(
        wrapped(printable(title), TITLE, wide, "bold"),
        wrapped(f"{told}  {stripes}", SECOND, wide),
        [line for text in small for line in wrapped(printable(text), SMALL_PRINT, wide)],
    )


def _since(atlas: Atlas, days: Sequence[date], view: str) -> str:
    """Say how long the map of one day holds, and by which acts it began to; nothing for several days."""
    if len(days) != 1:
        return ""
    since, until = atlas.time.epoch(view, days[0])
    acts = acts_of(atlas, since, view)
    told = f" ({'; '.join(acts[:3])}{' and others' if len(acts) > 3 else ''})" if acts else ""
    ends = f", until {long_day(until)}" if until else ""
    return f"So since {long_day(since)}{told}{ends}.  "


def acts_of(atlas: Atlas, day: date, view: str) -> list[str]:
    """Give the names of the instruments by which anything changed on `day`, the one that changed the most land first."""
    weights: dict[str, float] = {}
    for key, tract in atlas.tracts.items():
        if tract.judged:
            tenure = atlas.time.hold(key, view, day).tenure
            if tenure.since == day and tenure.instrument != SERIES_START and not tenure.renews:
                weights[tenure.instrument] = weights.get(tenure.instrument, 0.0) + tract.area_km2
    known = atlas.records.instruments
    return [known[key].name for key in sorted(weights, key=lambda key: -weights[key]) if key in known]


def write_words(figure: Figure, words: Words) -> None:
    """Write the words of a sheet onto its figure."""
    wide, high = figure.get_size_inches() * 72
    y = high - ABOVE
    for lines, size, face, colour in ((words.title, TITLE, "bold", style.INK), (words.second, SECOND, "sans", "#444444")):
        for line in lines:
            y -= size * (1.0 if face == "bold" else 1.02)
            figure.text(LEFT / wide, y / high, line, fontsize=size, color=colour, va="baseline", **look_of(face))
            y -= size * (0.2 if face == "bold" else 0.28)
        y -= 4
    y = BELOW + (len(words.small) - 1) * SMALL_PRINT * 1.4
    for line in words.small:
        figure.text(LEFT / wide, y / high, line, fontsize=SMALL_PRINT, color="#444444", va="baseline", **look_of("sans"))
        y -= SMALL_PRINT * 1.4


def long_day(day: date) -> str:
    """Write a day in words.

    >>> long_day(date(1945, 9, 2))
    '2 September 1945'
    """
    return f"{day.day} {day:%B %Y}"
