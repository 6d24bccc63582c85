"""Define the nouns of the founding article's audit: its claims, our verdicts, and the questions put
to the atlas.

Knows nothing of the atlas that answers, nor of `audit`, which asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What a claim of the founding article can be found to be.
VERDICTS = ("confirmed", "imprecise", "wrong")


@dataclass(frozen=True, slots=True)
class Ask:
    """A kind of question that a check of the article puts to the atlas.

    Its keys: those that must put the question, those that may narrow it, and those of which at
    least one states the answer.
    """

    needs: tuple[str, ...]
    may: tuple[str, ...]
    expects: tuple[str, ...]


#: The language of the checks of the article: every kind of question by name.
ASKS = {
    "sovereignty_of": Ask(("place", "day", "view"), (), ("holder", "standing", "polity", "by")),
    "compare": Ask(("places", "day", "view"), (), ("same_holder", "same_tract")),
    "changes": Ask(("view", "after", "until"), ("region", "from", "to", "by"), ("found",)),
    "instrument": Ask(("id",), (), ("name", "signed", "in_force", "carried_out", "parties")),
    "polity": Ask(("id",), (), ("since", "until")),
}


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """One question to the atlas and the answer that is expected.

    `ask` is a word of `ASKS`; days are ISO text.
    """

    ask: str
    question: Mapping[str, Any]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """A claim of the founding article in our words, what it was found to be, and what is so.

    `no_check` says why the atlas cannot test the claim; it is empty where there are checks.
    """

    id: str
    claim: str
    verdict: str
    fact: str
    instruments: tuple[str, ...]
    sources: tuple[str, ...]
    checks: tuple[ArticleCheck, ...]
    no_check: str = ""
