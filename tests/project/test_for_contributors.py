"""What newcomers are told is so: the checks at a commit are those of `make test`, the steps without
make are its steps, the forms are forms.
"""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def told(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def steps_of_make_test() -> list[str]:
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", told("Makefile"), re.MULTILINE)
    assert recipe
    return [line.strip().removeprefix("$(BIN)/") for line in recipe[1].splitlines()]


def test_the_checks_at_a_commit_are_those_of_make_test() -> None:
    hooks = [
        hook
        for repo in yaml.safe_load(told(".pre-commit-config.yaml"))["repos"]
        for hook in repo["hooks"]
    ]
    assert [hook["entry"].removeprefix("python -m ") for hook in hooks] == steps_of_make_test()[:-1]
    assert {(hook["language"], hook["pass_filenames"]) for hook in hooks} == {("system", False)}


def test_the_steps_without_make_are_those_of_make() -> None:
    block = re.search(r"```sh\npython -m venv .*?```", told("CONTRIBUTING.md"), re.DOTALL)
    assert block
    steps = [step.removeprefix("python -m ") for step in steps_of_make_test()]
    assert block[0].splitlines()[-len(steps) - 1 : -1] == steps
    assert "--no-deps --require-hashes -r requirements/develop.txt" in block[0]


def test_the_test_that_is_run_as_an_example_is_there() -> None:
    file, name = re.findall(r"`pytest (?:-k )?([\w/.]+)`", told("CONTRIBUTING.md"))[:2]
    assert name in told(file)


def test_editors_break_lines_where_ruff_does() -> None:
    parser = configparser.ConfigParser()
    parser.read_string(f"[top]\n{told('.editorconfig')}")
    asked = tomllib.loads(told("pyproject.toml"))["tool"]["ruff"]["line-length"]
    assert parser["*.{py,pyi}"].getint("max_line_length") == asked
    assert parser["*"]["charset"] == "utf-8"


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form.name != "config.yml"], ids=lambda form: form.stem
)
def test_a_form_asks_what_it_needs(form: Path) -> None:
    content: dict[str, Any] = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert set(content) == {"name", "description", "labels", "body"}
    fields = [field for field in content["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert all(field["attributes"]["label"] for field in fields)
    assert sum(field.get("validations", {}).get("required", False) for field in fields) >= 4


def test_there_is_a_form_for_bugs_and_one_for_facts() -> None:
    assert {"bug.yml", "fact.yml", "config.yml"} <= {form.name for form in FORMS}
