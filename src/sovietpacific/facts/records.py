"""Define the nouns of the field as frozen records: what the data holds. Knows days and nothing of
files, which `facts.store` reads, nor of how a record is asked for or drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sovietpacific.dates import DayLimits, parse_edtf
from sovietpacific.facts.look import Look
from sovietpacific.facts.places import NamedPlace

#: The views every atlas answers: who governed, whose it was in practice and by instruments.
VIEWS = ("control", "sovereignty", "title")

#: Who governed in this span is not told by this atlas: no holder, and never a firm answer.
UNTOLD = "untold"

#: Nobody's land, or land whose holder was undetermined.
UNASSIGNED = "unassigned"

CERTAINTIES = ("firm", "probable", "approximate")
DAYS_OF_INSTRUMENT = ("signed", "in force", "carried out")

#: The instrument of a row that only says how things stood on the first day.
SERIES_START = "series-start"

#: The instrument of a row with which the telling ends, or begins again without an act.
TELLING = "telling"

#: Instruments that are no acts.
NO_ACTS = (SERIES_START, TELLING)


@dataclass(frozen=True, slots=True)
class Polity:
    """A state or state-like actor.

    `until` is the first day it was no more, None while it lasts; `by` the act it began with;
    `sources` those of its life and of its codes.
    """

    id: str
    name: str
    lineage: str
    main: bool
    since: date
    until: date | None
    by: str = ""
    sources: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    def lives_on(self, day: date) -> bool:
        """Return whether the polity existed on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Instrument:
    """The act behind a change: treaty, armistice, decree, surrender, landing, note.

    `articles` tells in our words what the articles that matter say; `citation` is where the text is
    printed; `bears_on` names the regions and tracts for which the act promises, confirms or
    refuses, where nothing changes hands by it.
    """

    id: str
    name: str
    signed: date | None
    in_force: date | None
    carried_out: date | None
    place: str
    parties: tuple[str, ...]
    articles: str
    citation: str
    sources: tuple[str, ...]
    bears_on: tuple[str, ...]
    effect: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """One bibliography entry; `seen` tells whether the text itself was read."""

    id: str
    citation: str
    url: str
    kind: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Tenure:
    """One hold, from `since` to the next tenure of the same tract and view.

    `holders` are written as in the seeds: a lineage (`"japan"`) or a polity named outright
    (`"china/ccp"`), sorted; empty where it is nobody's, undetermined or not told. `edtf` carries a
    day known only within limits.
    """

    holders: tuple[str, ...]
    standing: str
    since: date
    instrument: str
    on: str
    sources: tuple[str, ...]
    certainty: str
    seen: bool
    edtf: str | None = None
    renews: bool = False
    note: str = ""

    @property
    def lineages(self) -> tuple[str, ...]:
        """The lineages of the holders, sorted, each once."""
        return lineages_of(self.holders)

    @property
    def limits(self) -> DayLimits:
        """The days among which the first day of the hold lies, with what its certainty says of it.

        What was held already on the first day of the atlas began on that day or before.
        """
        if self.instrument == SERIES_START:
            return DayLimits(None, self.since)
        return _limits_of(self.since, self.edtf, self.certainty)


@dataclass(frozen=True, slots=True)
class Claim:
    """An assertion to a tract held by another, over `[since, until)`, and the act that raised it.

    The claimant is a lineage, or a polity outside a main line named outright (`china/roc`).
    """

    claimant: str
    since: date
    until: date | None
    instrument: str
    sources: tuple[str, ...]
    certainty: str
    seen: bool
    note: str = ""

    def stands_on(self, day: date) -> bool:
        """Return whether the claim was upheld on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class StateView:
    """A view of its own that a state has: claims laid over another view.

    Its map starts from the view `base`, and the claims of `claimants` are laid over it. The state
    draws no map before `since`; claims of another claimant are laid over from the day it was
    `recognised`; `reads` puts one holder in another's place: the Republic of China reads China as
    itself.
    """

    id: str
    name: str
    base: str
    claimants: tuple[str, ...]
    since: date
    recognised: Mapping[str, date]
    reads: Mapping[str, str]
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A named group of tracts; its id is the dotted path from the root."""

    id: str
    name: str
    names: Mapping[str, str]
    note: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tract:
    """A piece of land that no act in scope ever divides.

    Backdrop tracts are drawn but not `judged`. Areas are geodesic km² of the fine and of the light
    shape; `point` lies inside the land as (lon, lat); `bbox` is (west, south, east, north) in
    degrees. `timelines` gives, per view, the tenures from the first day on.
    """

    id: str
    name: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    region: str
    file: str
    judged: bool
    area_km2: float
    light_area_km2: float
    published_km2: float | None
    accuracy_km: float | None
    point: tuple[float, float]
    bbox: tuple[float, float, float, float]
    note: str
    timelines: Mapping[str, tuple[Tenure, ...]]
    claims: tuple[Claim, ...]

    def lies_in(self, region: str) -> bool:
        """Return whether the tract is in `region` or below it."""
        return self.region == region or self.region.startswith(region + ".")


@dataclass(frozen=True, slots=True)
class LineLife:
    """One span `[since, until)` on which a named line was in force.

    `basis` is the instrument that drew it; the sources, the certainty and `seen` are those of the
    days and the basis, not of where the line runs. `edtf` carries a first day known only within
    limits.
    """

    since: date
    until: date | None
    basis: str
    sources: tuple[str, ...]
    certainty: str
    seen: bool
    edtf: str | None = None
    note: str = ""

    @property
    def limits(self) -> DayLimits:
        """The days among which the first day of the life lies, marked by its certainty."""
        return _limits_of(self.since, self.edtf, self.certainty)

    def covers(self, day: date) -> bool:
        """Return whether the line was in force on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A named line: a boundary, a railway, or the front of a day; a line may live more than once.

    `drawn` tells how we know where it runs. A line without `lives` has a name and a course, but no
    act that put it in force. Lines of free kinds are drawn over the map; one at sea may name the
    two tracts it runs `between`, one that names none may name the `region` it is asked for with.
    """

    id: str
    name: str
    kind: str
    accuracy_km: float
    drawn: str
    region: str
    between: tuple[str, str] | None
    lives: tuple[LineLife, ...]
    note: str = ""

    def life_on(self, day: date) -> LineLife | None:
        """Return the life of the line that covers `day`, None where it was not in force."""
        return next((life for life in self.lives if life.covers(day)), None)

    def lies_in(self, region: str) -> bool:
        """Return whether a line that parts no tracts is asked for with `region`."""
        return self.region == region or self.region.startswith(region + ".")


@dataclass(frozen=True, slots=True)
class Records:
    """All of `records.json`: everything the atlas knows but the shapes."""

    version: str
    first_day: date
    as_of: date
    lineages: Mapping[str, str]
    polities: Mapping[str, Polity]
    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    regions: Mapping[str, Region]
    tracts: Mapping[str, Tract]
    lines: Mapping[str, NamedLine]
    views: Mapping[str, StateView]
    places: Mapping[str, NamedPlace]
    look: Look


def _limits_of(day: date, edtf: str | None, certainty: str) -> DayLimits:
    """Return the limits written beside a day; without any, the day, marked by its certainty."""
    if edtf is not None:
        return parse_edtf(edtf)
    return DayLimits(
        day, day, approximate=certainty == "approximate", uncertain=certainty == "probable"
    )


def lineages_of(holders: Iterable[str]) -> tuple[str, ...]:
    """Return the lineages of holders, sorted, each once.

    >>> lineages_of(["china/roc", "china/ccp", "russia"])
    ('china', 'russia')
    """
    return tuple(sorted({holder.partition("/")[0] for holder in holders}))


def holder_text(lineages: tuple[str, ...], standing: str) -> str:
    """Return the holders of a tenure as one word for tables and colours.

    `"japan"` for one holder, `"japan+russia"` for a condominium or a shared hold, `"japan|russia"`
    where it is contested, and `""` where it is nobody's, undetermined or not told.

    >>> holder_text(("japan", "russia"), "contested")
    'japan|russia'
    """
    return ("|" if standing == "contested" else "+").join(lineages)
