"""Check that records hang together: every value of its type, every id known, every timeline whole
and in order.

Knows the records and nothing of the files they were read from, nor of shapes.

The checksum of a file tells whether it is the one that was built; these checks tell whether what
was built can be answered from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sovietpacific.dates import FIRST_DAY, parse_edtf
from sovietpacific.errors import shown
from sovietpacific.facts.article import ASKS, VERDICTS, ArticleClaim
from sovietpacific.facts.look import (
    NOBODY,
    SEVERAL,
    Look,
    records_within,
)
from sovietpacific.facts.look_checks import holder_faults, look_faults
from sovietpacific.facts.places import NamedPlace
from sovietpacific.facts.records import (
    CERTAINTIES,
    SERIES_START,
    UNTOLD,
    VIEWS,
    Tenure,
    Tract,
)

#: The largest number there is in records: no land, length or degree is larger than the globe in
#: km².
LARGEST = 520_000_000

#: Kilometres of a degree of latitude, at least; and the radius of the globe.
_DEGREE_KM, _RADIUS_KM = 110.0, 6371.0


def check_types(record: Any) -> None:
    """Raise `ValueError` naming a field whose value is not of its declared type.

    Records within are not opened.
    """
    kind: Any = type(record)
    for name, fits in _fields(kind):
        if not fits(value := getattr(record, name)):
            which = getattr(record, "id", "")
            raise ValueError(f"{kind.__name__} {shown(which)} has {name} = {shown(value)}")


@cache
def _fields(kind: Any) -> list[tuple[str, Callable[[Any], bool]]]:
    return [(name, _test_of(hint)) for name, hint in get_type_hints(kind).items()]


def _test_of(hint: Any) -> Callable[[Any], bool]:
    """Return a test whether a value is of a declared type.

    No number is a truth value or endless, a whole one is a year.
    """
    origin, within = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda _: True
    if origin is UnionType:
        tests = [_test_of(one) for one in within]
        return lambda value: any(test(value) for test in tests)
    if origin is tuple and within[-1] is ...:
        kind = within[0]  # a list of texts or of records, or of numbers or positions
        if kind is float or get_origin(kind) is tuple:
            member = _test_of(kind)
            return lambda value: type(value) is tuple and all(map(member, value))
        return lambda value: type(value) is tuple and all(type(one) is kind for one in value)
    if origin is tuple:
        tests, many = [_test_of(one) for one in within], len(within)
        return lambda value: (
            type(value) is tuple
            and len(value) == many
            and all(test(one) for test, one in zip(tests, value, strict=True))
        )
    if origin is not None:  # a mapping
        key, each = _test_of(within[0]), _test_of(within[1])
        return lambda value: (
            type(value) is dict and all(map(key, value)) and all(map(each, value.values()))
        )
    if hint is float:
        return lambda value: type(value) in (float, int) and abs(value) <= LARGEST
    if hint is int:
        return lambda value: type(value) is int and 1 <= value <= date.max.year
    return lambda value: type(value) is hint


def check_records(records: Any) -> None:
    """Raise `ValueError` naming the first of `records` that does not fit the others."""
    if records.first_day != FIRST_DAY:
        raise ValueError(f"first_day is {records.first_day}, this atlas begins on {FIRST_DAY}")
    check_types(records)
    groups = ("polities", "instruments", "sources", "regions", "tracts", "lines", "views", "places")
    for group in groups:
        for key, record in getattr(records, group).items():
            check_types(record)
            if not key:
                raise ValueError(f"one of the {group} has no id")
    for within in _within(records):
        check_types(within)
        if (edtf := getattr(within, "edtf", None)) is not None:
            parse_edtf(edtf)
    _check_look(records)
    holders = {*records.lineages, *records.polities}
    _check_holders(records, holders)
    acts = {SERIES_START, *records.instruments}
    _check_tracts(records, holders, acts)
    _check_standings(records)
    for line in records.lines.values():
        _known(line.id, "kind", [line.kind], records.look.line_kinds)
        _known(line.id, "tract", line.between or (), records.tracts)
        _known(line.id, "instrument", [life.basis for life in line.lives], acts)
        for life in line.lives:
            _check_span(line.id, life.since, life.until)
    _check_places(records)


def _within(records: Any) -> Iterator[Any]:
    """Yield the records that stand within others, tenures that many tracts share once."""
    shared: dict[int, Tenure] = {}
    for tract in records.tracts.values():
        yield from tract.claims
        shared |= {id(tenure): tenure for tenures in tract.timelines.values() for tenure in tenures}
    yield from shared.values()
    for line in records.lines.values():
        yield from line.lives
    for place in records.places.values():
        yield from place.names
    yield from records_within(records.look)


def _check_look(records: Any) -> None:
    """Raise `ValueError` if the look lacks what maps need, or tells of what is not there."""
    look: Look = records.look
    check_types(look)
    for fault in (*look_faults(look), *holder_faults(look, records.lineages, records.polities)):
        raise ValueError(f"look: {fault}")
    _known("look", "line", look.named_lines, records.lines)
    _known("look", "place", look.first_places, records.places)


def _check_holders(records: Any, holders: Collection[str]) -> None:
    for polity in records.polities.values():
        _known(polity.id, "lineage", [polity.lineage], records.lineages)
        _known(polity.id, "instrument", [polity.by] if polity.by else (), records.instruments)
        _check_span(polity.id, polity.since, polity.until)
    for view in records.views.values():
        _check_begin(view.id, view.since)
        _known(view.id, "base", [view.base], VIEWS)
        _known(
            view.id,
            "holder",
            [*view.claimants, *view.recognised, *view.reads, *view.reads.values()],
            holders,
        )


def _check_tracts(records: Any, holders: Collection[str], acts: Collection[str]) -> None:
    languages = records.look.languages_of_tracts()
    for named in (*records.regions.values(), *records.tracts.values()):
        _known(named.id, "language", named.names, languages)
    for tract in records.tracts.values():
        _known(tract.id, "region", [tract.region], [*records.regions, "backdrop"])
        _check_land(tract)
        for view in VIEWS:
            _check_timeline(tract, view, holders, acts)
        for claim in tract.claims:
            _known(tract.id, "claimant", [claim.claimant], holders)
            _known(tract.id, "instrument", [claim.instrument], acts)
            _check_span(tract.id, claim.since, claim.until)
            _check_begin(tract.id, claim.since)


def _check_places(records: Any) -> None:
    look: Look = records.look
    for place in records.places.values():
        _known(place.id, "kind", [place.kind], look.place_kinds)
        _known(place.id, "language", [name.language for name in place.names], look.languages)
        _known(place.id, "tract", [place.tract], records.tracts)
        if not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90) or not any(
            name.language == "en" for name in place.names
        ):
            raise ValueError(f"the place {place.id} is off the globe or has no English name")
        _check_place(place, records.tracts[place.tract])


def _known(record: str, what: str, given: Iterable[str], known: Collection[str]) -> None:
    for one in given:
        if one not in known:
            raise ValueError(f"{record} names the {what} {shown(one)}, which is not there")


def _check_span(record: str, since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise ValueError(f"{record} has a span from {since} to {until}")


def _check_begin(record: str, since: date) -> None:
    """Raise `ValueError` if what is laid over the timelines begins before they do."""
    if since < FIRST_DAY:
        raise ValueError(f"{record} has something that begins on {since}, before {FIRST_DAY}")


def _check_land(tract: Tract) -> None:
    west, south, east, north = tract.bbox
    lon, lat = tract.point
    if not (
        -180 <= west <= lon <= east <= 180
        and -90 <= south <= lat <= north <= 90
        and tract.area_km2 > 0
    ):
        raise ValueError(
            f"{tract.id} lies nowhere: its point is {tract.point}, its box {tract.bbox}, "
            f"its area {tract.area_km2}"
        )
    # Of a globe, whose areas differ from those of the ellipsoid by less than one in a hundred.
    high = math.sin(math.radians(north)) - math.sin(math.radians(south))
    wide = math.radians(east - west)
    # Geodesic areas follow great circles, which bulge over the parallels a box is made of by up to
    # wide**2 / 16.
    most = (1.01 * wide * high + wide**3 / 16) * _RADIUS_KM**2 + 0.001
    if not (tract.area_km2 <= most and 0 < tract.light_area_km2 <= 2 * most + 1):
        raise ValueError(
            f"{tract.id} is larger than its box: "
            f"its areas are {tract.area_km2} and {tract.light_area_km2} km²"
        )


def _check_place(place: NamedPlace, tract: Tract) -> None:
    """Raise `ValueError` unless a place lies in its tract's box, or as far off as it is said to be.

    A little is allowed for rounding.
    """
    west, south, east, north = tract.bbox
    off = max(place.distance_km, 0.0) / _DEGREE_KM + 0.001
    wide = off / max(math.cos(math.radians(min(abs(place.lat) + off, 89.0))), 0.01)
    if not (west - wide <= place.lon <= east + wide and south - off <= place.lat <= north + off):
        raise ValueError(
            f"the place {place.id} does not lie in {tract.id}, nor {place.distance_km} km off it"
        )


def _check_timeline(
    tract: Tract, view: str, holders: Collection[str], acts: Collection[str]
) -> None:
    """Raise `ValueError` unless the tenures of a tract in one view are whole.

    They begin on the first day, stand in order, and are of known holders.
    """
    tenures, which = tract.timelines[view], f"{tract.id}, {view}"
    if tract.judged != bool(tenures):
        raise ValueError(f"{which}: land that is judged has tenures, other land has none")
    if tenures and tenures[0].since != FIRST_DAY:
        raise ValueError(
            f"{which}: the first tenure begins on {tenures[0].since}, not on {FIRST_DAY}"
        )
    for before, after in pairwise(tenures):
        if after.since <= before.since:
            raise ValueError(f"{which}: a tenure of {after.since} follows one of {before.since}")
    for tenure in tenures:
        _known(which, "holder", tenure.holders, holders)
        _known(which, "instrument", [tenure.instrument], acts)
        _known(which, "certainty", [tenure.certainty], CERTAINTIES)
        if tenure.standing == UNTOLD and not (tenure.certainty == "approximate" and tenure.note):
            raise ValueError(
                f"{which}: {UNTOLD} from {tenure.since} on, "
                f"and {tenure.certainty} or without a note"
            )


def _check_standings(records: Any) -> None:
    """Check that every tenure has a standing of its view, and as many holders as that says; one
    that many tracts share is looked at once.
    """
    look: Look = records.look
    for view in VIEWS:
        allowed, seen = look.standings_in(view), set[int]()
        for tract in records.tracts.values():
            for tenure in tract.timelines[view]:
                if id(tenure) not in seen:
                    seen.add(id(tenure))
                    _check_standing(tenure, f"{tract.id}, {view}", allowed, look)


def _check_standing(tenure: Tenure, which: str, allowed: Collection[str], look: Look) -> None:
    _known(which, "standing", [tenure.standing], allowed)
    many, wanted = len(tenure.holders), look.standings[tenure.standing].holders
    fits = many >= 2 if wanted == SEVERAL else many == (wanted != NOBODY)
    if not fits:
        raise ValueError(f"{which}: {many} holders from {tenure.since} on, {tenure.standing}")


def check_article(claims: Iterable[ArticleClaim]) -> None:
    """Raise `ValueError` naming a claim of the article that the atlas could not be asked about."""
    for claim in claims:
        check_types(claim)
        _known(claim.id, "verdict", [claim.verdict], VERDICTS)
        for check in claim.checks:
            check_types(check)
            _known(claim.id, "question", [check.ask], ASKS)
            ask = ASKS[check.ask]
            _known(claim.id, "key", ask.needs, check.question)
            _known(claim.id, "key", check.question, (*ask.needs, *ask.may))
            _known(claim.id, "expectation", check.expected, ask.expects)
