"""Draw the picture of the rooms, docs/house.svg, and the table of rooms in ARCHITECTURE.md.

Run with `python -m tools.picture`.  Both are made from the imports and the docstrings of the
package, so that neither can say what is not so; a test makes them anew and compares.  An arrow goes
from a room to one it imports from, and is left out where others lead there too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tools.house import (
    FLOORS,
    PACKAGE,
    ROOT,
    module_graph,
    purposes_of,
    room_graph,
    room_of,
    source_files,
)
from tools.layout import Node, Plan, lay_out, passing

PICTURE = ROOT / "docs" / "house.svg"
PAGE = ROOT / "ARCHITECTURE.md"
#: The table stands between these lines of the page.
START, END = "<!-- rooms: made by python -m tools.picture -->", "<!-- end of rooms -->"

BOX, HIGH, STEP, GAP, SIDE = 224.0, 58.0, 96.0, 26.0, 56.0
PAPER, INK, QUIET, LINE = "#ffffff", "#23282d", "#5a636b", "#7a868f"
TYPE = "system-ui, Helvetica, Arial, sans-serif"
BAND, FOLDER, MODULE = "#f4f5f3", "#e3edf3", "#ffffff"


def fewest_arrows(rooms: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return the arrows that no other way leads along."""

    def reached(room: str) -> set[str]:
        below = set(rooms.get(room, ()))
        return below.union(*(reached(other) for other in below))

    return {
        room: sorted(
            below
            for below in imported
            if not any(below in reached(other) for other in imported - {below})
        )
        for room, imported in rooms.items()
    }


def room_purposes(source: Path) -> dict[str, tuple[str, str]]:
    """Return for every room what it is for, and what it knows and does not."""
    purposes = purposes_of(source_files(source))
    return {room: purposes[room] for floor in FLOORS for room in floor}


def draw(source: Path) -> str:
    """Return the picture of the rooms as SVG."""
    arrows = fewest_arrows(room_graph(module_graph(source)))
    plan = lay_out(FLOORS, arrows, box=BOX, gap=GAP)
    left = min(spot - (BOX / 2 if node.is_box else 0) for node, spot in plan.middle.items())
    right = max(spot + (BOX / 2 if node.is_box else 0) for node, spot in plan.middle.items())
    plan = Plan(plan.floors, {node: spot - left + SIDE for node, spot in plan.middle.items()})
    wide, high = right - left + SIDE + 24, STEP * len(FLOORS) + 36
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" font-family="{TYPE}">',
        f"<title>The rooms of {PACKAGE}, by floors</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto">'
        f'<path d="M0 0.8L8 4L0 7.2z" fill="{LINE}"/></marker></defs>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *_bands(wide),
        *_arrows(plan, arrows),
        *_boxes(plan, room_purposes(source)),
        f'<text x="{SIDE:.0f}" y="{high - 18:.0f}" font-size="12" fill="{QUIET}">'
        "An arrow: imports from; left out where others lead there too. Blue: a folder. White: a "
        "single module. Nothing imports a floor above.</text>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _top(floor: int) -> float:
    """Return the upper side of the boxes of a floor."""
    return 16 + STEP * (len(FLOORS) - 1 - floor)


def _bands(wide: float) -> Iterator[str]:
    for floor in range(len(FLOORS)):
        y = _top(floor)
        yield (
            f'<rect x="12" y="{y - 7:.0f}" width="{wide - 24:.0f}" height="{HIGH + 14:.0f}" rx="5" '
            f'fill="{BAND}"/><text x="24" y="{y + HIGH / 2 + 5:.0f}" font-size="15" '
            f'fill="{QUIET}">{floor}</text>'
        )


def _boxes(plan: Plan, purposes: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for floor, nodes in enumerate(plan.floors):
        for node in (node for node in nodes if node.is_box):
            x, y = plan.middle[node], _top(floor)
            single = (ROOT / "src" / PACKAGE / f"{node.above}.py").exists()
            yield (
                f'<rect x="{x - BOX / 2:.1f}" y="{y:.0f}" width="{BOX:.0f}" height="{HIGH:.0f}" '
                f'rx="6" fill="{MODULE if single else FOLDER}" stroke="{QUIET}"/>'
                f'<text x="{x:.1f}" y="{y + 19:.0f}" font-size="14" font-weight="600" '
                f'text-anchor="middle" fill="{INK}">{node.above}</text>'
            )
            for number, words in enumerate(_in_short(purposes[node.above][0])):
                yield (
                    f'<text x="{x:.1f}" y="{y + 35 + 14 * number:.0f}" font-size="11" '
                    f'text-anchor="middle" fill="{QUIET}">{escape(words)}</text>'
                )


def _in_short(purpose: str) -> list[str]:
    """Return the first part of a sentence in at most two short lines."""
    first = purpose.replace("`", "").rstrip(".").replace(": ", "; ").partition("; ")[0]
    return textwrap.wrap(first, 36, max_lines=2, placeholder=" …")


def _arrows(plan: Plan, arrows: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the arrows, each from the lower side of a box to the upper side of another."""
    level = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    ways = [
        passing(above, below, level) for above, ends in sorted(arrows.items()) for below in ends
    ]
    starts = _ports(plan, [(way[0][1], way[1][1]) for way in ways])
    ends = _ports(plan, [(way[-1][1], way[-2][1]) for way in ways])
    for way in ways:
        x, y = starts[way[0][1], way[1][1]], _top(way[0][0]) + HIGH
        path = [f"M{x:.1f} {y:.0f}"]
        for floor, node in way[1:]:
            last = node.is_box
            to = ends[node, way[-2][1]] if last else plan.middle[node]
            down = _top(floor) - (1 if last else 7)
            half = (y + down) / 2
            path.append(f"C{x:.1f} {half:.1f} {to:.1f} {half:.1f} {to:.1f} {down:.0f}")
            x, y = to, down
            if not last:
                y = _top(floor) + HIGH + 7
                path.append(f"V{y:.0f}")
        yield (
            f'<path d="{"".join(path)}" fill="none" stroke="{LINE}" stroke-width="1.4" '
            'marker-end="url(#tip)"/>'
        )


def _ports(plan: Plan, joints: list[tuple[Node, Node]]) -> dict[tuple[Node, Node], float]:
    """Return where along the side of a box each arrow joins it, in the order of the other ends."""
    sides: dict[Node, list[Node]] = {}
    for box, other in joints:
        sides.setdefault(box, []).append(other)
    spots = {}
    for box, others in sides.items():
        others.sort(key=lambda other: plan.middle[other])
        step = min(30.0, BOX * 0.8 / len(others))
        for number, other in enumerate(others):
            spots[box, other] = plan.middle[box] + step * (number - (len(others) - 1) / 2)
    return spots


def table(source: Path) -> str:
    """Return the table of rooms for the page, the highest floor first."""
    purposes = room_purposes(source)
    modules: dict[str, list[str]] = {}
    for name in source_files(source):
        if name and name != room_of(name):
            modules.setdefault(room_of(name), []).append(name.removeprefix(f"{room_of(name)}."))
    rows = ["| floor | room | what it is for, and what it knows | modules |", "|---|---|---|---|"]
    for number, floor in reversed(list(enumerate(FLOORS))):
        for room in floor:
            inside = ", ".join(modules.get(room, ())) or "(one)"
            rows.append(f"| {number} | `{room}` | {' '.join(purposes[room])} | {inside} |")
    return "\n".join(rows)


def page_with_table(page: str, rows: str) -> str:
    """Return the page with the table between its two lines."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{rows}\n\n{END}{after}"


if __name__ == "__main__":
    PICTURE.write_text(draw(ROOT / "src"), encoding="utf-8", newline="\n")
    written = page_with_table(PAGE.read_text(encoding="utf-8"), table(ROOT / "src"))
    PAGE.write_text(written, encoding="utf-8", newline="\n")
    print(f"wrote {PICTURE.relative_to(ROOT)} and the table in {PAGE.relative_to(ROOT)}")
