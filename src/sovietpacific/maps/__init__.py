"""Draws the atlas: `web`, `timeline` and `compare` for pages that need no network, sheets for print, `animate` for films."""

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
    """Draw one day as a Folium map whose page loads nothing from the network; see `sovietpacific.maps.web_map`.

    `tiles` adds a base layer of your choice, fetched by the reader's browser; modern tiles show modern borders.  Folium plugins
    that load their scripts from the network are refused with `NetworkError` unless `online=True`.
    """
    from sovietpacific.maps.web_map import web as draw

    return draw(when, view=view, region=region, title=title, tiles=tiles, online=online, atlas=atlas)


def timeline(
    *, day: Any = None, view: str = "control", region: str | None = None, title: str | None = None, atlas: Atlas | None = None
) -> folium.Map:
    """Draw all days as a Folium map with a slider, opened on `day` (None: the last); see `sovietpacific.maps.timeline_map`."""
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
    """Draw two days on one web map with a handle to swipe, what changed hands marked and measured; see `maps.compare_map`."""
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
    """Draw one day as a matplotlib Figure for print; see `sovietpacific.maps.sheet_map`."""
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
    """Draw several days on one sheet, with one extent, one palette, one legend; see `sovietpacific.maps.sheet_panels`."""
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
    """Draw two days on one sheet, what changed hands outlined and measured; see `sovietpacific.maps.sheet_panels`."""
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
    """Write a film from `first` to `last` as .gif, .webp or .mp4; see `sovietpacific.maps.animation`."""
    from sovietpacific.maps.animation import animate as write

    look: dict[str, Any] = {"step": step, "width": width, "seconds": seconds, "title": title, "progress": progress}
    return write(first, last, path, view=view, region=region, around=around, **look, atlas=atlas)
