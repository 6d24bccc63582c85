"""The audit of the founding article: every claim judged, sourced and, where the atlas can, tested;
a false expectation fails.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovietpacific import Atlas
from sovietpacific.audit import audit_article, load_article, run_check
from sovietpacific.builder.article import article_document, cited, read_article
from sovietpacific.builder.registers import Registers, read_registers
from sovietpacific.builder.rows import key_of
from sovietpacific.cli.main import main
from sovietpacific.errors import SeedError
from sovietpacific.facts.article import ASKS, VERDICTS, ArticleCheck, ArticleClaim
from sovietpacific.facts.records import NO_ACTS

ROOT = Path(__file__).parents[2]
ARTICLE = load_article()
WRONG = {"SC08", "SC09", "SC16", "SC17", "SC29", "SC38", "SC43", "SC45", "SC48", "SC50", "SC53"}
CHECKS = [
    (f"{claim.id}.{number}", check)
    for claim in ARTICLE
    for number, check in enumerate(claim.checks, 1)
]


@pytest.fixture(scope="module")
def registers() -> Registers:
    return read_registers(ROOT / "seeds")


def spoiled(tmp_path: Path, registers: Registers, **changes: Any) -> tuple[ArticleClaim, ...]:
    """Read an article of one claim, some of whose keys are replaced or, where None, left out."""
    claim = {
        "claim": '"Japan took it"',
        "verdict": '"confirmed"',
        "fact": '"So it did"',
        "sources": '["shimoda-text art. 2"]',
        "check": '[{ ask = "instrument", id = "shimoda-1855", signed = 1855-02-07 }]',
    }
    lines = [f"{key} = {value}" for key, value in {**claim, **changes}.items() if value is not None]
    (tmp_path / "article.toml").write_text("\n".join(["[SC01]", *lines]), encoding="utf-8")
    return read_article(tmp_path, registers)


@pytest.mark.parametrize(("name", "check"), CHECKS, ids=[name for name, _ in CHECKS])
def test_the_atlas_answers_as_the_article_record_says(
    name: str, check: ArticleCheck, atlas: Atlas
) -> None:
    outcome = run_check(atlas, check)
    assert outcome.passed, f"{name}: {outcome}"


def test_the_article_has_fifty_six_claims_of_which_eleven_are_wrong() -> None:
    assert [claim.id for claim in ARTICLE] == [f"SC{number:02}" for number in range(1, 57)]
    assert {claim.id for claim in ARTICLE if claim.verdict == "wrong"} == WRONG
    assert Counter(claim.verdict for claim in ARTICLE) == {
        "confirmed": 25,
        "imprecise": 20,
        "wrong": 11,
    }


def test_every_error_is_tested_by_the_atlas_and_most_claims_are() -> None:
    tested = {claim.id for claim in ARTICLE if claim.checks}
    assert tested >= WRONG
    assert len(tested) >= 45
    assert all(claim.no_check for claim in ARTICLE if not claim.checks)


def test_every_claim_cites_sources_and_acts_that_are_in_the_registers(registers: Registers) -> None:
    sources, acts = cited(ARTICLE)
    assert all(claim.sources for claim in ARTICLE)
    assert {key_of(source) for source in sources} <= set(registers.sources)
    assert acts <= set(registers.instruments)


def test_the_written_data_holds_the_seeds(registers: Registers) -> None:
    seeds = read_article(ROOT / "seeds", registers)
    assert seeds == ARTICLE
    assert json.loads(json.dumps(article_document(seeds)))["claims"][0]["id"] == "SC01"
    assert {check.ask for _, check in CHECKS} <= set(ASKS)
    assert {claim.verdict for claim in ARTICLE} == set(VERDICTS)


@pytest.mark.parametrize(
    ("name", "check"),
    CHECKS[:: max(1, len(CHECKS) // 40)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_false_expectation_fails(name: str, check: ArticleCheck, atlas: Atlas) -> None:
    other = {
        key: (not value if isinstance(value, bool) else "something else")
        for key, value in check.expected.items()
    }
    outcome = run_check(atlas, replace(check, expected=other))
    assert not outcome.passed, name
    assert "expected" in str(outcome)


def test_a_question_the_atlas_refuses_has_not_passed(atlas: Atlas) -> None:
    at_sea = ArticleCheck(
        "sovereignty_of",
        {"place": [150.0, 40.0], "day": "1950-01-01", "view": "control"},
        {"holder": "japan"},
    )
    outcome = run_check(atlas, at_sea)
    assert not outcome.passed
    assert "at sea or off the atlas" in outcome.found["refused"]
    unknown = ArticleCheck("instrument", {"id": "atlantis-1950"}, {"signed": "1950-01-01"})
    assert run_check(atlas, unknown).found == {"signed": None}


def test_the_map_of_a_state_can_be_asked_for(atlas: Atlas) -> None:
    question = {"place": [147.9, 45.0], "day": "1960-01-01", "view": "japan"}
    assert run_check(atlas, ArticleCheck("sovereignty_of", question, {"holder": "japan"})).passed


def test_the_audit_counts_claims_errors_and_checks(atlas: Atlas) -> None:
    audit = audit_article(atlas, ARTICLE)
    assert audit.failed == ()
    assert audit.verdicts == {"confirmed": 25, "imprecise": 20, "wrong": 11}
    assert "56 claims: 25 confirmed, 20 imprecise, 11 wrong" in audit.summary()
    assert str(audit).count("\nSC") == 55


def test_the_command_line_prints_the_audit() -> None:
    result = CliRunner().invoke(main, ["article"])
    assert result.exit_code == 0, result.output
    assert "SC43  wrong: The Korean War broke out in January 1950" in result.stdout
    assert "in fact  On 25 June 1950" in result.stdout
    document = json.loads(CliRunner().invoke(main, ["article", "--json"]).stdout)
    assert document["counts"]["claims"] == 56
    assert document["counts"]["verdicts"]["wrong"] == 11
    assert document["counts"]["passed"] == document["counts"]["checks"] == len(CHECKS)


def test_a_failed_check_ends_the_command_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(claim for claim in ARTICLE if claim.id == "SC43")
    false = replace(first, checks=(replace(first.checks[0], expected={"signed": "1950-01-01"}),))
    monkeypatch.setattr("sovietpacific.audit.load_article", lambda: (false,))
    result = CliRunner().invoke(main, ["article"])
    assert result.exit_code == 1
    assert "FAILED" in result.stdout
    assert "1 checks failed" in result.stderr


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"verdict": '"half true"'}, "verdict = 'half true'; allowed: confirmed, imprecise, wrong"),
        ({"fact": '" "'}, "SC01: fact = ' ' is missing or is not a text"),
        ({"sources": '["no-such-book"]'}, "unknown: no-such-book"),
        ({"sources": "[]"}, "needs a source"),
        ({"instruments": '["atlantis-1950"]'}, "unknown: atlantis-1950"),
        ({"check": None}, "needs a check, or no_check"),
        ({"no_check": '"why"'}, "and not both"),
        ({"opinion": '"mine"'}, "unknown key opinion"),
        (
            {"check": '[{ ask = "oracle" }]'},
            "check 1: {'ask': 'oracle'}; write { ask = …, … } with one of sovereignty_of",
        ),
        (
            {"check": '[{ ask = "instrument", id = "shimoda-1855" }]'},
            "needs id and an answer, one or more of name, signed",
        ),
        (
            {"check": '[{ ask = "instrument", id = "atlantis-1950", signed = 1950-01-01 }]'},
            "'atlantis-1950' is not in its register",
        ),
        (
            {"check": '[{ ask = "instrument", id = "shimoda-1855", signed = "1855-02-07" }]'},
            "signed = '1855-02-07' is not a day",
        ),
        (
            {"check": '[{ ask = "polity", id = "atlantis", since = 1900-01-01 }]'},
            "'atlantis' is not in its register",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = "urup", day = 1840-01-01, view = "title", holder = "japan" }]'
            },
            "before 1855-01-01",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = [1], day = 1900-01-01, view = "title", holder = "japan" }]'
            },
            "place = [1]",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = "urup", day = 1900-01-01, view = "legal", holder = "japan" }]'
            },
            "is not a view",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = "urup", day = 1900-01-01, view = "title", holder = "atlantis" }]'
            },
            "write lineages",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = "urup", day = 1900-01-01, view = "title", standing = "held" }]'
            },
            "standing = 'held'",
        ),
        (
            {
                "check": '[{ ask = "sovereignty_of", place = "urup", day = 1900-01-01, view = "title", by = "war" }]'
            },
            "'war' is not in instruments.toml",
        ),
        (
            {
                "check": '[{ ask = "compare", places = ["urup"], day = 1900-01-01, view = "title", same_holder = true }]'
            },
            "two places or more",
        ),
        (
            {
                "check": '[{ ask = "compare", places = ["urup", "iturup"], day = 1900-01-01, view = "title", same_holder = 1 }]'
            },
            "write true or false",
        ),
        (
            {
                "check": '[{ ask = "changes", view = "title", after = 1900-01-01, until = 1901-01-01, found = true, colour = "red" }]'
            },
            "unknown key colour",
        ),
    ],
)
def test_what_is_wrong_in_the_article_is_refused(
    changes: dict[str, str | None], complaint: str, tmp_path: Path, registers: Registers
) -> None:
    with pytest.raises(SeedError) as refusal:
        spoiled(tmp_path, registers, **changes)
    assert complaint in str(refusal.value)
    assert "article.toml: SC01" in str(refusal.value)


def test_a_claim_that_is_right_is_read(tmp_path: Path, registers: Registers) -> None:
    (claim,) = spoiled(tmp_path, registers)
    assert claim.checks == (
        ArticleCheck("instrument", {"id": "shimoda-1855"}, {"signed": "1855-02-07"}),
    )


def test_a_polity_begins_with_an_act_of_the_register(registers: Registers) -> None:
    assert registers.polities["soviet-union"].by == "union-treaty-1922"
    assert all(
        polity.by in registers.instruments for polity in registers.polities.values() if polity.by
    )


def test_every_act_of_the_register_cites_a_source_that_is_there(registers: Registers) -> None:
    assert not [
        key for key, act in registers.instruments.items() if not act.sources and key not in NO_ACTS
    ]
    cites = {key_of(source) for act in registers.instruments.values() for source in act.sources}
    assert cites <= set(registers.sources)


def test_the_seed_says_what_its_language_is() -> None:
    text = (ROOT / "seeds" / "article.toml").read_text(encoding="utf-8")
    assert all(f"# {ask} " in text for ask in ASKS)
    assert len(tomllib.loads(text)) == 56
