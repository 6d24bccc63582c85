"""Hold all records and shapes, indexed and immutable; the questions put to them stand in `api`.

Knows records, names and shapes, and nothing of labels, maps and exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sovietpacific.answers import texts
from sovietpacific.answers.words.views import question
from sovietpacific.answers.words.wording import text
from sovietpacific.errors import OutsideScopeError, shown
from sovietpacific.facts.editions import Rebuilt, Register
from sovietpacific.facts.records import VIEWS, Tract
from sovietpacific.facts.store import Store
from sovietpacific.land.shapes import Shapes
from sovietpacific.questions.names import Meaning, Names
from sovietpacific.timelines.timekeeper import Timekeeper

if TYPE_CHECKING:
    from sovietpacific.answers.atlas_frame import AtlasFrame

#: How many maps of a day are kept ready, and how many answers about a place.
MAPS_KEPT, ANSWERS_KEPT = 32, 100_000


class Atlas(Rebuilt):
    """Who held which piece of land on which day, around the Soviet Pacific, from 1855 to today.

    It is made by `load_atlas`, may be read, and may be given to any question as ``atlas=``; the
    questions themselves are functions of the package.  Days are local civil days; spans are
    half-open; on the day of a change the new holder holds.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> atlas = sp.load_atlas()
    >>> atlas.tracts["urup"].name, atlas.lineages["japan"], atlas.regions[:1]
    ('Urup', 'Japan', ('amur',))

    """

    def __init__(self, store: Store) -> None:
        """Read the records of `store`; shapes are read when they are first asked for."""
        self.edition, self.records = store.edition, store.read_records()
        self.names = Names(self.records.tracts, self.records.regions, self.records.places)
        self.time = Timekeeper(
            self.records.tracts, self.records.polities, self.records.views, self.records.as_of
        )
        self.shapes = Shapes(store, self.records)
        self._maps: dict[tuple[Any, ...], AtlasFrame] = {}
        self._answers: dict[tuple[str, date], tuple[Any, ...]] = {}

    def __repr__(self) -> str:
        judged = sum(tract.judged for tract in self.records.tracts.values())
        span = f"{self.records.first_day} to {self.records.as_of}"
        return f"<Atlas {self.version}: {judged} tracts, {span}>"

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.records.version

    @property
    def as_of(self) -> date:
        """The day this edition of the facts was closed, which is the last it answers for."""
        return self.records.as_of

    @property
    def credit(self) -> str:
        """The line every map and every export carries."""
        return texts.credit_line(self.version)

    @property
    def tracts(self) -> Mapping[str, Tract]:
        """All tracts by id, the backdrop included."""
        return Register(self.records.tracts)

    @property
    def regions(self) -> tuple[str, ...]:
        """The dotted paths of all regions, sorted."""
        return tuple(sorted(self.records.regions))

    @property
    def region_names(self) -> Mapping[str, str]:
        """The names of all regions by dotted path."""
        return {key: region.name for key, region in self.records.regions.items()}

    @property
    def views(self) -> Mapping[str, str]:
        """The views by name, with the question each answers; those of single states last."""
        three = {view: text(question(view)) for view in VIEWS}
        return {**three, **{key: view.name for key, view in self.records.views.items()}}

    @property
    def lineages(self) -> Mapping[str, str]:
        """The names of all lineages by id."""
        return dict(self.records.lineages)

    @property
    def colours(self) -> Mapping[str, str]:
        """The colours of all lineages on maps by id, as `#RRGGBB`."""
        return {key: look.colour for key, look in self.records.look.lineages.items()}

    @cached_property
    def polity_names(self) -> Mapping[str, str]:
        """The names of all polities by id."""
        return {key: polity.name for key, polity in self.records.polities.items()}

    def judged_tracts(self, region: str | None = None) -> Iterator[Tract]:
        """Yield the tracts that are judged, in order, of one region or of all."""
        for key in self._judged_ids:
            tract = self.records.tracts[key]
            if region is None or tract.lies_in(region):
                yield tract

    @cached_property
    def _judged_ids(self) -> tuple[str, ...]:
        return tuple(key for key, tract in self.records.tracts.items() if tract.judged)

    def judged_name(self, name: str) -> Meaning:
        """Return the judged tract a name means, and the places of that name in it."""
        meaning = self.names.meaning(name)
        if not self.records.tracts[meaning.tract].judged:
            raise OutsideScopeError(
                f"{shown(name)} is drawn for orientation only; "
                "this atlas does not judge whose it was"
            )
        return meaning

    def about(self, view: str, day: date, region: str | None) -> dict[str, str]:
        """Return what a frame says of itself in ``attrs``: view, day, region, version, credit."""
        part = {} if region is None else {"region": region}
        edition = {"version": self.version, "credit": self.credit}
        return {"view": view, "day": day.isoformat(), **part, **edition}

    def kept_map(self, key: tuple[Any, ...], make: Callable[[], AtlasFrame]) -> AtlasFrame:
        """Return the map kept under `key`, made when it is first asked for; no copy is made."""
        frame = self._maps.get(key)
        if frame is None:
            frame = make()
            while len(self._maps) >= MAPS_KEPT:  # a walk over all epochs must not keep them all
                # The first key is taken of a copy, since other threads drop and add too.
                self._maps.pop(next(iter([*self._maps, key])), None)
            self._maps[key] = frame
        return frame

    def kept_answers(
        self, tract: str, day: date, make: Callable[[], tuple[Any, ...]]
    ) -> tuple[Any, ...]:
        """Return the answers kept for a tract on a day, made when they are first asked for."""
        answers = self._answers.get((tract, day))
        if answers is None:
            if len(self._answers) >= ANSWERS_KEPT:
                self._answers.clear()  # a cache, not a log: questions may come by the million
            answers = self._answers[tract, day] = make()
        return answers  # never looked up anew: another thread may have cleared it meanwhile
