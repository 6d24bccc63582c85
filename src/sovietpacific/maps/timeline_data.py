"""Writes what the page of the slider knows: every tract, line, act and name once, and for each view the days they change on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sovietpacific import frames
from sovietpacific.atlas import Atlas
from sovietpacific.dates import FIRST_DAY
from sovietpacific.folds import border_row
from sovietpacific.maps import style
from sovietpacific.maps.encoding import encode_polygons
from sovietpacific.maps.names import fixed_names, importance, kind_of, names_shown
from sovietpacific.maps.page import plain
from sovietpacific.maps.timeline_lines import line_tables
from sovietpacific.maps.timeline_runs import Table, number, run_of
from sovietpacific.placenames import read_region
from sovietpacific.records import VIEWS, Claim, Tenure, Tract
from sovietpacific.timekeeping import Timekeeper
from sovietpacific.wording import held, legend_words

#: The rim of the Pacific a page opens on: west, south, east, north in degrees.
RIM = (112.0, 34.0, 157.0, 54.0)


def timeline_payload(
    atlas: Atlas, day: date | None = None, view: str = "control", region: str | None = None, title: str | None = None
) -> dict[str, Any]:
    """Give what the page knows, as values JSON can hold; days are whole days since 1855-01-01, spans half-open.

    Looks (how a tract is filled, worded, and who holds it) and tenures (since when, by what act, on whose word) stand in tables,
    each once; a tract has in each view a run of either: days, each followed by the place in its table.  The page only looks up.
    Shapes are of light detail (EPSG:4326).  Raises `DayError`, `ViewError`, `UnknownPlaceError`.
    """
    last = atlas.as_of
    shown = day or last
    view, region = atlas.time.check_view(view, shown), read_region(region, atlas.records.regions)
    tracts = [tract for tract in atlas.records.tracts.values() if tract.judged and (region is None or tract.lies_in(region))]
    alone = style.small_islands(tracts, atlas.shapes.edges)
    tracts.sort(key=lambda tract: (tract.id in alone, tract.id))  # islands with their casings are drawn over larger land
    writer = _Writer(atlas, tracts, alone)
    views = {name: writer.view(name) for name in atlas.time.views}
    backdrop = [tract for tract in atlas.records.tracts.values() if not tract.judged]
    where = atlas.region_names[region] if region else ""
    return {
        "title": plain(title) if title else "Who held what, 1855 to today",
        "where": plain(where),
        "about": f"Data {atlas.version}; no position is taken on any claim",
        "version": atlas.version,
        "credit": plain(atlas.credit),
        "last": number(last),
        "day": number(shown),
        "view": view,
        "bounds": _bounds(tracts) if region else list(RIM),
        "tracts": [writer.tract(tract) for tract in tracts],
        "ground": [encode_polygons(atlas.shapes.of(tract.id, "light")) for tract in backdrop],
        "views": views,
        **line_tables(atlas, tracts, region, views, writer.runs, writer.instruments),  # before the tables it writes into
        **writer.tables(),
        "fixed": [[name.text, name.lon, name.lat, name.kind, name.rank, name.zoom] for name in fixed_names()],
        "places": _places(atlas, tracts, last.year),
    }


class _Writer:
    """Fills the tables of a page: each distinct look, tenure, claim, act and run is written once."""

    def __init__(self, atlas: Atlas, tracts: Sequence[Tract], islands: Collection[str]) -> None:
        self.atlas, self.tracts, self.islands = atlas, tracts, islands
        self.runs, self.instruments = Table(), Table()
        self._fills, self._words, self._looks = Table(), Table(), Table()
        self._tenures, self._sources, self._claims = Table(), Table(), Table()

    def view(self, view: str) -> dict[str, Any]:
        """Write one view: its words, its first day, and the runs of every tract."""
        state = self.atlas.records.views.get(view)
        words = style.words_of_view(view, self.atlas.views)
        name = (
            view.capitalize()
            if view in VIEWS
            else self.atlas.views[view].removeprefix("as the official ").partition(" has it")[0]
        )
        return {
            "name": plain(name[0].upper() + name[1:]),
            "words": plain(words),
            "first": number(self.atlas.time.first_day(view)),
            "base": state.base if state else "",
            "tenures": [self.runs.place(self._tenure_run(tract, view)) for tract in self.tracts],
            "looks": [self.runs.place(self._look_run(tract, view)) for tract in self.tracts],
        }

    def tract(self, tract: Tract) -> list[Any]:
        """Write what holds for a tract on every day: id, name, area (km²), position, whether an island, claims, shape."""
        claims = [self._claim(claim) for claim in sorted(tract.claims, key=lambda claim: claim.since)]
        shape = encode_polygons(self.atlas.shapes.of(tract.id, "light"))
        island = int(tract.id in self.islands)
        return [tract.id, plain(tract.name), round(tract.area_km2, 3), [*tract.point], island, claims, shape]

    def tables(self) -> dict[str, Any]:
        """Give the tables, after everything else was written."""
        polities = {key: [plain(polity.name), self._act(polity.by)] for key, polity in self.atlas.records.polities.items()}
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
        return run_of((day, self._look(time, tract, view, day)) for day in time.days_of(tract.id, view))

    def _look(self, time: Timekeeper, tract: Tract, view: str, day: date) -> int:
        hold, sovereign = time.hold(tract.id, view, day), time.sovereign(tract.id, view, day)
        row = border_row(hold.holder, hold.tenure.standing, sovereign.holder, frames.joined(hold.polities), ())
        fill = self._fills.place(tuple(style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])))
        words = self._words.place(plain(legend_words(row, self.atlas.lineages, self.atlas.polity_names, view)))
        polities = [self.atlas.polity_names.get(polity, polity) for polity in hold.polities]
        lineages = [self.atlas.lineages[lineage] for lineage in hold.tenure.lineages]
        told = [self._words.place(plain(held(names, hold.tenure.standing, view))) for names in (polities, lineages)]
        return self._looks.place((fill, words, hold.holder, hold.polities, hold.tenure.standing, sovereign.holder, *told))

    def _tenure_run(self, tract: Tract, view: str) -> tuple[int, ...]:
        rows = ((tenure.since, self._tenure(tenure)) for tenure in self.atlas.time.timeline(tract.id, view))
        return run_of(rows, keep=True)

    def _tenure(self, tenure: Tenure) -> int:
        sources = tuple(self._sources.place(source) for source in tenure.sources)
        sure = (tenure.certainty, int(tenure.seen), tenure.edtf or "")
        return self._tenures.place((self._act(tenure.instrument), sources, *sure, int(tenure.renews), plain(tenure.note)))

    def _act(self, instrument: str) -> int:
        if not instrument:
            return -1
        record = self.atlas.records.instruments.get(instrument)
        return self.instruments.place((instrument, plain(record.name) if record else ""))

    def _claim(self, claim: Claim) -> int:
        name = self.atlas.lineages.get(claim.claimant) or self.atlas.polity_names[claim.claimant]
        sources = tuple(self._sources.place(source) for source in claim.sources)
        until = None if claim.until is None else number(claim.until)
        row = (plain(name), number(claim.since), until, self._act(claim.instrument), sources, claim.certainty, int(claim.seen))
        return self._claims.place(row)


def _places(atlas: Atlas, tracts: Sequence[Tract], last: int) -> list[list[Any]]:
    """Give every place once: position, kind, rank, zoom, its tract, and the names shown, each with the year from which on.

    Names change with the year, never within it; a year without names is one in which the place was not there.
    """
    place_of = {tract.id: index for index, tract in enumerate(tracts)}
    found = []
    for place in atlas.records.places.values():
        runs: list[list[Any]] = []
        # Only in the years from which on a name is official, or no more, can the names differ from those of the year before.
        turns = {year for name in place.names for year in (name.since, name.until + 1 if name.until else None) if year}
        for year in sorted({FIRST_DAY.year, *(year for year in turns if FIRST_DAY.year < year <= last)}):
            names = [plain(name) for name in names_shown(place, date(year, 1, 1))]
            if not runs or runs[-1][1] != names:
                runs.append([year, names])
        where = [round(place.lon, 3), round(place.lat, 3), kind_of(place), *importance(place), place_of.get(place.tract, -1)]
        found.append([*where, runs])
    return sorted(found, key=lambda row: (row[3], row[6][-1][1]))


def _bounds(tracts: Iterable[Tract]) -> list[float]:
    wests, souths, easts, norths = zip(*(tract.bbox for tract in tracts), strict=True)
    return [min(wests), min(souths), max(easts), max(norths)]
