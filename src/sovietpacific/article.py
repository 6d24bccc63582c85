"""Audits the founding article: what each of its claims was found to be, and whether the atlas gives the answers that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sovietpacific import frames
from sovietpacific.article_claims import VERDICTS, ArticleCheck, ArticleClaim
from sovietpacific.atlas import Atlas
from sovietpacific.errors import SovietPacificError
from sovietpacific.records import holder_text
from sovietpacific.sovereignty import Answer
from sovietpacific.store import Store, find_data


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check, what the atlas answered to it, and whether that is what was expected."""

    check: ArticleCheck
    found: Mapping[str, Any]
    passed: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the outcome as plain values that JSON can hold."""
        asked = {"ask": self.check.ask, **self.check.question, "expected": dict(self.check.expected)}
        return {**asked, "found": dict(self.found), "passed": self.passed}

    def __str__(self) -> str:
        asked = ", ".join(f"{key} {value}" for key, value in self.check.question.items())
        return f"{self.check.ask} ({asked}): expected {dict(self.check.expected)}, found {dict(self.found)}"


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """A claim with the outcomes of its checks."""

    claim: ArticleClaim
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """How many of the checks gave the expected answer."""
        return sum(outcome.passed for outcome in self.outcomes)

    def to_dict(self) -> dict[str, Any]:
        """Give claim and outcomes as plain values that JSON can hold."""
        claim = self.claim
        told = {name: getattr(claim, name) for name in ("id", "claim", "verdict", "fact", "no_check")}
        cites = {"instruments": list(claim.instruments), "sources": list(claim.sources)}
        return {**told, **cites, "checks": [outcome.to_dict() for outcome in self.outcomes]}

    def __str__(self) -> str:
        claim = self.claim
        checks = f"{self.passed} of {len(self.outcomes)} passed" if self.outcomes else f"none: {claim.no_check}"
        lines = [f"{claim.id}  {claim.verdict}: {claim.claim}", f"      in fact  {claim.fact}"]
        lines += [f"      acts     {', '.join(claim.instruments)}"] if claim.instruments else []
        lines += [f"      sources  {'; '.join(claim.sources)}", f"      checks   {checks}"]
        lines += [f"      FAILED   {outcome}" for outcome in self.outcomes if not outcome.passed]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of the whole article, claim by claim."""

    version: str
    claims: tuple[AuditedClaim, ...]

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many claims were found to be what."""
        counted = Counter(audited.claim.verdict for audited in self.claims)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def machine_checked(self) -> int:
        """How many claims the atlas itself tests."""
        return sum(bool(audited.outcomes) for audited in self.claims)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The checks to which the atlas gave another answer than the one expected."""
        return tuple(outcome for audited in self.claims for outcome in audited.outcomes if not outcome.passed)

    def to_dict(self) -> dict[str, Any]:
        """Give the audit as plain values that JSON can hold."""
        counts = {"claims": len(self.claims), "verdicts": dict(self.verdicts), "machine_checked": self.machine_checked}
        checks = sum(len(audited.outcomes) for audited in self.claims)
        counts |= {"checks": checks, "passed": checks - len(self.failed)}
        return {"version": self.version, "counts": counts, "claims": [audited.to_dict() for audited in self.claims]}

    def summary(self) -> str:
        """Count claims, errors and checks in one line."""
        verdicts = ", ".join(f"{number} {verdict}" for verdict, number in self.verdicts.items())
        checks = sum(len(audited.outcomes) for audited in self.claims)
        return (
            f"{len(self.claims)} claims: {verdicts}; {self.machine_checked} tested by the atlas, "
            f"{checks - len(self.failed)} of {checks} checks passed"
        )

    def __str__(self) -> str:
        return "\n".join((*map(str, self.claims), self.summary()))


def load_article(path: str | Path | None = None) -> tuple[ArticleClaim, ...]:
    """Load the claims from the data shipped with the library, or from the data folder at `path`."""
    return Store(find_data() if path is None else Path(path).resolve()).read_article()


def audit_article(atlas: Atlas, claims: Iterable[ArticleClaim]) -> Audit:
    """Put every check of the claims to `atlas`, and give what came of it."""
    audited = (AuditedClaim(claim, tuple(run_check(atlas, check) for check in claim.checks)) for claim in claims)
    return Audit(atlas.version, tuple(audited))


def run_check(atlas: Atlas, check: ArticleCheck) -> Outcome:
    """Put one check to `atlas`; a question the atlas refuses has not passed, and what it said is what was found."""
    try:
        answer = _ANSWERS[check.ask](atlas, check.question)
    except SovietPacificError as refusal:
        return Outcome(check, {"refused": str(refusal)}, passed=False)
    found = {key: answer[key] for key in check.expected}
    return Outcome(check, found, passed=found == dict(check.expected))


def _answer(atlas: Atlas, place: Any, question: Mapping[str, Any]) -> tuple[str, Answer]:
    """Give the tract `place` lies in, and how it is held in the view and on the day of the question."""
    view = question["view"]
    told = atlas.sovereignty_of(place if isinstance(place, str) else tuple(place), question["day"], view=view)
    answer: Answer = told.state_map or getattr(told, view)
    return told.tract, answer


def _sovereignty_of(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    _, answer = _answer(atlas, question["place"], question)
    return {
        "holder": holder_text(answer.lineages, answer.standing),
        "standing": answer.standing,
        "polity": frames.joined(answer.polities),
        "by": answer.instrument,
    }


def _compare(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    answers = [_answer(atlas, place, question) for place in question["places"]]
    return {
        "same_tract": len({tract for tract, _ in answers}) == 1,
        "same_holder": len({holder_text(answer.lineages, answer.standing) for _, answer in answers}) == 1,
    }


def _changes(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    frame = atlas.changes_between(question["after"], question["until"], view=question["view"], region=question.get("region"))
    columns = {"from": "from", "to": "to", "by": "instrument"}
    wanted = {column: question[key] for key, column in columns.items() if key in question}
    rows = frame.drop(columns="geometry").to_dict("records")
    return {"found": any(all(row[column] == value for column, value in wanted.items()) for row in rows)}


def _instrument(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    row = _row_of(atlas.instruments(), "instrument", question["id"])
    return {**row, "parties": row["parties"].split(frames.SEPARATOR) if row.get("parties") else []}


def _polity(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    return _row_of(atlas.polities(), "polity", question["id"])


def _row_of(frame: Any, column: str, key: str) -> dict[str, Any]:
    """Give the row of a register, its missing days as None; a check of what is not in it finds None everywhere."""
    rows = [row for row in frame.to_dict("records") if row[column] == key]
    row = rows[0] if rows else dict.fromkeys(frame.columns)
    return {name: value if value == value else None for name, value in row.items()}


_ANSWERS: Mapping[str, Callable[[Atlas, Mapping[str, Any]], dict[str, Any]]] = {
    "sovereignty_of": _sovereignty_of,
    "compare": _compare,
    "changes": _changes,
    "instrument": _instrument,
    "polity": _polity,
}
