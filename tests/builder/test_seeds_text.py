"""The committed text is clean: composed Unicode, no hidden signs, names in their own script, no
addresses of machines.
"""

from __future__ import annotations

import csv
import re
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".toml", ".csv", ".md", ".py", ".txt", ".cff"}
SEEDS = sorted(path for path in (ROOT / "seeds").rglob("*") if path.suffix in TEXT)


def tracked() -> list[Path]:
    """Give the tracked text files; outside a checkout there are none to ask for."""
    ran = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [
        ROOT / name
        for name in ran.stdout.split("\0")
        if name and (ROOT / name).suffix in TEXT | {".yml", ""}
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_seeds_hold_composed_text_without_hidden_signs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.normalize("NFC", text) == text
    hidden = {
        f"U+{ord(sign):04X}"
        for sign in text
        if unicodedata.category(sign) in ("Cf", "Co", "Cs") or sign in "\r\t\ufeff"
    }
    assert not hidden
    assert text.endswith("\n")


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    hosts = "|".join(
        (
            "py" + r"pi\.org",
            "python" + "hosted",
            "npm" + r"js\.",
            "deb" + r"ian\.org",
            r"(?<![\w.])/(?:wo" + r"rk|tmp/bash)/",
        )
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path.is_file()
        for match in re.finditer(hosts, path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found


def test_every_drawn_point_states_accuracy_source_and_licence() -> None:
    for folder in ("lines", "rings"):
        for path in sorted((ROOT / "seeds" / folder).glob("*.csv")):
            for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
                assert float(row["accuracy_km"]) > 0, path.name
                assert row["source"], path.name
                assert row["licence"] in ("CC0-1.0", "ODbL-1.0"), path.name
                assert 58 <= float(row["lon"]) <= 180, path.name
                assert 24 <= float(row["lat"]) <= 66, path.name


def test_every_drawn_line_and_outline_is_used() -> None:
    lines = tomllib.loads((ROOT / "seeds" / "lines.toml").read_text(encoding="utf-8"))
    drawn = [
        name
        for line in lines.values()
        for name in (line.get("file"), *line.get("files", ()))
        if name
    ]
    assert sorted(drawn) == sorted(path.stem for path in (ROOT / "seeds" / "lines").glob("*.csv"))
    tracts = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "seeds" / "tracts").glob("*.toml")
    )
    assert {path.stem for path in (ROOT / "seeds" / "rings").glob("*.csv")} == {
        name
        for names in re.findall(r"rings = \[([^\]]*)\]", tracts)
        for name in re.findall(r'"([^"]+)"', names)
    }
