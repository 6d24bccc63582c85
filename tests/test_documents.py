"""What the documents say is so: the README's questions have its answers, the examples in the code run."""

from __future__ import annotations

import csv
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import sovietpacific
from sovietpacific import Atlas

ROOT = Path(__file__).parents[1]
MODULES = [module.name for module in pkgutil.walk_packages(sovietpacific.__path__, "sovietpacific.")]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=FLAGS).failed == 0


def test_the_questions_of_the_readme_have_its_answers() -> None:
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=FLAGS, encoding="utf-8")
    assert result.attempted >= 5
    assert result.failed == 0


def test_theory_lists_every_island_whose_size_is_off(atlas: Atlas) -> None:
    theory = (ROOT / "THEORY.md").read_text(encoding="utf-8")
    for row in csv.DictReader((ROOT / "tests" / "areas.csv").read_text(encoding="utf-8").splitlines()):
        tract = atlas.tracts[row["tract"]]
        assert tract.published_km2 is not None
        off = tract.area_km2 / tract.published_km2 - 1
        line = f"| `{tract.id}` | {tract.published_km2:g} | {tract.area_km2:.3g} | {off:+.0%} | {row['reason']} |"
        assert line in theory, f"THEORY.md lacks: {line}"


def test_the_readme_promises_only_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("map", "test", "help", "data", "coast", "check", "bench"):
        assert f"\n{target}:" in makefile


def test_the_first_notebook_runs_and_shows_a_map(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(compile((ROOT / "notebooks" / "first_look.py").read_text(encoding="utf-8"), "first_look.py", "exec"), names)
    assert "soviet-union (occupied) 1945-08-28" in capsys.readouterr().out
    assert "leaflet" in names["web"]._repr_html_()  # type: ignore[attr-defined]
