"""Turn the documents of the data into records.

Knows documents and records, and nothing of files, nor whether the records hang together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sovietpacific.errors import shown
from sovietpacific.facts.article import ArticleCheck, ArticleClaim
from sovietpacific.facts.look import look_of
from sovietpacific.facts.places import NamedPlace, PlaceName
from sovietpacific.facts.records import (
    VIEWS,
    Claim,
    Instrument,
    LineLife,
    NamedLine,
    Polity,
    Records,
    Region,
    Source,
    StateView,
    Tenure,
    Tract,
)


def records_of(document: Mapping[str, Any]) -> Records:
    """Return the records that the document of `records.json` holds; nothing is checked."""
    tenures = [_tenure(table) for table in document["tenures"]]
    return Records(
        version=document["version"],
        first_day=date.fromisoformat(document["first_day"]),
        as_of=date.fromisoformat(document["as_of"]),
        lineages=document["lineages"],
        polities={key: _polity(key, table) for key, table in document["polities"].items()},
        instruments={
            key: _instrument(key, table) for key, table in document["instruments"].items()
        },
        sources={key: Source(id=key, **table) for key, table in document["sources"].items()},
        regions={
            key: Region(id=key, **{**table, "also": tuple(table["also"])})
            for key, table in document["regions"].items()
        },
        tracts={
            key: _tract(key, table, tenures) for key, table in sorted(document["tracts"].items())
        },
        lines={key: _line(key, table) for key, table in document["lines"].items()},
        views={key: _view(key, table) for key, table in document["views"].items()},
        places={key: _place(key, table) for key, table in document["places"].items()},
        look=look_of(document["look"]),
    )


def article_claim_of(table: Mapping[str, Any]) -> ArticleClaim:
    """Return one claim of the founding article, as `article.json` has it; nothing is checked."""
    checks = tuple(ArticleCheck(**check) for check in table["checks"])
    lists = {name: tuple(table[name]) for name in ("instruments", "sources")}
    return ArticleClaim(**{**table, **lists, "checks": checks})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _tenure(table: dict[str, Any]) -> Tenure:
    told = {**table, "holders": tuple(table["holders"]), "sources": tuple(table["sources"])}
    return Tenure(**{**told, "since": date.fromisoformat(table["since"])})


def _polity(key: str, table: dict[str, Any]) -> Polity:
    told = {**table, "since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return Polity(id=key, **{**told, "sources": tuple(table.get("sources", ()))})


def _instrument(key: str, table: dict[str, Any]) -> Instrument:
    days = {name: _day(table[name]) for name in ("signed", "in_force", "carried_out")}
    lists = {name: tuple(table[name]) for name in ("parties", "sources", "bears_on")}
    return Instrument(id=key, **{**table, **days, **lists})


def _line(key: str, table: dict[str, Any]) -> NamedLine:
    between = tuple(table["between"]) if table["between"] else None
    return NamedLine(
        id=key,
        **{**table, "between": between, "lives": tuple(_life(life) for life in table["lives"])},
    )


def _life(table: dict[str, Any]) -> LineLife:
    days = {"since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return LineLife(**{**table, **days, "sources": tuple(table["sources"])})


def _view(key: str, table: dict[str, Any]) -> StateView:
    recognised = {key: date.fromisoformat(day) for key, day in table["recognised"].items()}
    told = {**table, "since": date.fromisoformat(table["since"]), "recognised": recognised}
    return StateView(
        id=key,
        **{**told, "claimants": tuple(table["claimants"]), "sources": tuple(table["sources"])},
    )


def _place(key: str, table: dict[str, Any]) -> NamedPlace:
    return NamedPlace(
        id=key, **{**table, "names": tuple(PlaceName(*name) for name in table["names"])}
    )


def _claim(table: dict[str, Any]) -> Claim:
    days = {"since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return Claim(**{**table, **days, "sources": tuple(table["sources"])})


def _index(number: Any) -> int:
    """Return a number of a tenure; refuse what Python counts from the end, or takes for 0 or 1."""
    if type(number) is not int or number < 0:
        raise ValueError(f"{shown(number)} is no number of a tenure")
    return number


def _tract(key: str, table: dict[str, Any], tenures: list[Tenure]) -> Tract:
    told = {name: value for name, value in table.items() if name not in VIEWS}
    return Tract(
        id=key,
        **{
            **told,
            "also": tuple(table["also"]),
            "point": tuple(table["point"]),
            "bbox": tuple(table["bbox"]),
            "claims": tuple(_claim(claim) for claim in table["claims"]),
        },
        timelines={view: tuple(tenures[_index(index)] for index in table[view]) for view in VIEWS},
    )
