"""The notebooks are what a reader meets first: each is well formed, is listed, runs whole as a
notebook, and ends in something to show.
"""

from __future__ import annotations

import os
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.support.notebook_guard import guard

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.py"))

#: The longest a cell may take, in seconds: what the README of the notebooks promises for a whole
#: one.
LIMIT = 60

#: What a last cell must show: a picture, a table, or a map in a frame.
SHOWN = re.compile(r"<table|<iframe|<svg")


def read(name: str) -> Any:
    return jupytext.read(FOLDER / f"{name}.py")


def run(book: Any, folder: Path) -> Any:
    """Run a notebook in a kernel of its own, in an empty folder, behind the guard, and give it back
    with its outputs.
    """
    home = folder.resolve()
    work = home / "work"
    work.mkdir(parents=True)
    own = {
        name: str(home / name.lower())
        for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR")
    }
    for path in own.values():
        Path(path).mkdir()
    own |= {"SOVIETPACIFIC_CACHE": str(home / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    cells = [nbformat.v4.new_code_cell(guard(str(home))), *book.cells]
    whole = nbformat.v4.new_notebook(cells=cells, metadata=book.metadata)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        patch.setenv(
            "PYTHONPATH", os.pathsep.join(path for path in sys.path if path)
        )  # the library these tests have
        kernel = book.metadata["kernelspec"]["name"]
        NotebookClient(
            whole, kernel_name=kernel, timeout=LIMIT, resources={"metadata": {"path": str(work)}}
        ).execute()
    whole.cells = whole.cells[1:]
    return whole


def notebook_of(*sources: str) -> Any:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def test_there_are_the_notebooks_the_readme_lists() -> None:
    listed = re.findall(
        r"^\| \[(\w+)\.py\]\((\w+)\.py\) \| .+ \|$",
        (FOLDER / "README.md").read_text(encoding="utf-8"),
        re.M,
    )
    assert sorted(name for name, _ in listed) == NOTEBOOKS
    assert all(name == target for name, target in listed)
    assert len(NOTEBOOKS) == 8


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_paired_text_with_a_kernel_and_one_title(name: str) -> None:
    book = read(name)
    assert book.metadata["jupytext"]["text_representation"]["format_name"] == "percent"
    assert book.metadata["kernelspec"]["name"] == "python3"
    first = book.cells[0]
    title, empty, *words = first.source.splitlines()
    assert first.cell_type == "markdown"
    assert title.startswith("# ")
    assert not empty
    assert len(" ".join(words)) > 200, "a notebook says at its head which question it answers"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_headings_of_a_notebook_go_down_a_level_at_a_time(name: str) -> None:
    text = "\n".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown")
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_short_cells_with_words_between_them_and_no_path(name: str) -> None:
    book = read(name)
    kinds = [cell.cell_type for cell in book.cells]
    assert not any(kinds[i : i + 3] == ["code"] * 3 for i in range(len(kinds))), (
        "three cells of code follow each other"
    )
    for cell in book.cells:
        assert cell.cell_type != "code" or len(cell.source.splitlines()) <= 45
        assert not cell.get("outputs")
        assert not re.search(r"__file__|sys\.path|/home/|\.\./", cell.source)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_writing_a_notebook_back_gives_the_same_text(name: str) -> None:
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert _body(jupytext.writes(read(name), fmt="py:percent")) == _body(text)


def _body(text: str) -> str:
    """Give what follows the head, in which jupytext writes its own version."""
    return text.split("# ---\n", 2)[2]


def test_the_first_look_has_five_cells() -> None:
    assert [cell.cell_type for cell in read("first_look").cells].count("code") == 5


def test_the_first_look_runs_as_a_plain_script_too() -> None:
    names: dict[str, Any] = {}
    exec(
        compile((FOLDER / "first_look.py").read_text(encoding="utf-8"), "first_look.py", "exec"),
        names,
    )
    assert names["history"]["since"].tolist() == ["1855-01-01", "1945-08-28", "1946-02-02"]
    assert names["now"]["holder"].to_dict()["japan"] == "japan"
    assert "leaflet" in names["web"]._repr_html_()


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_offline_without_a_warning_and_ends_in_something_to_show(
    name: str, tmp_path: Path
) -> None:
    book = run(read(name), tmp_path)
    ran = [cell for cell in book.cells if cell.cell_type == "code"]
    outputs = [output for cell in ran for output in cell.outputs]
    assert not [
        output
        for output in outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    shown = [output.data for output in ran[-1].outputs if "data" in output]
    assert shown, "the last cell shows nothing"
    assert any("image/png" in data or SHOWN.search(data.get("text/html", "")) for data in shown)
    assert not list((tmp_path / "work").iterdir()), "a file was left beside the notebook"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
            "must not use the network",
        ),
        ("import socket; socket.getaddrinfo('example.org', 80)", "must not use the network"),
        ("open('../../outside.txt', 'w')", "must not write outside its folder"),
        ("import os; os.mkdir('../../outside')", "must not write outside its folder"),
        ("import warnings; warnings.warn('old')", "UserWarning"),
        (
            "import time; open('inside.txt', 'w').close(); raise ValueError('inside was let through')",
            "inside was let through",
        ),
    ],
)
def test_the_guard_stops_what_a_notebook_must_not_do(
    source: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(CellExecutionError, match=words):
        run(notebook_of(source), tmp_path / "home")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
