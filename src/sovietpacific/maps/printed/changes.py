"""Mark on a sheet what changed hands between two days.

Knows what differs and nothing of how it was found.

It is outlined and numbered on the maps, and worded and measured in a table. What differs is found
by `scene.differences`, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from sovietpacific.answers import palette
from sovietpacific.answers.palette import hatch_of
from sovietpacific.answers.words import sheets as words_of
from sovietpacific.answers.words.messages import Words
from sovietpacific.answers.words.wording import text
from sovietpacific.maps.printed.land import stripe_of
from sovietpacific.maps.printed.names_set import Label, Line, spots_in
from sovietpacific.maps.printed.panel import Panel, line_path, main_parts
from sovietpacific.maps.printed.typefaces import look_of, printable, wrapped
from sovietpacific.maps.scene.differences import Difference

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The colour of outlines and numbers, the size of the table's type in points, and how many
#: differences have a line each.
MARK, SIZE, MOST = "#7A0F3C", 7.2, 16

#: Land smaller than this is outlined at a distance (square points; points).
RINGED, CLEAR = 700.0, 1.9


class Marked(NamedTuple):
    """A difference on a sheet: its number, words, area in km², and land on the panel.

    The land is None where none of it is seen.
    """

    number: int
    difference: Difference | None
    words: Words
    area_km2: float
    land: Any


def changes_on(panel: Panel, differences: Sequence[Difference], *, local: bool) -> list[Marked]:
    """Return the differences with numbers, the largest first.

    Those beyond `MOST` are summed up in one line. With `local`, only what is seen on the panel is
    listed and counted.
    """
    measured = []
    for difference in differences:
        tracts = [tract for tract in difference.tracts if tract in panel.seen]
        if local and not tracts:
            continue
        counted = tracts if local else difference.tracts
        area = sum(panel.atlas.tracts[tract].area_km2 for tract in counted)
        measured.append((difference, area, _outlined(panel, tracts)))
    measured.sort(key=lambda entry: -entry[1])
    marked = [
        Marked(number, difference, "", area, land)
        for number, (difference, area, land) in enumerate(measured[:MOST], start=1)
    ]
    if rest := measured[MOST:]:
        lands = [land for _, _, land in rest if land is not None]
        together = shapely.union_all(lands, grid_size=0.05) if lands else None
        area = sum(area for _, area, _ in rest)
        marked.append(Marked(0, None, words_of.and_more(len(rest)), area, together))
    return marked


def _outlined(panel: Panel, tracts: Sequence[str]) -> Any:
    """Return the land of tracts in one, or None where none of it is seen.

    Islets are left out: an outline would blot them out.
    """
    parts = [part for tract in tracts for part in main_parts(panel.land[tract])]
    return shapely.union_all(parts, grid_size=0.05) if parts else None


def draw_marks(axes: Axes, panel: Panel, changes: Sequence[Marked]) -> None:
    """Outline what changed hands."""
    from matplotlib.patches import PathPatch

    seen = [shapely.get_parts(change.land) for change in changes if change.land is not None]
    lands = [shapely.union_all([_ringed(part) for part in parts]) for parts in seen]
    rims = shapely.boundary(np.array(lands, object))
    edges = shapely.get_parts(shapely.clip_by_rect(rims, -4, -4, panel.wide + 4, panel.high + 4))
    courses = [shapely.get_coordinates(edge) for edge in edges if not edge.is_empty]
    path = line_path([np.round(course, 1) for course in courses])
    for colour, width in (("white", 2.2), (MARK, 1.05)):
        look: dict[str, Any] = {"edgecolor": colour, "linewidth": width, "joinstyle": "round"}
        axes.add_artist(PathPatch(path, fill=False, zorder=5 + width / -10, **look))


def _ringed(part: Any) -> Any:
    """Return the land an outline goes around.

    That is an island with a little sea, so that its fill is seen.
    """
    return part.buffer(CLEAR, quad_segs=3) if part.area < RINGED else part


def mark_labels(panel: Panel, changes: Sequence[Marked]) -> list[Label]:
    """Return the numbers of the changes as names to be set on their land.

    A number stands beside land that is too small for it.
    """
    labels = []
    for change in changes:
        if change.land is None or not change.number:
            continue
        within = shapely.clip_by_rect(change.land, 2, 2, panel.wide - 2, panel.high - 2)
        parts = shapely.get_parts(within)
        part = max(parts, key=lambda one: float(one.area), default=None)
        if part is None:
            continue
        lines = (Line(str(change.number), 9.0, "bold", MARK),)
        spots = spots_in(part, Label(lines, (0, 0)).size)
        middle = part.representative_point()
        labels.append(Label(lines, (float(middle.x), float(middle.y)), spots=spots))
    return labels


def _rows(
    changes: Sequence[Marked], wide: float
) -> list[tuple[Marked, list[str], list[str], float]]:
    """Break the words of each row for a table of a width, and return each row with its height."""
    room = (wide - 130) / 2 - 30
    rows = []
    for change in changes:
        difference = change.difference
        words = difference.from_words if difference else change.words
        words = words if change.land is not None else words_of.off_this_map(words)
        before = wrapped(printable(text(words)), SIZE, room)
        after = wrapped(printable(text(difference.to_words)), SIZE, room) if difference else []
        more = max(len(before), len(after)) - 1
        rows.append((change, before, after, SIZE * (1.7 + 1.2 * more)))
    return rows


def table_height(changes: Sequence[Marked], wide: float) -> float:
    """Return the height of the table in points."""
    rows = sum(row[3] for row in _rows(changes, wide)) if changes else SIZE * 1.7
    return 30 + SIZE * 1.9 + rows


def draw_table(axes: Axes, changes: Sequence[Marked], wide: float, high: float) -> None:
    """Write the table of changes: number, before, after, km², and the sum."""
    left, middle = 22.0, 22.0 + (wide - 130) / 2
    y = high - 16
    heads = ((left, "before", "left"), (middle, "after", "left"), (wide, "area", "right"))
    for x, key, align in heads:
        words = text(words_of.column(key))
        axes.text(x, y, words, fontsize=SIZE, color="#444444", ha=align, **look_of("bold"))
    ink: dict[str, Any] = {"fontsize": SIZE, "color": palette.INK}
    plain, bold = {**ink, **look_of("sans")}, {**ink, **look_of("bold")}
    _rule(axes, wide, y - 3.5)
    y -= SIZE * 1.7
    if not changes:
        axes.text(left, y, text(words_of.column("nothing")), **plain)
        y -= SIZE * 1.7
    for change, before, after, tall in _rows(changes, wide):
        if change.number:
            axes.text(0, y, str(change.number), fontsize=SIZE, color=MARK, **look_of("bold"))
        difference = change.difference
        _cell(axes, left, y, before, difference and difference.from_fill)
        _cell(axes, middle, y, after, difference and difference.to_fill)
        axes.text(wide, y, _area(change.area_km2), ha="right", **plain)
        y -= tall
    _rule(axes, wide, y + SIZE)
    total = _area(sum(change.area_km2 for change in changes))
    axes.text(left, y - 2, text(words_of.column("together")), **bold)
    axes.text(wide, y - 2, total, ha="right", **bold)


def _cell(axes: Axes, x: float, y: float, lines: list[str], fill: palette.Fill | None) -> None:
    """Write the lines of a cell, beside a swatch of the fill if there is one."""
    from matplotlib.patches import Rectangle

    if fill:
        at, size = (x, y - 1.4), (17, 7.6)
        look: dict[str, Any] = {"facecolor": fill.base, "edgecolor": fill.stripe or fill.base}
        swatch = Rectangle(at, *size, linewidth=0, hatch=hatch_of(fill), **look)
        swatch.set_hatch_linewidth(stripe_of(fill))
        axes.add_artist(swatch)
        axes.add_artist(Rectangle(at, *size, fill=False, edgecolor="#777777", linewidth=0.5))
    left = x + 22 if fill else x
    ink: dict[str, Any] = {"fontsize": SIZE, "color": palette.INK, **look_of("sans")}
    for number, line in enumerate(lines):
        axes.text(left, y - number * SIZE * 1.2, line, **ink)


def _rule(axes: Axes, wide: float, y: float) -> None:
    from matplotlib.lines import Line2D

    axes.add_artist(Line2D([0, wide], [y, y], color="#777777", linewidth=0.5))


def _area(km2: float) -> str:
    return f"{km2:,.0f}" if km2 >= 10 else f"{km2:.2g}"
