"""Lists on a sheet what its fills and its lines mean, in the corner where the list hides the least land, or below the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.atlas import Atlas
from sovietpacific.maps import style
from sovietpacific.maps.border_lines import KINDS
from sovietpacific.maps.sheet_land import LINES, hatch_of, stripe_of
from sovietpacific.maps.typefaces import look_of, printable, width_of, wrapped
from sovietpacific.wording import lasting_words, legend_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Size of the type, and width of a swatch and the space after it, in points.
SIZE, SWATCH, SPACE = 6.9, 19.0, 5.0

#: No line of a legend in the map is wider than this (points); a legend that would hide more land than this is set below.
ROOM, HIDES = 172.0, 0.03


class Entry(NamedTuple):
    """One line of a legend: a fill or a kind of line, and its words, broken into lines."""

    words: tuple[str, ...]
    fill: style.Fill | None
    line: str


class Legend(NamedTuple):
    """A legend as it is to be drawn: columns of entries, and its width and height in points."""

    columns: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]
    wide: float
    high: float


def entries_of(
    rows: list[dict[str, Any]], lines: Sequence[str], atlas: Atlas, view: str, room: float = ROOM, *, merged: bool = False
) -> list[Entry]:
    """List each fill once, plain ones first, the larger before the smaller, then the kinds of line that are drawn.

    Land of other words has an entry of its own; `merged` has one for each fill, in words that are true of all days.
    """
    areas: dict[Any, float] = {}
    told: dict[Any, tuple[style.Fill, list[str]]] = {}
    for row in rows:
        if merged:
            words = lasting_words(row, atlas.lineages, view, beside=row["polity"] in style.BESIDE)
        else:
            words = legend_words(row, atlas.lineages, atlas.polity_names, view)
        fill = style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])
        key = fill if merged else words
        areas[key] = areas.get(key, 0.0) + row["area_km2"]
        _, known = told.setdefault(key, (fill, []))
        known += [words] if words not in known else []
    ordered = sorted(told, key=lambda key: (bool(told[key][0].stripe), -areas[key]))
    fills = [Entry(tuple(wrapped(printable("; ".join(told[key][1])), SIZE, room)), told[key][0], "") for key in ordered]
    kinds = [kind for kind in KINDS if kind in lines]
    return fills + [Entry((KINDS[kind],), None, kind) for kind in kinds]


def lay_out(entries: list[Entry], columns: int = 1) -> Legend:
    """Arrange entries in columns of nearly one height."""
    total = sum(map(_height, entries))
    made: list[list[Entry]] = [[]]
    filled = 0.0
    for entry in entries:
        if made[-1] and len(made) < columns and filled + _height(entry) / 2 > total / columns * len(made):
            made.append([])
        made[-1].append(entry)
        filled += _height(entry)
    widths = [
        SWATCH + SPACE + max((width_of(word, SIZE) for e in column for word in e.words), default=0) * 1.02 for column in made
    ]
    high = max(sum(map(_height, column)) for column in made)
    return Legend(tuple(map(tuple, made)), tuple(widths), sum(widths) + 14 * len(widths), high + 9)


def below(entries: list[Entry], wide: float) -> Legend:
    """Arrange entries in as many columns as fit into a width."""
    fitting = [made for columns in range(5, 0, -1) if (made := lay_out(entries, columns)).wide <= wide]
    return fitting[0] if fitting else lay_out(entries, 1)


def draw_legend(axes: Axes, legend: Legend, west: float, south: float, *, framed: bool = True) -> None:
    """Draw a legend with its lower left corner at a position."""
    from matplotlib.patches import Rectangle

    if framed:
        box: dict[str, Any] = {"facecolor": "white", "edgecolor": style.INK, "linewidth": 0.8, "alpha": 1.0}
        axes.add_artist(Rectangle((west, south), legend.wide, legend.high, zorder=8, **box))
    x = west + 7
    for column, wide in zip(legend.columns, legend.widths, strict=True):
        top = south + legend.high - 4.5
        for entry in column:
            _draw_entry(axes, entry, x, top)
            top -= _height(entry)
        x += wide + 14


def _draw_entry(axes: Axes, entry: Entry, x: float, top: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    middle = top - SIZE * 0.66
    if entry.fill:
        fill = entry.fill
        look: dict[str, Any] = {"facecolor": fill.base, "edgecolor": fill.stripe or fill.base, "hatch": hatch_of(fill)}
        swatch = Rectangle((x, middle - 3.9), SWATCH, 7.8, linewidth=0, zorder=8.1, **look)
        swatch.set_hatch_linewidth(stripe_of(fill))
        axes.add_artist(swatch)
        axes.add_artist(Rectangle((x, middle - 3.9), SWATCH, 7.8, fill=False, edgecolor="#777777", linewidth=0.5, zorder=8.2))
    else:
        for colour, width, dashes in LINES[entry.line]:
            axes.add_line(Line2D([x, x + SWATCH], [middle] * 2, color=colour, linewidth=width, linestyle=dashes, zorder=8.1))
    for number, words in enumerate(entry.words):
        y = top - SIZE * (1.0 + number * 1.2)
        axes.text(x + SWATCH + SPACE, y, words, fontsize=SIZE, color=style.INK, va="baseline", zorder=8.2, **look_of("sans"))


def _height(entry: Entry) -> float:
    return SIZE * (1.62 + 1.2 * (len(entry.words) - 1))
