"""The layers hold: imports go downwards only, nobody imports the root, heavy packages are imported where they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sovietpacific"

#: Low to high; a module may import modules of lower layers only (and its own package within maps and build).
LAYERS = [
    {"errors", "version"},
    {"arguments", "dates", "day_counts", "beside", "pipeline", "geojson", "geoparquet"},
    {"missing_words", "reference_systems", "text_files"},
    {"records", "gazetteer", "article_claims", "csv_lines", "day_columns", "feature_files"},
    {"record_checks", "wording", "editions", "forking", "frame_days"},
    {"store", "views", "grid", "border_frame"},
    {"timekeeping", "placenames", "frames", "locate", "nearest", "grid_checks", "index_folder", "shape_checks"},
    {"point_binary", "frame_columns"},
    {"index_cache", "unanswered"},
    {"sovereignty", "changes", "registers", "timetable", "point_columns"},
    {"shapes"},
    {"folds", "labelling", "answer_card"},
    {"label_frame", "label_csv", "label_geojson", "parquet_reading"},
    {"label_files"},
    {"atlas"},
    {"loading", "article"},
    {"label_clusters"},
    {"api"},
    {"maps", "build"},
    {"exports"},
    {"cli_terminal"},
    {"cli_options"},
    {"cli_maps"},
    {"cli"},
]
#: build works on the nouns alone and knows nothing of the atlas.
BUILD_MAY_USE = {"errors", "beside", "dates", "records", "gazetteer", "article_claims", "geojson", "geoparquet", "wording"}
HEAVY = {"geopandas", "pandas", "folium", "matplotlib"}
#: Modules that are themselves imported only where they are used.
MAY_IMPORT_HEAVY = {
    *(
        "border_frame",
        "maps.added",
        "maps.frame_map",
        "maps.page",
        "maps.sheet_figure",
        "maps.timeline_map",
        "maps.web_map",
        "maps.whole_page",
    )
}
#: The one way up: frames and answers know how they are shown, and import what draws or colours them only when they are; what is
#: pickled by name finds its data again only when it is read back.
MAY_LOOK_UP = {
    ("border_frame", "maps"),
    ("border_frame", "maps.frame_map"),
    ("border_frame", "maps.page"),
    ("answer_card", "loading"),
    ("editions", "loading"),
    ("answer_card", "maps"),
    ("answer_card", "maps.style"),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def layer_of(module: str) -> int:
    first = module.split(".")[0]
    return next(index for index, layer in enumerate(LAYERS) if first in layer)


def imports_of(path: Path, *, whole: bool) -> set[str]:
    """Give the modules a file imports: everywhere (`whole`), or only at module level and not for type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if whole else iter(tree.body)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names if node.module == "sovietpacific"}
    return found


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) != "__init__"], ids=name_of)
def test_imports_go_to_lower_layers_only(path: Path) -> None:
    module = name_of(path)
    package = module.split(".")[0]
    for imported in imports_of(path, whole=True):
        if (module, imported.removeprefix("sovietpacific.")) in MAY_LOOK_UP:
            assert imported not in imports_of(path, whole=False), f"{module} imports {imported} before it is needed"
            continue
        if imported == "sovietpacific":
            names = {name for name in imports_of(path, whole=True) if name.startswith("sovietpacific.")}
            assert names, f"{module} imports the package root"
            continue
        if not imported.startswith("sovietpacific."):
            continue
        target = imported.removeprefix("sovietpacific.")
        if target.split(".")[0] == package and package in ("maps", "build", "exports"):
            continue
        assert layer_of(target) < layer_of(module), f"{module} imports {target} from its own layer or a higher one"
        if package == "build":
            assert target.split(".")[0] in BUILD_MAY_USE, f"{module} imports {target}"


def test_only_the_command_line_imports_build() -> None:
    users = {
        name_of(path)
        for path in MODULES
        for imported in imports_of(path, whole=True)
        if imported.startswith("sovietpacific.build")
    }
    assert {user for user in users if not user.startswith("build")} == {"cli"}


def test_no_imports_run_in_a_circle() -> None:
    graph = {
        name_of(path): {i.removeprefix("sovietpacific.") for i in imports_of(path, whole=False) if i.startswith("sovietpacific.")}
        for path in MODULES
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " imports ".join((*above, module))
        if module not in done:
            for below in graph.get(module, ()):
                visit(below, (*above, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_packages_are_imported_where_they_are_used(path: Path) -> None:
    if name_of(path) not in MAY_IMPORT_HEAVY:
        assert not {name.split(".")[0] for name in imports_of(path, whole=False)} & HEAVY


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, sovietpacific; print(sorted(set(sys.modules) & {'pandas','geopandas','folium','matplotlib','shapely','numpy'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_loading_the_atlas_needs_no_frames() -> None:
    code = "import sys, sovietpacific as s; s.load_atlas().sovereignty_of('urup', '1950-01-01'); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_open_with_a_sentence_and_stay_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    opening = (ast.get_docstring(tree) or "").split("\n\n")[0]
    assert opening.rstrip().endswith((".", "?")) or "?" in opening
    assert len(text.splitlines()) <= 320
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            documented = ast.get_docstring(node) or ""
            assert (node.end_lineno or 0) - node.lineno - len(documented.splitlines()) <= 48, f"{node.name} is long"
