"""The house holds: rooms import rooms of lower floors only, nothing runs in a circle, nobody imports
the root, heavy packages are imported where they are used, and every module says what it is for.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.house import (
    FLOORS,
    circles_of,
    functions_of,
    imports_of,
    module_graph,
    purposes_of,
    room_graph,
    room_of,
    source_files,
)

SOURCE = Path(__file__).parents[2] / "src"
FILES = source_files(SOURCE)
MODULES = module_graph(SOURCE)
PURPOSES = purposes_of(FILES)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
#: What the build works with: nouns, days and files. It makes the atlas, so it can ask it nothing.
BUILDER_MAY_USE = {"dates", "errors", "facts", "files"}
BUILDER_MAY_USE_MODULES = ("answers.words", "questions.positions")
HEAVY = {"geopandas", "pandas", "folium", "matplotlib"}
#: Modules whose classes are those of a heavy package; each is itself imported only where it is used.
MAY_IMPORT_HEAVY = {
    "answers.atlas_frame",
    "maps.pages.guard",
    "maps.pages.new_map",
    "maps.pages.offline",
    "maps.pages.rows",
    "maps.pages.slider",
    "maps.pages.two_days",
    "maps.pages.whole_page",
    "maps.printed.figure",
}
MODULE_LINES = 320
FUNCTION_LINES = 48


def test_every_room_stands_on_one_floor() -> None:
    rooms = [room for floor in FLOORS for room in floor]
    assert sorted(rooms) == sorted({room_of(module) for module in MODULES})


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_to_lower_floors_only(module: str) -> None:
    room = room_of(module)
    for imported in sorted(MODULES[module]):
        assert imported, f"{module} imports the package root, which stands above all rooms"
        other = room_of(imported)
        assert other == room or FLOOR[other] < FLOOR[room], (
            f"{module} imports {imported}: {other} is on floor {FLOOR[other]}, {room} on {FLOOR[room]}"
        )


def test_no_imports_run_in_a_circle() -> None:
    assert circles_of(MODULES) == []
    assert circles_of(room_graph(MODULES)) == []


def test_imports_are_seen_wherever_they_stand(tmp_path: Path) -> None:
    room = tmp_path / "sovietpacific" / "high"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").touch()
    for name in ("lazy", "typed", "named", "beside", "offered", "root"):
        (room.parent / f"{name}.py").touch()
    (room / "__init__.py").touch()
    (room / "__init__.pyi").write_text("from ..offered import Thing as Thing\n")
    (room / "inner.py").write_text(
        "from importlib import import_module\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from sovietpacific.typed import Thing\n"
        "def draw():\n    from sovietpacific import lazy, Atlas\n"
        "    import_module('sovietpacific.named')\n"
        "from sovietpacific.beside import Thing as Other\n"
    )
    graph = module_graph(tmp_path)
    assert graph["high.inner"] == {"lazy", "typed", "named", "beside", ""}
    assert graph["high"] == {"offered"}
    files = source_files(tmp_path)
    assert imports_of(files["high.inner"], files, whole=False) == {"beside"}


@pytest.mark.parametrize("module", sorted(FILES))
def test_modules_are_looked_up_by_computed_names_in_one_place(module: str) -> None:
    computed = [
        node.lineno
        for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("import_module", "__import__")
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert not computed or module == "upstairs", f"{module} imports a computed name: {computed}"


def test_only_the_root_says_which_rooms_are_upstairs() -> None:
    named = {
        module
        for module, path in FILES.items()
        if "upstairs.name(" in path.read_text(encoding="utf-8")
    }
    assert named == {""}


def test_only_the_command_line_imports_the_builder() -> None:
    users = {
        room_of(module)
        for module, imported in MODULES.items()
        if any(room_of(name) == "builder" for name in imported)
    }
    assert users - {"builder"} == {"cli"}


def test_the_builder_uses_nothing_of_the_atlas_it_makes() -> None:
    used = {
        name
        for module, imported in MODULES.items()
        if room_of(module) == "builder"
        for name in imported
    }
    others = {name for name in used if room_of(name) not in BUILDER_MAY_USE | {"builder"}}
    assert all(
        f"{name}.".startswith(tuple(f"{m}." for m in BUILDER_MAY_USE_MODULES)) for name in others
    )


@pytest.mark.parametrize("module", sorted(FILES))
def test_heavy_packages_are_imported_where_they_are_used(module: str) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.parse(FILES[module].read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert bool(imported & HEAVY) == (module in MAY_IMPORT_HEAVY)


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"pandas", "geopandas", "folium", "matplotlib", "shapely", "numpy"}
    assert run(f"import sys, sovietpacific; print(sorted(set(sys.modules) & {heavy}))") == "[]"


def test_loading_the_atlas_needs_no_frames() -> None:
    code = (
        "import sys, sovietpacific as sp; sp.sovereignty_of('urup', '1950-01-01');"
        "print('pandas' in sys.modules)"
    )
    assert run(code) == "False"


@pytest.mark.parametrize("module", sorted(FILES))
def test_every_module_opens_with_what_it_is_for(module: str) -> None:
    assert PURPOSES[module][0]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_says_what_it_knows_nothing_of(module: str) -> None:
    knows = PURPOSES[module][1]
    assert "nothing of" in knows, f"{module} does not say “Knows … and nothing of …”"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_imports_a_room_it_says_it_knows_nothing_of(module: str) -> None:
    unknown = PURPOSES[module][1].partition("nothing of")[2]
    words = set(re.findall(r"[a-z]+(?:\.[a-z_]+)*", unknown))
    imported = {room_of(name) for name in MODULES[module]} - {room_of(module)}
    assert not words & (imported | {room.split(".")[0] for room in imported})


@pytest.mark.parametrize("module", sorted(FILES))
def test_modules_stay_readable(module: str) -> None:
    lines = FILES[module].read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MODULE_LINES, f"{module} has {len(lines)} lines"


def test_functions_stay_readable() -> None:
    long = {name: lines for name, lines, _ in functions_of(FILES) if lines > FUNCTION_LINES}
    assert long == {}
