"""Make the empty map that every page but the slider's starts from.

Knows Folium and nothing of what the map will show.

It has a box, a title and a base layer; what is drawn on it, and of which day, is not known here.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import folium

from sovietpacific.atlas import Atlas
from sovietpacific.errors import OptionError, shown
from sovietpacific.maps.pages.offline import OfflineMap

#: The box a map of the whole shows, in degrees: west, south, east, north.
Box = tuple[float, float, float, float]
WHOLE: Box = (114.0, 34.0, 161.0, 54.0)


def read_tiles(tiles: Any) -> Any:
    """Return a base layer as `folium.Map` takes it.

    Raise `OptionError` for what Folium does not know.
    """
    if isinstance(tiles, str):
        tiles = str.__str__(tiles)
    elif tiles is not None and not (
        isinstance(tiles, folium.TileLayer) or hasattr(tiles, "build_url")
    ):
        raise OptionError(
            f"tiles={shown(tiles)} is no base layer; "
            "give a name, an address or a layer that folium.Map takes"
        )
    try:
        return folium.TileLayer(tiles) if isinstance(tiles, str) and tiles else tiles or None
    except ValueError as wrong:
        raise OptionError(
            f"tiles={shown(tiles)} is no base layer that Folium knows: {wrong}"
        ) from wrong


def new_map(
    box: Box, title: str, *, tiles: Any = None, online: bool = False, animated: bool = True
) -> OfflineMap:
    """Return an empty map over a box, whose page has a title; `title` must be plain."""
    west, south, east, north = box
    page = OfflineMap(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=4,
        tiles=tiles,
        online=online,
        layers=True,
        zoom_control=False,
        min_zoom=2,
        zoom_snap=0.25 if tiles is None else 1,
        zoom_animation=animated,
    )
    root: Any = page.get_root()
    root.title = html.escape(title)
    return page


def region_box(atlas: Atlas, region: str | None) -> Box:
    """Return the box of a region with a margin, or that of the whole."""
    if region is None:
        return WHOLE
    boxes = [
        tract.bbox for tract in atlas.tracts.values() if tract.judged and tract.lies_in(region)
    ]
    west, south = (min(box[side] for box in boxes) for side in (0, 1))
    east, north = (max(box[side] for box in boxes) for side in (2, 3))
    margin = 0.06 * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def corners(box: Sequence[float]) -> list[list[float]]:
    """Return a box as Leaflet wants it: its corners as (lat, lon)."""
    return [[box[1], box[0]], [box[3], box[2]]]
