"""Fill the land of one day on a panel, and draw the lines that part it.

Knows fills and lines, and nothing of names.

Each kind of line has its own style. Which fill land has is decided in `answers.palette`, and which
kind a line is of in `scene.border_lines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.facts.look import Look, LookDrawnLine, LookStroke
from sovietpacific.maps.printed.panel import Panel, line_path
from sovietpacific.maps.scene.day_map import DayMap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Width of the stripes, and of the casing of small land, in points.
STRIPE, CASING = 2.4, 2.0

#: A closed edge shorter than this on the sheet, around a town, says less than the blot it makes
#: (points).
_SHORT = 14.0


class Drawn(NamedTuple):
    """A line as it is drawn: of what kind, in which strokes, and its parts in points."""

    kind: str
    strokes: tuple[LookStroke, ...]
    parts: list[NDArray[np.float64]]


def rows_on(panel: Panel, day_map: DayMap) -> list[BorderRow]:
    """Return the rows of the land that is seen on the panel; their areas are of the tracts seen."""
    return day_map.rows_of(panel.seen)


def draw_land(axes: Axes, panel: Panel, rows: list[BorderRow]) -> None:
    """Fill the land of every row, stripe what is another's, encase what is small, and draw the
    coast.
    """
    look = panel.atlas.records.look
    backdrop = [panel.paths[key] for key in panel.land if not panel.atlas.tracts[key].judged]
    _fill(axes, backdrop, palette.Fill(palette.BACKDROP))
    for row in rows:
        fill = palette.fill_of_row(look, row)
        _fill(axes, [panel.paths[tract] for tract in row.tracts], fill)
        _encase(axes, [panel.small[tract] for tract in row.tracts if tract in panel.small], fill)
    _stroke(axes, panel.coast, color=palette.COAST, linewidth=0.35, zorder=3)


def _fill(axes: Axes, paths: list[Any], fill: palette.Fill) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not paths:
        return
    whole = Path.make_compound_path(*paths)
    look: dict[str, Any] = {"facecolor": fill.base, "edgecolor": fill.base, "linewidth": 0.3}
    if fill.stripe:  # a hatch has the colour of the edge
        look |= {"edgecolor": fill.stripe, "hatch": palette.hatch_of(fill), "linewidth": 0}
    patch = PathPatch(whole, zorder=2, **look)
    if fill.stripe:
        patch.set_hatch_linewidth(stripe_of(fill))
    axes.add_artist(patch)


def stripe_of(fill: palette.Fill) -> float:
    """Return the width of a fill's stripes in points.

    Those that cross are thin, or they would hide the ground.
    """
    return STRIPE / 4 if fill.crossed else STRIPE


def _encase(axes: Axes, paths: list[Any], fill: palette.Fill) -> None:
    """Draw a rim in the colour of the fill around small land, so that it is seen."""
    from matplotlib.path import Path

    if paths:
        whole, colour = Path.make_compound_path(*paths), fill.stripe or fill.base
        _stroke(axes, whole, color=palette.COAST, linewidth=CASING + 0.6, zorder=1.7)
        _stroke(axes, whole, color=colour, linewidth=CASING, zorder=1.8)


def _stroke(
    axes: Axes, path: Any, *, color: str, linewidth: float, zorder: float, dashes: Any = "-"
) -> None:
    from matplotlib.patches import PathPatch

    look: dict[str, Any] = {"capstyle": "round" if dashes == "-" else "butt", "joinstyle": "round"}
    look |= {"edgecolor": color, "linewidth": linewidth, "linestyle": dashes, "zorder": zorder}
    axes.add_artist(PathPatch(path, fill=False, **look))


def lines_on(panel: Panel, day_map: DayMap) -> list[Drawn]:
    """Give the lines of one day that are seen on the panel, by kind."""
    found: dict[str, list[Any]] = {}
    for kind, _, edge in day_map.edges:
        shape = edge.geometry if panel.extent.detail == "fine" else edge.light
        found.setdefault(kind, []).append(shape)
    placed = [
        Drawn(
            way.id,
            way.strokes,
            [part for shape in found.get(way.id, ()) for part in _telling(panel, shape)],
        )
        for way in levels(panel.atlas.records.look)
    ]
    return [line for line in placed if line.parts]


def _telling(panel: Panel, shape: Any) -> list[NDArray[np.float64]]:
    """Return the parts of a line, none of a ring so short that it would be a blot."""
    parts = panel.line(shape)
    length = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts)
    closed = all(bool((part[0] == part[-1]).all()) for part in parts)
    return [] if closed and length < _SHORT else parts


def levels(look: Look) -> list[LookDrawnLine]:
    """Return the ways in which sheets draw lines, the lowest first; those without strokes are left
    to web maps, which can be pointed at.
    """
    drawn = [way for way in look.drawn_lines.values() if way.strokes]
    return sorted(drawn, key=lambda way: way.level)


def dashes_of(stroke: LookStroke) -> Any:
    """Return the dashes of a stroke as matplotlib writes them."""
    return (0, stroke.dashes) if stroke.dashes else "-"


def draw_lines(axes: Axes, lines: list[Drawn]) -> None:
    """Draw lines in their styles, lines of one kind in one stroke."""
    for level, line in enumerate(lines):
        path = line_path(line.parts)
        for step, stroke in enumerate(line.strokes):
            _stroke(
                axes,
                path,
                color=stroke.colour,
                linewidth=stroke.width,
                dashes=dashes_of(stroke),
                zorder=3.5 + level / 10 + step / 100,
            )


def obstacles(lines: list[Drawn]) -> list[Any]:
    """Return the drawn lines as geometries, for names to keep clear of."""
    return [shapely.linestrings(part) for line in lines for part in line.parts]
