"""Count the house: rooms, floors, arrows and circles of imports, long functions, many parameters.

Run with `python -m tools.house [SOURCE]`; SOURCE is a folder that holds the package (`src`
unless given), so that an older checkout can be counted beside this one.  Every import counts,
wherever it stands: at the top, inside a function, for the type checker alone, or in the `.pyi`
beside an `__init__.py` that says what its folder offers lazily.  `FLOORS` is what the tests hold
the imports to, and what `tools.picture` draws.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

PACKAGE = "sovietpacific"
ROOT = Path(__file__).parents[1]

#: The rooms by floor, low to high. A room is a folder of the package, or a module that stands in
#: none; it may import rooms of lower floors only.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "forking", "upstairs", "version"),
    ("dates", "files"),
    ("facts",),
    ("questions", "timelines"),
    ("land",),
    ("answers", "points"),
    ("atlas", "builder"),
    ("loading",),
    ("labels", "maps.scene"),
    ("api", "maps.pages"),
    ("audit", "exports", "maps.printed"),
    ("maps.films",),
    ("maps",),
    ("cli",),
)

#: Rooms within a room.
_INNER_ROOMS = {room for floor in FLOORS for room in floor if "." in room}

#: A graph of imports: every module or room with those it names.
Graph = Mapping[str, Collection[str]]


def source_files(source: Path) -> dict[str, Path]:
    """Return every module of the package by its dotted name below the root, `""` for the root."""
    folder = source / PACKAGE
    names = {
        path: ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in sorted(folder.rglob("*.py"))
    }
    return {
        "" if name == "__init__" else name.removesuffix(".__init__"): path
        for path, name in names.items()
    }


def imports_of(path: Path, modules: Collection[str], *, whole: bool = True) -> set[str]:
    """Return the modules of the package that a file imports, lazily or not; `""` for the root.

    With `whole=False` only those imported when the file itself is.
    """
    package = _package_of(path)
    imported = set(_names_imported(path, package, whole=whole))
    stub = path.with_suffix(".pyi")
    if whole and path.name == "__init__.py" and stub.exists():
        imported |= set(_names_imported(stub, package, whole=True))
    ours = {name for name in imported if name.split(".")[0] == PACKAGE}
    below = {name.removeprefix(PACKAGE).removeprefix(".") for name in ours}
    return {_module_in(name, modules) for name in below}


def _package_of(path: Path) -> str:
    """Return the dotted name of the folder a file stands in, from the package down."""
    parts = path.parent.parts
    start = len(parts) - 1 - parts[::-1].index(PACKAGE) if PACKAGE in parts else len(parts)
    return ".".join(parts[start:])


def _names_imported(path: Path, package: str, *, whole: bool) -> Iterator[str]:
    """Yield every dotted name that a file imports, names of functions and classes among them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if whole else tree.body:
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                start = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*(start if node.level else ()), *filter(None, [node.module])])
                yield from (f"{base}.{alias.name}" for alias in node.names)
            case ast.Call(func=ast.Name("import_module") | ast.Attribute(attr="import_module")):
                literal = node.args[0] if node.args else None
                if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                    yield literal.value


def _module_in(name: str, modules: Collection[str]) -> str:
    """Return the module that a dotted name is, or is a name of."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def module_graph(source: Path) -> dict[str, set[str]]:
    """Return for every module but the root the modules it imports."""
    files = source_files(source)
    return {
        name: {found for found in imports_of(path, files) if found != name}
        for name, path in files.items()
        if name
    }


def room_of(module: str) -> str:
    """Return the room of a module: its folder, or itself where it stands in none.

    A folder in a room is part of the room, unless `FLOORS` has it as one of its own.

    >>> room_of("land.grid"), room_of("atlas"), room_of("maps.pages.day"), room_of("")
    ('land', 'atlas', 'maps.pages', '(root)')
    """
    if not module:
        return "(root)"
    if module == "__main__":  # the command line by another door
        return "cli"
    parts = module.split(".")
    inner = ".".join(parts[:2])
    return inner if inner in _INNER_ROOMS else parts[0]


def room_graph(modules: Graph) -> dict[str, set[str]]:
    """Return for every room the other rooms its modules import."""
    graph: dict[str, set[str]] = {}
    for module, imported in modules.items():
        room = room_of(module)
        graph.setdefault(room, set()).update(
            other for name in imported if (other := room_of(name)) != room
        )
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


#: The sentence that says what a module knows nothing of; one full stop ends it.
_KNOWS = re.compile(r"\b[Kk]nows (?:(?![.] ).)*?\bnothing of\b.*?[.](?= [A-Z]|$)")


def purposes_of(files: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return for every module what it is for, and what it knows and what it does not.

    The first is the opening sentence of its docstring, the second the sentence "Knows …", each on
    one line, `""` where there is none.
    """
    purposes = {}
    for module, path in files.items():
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        paragraphs = [" ".join(paragraph.split()) for paragraph in words.split("\n\n")]
        bounds = (_KNOWS.search(text) for text in paragraphs)
        sentence = re.match(r".*?[.?](?= [A-Z]|$)", paragraphs[0])
        purposes[module] = (
            sentence[0] if sentence else "",
            next((found[0] for found in bounds if found), ""),
        )
    return purposes


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
