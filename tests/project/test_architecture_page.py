"""What ARCHITECTURE.md shows is so: its picture and its table are those of the imports, what it
names is there, and the picture can be read.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from tools.house import FLOORS, ROOT, module_graph, room_graph
from tools.layout import Node, lay_out, passing
from tools.picture import BOX, GAP, PAGE, PICTURE, draw, fewest_arrows, page_with_table, table

SOURCE = ROOT / "src"
TEXT = PAGE.read_text(encoding="utf-8")
#: Words in backticks that look like a path: with a slash, or with an ending of a file.
PATHS = sorted(
    set(re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|pyi|md|toml|txt|csv|json))`", TEXT))
)


def test_the_picture_is_that_of_the_imports() -> None:
    assert PICTURE.read_bytes() == draw(SOURCE).encode(), "run python -m tools.picture"


def test_the_table_is_that_of_the_docstrings() -> None:
    assert page_with_table(TEXT, table(SOURCE)) == TEXT, "run python -m tools.picture"


@pytest.mark.parametrize("path", PATHS)
def test_what_the_page_names_is_there(path: str) -> None:
    folders = [SOURCE / "sovietpacific", ROOT, *sorted((SOURCE / "sovietpacific").glob("maps/*"))]
    assert any((folder / path).exists() or (folder / f"{path}.py").exists() for folder in folders)


def test_the_page_names_makes_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)`", TEXT))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_no_box_lies_on_another_and_no_arrow_runs_through_one() -> None:
    plan = lay_out(FLOORS, fewest_arrows(room_graph(module_graph(SOURCE))), box=BOX, gap=GAP)
    for floor in plan.floors:
        assert any(node.is_box for node in floor)
        for left, right in pairwise(floor):
            halves = sum(BOX / 2 if node.is_box else 0.0 for node in (left, right))
            assert plan.middle[right] - plan.middle[left] >= halves + GAP - 1e-6


def test_every_import_is_an_arrow_or_follows_from_some() -> None:
    rooms = room_graph(module_graph(SOURCE))
    arrows = fewest_arrows(rooms)

    def reached(room: str) -> set[str]:
        return set(arrows[room]).union(*(reached(below) for below in arrows[room]))

    assert all(imported <= reached(room) for room, imported in rooms.items())
    assert sum(map(len, arrows.values())) < sum(map(len, rooms.values()))


def test_an_arrow_that_passes_a_floor_has_a_place_of_its_own_there() -> None:
    level = {"top": 3, "middle": 2, "bottom": 0}
    way = passing("top", "bottom", level)
    assert way[0] == (3, Node("top"))
    assert way[-1] == (0, Node("bottom"))
    assert [floor for floor, _ in way] == [3, 2, 1, 0]
    assert all(one != other for (_, one), (_, other) in combinations(way, 2))
