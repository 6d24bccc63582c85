"""Draws two days on one web map, parted by a handle to swipe, with what changed hands outlined, listed and measured."""

from __future__ import annotations

from datetime import date
from typing import Any

from sovietpacific.arguments import read_title
from sovietpacific.atlas import Atlas
from sovietpacific.dates import long_day, parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.border_lines import KINDS
from sovietpacific.maps.differences import Difference, net_differences, untold_tracts
from sovietpacific.maps.encoding import encode_polygons
from sovietpacific.maps.page import Drawing, OfflineMap, Part
from sovietpacific.maps.web_map import PARTS, area_words, corners, describe_day, new_map, region_box, title_lines
from sovietpacific.placenames import read_region
from sovietpacific.wording import UNTOLD_WORDS

#: The layers of a comparison, as a reader switches them.
COMPARED_PARTS = {**PARTS, "changes": "What changed hands"}


def compare(
    first: Any,
    second: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> OfflineMap:
    """Draw two days on one Folium map; `maps.compare` says how and of what."""
    atlas, title = atlas_or_shipped(atlas), read_title(title)
    view, region = atlas.time.check_view(view), read_region(region, atlas.records.regions)
    found = net_differences(atlas, first, second, view, region)
    days = parse_day(first), parse_day(second)
    box = region_box(atlas, region)
    sheets = [describe_day(atlas, day, view, box, fine=region is not None) for day in days]
    words = f"ho held what on {long_day(days[0])} and on {long_day(days[1])}"
    named = f"{atlas.region_names[region]}: w{words}" if region else f"W{words}"
    sheet = {
        **_joined(sheets),
        "title": title_lines(atlas, title or named, view),
        "credit": f"{atlas.credit}; {days[0]} and {days[1]}, view {view}",
        "bounds": corners(box),
        "days": [long_day(day) for day in days],
        "changes": [_change(atlas, one) for one in found],
        "told": _told(found, days) + _untold(atlas, untold_tracts(atlas, days, view, region)),
    }
    made = new_map(box, sheet["title"][0], animated=False)
    drawing = Drawing("compare", sheet, ("web.css", "compare.css", "web.js", "compare.js"))
    made.add_child(drawing)
    for part, name in COMPARED_PARTS.items():
        made.add_child(Part(drawing, part, name))
    return made


def _joined(sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """Join the sheets of two days: one legend for both; shapes and timelines, the same on both, stand in the first only."""
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
        "kinds": [[kind, words] for kind, words in KINDS.items() if kind in kinds],
    }


def _change(atlas: Atlas, one: Difference) -> dict[str, Any]:
    return {
        "from": [list(one.from_fill), one.from_words],
        "to": [list(one.to_fill), one.to_words],
        "area": area_words(one.area_km2),
        "tracts": [atlas.tracts[tract].name for tract in one.tracts],
        "shape": encode_polygons(atlas.shapes.dissolved(one.tracts, "light")),
    }


def _told(found: list[Difference], days: tuple[date, date]) -> str:
    """Say in a sentence how much changed hands."""
    span = f"between {long_day(days[0])} and {long_day(days[1])}"
    if not found:
        return f"Nothing has another holder or standing {span} in this view."
    return f"{area_words(sum(one.area_km2 for one in found))} have another holder or standing {span}."


def _untold(atlas: Atlas, tracts: list[str]) -> str:
    """Say how much land was left out of the comparison, being not told on one of its days."""
    if not tracts:
        return ""
    area = area_words(sum(atlas.tracts[tract].area_km2 for tract in tracts))
    return f" Not compared: {area}, {UNTOLD_WORDS} on one of the days or both."
