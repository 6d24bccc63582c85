"""Makes seeds with something of every kind, small enough to be built in a blink: what a test
spoils, the whole build reads.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sovietpacific.files.geoparquet import write_geoparquet
from tests.support.small_seeds import (
    EDITION,
    INSTRUMENTS,
    LANDING,
    LOOK,
    POLITIES,
    SOURCES,
    START,
    TREATY,
    VIEWS,
)

#: The land: two islands, a mainland of two countries, and one of its own that is nobody's to judge.
LAND = {
    "RUS": (
        shapely.box(148.9, 44.9, 149.1, 45.1),
        shapely.box(149.9, 44.9, 150.1, 45.1),
        shapely.box(130, 44, 133, 46),
    ),
    "CHN": (shapely.box(130, 42, 133, 44),),
    "JPN": (shapely.box(140, 36, 141, 37),),
}

TRACTS = f"""
[chain]
name = "Chain"
names = {{ ru = "Цепь", ja = "列島" }}
also = ["The chain"]
note = "two islands"
control = [
    {START},
    {TREATY},
]
[chain.east]
name = "East island"
names = {{ ru = "Восточный", ja = "東島" }}
shape = {{ island = [150.0, 45.0] }}
published_km2 = 350
accuracy_km = 0.5
control = [
    {LANDING},
]
[[chain.east.claims]]
claimant = "japan"
since = 1951-09-08
by = "treaty-1875"
sources = ["book-1974 p. 9"]
certainty = "firm"
seen = true
note = "claimed"
[chain.west]
name = "West island"
also = ["Westland"]
shape = {{ islands = [[149.0, 45.0]] }}
[shore]
name = "Shore"
control = [
    {START},
    {TREATY.replace("seen = true }", 'seen = true, except = ["spit", "bay"], note = "all but two" }')},
]
[shore.spit]
name = "Spit"
shape = {{ rings = ["spit"] }}
[shore.bay]
name = "Bay"
shape = {{ at = [[131.5, 45.8]] }}
[shore.strip]
name = "Strip"
shape = {{ strip = {{ line = "border", km = 10, country = "RUS", south_of = 60, north_of = 10 }} }}
[shore.traced]
name = "Land beyond the line"
shape = {{ rest = "RUS" }}
[south]
name = "South"
land = {{ at = [[131.0, 43.0]], rest = "CHN" }}
control = [
    {START},
]
[south.one]
name = "Town"
shape = {{ town = [130.5, 43.0] }}
[south.two]
name = "Towns"
shape = {{ towns = [[132.5, 43.0], [132.0, 42.5]] }}
"""

LINES = """
[parallel]
name = "Parallel"
kind = "parallel"
latitude = 45.5
within = [129.0, 134.0]
cuts = true
accuracy_km = 0.1
drawn = "the parallel"
sources = ["book-1974"]
certainty = "firm"
seen = true
lives = [{ since = 1875-08-22, until = 1945-08-18, basis = "treaty-1875", note = "a life", edtf = "1875-08-22" }]
[border]
name = "Border"
kind = "river"
name_from_zoom = 6
border = ["CHN", "RUS"]
box = [129, 40, 134, 48]
accuracy_km = 1
[edges]
name = "Edges of the strip"
kind = "survey"
beside = { line = "border", km = 10 }
accuracy_km = 1
[course]
name = "Course"
kind = "traced"
file = "course"
cuts = true
accuracy_km = 2
note = "drawn by hand"
[strait]
name = "Strait"
kind = "sea"
files = ["strait"]
between = ["east", "west"]
region = "chain"
accuracy_km = 2
[provincial]
name = "Line of provinces"
kind = "province"
provinces = [["North"], ["South"]]
accuracy_km = 1
[backdrop]
name = "Limit of the backdrop"
kind = "parallel"
latitude = 40
within = [129.0, 150.0]
backdrop_south_of = "JPN"
accuracy_km = 0.1
"""

FRONTS = """
[war]
basis = "landing-1945"
region = "shore"
until = 1945-09-02
[front-1]
name = "First"
since = 1945-08-18
accuracy_km = 5
points = [[130.0, 44.5], [133.0, 44.6]]
sources = ["book-1974"]
certainty = "firm"
seen = true
[front-2]
name = "Second"
since = 1945-08-20
edtf = "1945-08"
accuracy_km = 5
points = [[130.0, 44.7], [133.0, 44.8]]
sources = ["book-1974"]
certainty = "probable"
seen = false
note = "a stage"
[beachhead]
name = "Beachhead"
since = 1945-08-18
until = 1945-08-19
accuracy_km = 5
points = [[130.0, 45.2], [130.5, 45.3]]
sources = ["book-1974"]
certainty = "firm"
seen = true
"""

ARTICLE = """
[A1]
claim = "East was taken"
verdict = "confirmed"
fact = "It was"
instruments = ["landing-1945"]
sources = ["book-1974 p. 1"]
check = [
    { ask = "sovereignty_of", place = [150.0, 45.0], day = 1945-09-02, view = "control", holder = "russia", standing = "occupied" },
    { ask = "compare", places = [[150.0, 45.0], "east"], day = 1945-09-02, view = "japan", same_holder = true },
    { ask = "changes", view = "control", after = 1945-08-01, until = 1945-09-02, region = "chain", found = true, by = "landing-1945" },
    { ask = "instrument", id = "treaty-1875", signed = 1875-05-07, parties = ["russia", "japan"] },
    { ask = "polity", id = "russia/white", since = 1918-06-29, until = 1922-06-17 },
]
[A2]
claim = "Many died"
verdict = "imprecise"
fact = "They did"
sources = ["book-1974"]
no_check = "outside the atlas"
"""

TABLES = {
    "polities": POLITIES.replace(
        'lineage = "japan"\n',
        'lineage = "japan"\nby = "series-start"\nsources = ["book-1974"]\ngw = "740"\n',
    ),
    "instruments": INSTRUMENTS.replace(
        'name = "Landing"',
        'name = "Landing"\nplace = "east"\narticles = "1"\ncitation = "c"\nsources = ["book-1974"]\nbears_on = ["east"]\n'
        'effect = "e"\nnote = "n"\ncarried_out = 1945-08-18',
    ),
    "sources": SOURCES + 'url = "https://example.org"\n',
    "views": VIEWS
    + 'recognised = { japan = 1956-10-19 }\nreads = { "russia/white" = "russia" }\nnote = "a view"\n',
    "edition": EDITION,
    "look": LOOK.replace("first_places = []", 'first_places = [{ zoom = 4, places = ["cape"] }]'),
    "lines": LINES,
    "fronts": FRONTS,
    "article": ARTICLE,
    "tracts/all": TRACTS,
}

_POINTS = "lon,lat,name,why,accuracy_km,source,licence"


def _points(*points: tuple[float, float]) -> list[list[str]]:
    return [
        _POINTS.split(","),
        *([str(lon), str(lat), "a", "b", "1", "own", "CC0-1.0"] for lon, lat in points),
    ]


CELLS: dict[str, list[list[str]]] = {
    "lines/course": _points(
        (130.5, 44.2), (131.5, 44.3), (132.5, 44.2), (131.5, 44.25), (130.5, 44.2)
    ),
    "lines/strait": _points((149.5, 44.5), (149.5, 45.5)),
    "rings/spit": _points((132.5, 45.0), (132.9, 45.0), (132.9, 45.3), (132.5, 45.3)),
    "places": [
        ["place", "lon", "lat", "kind", "accuracy_km", "source", "note"],
        ["cape", "149.0", "45.0", "cape", "1", "own", ""],
        ["town", "150.05", "45.0", "town", "1", "own", "a note"],
    ],
    "place_names": [
        ["place", "name", "language", "since", "until", "official", "source", "seen"],
        ["cape", "Cape", "en", "", "", "false", "own", "false"],
        ["town", "Town", "en", "1875", "1945", "true", "own", "true"],
        ["town", "東町", "ja", "1875", "", "true", "own", "false"],
    ],
}


def whole_tables() -> dict[str, dict[str, Any]]:
    """Give the tables of every TOML file by its path without ending, new ones every time."""
    return {name: tomllib.loads(text) for name, text in TABLES.items()}


def write_whole_seeds(
    folder: Path,
    tables: Mapping[str, Any] | None = None,
    cells: Mapping[str, list[list[str]]] = CELLS,
) -> Path:
    """Write the seeds into `folder`, with these tables and cells in place of the good ones."""
    for name, table in (tables or whole_tables()).items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "".join(f"{_key(key)} = {to_toml(value)}\n" for key, value in table.items()),
            encoding="utf-8",
        )
    for name, rows in cells.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    write_layers(folder)
    return folder


def write_layers(folder: Path) -> None:
    """Write the base layers."""
    rows = [(country, polygon) for country, polygons in LAND.items() for polygon in polygons]
    columns = {"country": [row[0] for row in rows], "zone": ["core" for _ in rows]}
    shapes = {"geometry": np.array([row[1] for row in rows], object)}
    write_geoparquet(folder / "coast" / "land.parquet", columns, shapes, "geometry")
    halves = {"North": shapely.box(129, 45, 134, 47), "South": shapely.box(129, 43, 134, 45)}
    columns = {"country": ["RUS", "RUS"], "name": list(halves)}
    write_geoparquet(
        folder / "coast" / "provinces.parquet",
        columns,
        {"geometry": np.array(list(halves.values()), object)},
        "geometry",
    )


def _key(key: str) -> str:
    return '"' + _escaped(key) + '"'


def _escaped(text: str) -> str:
    return "".join(
        sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in text
    )


def to_toml(value: Any) -> str:
    """Write a value of any kind TOML has as TOML, in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + _escaped(value) + '"'
    if isinstance(value, int):
        return f"{value}" if abs(value) < 10**4000 else f"{value:#x}"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{_key(key)} = {to_toml(one)}" for key, one in value.items()) + " }"
        )
    return "[" + ", ".join(to_toml(one) for one in value) + "]"
