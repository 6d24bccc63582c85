"""Set the type of sheets.

Knows signs and nothing of maps.

Here are the fonts that lie in this package, the widths of words, and texts of which every character
can be printed. What the words say is not known here.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from sovietpacific.answers.texts import plain

#: Families in the order in which a sign is looked for; the last is matplotlib's own and has signs
#: no title should need.
_SANS = ["Sheet Sans", "Sheet Sans Wide", "DejaVu Sans"]
_SERIF = ["Sheet Serif", "Sheet Sans Wide", "DejaVu Sans"]

#: Stands where no font has the sign.
UNKNOWN = "\u25a1"

_FONT_FILES = (
    "sheet-sans.ttf",
    "sheet-sans-bold.ttf",
    "sheet-serif-italic.ttf",
    "sheet-sans-wide.ttf",
)
_WIDE = "sheet-sans-wide.ttf"
_FIRST = {
    "sans": "sheet-sans.ttf",
    "bold": "sheet-sans-bold.ttf",
    "serif": "sheet-serif-italic.ttf",
}
_LOOKS: dict[str, dict[str, Any]] = {
    "sans": {"fontfamily": _SANS},
    "bold": {"fontfamily": _SANS, "fontweight": "bold"},
    "serif": {"fontfamily": _SERIF, "fontstyle": "italic"},
}

#: Height of a line and of its part over the line of writing, in sizes of the type.
LEADING, ASCENT = 1.18, 0.78

#: The settings of matplotlib by which axes, text and lines are drawn; those of windows and of
#: saving are the user's.
_DRAWN = ("axes.", "font.", "lines.", "markers.", "patch.", "path.", "pdf.", "svg.", "text.")


@cache
def register() -> None:
    """Make the fonts of this package known to matplotlib, once."""
    from matplotlib.font_manager import fontManager

    for name in _FONT_FILES:
        with as_file(files("sovietpacific.maps.printed").joinpath("fonts", name)) as path:
            fontManager.addfont(str(path))
    wide = fontManager.ttflist[-1]
    # East Asian signs have one weight here; without these entries matplotlib would complain of it
    # at every bold title.
    fontManager.ttflist += [replace(wide, weight=700), replace(wide, style="italic")]


def look_of(face: str) -> dict[str, Any]:
    """Return how matplotlib sets a face: `sans`, `bold`, or `serif` (italic).

    No text is ever read as mathematics.
    """
    register()
    return {**_LOOKS[face], "parse_math": False}


def setting() -> AbstractContextManager[None]:
    """Return the settings under which sheets are drawn and written.

    Text is written as outlines, with no clock and no chance in the file. The style a user has set
    for plots is none for maps; with `text.usetex` it would have titles run by TeX.
    """
    from matplotlib import rc_context, rcParams

    drawn: dict[Any, Any] = {name: usual for name, usual in _usual() if rcParams[name] != usual}
    written: dict[Any, Any] = {
        "svg.fonttype": "path",
        "svg.hashsalt": "sovietpacific",
        "pdf.fonttype": 42,
    }
    return rc_context({**drawn, **written, "text.hinting": "none"})


@cache
def _usual() -> tuple[tuple[Any, Any], ...]:
    """Return the settings by which things are drawn, as matplotlib has them by default."""
    from matplotlib import rcParamsDefault

    return tuple(
        (name, rcParamsDefault[name]) for name in rcParamsDefault if name.startswith(_DRAWN)
    )


def printable(text: str) -> str:
    r"""Return `text` with nothing in it that has no sign in our fonts.

    Marks of direction and control characters are left out; a box stands for what no font has.

    >>> printable("Ur\u202eup \U0001f5fa")
    'Urup □'
    """

    def shown(sign: str) -> str:
        return sign if sign == "\n" or _advance(sign, "sans") is not None else UNKNOWN

    return "".join(map(shown, plain(text)))


def width_of(text: str, size: float, face: str = "sans") -> float:
    """Return the width of the longest line of `text` in points."""
    widths = [sum(_advance(sign, face) or 0.6 for sign in line) for line in text.split("\n")]
    return max(widths) * size


def wrapped(text: str, size: float, room: float, face: str = "sans") -> list[str]:
    """Break `text` into lines no wider than `room` points, at spaces.

    A word that is too long by itself is broken too, and so is East Asian text, which has no spaces,
    between any two signs.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, size, face) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, size, room, face)
            lines += full
        lines.append(line)
    return lines


def shortened(text: str, size: float, room: float, face: str = "sans") -> str:
    """Return `text` as one line no wider than `room` points; an end without room is left out."""
    line = printable(text).replace("\n", " ")
    if width_of(line, size, face) <= room:
        return line
    while line and width_of(line + "…", size, face) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _cut(word: str, size: float, room: float, face: str) -> list[str]:
    """Break a word into pieces no wider than `room` points."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width_of(pieces[-1] + sign, size, face) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


@cache
def _advance(sign: str, face: str) -> float | None:
    """Return how far a sign moves on, in sizes of the type; None if no font has it."""
    for font, signs in (_font(_FIRST[face]), _font(_WIDE), _font("")):
        if ord(sign) in signs:
            glyph = font.load_char(ord(sign))
            return float(glyph.linearHoriAdvance) / 65536 / 100
    return None


@cache
def _font(name: str) -> tuple[Any, frozenset[int]]:
    """Open one font of ours, or with no name the one that comes with matplotlib."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    register()
    with as_file(files("sovietpacific.maps.printed").joinpath("fonts", name or _WIDE)) as path:
        font = FT2Font(str(path) if name else f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    font.set_size(100, 72)
    return font, frozenset(font.get_charmap())
