"""Draw one day as a sheet for print.

Knows the parts of a sheet and nothing of how each is drawn.

It is equal-area, in neutral colours, with every island seen, and with view, day, data and credit
printed. It puts the parts of a sheet together; each part draws itself elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import views
from sovietpacific.answers.words.wording import text
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.printed import captions, graticule, legends
from sovietpacific.maps.printed.extent import extent_of
from sovietpacific.maps.printed.insets import Inset, choose_insets, draw_inset, place_insets
from sovietpacific.maps.printed.land import (
    Drawn,
    draw_land,
    draw_lines,
    lines_on,
    obstacles,
    rows_on,
)
from sovietpacific.maps.printed.legends import HIDES, Legend
from sovietpacific.maps.printed.names_chosen import key_positions, labels_for
from sovietpacific.maps.printed.names_set import draw_names, set_names
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Box, Room
from sovietpacific.maps.printed.typefaces import setting
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.questions.arguments import read_flag, read_title
from sovietpacific.questions.positions import Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The width of a sheet in inches if none is given: of A4 laid flat, or upright for a high window.
FLAT, UPRIGHT = 11.7, 8.3


class _Layout(NamedTuple):
    """What stands where on the panel of a sheet, found before anything is drawn."""

    rows: list[BorderRow]
    lines: list[Drawn]
    room: Room
    legend: Legend
    corner: Box | None
    insets: list[Inset]
    scale: Box


def sheet(
    day: Day,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    title: str | None = None,
    scripts: bool | None = None,
    insets: bool | Sequence[str | tuple[Place, float]] = True,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Return one day as a sheet for print.

    The projection is an Albers equal-area one that suits the window, and the sheet names it.  A
    name that has no room without lying on another, on a border or on the legend is left out.

    Parameters
    ----------
    day : Day
        The local civil day; on the day of a change the new holder holds.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side.
    title : str, optional
        A title of your own.
    scripts : bool, optional
        Whether a name is followed by the official one in another script; for regions unless given.
    insets : bool or sequence
        The small maps of the whole sheet (the southern Kurils): False for none, or a list of
        regions and of places with a distance in km.
    width : float, optional
        The width in inches.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    matplotlib.figure.Figure
        A figure to be saved with ``.savefig(path)``; one unit of its axes is one point of print.

    Raises
    ------
    DayError
        For what is no day, or one that the atlas, or the map of that state, does not tell of.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size.
    PlaceError
        For an `around` that is no window.

    Examples
    --------
    >>> figure = sheet("1945-09-02", region="kurils")
    >>> type(figure).__name__
    'SheetFigure'

    """
    atlas, title = atlas_or_shipped(atlas), read_title(title)
    day, scripts = parse_day(day), None if scripts is None else read_flag(scripts, "scripts")
    view = atlas.time.check_view(view, day)
    extent = extent_of(atlas, region, around)
    usual = FLAT if extent.high < 0.8 * extent.wide else UPRIGHT
    panel = Panel(atlas, extent, captions.map_width(width, usual))
    day_map = DayMap(atlas, view, day)
    layout = _arrange(panel, day_map, insets)
    heading = title or text(views.day_title(day, extent.name))
    words = captions.words_for(panel, [day], view, heading, panel.wide)
    with setting():
        figure, axes = _page(panel, words, 0.0 if layout.corner else layout.legend.high)
        draw_on(axes, panel, layout, day_map, extent.whole is False if scripts is None else scripts)
        for inset in layout.insets:
            draw_inset(figure, axes, inset, day_map)
        _draw_legend(figure, axes, panel, layout, words)
        captions.write_words(figure, words)
    return figure


def _arrange(panel: Panel, day_map: DayMap, insets: bool | Sequence[Any]) -> _Layout:
    """Find the place of legend, insets and scale bar, those that hide most first."""
    view, rows, lines = day_map.view, rows_on(panel, day_map), lines_on(panel, day_map)
    room = Room(panel, obstacles(lines))
    kinds = [line.kind for line in lines]
    placed = place_insets(panel, room, choose_insets(panel, insets))
    legend = legends.lay_out(legends.entries_of(rows, kinds, panel.atlas, view))
    corner: Box | None = room.emptiest(
        legend.wide, legend.high, avoid=key_positions(panel, day_map)
    )
    hides = corner and (room.hidden(corner) > HIDES or room.buries(corner))
    if corner and (hides or room.overlaps(corner) or not room.inside(corner)):
        corner = None
        entries = legends.entries_of(rows, kinds, panel.atlas, view)
        legend = legends.below(entries, panel.wide)
    elif corner:
        room.take(corner)
    return _Layout(rows, lines, room, legend, corner, placed, graticule.place_scale(panel, room))


def _page(panel: Panel, words: captions.Caption, legend: float) -> tuple[Figure, Axes]:
    """Return the figure of a sheet and the axes of its map.

    It is as high as its map, its words, and a legend below the map need.
    """
    from sovietpacific.maps.printed.figure import make_figure

    wide = panel.wide + captions.LEFT + captions.RIGHT
    high = round(words.above + panel.high + legend + words.below, 1)
    figure = make_figure(wide, high)
    return figure, graticule.axes_on(figure, panel, captions.LEFT, round(words.below + legend, 1))


def draw_on(
    axes: Axes, panel: Panel, layout: _Layout, day_map: DayMap, scripts: bool, scale: float = 1.0
) -> None:
    """Draw graticule, land, lines, names and scale bar of a panel."""
    graticule.draw_graticule(axes, panel)
    draw_land(axes, panel, layout.rows)
    draw_lines(axes, layout.lines)
    labels = labels_for(panel, layout.room, layout.rows, day_map, scripts, scale)
    draw_names(axes, set_names(layout.room, labels, panel.shore_tree))
    graticule.draw_scale(axes, panel, layout.scale)


def _draw_legend(
    figure: Figure, axes: Axes, panel: Panel, layout: _Layout, words: captions.Caption
) -> None:
    """Draw the legend in its corner of the map, or on a strip below it."""
    if layout.corner:
        legends.draw_legend(axes, layout.legend, layout.corner[0], layout.corner[1])
        return
    wide, high = figure.get_size_inches() * 72
    across, up = panel.wide, layout.legend.high
    box = (captions.LEFT / wide, (words.below - 14) / high, across / wide, up / high)
    bare: dict[str, Any] = {"frame_on": False, "xticks": [], "yticks": []}
    strip = figure.add_axes(box, xlim=(0, across), ylim=(0, up), **bare)
    legends.draw_legend(strip, layout.legend, -6, 0, framed=False)
