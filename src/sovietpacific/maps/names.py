"""Gives the names that stand on maps: seas, lands and the places of the gazetteer as they were called on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sovietpacific.gazetteer import Place

#: Names that stand on every map: words, longitude, latitude, and from which web zoom on.  They name places, not owners.
SEAS = (
    ("Sea of\nOkhotsk", 149.5, 53.3, 3),
    ("Sea of\nJapan", 134.8, 39.7, 3),
    ("Pacific Ocean", 150.5, 42.2, 4),
    ("Yellow\nSea", 123.3, 35.8, 4),
)
LANDS = (
    ("Sakhalin", 145.4, 49.4, 4),
    ("Kuril Islands", 153.2, 45.6, 4),
    ("Hokkaido", 142.8, 43.3, 4),
    ("Manchuria", 126.3, 46.6, 3),
    ("Korea", 127.6, 38.9, 4),
    ("Outer Mongolia", 104.8, 46.6, 3),
    ("Primorye", 135.5, 45.6, 5),
    ("Honshu", 138.9, 36.4, 5),
    ("Tuva", 94.8, 51.8, 4),
    ("Kamchatka", 159.5, 55.5, 4),
)

#: Places that come first where not all have room, the most telling of each stretch of land.
FIRST = (
    *("vladivostok", "harbin", "shenyang", "seoul", "pyongyang", "khabarovsk", "yuzhno-sakhalinsk", "dalian", "ulaanbaatar"),
    *("lushun", "changchun", "sapporo", "chita", "hakodate", "busan", "blagoveshchensk", "nikolayevsk", "aleksandrovsk"),
    *("kaesong", "kurilsk", "severo-kurilsk", "petropavlovsk", "qiqihar", "hailar", "chengde", "kyzyl", "kyakhta"),
)
_KINDS = ("city", "town", "island", "station", "village", "cape", "mountain", "pass", "site", "rock")


class MapName(NamedTuple):
    """A name on a map: words, where, of what kind (`town`, `land`, `sea`), its rank (low first), its web zoom, other words."""

    text: str
    lon: float
    lat: float
    kind: str
    rank: int
    zoom: int
    more: tuple[str, ...] = ()


def fixed_names() -> list[MapName]:
    """Give the names of seas and lands that stand on every map."""
    lands = [MapName(text, lon, lat, "land", rank, zoom) for rank, (text, lon, lat, zoom) in enumerate(LANDS)]
    return lands + [MapName(text, lon, lat, "sea", 20 + rank, zoom) for rank, (text, lon, lat, zoom) in enumerate(SEAS)]


def place_names(places: Mapping[str, Place], day: date) -> list[MapName]:
    """Give the places of the gazetteer under the official name they bore on `day`, the most telling first.

    The first name in Latin letters is shown, the others are in `more`.  A place for which no official name of that day in Latin
    letters is known bears its English name.
    """
    found = []
    for place in places.values():
        names = place.names_on(day)
        if not names or (not names[0].isascii() and unicodedata.name(names[0][0]).split()[0] != "LATIN"):
            names = (place.name, *names)
        rank, zoom = importance(place)
        kind = "land" if place.kind == "island" else "town"
        found.append(MapName(names[0], place.lon, place.lat, kind, rank, zoom, names[1:]))
    return sorted(found, key=lambda name: (name.rank, name.text))


def importance(place: Place) -> tuple[int, int]:
    """Give the rank of a place among names (low first) and the web zoom from which it is shown."""
    if place.id in FIRST:
        return 100 + FIRST.index(place.id), 4 if FIRST.index(place.id) < 18 else 5
    kind = _KINDS.index(place.kind)
    return 1000 + 100 * kind, (6, 7, 7, 8, 8, 8, 8, 8, 8, 8)[kind]
