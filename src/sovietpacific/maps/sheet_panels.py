"""Draws several days on one sheet: small multiples with one extent, one legend and one scale, and the comparison of two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Integral
from typing import TYPE_CHECKING, Any

from sovietpacific.arguments import is_number, read_flag, read_list, read_text, read_title
from sovietpacific.atlas import Atlas
from sovietpacific.dates import long_day, parse_day
from sovietpacific.errors import DayError, OptionError, shown
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps import sheet_frame, sheet_legend, sheet_page, style
from sovietpacific.maps.differences import net_differences, untold_tracts
from sovietpacific.maps.sheet_changes import Marked, changes_on, draw_marks, draw_table, mark_labels, table_height
from sovietpacific.maps.sheet_extent import Extent, extent_of
from sovietpacific.maps.sheet_labels import labels_for
from sovietpacific.maps.sheet_land import draw_land, draw_lines, lines_on, obstacles, rows_on
from sovietpacific.maps.sheet_names import draw_names, set_names
from sovietpacific.maps.sheet_panel import Panel
from sovietpacific.maps.sheet_room import Box, Room
from sovietpacific.maps.typefaces import look_of, printable, setting, shortened, wrapped
from sovietpacific.wording import UNTOLD_WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Width of a sheet of several panels in inches, space between panels, and sizes of their titles and of the acts under these.
WIDTH, GUTTER, PANEL_TITLE, ACT = 11.7, 14.0, 9.5, 7.22

#: Height of a line of a panel's title in points.
TITLE_LINE = PANEL_TITLE * 1.25

#: How many maps one sheet takes.
MOST_PANELS = 24


def sheets(
    days: Sequence[Any],
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    titles: Sequence[str] | None = None,
    title: str | None = None,
    columns: int | None = None,
    scripts: bool = False,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Draw several days on one sheet; `maps.sheets` says how and of what."""
    atlas, title, scripts = atlas_or_shipped(atlas), read_title(title), read_flag(scripts, "scripts")
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise DayError(f"days={shown(days)} is no list of days; give one, such as ['1945-08-08', '1945-09-02']")
    told = [parse_day(day) for day in read_list(days, "days")]
    if not 1 <= len(told) <= MOST_PANELS:
        raise DayError(f"{len(told)} days were given; a sheet takes 1 to {MOST_PANELS}")
    above_each = None if titles is None else [read_text(one, "titles") for one in read_list(titles, "titles")]
    if above_each is not None and len(above_each) != len(told):
        raise DayError(f"{len(above_each)} titles were given for {len(told)} days; give one for each")
    view = atlas.time.check_view(view, *told)
    extent = extent_of(atlas, region, around)
    if columns is not None and not (is_number(columns, Integral) and 1 <= columns <= len(told)):
        raise OptionError(f"columns={shown(columns)} is given; {len(told)} maps stand in 1 to {len(told)} columns")
    across = _across(len(told), extent) if columns is None else int(columns)
    panel = Panel(atlas, extent, sheet_page.map_width(width, WIDTH, across, GUTTER))
    above = [_titled(panel, day, view, above_each[number] if above_each else None) for number, day in enumerate(told)]
    first, last = min(told).year, max(told).year
    heading = title or f"{extent.name or 'Northeast Asia'}, {first if first == last else f'{first} to {last}'}"
    return _draw(panel, told, view, above, across, heading, scripts=scripts)


def compare_sheet(
    first: Any,
    second: Any,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    title: str | None = None,
    scripts: bool = False,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Draw two days side by side; `maps.compare_sheet` says how and of what."""
    atlas, title, scripts = atlas_or_shipped(atlas), read_title(title), read_flag(scripts, "scripts")
    days = [parse_day(first), parse_day(second)]
    view = atlas.time.check_view(view, *days)
    found = net_differences(atlas, days[0], days[1], view, region)
    extent = extent_of(atlas, region, around)
    across = 2 if extent.wide < 1.9 * extent.high else 1
    panel = Panel(atlas, extent, sheet_page.map_width(width, WIDTH, across, GUTTER))
    changes = changes_on(panel, found, local=around is not None)
    above = [_titled(panel, day, view, None) for day in days]
    place = f"{extent.name}: what" if extent.name else "What"
    heading = title or f"{place} changed hands, {long_day(days[0])} to {long_day(days[1])}"
    untold = any(tract in panel.seen for tract in untold_tracts(atlas, days, view, None))
    return _draw(panel, days, view, above, across, heading, scripts=scripts, changes=changes, untold=untold)


def _across(count: int, extent: Extent) -> int:
    """Give how many panels stand side by side so that the sheet is nearest to a page."""
    shape = extent.high / extent.wide

    def off(across: int) -> float:
        rows = -(-count // across)
        return abs(rows * shape / across - 0.75) + 0.2 * (rows * across - count)

    return min(range(1, min(count, 6) + 1), key=off)


def _titled(panel: Panel, day: date, view: str, given: str | None) -> list[tuple[str, str]]:
    """Give the lines above a panel with their faces: the day, and the act of the last change seen on it; or title and day."""
    if given is not None:
        title = printable(given)
        dated = [] if sheet_page.tells_day(title, day) else [(shortened(long_day(day), ACT, panel.wide), "sans")]
        return [*((line, "bold") for line in wrapped(title, PANEL_TITLE, panel.wide, "bold")), *dated]
    since, _, acts = sheet_page.span_of(panel, view, day)
    lines = [(line, "bold") for line in wrapped(long_day(day), PANEL_TITLE, panel.wide, "bold")]
    words = f"since {long_day(since)}: {acts[0]}" if acts else f"as on {long_day(since)}"
    return [*lines, (shortened(words, ACT, panel.wide), "sans")]


def _draw(
    panel: Panel,
    days: Sequence[date],
    view: str,
    above: list[list[tuple[str, str]]],
    across: int,
    heading: str,
    *,
    scripts: bool,
    changes: list[Marked] | None = None,
    untold: bool = False,
) -> Figure:
    """Draw panels in rows, the table of changes if there are any to tell, and one legend below them all."""
    from sovietpacific.maps.sheet_figure import make_figure

    wide = panel.wide * across + GUTTER * (across - 1)
    atlas, rows = panel.atlas, -(-len(days) // across)
    told = style.words_of_view(view, atlas.views) + "."
    told += f"  Land {UNTOLD_WORDS} on one of the days is not compared." if untold else ""
    words = sheet_page.words_for(panel, days, view, heading, wide, told)
    held = [rows_on(panel, view, day) for day in days]
    drawn = [lines_on(panel, view, day) for day in days]
    kinds = [line.kind for lines in drawn for line in lines]
    entries = sheet_legend.entries_of([row for rows in held for row in rows], kinds, atlas, view, merged=True)
    legend = sheet_legend.below(entries, wide)
    top = max(map(len, above)) * TITLE_LINE + 5
    table = table_height(changes, wide) if changes is not None else 0.0
    high = words.above + rows * (panel.high + top) + (rows - 1) * GUTTER + table + legend.high + words.below + 4
    figure = make_figure(wide + sheet_page.LEFT + sheet_page.RIGHT, high)
    with setting():
        for number, day in enumerate(days):
            left = sheet_page.LEFT + (number % across) * (panel.wide + GUTTER)
            bottom = high - words.above - (number // across + 1) * (panel.high + top) - (number // across) * GUTTER
            axes = sheet_frame.axes_on(figure, panel, left, bottom)
            sheet_frame.draw_graticule(axes, panel, degrees=False)
            draw_land(axes, panel, held[number])
            draw_lines(axes, drawn[number])
            _name_panel(axes, panel, held[number], drawn[number], day, scripts, changes, scale_bar=number == 0)
            _write_titles(axes, panel, above[number])
        base = words.below - 10
        if changes is not None:
            draw_table(_strip(figure, base + legend.high, wide, table), changes, wide, table)
        sheet_legend.draw_legend(_strip(figure, base, wide, legend.high), legend, -6, 0, framed=False)
        sheet_page.write_words(figure, words)
    return figure


def _name_panel(
    axes: Axes,
    panel: Panel,
    rows: list[dict[str, Any]],
    lines: list[Any],
    day: date,
    scripts: bool,
    changes: list[Marked] | None,
    *,
    scale_bar: bool,
) -> None:
    """Set the names of one panel, the numbers of changes before them, and the scale bar on the first."""
    scale = max(0.72, min(0.95, panel.wide / 560))
    room = Room(panel, obstacles(lines))
    place: Box | None = sheet_frame.place_scale(panel, room, 0.16) if scale_bar else None
    labels = labels_for(panel, room, rows, day, scripts, scale)
    if changes is not None:
        draw_marks(axes, panel, changes)
        labels = mark_labels(panel, changes) + labels
    draw_names(axes, set_names(room, labels, panel.shore_tree))
    if place:
        sheet_frame.draw_scale(axes, panel, place, 0.16)


def _write_titles(axes: Axes, panel: Panel, lines: list[tuple[str, str]]) -> None:
    y = panel.high + 5 + (len(lines) - 1) * TITLE_LINE
    for text, face in lines:
        size = PANEL_TITLE if face == "bold" else ACT
        axes.text(0, y, text, fontsize=size, color=style.INK, va="baseline", **look_of(face))
        y -= TITLE_LINE


def _strip(figure: Figure, bottom: float, wide: float, high: float) -> Axes:
    """Make axes without a frame, in points, for a legend or a table under the maps."""
    across, up = figure.get_size_inches() * 72
    box = (sheet_page.LEFT / across, bottom / up, wide / across, max(high, 1.0) / up)
    return figure.add_axes(box, xlim=(0, wide), ylim=(0, max(high, 1.0)), frame_on=False, xticks=[], yticks=[])
