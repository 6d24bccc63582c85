"""Draws one day as a sheet for print: equal-area, neutral colours, every island seen, view, day, data and credit printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.arguments import read_flag, read_title
from sovietpacific.atlas import Atlas
from sovietpacific.dates import long_day, parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps import sheet_frame, sheet_legend, sheet_page
from sovietpacific.maps.sheet_extent import extent_of
from sovietpacific.maps.sheet_insets import Inset, choose_insets, draw_inset, place_insets
from sovietpacific.maps.sheet_labels import key_positions, labels_for
from sovietpacific.maps.sheet_land import Drawn, draw_land, draw_lines, lines_on, obstacles, rows_on
from sovietpacific.maps.sheet_legend import HIDES, Legend
from sovietpacific.maps.sheet_names import draw_names, set_names
from sovietpacific.maps.sheet_panel import Panel
from sovietpacific.maps.sheet_room import Box, Room
from sovietpacific.maps.typefaces import setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The width of a sheet in inches if none is given: of A4 laid flat, or upright for a window that is higher than wide.
FLAT, UPRIGHT = 11.7, 8.3


class Layout(NamedTuple):
    """What stands where on the panel of a sheet, found before anything is drawn."""

    rows: list[dict[str, Any]]
    lines: list[Drawn]
    room: Room
    legend: Legend
    corner: Box | None
    insets: list[Inset]
    scale: Box


def sheet(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    title: str | None = None,
    scripts: bool | None = None,
    insets: bool | Sequence[Any] = True,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Draw one day as a matplotlib Figure; `maps.sheet` says how and of what."""
    atlas, title = atlas_or_shipped(atlas), read_title(title)
    day, scripts = parse_day(when), None if scripts is None else read_flag(scripts, "scripts")
    view = atlas.time.check_view(view, day)
    extent = extent_of(atlas, region, around)
    usual = FLAT if extent.high < 0.8 * extent.wide else UPRIGHT
    panel = Panel(atlas, extent, sheet_page.map_width(width, usual))
    layout = _arrange(panel, view, day, insets)
    place = f"{extent.name}: who" if extent.name else "Who"
    heading = title or f"{place} held what on {long_day(day)}"
    words = sheet_page.words_for(panel, [day], view, heading, panel.wide)
    with setting():
        figure, axes = _page(panel, words, 0.0 if layout.corner else layout.legend.high)
        draw_on(axes, panel, layout, day, extent.whole is False if scripts is None else scripts)
        for inset in layout.insets:
            draw_inset(figure, axes, inset, view, day)
        _draw_legend(figure, axes, panel, layout, words)
        sheet_page.write_words(figure, words)
    return figure


def _arrange(panel: Panel, view: str, day: date, insets: bool | Sequence[Any]) -> Layout:
    """Find the place of legend, insets and scale bar, those that hide most first."""
    rows, lines = rows_on(panel, view, day), lines_on(panel, view, day)
    room = Room(panel, obstacles(lines))
    kinds = [line.kind for line in lines]
    placed = place_insets(panel, room, choose_insets(panel, insets))
    legend = sheet_legend.lay_out(sheet_legend.entries_of(rows, kinds, panel.atlas, view))
    corner: Box | None = room.emptiest(legend.wide, legend.high, avoid=key_positions(panel, day))
    hides = corner and (room.hidden(corner) > HIDES or room.buries(corner))
    if corner and (hides or room.overlaps(corner) or not room.inside(corner)):
        corner = None
        entries = sheet_legend.entries_of(rows, kinds, panel.atlas, view)
        legend = sheet_legend.below(entries, panel.wide)
    elif corner:
        room.take(corner)
    return Layout(rows, lines, room, legend, corner, placed, sheet_frame.place_scale(panel, room))


def _page(panel: Panel, words: sheet_page.Words, legend: float) -> tuple[Figure, Axes]:
    """Make the figure of a sheet, as high as its map, its words and a legend below the map need."""
    from sovietpacific.maps.sheet_figure import make_figure

    wide = panel.wide + sheet_page.LEFT + sheet_page.RIGHT
    high = round(words.above + panel.high + legend + words.below, 1)
    figure = make_figure(wide, high)
    return figure, sheet_frame.axes_on(figure, panel, sheet_page.LEFT, round(words.below + legend, 1))


def draw_on(axes: Axes, panel: Panel, layout: Layout, day: date, scripts: bool, scale: float = 1.0) -> None:
    """Draw graticule, land, lines, names and scale bar of a panel."""
    sheet_frame.draw_graticule(axes, panel)
    draw_land(axes, panel, layout.rows)
    draw_lines(axes, layout.lines)
    labels = labels_for(panel, layout.room, layout.rows, day, scripts, scale)
    draw_names(axes, set_names(layout.room, labels, panel.shore_tree))
    sheet_frame.draw_scale(axes, panel, layout.scale)


def _draw_legend(figure: Figure, axes: Axes, panel: Panel, layout: Layout, words: sheet_page.Words) -> None:
    if layout.corner:
        sheet_legend.draw_legend(axes, layout.legend, layout.corner[0], layout.corner[1])
        return
    wide, high = figure.get_size_inches() * 72
    strip = figure.add_axes(
        (sheet_page.LEFT / wide, (words.below - 14) / high, panel.wide / wide, layout.legend.high / high),
        xlim=(0, panel.wide),
        ylim=(0, layout.legend.high),
        frame_on=False,
        xticks=[],
        yticks=[],
    )
    sheet_legend.draw_legend(strip, layout.legend, -6, 0, framed=False)
