"""The fonts of sheets have every sign the atlas can print, are small, and are cut the same every
time.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sovietpacific.builder.fonts import CUTS, PACKAGES, USUAL, _cut, make_fonts, signs_of
from sovietpacific.errors import SeedError
from sovietpacific.maps.printed.typefaces import UNKNOWN, printable, shortened, width_of, wrapped

FONTS = Path(__file__).parents[2] / "src" / "sovietpacific" / "maps" / "printed" / "fonts"


def test_every_sign_of_every_text_of_the_atlas_is_in_the_fonts(root: Path) -> None:
    needed = set(signs_of(json.loads((root / "data" / "records.json").read_text(encoding="utf-8"))))
    fonts = {
        cut.file: {chr(code) for code in TTFont(FONTS / cut.file).getBestCmap()} for cut in CUTS
    }
    wide = fonts["sheet-sans-wide.ttf"]
    for file in ("sheet-sans.ttf", "sheet-sans-bold.ttf", "sheet-serif-italic.ttf"):
        assert needed - fonts[file] - wide == set(), (
            f"{file} and the wide font together lack signs: run `make fonts`"
        )
        assert set("ŌōŪūЁёЖж–’°′²") <= fonts[file]
    assert len(needed & wide) > 800


def test_the_fonts_are_small_have_names_of_their_own_and_their_licence() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 350_000
    for cut in CUTS:
        font = TTFont(FONTS / cut.file)
        assert (font["name"].getDebugName(1), font["name"].getDebugName(2)) == (
            cut.family,
            cut.style,
        )
        assert "glyf" in font, "matplotlib embeds quadratic outlines only"
    licence = (FONTS / "LICENSE-OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert all(package.name in licence for package in PACKAGES)


def test_a_font_is_cut_the_same_every_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        _cut(CUTS[0], FONTS / CUTS[0].file, tmp_path / name, {ord(sign) for sign in USUAL})
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_another_package_than_the_one_written_down_is_refused(tmp_path: Path, root: Path) -> None:
    (tmp_path / PACKAGES[0].file).write_bytes(b"another")
    with pytest.raises(SeedError, match="it is another file than the one written down"):
        make_fonts(root / "data", tmp_path / "fonts", tmp_path)


def test_what_no_font_has_is_shown_as_a_box() -> None:
    assert printable("Urup \U0001f5fa") == f"Urup {UNKNOWN}"
    assert printable("Ōtomari 大泊 Корсаков 서울") == "Ōtomari 大泊 Корсаков 서울"
    assert printable("a\u202eb\x00c") == "abc"


def test_what_does_not_fit_in_one_line_is_shortened() -> None:
    assert shortened("Treaty of\nPortsmouth\u202e", 10, 400) == "Treaty of Portsmouth"
    short = shortened("Treaty of Portsmouth", 10, 60)
    assert short.endswith("…")
    assert width_of(short, 10) <= 60
    assert shortened("Treaty", 10, 0) == "…"


def test_lines_are_broken_so_that_they_fit() -> None:
    for text in ("who held what on this day " * 9, "x" * 200, "大泊" * 60):
        lines = wrapped(text, 10, 120)
        assert len(lines) > 2
        assert all(width_of(line, 10) <= 120 for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())
