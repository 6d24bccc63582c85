"""List the registers of the atlas as frames: instruments, places, polities and sources.

Knows the records and nothing of days.

They are the records themselves; nothing is answered here for a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sovietpacific.answers import tables, texts
from sovietpacific.facts.places import NamedPlace
from sovietpacific.facts.records import Records

if TYPE_CHECKING:
    import pandas

_CODES = ("gw", "cow", "iso_3166_1", "iso_3166_3", "wikidata")
_INSTRUMENT_DAYS = ("signed", "in_force", "carried_out")
_NAME_COLUMNS = ("language", "since", "until", "official")
_NAME_SOURCE = ("source", "seen")
_PLACE_COLUMNS = ("kind", "lon", "lat", "tract")


def list_instruments(records: Records) -> pandas.DataFrame:
    """Return the acts behind the changes, sorted by id."""
    rows = [
        {
            "instrument": key,
            "name": act.name,
            "place": act.place,
            "parties": texts.joined(act.parties),
            **{name: texts.text_of(getattr(act, name)) for name in _INSTRUMENT_DAYS},
            "articles": act.articles,
            "citation": act.citation,
            "sources": texts.joined(act.sources),
            "bears_on": texts.joined(act.bears_on),
            "effect": act.effect,
            "note": act.note,
        }
        for key, act in sorted(records.instruments.items())
    ]
    others = ("place", "parties", "articles", "citation", "sources", "bears_on", "effect", "note")
    columns = ("instrument", "name", *_INSTRUMENT_DAYS, *others)
    return tables.table(rows, columns, {"version": records.version})


def list_polities(records: Records) -> pandas.DataFrame:
    """Return the polities, sorted by id."""
    rows = [
        {
            "polity": key,
            "name": polity.name,
            "lineage": polity.lineage,
            "main": polity.main,
            "since": polity.since.isoformat(),
            "until": texts.text_of(polity.until),
            "by": polity.by,
            **{code: polity.codes.get(code) for code in _CODES},
            "sources": texts.joined(polity.sources),
        }
        for key, polity in sorted(records.polities.items())
    ]
    columns = ("polity", "name", "lineage", "main", "since", "until", "by", *_CODES, "sources")
    return tables.table(rows, columns, {"version": records.version})


def list_sources(records: Records) -> pandas.DataFrame:
    """Return the bibliography, sorted by id."""
    rows = [
        {
            "source": key,
            "citation": source.citation,
            "url": source.url,
            "kind": source.kind,
            "seen": source.seen,
        }
        for key, source in sorted(records.sources.items())
    ]
    columns = ("source", "citation", "url", "kind", "seen")
    return tables.table(rows, columns, {"version": records.version})


def list_places(records: Records, places: Iterable[NamedPlace]) -> pandas.DataFrame:
    """Return `places`, a row per name, in the order of the gazetteer."""
    rows = [
        {
            "place": place.id,
            "name": name.text,
            **{column: getattr(name, column) for column in (*_NAME_COLUMNS, *_NAME_SOURCE)},
            **{column: getattr(place, column) for column in _PLACE_COLUMNS},
        }
        for place in places
        for name in place.names
    ]
    columns = ("place", "name", *_NAME_COLUMNS, *_PLACE_COLUMNS, *_NAME_SOURCE)
    about = {"version": records.version, "credit": texts.credit_line(records.version)}
    frame = tables.table(rows, columns, about)
    return frame.astype({"since": "Int64", "until": "Int64"})
