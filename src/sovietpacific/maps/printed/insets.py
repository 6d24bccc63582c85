"""Set small maps at a larger scale into a sheet, where they hide no land in scope.

Knows panels and nothing of pages.

Each has its scale bar, and the box of what it shows on the sheet. They are placed before the
legend, and know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.answers import palette
from sovietpacific.errors import OptionError, PlaceError, shown
from sovietpacific.maps.printed import graticule
from sovietpacific.maps.printed.extent import Extent, extent_of
from sovietpacific.maps.printed.land import draw_land, draw_lines, lines_on, obstacles, rows_on
from sovietpacific.maps.printed.names_chosen import labels_for
from sovietpacific.maps.printed.names_set import draw_names, set_names
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Box, Room
from sovietpacific.maps.printed.typefaces import look_of, printable, width_of
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.questions.arguments import read_list

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: What a whole sheet shows at a larger scale.
USUAL = ("kurils.south",)

#: How many insets a sheet takes.
MOST = 12

#: Width of an inset as a share of its sheet, and the size of its title in points.
SHARE, TITLE = 0.22, 7.2


class Inset(NamedTuple):
    """An inset: its own panel, where it lies on the sheet's panel, and the box it shows there."""

    panel: Panel
    place: Box
    shows: Box


def choose_insets(panel: Panel, insets: bool | Sequence[Any]) -> list[Extent]:
    """Return what is to be shown in insets.

    By default these are the southern Kurils on a whole sheet, and nothing on others. A list names
    regions, or places with the km around them. Raise `UnknownPlaceError` or `PlaceError` for what
    is neither.
    """
    if isinstance(insets, bool):
        wanted: Sequence[Any] = USUAL if insets and panel.extent.whole else ()
    elif isinstance(insets, str) or not isinstance(insets, Iterable):
        raise PlaceError(
            f"insets={shown(insets)} is no list; "
            "give a list of regions or (place, km), such as ['kurils.south']"
        )
    else:
        wanted = read_list(insets, "insets")
        if len(wanted) > MOST:
            raise OptionError(f"{len(wanted)} insets are asked for; a sheet takes up to {MOST}")
    return [
        extent_of(panel.atlas, *((one, None) if isinstance(one, str) else (None, one)))
        for one in wanted
    ]


def place_insets(panel: Panel, room: Room, extents: Sequence[Extent]) -> list[Inset]:
    """Return the insets, each at a place near what it shows, which is taken."""
    insets = []
    for extent in extents:
        small = Panel(panel.atlas, extent, round(panel.wide * SHARE, 1))
        west, south, east, north = extent.degrees
        corners = [panel.position(lon, lat) for lon in (west, east) for lat in (south, north)]
        xs, ys = zip(*corners, strict=True)
        shows = (min(xs), min(ys), max(xs), max(ys))
        room.take(shows)  # no inset lies on what it shows
        middle = (shows[0] + shows[2]) / 2, (shows[1] + shows[3]) / 2
        place = room.emptiest(small.wide, small.high, near=middle)
        room.release(shows)
        room.take(place)
        insets.append(Inset(small, place, shows))
    return insets


def draw_inset(figure: Figure, axes: Axes, inset: Inset, day_map: DayMap) -> None:
    """Draw an inset with its land, lines, names and scale bar, and the box of what it shows on the
    sheet.
    """
    from matplotlib.patches import Rectangle

    panel, (west, south, east, north) = inset.panel, inset.shows
    look: dict[str, Any] = {"fill": False, "edgecolor": palette.INK, "linewidth": 0.6, "zorder": 5}
    axes.add_artist(Rectangle((west, south), east - west, north - south, **look))
    box = axes.get_position()
    wide, high = figure.get_size_inches() * 72
    left, bottom = box.x0 * wide + inset.place[0], box.y0 * high + inset.place[1]
    inner = graticule.axes_on(figure, panel, left, bottom)
    inner.set_zorder(9)
    rows, lines = rows_on(panel, day_map), lines_on(panel, day_map)
    room = Room(panel, obstacles(lines))
    name = printable(panel.extent.name)
    across, bottom = width_of(name, TITLE, "bold"), panel.high - TITLE * 1.6
    room.take((0, bottom, across + 10, panel.high))
    scale = graticule.place_scale(panel, room, 0.3)
    graticule.draw_graticule(inner, panel, degrees=False)
    draw_land(inner, panel, rows)
    draw_lines(inner, lines)
    labels = [
        label
        for label in labels_for(panel, room, rows, day_map, False, 0.86)
        if label.lines[0].face != "serif"
    ]
    draw_names(inner, set_names(room, labels, panel.shore_tree))
    graticule.draw_scale(inner, panel, scale, 0.3)
    paper: dict[str, Any] = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "zorder": 7.5}
    inner.add_artist(Rectangle((0, bottom), across + 9, TITLE * 1.6, **paper))
    ink: dict[str, Any] = {"fontsize": TITLE, "color": palette.INK, "zorder": 8}
    inner.text(4, panel.high - TITLE * 1.15, name, **ink, **look_of("bold"))
