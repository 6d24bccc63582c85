"""What is offered can be found: tab completion shows the public names and nothing else, `help()`
tells what each wants and gives.
"""

from __future__ import annotations

import inspect
import pydoc
import re
import shlex
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

import sovietpacific as sp
from release.questions import asked_frames
from sovietpacific import Atlas
from sovietpacific.cli.main import main

MODULES = [
    sp,
    *(found for name in sp.__all__ if isinstance(found := getattr(sp, name), ModuleType)),
]
PUBLIC = {f"{m.__name__}.{name}": getattr(m, name) for m in MODULES for name in m.__all__}
FUNCTIONS = {name: found for name, found in PUBLIC.items() if inspect.isfunction(found)}
#: Types of what may be given; the page of a text says nothing of them.
ALIASES = {"sovietpacific.Day", "sovietpacific.Place"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_completion_shows_the_public_names_and_no_others(module: ModuleType) -> None:
    assert set(dir(module)) - {"__version__"} == set(module.__all__)
    assert sorted(module.__all__) == module.__all__


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - ALIASES))
def test_every_public_name_says_what_it_is(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name])
    assert text, f"{name} has no docstring"
    assert re.search(r"[.?:]$", text.splitlines()[0])


def test_nothing_public_is_deprecated_unannounced() -> None:
    """Until something is, the page of versions says that nothing is; then the news must name it."""
    news = (Path(__file__).parents[2] / "NEWS.md").read_text(encoding="utf-8")
    deprecated = [name for name, found in PUBLIC.items() if hasattr(found, "__deprecated__")]
    assert all(
        f"`{name.rpartition('.')[2]}`" in news.partition("### Deprecated")[2] for name in deprecated
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(asked_frames())) >= 11


def test_every_function_has_all_its_types() -> None:
    for name, function in FUNCTIONS.items():
        signature = inspect.signature(function)
        assert signature.return_annotation is not signature.empty, name
        assert all(
            parameter.annotation is not parameter.empty
            for parameter in signature.parameters.values()
        ), name


def test_the_page_of_help_names_every_function_and_reads_in_a_terminal() -> None:
    for module in MODULES:
        text = inspect.getdoc(module) or ""
        named = {name for name in module.__all__ if inspect.isfunction(getattr(module, name))}
        assert [name for name in sorted(named) if f"{name}(" not in text] == []
        page = pydoc.render_doc(module, renderer=pydoc.plaintext)
        assert text.splitlines()[0] in page
        for name in named:
            assert f"\n    {name}(" in page
        assert max(map(len, text.splitlines())) <= 130


def test_the_atlas_and_its_answers_complete_to_documented_names(atlas: Atlas) -> None:
    answer = sp.sovereignty_of("Urup", "1950-01-01", atlas=atlas)
    for found in (atlas, answer, answer.control):
        names = {name for name in dir(found) if not name.startswith("_")}
        assert not [name for name in names if isinstance(getattr(found, name), ModuleType | type)]
    for name in dir(Atlas):
        if not name.startswith("_"):
            assert inspect.getdoc(getattr(Atlas, name)), name


def test_completion_of_a_live_session_offers_the_questions(atlas: Atlas) -> None:
    jedi = pytest.importorskip("jedi")
    spaces: list[dict[str, Any]] = [{"sp": sp, "atlas": atlas}]
    for typed, wanted in (
        ("sp.bor", ["borders_at"]),
        ("sp.maps.she", ["sheet", "sheets"]),
        ("atlas.lin", ["lineages"]),
    ):
        assert [found.name for found in jedi.Interpreter(typed, spaces).complete()] == wanted
    offered = [found.name for found in jedi.Interpreter("sp.maps.", spaces).complete()]
    assert [name for name in offered if not name.startswith("_")] == sp.maps.__all__


def test_completion_in_an_editor_knows_names_and_first_lines() -> None:
    jedi = pytest.importorskip("jedi")
    opening = "import sovietpacific as sp\n"
    assert "borders_at" in [found.name for found in jedi.Script(f"{opening}sp.bor").complete()]
    assert (
        "Return the map of one day" in jedi.Script(f"{opening}sp.borders_at").help()[0].docstring()
    )


def test_the_library_loads_where_docstrings_are_left_out() -> None:
    code = "import sovietpacific as sp; print(sp.sovereignty_of('urup', '1950-01-01').tract)"
    assert (
        subprocess.run(
            [sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True
        ).stdout
        == "urup\n"
    )


@pytest.mark.parametrize("name", main.commands)
def test_every_command_gives_examples_that_parse(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for given in ("log.parquet", "log.csv"):
        Path(given).touch()
    shown = CliRunner().invoke(main, [name, "--help"]).stdout.partition("For example:\n")[2]
    examples = [shlex.split(line) for line in shown.splitlines() if line.strip()]
    assert examples
    for program, command, *words in examples:
        assert (program, command) == ("sovietpacific", name)
        assert main.commands[name].make_context(name, words).params


def test_the_list_of_commands_is_not_cut_short() -> None:
    listed = (
        CliRunner()
        .invoke(main, ["--help"])
        .stdout.partition("Commands:")[2]
        .partition("For example:")[0]
    )
    assert len(listed.strip().splitlines()) == len(main.commands)
    assert "..." not in listed


@pytest.mark.parametrize(
    ("words", "typed", "offered"),
    [
        ([], "wh", ["who"]),
        (["at", "1945-09-02"], "--v", ["--view"]),
        (["at", "1945-09-02", "--view"], "ja", ["japan"]),
        (["map", "1945-09-02", "--region"], "kurils.s", ["kurils.south", "kurils.south.habomai"]),
    ],
)
def test_the_shell_completes_commands_options_views_and_regions(
    words: list[str], typed: str, offered: list[str]
) -> None:
    found = BashComplete(main, {}, "sovietpacific", "_SOVIETPACIFIC_COMPLETE").get_completions(
        words, typed
    )
    assert [item.value for item in found] == offered
