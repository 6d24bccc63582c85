"""Write a sheet into a file: the same sheet gives the same bytes.

Knows forms of files and nothing of what is drawn.

Its text is outlines, which look alike everywhere. It knows a figure, and no atlas.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.maps.printed.typefaces import setting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Dots an inch of a PNG: a printed dot is smaller than the simplification of the shapes.
DPI = 170

#: No clock and no version of a library in the file.
_ABOUT: dict[str, dict[str, Any]] = {
    "png": {"Software": "sovietpacific"},
    "svg": {"Date": None, "Creator": "sovietpacific"},
    "pdf": {"CreationDate": None, "Producer": "sovietpacific", "Creator": "sovietpacific"},
}


def write_sheet(figure: Figure, path: Path, kind: str, dpi: float = DPI) -> None:
    """Write a sheet as `png`, `svg` or `pdf`.

    Text in an SVG is outlines, since a reader who has not our fonts would otherwise see other
    widths, and names that run into each other; a PDF carries the fonts, and titles, legend and
    credit can be searched in it.
    """
    with setting():
        figure.savefig(path, format=kind, dpi=dpi, metadata=_ABOUT[kind])
    if kind == "svg":
        path.write_text(_smaller(path.read_text(encoding="utf-8")), encoding="utf-8")


#: A path of an SVG as matplotlib writes it, and a letter in its course.
_PATH = re.compile(r'<path (id="[^"]*" )?d="([^"]*)"([^>]*)/>')
_SPACE = re.compile(r"([A-Za-z])")


def _smaller(svg: str) -> str:
    """Return an SVG with positions to a hundredth of a point, and no path written twice.

    A name and its halo are one path, which then stands once and is used twice.
    """

    def shorten(path: re.Match[str]) -> str:
        return f'<path {path[1] or ""}d="{_shortened(path[2])}"{path[3]}/>'

    short = _PATH.sub(shorten, svg)
    counts = Counter(path[2] for path in _PATH.finditer(short) if not path[1])
    repeated = [course for course, count in counts.items() if count > 1]
    names = {course: f"course{number}" for number, course in enumerate(repeated)}
    defined: set[str] = set()

    def use(path: re.Match[str]) -> str:
        name = names.get(path[2])
        if path[1] or name is None:
            return path[0]
        before = "" if name in defined else f'<defs><path id="{name}" d="{path[2]}"/></defs>'
        defined.add(name)
        return f'{before}<use xlink:href="#{name}"{path[3]}/>'

    return _PATH.sub(use, short)


#: How many positions follow each letter of a course.
_POSITIONS = {"M": 1, "L": 1, "Q": 2, "C": 3}


def _shortened(course: str) -> str:
    """Return the course of a path written shorter.

    Positions are hundredths of a point, and lines and curves steps from the position before.
    """
    parts, at, before = [], (0, 0), ""
    word = iter(_SPACE.sub(r" \1 ", course).split())
    for letter in word:
        if letter == "z":
            parts.append("z")
            before = ""
            continue
        base = (0, 0) if letter == "M" else at
        steps = []
        for _ in range(_POSITIONS[letter]):
            at = (round(float(next(word)) * 100), round(float(next(word)) * 100))
            steps += [at[0] - base[0], at[1] - base[1]]
        numbers = "".join(("" if step < 0 else " ") + _number(step) for step in steps)
        if letter != before:  # a letter stands for all that follow it until another comes
            numbers = ("M" if letter == "M" else letter.lower()) + numbers.lstrip()
        parts.append(numbers)
        before = "" if letter == "M" else letter
    return "".join(parts)


def _number(hundredths: int) -> str:
    """Write a number of hundredths as short as can be.

    >>> _number(-250), _number(7), _number(300)
    ('-2.5', '.07', '3')
    """
    whole, part = divmod(abs(hundredths), 100)
    digits = f"{whole or ''}.{part:02d}".rstrip("0") if part else str(whole)
    return ("-" if hundredths < 0 else "") + digits
