"""Choose the names of one day for a panel: seas, states, stretches of land and places.

Knows which name matters more, and nothing of where it fits.

The most telling come first. Where each has room is found by `names_set`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.maps.printed.names_set import Label, Line, spots_in
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Room
from sovietpacific.maps.printed.typefaces import printable
from sovietpacific.maps.scene.day_map import DayMap

SEA_INK = "#3F6C88"

#: A tract with neighbours is no larger than this (km²) if it is an island that two share; on larger
#: ones an island is an islet. Islets are named where a point of print is no more than so many
#: metres.
ISLET_KM2, ISLET_METRES = 400, 800.0

#: The name of a stretch of land stands no farther than this from the middle of it on a whole sheet,
#: however small that is.
_FAR_METRES = 700_000.0

#: A state is named on its land only if it holds so much of what is seen (km²): an island bears its
#: own name.
STATE_KM2 = 15_000

#: Words in the names of regions that speak of lines of other days; such a name is an account, and
#: none for a map.
_ACCOUNTS = (" outside ", " inside ", " north of ", " south of ", " of the ")

#: How many square inches of a sheet a name of a place needs, on a whole sheet and on one of a
#: region.
INCHES_WHOLE, INCHES_REGION = 1.35, 0.8


def labels_for(
    panel: Panel,
    room: Room,
    rows: list[BorderRow],
    day_map: DayMap,
    scripts: bool,
    scale: float = 1.0,
) -> list[Label]:
    """Return the names for a panel, the most important first.

    `scripts` adds to each the name in another script.
    """
    towns = _places(panel, day_map, scripts, scale)
    return [
        *_states(panel, room, rows, scale),
        *_lands(panel, rows, scripts, scale),
        *_seas(panel, room, scale),
        *towns,
    ]


def _seas(panel: Panel, room: Room, scale: float) -> list[Label]:
    """Name the seas that have room, in the largest type that fits."""
    found = []
    for name, sea in panel.atlas.records.look.seas.items():
        place = shapely.Polygon([panel.position(*position) for position in sea.outline])
        seen = shapely.intersection(panel.frame, place)
        for text, size in (
            (name, 11.5),
            (name.replace(" ", "\n"), 11.5),
            (name, 9.0),
            (name.replace(" ", "\n"), 8.0),
        ):
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


def _box(
    middle: tuple[float, float], size: tuple[float, float]
) -> tuple[float, float, float, float]:
    x, y = middle
    return x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2


def _states(panel: Panel, room: Room, rows: list[BorderRow], scale: float) -> list[Label]:
    """Name the states of the day on their own land, in spaced capitals, where it is large
    enough.
    """
    found, names, named = [], panel.atlas.polity_names, set[str]()
    for row in sorted(rows, key=lambda row: -row.area_km2):
        if (
            not _bears_name(panel, row.standing)
            or len(row.polities) != 1
            or row.polities[0] in named
        ):
            continue
        ground = _largest(panel, row.tracts)
        if ground is None or ground.area < 2200 or row.area_km2 < STATE_KM2:
            continue
        (polity,) = row.polities
        words = printable(names.get(polity, polity)).upper()
        for text, size in (
            (words, 9.5),
            (_halved(words), 9.5),
            (words, 7.2),
            (_halved(words), 7.2),
        ):
            lines = tuple(
                Line(" ".join(line), size * scale, "bold", palette.INK) for line in text.split("\n")
            )
            spots = spots_in(ground, Label(lines, (0, 0)).size)
            spots = tuple(
                spot for spot in spots if room.fits(_box(spot, Label(lines, (0, 0)).size))
            )
            if spots:
                found.append(Label(lines, spots[0], spots=spots))
                named.add(polity)
                break
    return found


def _bears_name(panel: Panel, standing: str) -> bool:
    known = panel.atlas.records.look.standings.get(standing)
    return known is not None and known.named


def _halved(words: str) -> str:
    """Break a name in two lines of nearly one length."""
    gaps = [index for index, sign in enumerate(words) if sign == " "]
    if not gaps:
        return words
    middle = min(gaps, key=lambda gap: abs(gap - len(words) / 2))
    return words[:middle] + "\n" + words[middle + 1 :]


def _largest(panel: Panel, tracts: Sequence[str]) -> Any:
    """Give the largest piece of the land of some tracts that hang together, within the frame."""
    shapes = [panel.land[tract] for tract in tracts]
    whole = shapely.union_all(shapes)
    parts = shapely.get_parts(shapely.clip_by_rect(whole, 4, 4, panel.wide - 4, panel.high - 4))
    return max(parts, key=lambda part: float(part.area), default=None)


def _lands(panel: Panel, rows: list[BorderRow], scripts: bool, scale: float) -> list[Label]:
    """Name stretches of land: the well-known ones on a whole sheet, on others the regions or tracts
    that are seen.
    """
    if panel.extent.whole:
        lands = panel.atlas.records.look.lands.values()
        places = [(land.id, panel.position(*land.point)) for land in lands]
        bold = {text: (Line(text, 9.0 * scale, "bold", palette.INK),) for text, _ in places}
        return [
            Label(bold[text], at, spots=_spiral(at, _FAR_METRES / panel.per_point))
            for text, at in places
            if shapely.contains_xy(panel.frame, *at)
        ]
    found = []
    first_holders = {tract: row.holders[0] for row in rows if row.holders for tract in row.tracts}
    for name, names, tracts in _grounds(panel):
        ground = _largest(panel, tracts)
        if ground is None or ground.area < 900:
            continue
        holders = [first_holders.get(tract, "") for tract in tracts]
        most = max(holders, key=holders.count)
        other = names.get(_language_of(panel, most), "") if scripts else ""
        first = Line(printable(name), 8.4 * scale, "bold", palette.INK)
        lines: tuple[Line, ...] = (
            (first, Line(printable(other), 7.2 * scale, "sans", palette.INK)) if other else (first,)
        )
        spots = spots_in(ground, Label(lines, (0, 0)).size)
        if spots:
            found.append(Label(lines, spots[0], spots=spots))
    return found


def _language_of(panel: Panel, holder: str) -> str:
    """Return the language of the names on the land of a lineage, "" for none."""
    lineage = panel.atlas.records.look.lineages.get(holder)
    return lineage.language if lineage else ""


def _grounds(panel: Panel) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """Return name, other names and tracts of what is named on a panel.

    That is the regions below the one of the sheet, or the tracts.
    """
    atlas, region = panel.atlas, panel.extent.region
    parents = {key: key.rpartition(".")[0] for key in atlas.regions}
    below = [key for key in atlas.regions if region and parents[key] == region]
    grounds = []
    for key in below:
        members = [tract for tract in panel.land if atlas.tracts[tract].lies_in(key)]
        record = atlas.records.regions[key]
        account = any(words in record.name for words in _ACCOUNTS)
        if members and len(record.name) < 34 and not account:
            name = record.name.partition(" (")[0].partition(",")[0]
            grounds.append((name, record.names, members))
    seen = [atlas.tracts[tract] for tract in panel.land if panel.land[tract].area > 900]
    if not below and len(seen) < 40:
        kinds = atlas.records.look.place_kinds
        places = atlas.records.places.values()
        known = {place.tract for place in places if kinds[place.kind].own_name}
        for tract in seen:
            if tract.id not in known and tract.judged and len(tract.name) < 46:
                name = tract.name.partition(" (")[0].partition(" / ")[0]
                grounds.append((name, tract.names, [tract.id]))
    return grounds


def _spiral(at: tuple[float, float], reach: float) -> tuple[tuple[float, float], ...]:
    """Return places around a position, the nearest first, none farther than `reach` points."""
    steps = [(at[0], at[1])]
    for ring in range(1, min(8, int(reach / 8)) + 1):
        for turn in np.linspace(0, 2 * np.pi, 6 + 2 * ring, endpoint=False):
            x, y = 8 * ring * float(np.cos(turn)), 5 * ring * float(np.sin(turn))
            steps.append((at[0] + x, at[1] + y))
    return tuple(steps)


def _places(panel: Panel, day_map: DayMap, scripts: bool, scale: float) -> list[Label]:
    """Name the places within the frame as they were called that day: first the most telling, then
    islands by their size.
    """
    whole = panel.extent.whole
    size, count = (
        6.7 * scale,
        int(panel.wide * panel.high / 72**2 / (INCHES_WHOLE if whole else INCHES_REGION)),
    )
    found: list[tuple[float, Label]] = []
    for place in panel.atlas.records.places.values():
        at = panel.position(place.lon, place.lat)
        if not (4 < at[0] < panel.wide - 4 and 4 < at[1] < panel.high - 4):
            continue
        name = day_map.places.get(place.id)
        if name is None:
            continue
        island = place.kind == "island"
        other = next((more for more in name.more if _foreign(more)), "")
        lines = [Line(printable(name.text), size, "bold" if island else "sans", palette.INK)]
        if scripts and other:
            lines.append(Line(printable(other), size * 0.9, "sans", palette.INK))
        spacing = 0.0 if island or name.rank < 1000 else (44.0 if whole else 15.0) * scale
        label = Label(tuple(lines), at, dot=not island, spacing=spacing)
        ranked = (
            _of_island(panel, place.tract, label) if island and not whole else (name.rank, label)
        )
        found += [ranked] if ranked else []
    return [label for _, label in sorted(found, key=lambda entry: entry[0])][: max(8, 3 * count)]


def _of_island(panel: Panel, tract: str, label: Label) -> tuple[float, Label] | None:
    """Return rank and label of an island; the larger come first.

    Its name stands on its land if there is room, else beside it. An islet of a larger tract has its
    name where it lies, after the towns, and none where the scale is too small to show it.
    """
    own = tract in panel.land and (
        tract not in panel.joined or panel.atlas.tracts[tract].area_km2 < ISLET_KM2
    )
    if not own or (tract in panel.joined and panel.land[tract].area < 60):
        return (1200.0, label) if panel.per_point < ISLET_METRES else None
    land = panel.land[tract]
    spots = spots_in(land, label.size) if land.area > 1500 else ()
    reach = 9.0 + 0.5 * _across(panel, tract)
    return 900 - min(land.area, 800.0), replace(label, spots=spots, reach=reach)


def _across(panel: Panel, tract: str) -> float:
    """Return the shorter side of the box around the land of a tract, in points."""
    west, south, east, north = panel.land[tract].bounds
    return min(float(east - west), float(north - south))


def _foreign(text: str) -> bool:
    """Return whether a name is written in other letters than Latin ones."""
    return any(ord(sign) >= 0x370 for sign in text)


def key_positions(panel: Panel, day_map: DayMap) -> list[tuple[float, float]]:
    """Give where the first places of the day lie, which a legend had best not hide."""
    names = day_map.places.values()
    return [panel.position(name.lon, name.lat) for name in names if name.rank < 1000]
