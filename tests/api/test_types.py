"""Whoever uses the library with a type checker finds what each question wants and what comes back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Calls as a user writes them, each with the type its value must have.
CALLS = """
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import assert_type

import folium
import numpy
import pandas
import shapely
from matplotlib.figure import Figure

import sovietpacific as sp
from sovietpacific import maps

atlas = sp.load_atlas()
assert_type(atlas, sp.Atlas)
assert_type(atlas.version, str)
assert_type(atlas.as_of, date)
assert_type(atlas.credit, str)
assert_type(atlas.regions, tuple[str, ...])
assert_type(atlas.views, Mapping[str, str])
assert_type(atlas.lineages, Mapping[str, str])
assert_type(atlas.tracts["urup"].name, str)
assert_type(atlas.tracts["urup"].area_km2, float)

days: list[sp.Day] = [
    "1950-01-01",
    date(1950, 1, 1),
    datetime(1950, 1, 1),
    pandas.Timestamp(1950, 1, 1),
    numpy.datetime64("1950-01-01"),
]
where: list[sp.Place] = ["Urup", (150.0, 46.0), shapely.Point(150.0, 46.0)]

answer = sp.sovereignty_of(where[0], days[0])
assert_type(answer, sp.Sovereignty)
assert_type(answer.day, date)
assert_type(answer.control, sp.Answer)
assert_type(answer.control.polities, tuple[str, ...])
assert_type(answer.title.until, date | None)
assert_type(answer.state_map, sp.Answer | None)

assert_type(sp.history_of("Urup", view="title"), pandas.DataFrame)
assert_type(sp.epochs(), pandas.DataFrame)
assert_type(sp.places("Dairen"), pandas.DataFrame)
assert_type(sp.polities(), pandas.DataFrame)
assert_type(sp.instruments(), pandas.DataFrame)
assert_type(sp.sources(atlas=atlas), pandas.DataFrame)
for frame in (
    sp.borders_at(days[1], region="kurils", context=True),
    sp.tracts_at(days[2]),
    sp.lines_at(days[3]),
    sp.changes_between(days[1], days[4], certain_only=True),
):
    assert_type(frame.map(title="A title"), folium.Map)
    assert_type(frame.explore(), folium.Map)


class Ships(pandas.DataFrame):
    \"\"\"A frame of someone else.\"\"\"


log = pandas.DataFrame({"lon": [142.7], "lat": [47.0], "date": ["1945-09-02"]})
assert_type(sp.label(log, columns=["holder"], snap_km=8), pandas.DataFrame)
assert_type(sp.label(Ships(log)), Ships)
assert_type(sp.export("rim.gpkg", "tenures", since="1931-01-01"), Path)

assert_type(maps.web("1945-09-02", region="kurils"), folium.Map)
assert_type(maps.timeline(day="1945-09-02"), folium.Map)
assert_type(sp.maps.compare("1945-08-08", "1945-09-05"), folium.Map)
assert_type(maps.save(Path("kurils.png"), "1945-09-02", around=("Iturup", 60)), Path)
assert_type(maps.save_comparison("august.pdf", "1945-08-08", "1945-09-05"), Path)
assert_type(maps.save_timeline("all.html"), Path)
assert_type(maps.animate("august.gif", "1945-08-08", "1945-09-05", step=days), Path)
assert_type(maps.sheet("1945-09-02", insets=["kurils.south", ("Urup", 60)]), Figure)
assert_type(maps.sheets(days, titles=["One"]), Figure)
assert_type(maps.compare_sheet("1945-08-08", "1945-09-05"), Figure)

refusals: list[type[sp.SovietPacificError]] = [sp.ViewError, sp.OptionError, sp.DayError]
"""

#: Calls that are wrong, which a type checker finds.
WRONG = """
import pandas

import sovietpacific as sp

sp.borders_at()
sp.borders_at(19450902)
sp.borders_at("1945-09-02", when="1945-09-02")
sp.borders_at("1945-09-02", "title")
sp.sovereignty_of(["Urup"], "1945-09-02")
sp.label([1, 2, 3])
sp.label_batches("log.csv")
sp.load_atlas().borders_at("1945-09-02")
sp.maps.sheet("1945-09-02", around="Iturup")
sp.maps.save("1945-09-02")
sp.border_at("1945-09-02")
"""


def checked(text: str, folder: Path) -> list[str]:
    """Return what mypy says, as strict as can be, of a file that uses the library."""
    file = folder / "calls.py"
    file.write_text(text, encoding="utf-8")
    settings = folder / "mypy.ini"
    settings.write_text("[mypy]\nstrict = True\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", settings, "--no-error-summary"]
    command += ["--cache-dir", ROOT / ".mypy_cache" / "calls", file]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not ran.stderr, ran.stderr
    return [line for line in ran.stdout.splitlines() if line.startswith("calls.py")]


@pytest.fixture(scope="module")
def _mypy() -> None:
    pytest.importorskip("mypy", reason="mypy, which is in requirements/develop.txt, checks types")


@pytest.mark.usefixtures("_mypy")
def test_what_comes_back_has_the_type_that_is_promised(tmp_path: Path) -> None:
    assert checked(CALLS, tmp_path) == []


@pytest.mark.usefixtures("_mypy")
def test_a_call_that_is_wrong_is_found_by_a_type_checker(tmp_path: Path) -> None:
    said = checked(WRONG, tmp_path)
    lines = {number for number, line in enumerate(WRONG.splitlines(), 1) if line.startswith("sp.")}
    assert {
        int(re.findall(r":(\d+): error", line)[0]) for line in said if ": error" in line
    } == lines
