"""Write what the page of the slider knows.

Knows the atlas and nothing of Folium.

Every tract, line, act and name stands in it once, and for each view the days they change on. How
the page shows them is the matter of its scripts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.texts import plain
from sovietpacific.answers.words import holds, pages, views
from sovietpacific.answers.words.wording import text, wording
from sovietpacific.atlas import Atlas
from sovietpacific.dates import FIRST_DAY
from sovietpacific.facts.records import Claim, Tenure, Tract
from sovietpacific.maps.pages.encoding import encode_polygons
from sovietpacific.maps.pages.slider_lines import line_tables
from sovietpacific.maps.pages.slider_runs import Table, number, run_of
from sovietpacific.maps.scene.names import fixed_names, importance, kind_of, names_shown
from sovietpacific.questions.names import read_region
from sovietpacific.timelines.timekeeper import Timekeeper

#: The rim of the Pacific a page opens on: west, south, east, north in degrees.
RIM = (112.0, 34.0, 157.0, 54.0)


def timeline_payload(
    atlas: Atlas,
    day: date | None = None,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Return what the page knows, as values JSON can hold.

    Days are whole days since 1855-01-01, spans half-open. Looks (how a tract is filled, worded, and
    who holds it) and tenures (since when, by what act, on whose word) stand in tables, each once; a
    tract has in each view a run of either: days, each followed by the place in its table. The page
    only looks up. Shapes are of light detail (EPSG:4326). Raise `DayError`, `ViewError` or
    `UnknownPlaceError` for what is no day, view or region.
    """
    last = atlas.as_of
    shown = day or last
    view, region = atlas.time.check_view(view, shown), read_region(region, atlas.records.regions)
    tracts = [
        tract
        for tract in atlas.records.tracts.values()
        if tract.judged and (region is None or tract.lies_in(region))
    ]
    alone = palette.small_islands(tracts, atlas.shapes.edges)
    # Islands with their casings are drawn over larger land.
    tracts.sort(key=lambda tract: (tract.id in alone, tract.id))
    writer = _Writer(atlas, tracts, alone)
    drawn = {name: writer.view(name) for name in atlas.time.views}
    backdrop = [tract for tract in atlas.records.tracts.values() if not tract.judged]
    where = atlas.region_names[region] if region else ""
    return {
        "title": plain(title) if title else text(views.all_days_title()),
        "where": plain(where),
        "about": text(views.about(atlas.version)),
        "language": wording().language,
        "texts": pages.patterns("timeline", wording()),
        "version": atlas.version,
        "credit": plain(atlas.credit),
        "last": number(last),
        "day": number(shown),
        "view": view,
        "bounds": _bounds(tracts) if region else list(RIM),
        "tracts": [writer.tract(tract) for tract in tracts],
        "ground": [encode_polygons(atlas.shapes.of(tract.id, "light")) for tract in backdrop],
        "views": drawn,
        # The lines come before the tables, into which they are written.
        **line_tables(atlas, tracts, region, drawn, writer.runs, writer.instruments),
        **writer.tables(),
        "fixed": [
            [plain(name.text), name.lon, name.lat, name.kind, name.rank, name.zoom]
            for name in fixed_names(atlas.records.look)
        ],
        "places": _places(atlas, tracts, last.year),
    }


class _Writer:
    """The tables of a page: each distinct look, tenure, claim, act and run is written once."""

    def __init__(self, atlas: Atlas, tracts: Sequence[Tract], islands: Collection[str]) -> None:
        self.atlas, self.tracts, self.islands = atlas, tracts, islands
        self.runs, self.instruments = Table(), Table()
        self._fills, self._words, self._looks = Table(), Table(), Table()
        self._tenures, self._sources, self._claims = Table(), Table(), Table()

    def view(self, view: str) -> dict[str, Any]:
        """Return one view: its words, its first day, and the runs of every tract."""
        state = self.atlas.records.views.get(view)
        return {
            "name": plain(text(views.short_name(self.atlas.records, view))),
            "words": plain(text(views.shown(self.atlas.records, view))),
            "first": number(self.atlas.time.first_day(view)),
            "base": state.base if state else "",
            "tenures": [self.runs.place(self._tenure_run(tract, view)) for tract in self.tracts],
            "looks": [self.runs.place(self._look_run(tract, view)) for tract in self.tracts],
        }

    def tract(self, tract: Tract) -> list[Any]:
        """Return what holds for a tract on every day.

        That is id, name, area (km²), position, whether an island, claims, and shape.
        """
        by_day = sorted(tract.claims, key=lambda claim: claim.since)
        claims = [self._claim(claim) for claim in by_day]
        shape = encode_polygons(self.atlas.shapes.of(tract.id, "light"))
        island = int(tract.id in self.islands)
        area = round(tract.area_km2, 3)
        return [tract.id, plain(tract.name), area, [*tract.point], island, claims, shape]

    def tables(self) -> dict[str, Any]:
        """Return the tables, after everything else was written."""
        polities = {
            key: [plain(polity.name), self._act(polity.by)]
            for key, polity in self.atlas.records.polities.items()
        }
        return {
            "fills": self._fills.rows,
            "words": self._words.rows,
            "looks": self._looks.rows,
            "tenures": self._tenures.rows,
            "claims": self._claims.rows,
            "sources": self._sources.rows,
            "instruments": self.instruments.rows,
            "runs": self.runs.rows,
            "lineages": {key: plain(name) for key, name in self.atlas.lineages.items()},
            "polities": polities,
        }

    def _look_run(self, tract: Tract, view: str) -> tuple[int, ...]:
        time = self.atlas.time
        return run_of(
            (day, self._look(time, tract, view, day)) for day in time.days_of(tract.id, view)
        )

    def _look(self, time: Timekeeper, tract: Tract, view: str, day: date) -> int:
        hold, sovereign = time.hold(tract.id, view, day), time.sovereign(tract.id, view, day)
        row = BorderRow.of(hold, sovereign)
        fill = self._fills.place(tuple(palette.fill_of_row(self.atlas.records.look, row)))
        words = self._words.place(
            plain(text(holds.legend(self.atlas.records, holds.Holding.of_row(row), view)))
        )
        polities = holds.names_of(self.atlas.records, row.polities)
        lineages = holds.lineage_names(self.atlas.records, row.holders)
        told = [
            self._words.place(plain(text(holds.held(names, row.standing, view))))
            for names in (polities, lineages)
        ]
        return self._looks.place(
            (fill, words, hold.holder, row.polities, row.standing, sovereign.holder, *told)
        )

    def _tenure_run(self, tract: Tract, view: str) -> tuple[int, ...]:
        tenures = self.atlas.time.timeline(tract.id, view)
        return run_of(((tenure.since, self._tenure(tenure)) for tenure in tenures), keep=True)

    def _tenure(self, tenure: Tenure) -> int:
        sources = tuple(self._sources.place(source) for source in tenure.sources)
        sure = (tenure.certainty, int(tenure.seen), tenure.edtf or "")
        return self._tenures.place(
            (self._act(tenure.instrument), sources, *sure, int(tenure.renews), plain(tenure.note))
        )

    def _act(self, instrument: str) -> int:
        if not instrument:
            return -1
        record = self.atlas.records.instruments.get(instrument)
        return self.instruments.place((instrument, plain(record.name) if record else ""))

    def _claim(self, claim: Claim) -> int:
        name = holds.name_of(self.atlas.records, claim.claimant)
        sources = tuple(self._sources.place(source) for source in claim.sources)
        until = None if claim.until is None else number(claim.until)
        act, sure = self._act(claim.instrument), (claim.certainty, int(claim.seen))
        return self._claims.place((plain(name), number(claim.since), until, act, sources, *sure))


def _places(atlas: Atlas, tracts: Sequence[Tract], last: int) -> list[list[Any]]:
    """Return every place once: position, kind, rank, zoom, its tract, and its names.

    Each list of names has the year from which on it is shown. Names change with the year, never
    within it; a year without names is one in which the place was not there.
    """
    look = atlas.records.look
    place_of = {tract.id: index for index, tract in enumerate(tracts)}
    found = []
    for place in atlas.records.places.values():
        runs: list[list[Any]] = []
        # Only in the years from which on a name is official, or no more, can the names differ from
        # those of the year before.
        turns = {
            year
            for name in place.names
            for year in (name.since, name.until + 1 if name.until else None)
            if year
        }
        for year in sorted(
            {FIRST_DAY.year, *(year for year in turns if FIRST_DAY.year < year <= last)}
        ):
            names = [plain(name) for name in names_shown(look, place, date(year, 1, 1))]
            if not runs or runs[-1][1] != names:
                runs.append([year, names])
        where = [
            round(place.lon, 3),
            round(place.lat, 3),
            kind_of(look, place),
            *importance(look, place),
            place_of.get(place.tract, -1),
        ]
        found.append([*where, runs])
    return sorted(found, key=lambda row: (row[3], row[6][-1][1]))


def _bounds(tracts: Iterable[Tract]) -> list[float]:
    """Return the box of all of some tracts."""
    wests, souths, easts, norths = zip(*(tract.bbox for tract in tracts), strict=True)
    return [min(wests), min(souths), max(easts), max(norths)]
