"""Turns what a user calls a place into a tract or a point: ids, names in any script, coordinates, each refused with advice."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from sovietpacific.errors import PlaceError, UnknownPlaceError
from sovietpacific.records import Region, Tract

#: West, south, east, north of the land this atlas draws, in degrees.
FRAME = (58.0, 24.0, 180.0, 66.0)


class Position(NamedTuple):
    """A place on the ground, in degrees: longitude first."""

    lon: float
    lat: float


def plain(name: str) -> str:
    """Reduce a name to what is compared: no case, no diacritics, no spaces, hyphens or apostrophes.

    >>> plain("Port-Arthur") == plain("port arthur") == plain("Pört Arthur")
    True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if unicodedata.category(sign)[0] in "LN")


class Names:
    """All names of tracts, in every script, and the regions, ready to be looked up."""

    def __init__(self, tracts: Mapping[str, Tract], regions: Mapping[str, Region]) -> None:
        """Index the ids, names and other spellings of the judged tracts, and the regions for advice."""
        self._tracts: dict[str, set[str]] = {}
        self._spelling: dict[str, str] = {}
        for key, tract in tracts.items():
            if tract.judged:
                for name in (key, tract.name, *tract.names.values(), *tract.also):
                    self._tracts.setdefault(plain(name), set()).add(key)
                    self._spelling.setdefault(plain(name), name)
        self._ids = set(tracts)
        self._regions = {
            plain(name): key for key, region in regions.items() for name in (key, region.name, *region.names.values())
        }
        self._members = {key: [t for t, tract in tracts.items() if tract.lies_in(key)] for key in regions}

    def tract(self, name: str) -> str:
        """Give the id of the one tract called `name`.

        Raises `UnknownPlaceError`: near names for an unknown name, the choices for an ambiguous one, and tracts of a region
        for a region, which has no single answer.
        """
        if name in self._ids:
            return name
        found = self._tracts.get(plain(name), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise UnknownPlaceError(f"{name!r} is the name of several tracts: {', '.join(sorted(found))}; give one of these ids")
        if plain(name) in self._regions:
            region = self._regions[plain(name)]
            some = ", ".join(self._members[region][:6])
            raise UnknownPlaceError(f"{name!r} is the region {region!r}, not one tract; ask for one of its tracts: {some}, …")
        raise UnknownPlaceError(self._unknown(name))

    def _unknown(self, name: str) -> str:
        near = get_close_matches(plain(name[:60]), self._spelling, n=4, cutoff=0.6)
        advice = f"; did you mean {', '.join(self._spelling[match] for match in near)}?" if near else ""
        return f"no tract is called {name[:60]!r}{advice or '; give a tract id or name, or a point (lon, lat)'}"


def check_region(region: str, regions: Iterable[str]) -> str:
    """Give `region` back if there is one of that path; `UnknownPlaceError` with near paths otherwise."""
    known = list(regions)
    if isinstance(region, str) and region in known:
        return region
    near = get_close_matches(str(region), known, n=4, cutoff=0.4)
    listed = ", ".join(near) if near else ", ".join(sorted(path for path in known if "." not in path))
    raise UnknownPlaceError(f"no region is called {region!r}; regions are dotted paths such as {listed}")


def read_position(place: Any) -> Position | None:
    """Read `place` as a position if it is a point or a pair of numbers, None if it is a name.

    Raises `PlaceError` for numbers that cannot be a longitude and a latitude, for a pair that is plainly swapped, and for
    anything that is neither name nor position.
    """
    if isinstance(place, str):
        return None
    if hasattr(place, "geom_type"):
        if place.geom_type != "Point" or place.is_empty:
            raise PlaceError(f"{place!r} is not a point; give a shapely Point or (lon, lat)")
        return _checked(place.x, place.y)
    try:
        lon, lat = place
        if isinstance(lon, str) or isinstance(lat, str):
            raise TypeError("a coordinate is a number, not a text")
        return _checked(float(lon), float(lat))
    except (TypeError, ValueError, OverflowError) as wrong:
        if isinstance(wrong, PlaceError):
            raise
        raise PlaceError(f"{place!r} is not a place; give a tract id, a name, (lon, lat) or a shapely Point") from wrong


def _checked(lon: float, lat: float) -> Position:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise PlaceError(f"({lon}, {lat}) has a missing or infinite coordinate; give (lon, lat) in degrees")
    if not _in_frame(lon, lat) and _in_frame(lat, lon):
        raise PlaceError(f"({lon}, {lat}) looks swapped: ({lat}, {lon}) lies in the atlas; give longitude first, then latitude")
    if not -180 <= lon <= 180 or not -90 <= lat <= 90:
        raise PlaceError(f"({lon}, {lat}) is off the globe; longitudes run from -180 to 180, latitudes from -90 to 90")
    return Position(lon, lat)


def _in_frame(lon: float, lat: float) -> bool:
    west, south, east, north = FRAME
    return west <= lon <= east and south <= lat <= north
