"""Audit the founding article: what each of its claims was found to be, and whether the atlas gives
the answers that say so.

Knows the questions and the claims, and nothing of maps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sovietpacific.answers.sovereignty import Answer
from sovietpacific.answers.texts import joined
from sovietpacific.api.between_days import changes_between
from sovietpacific.api.one_place import sovereignty_of
from sovietpacific.api.registers import instruments, polities
from sovietpacific.atlas import Atlas
from sovietpacific.errors import SovietPacificError
from sovietpacific.facts.article import VERDICTS, ArticleCheck, ArticleClaim
from sovietpacific.facts.records import holder_text
from sovietpacific.facts.store import Store, find_data


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check, what the atlas answered to it, and whether that is what was expected."""

    check: ArticleCheck
    found: Mapping[str, Any]
    passed: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as plain values that JSON can hold."""
        return {
            "ask": self.check.ask,
            **self.check.question,
            "expected": dict(self.check.expected),
            "found": dict(self.found),
            "passed": self.passed,
        }

    def __str__(self) -> str:
        question = ", ".join(f"{key} {value}" for key, value in self.check.question.items())
        expected, found = dict(self.check.expected), dict(self.found)
        return f"{self.check.ask} ({question}): expected {expected}, found {found}"


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
        """Return claim and outcomes as plain values that JSON can hold."""
        claim = self.claim
        return {
            **{
                name: getattr(claim, name)
                for name in ("id", "claim", "verdict", "fact", "no_check")
            },
            "instruments": list(claim.instruments),
            "sources": list(claim.sources),
            "checks": [outcome.to_dict() for outcome in self.outcomes],
        }

    def __str__(self) -> str:
        claim = self.claim
        checks = (
            f"{self.passed} of {len(self.outcomes)} passed"
            if self.outcomes
            else f"none: {claim.no_check}"
        )
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
        return tuple(
            outcome for audited in self.claims for outcome in audited.outcomes if not outcome.passed
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the audit as plain values that JSON can hold."""
        counts = {
            "claims": len(self.claims),
            "verdicts": dict(self.verdicts),
            "machine_checked": self.machine_checked,
        }
        checks = sum(len(audited.outcomes) for audited in self.claims)
        counts |= {"checks": checks, "passed": checks - len(self.failed)}
        return {
            "version": self.version,
            "counts": counts,
            "claims": [audited.to_dict() for audited in self.claims],
        }

    def summary(self) -> str:
        """Return one line that counts claims, verdicts and checks."""
        verdicts = ", ".join(f"{number} {verdict}" for verdict, number in self.verdicts.items())
        checks = sum(len(audited.outcomes) for audited in self.claims)
        return (
            f"{len(self.claims)} claims: {verdicts}; {self.machine_checked} tested by the atlas, "
            f"{checks - len(self.failed)} of {checks} checks passed"
        )

    def __str__(self) -> str:
        return "\n".join((*map(str, self.claims), self.summary()))


def load_article(path: str | Path | None = None) -> tuple[ArticleClaim, ...]:
    """Return the claims in the data shipped with the library, or in the data folder at `path`."""
    return Store(find_data() if path is None else Path(path).resolve()).read_article()


def audit_article(atlas: Atlas, claims: Iterable[ArticleClaim]) -> Audit:
    """Return the audit of `claims`: what came of every check of theirs, put to `atlas`."""
    audited = (
        AuditedClaim(claim, tuple(run_check(atlas, check) for check in claim.checks))
        for claim in claims
    )
    return Audit(atlas.version, tuple(audited))


def run_check(atlas: Atlas, check: ArticleCheck) -> Outcome:
    """Return what came of one check put to `atlas`.

    A question the atlas refuses has not passed, and what it said is what was found.
    """
    try:
        answer = _ANSWERS[check.ask](atlas, check.question)
    except SovietPacificError as refusal:
        return Outcome(check, {"refused": str(refusal)}, passed=False)
    found = {key: answer[key] for key in check.expected}
    return Outcome(check, found, passed=found == dict(check.expected))


def _answer(atlas: Atlas, place: Any, question: Mapping[str, Any]) -> tuple[str, Answer]:
    """Return the tract of `place`, and how it is held in the view on the day of the question."""
    place = place if isinstance(place, str) else tuple(place)
    view = question["view"]
    sovereignty = sovereignty_of(place, question["day"], view=view, atlas=atlas)
    answer: Answer = sovereignty.state_map or getattr(sovereignty, view)
    return sovereignty.tract, answer


def _sovereignty_of(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    _, answer = _answer(atlas, question["place"], question)
    return {
        "holder": _holder(answer),
        "standing": answer.standing,
        "polity": joined(answer.polities),
        "by": answer.instrument,
    }


def _holder(answer: Answer) -> str:
    """Return the holders as the checks write them."""
    return holder_text(answer.lineages, answer.standing)


def _compare(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    answers = [_answer(atlas, place, question) for place in question["places"]]
    tracts = {tract for tract, _ in answers}
    holders = {_holder(answer) for _, answer in answers}
    return {"same_tract": len(tracts) == 1, "same_holder": len(holders) == 1}


def _changes(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    frame = changes_between(
        question["after"],
        question["until"],
        view=question["view"],
        region=question.get("region"),
        atlas=atlas,
    )
    columns = {"from": "from", "to": "to", "by": "instrument"}
    wanted = {column: question[key] for key, column in columns.items() if key in question}
    rows = frame.drop(columns="geometry").to_dict("records")
    return {
        "found": any(all(row[column] == value for column, value in wanted.items()) for row in rows)
    }


def _instrument(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    row = _row_of(instruments(atlas=atlas), "instrument", question["id"])
    act = atlas.records.instruments.get(question["id"])
    return {**row, "parties": list(act.parties) if act else []}


def _polity(atlas: Atlas, question: Mapping[str, Any]) -> dict[str, Any]:
    return _row_of(polities(atlas=atlas), "polity", question["id"])


def _row_of(frame: Any, column: str, key: str) -> dict[str, Any]:
    """Return the row of a register, its missing days as None.

    A check of what is not in the register finds None everywhere.
    """
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
