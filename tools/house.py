"""Count the house: rooms, floors, arrows and circles of imports, long functions, many parameters.

Run with `python -m tools.house [SOURCE]`; SOURCE is a folder that holds the package (`src`
unless given), so that an older checkout can be counted beside this one.  Every import counts,
wherever it stands: at the top, inside a function, or for the type checker alone.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

PACKAGE = "sovietpacific"
ROOT = Path(__file__).parents[1]

#: A graph of imports: every module or room with those it names.
Graph = Mapping[str, Collection[str]]


def source_files(source: Path) -> dict[str, Path]:
    """Return every module of the package by its dotted name below the root, `""` for the root."""
    folder = source / PACKAGE
    names = {path: ".".join(path.relative_to(folder).with_suffix("").parts) for path in sorted(folder.rglob("*.py"))}
    return {"" if name == "__init__" else name.removesuffix(".__init__"): path for path, name in names.items()}


def imports_of(path: Path, modules: Collection[str]) -> set[str]:
    """Return the modules of the package that a file imports, lazily or not; `""` for the root."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            named = {name for name in inner if name.removeprefix(f"{PACKAGE}.") in modules}
            found |= named or {node.module}
            if named and len(named) < len(inner):
                found.add(node.module)
    ours = {name for name in found if name.split(".")[0] == PACKAGE}
    return {name.removeprefix(PACKAGE).removeprefix(".") for name in ours}


def module_graph(source: Path) -> dict[str, set[str]]:
    """Return for every module but the root the modules it imports."""
    files = source_files(source)
    return {name: {found for found in imports_of(path, files) if found != name} for name, path in files.items() if name}


def room_of(module: str) -> str:
    """Return the room of a module: its folder, or itself where it stands in none.

    >>> room_of("land.grid"), room_of("atlas"), room_of("maps.pages.day"), room_of("")
    ('land', 'atlas', 'maps.pages', '(root)')
    """
    if not module:
        return "(root)"
    parts = module.split(".")
    return parts[0] if len(parts) < 3 else ".".join(parts[:2])


def room_graph(modules: Graph) -> dict[str, set[str]]:
    """Return for every room the other rooms its modules import."""
    graph: dict[str, set[str]] = {}
    for module, imported in modules.items():
        room = room_of(module)
        graph.setdefault(room, set()).update(other for name in imported if (other := room_of(name)) != room)
    return graph


def circles_of(graph: Graph) -> list[list[str]]:
    """Return the groups in which everything imports everything else in the end (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for below in graph.get(node, ()):
            if below not in index:
                visit(below)
                low[node] = min(low[node], low[below])
            elif below in stack:
                low[node] = min(low[node], index[below])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                circles.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return circles


def floors_of(graph: Graph) -> dict[str, int]:
    """Return the floor of every node: 0 where it imports nothing, else one above the highest.

    Nodes of one circle share a floor.
    """
    circle = {name: tuple(group) for group in circles_of(graph) for name in group}
    floors: dict[tuple[str, ...], int] = {}

    def floor(node: str) -> int:
        group = circle.get(node, (node,))
        if group not in floors:
            below = {other for member in group for other in graph.get(member, ())} - set(group)
            floors[group] = 1 + max((floor(other) for other in below), default=-1)
        return floors[group]

    return {node: floor(node) for node in graph}


def functions_of(files: Mapping[str, Path]) -> Iterator[tuple[str, int, int]]:
    """Return for every function its name, the lines of its code, and how many parameters it has.

    Lines of the docstring do not count, nor do `self` and `cls`.
    """
    for module, path in files.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                words = ast.get_docstring(node, clean=False) or ""
                lines = (node.end_lineno or 0) - node.lineno + 1
                names = node.args
                every = [*names.posonlyargs, *names.args, *names.kwonlyargs]
                counted = [name for name in every if name.arg not in ("self", "cls")]
                spoken = len(words.splitlines())
                yield f"{module or PACKAGE}.{node.name}", lines - spoken, len(counted)


def unknown_types(folder: Path) -> int:
    """Return how many annotations say `Any` (ruff's ANN401)."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "ANN401"]
    listed = subprocess.run(
        [*command, "--output-format", "concise", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    return sum("ANN401" in line for line in listed.stdout.splitlines())


def report(source: Path) -> str:
    """Return the counts of a source tree, a line each."""
    files = source_files(source)
    modules = module_graph(source)
    rooms = room_graph(modules)
    functions = list(functions_of(files))
    longest = max(functions, key=lambda function: function[1])
    circles = circles_of(modules)
    sizes = Counter(room_of(name) for name in modules)
    most = max(files, key=lambda name: len(files[name].read_text(encoding="utf-8").splitlines()))
    most_lines = len(files[most].read_text(encoding="utf-8").splitlines())
    many = [name for name, _, parameters in functions if parameters > 5]
    eight = [name for name, _, parameters in functions if parameters > 8]
    lines = [
        f"modules: {len(modules)}",
        f"rooms (folders, and modules in none): {len(rooms)}",
        "modules a room: " + ", ".join(f"{room} {many_}" for room, many_ in sorted(sizes.items())),
        f"floors of modules: {1 + max(floors_of(modules).values())}",
        f"floors of rooms: {1 + max(floors_of(rooms).values())}",
        f"arrows between modules: {sum(map(len, modules.values()))}",
        f"arrows between rooms: {sum(map(len, rooms.values()))}",
        f"circles of modules: {[len(circle) for circle in circles]}",
        f"circles of rooms: {circles_of(rooms)}",
        f"longest module: {most or PACKAGE} ({most_lines} lines)",
        f"longest function: {longest[0]} ({longest[1]} lines)",
        f"functions of more than 45 lines: {sum(length > 45 for _, length, _ in functions)}",
        f"functions of more than 5 parameters: {len(many)}",
        f"functions of more than 8 parameters: {len(eight)}: {', '.join(eight)}",
        f"annotations that say Any: {unknown_types(source / PACKAGE)}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "src"))
