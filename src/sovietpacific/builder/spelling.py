"""Checks names as they are written: composed Unicode, no hidden signs, each language in its own
script.

Knows scripts and nothing of places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sovietpacific.errors import SeedError

#: The categories of signs nobody sees: control, format, private use, and halves of signs.
_HIDDEN = ("Cc", "Cf", "Co", "Cs")


def clean(text: str, where: str) -> str:
    """Return the text; raise `SeedError` if it has control signs or is not composed (NFC)."""
    hidden = {sign for sign in text if unicodedata.category(sign) in _HIDDEN}
    if hidden:
        codes = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in hidden))
        raise SeedError(f"{where}: {text!r} holds control signs ({codes}); take them out")
    if unicodedata.normalize("NFC", text) != text:
        raise SeedError(f"{where}: {text!r} is not in the composed Unicode form (NFC)")
    return text


def check_script(text: str, scripts: tuple[str, ...], where: str) -> str:
    """Return a name; raise `SeedError` if it is not clean or has letters of another script."""
    clean(text, where)
    wrong = {
        letter for letter in _letters(text) if not unicodedata.name(letter, "").startswith(scripts)
    }
    if wrong:
        letters = " ".join(sorted(wrong))
        raise SeedError(f"{where} = {text!r} has letters of another script: {letters}")
    return text


def _letters(text: str) -> Iterator[str]:
    return (sign for sign in text if unicodedata.category(sign).startswith("L") and sign != "ー")
