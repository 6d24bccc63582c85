"""Words the acts behind a hold, how sure a fact is and on whose word, and the claims to land.

Knows acts and claims, and nothing of where a sentence is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sovietpacific.answers.words.holds import name_of
from sovietpacific.answers.words.messages import (
    COMMA,
    SEMICOLON,
    Message,
    Words,
    listed,
    sentence,
    sentences,
)
from sovietpacific.facts.records import CERTAINTIES, SERIES_START, Claim

if TYPE_CHECKING:
    from sovietpacific.facts.records import Records

_AT_THE_START = sentence("act.start")

#: How sure a fact is; and that nobody read it in its source, after other words, in brackets after
#: them, or alone.
HOW_SURE = sentences("certainty", *CERTAINTIES)
UNVERIFIED_AFTER = sentence("unverified.after", "words")
UNVERIFIED_IN_BRACKETS = sentence("unverified.in_brackets", "words")
_UNVERIFIED = sentence("unverified.alone")

CLAIM = sentence("claim.open", "claimant", "since")
_CLAIM_UNTIL = sentence("claim.closed", "claimant", "since", "until")


def act(records: Records, instrument: str) -> Words:
    """Say the name of an act; a row that only says how things stood at the start has none."""
    if instrument == SERIES_START:
        return _AT_THE_START()
    known = records.instruments.get(instrument)
    return known.name if known else instrument


def certainty(word: str, *, seen: bool) -> Words:
    """Say how sure a fact is, and whether anybody read it in its source.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(certainty("firm", seen=False))
    'firm, unverified'
    """
    return doubted(certainty_alone(word), seen=seen)


def certainty_alone(word: str) -> Words:
    """Say how sure a fact is; words for several facts, such as `firm; probable`, stay as they
    are.
    """
    return HOW_SURE[word]() if word in HOW_SURE else word


def doubted(words: Words, *, seen: bool) -> Words:
    """Add to words that nobody read it, where nobody did."""
    return words if seen else UNVERIFIED_AFTER(words)


def unverified() -> Message:
    """Say of a fact that nobody read it in its source."""
    return _UNVERIFIED()


def evidence(sources: Sequence[str], words: Words) -> Words:
    """Say on whose word a fact stands, and how sure it is."""
    return SEMICOLON(listed(sources, COMMA), words)


def claim(name: str, since: date, until: date | None = None) -> Message:
    """Say who claims land since when, and until when where that is told."""
    return CLAIM(name, since) if until is None else _CLAIM_UNTIL(name, since, until)


def claims(records: Records, upheld: Sequence[Claim]) -> Words:
    """Say who claims land on a day, and since when."""
    words = [
        doubted(claim(name_of(records, one.claimant), one.since), seen=one.seen) for one in upheld
    ]
    return listed(words, SEMICOLON)
