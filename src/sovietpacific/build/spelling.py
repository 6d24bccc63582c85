"""Checks names as they are written: composed Unicode, no hidden signs, each language in its own script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sovietpacific.errors import SeedError

#: The script each language of a tract's or region's `names` is written in, as the first word of the Unicode names of its letters.
SCRIPTS = {
    "ru": ("CYRILLIC",),
    "mn": ("CYRILLIC",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "zh": ("CJK",),
    "ko": ("HANGUL",),
}

#: The same for the gazetteer, which also holds English names and the Western spellings of old maps (`latn`).
PLACE_SCRIPTS = {"en": ("LATIN",), **SCRIPTS, "latn": ("LATIN",)}


def clean(text: str, where: str) -> str:
    """Refuse a text with invisible or bidi control signs, or one that is not in the composed form (NFC)."""
    hidden = sorted({f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs")})
    if hidden:
        raise SeedError(f"{where}: {text!r} holds control signs ({', '.join(hidden)}); take them out")
    if unicodedata.normalize("NFC", text) != text:
        raise SeedError(f"{where}: {text!r} is not in the composed Unicode form (NFC)")
    return text


def check_script(text: str, scripts: tuple[str, ...], where: str) -> str:
    """Refuse a name that is not clean or has letters of another script than its language is written in."""
    clean(text, where)
    wrong = sorted({letter for letter in _letters(text) if not unicodedata.name(letter, "").startswith(scripts)})
    if wrong:
        raise SeedError(f"{where} = {text!r} has letters of another script: {' '.join(wrong)}")
    return text


def _letters(text: str) -> Iterator[str]:
    return (sign for sign in text if unicodedata.category(sign).startswith("L") and sign != "ー")
