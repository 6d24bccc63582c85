"""Draws a plan of several days on one sheet: maps of one extent in rows, the table of what changed
hands, one legend and one scale bar.

Knows panels and nothing of what is drawn on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import sheets, views
from sovietpacific.answers.words.messages import APART, listed
from sovietpacific.maps.printed import captions, graticule, legends
from sovietpacific.maps.printed.changes import (
    Marked,
    draw_marks,
    draw_table,
    mark_labels,
    table_height,
)
from sovietpacific.maps.printed.land import (
    Drawn,
    draw_land,
    draw_lines,
    lines_on,
    obstacles,
    rows_on,
)
from sovietpacific.maps.printed.names_chosen import labels_for
from sovietpacific.maps.printed.names_set import draw_names, set_names
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Box, Room
from sovietpacific.maps.printed.typefaces import look_of, setting
from sovietpacific.maps.scene.day_map import DayMap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Space between maps, and sizes of their titles and of the acts under these, in points.
GUTTER, PANEL_TITLE, ACT = 14.0, 9.5, 7.22

#: Height of a line of a map's title in points.
TITLE_LINE = PANEL_TITLE * 1.25


class Plan(NamedTuple):
    """What a sheet of several days shows: one panel for the maps of all days, the lines above each,
    how many stand side by side, and what changed hands, where that is to be told.
    """

    panel: Panel
    maps: Sequence[DayMap]
    above: Sequence[list[tuple[str, str]]]
    across: int
    heading: str
    scripts: bool
    changes: list[Marked] | None = None
    untold: bool = False

    @property
    def wide(self) -> float:
        """Width of all maps side by side, in points."""
        return self.panel.wide * self.across + GUTTER * (self.across - 1)

    @property
    def top(self) -> float:
        """Height of the lines above each map, in points."""
        return max(map(len, self.above)) * TITLE_LINE + 5

    @property
    def table(self) -> float:
        """Height of the table of changes, in points."""
        return 0.0 if self.changes is None else table_height(self.changes, self.wide)


class _Drawn(NamedTuple):
    """The rows and the lines of one day that are seen."""

    rows: list[BorderRow]
    lines: list[Drawn]


def draw_plan(plan: Plan) -> Figure:
    """Draw panels in rows, the table of changes if there are any to tell, and one legend below them
    all.
    """
    from sovietpacific.maps.printed.figure import make_figure

    words, top, table = _words_of(plan), plan.top, plan.table
    drawn = [_Drawn(rows_on(plan.panel, one), lines_on(plan.panel, one)) for one in plan.maps]
    legend = _legend_of(plan, drawn)
    down = -(-len(plan.maps) // plan.across)
    maps = down * (plan.panel.high + top) + (down - 1) * GUTTER
    high = words.above + maps + table + legend.high + words.below + 4
    figure = make_figure(plan.wide + captions.LEFT + captions.RIGHT, high)
    with setting():
        for number in range(len(plan.maps)):
            row, column = divmod(number, plan.across)
            left = captions.LEFT + column * (plan.panel.wide + GUTTER)
            bottom = high - words.above - (row + 1) * (plan.panel.high + top) - row * GUTTER
            axes = graticule.axes_on(figure, plan.panel, left, bottom)
            _draw_panel(axes, plan, number, drawn[number])
            _write_titles(axes, plan.panel, plan.above[number])
        base = words.below - 10
        if plan.changes is not None:
            strip = _strip(figure, base + legend.high, plan.wide, table)
            draw_table(strip, plan.changes, plan.wide, table)
        strip = _strip(figure, base, plan.wide, legend.high)
        legends.draw_legend(strip, legend, -6, 0, framed=False)
        captions.write_words(figure, words)
    return figure


def _words_of(plan: Plan) -> captions.Caption:
    view = plan.maps[0].view
    told = [sheets.ended(views.shown(plan.panel.atlas.records, view))]
    told += [sheets.not_compared()] if plan.untold else []
    days = [one.day for one in plan.maps]
    return captions.words_for(plan.panel, days, view, plan.heading, plan.wide, listed(told, APART))


def _legend_of(plan: Plan, drawn: Sequence[_Drawn]) -> legends.Legend:
    """Return one legend for all panels."""
    rows = [row for one in drawn for row in one.rows]
    kinds = [line.kind for one in drawn for line in one.lines]
    atlas, view = plan.panel.atlas, plan.maps[0].view
    return legends.below(legends.entries_of(rows, kinds, atlas, view, merged=True), plan.wide)


def _draw_panel(axes: Axes, plan: Plan, number: int, drawn: _Drawn) -> None:
    """Draw the land, the lines and the names of one day, the numbers of changes before these, and
    the scale bar on the first panel.
    """
    panel = plan.panel
    graticule.draw_graticule(axes, panel, degrees=False)
    draw_land(axes, panel, drawn.rows)
    draw_lines(axes, drawn.lines)
    scale = max(0.72, min(0.95, panel.wide / 560))
    room = Room(panel, obstacles(drawn.lines))
    place: Box | None = graticule.place_scale(panel, room, 0.16) if number == 0 else None
    labels = labels_for(panel, room, drawn.rows, plan.maps[number], plan.scripts, scale)
    if plan.changes is not None:
        draw_marks(axes, panel, plan.changes)
        labels = mark_labels(panel, plan.changes) + labels
    draw_names(axes, set_names(room, labels, panel.shore_tree))
    if place:
        graticule.draw_scale(axes, panel, place, 0.16)


def _write_titles(axes: Axes, panel: Panel, lines: list[tuple[str, str]]) -> None:
    y = panel.high + 5 + (len(lines) - 1) * TITLE_LINE
    for text, face in lines:
        size = PANEL_TITLE if face == "bold" else ACT
        axes.text(0, y, text, fontsize=size, color=palette.INK, va="baseline", **look_of(face))
        y -= TITLE_LINE


def _strip(figure: Figure, bottom: float, wide: float, high: float) -> Axes:
    """Make axes without a frame, in points, for a legend or a table under the maps."""
    across, up = figure.get_size_inches() * 72
    box = (captions.LEFT / across, bottom / up, wide / across, max(high, 1.0) / up)
    return figure.add_axes(
        box, xlim=(0, wide), ylim=(0, max(high, 1.0)), frame_on=False, xticks=[], yticks=[]
    )
