"""Words days and spans: a day as in a title, from when to when, as far as it is known.

Knows days and nothing of who held what on them.
"""

from __future__ import annotations

from datetime import date

from sovietpacific.answers.words.messages import Message, Words, sentence, sentences

MONTHS = sentences("month", *(str(month) for month in range(1, 13)))
LONG_DAY = sentence("day.long", "day", "month", "year")
TODAY = sentence("span.today")
LONG_SPAN = sentence("span.long", "first", "last")
BETWEEN = sentence("span.between", "first", "last")
KNOWN_AS = sentence("span.known", "span", "edtf")
DATES = sentence("span.dates", "since", "until")
_CLOSED, _OPEN = sentence("span.closed", "since", "until"), sentence("span.open", "since")


def long_day(day: date) -> Message:
    """Say a day as in a title.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(long_day(date(1945, 9, 2)))
    '2 September 1945'
    """
    return LONG_DAY(day.day, MONTHS[str(day.month)](), day.year)


def dates(since: date, until: date | None) -> Message:
    """Say from when to when a hold lasted, as in a list of holds."""
    return DATES(since, until or TODAY())


def span(since: date, until: date | None, edtf: str | None) -> Words:
    """Say from when to when, with the day as it is known where that is only within limits.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(span(date(1945, 8, 29), None, None))
    '1945-08-29 to today'
    """
    words = _CLOSED(since, until) if until else _OPEN(since)
    return KNOWN_AS(words, edtf) if edtf else words


def between(first: date, last: date) -> Message:
    """Say between which days something differs."""
    return BETWEEN(long_day(first), long_day(last))


def up_to(first: date, last: date) -> Message:
    """Say from which day to which something changed."""
    return LONG_SPAN(long_day(first), long_day(last))
