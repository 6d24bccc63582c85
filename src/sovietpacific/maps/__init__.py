"""Draws the atlas: pages that need no network, sheets for print, films.

A page (Folium map; `.save(path)`, or the value of a notebook's cell):
    web(day)                            one day, each piece of land with its act, sources and history
    timeline()                          all days, with a slider
    compare(first, second)              two days under one handle, what changed hands marked and measured

A sheet (matplotlib Figure; `.savefig(path)`):
    sheet(day)                          one day
    sheets([day, day, ...])             small maps side by side
    compare_sheet(first, second)        two days, what changed hands measured

A file, by its ending:
    save(path, day)                     .html, .png, .svg or .pdf
    save_comparison(path, first, second)
    save_timeline(path)                 .html
    animate(first, last, path)          .gif, .webp or .mp4

All take `view`, `region` and `title`; sheets and films also `around=(place, km)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.maps.saving import save, save_comparison, save_timeline

if TYPE_CHECKING:
    import folium
    from matplotlib.figure import Figure

    from sovietpacific.atlas import Atlas

__all__ = [
    "animate",
    "compare",
    "compare_sheet",
    "save",
    "save_comparison",
    "save_timeline",
    "sheet",
    "sheets",
    "timeline",
    "web",
]


def web(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    tiles: Any = None,
    online: bool = False,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Draw one day as a Folium map: save it with `.save(path)`, show it as a notebook cell's value, add Folium layers to it.

    `when` is the day, `view` one of `Atlas.views`; `region` shows the land of one region at its own scale, with fine shapes,
    among its neighbours; `title` is one of your own.  Land has its holder's colour, striped on the
    sovereign's where it is another's; the legend explains the kinds of line that occur.  Pointing at land, a line or a name tells
    who, by what act, since when and on whose word; a click adds the timeline of the place in this view.  Places bear the official
    names of that day.

    The page asks nothing of the network.  `tiles` (what `folium.Map` takes) adds a base layer that the reader's browser fetches:
    modern tiles show modern borders and names, whatever the day.  A plugin that loads from the network is refused with
    `NetworkError` when the map is rendered, unless tiles or `online=True` were asked for.  `atlas` is another than the shipped
    one.  Raises `DayError`, `ViewError`, `UnknownPlaceError`, as `borders_at` does.
    """
    from sovietpacific.maps.web_map import web as draw

    return draw(when, view=view, region=region, title=title, tiles=tiles, online=online, atlas=atlas)


def timeline(
    *, day: Any = None, view: str = "control", region: str | None = None, title: str | None = None, atlas: Atlas | None = None
) -> folium.Map:
    """Draw all days as a Folium map with a slider, opened on `day` (the last day of the atlas where it is None) in `view`.

    The page answers for every day from 1855-01-01 on what the atlas answers, in every view, with no network: it looks up, in
    tables Python wrote, what `borders_at`, `history_of` and `lines_at` tell.  Before a state's first map its base view is shown
    faded, and the page says so.  `region` keeps the tracts of one region; `title` heads the page.  Other Folium layers may be
    added.  `atlas` is another than the shipped one.  Raises `DayError`, `ViewError`, `UnknownPlaceError`.
    """
    from sovietpacific.maps.timeline_map import timeline as draw

    return draw(day=day, view=view, region=region, title=title, atlas=atlas)


def compare(
    first: Any,
    second: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Draw two days on one Folium map: left of a handle `first`, right of it `second`, as `web` draws each.

    The handle is dragged, touched, or moved with the arrow keys.  Land that has another holder or standing on the second day is
    outlined and listed with its area (geodesic km²), the largest first; a change that was undone between the days is no
    difference.  The page asks nothing of the network.  `view`, `region`, `title` and `atlas` as for `web`.  Raises `DayError`
    where `second` is before `first`, and what `web` raises.
    """
    from sovietpacific.maps.compare_map import compare as draw

    return draw(first, second, view=view, region=region, title=title, atlas=atlas)


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
    """Draw one day as a matplotlib Figure for print, to be saved as PNG, SVG or PDF; `save` does it in one step.

    `when` is the day, `view` one of `Atlas.views`.  `region` draws the land of one region at its own scale, `around=("Nomonhan",
    60)` the surroundings of a place to 60 km on every side; each in an Albers equal-area projection of its own, which the sheet
    names.  `title` is a title of your own.  `scripts` adds to names the official one in another script (for regions unless you
    say False).  `insets` are the small maps of the whole sheet (the southern Kurils): False for none, or a list of regions and
    (place, km).  `width` is in inches.  `atlas` is another than the shipped one.

    Land is filled in its holder's colour, striped on the sovereign's where it is another's.  A name that has no room without
    lying on another, on a border or on the legend is left out.  One unit of the axes is one point of print.  Raises `DayError`,
    `ViewError`, `UnknownPlaceError`, as `borders_at` does, `PlaceError` for an `around` that is no window, and
    `SovietPacificError` for a width no sheet has.
    """
    from sovietpacific.maps.sheet_map import sheet as draw

    look: dict[str, Any] = {"title": title, "scripts": scripts, "insets": insets, "width": width}
    return draw(when, view=view, region=region, around=around, **look, atlas=atlas)


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
    """Draw several days on one sheet as small maps of one extent, in one palette, with one legend and one scale bar.

    `days` are the days; `titles` stand above the maps and their days, a title per day, in place of the acts; `title` is that of
    the sheet; `columns` says how many maps stand side by side.  `view`, `region`, `around`, `scripts`, `width` and `atlas` as for
    `sheet`.  Raises what `sheet` raises, `DayError` for no days, too many, or another number of titles, and `SovietPacificError`
    for a width or a number of columns that leaves no map to be read.
    """
    from sovietpacific.maps.sheet_panels import sheets as draw

    look: dict[str, Any] = {"titles": titles, "title": title, "columns": columns, "scripts": scripts, "width": width}
    return draw(days, view=view, region=region, around=around, **look, atlas=atlas)


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
    """Draw `first` and `second` side by side, what changed hands between them outlined, numbered, and measured in a table below.

    The table tells the net differences from `first` to `second` in km² (geodesic, of the fine shapes); what was lost and won
    back in between is not told.  `view`, `region`, `around`, `title`, `scripts`, `width` and `atlas` as for `sheet`.  Raises
    `DayError` where `second` is before `first`, and what `sheet` raises.
    """
    from sovietpacific.maps.sheet_panels import compare_sheet as draw

    look: dict[str, Any] = {"title": title, "scripts": scripts, "width": width}
    return draw(first, second, view=view, region=region, around=around, **look, atlas=atlas)


def animate(
    first: Any,
    last: Any,
    path: str | Path,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    step: str | int | Sequence[Any] = "epochs",
    width: int = 900,
    seconds: float = 0.8,
    title: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Write a film of the map from `first` to `last`, by the ending of `path` a GIF, a WebP or an MP4, and give its path.

    `step` says of which days: `"epochs"` of every day on which what is seen changes, a number of every so many days, or the days
    themselves; the first and the last day are always shown.  Every frame bears its day and the act of its last change; frames
    stand `seconds` long and are `width` pixels wide.  `progress` is called with the number of frames done and of all.  The film
    is written beside and renamed.  `view`, `region`, `around`, `title` and `atlas` as for `sheet`.  Raises what `sheet` raises,
    `DayError` for days out of order or too many of them, and `SovietPacificError` where MP4 lacks its encoder.
    """
    from sovietpacific.maps.animation import animate as write

    look: dict[str, Any] = {"step": step, "width": width, "seconds": seconds, "title": title, "progress": progress}
    return write(first, last, path, view=view, region=region, around=around, **look, atlas=atlas)


def __dir__() -> list[str]:
    return sorted(__all__)
