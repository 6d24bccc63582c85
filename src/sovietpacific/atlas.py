"""The atlas: all records and shapes, indexed and immutable, and the questions it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sovietpacific import frames
from sovietpacific.answer_card import AnswerCard
from sovietpacific.arguments import read_flag, read_km
from sovietpacific.changes import CHANGE_COLUMNS, list_changes
from sovietpacific.dates import parse_day
from sovietpacific.editions import Rebuilt, Register
from sovietpacific.errors import DayError, OutsideScopeError, choose, shown
from sovietpacific.folds import (
    BORDER_COLUMNS,
    HISTORY_COLUMNS,
    LINE_COLUMNS,
    TRACT_COLUMNS,
    border_row,
    fold_borders,
    fold_line,
    fold_tenure,
    fold_tract,
    is_asked,
)
from sovietpacific.labelling import USUAL_COLUMNS, Labeller
from sovietpacific.placenames import Meaning, Names, read_position, read_region
from sovietpacific.records import VIEWS, Tract
from sovietpacific.registers import list_instruments, list_places, list_polities, list_sources
from sovietpacific.shapes import Shapes
from sovietpacific.sovereignty import QUESTIONS, Answer, Sovereignty
from sovietpacific.store import Store
from sovietpacific.timekeeping import Timekeeper
from sovietpacific.timetable import Timetable

if TYPE_CHECKING:
    import pandas

    from sovietpacific.border_frame import AtlasFrame

#: Which shapes a map is drawn with: full detail, or about 1 km.
DETAILS = ("fine", "light")

#: How many maps of a day are kept ready, and how many answers about a place.
MAPS_KEPT, ANSWERS_KEPT = 32, 100_000


class Atlas(Rebuilt):
    """Who held which piece of land on which day, around the Soviet Pacific, from 1855 to today.

    Make one with `load_atlas()`.  Days are local civil days; spans are half-open; on the day of a change the new holder holds.
    Every frame names its view, day, region (if asked), data version and credit in `.attrs`.
    """

    def __init__(self, store: Store) -> None:
        """Read the records of `store`; shapes are read when they are first asked for."""
        self.edition, self.records = store.edition, store.read_records()
        self._names = Names(self.records.tracts, self.records.regions, self.records.places)
        self.time = Timekeeper(self.records.tracts, self.records.polities, self.records.views, self.records.as_of)
        self.shapes = Shapes(store, self.records.tracts, self.records.lines)
        self._maps: dict[tuple[Any, ...], AtlasFrame] = {}
        self._answers: dict[tuple[str, date], tuple[Any, ...]] = {}
        self._timetables: dict[str, Timetable] = {}

    def __repr__(self) -> str:
        judged = sum(tract.judged for tract in self.records.tracts.values())
        return f"<Atlas {self.version}: {judged} tracts, {self.records.first_day} to {self.records.as_of}>"

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.records.version

    @property
    def as_of(self) -> date:
        """The day this edition of the facts was closed: the last it answers for."""
        return self.records.as_of

    @property
    def credit(self) -> str:
        """The line every map and every export carries."""
        return frames.credit_line(self.version)

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
        return {**QUESTIONS, **{key: view.name for key, view in self.records.views.items()}}

    @property
    def lineages(self) -> Mapping[str, str]:
        """The names of all lineages by id."""
        return dict(self.records.lineages)

    @cached_property
    def polity_names(self) -> Mapping[str, str]:
        """The names of all polities by id."""
        return {key: polity.name for key, polity in self.records.polities.items()}

    def borders_at(
        self, when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine", context: bool = False
    ) -> AtlasFrame:
        """Give the map of one day: a row per (holder, standing, sovereign), with the land they share dissolved.

        Columns: `holder` (`japan`; `japan+russia` held together, `japan|russia` contested, "" nobody's or not told), `polity`
        (of that day), `standing`, `sovereign` (the holder of the view `sovereignty`; on a state's own map, whose that map says it
        is), `area_km2` (geodesic), `tracts` (ids joined by `"; "`) and the geometry (EPSG:4326).

        `view` is one of `Atlas.views`: control, sovereignty, title, or the map of one state (`japan`, `russia`, …).  `region`
        keeps the tracts of one region; `detail` is `fine` or `light` (about 1 km); `context=True` adds the backdrop, with
        standing `context`.  The same frame is given for every day of an epoch.  Raises `DayError`, `ViewError`,
        `UnknownPlaceError`.
        """
        day, detail, context = parse_day(when), choose(detail, "detail", DETAILS), read_flag(context, "context")
        view, region = self.time.check_view(view, day), read_region(region, self.records.regions)
        since, _ = self.time.epoch(view, day)
        key = (view, since, region, detail, context)
        made = self._maps.get(key)
        if made is None:
            made = self._make_map(since, view, region, detail, context)
            while len(self._maps) >= MAPS_KEPT:  # a walk over all epochs must not keep every one of them
                self._maps.pop(next(iter([*self._maps, key])), None)  # of a copy: other threads drop and add too
            self._maps[key] = made
        frame: AtlasFrame = made.copy()
        frame.attrs = self._about(view, day, region)
        return frame

    def _make_map(self, day: date, view: str, region: str | None, detail: str, context: bool) -> AtlasFrame:
        rows = fold_borders(self.time, self._judged(region), view, day)
        if context:
            rows.append(border_row("", "context", "", "", [t for t in self.records.tracts.values() if not t.judged]))
        geometries = [self.shapes.dissolved(row["tracts"].split(frames.SEPARATOR), detail) for row in rows]
        return frames.geotable(rows, BORDER_COLUMNS, geometries, {})

    def tracts_at(self, when: Any, *, region: str | None = None, detail: str = "fine") -> AtlasFrame:
        """Give every tract on one day, a row each, with all three views.

        Columns: `tract`, `name`, `control`, `sovereignty`, `title` (holders as in `borders_at`), `claimants`, then of the control
        tenure `standing`, `since`, `until` (ISO text, missing while open), `edtf` (`since` where it is known only within limits),
        `instrument`, `sources`, `certainty`, `seen`, `note`, and `area_km2`, geometry.
        """
        day, detail = self.time.check_told(parse_day(when)), choose(detail, "detail", DETAILS)
        region = read_region(region, self.records.regions)
        rows = [fold_tract(self.time, tract, day) for tract in self._judged(region)]
        geometries = [self.shapes.of(row["tract"], detail) for row in rows]
        return frames.geotable(rows, TRACT_COLUMNS, geometries, self._about("all views", day, region))

    def lines_at(self, when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine") -> AtlasFrame:
        """Give the lines of one day: where two holders met, and every named line in force.

        `status` tells which: `edge`, two different holders met here; `line`, a named line in force that parts no two holders,
        at sea, along a railway, or inside one holder's land; `front`, the front of the Korean War as it was last drawn.
        Nothing is interpolated: a front holds until the next, and `since` says of which day it is.

        Columns: `line` (id, empty if unnamed), `name`, `left`, `right` (the two holders, by the alphabet, whichever way the line
        runs), `left_tract`, `right_tract` (the tract of each), `kind`, `since` (since when these two have met here, or the line
        has been in force, ISO text), `accuracy_km`, `status`; of the named line in force `basis` (the instrument), `sources`,
        `certainty`, `seen`, `note`; geometry (EPSG:4326).  `region` keeps the lines between its tracts, and its free lines.
        """
        day, detail = parse_day(when), choose(detail, "detail", DETAILS)
        view, region = self.time.check_view(view, day), read_region(region, self.records.regions)
        judged = {tract.id for tract in self._judged(region)}
        edges = [edge for edge in self.shapes.edges if is_asked(edge, self.records.lines, judged, region)]
        found = [(fold_line(self.time, edge, self.records.lines.get(edge.line), view, day), edge) for edge in edges]
        rows = [row for row, _ in found if row is not None]
        geometries = [edge.geometry if detail == "fine" else edge.light for row, edge in found if row is not None]
        return frames.geotable(rows, LINE_COLUMNS, geometries, self._about(view, day, region))

    def sovereignty_of(self, place: Any, when: Any, *, snap_km: float = 0.0, view: str | None = None) -> Sovereignty:
        """Answer whose land `place` was on one day, in all three views, and as the map of the state `view` has it, if given.

        `place` is a tract id, a name of a tract or place in any script, a pair (lon, lat), or a shapely Point.  A name that means
        several tracts is refused with the choices.  A point on a shared edge belongs to the tract that sorts first.  A point at
        sea, or on land that is not judged, raises `OutsideScopeError`; with `snap_km` the nearest land to a point at sea answers
        if it is judged and no farther than that, nor than 50 km, and `distance_km` says how far it was.  Raises `DayError`,
        `PlaceError`, `UnknownPlaceError` for what cannot be understood, and for days before the first or after `as_of`.
        """
        day = self.time.check_told(parse_day(when))
        state = None if view is None else self.time.check_view(view, day)
        snap_km, position = read_km(snap_km, "snap_km"), read_position(place)
        if position is None:
            (tract, places), asked = self._judged_name(place), str.__str__(place)
            distance = max((known.distance_km for known in places), default=0.0)
        else:
            (tract, distance), places = self.shapes.tract_near(position, snap_km), ()
            asked = f"{position.lon}, {position.lat}"
        control, sovereignty, title, claims = self._answers_of(tract, day)
        on_map = None if state in (None, *VIEWS) else Answer.of(self.time.hold(tract, state, day))
        return Sovereignty(
            *(asked, tract, day, distance, control, sovereignty, title, claims),
            state=state if on_map and state else "",
            state_map=on_map,
            names=tuple(dict.fromkeys(name for known in places for name in known.names_on(day))),
            name=self.records.tracts[tract].name,
            card=AnswerCard(self.records, self.shapes, tract),
        )

    def _answers_of(self, tract: str, day: date) -> tuple[Any, ...]:
        found = self._answers.get((tract, day))
        if found is None:
            if len(self._answers) >= ANSWERS_KEPT:
                self._answers.clear()  # a cache, not a log: questions may come by the million
            answers = (Answer.of(self.time.hold(tract, view, day)) for view in VIEWS)
            claims = tuple(claim for claim in self.records.tracts[tract].claims if claim.stands_on(day))
            found = self._answers[tract, day] = (*answers, claims)
        return found  # never looked up anew: another thread may have cleared it meanwhile

    def _judged_name(self, name: str) -> Meaning:
        meaning = self._names.meaning(name)
        if not self.records.tracts[meaning.tract].judged:
            raise OutsideScopeError(f"{shown(name)} is drawn for orientation only; this atlas does not judge whose it was")
        return meaning

    def labeller(
        self, *, view: str = "control", snap_km: float = 0.0, columns: Sequence[str] = USUAL_COLUMNS, prefix: str = ""
    ) -> Labeller:
        """Give what labels points by the million in one view; `label` and `label_batches` say what its columns are."""
        view = self.time.check_view(view)
        if view not in self._timetables:
            self._timetables[view] = Timetable(self.time, self.records.tracts, view)
        about = {"view": view, "version": self.version, "credit": self.credit}
        return Labeller(self.shapes, self._timetables[view], about, snap_km=snap_km, columns=columns, prefix=prefix)

    def history_of(self, place: Any, *, view: str = "control") -> pandas.DataFrame:
        """Give the tenures of a place in one view, first to last.

        Columns: `since`, `until` (ISO text, missing while open), `holder`, `polity` (on the first day), `standing`, `instrument`,
        `on`, `sources`, `certainty`, `seen` (bool), `edtf` (the day where it is known only within limits), `note`.
        """
        view, position = self.time.check_view(view), read_position(place)
        tract = self._judged_name(place).tract if position is None else self.shapes.tract_near(position, None)[0]
        rows = [fold_tenure(hold) for hold in self.time.holds(tract, view)]
        return frames.table(rows, HISTORY_COLUMNS, {"view": view, "tract": tract, "version": self.version})

    def changes_between(
        self, start: Any, end: Any, *, view: str = "control", region: str | None = None, certain_only: bool = False
    ) -> AtlasFrame:
        """Give what changed hands after `start`, up to and on `end`: a row per day, from, to and instrument.

        Columns: `day` (ISO text: the first day of the new holder), `from`, `to` (holders as in `borders_at`), `from_standing`,
        `to_standing`, `instrument`, `sources`, `certainty`, `seen` (bool: whether every part of it was read in a source), `edtf`
        (the day where it is known only within limits), `tracts`, `area_km2`, geometry.  A change of standing alone is a change;
        a renewal, or one polity following another in a lineage, is not.  Where the telling of who governed stops or begins, a
        standing is `untold`.

        `certain_only=True` keeps the tracts whose change is firm and was read in a source, and whose day lies after `start` and
        up to `end` wherever in its limits it lies.  `DayError` if `end` is before `start`.
        """
        first, last, certain_only = parse_day(start), parse_day(end), read_flag(certain_only, "certain_only")
        view, region = self.time.check_view(view, first, last), read_region(region, self.records.regions)
        if last < first:
            raise DayError(f"{last} is before {first}; give the earlier day first")
        rows = list_changes(self.time, self._judged(region), view, first, last, certain_only=certain_only)
        geometries = [self.shapes.dissolved(row["tracts"].split(frames.SEPARATOR), "fine") for row in rows]
        about = {**self._about(view, last, region), "start": first.isoformat()}
        return frames.geotable(rows, CHANGE_COLUMNS, geometries, about)

    def epochs(self, view: str = "control") -> pandas.DataFrame:
        """Give the epochs of a view, the longest spans in which its map does not change.

        Columns: `since`, `until` (ISO text, missing for the last).
        """
        edges = self.time.edges(self.time.check_view(view))
        untils = [*(day.isoformat() for day in edges[1:]), None]
        rows = [{"since": day.isoformat(), "until": until} for day, until in zip(edges, untils, strict=True)]
        return frames.table(rows, ("since", "until"), {"view": view, "version": self.version})

    def instruments(self) -> pandas.DataFrame:
        """Give the acts behind the changes: `instrument`, `name`, the days of the act (ISO text), `place`, `parties` and more."""
        return list_instruments(self.records)

    def polities(self) -> pandas.DataFrame:
        """Give the polities: `polity`, `name`, `lineage`, `main`, `since`, `until` (ISO text), and their codes (`gw`, `cow`)."""
        return list_polities(self.records)

    def places(self, name: str | None = None) -> pandas.DataFrame:
        """Give the gazetteer, a row per name; with `name`, all names of the places that bear it.

        Columns: `place` (id), `name`, `language` (`latn` for old Western spellings), `since`, `until` (years, missing where
        open or not known), `official` (bool: in the state that held it in those years), `kind`, `lon`, `lat`, `tract`, `source`,
        `seen` (bool: whether the name and its years were read in the source).  `UnknownPlaceError` for an unknown name.
        """
        if name is None:
            return list_places(self.records, self.records.places.values())
        return list_places(self.records, self._names.places_called(name) or self._names.refuse_place(name))

    def sources(self) -> pandas.DataFrame:
        """Give the bibliography: `source`, `citation`, `url`, `kind`, `seen` (bool: whether the text itself was read)."""
        return list_sources(self.records)

    @cached_property
    def _judged_ids(self) -> tuple[str, ...]:
        return tuple(key for key, tract in self.records.tracts.items() if tract.judged)

    def _judged(self, region: str | None) -> Iterator[Tract]:
        for key in self._judged_ids:
            tract = self.records.tracts[key]
            if region is None or tract.lies_in(region):
                yield tract

    def _about(self, view: str, day: date, region: str | None) -> dict[str, str]:
        asked = {} if region is None else {"region": region}
        return {"view": view, "day": day.isoformat(), **asked, "version": self.version, "credit": self.credit}
