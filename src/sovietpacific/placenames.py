"""Turns what a user calls a place into a tract or a point: ids, names in any script, coordinates, each refused with advice."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, NoReturn

from sovietpacific.errors import PlaceError, UnknownPlaceError, shown
from sovietpacific.gazetteer import Place
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


#: How the letters of Cyrillic sound in Latin ones, after diacritics are taken off; signs that have no sound are left out.
_LATIN = {
    **dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", strict=True)),
    **dict(zip("жхцчшюяьъ", ("zh", "kh", "ts", "ch", "sh", "yu", "ya", "", ""), strict=True)),
    "щ": "shch",
}


def latin(name: str) -> str:
    """Reduce a name as `plain` does, and write Cyrillic in Latin letters, so that a slip in one script finds the other.

    >>> latin("Хабаровск")
    'khabarovsk'
    """
    return "".join(_LATIN.get(sign, sign) for sign in plain(name))


class Meaning(NamedTuple):
    """What a name means: a tract, and the places in it that bear the name."""

    tract: str
    places: tuple[Place, ...]


class Names:
    """All names of tracts and places, in every script, and the regions, ready to be looked up."""

    def __init__(self, tracts: Mapping[str, Tract], regions: Mapping[str, Region], places: Mapping[str, Place]) -> None:
        """Index the ids, names and other spellings of the judged tracts and of places, and the regions for advice."""
        self._known, self._gazetteer = tracts, places
        self._tracts: dict[str, set[str]] = {}
        self._places: dict[str, set[str]] = {}
        self._spelling: dict[str, str] = {}
        for key, tract in tracts.items():
            if tract.judged:
                self._add(self._tracts, key, (key, tract.name, *tract.names.values(), *tract.also))
        for key, place in places.items():
            self._add(self._places, key, (name.text for name in place.names))
        self._regions = {
            plain(name): key
            for key, region in regions.items()
            for name in (key, region.name, *region.names.values(), *region.also)
        }
        for region in regions.values():
            self._spelling.setdefault(plain(region.name), region.name)
        self._members = {key: [t for t, tract in tracts.items() if tract.lies_in(key)] for key in regions}

    def _add(self, index: dict[str, set[str]], key: str, names: Iterable[str]) -> None:
        for name in names:
            index.setdefault(plain(name), set()).add(key)
            self._spelling.setdefault(plain(name), name)

    def meaning(self, name: str) -> Meaning:
        """Give the one tract that `name` means, and the places of that name in it.

        An id of a tract, then of a place, means just that; any other name means every tract and every place that bears it.
        Raises `UnknownPlaceError`: near names for an unknown name, the choices where it means several tracts, and tracts of a
        region for a region, which has no single answer.
        """
        name = str.__str__(name)
        if name in self._known:
            place = self._gazetteer.get(name)
            return Meaning(name, (place,) if place and place.tract == name else ())
        if name in self._gazetteer:
            return Meaning(self._gazetteer[name].tract, (self._gazetteer[name],))
        tracts, places = self._tracts.get(plain(name), set()), self.places_called(name)
        meant, region = sorted(tracts | {place.tract for place in places}), self._regions.get(plain(name))
        if len(meant) == 1 and region is None:
            return Meaning(meant[0], places)
        choices = ", ".join(self._choices(tracts, places))
        if region is not None and meant:
            raise UnknownPlaceError(
                f"{shown(name)} is the name of the region {region!r}, and of {choices}; give the id of a tract"
            )
        if meant:
            raise UnknownPlaceError(f"{shown(name)} is the name of several tracts or places: {choices}; give one of these ids")
        if region is not None:
            some = ", ".join(self._members[region][:6])
            raise UnknownPlaceError(f"{shown(name)} is the region {region!r}, not one tract; ask for one of these: {some}, …")
        raise UnknownPlaceError(self._unknown(name))

    def places_called(self, name: Any) -> tuple[Place, ...]:
        """Give the places of this id or name, sorted by id, none if there are none; `PlaceError` for what is no text."""
        if not isinstance(name, str):
            raise PlaceError(f"{shown(name)} ({type(name).__name__}) is no name of a place; give a text")
        name = str.__str__(name)
        if name in self._gazetteer:
            return (self._gazetteer[name],)
        return tuple(self._gazetteer[key] for key in sorted(self._places.get(plain(name), ())))

    def _choices(self, tracts: set[str], places: tuple[Place, ...]) -> list[str]:
        told = [(key, "tract", *self._known[key].point, "") for key in tracts]
        told += [(p.id, p.kind, p.lon, p.lat, f" in {p.tract}") for p in places if p.tract not in tracts]
        return [f"{key} ({kind} at {lon:.2f}, {lat:.2f}{where})" for key, kind, lon, lat, where in sorted(told)]

    def refuse_place(self, name: str) -> NoReturn:
        """Raise `UnknownPlaceError` for a name no place bears, with near ones."""
        near = [self._spelling[match] for match in self._near(name) if match in self._places]
        raise UnknownPlaceError(f"the gazetteer has no place called {name[:60]!r}{_advice(near)}")

    def _near(self, name: str) -> list[str]:
        """Give the names nearest to one that nobody bears, as they are compared, the nearest first."""
        short = name[:60]
        near = get_close_matches(plain(short), self._spelling, n=12, cutoff=0.6)
        if latin(short) != plain(short) or not near:
            near += get_close_matches(latin(short), self._spelling, n=12, cutoff=0.6)
        return [match for match in dict.fromkeys(near) if self._spelling[match] != name]

    def _means_one(self, match: str) -> bool:
        """Tell whether a name, as it is compared, has an answer: advice that is then refused helps nobody."""
        tracts = {*self._tracts.get(match, ()), *(self._gazetteer[key].tract for key in self._places.get(match, ()))}
        return len(tracts) == 1 and match not in self._regions and self._known[min(tracts)].judged

    def _unknown(self, name: str) -> str:
        """Word the refusal of a name nobody bears, with what else was perhaps meant."""
        near = self._near(name)
        told = [_advice([self._spelling[match] for match in near if self._means_one(match)])]
        regions = [match for match in near[:4] if match in self._regions]
        told += [f"; the region {self._regions[match]!r} is called {self._spelling[match]!r}" for match in regions[:1]]
        advice = "".join(told) or "; give a tract id or the name of a tract or place, or a point (lon, lat)"
        return f"no tract or place is called {name[:60]!r}{advice}"


def _advice(names: Sequence[str]) -> str:
    """Word which names were perhaps meant, empty where there are none."""
    return f"; did you mean {', '.join(dict.fromkeys(names[:4]))}?" if names else ""


def read_region(region: Any, regions: Iterable[str]) -> str | None:
    """Give `region` as `check_region` does, and None where it is None."""
    return None if region is None else check_region(region, regions)


def check_region(region: Any, regions: Iterable[str]) -> str:
    """Give `region` as a plain text if there is one of that path; `UnknownPlaceError` with near paths otherwise."""
    known = list(regions)
    told = str.__str__(region) if isinstance(region, str) else ""
    if told in known:
        return told
    near = get_close_matches(told[:60], known, n=4, cutoff=0.4)
    listed = ", ".join(near) if near else ", ".join(sorted(path for path in known if "." not in path))
    raise UnknownPlaceError(f"no region is called {shown(region)}; regions are dotted paths such as {listed}")


def read_position(place: Any) -> Position | None:
    """Read `place` as a position if it is a point or a pair of numbers, None if it is a name.

    Raises `PlaceError` for numbers that cannot be a longitude and a latitude, for a pair that is plainly swapped, and for
    anything that is neither name nor position.
    """
    if isinstance(place, str):
        return None
    if hasattr(place, "geom_type"):
        if place.geom_type != "Point" or place.is_empty:
            raise PlaceError(f"{shown(place)} is not a point; give a shapely Point or (lon, lat)")
        return _checked(place.x, place.y)
    try:
        lon, lat = place
        if isinstance(lon, str | bool) or isinstance(lat, str | bool):
            raise TypeError("a coordinate is a number")
        position = Position(float(lon), float(lat))
    except Exception as wrong:  # what is given may be of any kind, and raise whatever it likes
        raise PlaceError(f"{shown(place)} is not a place; give a tract id, a name, (lon, lat) or a shapely Point") from wrong
    return _checked(*position)


def _checked(lon: float, lat: float) -> Position:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise PlaceError(f"({lon}, {lat}) has a missing or infinite coordinate; give (lon, lat) in degrees")
    if not in_frame(lon, lat) and in_frame(lat, lon):
        raise PlaceError(f"({lon}, {lat}) looks swapped: ({lat}, {lon}) lies in the atlas; give longitude first, then latitude")
    if not -180 <= lon <= 180 or not -90 <= lat <= 90:
        raise PlaceError(f"({lon}, {lat}) is off the globe; longitudes run from -180 to 180, latitudes from -90 to 90")
    return Position(lon, lat)


def in_frame(lon: float, lat: float) -> bool:
    """Tell whether a position lies in the frame of the land this atlas draws."""
    west, south, east, north = FRAME
    return west <= lon <= east and south <= lat <= north
