"""Cuts the fonts of sheets from the packages they come in: the signs our texts need, as outlines
every writer can embed.

Knows signs and outlines, and nothing of sheets.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sovietpacific.builder.packages import Package, take_package
from sovietpacific.files.beside import beside, make_folders


class Cut(NamedTuple):
    """A font to be cut: its file, family and style here, and where it is cut from.

    It is cut from the font of a `number` in the file `path` of a `package`.
    """

    file: str
    family: str
    style: str
    package: str
    path: str
    number: int


PACKAGES = (
    Package(
        "fonts-noto-core",
        "20201225-1",
        "fonts-noto-core_20201225-1_all.deb",
        "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba",
    ),
    Package(
        "fonts-noto-cjk",
        "1:20220127+repack1-1",
        "fonts-noto-cjk_1%3a20220127+repack1-1_all.deb",
        "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502",
    ),
)
_LATIN, _WIDE = "usr/share/fonts/truetype/noto", "usr/share/fonts/opentype/noto"

#: The families bear names of their own, so that fonts a reader has installed never stand in for
#: them.
CUTS = (
    Cut(
        "sheet-sans.ttf",
        "Sheet Sans",
        "Regular",
        "fonts-noto-core",
        f"{_LATIN}/NotoSans-Regular.ttf",
        0,
    ),
    Cut(
        "sheet-sans-bold.ttf",
        "Sheet Sans",
        "Bold",
        "fonts-noto-core",
        f"{_LATIN}/NotoSans-Bold.ttf",
        0,
    ),
    Cut(
        "sheet-serif-italic.ttf",
        "Sheet Serif",
        "Italic",
        "fonts-noto-core",
        f"{_LATIN}/NotoSerif-Italic.ttf",
        0,
    ),
    Cut(
        "sheet-sans-wide.ttf",
        "Sheet Sans Wide",
        "Regular",
        "fonts-noto-cjk",
        f"{_WIDE}/NotoSansCJK-Regular.ttc",
        0,
    ),
)

#: Latin with its accents and macrons, and Cyrillic.
_BLOCKS = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x400, 0x460))

#: What titles of one's own are likely to need: Latin with its accents and macrons, Cyrillic, and
#: the signs of print.
USUAL = (
    *(chr(code) for block in _BLOCKS for code in block),
    *"ȘșȚțĠġẞ–—‘’‚“”„†‡•…′″‹›€№−×→←°²³",
)

#: The fields of the table `maxp` that a TrueType font has and a CFF font lacks.
_MOST_OF_TRUETYPE = (
    "maxZones",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)

#: One unit of a font of 1000 to an em: curves may be off by so much, which no eye sees.
TOLERANCE = 1.0


def make_fonts(data: Path, target: Path, packages: Path | None = None) -> list[str]:
    """Write the fonts of `CUTS` into `target` and return a remark per font.

    They have the signs of all texts in `data/records.json`. The packages are taken by name and
    version with `apt-get download`, or from `packages` where they already lie. Raise `SeedError`
    for a file with another SHA-256 than is written here. The same packages and data give the same
    bytes.
    """
    records = json.loads((data / "records.json").read_text(encoding="utf-8"))
    signs = {ord(sign) for sign in (*USUAL, *signs_of(records))}
    make_folders(target)
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            path = take_package(package, "apt", packages or Path(scratch), "the fonts")
            subprocess.run(["dpkg", "-x", str(path), f"{scratch}/{package.name}"], check=True)
        return [
            _cut(cut, Path(scratch) / cut.package / cut.path, target / cut.file, signs)
            for cut in CUTS
        ]


def signs_of(value: Any) -> Iterator[str]:
    """Yield the signs of all texts in a JSON document, the names of its members among them."""
    if isinstance(value, str):
        yield from value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from key
            yield from signs_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from signs_of(inner)


def _cut(cut: Cut, source: Path, target: Path, signs: set[int]) -> str:
    """Cut one font and return a line that says what is in it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source, fontNumber=cut.number, recalcTimestamp=False)
    wide = "CFF " in font
    options = Options(
        hinting=False,
        layout_features=[] if wide else ["kern", "mark", "ccmp"],
        name_IDs=[0, 13, 14],
    )
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG", "MATH"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs - _narrow() if wide else signs)
    subsetter.subset(font)
    if wide:
        _bend_to_quadratic(font)
    _rename(font, cut)
    with beside(target) as part:
        font.save(part, reorderTables=True)
    return f"{target.name}: {len(font.getBestCmap())} signs, {target.stat().st_size:,} bytes"


def _narrow() -> set[int]:
    """Return the signs the other fonts have anyway."""
    return {ord(sign) for sign in USUAL}


def _bend_to_quadratic(font: Any) -> None:
    """Replace the cubic outlines of a CFF font by the quadratic ones of TrueType.

    Matplotlib embeds these in PDF.
    """
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    for name, glyph in outlines.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]
    largest = font["maxp"]
    largest.tableVersion = 0x00010000
    for field in _MOST_OF_TRUETYPE:
        setattr(largest, field, 0)
    largest.maxZones = 1
    font["head"].glyphDataFormat = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _rename(font: Any, cut: Cut) -> None:
    """Give the font its family here: by the licence no changed font bears a reserved name."""
    names = font["name"]
    full = f"{cut.family} {cut.style}"
    texts = {
        1: cut.family,
        2: cut.style,
        3: f"{full}; sovietpacific",
        4: full,
        6: full.replace(" ", "-"),
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    names.names.sort()
    # A day as good as any: the same fonts are to have the same bytes every time.
    font["head"].created = font["head"].modified = 3_600_000_000
