"""Lists the registers of the atlas, instruments, places, polities and sources, as frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sovietpacific import frames
from sovietpacific.gazetteer import Place
from sovietpacific.store import Records

if TYPE_CHECKING:
    import pandas

_CODES = ("gw", "cow", "iso_3166_1", "iso_3166_3", "wikidata")
_INSTRUMENT_DAYS = ("signed", "in_force", "carried_out")


def list_instruments(records: Records) -> pandas.DataFrame:
    """List the acts behind the changes, sorted by id."""
    rows = [
        {
            "instrument": key,
            "name": act.name,
            "place": act.place,
            "parties": frames.joined(act.parties),
            **{name: frames.text_of(getattr(act, name)) for name in _INSTRUMENT_DAYS},
            "articles": act.articles,
            "citation": act.citation,
            "sources": frames.joined(act.sources),
            "bears_on": frames.joined(act.bears_on),
            "effect": act.effect,
            "note": act.note,
        }
        for key, act in sorted(records.instruments.items())
    ]
    told = ("place", "parties", "articles", "citation", "sources", "bears_on", "effect", "note")
    columns = ("instrument", "name", *_INSTRUMENT_DAYS, *told)
    return frames.table(rows, columns, {"version": records.version})


def list_polities(records: Records) -> pandas.DataFrame:
    """List the polities, sorted by id."""
    rows = [
        {
            "polity": key,
            "name": polity.name,
            "lineage": polity.lineage,
            "main": polity.main,
            "since": polity.since.isoformat(),
            "until": frames.text_of(polity.until),
            "by": polity.by,
            **{code: polity.codes.get(code) for code in _CODES},
            "sources": frames.joined(polity.sources),
        }
        for key, polity in sorted(records.polities.items())
    ]
    return frames.table(
        rows, ("polity", "name", "lineage", "main", "since", "until", "by", *_CODES, "sources"), {"version": records.version}
    )


def list_sources(records: Records) -> pandas.DataFrame:
    """List the bibliography, sorted by id."""
    rows = [
        {"source": key, "citation": source.citation, "url": source.url, "kind": source.kind, "seen": source.seen}
        for key, source in sorted(records.sources.items())
    ]
    return frames.table(rows, ("source", "citation", "url", "kind", "seen"), {"version": records.version})


def list_places(records: Records, places: Iterable[Place]) -> pandas.DataFrame:
    """List `places`, a row per name, in the order of the gazetteer."""
    rows = [
        {
            "place": place.id,
            "name": name.text,
            **{column: getattr(name, column) for column in ("language", "since", "until", "official", "source", "seen")},
            **{column: getattr(place, column) for column in ("kind", "lon", "lat", "tract")},
        }
        for place in places
        for name in place.names
    ]
    columns = ("place", "name", "language", "since", "until", "official", "kind", "lon", "lat", "tract", "source", "seen")
    about = {"version": records.version, "credit": frames.credit_line(records.version)}
    frame = frames.table(rows, columns, about)
    return frame.astype({"since": "Int64", "until": "Int64"})
