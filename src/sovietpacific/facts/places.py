"""Define the nouns of the gazetteer: a place, and the names it bore with their years.

Knows names and years, and nothing of tracts beyond their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place, with the years it was in use.

    `official` says that it was so in the state that held the place in those years. `until` is None
    while the name lasts, `since` None where it is older than this atlas or its beginning was not
    found out.
    """

    text: str
    language: str
    since: int | None
    until: int | None
    official: bool
    source: str
    seen: bool

    def official_on(self, day: date) -> bool:
        """Return whether the name was official on `day`; in the year of a renaming both were."""
        return self.official and (self.since or 0) <= day.year <= (self.until or day.year)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A town, cape, station or island with its names.

    `tract` is where it lies, `distance_km` how far off that land.
    """

    id: str
    lon: float
    lat: float
    kind: str
    accuracy_km: float
    tract: str
    distance_km: float
    source: str
    note: str
    names: tuple[PlaceName, ...]

    @property
    def name(self) -> str:
        """The English name."""
        return next(name.text for name in self.names if name.language == "en")

    def names_on(self, day: date) -> tuple[str, ...]:
        """Return the official names of `day`, those in Latin letters first, each once."""
        official = [name for name in self.names if name.official_on(day)]
        latin = [name.text for name in official if name.language in ("en", "latn")]
        return tuple(dict.fromkeys([*latin, *(name.text for name in official)]))
