"""Chooses the names of one day for a panel of a sheet: seas, states, stretches of land and places, the most telling first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import shapely

from sovietpacific import frames
from sovietpacific.maps import style
from sovietpacific.maps.names import LANDS, place_names
from sovietpacific.maps.sheet_names import Label, Line, spots_in
from sovietpacific.maps.sheet_panel import Panel
from sovietpacific.maps.sheet_room import Room
from sovietpacific.maps.typefaces import printable

SEA_INK = "#3F6C88"

#: Where the name of a sea may stand, as rough outlines in degrees.
SEAS: dict[str, tuple[tuple[float, float], ...]] = {
    "Sea of Okhotsk": (
        *((143.4, 45.4), (145.2, 44.4), (147.4, 45.2), (150, 46.6), (152.4, 47.9), (154, 49.3), (156, 51.2), (156, 60)),
        *((138, 55), (142.4, 54.6), (143.6, 52), (143.4, 49.5), (144.9, 48.6), (143.4, 46.8)),
    ),
    "Sea of Japan": (
        *((129.3, 35.5), (128.6, 38.5), (127.6, 39.6), (129.8, 41.3), (131, 42.3), (133, 42.6), (136, 44), (138.5, 46.5)),
        *((140.2, 48.2), (141.8, 48.2), (141.8, 46.5), (141.4, 45.5), (141.3, 43.2), (140, 41), (139.6, 39), (137, 37.5)),
        *((136, 36), (133, 35.7), (131, 34.8)),
    ),
    "Pacific Ocean": (
        *((145.6, 43.0), (148.5, 44.4), (151, 45.6), (154.3, 47.8), (158, 50.8), (172, 51), (172, 30), (141.5, 32)),
        *((141.2, 38), (142.2, 40), (143.3, 41.9)),
    ),
    "Yellow Sea": ((119.5, 34.5), (122.8, 37.2), (121.4, 38.6), (124.3, 39.9), (125, 38), (126, 37), (126.2, 34.5), (124, 32)),
    "Bohai Sea": ((118, 38.2), (119, 39), (121, 40.5), (121.8, 40.4), (121.2, 38.6), (120.6, 37.9), (119, 37.4)),
    "Tatar Strait": ((140.5, 48.2), (140.8, 51.2), (141.9, 51.2), (141.9, 48.2)),
}

#: The script a holder's names of places are written in beside the Latin one.
SCRIPTS = {
    "russia": "ru",
    "fer": "ru",
    "japan": "ja",
    "usa": "ja",
    "china": "zh",
    "manchukuo": "zh",
    "korea": "ko",
    "rok": "ko",
    "dprk": "ko",
    "unc": "ko",
    "mongolia": "mn",
}

#: A tract with neighbours is no larger than this (km²) if it is an island that two share; on larger ones an island is an islet.
#: Islets are named where a point of print is no more than so many metres.
ISLET_KM2, ISLET_METRES = 400, 800.0

#: Standings of those whose name is written over the land they hold: it is theirs, or they govern it as a state of their own.
NAMED = ("sovereign", "puppet")

#: The name of a stretch of land stands no farther than this from the middle of it on a whole sheet, however small that is.
FAR_METRES = 700_000.0

#: A state is named on its land only if it holds so much of what is seen (km²): an island bears its own name.
STATE_KM2 = 15_000

#: Words in the names of regions that tell of lines of other days; such a region is an account, no name for a map.
ACCOUNTS = (" outside ", " inside ", " north of ", " south of ", " of the ")

#: Kinds of places for which a tract needs no name of its own.
OWN_NAME = ("island", "city", "town", "station", "village")

#: How many square inches of a sheet a name of a place needs, on a whole sheet and on one of a region.
INCHES_WHOLE, INCHES_REGION = 1.35, 0.8


def labels_for(panel: Panel, room: Room, rows: list[dict[str, Any]], day: date, scripts: bool, scale: float = 1.0) -> list[Label]:
    """Give the names for a panel, the most important first; `scripts` adds to each the name in another script."""
    towns = _places(panel, day, scripts, scale)
    return [
        *_states(panel, room, rows, scale),
        *_lands(panel, rows, scripts, scale),
        *_seas(panel, room, scale),
        *towns,
    ]


def _seas(panel: Panel, room: Room, scale: float) -> list[Label]:
    found = []
    for name, outline in SEAS.items():
        place = shapely.Polygon([panel.position(*position) for position in outline])
        seen = shapely.intersection(panel.frame, place)
        for text, size in ((name, 11.5), (name.replace(" ", "\n"), 11.5), (name, 9.0), (name.replace(" ", "\n"), 8.0)):
            lines = tuple(Line(word, size * scale, "serif", SEA_INK) for word in _two_lines(text))
            wide, high = Label(lines, (0, 0)).size
            spots = spots_in(seen, (wide, high), panel.ground)
            spots = tuple(spot for spot in spots if room.fits(_box(spot, (wide + 24, high + 20))))
            if spots:
                found.append(Label(lines, spots[0], spots=spots))
                break
    return found


def _two_lines(text: str) -> list[str]:
    words = text.split("\n")
    return words if len(words) < 3 else [" ".join(words[:-1]), words[-1]]


def _box(middle: tuple[float, float], size: tuple[float, float]) -> tuple[float, float, float, float]:
    x, y = middle
    return x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2


def _states(panel: Panel, room: Room, rows: list[dict[str, Any]], scale: float) -> list[Label]:
    """Name the states of the day on their own land, in spaced capitals, where it is large enough."""
    found, names, named = [], panel.atlas.polity_names, set[str]()
    for row in sorted(rows, key=lambda row: -row["area_km2"]):
        if row["standing"] not in NAMED or not row["polity"] or frames.SEPARATOR in row["polity"] or row["polity"] in named:
            continue
        ground = _largest(panel, row["tracts"].split(frames.SEPARATOR))
        if ground is None or ground.area < 2200 or row["area_km2"] < STATE_KM2:
            continue
        words = printable(names.get(row["polity"], row["polity"])).upper()
        for text, size in ((words, 9.5), (_halved(words), 9.5), (words, 7.2), (_halved(words), 7.2)):
            lines = tuple(Line(" ".join(line), size * scale, "bold", style.INK) for line in text.split("\n"))
            spots = spots_in(ground, Label(lines, (0, 0)).size)
            spots = tuple(spot for spot in spots if room.fits(_box(spot, Label(lines, (0, 0)).size)))
            if spots:
                found.append(Label(lines, spots[0], spots=spots))
                named.add(row["polity"])
                break
    return found


def _halved(words: str) -> str:
    """Break a name in two lines of nearly one length."""
    gaps = [index for index, sign in enumerate(words) if sign == " "]
    if not gaps:
        return words
    middle = min(gaps, key=lambda gap: abs(gap - len(words) / 2))
    return words[:middle] + "\n" + words[middle + 1 :]


def _largest(panel: Panel, tracts: list[str]) -> Any:
    """Give the largest piece of the land of some tracts that hang together, within the frame."""
    shapes = [panel.land[tract] for tract in tracts]
    whole = shapely.union_all(shapes)
    parts = shapely.get_parts(shapely.clip_by_rect(whole, 4, 4, panel.wide - 4, panel.high - 4))
    return max(parts, key=lambda part: float(part.area), default=None)


def _lands(panel: Panel, rows: list[dict[str, Any]], scripts: bool, scale: float) -> list[Label]:
    """Name stretches of land: the well-known ones on a whole sheet, on others the regions or tracts that are seen."""
    if panel.extent.whole:
        places = [(text, panel.position(lon, lat)) for text, lon, lat, _ in LANDS]
        bold = {text: (Line(text, 9.0 * scale, "bold", style.INK),) for text, _ in places}
        return [
            Label(bold[text], at, spots=_spiral(at, FAR_METRES / panel.per_point))
            for text, at in places
            if shapely.contains_xy(panel.frame, *at)
        ]
    found = []
    holders = {tract: row["holder"] for row in rows for tract in row["tracts"].split(frames.SEPARATOR)}
    for name, names, tracts in _grounds(panel):
        ground = _largest(panel, tracts)
        if ground is None or ground.area < 900:
            continue
        holder = max((holders.get(tract, "") for tract in tracts), key=[holders.get(tract, "") for tract in tracts].count)
        other = names.get(SCRIPTS.get(holder.replace("|", "+").split("+")[0], ""), "") if scripts else ""
        first = Line(printable(name), 8.4 * scale, "bold", style.INK)
        lines: tuple[Line, ...] = (first, Line(printable(other), 7.2 * scale, "sans", style.INK)) if other else (first,)
        spots = spots_in(ground, Label(lines, (0, 0)).size)
        if spots:
            found.append(Label(lines, spots[0], spots=spots))
    return found


def _grounds(panel: Panel) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """Give name, other names and tracts of what is named on a panel: the regions below that of the sheet, or the tracts."""
    atlas, region = panel.atlas, panel.extent.region
    below = [key for key in atlas.regions if region and key.startswith(region + ".") and key.count(".") == region.count(".") + 1]
    found = []
    for key in below:
        members = [tract for tract in panel.land if atlas.tracts[tract].lies_in(key)]
        record = atlas.records.regions[key]
        if members and len(record.name) < 34 and not any(words in record.name for words in ACCOUNTS):
            found.append((record.name.partition(" (")[0].partition(",")[0], record.names, members))
    seen = [atlas.tracts[tract] for tract in panel.land if panel.land[tract].area > 900]
    if not below and len(seen) < 40:
        known = {place.tract for place in atlas.records.places.values() if place.kind in OWN_NAME}
        tracts = [tract for tract in seen if tract.id not in known and tract.judged and len(tract.name) < 46]
        found += [(tract.name.partition(" (")[0].partition(" / ")[0], tract.names, [tract.id]) for tract in tracts]
    return found


def _spiral(at: tuple[float, float], reach: float) -> tuple[tuple[float, float], ...]:
    """Give places around a position, the nearest first, none farther from it than `reach` points."""
    steps = [(at[0], at[1])]
    for ring in range(1, min(8, int(reach / 8)) + 1):
        for turn in np.linspace(0, 2 * np.pi, 6 + 2 * ring, endpoint=False):
            steps.append((at[0] + 8 * ring * float(np.cos(turn)), at[1] + 5 * ring * float(np.sin(turn))))
    return tuple(steps)


def _places(panel: Panel, day: date, scripts: bool, scale: float) -> list[Label]:
    """Name the places within the frame as they were called on `day`: first the most telling, then islands by their size."""
    whole = panel.extent.whole
    size, count = 6.7 * scale, int(panel.wide * panel.high / 72**2 / (INCHES_WHOLE if whole else INCHES_REGION))
    found: list[tuple[float, Label]] = []
    for place in panel.atlas.records.places.values():
        at = panel.position(place.lon, place.lat)
        if not (4 < at[0] < panel.wide - 4 and 4 < at[1] < panel.high - 4):
            continue
        named = place_names({place.id: place}, day)
        if not named:
            continue
        (name,) = named
        island = place.kind == "island"
        other = next((more for more in name.more if _foreign(more)), "")
        lines = [Line(printable(name.text), size, "bold" if island else "sans", style.INK)]
        if scripts and other:
            lines.append(Line(printable(other), size * 0.9, "sans", style.INK))
        spacing = 0.0 if island or name.rank < 1000 else (44.0 if whole else 15.0) * scale
        label = Label(tuple(lines), at, dot=not island, spacing=spacing)
        ranked = _of_island(panel, place.tract, label) if island and not whole else (name.rank, label)
        found += [ranked] if ranked else []
    return [label for _, label in sorted(found, key=lambda entry: entry[0])][: max(8, 3 * count)]


def _of_island(panel: Panel, tract: str, label: Label) -> tuple[float, Label] | None:
    """Give rank and label of an island: on its land if there is room, else beside it; the larger come first.

    An islet of a larger tract has its name where it lies, after the towns, and none where the scale is too small to show it.
    """
    own = tract in panel.land and (tract not in panel.joined or panel.atlas.tracts[tract].area_km2 < ISLET_KM2)
    if not own or (tract in panel.joined and panel.land[tract].area < 60):
        return (1200.0, label) if panel.per_point < ISLET_METRES else None
    spots = spots_in(panel.land[tract], label.size) if panel.land[tract].area > 1500 else ()
    return 900 - min(panel.land[tract].area, 800.0), replace(label, spots=spots, reach=9.0 + 0.5 * _across(panel, tract))


def _across(panel: Panel, tract: str) -> float:
    """Give the shorter side of the box around the land of a tract, in points."""
    west, south, east, north = panel.land[tract].bounds
    return min(float(east - west), float(north - south))


def _foreign(text: str) -> bool:
    """Tell whether a name is written in other letters than Latin ones."""
    return any(ord(sign) >= 0x370 for sign in text)


def key_positions(panel: Panel, day: date) -> list[tuple[float, float]]:
    """Give where the first places of the day lie, which a legend had best not hide."""
    names = place_names(panel.atlas.records.places, day)
    return [panel.position(name.lon, name.lat) for name in names if name.rank < 1000]
