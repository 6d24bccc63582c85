"""Make the texts that columns, credits and pages hold: lists joined, days written, plain signs.

Knows no words about holds, and nothing of frames and the atlas.

Knows no frames, no atlas and no words about holds, which `answers.words` makes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

#: Lists of ids and sources are joined by this: one text survives GeoJSON, Parquet and CSV where a
#: list does not.
SEPARATOR = "; "

#: Whose work is in the shapes and the places; the licences of two of them ask for this line
#: wherever their work goes.
CREDIT = "© OpenStreetMap contributors (ODbL), GeoNames (CC BY 4.0), Natural Earth"


def credit_line(version: str) -> str:
    """Write the line that goes with shapes and places: whose work they are, and the version of the
    data.
    """
    return f"{CREDIT}; sovietpacific {version}"


def text_of(day: date | None) -> str | None:
    """Write a day as ISO text, None for an open end."""
    return None if day is None else day.isoformat()


def joined(words: Iterable[str]) -> str:
    """Join words into the one text a column holds."""
    return SEPARATOR.join(words)


def plain(text: str) -> str:
    r"""Take from a text what would not be seen as it is: control signs, and marks that turn the
    direction of what follows.

    >>> plain("Kurils\u202e <b>\x07")
    'Kurils <b>'
    """
    text = str(text)
    if text.isprintable():  # the most of them, and all shapes
        return text
    return "".join(
        sign
        for sign in text
        if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
