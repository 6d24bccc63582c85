"""What the documents say is so: the README's questions have its answers, the examples in the code
run.
"""

from __future__ import annotations

import csv
import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import sovietpacific
from sovietpacific import Atlas

ROOT = Path(__file__).parents[2]
MODULES = ["sovietpacific"] + [
    module.name for module in pkgutil.walk_packages(sovietpacific.__path__, "sovietpacific.")
]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=FLAGS).failed == 0


def test_the_readme_reads_in_two_minutes() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 650


def test_the_readme_has_the_headings_a_newcomer_looks_for() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    wanted = ["Installation", "Documentation", "Contributing", "Citation", "License"]
    assert [heading for heading in headings if heading in wanted] == wanted


def test_the_questions_of_the_readme_have_its_answers() -> None:
    result = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, optionflags=FLAGS, encoding="utf-8"
    )
    assert result.attempted >= 5
    assert result.failed == 0


def test_theory_lists_every_island_whose_size_is_off(atlas: Atlas) -> None:
    theory = (ROOT / "THEORY.md").read_text(encoding="utf-8")
    for row in csv.DictReader(
        (ROOT / "tests" / "data" / "areas.csv").read_text(encoding="utf-8").splitlines()
    ):
        tract = atlas.tracts[row["tract"]]
        assert tract.published_km2 is not None
        off = tract.area_km2 / tract.published_km2 - 1
        line = f"| `{tract.id}` | {tract.published_km2:g} | {tract.area_km2:.3g} | {off:+.0%} | {row['reason']} |"
        assert line in theory, f"THEORY.md lacks: {line}"


def test_the_readme_promises_only_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("map", "test", "help", "data", "coast", "check", "bench"):
        assert f"\n{target}:" in makefile


def test_the_page_on_checks_tells_how_much_was_seen_as_the_timeline_does() -> None:
    page = (ROOT / "docs" / "checked.md").read_text(encoding="utf-8")
    head = (
        (ROOT / "data" / "timeline.txt").read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    )
    rows = [
        re.split(r" {2,}", line[4:].strip())
        for line in head[head.index("# Seen in a source (seen/all):") + 2 :]
    ]
    assert rows[-1][0] == "all"
    for row in rows:
        assert f"| {' | '.join(row)} |" in page
    counts = [tuple(map(int, share.split()[0].split("/"))) for share in rows[-1][1:3]]
    tenures, law = (
        100 * seen / every for seen, every in counts
    )  # of the counts: a share rounded twice may be one too high
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert law == 100
    assert (
        f"{tenures:.0f} % of tenures, and all changes of sovereignty and title, were read in a source"
        in readme
    )


def test_the_fact_base_is_seen_as_far_as_was_promised() -> None:
    head = (ROOT / "data" / "timeline.txt").read_text(encoding="utf-8").split("\n\n")[0]
    shares = {
        line.split()[1]: [float(share) for share in re.findall(r"([\d.]+) %", line)]
        for line in head.splitlines()
        if "%" in line
    }
    assert shares["all"][0] >= 88
    assert shares["all"][2] >= 75
    assert min(shares[region][1] for region in ("sakhalin", "kurils", "manchuria", "korea")) >= 95


def test_the_page_on_checks_counts_the_known_days() -> None:
    page = " ".join((ROOT / "docs" / "checked.md").read_text(encoding="utf-8").split())
    rows = list(
        csv.DictReader(
            (ROOT / "tests" / "data" / "known_days.csv").read_text(encoding="utf-8").splitlines()
        )
    )
    own = [row for row in rows if re.match(r"Z[23]\d\d", row["case"])]
    disputed = sum(row["status"] == "disputed" for row in own)
    cases = len({row["case"][:4] for row in own})
    assert f"asks it {len(rows)} questions; {len(own)} of them, {cases} cases" in page
    assert (
        f"{len(own) - disputed} are answered as the source has them, {disputed} are disputed"
        in page
    )
