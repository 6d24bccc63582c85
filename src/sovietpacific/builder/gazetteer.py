"""Reads the gazetteer of the seeds, strictly, and finds the tract each of its places lies in.

Knows the partition and nothing of tenures.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

from sovietpacific.builder.base import read_rows
from sovietpacific.builder.look import check_first_places
from sovietpacific.builder.partition import Partition
from sovietpacific.builder.spelling import check_script, clean
from sovietpacific.errors import SeedError, shown
from sovietpacific.facts.look import Look
from sovietpacific.facts.places import NamedPlace, PlaceName
from sovietpacific.questions.positions import in_frame

PLACE_COLUMNS = ("place", "lon", "lat", "kind", "accuracy_km", "source", "note")
NAME_COLUMNS = ("place", "name", "language", "since", "until", "official", "source", "seen")

#: A cape or a harbour may lie this far off the judged land it belongs to.
SNAP_KM = 3.0

_TRUTHS = {"true": True, "false": False}


def read_gazetteer(folder: Path, look: Look) -> dict[str, NamedPlace]:
    """Return the places of `places.csv`, with their names of `place_names.csv`, by id.

    `look` has the kinds of places and the languages of names. The tract of each place is found
    later, with `place_in_tracts`. Raise `SeedError` naming file and line for an unknown column, a
    place written twice, out of order or off the frame, a name in the wrong script, years that run
    backwards, a name that overlaps itself, a place without an English name, and a look that puts
    strange places first.
    """
    names: dict[str, list[PlaceName]] = defaultdict(list)
    places: dict[str, NamedPlace] = {}
    rows = list(_rows(folder / "place_names.csv", NAME_COLUMNS))
    for row, where in rows:
        names[row["place"]].append(_name(row, look, where))
    for row, where in _rows(folder / "places.csv", PLACE_COLUMNS):
        key = row["place"]
        if places and key <= (last := next(reversed(places))):
            raise SeedError(
                f"{where}: {key!r} is written twice or out of order, after {last!r}; "
                "the places are sorted by id"
            )
        places[key] = _place(row, tuple(names.get(key, ())), look, where)
    strange = sorted(set(names) - set(places))
    if strange:
        raise SeedError(
            f"place_names.csv: names of {', '.join(strange)}, which places.csv does not have"
        )
    _check_order([row["place"] for row, _ in rows])
    check_first_places(look, places)
    return places


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of a CSV file and where each stands, for errors."""
    for row, line in read_rows(path, path.name, columns):
        where = f"{path.name}: line {line}"
        yield {name: clean(text, where) for name, text in row.items()}, where


def _place(
    row: Mapping[str, str], names: tuple[PlaceName, ...], look: Look, where: str
) -> NamedPlace:
    where = f"{where}: {row['place']}"
    lon, lat, accuracy = (
        _number(row[column], f"{where}: {column}") for column in ("lon", "lat", "accuracy_km")
    )
    if not in_frame(lon, lat):
        raise SeedError(
            f"{where}: ({lon}, {lat}) lies off the frame of the atlas; longitude comes first"
        )
    if row["kind"] not in look.place_kinds:
        known = ", ".join(sorted(look.place_kinds))
        raise SeedError(f"{where}: kind {row['kind']!r} is not one of {known}")
    if accuracy <= 0 or not row["source"]:
        raise SeedError(
            f"{where}: say how accurate the position is, above 0 km, and where it is from"
        )
    if not any(name.language == "en" for name in names):
        raise SeedError(f"{where}: place_names.csv has no English name for it")
    _check_spans(names, where)
    return NamedPlace(
        id=row["place"],
        lon=lon,
        lat=lat,
        kind=row["kind"],
        accuracy_km=accuracy,
        tract="",
        distance_km=0.0,
        source=row["source"],
        note=row["note"],
        names=names,
    )


def _name(row: Mapping[str, str], look: Look, where: str) -> PlaceName:
    where = f"{where}: {row['place']}"
    language = look.languages.get(row["language"])
    if language is None:
        raise SeedError(
            f"{where}: unknown language {row['language']!r}; allowed: {', '.join(look.languages)}"
        )
    if not row["name"].strip() or row["name"] != row["name"].strip() or not row["source"]:
        raise SeedError(
            f"{where}: a name is missing or has blanks around it, or does not say where it is from"
        )
    check_script(row["name"], language.scripts, f"{where}: {language.id}")
    since, until = (_year(row[column], f"{where}: {column}") for column in ("since", "until"))
    if since is not None and until is not None and since > until:
        raise SeedError(f"{where}: {row['name']!r} runs backwards, from {since} to {until}")
    return PlaceName(
        text=row["name"],
        language=row["language"],
        since=since,
        until=until,
        official=_truth(row["official"], f"{where}: official"),
        source=row["source"],
        seen=_truth(row["seen"], f"{where}: seen"),
    )


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError as wrong:
        raise SeedError(f"{where} = {shown(text)} is not a number") from wrong
    if not math.isfinite(number):
        raise SeedError(f"{where} = {shown(text)} is no number that can be used")
    return number


def _year(text: str, where: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise SeedError(f"{where} = {text!r} is not a year of four digits, nor empty")
    return int(text)


def _truth(text: str, where: str) -> bool:
    if text not in _TRUTHS:
        raise SeedError(f"{where} = {text!r}; write true or false")
    return _TRUTHS[text]


def _check_order(keys: list[str]) -> None:
    for first, second in pairwise(keys):
        if second < first:
            raise SeedError(
                f"place_names.csv: the names of {second!r} stand after those of {first!r}; "
                "sort them by place"
            )


def _check_spans(names: Iterable[PlaceName], where: str) -> None:
    """Raise `SeedError` if a name is written twice for the same years.

    Spans of one name may meet, not overlap.
    """
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for name in names:
        spans[name.language, name.text].append((name.since or 0, name.until or 9999))
    for (language, text), years in spans.items():
        if any(second[0] < first[1] for first, second in pairwise(sorted(years))):
            raise SeedError(
                f"{where}: the name {text!r} ({language}) is written twice for the same years"
            )


def place_in_tracts(
    places: Mapping[str, NamedPlace], partition: Partition, judged: Iterable[str]
) -> tuple[dict[str, NamedPlace], list[str]]:
    """Return the places with the tract each lies in, and remarks.

    A place on an edge belongs to the tract that sorts first; one that lies off judged land is
    joined to the nearest, and a remark says so. Raise `SeedError` for a place farther than
    `SNAP_KM` from judged land.
    """
    known = set(judged)
    kept = [index for index, key in enumerate(partition.tracts) if key in known]
    shapes = partition.fine[kept]
    tree = shapely.STRtree(shapes)
    placed, remarks = {}, []
    for key, place in places.items():
        index, distance = _nearest(tree, shapes, place.lon, place.lat)
        tract = partition.tracts[kept[index]]
        if distance > SNAP_KM:
            raise SeedError(
                f"places.csv: {key} lies {distance:.1f} km from judged land, nearest {tract}; "
                f"allowed: {SNAP_KM} km"
            )
        if distance:
            remarks.append(
                f"place {key} lies {distance:.2f} km off the land and is joined to {tract}"
            )
        placed[key] = replace(place, tract=tract, distance_km=round(distance, 3))
    return placed, remarks


def _nearest(tree: Any, shapes: Any, lon: float, lat: float) -> tuple[int, float]:
    """Return the number of the nearest shape and the geodesic km to it, 0 within it."""
    point = shapely.Point(lon, lat)
    inside = sorted(int(index) for index in tree.query(point, predicate="intersects"))
    if inside:
        return inside[0], 0.0
    stretch = np.cos(np.radians(lat))
    near = tree.query(point, predicate="dwithin", distance=2 * SNAP_KM / 111 / stretch)
    candidates = near if len(near) else [tree.nearest(point)]
    return min(
        ((int(index), _distance_km(shapes[index], lon, lat, stretch)) for index in candidates),
        key=lambda pair: pair[1],
    )


def _distance_km(shape: Any, lon: float, lat: float, stretch: float) -> float:
    squeezed = shapely.transform(shape, lambda positions: positions * [stretch, 1.0])
    (_, _), (x, y) = shapely.get_coordinates(
        shapely.shortest_line(shapely.Point(lon * stretch, lat), squeezed)
    )
    return float(Geod(ellps="WGS84").inv(lon, lat, x / stretch, y)[2]) / 1000
