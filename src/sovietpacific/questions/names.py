"""Turn what a user calls a place into a tract or a point: ids, names in any script, coordinates,
each refused with advice.

Knows the gazetteer and nothing of shapes: which tract a point lies in, `land` says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any, NamedTuple, NoReturn

from sovietpacific.errors import PlaceError, UnknownPlaceError, shown
from sovietpacific.facts.places import NamedPlace
from sovietpacific.facts.records import Region, Tract


def plain(name: str) -> str:
    """Return what of a name is compared: no case, diacritics, spaces, hyphens or apostrophes.

    >>> plain("Port-Arthur") == plain("port arthur") == plain("Pört Arthur")
    True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if unicodedata.category(sign)[0] in "LN")


#: Cyrillic letters in Latin ones, after diacritics are taken off; the signs that have no sound
#: fall away.
_LATIN = {
    **dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", strict=True)),
    **dict(zip("жхцчшюяьъ", ("zh", "kh", "ts", "ch", "sh", "yu", "ya", "", ""), strict=True)),
    "щ": "shch",
}


def latin(name: str) -> str:
    """Return a name as `plain` does, with Cyrillic in Latin letters.

    So a slip in one script finds the name in the other.

    >>> latin("Хабаровск")
    'khabarovsk'
    """
    return "".join(_LATIN.get(sign, sign) for sign in plain(name))


class Meaning(NamedTuple):
    """What a name means: a tract, and the places in it that bear the name."""

    tract: str
    places: tuple[NamedPlace, ...]


class Names:
    """All names of tracts and places, in every script, and the regions, ready to be looked up."""

    def __init__(
        self,
        tracts: Mapping[str, Tract],
        regions: Mapping[str, Region],
        places: Mapping[str, NamedPlace],
    ) -> None:
        """Index the ids and names of the judged tracts and of places; regions are for advice."""
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

    def _add(self, index: dict[str, set[str]], key: str, names: Iterable[str]) -> None:
        for name in names:
            compared = plain(name)
            index.setdefault(compared, set()).add(key)
            self._spelling.setdefault(compared, name)

    def meaning(self, name: str) -> Meaning:
        """Return the one tract that `name` means, and the places of that name in it.

        An id of a tract, then of a place, means just that; any other name means every tract and
        every place that bears it. Raise `UnknownPlaceError` with near names for an unknown name,
        with the choices where it means several tracts, and with some tracts of a region for a
        region, which has no single answer.
        """
        name = str.__str__(name)
        if name in self._known:
            place = self._gazetteer.get(name)
            return Meaning(name, (place,) if place and place.tract == name else ())
        if name in self._gazetteer:
            return Meaning(self._gazetteer[name].tract, (self._gazetteer[name],))
        tracts, places = self._tracts.get(plain(name), set()), self.places_called(name)
        meant = sorted(tracts | {place.tract for place in places})
        region = self._regions.get(plain(name))
        if len(meant) == 1 and region is None:
            return Meaning(meant[0], places)
        choices = ", ".join(self._choices(tracts, places))
        if region is not None and meant:
            raise UnknownPlaceError(
                f"{shown(name)} is the name of the region {region!r}, and of {choices}; "
                "give the id of a tract"
            )
        if meant:
            raise UnknownPlaceError(
                f"{shown(name)} is the name of several tracts or places: {choices}; "
                "give one of these ids"
            )
        if region is not None:
            members = (key for key, tract in self._known.items() if tract.lies_in(region))
            some = ", ".join(islice(members, 6))
            raise UnknownPlaceError(
                f"{shown(name)} is the region {region!r}, not one tract; "
                f"ask for one of these: {some}, …"
            )
        raise UnknownPlaceError(self._unknown(name))

    def places_called(self, name: Any) -> tuple[NamedPlace, ...]:
        """Return the places of this id or name, sorted by id, none if there are none.

        Raise `PlaceError` for what is no text.
        """
        if not isinstance(name, str):
            raise PlaceError(
                f"{shown(name)} ({type(name).__name__}) is no name of a place; give a text"
            )
        name = str.__str__(name)
        if name in self._gazetteer:
            return (self._gazetteer[name],)
        return tuple(self._gazetteer[key] for key in sorted(self._places.get(plain(name), ())))

    def _choices(self, tracts: set[str], places: tuple[NamedPlace, ...]) -> list[str]:
        choices = [(key, "tract", *self._known[key].point, "") for key in tracts]
        choices += [
            (place.id, place.kind, place.lon, place.lat, f" in {place.tract}")
            for place in places
            if place.tract not in tracts
        ]
        return [
            f"{key} ({kind} at {lon:.2f}, {lat:.2f}{where})"
            for key, kind, lon, lat, where in sorted(choices)
        ]

    def refuse_place(self, name: str) -> NoReturn:
        """Raise `UnknownPlaceError` for a name no place bears, with near ones."""
        near = [self._spelling[match] for match in self._near(name) if match in self._places]
        raise UnknownPlaceError(f"the gazetteer has no place called {name[:60]!r}{_advice(near)}")

    def _near(self, name: str) -> list[str]:
        """Return the names nearest to one that nobody bears, as they are compared, in order."""
        short = name[:60]
        near = get_close_matches(plain(short), self._spelling, n=12, cutoff=0.6)
        if latin(short) != plain(short) or not near:
            near += get_close_matches(latin(short), self._spelling, n=12, cutoff=0.6)
        return [match for match in dict.fromkeys(near) if self._spelling[match] != name]

    def _means_one(self, match: str) -> bool:
        """Return whether a name, as it is compared, has an answer.

        Advice that is then refused helps nobody.
        """
        tracts = {
            *self._tracts.get(match, ()),
            *(self._gazetteer[key].tract for key in self._places.get(match, ())),
        }
        return len(tracts) == 1 and match not in self._regions and self._known[min(tracts)].judged

    def _unknown(self, name: str) -> str:
        """Return the refusal of a name nobody bears, with what else was perhaps meant."""
        near = self._near(name)
        advice = _advice([self._spelling[match] for match in near if self._means_one(match)])
        regions = [match for match in near[:4] if match in self._regions]
        if regions:
            region, spelling = self._regions[regions[0]], self._spelling[regions[0]]
            advice += f"; the region {region!r} is called {spelling!r}"
        if not advice:
            advice = "; give a tract id or the name of a tract or place, or a point (lon, lat)"
        return f"no tract or place is called {name[:60]!r}{advice}"


def _advice(names: Sequence[str]) -> str:
    """Return the words that say which names were perhaps meant, empty where there are none."""
    return f"; did you mean {', '.join(dict.fromkeys(names[:4]))}?" if names else ""


def read_region(region: Any, regions: Iterable[str]) -> str | None:
    """Return `region` as `check_region` does, and None where it is None."""
    return None if region is None else check_region(region, regions)


def check_region(region: Any, regions: Iterable[str]) -> str:
    """Return `region` as a plain text if there is one of that path.

    Raise `UnknownPlaceError` with near paths if there is none.
    """
    known = list(regions)
    path = str.__str__(region) if isinstance(region, str) else ""
    if path in known:
        return path
    near = get_close_matches(path[:60], known, n=4, cutoff=0.4)
    listed = ", ".join(near or sorted(path for path in known if "." not in path))
    raise UnknownPlaceError(
        f"no region is called {shown(region)}; regions are dotted paths such as {listed}"
    )
