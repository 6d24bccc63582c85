"""Turns messages into text by the catalogue of a language, which is read when first needed.

Knows catalogues and nothing of what a sentence is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.answers.words.messages import COUNT, Message, Sentence, Words
from sovietpacific.errors import OptionError, name_choices

if TYPE_CHECKING:
    from gettext import NullTranslations

#: The name of the catalogues' files, and where they lie: `<language>/LC_MESSAGES/<domain>.mo`.
DOMAIN = "sovietpacific"

#: How many numbers a page is told the plural forms of; in every language the forms of larger ones
#: repeat those of the last hundred.
COUNTED = 200


def catalogues() -> Path:
    """Return the folder of the catalogues, one folder a language."""
    return Path(str(files("sovietpacific.answers"))) / "catalogues"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, sorted."""
    found = catalogues().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return tuple(sorted(path.parents[1].name for path in found))


class Wording:
    """How one language says the messages; what it lacks is said in English."""

    def __init__(self, language: str = "en") -> None:
        """Choose a language; its catalogue is read with the first message.

        Raises `OptionError` for a language that has no catalogue.
        """
        if language not in languages():
            raise OptionError(name_choices(language, "language", languages()))
        self.language = language
        self._known: dict[Message, str] = {}

    @cached_property
    def _catalogue(self) -> NullTranslations:
        from gettext import translation

        return translation(DOMAIN, str(catalogues()), [self.language, "en"])

    def text(self, words: Words) -> str:
        """Return a message as text; a text is returned as it is.

        >>> from sovietpacific.answers.words.messages import AND
        >>> Wording("en").text(AND("Japan", "Russia"))
        'Japan and Russia'
        """
        if isinstance(words, str):
            return words
        text = self._known.get(words)
        if text is None:
            arguments = dict(words.arguments)
            pattern = self._pattern(words.key, arguments.get(COUNT))
            text = pattern.format_map({name: self._part(one) for name, one in arguments.items()})
            if len(self._known) < _MOST_KEPT:
                self._known[words] = text
        return text

    def _part(self, argument: Any) -> Any:
        """Return an argument as a pattern takes it: numbers and days are written by the pattern."""
        return self.text(argument) if isinstance(argument, Message) else argument

    def _pattern(self, key: str, count: Any = None) -> str:
        catalogue = self._catalogue
        pattern = catalogue.gettext(key) if count is None else catalogue.ngettext(key, key, count)
        if pattern == key:
            raise KeyError(f"no catalogue has the sentence {key!r}")
        return pattern

    def patterns(self, wanted: Iterable[Sentence]) -> dict[str, Any]:
        """Return the patterns of sentences by key, for a script that fills them in itself.

        A pattern that depends on a number is a list of forms; `plurals` gives a digit for each
        number from 0 on, the place of its form in such a list.

        >>> from sovietpacific.answers.words.messages import AND
        >>> Wording("en").patterns([AND])["list.and"]
        '{before} and {next}'
        """
        numbers = range(COUNTED)
        forms = [self._form(number) for number in numbers]
        first = {forms[number]: number for number in reversed(numbers)}
        return {
            "plurals": "".join(map(str, forms)),
            **{
                one.key: [self._pattern(one.key, first[form]) for form in sorted(first)]
                if COUNT in one.names
                else self._pattern(one.key)
                for one in wanted
            },
        }

    def _form(self, count: int) -> int:
        catalogue: Any = self._catalogue
        return int(catalogue.plural(count))


#: How many texts one wording keeps ready: maps say the same few thousand things again and again.
_MOST_KEPT = 20_000


@cache
def wording(language: str = "en") -> Wording:
    """Return the wording of a language, the same one each time."""
    return Wording(language)


def text(words: Words) -> str:
    """Return a message as English text."""
    return wording().text(words)
