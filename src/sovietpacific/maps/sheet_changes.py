"""Marks on a sheet what changed hands between two days: outlined and numbered on the maps, worded and measured in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from sovietpacific.maps import style
from sovietpacific.maps.differences import Difference
from sovietpacific.maps.sheet_land import hatch_of, stripe_of
from sovietpacific.maps.sheet_names import Label, Line, spots_in
from sovietpacific.maps.sheet_panel import Panel, line_path, main_parts
from sovietpacific.maps.typefaces import look_of, printable, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The colour of outlines and numbers, size of the table's type in points, and how many differences are told one by one.
MARK, SIZE, MOST = "#7A0F3C", 7.2, 16

#: Land smaller than this is outlined at a distance (square points; points).
RINGED, CLEAR = 700.0, 1.9


class Marked(NamedTuple):
    """A difference on a sheet: its number, its words, its area in km², and its land on the panel (None where it is not seen)."""

    number: int
    difference: Difference | None
    words: str
    area_km2: float
    land: Any


def changes_on(panel: Panel, differences: Sequence[Difference], *, local: bool) -> list[Marked]:
    """Give the differences with numbers, the largest first; those beyond `MOST` are summed up in one line.

    With `local`, only what is seen on the panel is told.
    """
    found = []
    for difference in differences:
        tracts = [tract for tract in difference.tracts if tract in panel.seen]
        if local and not tracts:
            continue
        counted = tracts if local else difference.tracts
        area = sum(panel.atlas.tracts[tract].area_km2 for tract in counted)
        land = _outlined(panel, tracts)
        found.append((difference, area, land))
    found.sort(key=lambda entry: -entry[1])
    told = [Marked(number, difference, "", area, land) for number, (difference, area, land) in enumerate(found[:MOST], start=1)]
    if rest := found[MOST:]:
        lands = [land for _, _, land in rest if land is not None]
        together = shapely.union_all(lands, grid_size=0.05) if lands else None
        told.append(Marked(0, None, f"and {len(rest)} more", sum(area for _, area, _ in rest), together))
    return told


def _outlined(panel: Panel, tracts: Sequence[str]) -> Any:
    """Give the land of tracts in one, without islets, which an outline would blot out; None where none of it is seen."""
    parts = [part for tract in tracts for part in main_parts(panel.land[tract])]
    return shapely.union_all(parts, grid_size=0.05) if parts else None


def draw_marks(axes: Axes, panel: Panel, changes: Sequence[Marked]) -> None:
    """Outline what changed hands."""
    from matplotlib.patches import PathPatch

    seen = [change.land for change in changes if change.land is not None]
    lands = [shapely.union_all([_ringed(part) for part in shapely.get_parts(land)]) for land in seen]
    rims = shapely.boundary(np.array(lands, object))
    edges = shapely.get_parts(shapely.clip_by_rect(rims, -4, -4, panel.wide + 4, panel.high + 4))
    path = line_path([np.round(shapely.get_coordinates(edge), 1) for edge in edges if not edge.is_empty])
    for colour, width in (("white", 2.2), (MARK, 1.05)):
        look: dict[str, Any] = {"edgecolor": colour, "linewidth": width, "joinstyle": "round", "zorder": 5 + width / -10}
        axes.add_artist(PathPatch(path, fill=False, **look))


def _ringed(part: Any) -> Any:
    """Give the land an outline goes around: an island with a little sea, so that its fill is seen."""
    return part.buffer(CLEAR, quad_segs=3) if part.area < RINGED else part


def mark_labels(panel: Panel, changes: Sequence[Marked]) -> list[Label]:
    """Give the numbers of the changes as names to be set on their land, or beside it where it is small."""
    found = []
    for change in changes:
        if change.land is None or not change.number:
            continue
        parts = shapely.get_parts(shapely.clip_by_rect(change.land, 2, 2, panel.wide - 2, panel.high - 2))
        part = max(parts, key=lambda one: float(one.area), default=None)
        if part is None:
            continue
        lines = (Line(str(change.number), 9.0, "bold", MARK),)
        spots = spots_in(part, Label(lines, (0, 0)).size)
        middle = part.representative_point()
        found.append(Label(lines, (float(middle.x), float(middle.y)), spots=spots))
    return found


def _rows(changes: Sequence[Marked], wide: float) -> list[tuple[Marked, list[str], list[str], float]]:
    """Break the words of each row for a table of a width, and give each row its height."""
    room = (wide - 130) / 2 - 30
    rows = []
    for change in changes:
        where = "" if change.land is not None else " (off this map)"
        told = change.difference.from_words if change.difference else change.words
        before = wrapped(printable(told + where), SIZE, room)
        after = wrapped(printable(change.difference.to_words), SIZE, room) if change.difference else []
        rows.append((change, before, after, SIZE * (1.7 + 1.2 * (max(len(before), len(after)) - 1))))
    return rows


def table_height(changes: Sequence[Marked], wide: float) -> float:
    """Give the height of the table in points."""
    return 30 + SIZE * 1.9 + (sum(row[3] for row in _rows(changes, wide)) if changes else SIZE * 1.7)


def draw_table(axes: Axes, changes: Sequence[Marked], wide: float, high: float) -> None:
    """Write the table of changes: number, before, after, km², and the sum."""
    half = (wide - 130) / 2
    y = high - 16
    for x, words, align in ((22.0, "before", "left"), (22.0 + half, "after", "left"), (wide, "km²", "right")):
        axes.text(x, y, words, fontsize=SIZE, color="#444444", ha=align, **look_of("bold"))
    _rule(axes, wide, y - 3.5)
    y -= SIZE * 1.7
    if not changes:
        axes.text(22, y, "nothing changed hands", fontsize=SIZE, color=style.INK, **look_of("sans"))
        y -= SIZE * 1.7
    for change, before, after, tall in _rows(changes, wide):
        if change.number:
            axes.text(0, y, str(change.number), fontsize=SIZE, color=MARK, **look_of("bold"))
        difference = change.difference
        cells = ((22.0, before, difference and difference.from_fill), (22.0 + half, after, difference and difference.to_fill))
        for x, lines, fill in cells:
            _cell(axes, x, y, lines, fill)
        axes.text(wide, y, _area(change.area_km2), fontsize=SIZE, color=style.INK, ha="right", **look_of("sans"))
        y -= tall
    _rule(axes, wide, y + SIZE)
    total = _area(sum(change.area_km2 for change in changes))
    axes.text(22, y - 2, "together", fontsize=SIZE, color=style.INK, **look_of("bold"))
    axes.text(wide, y - 2, total, fontsize=SIZE, color=style.INK, ha="right", **look_of("bold"))


def _cell(axes: Axes, x: float, y: float, lines: list[str], fill: style.Fill | None) -> None:
    from matplotlib.patches import Rectangle

    if fill:
        look: dict[str, Any] = {"facecolor": fill.base, "edgecolor": fill.stripe or fill.base, "hatch": hatch_of(fill)}
        swatch = Rectangle((x, y - 1.4), 17, 7.6, linewidth=0, **look)
        swatch.set_hatch_linewidth(stripe_of(fill))
        axes.add_artist(swatch)
        axes.add_artist(Rectangle((x, y - 1.4), 17, 7.6, fill=False, edgecolor="#777777", linewidth=0.5))
    for number, line in enumerate(lines):
        left = x + 22 if fill else x
        axes.text(left, y - number * SIZE * 1.2, line, fontsize=SIZE, color=style.INK, **look_of("sans"))


def _rule(axes: Axes, wide: float, y: float) -> None:
    from matplotlib.lines import Line2D

    axes.add_artist(Line2D([0, wide], [y, y], color="#777777", linewidth=0.5))


def _area(km2: float) -> str:
    return f"{km2:,.0f}" if km2 >= 10 else f"{km2:.2g}"
