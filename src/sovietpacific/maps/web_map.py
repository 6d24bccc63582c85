"""Draws one day as a Folium map whose saved page loads nothing: Leaflet and all drawing stand inside it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import folium

from sovietpacific import frames
from sovietpacific.arguments import read_flag, read_title
from sovietpacific.atlas import Atlas
from sovietpacific.dates import long_day, parse_day
from sovietpacific.errors import OptionError, shown
from sovietpacific.folds import fold_borders
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps import style
from sovietpacific.maps.border_lines import KINDS, NAMED_FROM_ZOOM, BorderLine, border_lines, place_along
from sovietpacific.maps.cards import history_rows, line_rows, tract_rows
from sovietpacific.maps.encoding import encode_lines, encode_polygons
from sovietpacific.maps.names import MapName, fixed_names, place_names
from sovietpacific.maps.page import Drawing, OfflineMap, Part, plain
from sovietpacific.placenames import read_region
from sovietpacific.records import Tract
from sovietpacific.shapes import Shapes
from sovietpacific.wording import legend_words

#: The box a map of the whole shows, in degrees: west, south, east, north.
Box = tuple[float, float, float, float]
WHOLE: Box = (114.0, 34.0, 161.0, 54.0)

#: Where along a line its name is tried, as shares of the length: where the middle has no room, nearer an end.
NAME_PLACES = (0.5, 0.72, 0.28, 0.95, 0.05)

#: The layers of a web map, as a reader switches them.
PARTS = {"land": "Land", "lines": "Borders and lines", "names": "Names"}


def web(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    tiles: Any = None,
    online: bool = False,
    atlas: Atlas | None = None,
) -> OfflineMap:
    """Draw one day as a Folium map; `maps.web` says how and of what."""
    atlas, title, online = atlas_or_shipped(atlas), read_title(title), read_flag(online, "online")
    day, tiles = parse_day(when), read_tiles(tiles)
    view, region = atlas.time.check_view(view, day), read_region(region, atlas.records.regions)
    box = region_box(atlas, region)
    sheet = describe_day(atlas, day, view, box, fine=region is not None)
    sheet["title"] = title_lines(atlas, title or day_title(atlas, day, region), view)
    sheet["credit"] = f"{atlas.credit}; {day}, view {view}"
    sheet["faint"], sheet["bounds"] = tiles is not None, corners(box)
    made = new_map(box, sheet["title"][0], tiles=tiles, online=online or tiles is not None)
    drawing = Drawing("web", sheet, ("web.css", "web.js"))
    made.add_child(drawing)
    for part, name in PARTS.items():
        made.add_child(Part(drawing, part, name))
    return made


def read_tiles(tiles: Any) -> Any:
    """Read a base layer as `folium.Map` takes it; `OptionError` for what Folium does not know."""
    if isinstance(tiles, str):
        tiles = str.__str__(tiles)
    elif tiles is not None and not isinstance(tiles, folium.TileLayer) and not hasattr(tiles, "build_url"):
        raise OptionError(f"tiles={shown(tiles)} is no base layer; give a name, an address or a layer that folium.Map takes")
    try:
        return folium.TileLayer(tiles) if isinstance(tiles, str) and tiles else tiles or None
    except ValueError as wrong:
        raise OptionError(f"tiles={shown(tiles)} is no base layer that Folium knows: {wrong}") from wrong


def new_map(box: Box, title: str, *, tiles: Any = None, online: bool = False, animated: bool = True) -> OfflineMap:
    """Make an empty map over a box, whose page has a title; `title` must be plain."""
    west, south, east, north = box
    centre = ((south + north) / 2, (west + east) / 2)
    made = OfflineMap(
        location=centre,
        zoom_start=4,
        tiles=tiles,
        online=online,
        layers=True,
        zoom_control=False,
        min_zoom=2,
        zoom_snap=0.25 if tiles is None else 1,
        zoom_animation=animated,
    )
    root: Any = made.get_root()
    root.title = html.escape(title)
    return made


def day_title(atlas: Atlas, day: date, region: str | None) -> str:
    """Say what a map of one day shows."""
    words = f"ho held what on {long_day(day)}"
    return f"{atlas.region_names[region]}: w{words}" if region else f"W{words}"


def title_lines(atlas: Atlas, title: str, view: str) -> list[str]:
    """Give what stands in the box of the title: the title, the view, the version of the data, and that no side is taken."""
    return [plain(title), style.words_of_view(view, atlas.views), f"Data {atlas.version}; no position is taken on any claim"]


def region_box(atlas: Atlas, region: str | None) -> Box:
    """Give the box of a region with a margin, or that of the whole."""
    if region is None:
        return WHOLE
    boxes = [tract.bbox for tract in atlas.tracts.values() if tract.judged and tract.lies_in(region)]
    west, south = (min(box[side] for box in boxes) for side in (0, 1))
    east, north = (max(box[side] for box in boxes) for side in (2, 3))
    margin = 0.06 * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def describe_day(atlas: Atlas, day: date, view: str, box: Box, *, fine: bool) -> dict[str, Any]:
    """Give all that a page draws of one day: tracts, lines, names, and the legend.

    Where `fine`, land that reaches into the box has fine shapes, all other light ones.
    """
    judged = [tract for tract in atlas.tracts.values() if tract.judged]
    rows = fold_borders(atlas.time, judged, view, day)
    legend, entries = legend_entries(atlas, rows, view)
    near = {tract.id for tract in judged if fine and _meet(tract.bbox, box)}
    small = style.small_islands(judged, atlas.shapes.edges)
    land = []
    for tract in sorted(judged, key=lambda tract: -tract.area_km2):
        entry = entries[tract.id]
        about = {"fill": legend[entry][0], "entry": entry, "small": tract.id in small, "box": corners(tract.bbox)}
        shape = _encoded(atlas.shapes, tract.id, "fine" if tract.id in near else "light")
        land.append({"shape": shape, **about, **_told(atlas, tract, view, day)})
    backdrop = [
        {"shape": _encoded(atlas.shapes, tract.id, "light"), "fill": list(style.Fill(style.BACKDROP))}
        for tract in atlas.tracts.values()
        if not tract.judged
    ]
    lines = border_lines(atlas, day, view, "fine" if fine else "light")
    return {
        "day": day.isoformat(),
        "tracts": [*backdrop, *land],
        "lines": [_line(atlas, line) for line in lines],
        "names": [_name(name) for name in (*fixed_names(), *place_names(atlas.records.places, day), *line_names(lines))],
        "legend": legend,
        "kinds": [[kind, words] for kind, words in KINDS.items() if any(line.kind == kind for line in lines)],
    }


@lru_cache(maxsize=1024)
def _encoded(shapes: Shapes, tract: str, detail: str) -> str:
    """Write the shape of a tract for a page; kept, since it is most of the work of a map and the same on every day."""
    return encode_polygons(shapes.of(tract, detail))


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def corners(box: Sequence[float]) -> list[list[float]]:
    """Give a box as Leaflet wants it: the corners as (lat, lon)."""
    return [[box[1], box[0]], [box[3], box[2]]]


def _told(atlas: Atlas, tract: Tract, view: str, day: date) -> dict[str, Any]:
    other = [("Also called", ", ".join(dict.fromkeys((*tract.names.values(), *tract.also))))] if tract.names or tract.also else []
    return {
        "id": tract.id,
        "name": tract.name,
        "rows": tract_rows(atlas, tract, view, day),
        "more": [*other, ("Area", area_words(tract.area_km2)), *([("Of this land", tract.note)] if tract.note else [])],
        "history": history_rows(atlas, atlas.time.holds(tract.id, view), view),
    }


def area_words(km2: float) -> str:
    """Write an area, to three figures where it is small.

    >>> area_words(1420.67), area_words(3.456)
    ('1,421 km²', '3.46 km²')
    """
    return f"{km2:,.0f} km²" if km2 >= 100 else f"{km2:.3g} km²"


def _line(atlas: Atlas, line: BorderLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "name": line.name or "Border without a name",
        "rows": line_rows(atlas, line),
        "shape": encode_lines(line.geometry),
        "box": corners(line.geometry.bounds),
    }


def line_names(lines: Sequence[BorderLine]) -> list[MapName]:
    """Give the names that stand at lines: those of the great ones, at places along the longest stretch, the middle first."""
    longest: dict[str, BorderLine] = {}
    for line in lines:
        known = longest.get(line.line)
        if line.name and (known is None or line.geometry.length > known.geometry.length):
            longest[line.line] = line
    found = []
    for key, line in longest.items():
        zoom = 6 if line.kind == "front" else NAMED_FROM_ZOOM.get(key)
        if zoom is not None:
            places = [place_along(line.geometry, share) for share in NAME_PLACES]
            found += [MapName(line.name, lon, lat, "line", 115 + zoom, zoom) for lon, lat in places]
    return found


def _name(name: MapName) -> dict[str, Any]:
    return {
        "at": [round(name.lat, 4), round(name.lon, 4)],
        "text": plain(name.text),
        "more": [plain(text) for text in name.more],
        "kind": "isle" if name.kind == "land" and name.rank >= 100 else name.kind,
        "rank": name.rank,
        "zoom": name.zoom,
        **({"once": plain(name.text)} if name.kind == "line" else {}),
    }


def legend_entries(atlas: Atlas, rows: Sequence[dict[str, Any]], view: str) -> tuple[list[list[Any]], dict[str, int]]:
    """Give fills and words, each once, plain fills first, the larger before the smaller; and which of them each tract has."""
    found: dict[str, tuple[style.Fill, float]] = {}
    words = [legend_words(row, atlas.lineages, atlas.polity_names, view) for row in rows]
    for text, row in zip(words, rows, strict=True):
        fill = style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])
        found[text] = (fill, found.get(text, (fill, 0.0))[1] + row["area_km2"])
    ordered = sorted(found.items(), key=lambda entry: (bool(entry[1][0].stripe), -entry[1][1]))
    place = {text: index for index, (text, _) in enumerate(ordered)}
    both = zip(words, rows, strict=True)
    entries = {tract: place[text] for text, row in both for tract in row["tracts"].split(frames.SEPARATOR)}
    return [[list(fill), text] for text, (fill, _) in ordered], entries
