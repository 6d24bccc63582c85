"""Give the names that stand on maps: seas, lands and the places of the gazetteer as they were
called on a day.

Knows the gazetteer and nothing of the room a name takes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sovietpacific.facts.look import Look
from sovietpacific.facts.places import NamedPlace

#: The ranks of names, low first: seas after stretches of land, then places that come first, then
#: all others, so many for each kind.
SEA_RANK, FIRST_RANK, OTHER_RANK, RANKS_OF_KIND = 20, 100, 1000, 100


class MapName(NamedTuple):
    """A name on a map: text, position, kind (`town`, `land`, `sea`), rank, web zoom, other names.

    The lower the rank, the sooner a name is set.
    """

    text: str
    lon: float
    lat: float
    kind: str
    rank: int
    zoom: int
    more: tuple[str, ...] = ()


def fixed_names(look: Look) -> list[MapName]:
    """Return the names of seas and lands that stand on every map."""
    lands = [
        MapName(land.id, *land.point, "land", rank, land.zoom)
        for rank, land in enumerate(look.lands.values())
    ]
    seas = [
        MapName("\n".join(sea.lines), *sea.point, "sea", SEA_RANK + rank, sea.zoom)
        for rank, sea in enumerate(look.seas.values())
        if sea.point is not None and sea.zoom is not None
    ]
    return lands + seas


def place_names(look: Look, places: Mapping[str, NamedPlace], day: date) -> dict[str, MapName]:
    """Return the names of places on `day` by id, the most telling first, without those not yet
    founded.

    Those not yet founded are left out. The first name in Latin letters is shown, the others are in
    `more`; see `names_shown`.
    """
    found = {}
    for key, place in places.items():
        names = names_shown(look, place, day)
        if names:
            rank, zoom = importance(look, place)
            kind = kind_of(look, place)
            found[key] = MapName(names[0], place.lon, place.lat, kind, rank, zoom, names[1:])
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[1].text)))


def names_shown(look: Look, place: NamedPlace, day: date) -> tuple[str, ...]:
    """Return the names a map of `day` shows for a place, that in Latin letters first.

    These are its official names of that day; where none of them is in Latin letters, its English
    name stands before them. A town all of whose known official names are of later years was not
    there yet, as far as this atlas knows, and has none.
    """
    names = place.names_on(day)
    if (
        not names
        and not look.place_kinds[place.kind].natural
        and any(name.official and (name.since or 0) > day.year for name in place.names)
    ):
        return ()
    if names and unicodedata.name(names[0][0], "").startswith("LATIN"):
        return names
    return (place.name, *(name for name in names if name != place.name))


def kind_of(look: Look, place: NamedPlace) -> str:
    """Return how a name stands on a map: an island's on its land, any other beside a dot."""
    return "town" if look.place_kinds[place.kind].dot else "land"


def importance(look: Look, place: NamedPlace) -> tuple[int, int]:
    """Return the rank of a place among names, low first, and the web zoom it is shown from."""
    first = look.first_places.get(place.id)
    if first is not None:
        return FIRST_RANK + first.rank - 1, first.zoom
    kind = look.place_kinds[place.kind]
    return OTHER_RANK + RANKS_OF_KIND * list(look.place_kinds).index(place.kind), kind.zoom
