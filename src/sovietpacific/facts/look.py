"""Define how maps show what the atlas holds: the records of `seeds/look.toml`.

Knows colours, stripes, zooms and the rules of standings, and nothing of how a map is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

#: How many hold land of a standing.
NOBODY, ONE, SEVERAL = "none", "one", "several"

#: In which views a standing may occur, or a line is drawn.
IN_ALL, IN_CONTROL = "all", "control"

#: Stages of a front stand in a file of their own, and are of this kind.
FRONT = "front"


@dataclass(frozen=True, slots=True)
class LookLineage:
    """The colour of a lineage, and the language of its official names, "" where there are none."""

    id: str
    colour: str
    language: str


@dataclass(frozen=True, slots=True)
class LookStanding:
    """A kind of hold: how many hold, in which views, and how its land is filled.

    `pattern` says how its stripes run; `colours` are those of the ground and of the stripes where
    nobody holds, and else none. `named` tells whether the name of the state stands on its land;
    `word` is the key of its words.
    """

    id: str
    holders: str
    views: str
    pattern: str
    colours: tuple[str, ...]
    named: bool
    word: str


@dataclass(frozen=True, slots=True)
class LookLanguage:
    """A language of names: the scripts it is written in, as the first words of the Unicode names of
    their letters, and whether tracts and regions have `names` in it.
    """

    id: str
    scripts: tuple[str, ...]
    tracts: bool


@dataclass(frozen=True, slots=True)
class LookPlaceKind:
    """A kind of place: the web zoom its names are shown from, and whether it has a dot.

    `natural` places were there before any name; the land of a place with an `own_name` needs none.
    """

    id: str
    zoom: int
    dot: bool
    natural: bool
    own_name: bool


@dataclass(frozen=True, slots=True)
class LookLineKind:
    """A kind of line: how it is drawn, and how where it is disputed, and in which views .

    A line that divides land has "" for both: what it parts decides. Any other is drawn over the
    map.
    """

    id: str
    drawn: str
    disputed: str
    views: str

    @property
    def free(self) -> bool:
        """Tell whether such lines are drawn over the map and divide no land."""
        return bool(self.drawn)


@dataclass(frozen=True, slots=True)
class LookStroke:
    """One stroke of a line on a sheet: colour, width and dashes in points, none where whole."""

    colour: str
    width: float
    dashes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LookDrawnLine:
    """A way in which lines are drawn: its strokes on sheets, the lowest first, and its level there.

    Without strokes it is left to web maps. `zoom` is that from which on all its lines have their
    names on web maps.
    """

    id: str
    level: int
    strokes: tuple[LookStroke, ...]
    zoom: int | None


@dataclass(frozen=True, slots=True)
class LookSea:
    """The name of a sea: a rough outline within which it may stand on sheets, as (lon, lat).

    `lines` are those in which it is written on web maps, at `point`, from `zoom` on; a sea without
    a point has no name there.
    """

    id: str
    outline: tuple[tuple[float, float], ...]
    lines: tuple[str, ...]
    point: tuple[float, float] | None
    zoom: int | None


@dataclass(frozen=True, slots=True)
class LookLand:
    """The name of a stretch of land: where it stands, as (lon, lat), and from which web zoom on."""

    id: str
    point: tuple[float, float]
    zoom: int


@dataclass(frozen=True, slots=True)
class LookPlace:
    """A place that comes before all others of its kind: its rank among these, and its web zoom."""

    id: str
    rank: int
    zoom: int


@dataclass(frozen=True, slots=True)
class Look:
    """How maps show what the atlas holds; every table by id, in the order of `look.toml`.

    `nobody` is the ground of land that is nobody's in law, `beside` the stripe of governments
    `beside` the main one of their lineage, whose ids `striped` gives. `named_lines` gives the web
    zoom from which on a named line has its name.
    """

    nobody: str
    beside: str
    striped: tuple[str, ...]
    lineages: Mapping[str, LookLineage]
    standings: Mapping[str, LookStanding]
    languages: Mapping[str, LookLanguage]
    place_kinds: Mapping[str, LookPlaceKind]
    line_kinds: Mapping[str, LookLineKind]
    drawn_lines: Mapping[str, LookDrawnLine]
    seas: Mapping[str, LookSea]
    lands: Mapping[str, LookLand]
    first_places: Mapping[str, LookPlace]
    named_lines: Mapping[str, int]

    def standings_in(self, view: str) -> tuple[str, ...]:
        """Return the standings that may occur in a view, in their order."""
        return tuple(
            key
            for key, standing in self.standings.items()
            if view == "control" or standing.views == IN_ALL
        )

    def languages_of_tracts(self) -> tuple[str, ...]:
        """Return the languages in which tracts and regions have `names`, in their order."""
        return tuple(key for key, language in self.languages.items() if language.tracts)

    def is_free(self, kind: str) -> bool:
        """Tell whether lines of a kind are drawn over the map and divide no land."""
        known = self.line_kinds.get(kind)
        return known is not None and known.free


#: The records that each table of a look holds.
TABLES: Mapping[str, Any] = {
    "lineages": LookLineage,
    "standings": LookStanding,
    "languages": LookLanguage,
    "place_kinds": LookPlaceKind,
    "line_kinds": LookLineKind,
    "drawn_lines": LookDrawnLine,
    "seas": LookSea,
    "lands": LookLand,
    "first_places": LookPlace,
}


def standings(look: Look) -> dict[str, str]:
    """Return every standing with the key of its words, for whoever words them."""
    return {key: standing.word for key, standing in look.standings.items()}


def records_within(look: Look) -> Iterator[Any]:
    """Yield every record of a look, and those that stand within them."""
    for name in TABLES:
        yield from getattr(look, name).values()
    for line in look.drawn_lines.values():
        yield from line.strokes


def look_of(document: Mapping[str, Any]) -> Look:
    """Return the look that a document of `look_document` tells of; nothing is checked."""
    tables: dict[str, Any] = {
        name: {row["id"]: _record(kind, row) for row in document[name]}
        for name, kind in TABLES.items()
    }
    plain = {name: document[name] for name in ("nobody", "beside", "named_lines")}
    return Look(**plain, striped=tuple(document["striped"]), **tables)


def _record(kind: Any, row: Mapping[str, Any]) -> Any:
    """Return one record of a table; lists become tuples, and strokes records."""
    values = {key: _frozen(value) for key, value in row.items()}
    if kind is LookDrawnLine:
        values["strokes"] = tuple(_record(LookStroke, stroke) for stroke in row["strokes"])
    return kind(**values)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def look_document(look: Look) -> dict[str, Any]:
    """Return a look as JSON can hold it: a table is a list of rows, which keeps its order."""
    plain = {"nobody": look.nobody, "beside": look.beside, "named_lines": dict(look.named_lines)}
    tables = {name: [_row(record) for record in getattr(look, name).values()] for name in TABLES}
    return {**plain, "striped": list(look.striped), **tables}


def _row(record: Any) -> dict[str, Any]:
    return {field.name: _thawed(getattr(record, field.name)) for field in fields(record)}


def _thawed(value: Any) -> Any:
    if isinstance(value, LookStroke):
        return _row(value)
    return [_thawed(one) for one in value] if isinstance(value, tuple) else value
