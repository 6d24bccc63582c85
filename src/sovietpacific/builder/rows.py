"""Reads one tenure row or claim of a seeds file, strictly: every key, every word, every day is
checked where it stands.

Knows one row and nothing of the tract it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sovietpacific.builder.kinds import TEXTS, a_table, check_kinds
from sovietpacific.dates import FIRST_DAY, julian_to_gregorian, parse_edtf
from sovietpacific.errors import DayError, SeedError
from sovietpacific.facts.look import NOBODY, SEVERAL, Look
from sovietpacific.facts.records import (
    CERTAINTIES,
    DAYS_OF_INSTRUMENT,
    NO_ACTS,
    SERIES_START,
    UNTOLD,
    Claim,
    Tenure,
)

_ROW_KEYS = frozenset(
    [
        "since",
        "holder",
        "standing",
        "by",
        "on",
        "was",
        "sources",
        "certainty",
        "seen",
        "edtf",
        "old_style",
        "renews",
        "note",
        "except",
    ]
)
_CLAIM_KEYS = frozenset(
    ["claimant", "since", "until", "by", "sources", "certainty", "seen", "note"]
)
_OLD_STYLE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """A tenure row as written.

    `was` names who held before, None where unsaid; `excepted` the tracts the row passes over.
    """

    tenure: Tenure
    was: tuple[str, ...] | None
    excepted: frozenset[str]
    where: str


def read_row(table: Any, view: str, where: str, look: Look) -> Row:
    """Return one inline table of a `control`, `sovereignty` or `title` list as a row.

    `where` names file, path and view for errors; `look` has the rules of standings.
    """
    if not isinstance(table, Mapping):
        raise SeedError(
            f"{where}: {table!r} is not a row; write an inline table {{ since = …, holder = …, … }}"
        )
    since = _day(table, "since", where)
    where = f"{where} {since}"
    refuse_unknown(table, _ROW_KEYS, where)
    holders = _holders(table.get("holder"), "holder", where)
    standing = _choice(table, "standing", look.standings_in(view), where)
    _check_number_of_holders(holders, standing, look, where)
    instrument = _text(table, "by", where)
    on = "" if instrument in NO_ACTS else _choice(table, "on", DAYS_OF_INSTRUMENT, where)
    _check_old_style(table.get("old_style"), since, where)
    tenure = Tenure(
        holders=holders,
        standing=standing,
        since=since,
        instrument=instrument,
        on=on,
        sources=_sources(table, where),
        certainty=_choice(table, "certainty", CERTAINTIES, where),
        seen=_flag(table, "seen", where),
        edtf=read_edtf(table, since, where),
        renews=_flag(table, "renews", where) if "renews" in table else False,
        note=_text(table, "note", where) if "note" in table else "",
    )
    _check_untold(tenure, where)
    was = _holders(table["was"], "was", where) if "was" in table else None
    check_kinds(table, {"except": TEXTS}, where)
    return Row(tenure, was, frozenset(table.get("except", ())), where)


def read_claim(table: Any, where: str) -> Claim:
    """Return one `[[….claims]]` table as a claim; `where` names file and path for errors."""
    refuse_unknown(table, _CLAIM_KEYS, where)
    since = _day(table, "since", where)
    until = _day(table, "until", where) if "until" in table else None
    if until is not None and until <= since:
        raise SeedError(f"{where}: the claim ends on {until}, not after it begins on {since}")
    return Claim(
        claimant=_text(table, "claimant", where),
        since=since,
        until=until,
        instrument=_text(table, "by", where) if "by" in table else SERIES_START,
        sources=_sources(table, where),
        certainty=_choice({"certainty": "firm", **table}, "certainty", CERTAINTIES, where),
        seen=_flag(table, "seen", where) if "seen" in table else False,
        note=_text(table, "note", where) if "note" in table else "",
    )


def read_edtf(table: Mapping[str, Any], since: date, where: str) -> str | None:
    """Return the limits of a day as written, None where the row has none.

    Raise `SeedError` if they do not allow `since`.
    """
    if "edtf" not in table:
        return None
    text = _text(table, "edtf", where)
    try:
        limits = parse_edtf(text)
    except DayError as wrong:
        raise SeedError(f"{where}: edtf = {wrong}") from wrong
    if not limits.allow(since):
        raise SeedError(
            f"{where}: the day used, {since}, lies outside edtf = {text!r}; correct one of the two"
        )
    return text


def key_of(source: str) -> str:
    """Return the key of a source as it is cited: `"key"` or `"key locator"`.

    >>> key_of("shimoda-text art. 2")
    'shimoda-text'
    """
    return source.split(" ", 1)[0]


def refuse_unknown(table: Mapping[str, Any], allowed: frozenset[str], where: str) -> None:
    """Raise `SeedError` if a table has a key outside `allowed`, naming it and what is allowed."""
    a_table(table, where)
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise SeedError(
            f"{where}: unknown key {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}"
        )


def _day(table: Mapping[str, Any], key: str, where: str) -> date:
    value = table.get(key)
    if type(value) is not date:
        raise SeedError(
            f"{where}: {key} = {value!r} is not a day; write {key} = 1945-08-31, without quotes"
        )
    if value < FIRST_DAY:
        raise SeedError(
            f"{where}: {key} = {value} is before {FIRST_DAY}, the first day of this atlas"
        )
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SeedError(f"{where}: {key} = {value!r} is missing or is not a text")
    return value


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key)
    if not isinstance(value, bool):
        raise SeedError(f"{where}: {key} = {value!r}; write true or false")
    return value


def _choice(table: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = table.get(key)
    if value not in allowed:
        raise SeedError(f"{where}: {key} = {value!r}; allowed: {', '.join(allowed)}")
    return str(value)


def _holders(value: Any, key: str, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    texts = isinstance(value, list) and all(isinstance(holder, str) for holder in value)
    if not texts or not all(value):
        raise SeedError(
            f'{where}: {key} = {value!r}; write one holder, "japan", or a list, '
            "[] where it is nobody's"
        )
    if len(set(value)) != len(value):
        raise SeedError(f"{where}: {key} = {value!r} names a holder twice")
    return tuple(sorted(value))


def _sources(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    sources = table.get("sources")
    texts = sources if isinstance(sources, list) else []
    if not texts or not all(isinstance(source, str) and source.strip() for source in texts):
        raise SeedError(
            f'{where}: sources = {sources!r}; every fact needs at least one "key" or "key locator"'
        )
    return tuple(texts)


def _check_number_of_holders(
    holders: tuple[str, ...], standing: str, look: Look, where: str
) -> None:
    many = look.standings[standing].holders
    if many == NOBODY:
        fits, wanted = not holders, "nobody: holder = []"
    elif many == SEVERAL:
        fits, wanted = len(holders) >= 2, "two holders or more"
    else:
        fits, wanted = len(holders) == 1, "exactly one holder"
    if not fits:
        raise SeedError(
            f"{where}: standing {standing} with holder {list(holders)}; it takes {wanted}"
        )


def _check_untold(tenure: Tenure, where: str) -> None:
    """Raise `SeedError` if a row of untold land tells more than its limits, or not why."""
    if tenure.standing != UNTOLD:
        return
    if tenure.instrument not in NO_ACTS:
        raise SeedError(
            f"{where}: by = {tenure.instrument!r} on an {UNTOLD} row; "
            f"no act ends the telling: {' or '.join(NO_ACTS)}"
        )
    if tenure.certainty != "approximate":
        raise SeedError(
            f"{where}: certainty = {tenure.certainty!r} on an {UNTOLD} row; "
            "what is not told is never sure: approximate"
        )
    if not tenure.note:
        raise SeedError(
            f"{where}: an {UNTOLD} row needs a note: "
            "what is known of who governed, and why it is not told"
        )


def _check_old_style(value: Any, since: date, where: str) -> None:
    if value is not None and gregorian(value, where) != since:
        raise SeedError(
            f"{where}: old_style = {value!r} is {gregorian(value, where)} "
            f"in the Gregorian calendar, not {since}"
        )


def gregorian(old_style: Any, where: str) -> date:
    """Return the Gregorian day of the `old_style` text of a seed, or raise `SeedError`."""
    match = _OLD_STYLE.match(old_style) if isinstance(old_style, str) else None
    if match is None:
        raise SeedError(f'{where}: old_style = {old_style!r}; write the Julian day as "1855-01-26"')
    try:
        return julian_to_gregorian(*(int(part) for part in match.groups()))
    except ValueError as wrong:
        raise SeedError(f"{where}: old_style = {old_style!r}: {wrong}") from wrong
