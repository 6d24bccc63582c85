"""Draw one day as a Folium map whose saved page loads nothing.

Knows Folium and nothing of the slider and of two days.

What a page draws of a day is described here as plain values, which the scripts of the page draw;
how the page stands alone is `offline`'s matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.texts import plain
from sovietpacific.answers.words import holds, lines, pages, views
from sovietpacific.answers.words.messages import COMMA, listed
from sovietpacific.answers.words.wording import text, wording
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.facts.look import Look
from sovietpacific.facts.records import Tract
from sovietpacific.land.shapes import Shapes
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.pages.cards import history_rows, line_rows, tract_rows
from sovietpacific.maps.pages.encoding import encode_lines, encode_polygons
from sovietpacific.maps.pages.new_map import Box, corners, new_map, read_tiles, region_box
from sovietpacific.maps.pages.offline import Drawing, Part
from sovietpacific.maps.scene.border_lines import (
    BorderLine,
    place_along,
)
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.names import MapName, fixed_names
from sovietpacific.questions.arguments import read_flag, read_title
from sovietpacific.questions.names import read_region

if TYPE_CHECKING:
    import folium


#: Where along a line its name is tried, as shares of the length: where the middle has no room,
#: nearer an end.
_NAME_PLACES = (0.5, 0.72, 0.28, 0.95, 0.05)

#: The layers of a web map, as a reader switches them.
PARTS = ("land", "lines", "names")


def web(
    day: Day,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    tiles: str | folium.TileLayer | Mapping[str, Any] | None = None,
    online: bool = False,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Return one day as a web map that needs no network.

    Land has its holder's colour, striped on the sovereign's where it is another's; the legend
    explains every fill and every kind of line that occurs.  Pointing at land, a line or a name
    tells who, by what act, since when and on whose word; a click adds the history of the place in
    this view.  Places bear the official names of that day.

    Parameters
    ----------
    day : Day
        The local civil day; on the day of a change the new holder holds.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land at its own scale, with fine shapes,
        among its neighbours.
    title : str, optional
        A title of your own.
    tiles : str, folium.TileLayer or xyzservices.TileProvider, optional
        A base layer that the reader's browser fetches, as `folium.Map` takes it.  Modern tiles show
        modern borders and names, whatever the day.
    online : bool
        Whether layers that load from the network may be added.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    folium.Map
        A map to be saved with ``.save(path)`` or shown as the value of a notebook's cell; Folium
        layers may be added to it.  The page it makes asks nothing of the network.

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
    NetworkError
        When the map is rendered, for a layer that loads from the network where neither `tiles` nor
        ``online=True`` were asked for.

    Examples
    --------
    >>> page = web("1945-09-02", region="kurils")
    >>> type(page).__name__
    'OfflineMap'

    """
    atlas, title, online = atlas_or_shipped(atlas), read_title(title), read_flag(online, "online")
    day, tiles = parse_day(day), read_tiles(tiles)
    view, region = atlas.time.check_view(view, day), read_region(region, atlas.records.regions)
    box = region_box(atlas, region)
    sheet = describe_day(DayMap(atlas, view, day), box, fine=region is not None)
    sheet["title"] = title_lines(atlas, title or day_title(atlas, day, region), view)
    sheet["credit"] = text(views.credit(atlas.credit, [day], view))
    sheet["texts"] = pages.patterns("web", wording())
    sheet["faint"], sheet["bounds"] = tiles is not None, corners(box)
    page = new_map(box, sheet["title"][0], tiles=tiles, online=online or tiles is not None)
    drawing = Drawing("web", sheet, ("web.css", "web.js"))
    page.add_child(drawing)
    for part in PARTS:
        page.add_child(Part(drawing, part, text(pages.layer(part))))
    return page


def day_title(atlas: Atlas, day: date, region: str | None) -> str:
    """Return the title of a map of one day."""
    return text(views.day_title(day, atlas.region_names[region] if region else ""))


def title_lines(atlas: Atlas, title: str, view: str) -> list[str]:
    """Return what stands in the box of the title.

    That is the title, the view, the version of the data, and that no side is taken.
    """
    return [
        plain(title),
        text(views.shown(atlas.records, view)),
        text(views.about(atlas.version)),
    ]


def describe_day(day_map: DayMap, box: Box, *, fine: bool) -> dict[str, Any]:
    """Give all that a page draws of one day: tracts, lines, names, and the legend.

    Where `fine`, land that reaches into the box has fine shapes, all other light ones.
    """
    atlas, view, day = day_map.atlas, day_map.view, day_map.day
    judged = list(atlas.judged_tracts())
    legend, entries = legend_entries(atlas, day_map.rows, view)
    near = {tract.id for tract in judged if fine and _meet(tract.bbox, box)}
    small = palette.small_islands(judged, atlas.shapes.edges)
    land = []
    for tract in sorted(judged, key=lambda tract: -tract.area_km2):
        entry = entries[tract.id]
        about = {
            "fill": legend[entry][0],
            "entry": entry,
            "small": tract.id in small,
            "box": corners(tract.bbox),
        }
        shape = _encoded(atlas.shapes, tract.id, "fine" if tract.id in near else "light")
        land.append({"shape": shape, **about, **_tract_texts(atlas, tract, view, day)})
    backdrop = [
        {
            "shape": _encoded(atlas.shapes, tract.id, "light"),
            "fill": list(palette.Fill(palette.BACKDROP)),
        }
        for tract in atlas.tracts.values()
        if not tract.judged
    ]
    drawn = day_map.lines("fine" if fine else "light")
    return {
        "day": day.isoformat(),
        "tracts": [*backdrop, *land],
        "lines": [_line(atlas, line) for line in drawn],
        "names": [
            _name(name)
            for name in (
                *fixed_names(atlas.records.look),
                *day_map.places.values(),
                *line_names(atlas.records.look, drawn),
            )
        ],
        "legend": legend,
        "kinds": [
            [kind, text(lines.kind(kind))]
            for kind in atlas.records.look.drawn_lines
            if any(line.kind == kind for line in drawn)
        ],
    }


@lru_cache(maxsize=1024)
def _encoded(shapes: Shapes, tract: str, detail: str) -> str:
    """Write the shape of a tract for a page.

    It is kept, since it is most of the work of a map and the same on every day.
    """
    return encode_polygons(shapes.of(tract, detail))


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    """Return whether two boxes have anything in common."""
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _tract_texts(atlas: Atlas, tract: Tract, view: str, day: date) -> dict[str, Any]:
    """Return what a page says of a tract: names, rows of its card, and its history."""
    also = dict.fromkeys((*tract.names.values(), *tract.also))
    other = [(text(views.heading("also_called")), text(listed(also, COMMA)))] if also else []
    return {
        "id": tract.id,
        "name": tract.name,
        "rows": tract_rows(atlas.records, atlas.time, tract, view, day),
        "more": [
            *other,
            (text(views.heading("area")), text(views.area(tract.area_km2))),
            *([(text(views.heading("of_this_land")), tract.note)] if tract.note else []),
        ],
        "history": history_rows(atlas.records, atlas.time.holds(tract.id, view), view),
    }


def _line(atlas: Atlas, line: BorderLine) -> dict[str, Any]:
    """Return what a page draws of a line, and says of it."""
    return {
        "kind": line.kind,
        "name": line.name or text(lines.unnamed()),
        "rows": line_rows(atlas.records, line),
        "shape": encode_lines(line.geometry),
        "box": corners(line.geometry.bounds),
    }


def line_names(look: Look, drawn: Sequence[BorderLine]) -> list[MapName]:
    """Return the names that stand at lines: those of the great ones.

    Each has several places along its longest stretch, the middle first.
    """
    longest: dict[str, BorderLine] = {}
    for line in drawn:
        known = longest.get(line.line)
        if line.name and (known is None or line.geometry.length > known.geometry.length):
            longest[line.line] = line
    found = []
    for key, line in longest.items():
        zoom = look.drawn_lines[line.kind].zoom or look.named_lines.get(key)
        if zoom is not None:
            places = [place_along(line.geometry, share) for share in _NAME_PLACES]
            found += [MapName(line.name, lon, lat, "line", 115 + zoom, zoom) for lon, lat in places]
    return found


def _name(name: MapName) -> dict[str, Any]:
    """Return a name as a page sets it."""
    return {
        "at": [round(name.lat, 4), round(name.lon, 4)],
        "text": plain(name.text),
        "more": [plain(text) for text in name.more],
        "kind": "isle" if name.kind == "land" and name.rank >= 100 else name.kind,
        "rank": name.rank,
        "zoom": name.zoom,
        **({"once": plain(name.text)} if name.kind == "line" else {}),
    }


def legend_entries(
    atlas: Atlas, rows: Sequence[BorderRow], view: str
) -> tuple[list[list[Any]], dict[str, int]]:
    """Return the legend, and which entry of it each tract has.

    Each fill stands once with its words, plain fills first, the larger before the smaller.
    """
    found: dict[str, tuple[palette.Fill, float]] = {}
    words = [text(holds.legend(atlas.records, holds.Holding.of_row(row), view)) for row in rows]
    for entry, row in zip(words, rows, strict=True):
        fill = palette.fill_of_row(atlas.records.look, row)
        found[entry] = (fill, found.get(entry, (fill, 0.0))[1] + row.area_km2)
    ordered = sorted(found.items(), key=lambda entry: (bool(entry[1][0].stripe), -entry[1][1]))
    place = {entry: index for index, (entry, _) in enumerate(ordered)}
    both = zip(words, rows, strict=True)
    entries = {tract: place[entry] for entry, row in both for tract in row.tracts}
    return [[list(fill), entry] for entry, (fill, _) in ordered], entries
