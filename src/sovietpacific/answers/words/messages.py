"""Messages: what is to be said, by the key of a sentence and its arguments, in no language yet.

Knows keys and arguments, and nothing of languages.

Knows no catalogue; `wording` has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce

#: Every sentence that there is, by its key.
SENTENCES: dict[str, Sentence] = {}

#: The argument by which a sentence takes its plural form.
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be said: the key of its sentence, and its arguments by name.

    Messages may hold others, and are equal where they say the same.
    """

    key: str
    arguments: tuple[tuple[str, Argument], ...] = ()


#: What a sentence may hold: another message, a name or an id as it is, a number, a day.
Argument = Message | str | int | float | date

#: What is turned into text: a message, or a text that needs no turning, such as a name.
Words = Message | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogues: its key, and the names of its arguments in order."""

    key: str
    names: tuple[str, ...]

    def __call__(self, *arguments: Argument) -> Message:
        """Return the message of this sentence with these arguments, in order.

        >>> sentence_of("list.and")("Japan", "Russia").arguments
        (('before', 'Japan'), ('next', 'Russia'))
        """
        return Message(self.key, tuple(zip(self.names, arguments, strict=True)))


def sentence(key: str, *names: str) -> Sentence:
    """Declare a sentence, which every catalogue must have, with the arguments it takes."""
    if key in SENTENCES:
        raise ValueError(f"the sentence {key!r} is declared already")
    return SENTENCES.setdefault(key, Sentence(key, names))


def sentence_of(key: str) -> Sentence:
    """Return the sentence of a key that is declared."""
    return SENTENCES[key]


def sentences(prefix: str, *endings: str) -> dict[str, Sentence]:
    """Declare sentences without arguments that are alike, and return them by the ends of their
    keys.
    """
    return {ending: sentence(f"{prefix}.{ending}") for ending in endings}


#: How lists are joined, two parts at a time.
AND = sentence("list.and", "before", "next")
COMMA = sentence("list.comma", "before", "next")
SEMICOLON = sentence("list.semicolon", "before", "next")
FOLLOWING = sentence("list.following", "before", "next")
STOPS = sentence("list.stops", "before", "next")
APART = sentence("list.apart", "before", "next")

#: A sentence that ends, of words that do not; a heading and what it is about.
ENDED = sentence("words.ended", "words")
ABOUT = sentence("words.about", "heading", "words")

#: How many more there are than were named.
AND_MORE = sentence("list.more", "count")


def listed(parts: Iterable[Words], joint: Sentence) -> Words:
    """Return parts as one list, which is empty where there are none.

    >>> listed(["Japan"], AND)
    'Japan'
    >>> listed(["Japan", "Russia"], AND).key
    'list.and'
    """
    several = list(parts)
    return reduce(joint, several) if several else ""
