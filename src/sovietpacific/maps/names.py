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
#: Places that were there before any name.
_NATURAL = ("island", "cape", "mountain", "pass", "rock")
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
    """Give the places of the gazetteer as they were called on `day`, the most telling first, without those not yet founded.

    The first name in Latin letters is shown, the others are in `more`; see `names_shown`.
    """
    found = []
    for place in places.values():
        names = names_shown(place, day)
        if names:
            rank, zoom = importance(place)
            found.append(MapName(names[0], place.lon, place.lat, kind_of(place), rank, zoom, names[1:]))
    return sorted(found, key=lambda name: (name.rank, name.text))


def names_shown(place: Place, day: date) -> tuple[str, ...]:
    """Give the names a map of `day` shows for a place, that in Latin letters first; none where it was not yet founded.

    These are its official names of that day; where none of them is in Latin letters, its English name stands before them.  A
    town all of whose known official names are of later years was not there yet, as far as this atlas knows.
    """
    names = place.names_on(day)
    if not names and place.kind not in _NATURAL and any(name.official and (name.since or 0) > day.year for name in place.names):
        return ()
    if names and unicodedata.name(names[0][0], "").startswith("LATIN"):
        return names
    return (place.name, *(name for name in names if name != place.name))


def kind_of(place: Place) -> str:
    """Say how a name stands on a map: an island's on its land, any other beside a dot."""
    return "land" if place.kind == "island" else "town"


def importance(place: Place) -> tuple[int, int]:
    """Give the rank of a place among names (low first) and the web zoom from which it is shown."""
    if place.id in FIRST:
        return 100 + FIRST.index(place.id), 4 if FIRST.index(place.id) < 18 else 5
    kind = _KINDS.index(place.kind)
    return 1000 + 100 * kind, (6, 7, 7, 8, 8, 8, 8, 8, 8, 8)[kind]
