"""Draws the atlas: `web`, `timeline` and `compare` for pages that need no network, `sheet` for print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.beside import beside
from sovietpacific.errors import choose

if TYPE_CHECKING:
    import folium
    from matplotlib.figure import Figure

    from sovietpacific.atlas import Atlas

#: The file endings `save` knows, and those of `save_comparison`.
ENDINGS = (".html", ".png", ".svg", ".pdf")
COMPARISON_ENDINGS = (".html",)


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


def sheet(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    width: float = 11.7,
    atlas: Atlas | None = None,
) -> Figure:
    """Draw one day as a matplotlib Figure for print; see `sovietpacific.maps.sheet_map`."""
    from sovietpacific.maps.sheet_map import sheet as draw

    return draw(when, view=view, region=region, title=title, width=width, atlas=atlas)


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


def save_comparison(
    path: str | Path, first: Any, second: Any, *, view: str = "control", region: str | None = None, title: str | None = None
) -> Path:
    """Draw two days compared into a file, by its ending a web map (.html), written beside and renamed."""
    target = Path(path)
    choose(target.suffix.lower(), "file ending", COMPARISON_ENDINGS)
    made: Any = compare(first, second, view=view, region=region, title=title)
    with beside(target) as part:
        part.write_text(made.get_root().render(), encoding="utf-8")
    return target


def save(path: str | Path, when: Any, *, view: str = "control", region: str | None = None, title: str | None = None) -> Path:
    """Draw one day into a file, by its ending a web map (.html) or a sheet (.png, .svg, .pdf), written beside and renamed."""
    target = Path(path)
    ending = choose(target.suffix.lower(), "file ending", ENDINGS)
    made = web(when, view=view, region=region, title=title) if ending == ".html" else None
    figure = None if made is not None else sheet(when, view=view, region=region, title=title)
    with beside(target) as part:
        if made is not None:
            part.write_text(made.get_root().render(), encoding="utf-8")
        elif figure is not None:
            figure.savefig(part, format=ending[1:], dpi=170)
    return target


def save_timeline(
    path: str | Path,
    *,
    day: Any = None,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Draw the slider over all days into an .html file that opens with no network, written beside and renamed."""
    target = Path(path)
    choose(target.suffix.lower(), "file ending", (".html",))
    made = timeline(day=day, view=view, region=region, title=title, atlas=atlas)
    with beside(target) as part:
        part.write_text(made.get_root().render(), encoding="utf-8")
    return target
