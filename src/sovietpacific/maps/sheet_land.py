"""Fills the land of one day on a panel of a sheet, and draws the lines that part it, each kind in its own style."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific import frames
from sovietpacific.folds import fold_borders
from sovietpacific.maps import style
from sovietpacific.maps.border_lines import drawn_edges
from sovietpacific.maps.sheet_panel import Panel, line_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Width of the stripes, and of the casing of small land, in points.
STRIPE, CASING = 2.4, 2.0

#: A closed edge shorter than this on the sheet, around a town, says less than the blot it makes (points).
SHORT = 14.0

_SEA_INK, _FRONT_INK, _RAIL_INK = "#4A6C86", "#8A1C4A", "#4D4037"

#: How each kind of line is drawn, the lowest first: strokes of colour, width and dashes.  `border_lines.KINDS` has their words;
#: named lines within one holder's land are left to web maps, which can be pointed at.
LINES: dict[str, tuple[tuple[str, float, Any], ...]] = {
    "sea": ((_SEA_INK, 0.9, (0, (2.2, 2.2))),),
    "sea-disputed": ((style.DISPUTED, 1.0, (0, (2.2, 2.2))),),
    "railway": ((_RAIL_INK, 1.3, "-"), ("white", 0.7, (0, (5, 5)))),
    "control": (("white", 2.4, "-"), (style.INK, 0.95, (0, (4.2, 2.2)))),
    "disputed": (("white", 2.4, "-"), (style.DISPUTED, 1.15, (0, (5, 1.6, 0.9, 1.6)))),
    "border": (("white", 2.6, "-"), (style.INK, 1.05, "-")),
    "front": (("white", 3.0, "-"), (_FRONT_INK, 1.7, "-")),
}


class Drawn(NamedTuple):
    """A line as it was drawn: of what kind, and its parts in points."""

    kind: str
    parts: list[NDArray[np.float64]]


def rows_on(panel: Panel, view: str, day: date) -> list[dict[str, Any]]:
    """Give the rows of `borders_at` for the land that is seen on the panel; their areas are of the tracts seen."""
    return fold_borders(panel.atlas.time, [panel.atlas.tracts[key] for key in panel.seen], view, day)


def draw_land(axes: Axes, panel: Panel, rows: list[dict[str, Any]]) -> None:
    """Fill the land of every row, stripe what is another's, encase what is small, and draw the coast."""
    backdrop = [panel.paths[key] for key in panel.land if not panel.atlas.tracts[key].judged]
    _fill(axes, backdrop, style.Fill(style.BACKDROP))
    for row in rows:
        tracts = row["tracts"].split(frames.SEPARATOR)
        fill = style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])
        _fill(axes, [panel.paths[tract] for tract in tracts], fill)
        _encase(axes, [panel.small[tract] for tract in tracts if tract in panel.small], fill)
    _stroke(axes, panel.coast, color=style.COAST, linewidth=0.35, zorder=3)


def _fill(axes: Axes, paths: list[Any], fill: style.Fill) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not paths:
        return
    whole = Path.make_compound_path(*paths)
    if not fill.stripe:
        axes.add_artist(PathPatch(whole, facecolor=fill.base, edgecolor=fill.base, linewidth=0.3, zorder=2))
        return
    patch = PathPatch(whole, facecolor=fill.base, edgecolor=fill.stripe, hatch=hatch_of(fill), linewidth=0, zorder=2)
    patch.set_hatch_linewidth(stripe_of(fill))
    axes.add_artist(patch)


def hatch_of(fill: style.Fill) -> str | None:
    """Give the hatch of a fill as matplotlib writes it; none for a plain one."""
    return None if not fill.stripe else "xx" if fill.crossed else "\\\\\\" if fill.leaning_left else "///"


def stripe_of(fill: style.Fill) -> float:
    """Give the width of a fill's stripes in points; those that cross are thin, or they would hide the ground."""
    return STRIPE / 4 if fill.crossed else STRIPE


def _encase(axes: Axes, paths: list[Any], fill: style.Fill) -> None:
    from matplotlib.path import Path

    if paths:
        whole, colour = Path.make_compound_path(*paths), fill.stripe or fill.base
        _stroke(axes, whole, color=style.COAST, linewidth=CASING + 0.6, zorder=1.7)
        _stroke(axes, whole, color=colour, linewidth=CASING, zorder=1.8)


def _stroke(axes: Axes, path: Any, *, color: str, linewidth: float, zorder: float, dashes: Any = "-") -> None:
    from matplotlib.patches import PathPatch

    look: dict[str, Any] = {"capstyle": "round" if dashes == "-" else "butt", "joinstyle": "round"}
    axes.add_artist(PathPatch(path, fill=False, edgecolor=color, linewidth=linewidth, linestyle=dashes, zorder=zorder, **look))


def lines_on(panel: Panel, view: str, day: date) -> list[Drawn]:
    """Give the lines of one day that are seen on the panel, by kind."""
    found: dict[str, list[Any]] = {}
    for row, edge in drawn_edges(panel.atlas, day, view):
        found.setdefault(row["drawn"], []).append(edge.geometry if panel.extent.detail == "fine" else edge.light)
    placed = [Drawn(kind, [part for shape in found.get(kind, ()) for part in _telling(panel, shape)]) for kind in LINES]
    return [line for line in placed if line.parts]


def _telling(panel: Panel, shape: Any) -> list[NDArray[np.float64]]:
    """Give the parts of a line, none of a ring so short that it would be a blot."""
    parts = panel.line(shape)
    length = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts)
    closed = all(bool((part[0] == part[-1]).all()) for part in parts)
    return [] if closed and length < SHORT else parts


def draw_lines(axes: Axes, lines: list[Drawn]) -> None:
    """Draw lines in their styles, lines of one kind in one stroke."""
    for level, line in enumerate(lines):
        path = line_path(line.parts)
        for step, (colour, width, dashes) in enumerate(LINES[line.kind]):
            _stroke(axes, path, color=colour, linewidth=width, dashes=dashes, zorder=3.5 + level / 10 + step / 100)


def obstacles(lines: list[Drawn]) -> list[Any]:
    """Give the drawn lines as geometries, for names to keep clear of."""
    return [shapely.linestrings(part) for line in lines for part in line.parts]
