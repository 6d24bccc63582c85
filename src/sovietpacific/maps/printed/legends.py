"""Lists on a sheet what its fills and its lines mean, in the corner where the list hides the least
land, or below the map.

Knows fills and lines, and nothing of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.answers import palette
from sovietpacific.answers.palette import hatch_of
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import holds
from sovietpacific.answers.words import lines as line_words
from sovietpacific.answers.words.messages import SEMICOLON, listed
from sovietpacific.answers.words.wording import text
from sovietpacific.atlas import Atlas
from sovietpacific.facts.look import LookStroke
from sovietpacific.maps.printed.land import dashes_of, stripe_of
from sovietpacific.maps.printed.typefaces import look_of, printable, width_of, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Size of the type, and width of a swatch and the space after it, in points.
SIZE, SWATCH, SPACE = 6.9, 19.0, 5.0

#: No line of a legend in the map is wider than this (points); a legend that would hide more land
#: than this is set below.
ROOM, HIDES = 172.0, 0.03


class Entry(NamedTuple):
    """One line of a legend: a fill or a kind of line, and its words, broken into lines."""

    words: tuple[str, ...]
    fill: palette.Fill | None
    strokes: tuple[LookStroke, ...]


class Legend(NamedTuple):
    """A legend as it is to be drawn: columns of entries, and its width and height in points."""

    columns: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]
    wide: float
    high: float


def entries_of(
    rows: list[BorderRow],
    lines: Sequence[str],
    atlas: Atlas,
    view: str,
    room: float = ROOM,
    *,
    merged: bool = False,
) -> list[Entry]:
    """List each fill once, plain ones first, the larger before the smaller, then the kinds of line
    that are drawn.

    Land of other words has an entry of its own; `merged` has one for each fill, in words that are
    true of all days.
    """
    areas: dict[Any, float] = {}
    told: dict[Any, tuple[palette.Fill, list[str]]] = {}
    for row in rows:
        holding = holds.Holding.of_row(row)
        if merged:
            beside = palette.is_beside(atlas.records.look, row.polities)
            words = text(holds.lasting(atlas.records, holding, view, beside=beside))
        else:
            words = text(holds.legend(atlas.records, holding, view))
        fill = palette.fill_of_row(atlas.records.look, row)
        key = fill if merged else words
        areas[key] = areas.get(key, 0.0) + row.area_km2
        _, known = told.setdefault(key, (fill, []))
        known += [words] if words not in known else []
    ordered = sorted(told, key=lambda key: (bool(told[key][0].stripe), -areas[key]))
    fills = [
        Entry(
            tuple(wrapped(printable(text(listed(told[key][1], SEMICOLON))), SIZE, room)),
            told[key][0],
            (),
        )
        for key in ordered
    ]
    ways = [way for way in atlas.records.look.drawn_lines.values() if way.id in lines]
    return fills + [Entry((text(line_words.kind(way.id)),), None, way.strokes) for way in ways]


def lay_out(entries: list[Entry], columns: int = 1) -> Legend:
    """Arrange entries in columns of nearly one height."""
    total = sum(map(_height, entries))
    made: list[list[Entry]] = [[]]
    filled = 0.0
    for entry in entries:
        if (
            made[-1]
            and len(made) < columns
            and filled + _height(entry) / 2 > total / columns * len(made)
        ):
            made.append([])
        made[-1].append(entry)
        filled += _height(entry)
    widths = [
        SWATCH
        + SPACE
        + max((width_of(word, SIZE) for e in column for word in e.words), default=0) * 1.02
        for column in made
    ]
    high = max(sum(map(_height, column)) for column in made)
    return Legend(tuple(map(tuple, made)), tuple(widths), sum(widths) + 14 * len(widths), high + 9)


def below(entries: list[Entry], wide: float) -> Legend:
    """Arrange entries in as many columns as fit into a width."""
    fitting = [
        made for columns in range(5, 0, -1) if (made := lay_out(entries, columns)).wide <= wide
    ]
    return fitting[0] if fitting else lay_out(entries, 1)


def draw_legend(
    axes: Axes, legend: Legend, west: float, south: float, *, framed: bool = True
) -> None:
    """Draw a legend with its lower left corner at a position."""
    from matplotlib.patches import Rectangle

    if framed:
        box: dict[str, Any] = {
            "facecolor": "white",
            "edgecolor": palette.INK,
            "linewidth": 0.8,
            "alpha": 1.0,
        }
        axes.add_artist(Rectangle((west, south), legend.wide, legend.high, zorder=8, **box))
    x = west + 7
    for column, wide in zip(legend.columns, legend.widths, strict=True):
        top = south + legend.high - 4.5
        for entry in column:
            _draw_entry(axes, entry, x, top)
            top -= _height(entry)
        x += wide + 14


def _draw_entry(axes: Axes, entry: Entry, x: float, top: float) -> None:
    """Draw one row of a legend, its swatch or stroke and its words, from `top` downwards."""
    middle = top - SIZE * 0.66
    if entry.fill:
        _draw_swatch(axes, entry.fill, x, middle)
    else:
        _draw_stroke(axes, entry, x, middle)
    for number, words in enumerate(entry.words):
        y = top - SIZE * (1.0 + number * 1.2)
        look = {"fontsize": SIZE, "color": palette.INK, **look_of("sans")}
        axes.text(x + SWATCH + SPACE, y, words, va="baseline", zorder=8.2, **look)


def _draw_swatch(axes: Axes, fill: palette.Fill, x: float, middle: float) -> None:
    from matplotlib.patches import Rectangle

    corner, size = (x, middle - 3.9), (SWATCH, 7.8)
    look: dict[str, Any] = {
        "facecolor": fill.base,
        "edgecolor": fill.stripe or fill.base,
        "hatch": hatch_of(fill),
    }
    swatch = Rectangle(corner, *size, linewidth=0, zorder=8.1, **look)
    swatch.set_hatch_linewidth(stripe_of(fill))
    axes.add_artist(swatch)
    rim: dict[str, Any] = {"fill": False, "edgecolor": "#777777", "linewidth": 0.5}
    axes.add_artist(Rectangle(corner, *size, zorder=8.2, **rim))


def _draw_stroke(axes: Axes, entry: Entry, x: float, middle: float) -> None:
    from matplotlib.lines import Line2D

    for stroke in entry.strokes:
        look: dict[str, Any] = {"color": stroke.colour, "linewidth": stroke.width}
        line = Line2D([x, x + SWATCH], [middle] * 2, zorder=8.1, **look)
        line.set_linestyle(dashes_of(stroke))
        axes.add_line(line)


def _height(entry: Entry) -> float:
    return SIZE * (1.62 + 1.2 * (len(entry.words) - 1))
