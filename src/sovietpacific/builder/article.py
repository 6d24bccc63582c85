"""Reads the claims of the founding article, strictly: fixed verdicts, records that are there,
checks of one small language.

Knows the seeds and nothing of the atlas that answers the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sovietpacific.builder.kinds import a_list, a_table, a_text, check_kinds
from sovietpacific.builder.loading import load
from sovietpacific.builder.registers import Registers
from sovietpacific.builder.rows import key_of, refuse_unknown
from sovietpacific.dates import FIRST_DAY
from sovietpacific.errors import SeedError
from sovietpacific.facts.article import ASKS, VERDICTS, ArticleCheck, ArticleClaim
from sovietpacific.facts.records import VIEWS

_KEYS = frozenset({"claim", "verdict", "fact", "instruments", "sources", "check", "no_check"})


def read_article(seeds: Path, registers: Registers) -> tuple[ArticleClaim, ...]:
    """Return the claims in `article.toml` of a seeds folder.

    Raise `SeedError` naming the claim and the check if one is wrong.
    """
    return tuple(
        _claim(key, table, registers) for key, table in load(seeds / "article.toml").items()
    )


def article_document(article: Iterable[ArticleClaim]) -> dict[str, Any]:
    """Return what `article.json` holds: the claims in their order, as plain values."""
    return {"claims": [_plain(claim) for claim in article]}


def cited(article: Iterable[ArticleClaim]) -> tuple[set[str], set[str]]:
    """Return the sources and the instruments that the claims cite.

    An instrument that a check asks for counts as cited.
    """
    claims = list(article)
    acts = {key for claim in claims for key in claim.instruments}
    acts |= {
        check.question["id"]
        for claim in claims
        for check in claim.checks
        if check.ask == "instrument"
    }
    return {source for claim in claims for source in claim.sources}, acts


def _plain(claim: ArticleClaim) -> dict[str, Any]:
    checks = [
        {"ask": check.ask, "question": dict(check.question), "expected": dict(check.expected)}
        for check in claim.checks
    ]
    fields = {name: getattr(claim, name) for name in ("id", "claim", "verdict", "fact", "no_check")}
    return {
        **fields,
        "instruments": list(claim.instruments),
        "sources": list(claim.sources),
        "checks": checks,
    }


def _claim(key: str, table: Mapping[str, Any], registers: Registers) -> ArticleClaim:
    where = f"article.toml: {key}"
    refuse_unknown(table, _KEYS, where)
    check_kinds(table, {"check": a_list(a_table), "no_check": a_text}, where)
    verdict = _text(table, "verdict", where)
    if verdict not in VERDICTS:
        raise SeedError(f"{where}: verdict = {verdict!r}; allowed: {', '.join(VERDICTS)}")
    claim = ArticleClaim(
        id=key,
        claim=_text(table, "claim", where),
        verdict=verdict,
        fact=_text(table, "fact", where),
        instruments=_list(table, "instruments", where),
        sources=_list(table, "sources", where),
        checks=tuple(
            _check(check, registers, f"{where}: check {n}")
            for n, check in enumerate(table.get("check", ()), 1)
        ),
        no_check=str(table.get("no_check", "")),
    )
    _check_citations(claim, registers, where)
    if bool(claim.checks) == bool(claim.no_check.strip()):
        raise SeedError(
            f"{where}: needs a check, or no_check = … saying why the atlas cannot test it, "
            "and not both"
        )
    return claim


def _check_citations(claim: ArticleClaim, registers: Registers, where: str) -> None:
    unknown = [key for key in claim.instruments if key not in registers.instruments]
    unknown += [source for source in claim.sources if key_of(source) not in registers.sources]
    if unknown or not claim.sources:
        listed = ", ".join(unknown) or "none"
        raise SeedError(
            f"{where}: needs a source, and instruments and sources that are in their registers; "
            f"unknown: {listed}"
        )


def _check(table: Mapping[str, Any], registers: Registers, where: str) -> ArticleCheck:
    if not isinstance(table.get("ask"), str) or table["ask"] not in ASKS:
        raise SeedError(f"{where}: {table!r}; write {{ ask = …, … }} with one of {', '.join(ASKS)}")
    ask = ASKS[table["ask"]]
    refuse_unknown(table, frozenset({"ask", *ask.needs, *ask.may, *ask.expects}), where)
    missing = [key for key in ask.needs if key not in table]
    expected = {key: table[key] for key in ask.expects if key in table}
    if missing or not expected:
        raise SeedError(
            f"{where}: ask = {table['ask']!r} needs {', '.join(ask.needs)} and an answer, "
            f"one or more of {', '.join(ask.expects)}"
        )
    for key, value in table.items():
        # A polity may end before the atlas begins; any other `until` is a day it is asked about.
        ends_a_polity = key == "until" and table["ask"] == "polity"
        check_value = _is_day if ends_a_polity else _VALUES.get(key, _is_text)
        check_value(value, registers, f"{where}: {key}")
    register: Mapping[str, Any] = (
        registers.instruments if table["ask"] == "instrument" else registers.polities
    )
    if "id" in table and table["id"] not in register:
        raise SeedError(f"{where}: id = {table['id']!r} is not in its register")
    question = {key: table[key] for key in (*ask.needs, *ask.may) if key in table}
    return ArticleCheck(str(table["ask"]), _plain_days(question), _plain_days(expected))


def _plain_days(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
    }


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    _is_text(table.get(key), None, f"{where}: {key}")
    return str(table[key])


def _list(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(
        isinstance(entry, str) and entry.strip() for entry in value
    ):
        raise SeedError(f'{where}: {key} = {value!r}; write a list of texts, ["…", "…"]')
    return tuple(value)


def _is_text(value: Any, _: Registers | None, where: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise SeedError(f"{where} = {value!r} is missing or is not a text")


def _is_day(value: Any, _: Registers | None, where: str) -> None:
    if type(value) is not date:
        raise SeedError(f"{where} = {value!r} is not a day; write 1945-08-31, without quotes")


def _is_day_of_atlas(value: Any, registers: Registers | None, where: str) -> None:
    _is_day(value, registers, where)
    if value < FIRST_DAY:
        raise SeedError(f"{where} = {value} is before {FIRST_DAY}, the first day of this atlas")


def _is_flag(value: Any, _: Registers | None, where: str) -> None:
    if not isinstance(value, bool):
        raise SeedError(f"{where} = {value!r}; write true or false")


def _is_place(value: Any, registers: Registers | None, where: str) -> None:
    is_pair = isinstance(value, list) and len(value) == 2
    if not (is_pair and all(type(number) in (int, float) for number in value)):
        _is_text(value, registers, where)


def _is_places(value: Any, registers: Registers | None, where: str) -> None:
    if not isinstance(value, list) or len(value) < 2:
        raise SeedError(f"{where} = {value!r}; give two places or more")
    for place in value:
        _is_place(place, registers, where)


def _is_view(value: Any, registers: Registers | None, where: str) -> None:
    views = (*VIEWS, *(registers.views if registers else ()))
    if value not in views:
        raise SeedError(f"{where} = {value!r} is not a view; allowed: {', '.join(views)}")


def _is_holder(value: Any, registers: Registers | None, where: str) -> None:
    """Raise `SeedError` unless a holder is written as on maps: lineages joined by `+` or `|`.

    Nothing stands for nobody.
    """
    lineages = value.replace("|", "+").split("+") if isinstance(value, str) and value else []
    known = registers.lineages if registers else {}
    if not isinstance(value, str) or any(lineage not in known for lineage in lineages):
        raise SeedError(
            f'{where} = {value!r}; write lineages as maps do: "japan", "japan+russia", '
            '"japan|russia", "" for nobody'
        )


def _is_standing(value: Any, registers: Registers | None, where: str) -> None:
    _is_text(value, registers, where)
    if not registers or value not in registers.look.standings:
        known = ", ".join(registers.look.standings) if registers else ""
        raise SeedError(f"{where} = {value!r}; allowed: {known}")


def _is_instrument(value: Any, registers: Registers | None, where: str) -> None:
    _is_text(value, registers, where)
    if not registers or value not in registers.instruments:
        raise SeedError(f"{where} = {value!r} is not in instruments.toml")


def _is_list(value: Any, _: Registers | None, where: str) -> None:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise SeedError(f"{where} = {value!r}; write a list of texts")


#: What the value of each key of a check must be; every other key takes a text.
_VALUES: Mapping[str, Callable[[Any, Registers | None, str], None]] = {
    **dict.fromkeys(("day", "after", "until"), _is_day_of_atlas),
    **dict.fromkeys(("signed", "in_force", "carried_out", "since"), _is_day),
    **dict.fromkeys(("holder", "from", "to"), _is_holder),
    **dict.fromkeys(("same_holder", "same_tract", "found"), _is_flag),
    "place": _is_place,
    "places": _is_places,
    "view": _is_view,
    "standing": _is_standing,
    "by": _is_instrument,
    "parties": _is_list,
}
