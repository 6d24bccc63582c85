"""Draw two days on one web map, parted by a handle to swipe.

Knows the page of one day and nothing of the slider.

What changed hands is outlined, listed and measured. Each day is described by `day`, and what
differs is found by `scene.differences`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import folium

from sovietpacific.answers.words import days as day_words
from sovietpacific.answers.words import lines, pages, views
from sovietpacific.answers.words.wording import text, wording
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.pages.day import PARTS, describe_day, title_lines
from sovietpacific.maps.pages.encoding import encode_polygons
from sovietpacific.maps.pages.new_map import corners, new_map, region_box
from sovietpacific.maps.pages.offline import Drawing, Part
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.differences import Difference, net_differences, untold_tracts
from sovietpacific.questions.arguments import read_title
from sovietpacific.questions.names import read_region

#: The layers of a comparison, as a reader switches them.
_COMPARED_PARTS = (*PARTS, "changes")


def compare(
    first: Day,
    last: Day,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Return two days as one web map, parted by a handle to swipe.

    Left of the handle lies the first day, right of it the last, each as `web` draws it.  Land that
    has another holder or standing in the end is outlined and listed with its area (geodesic km²),
    the largest first; a change that was undone between the days is no difference.

    Parameters
    ----------
    first, last : Day
        The two days, in order.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    title : str, optional
        A title of your own.
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
        For what is no day, one that the atlas, or the map of that state, does not tell of, or a
        `last` before `first`.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size.

    Examples
    --------
    >>> page = compare("1945-08-08", "1945-09-05", region="kurils")
    >>> type(page).__name__
    'OfflineMap'

    """
    atlas, title = atlas_or_shipped(atlas), read_title(title)
    view, region = atlas.time.check_view(view), read_region(region, atlas.records.regions)
    days = parse_day(first), parse_day(last)
    view = atlas.time.check_view(view, *days)
    day_maps = [DayMap(atlas, view, day) for day in days]
    found = net_differences(day_maps[0], day_maps[1], region)
    box = region_box(atlas, region)
    sheets = [describe_day(one, box, fine=region is not None) for one in day_maps]
    named = views.two_days_title(*days, atlas.region_names[region] if region else "")
    sheet = {
        **_joined(atlas, sheets),
        "title": title_lines(atlas, title or text(named), view),
        "credit": text(views.credit(atlas.credit, days, view)),
        "bounds": corners(box),
        "days": [text(day_words.long_day(day)) for day in days],
        "changes": [_change(atlas, one) for one in found],
        "told": _told(atlas, found, untold_tracts(day_maps, region), days),
        "texts": pages.patterns("compare", wording()),
    }
    page = new_map(box, sheet["title"][0], animated=False)
    drawing = Drawing("compare", sheet, ("web.css", "compare.css", "web.js", "compare.js"))
    page.add_child(drawing)
    for part in _COMPARED_PARTS:
        page.add_child(Part(drawing, part, text(pages.layer(part))))
    return page


def _joined(atlas: Atlas, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptions of two days as one, with one legend for both.

    Shapes and histories, the same on both days, stand in the first only.
    """
    first, second = sheets
    entries = {words: (fill, words) for fill, words in (*first["legend"], *second["legend"])}
    ordered = sorted(entries.values(), key=lambda entry: bool(entry[0][1]))
    place = {words: index for index, (_, words) in enumerate(ordered)}
    for sheet in sheets:
        for tract in sheet["tracts"]:
            if "entry" in tract:
                tract["entry"] = place[sheet["legend"][tract["entry"]][1]]
    for tract in second["tracts"]:
        for same in ("shape", "history", "more", "box"):
            tract.pop(same, None)
    kinds = {kind for sheet in sheets for kind, _ in sheet["kinds"]}
    for sheet in sheets:
        del sheet["legend"], sheet["kinds"]
    return {
        "first": first,
        "second": second,
        "legend": ordered,
        "kinds": [
            [kind, text(lines.kind(kind))]
            for kind in atlas.records.look.drawn_lines
            if kind in kinds
        ],
    }


def _change(atlas: Atlas, one: Difference) -> dict[str, Any]:
    """Return what a page says of a difference, and draws of it."""
    names = [atlas.tracts[tract].name for tract in one.tracts]
    return {
        "from": [list(one.from_fill), text(one.from_words)],
        "to": [list(one.to_fill), text(one.to_words)],
        "area": text(views.area(one.area_km2)),
        "tracts": names,
        "counted": text(pages.tracts_changed(names)),
        "shape": encode_polygons(atlas.shapes.dissolved(one.tracts, "light")),
    }


def _told(atlas: Atlas, found: list[Difference], untold: list[str], days: tuple[date, date]) -> str:
    """Return how much changed hands, and how much was left out, being not told on one of the
    days.
    """
    area = sum(one.area_km2 for one in found) if found else None
    left_out = sum(atlas.tracts[tract].area_km2 for tract in untold) if untold else None
    return text(pages.with_not_compared(pages.differing(area, *days), left_out))
