"""Set names on a panel so that none lies on another, on a border, on the legend or over the frame.

Knows where a name fits and nothing of which matter more.

Which names there are, and which come first, is chosen in `names_chosen`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from sovietpacific.answers import palette
from sovietpacific.maps.printed.room import Box, Room
from sovietpacific.maps.printed.typefaces import ASCENT, LEADING, look_of, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Where a name may stand around its dot, the best first: which side of the dot, and how high.
SIDES = ((1, 0.0), (1, 0.75), (1, -0.75), (-1, 0.0), (0, 1.0), (0, -1.0), (-1, 0.75), (-1, -0.75))

#: How far from the middle of its dot, or from its island, a name may stand, in points.
_BESIDE_DOT = (3.1, 6.0, 10.5, 15.5)
_BESIDE_LAND = (2.5, 7.0, 12.0, 18.0, 25.0, 33.0)

#: How the lines of a name are aligned by the side they are drawn to.
_ALIGNED = {1: "left", -1: "right", 0: "center"}

#: A town's dot, in points.
_DOT = 1.5


class Line(NamedTuple):
    """One line of a name: text, size, face and colour."""

    text: str
    size: float
    face: str
    colour: str

    @property
    def wide(self) -> float:
        """The width in points, with a hair to spare."""
        spare = 1.03 if self.face == "bold" else 1.01
        return width_of(self.text, self.size, self.face) * spare + 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be set: its lines, where (`at`), and whether it has a dot there.

    `spots` are where its middle may stand, the best first, if not around `at`; `reach` is how far
    off a name without a dot may stand; `spacing` is how far it keeps from other dots.
    """

    lines: tuple[Line, ...]
    at: tuple[float, float]
    dot: bool = False
    spots: tuple[tuple[float, float], ...] = ()
    spacing: float = 0.0
    reach: float = 9.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        high = sum(line.size * LEADING for line in self.lines) - self.lines[-1].size * 0.18
        return max(line.wide for line in self.lines), high


@dataclass(slots=True)
class _Setting:
    """Names that were set: each with its box, and the side its lines are drawn to.

    The side is -1 for left, 0 for the middle, 1 for right.
    """

    placed: list[tuple[Label, Box, int]] = field(default_factory=list)


def set_names(room: Room, labels: Iterable[Label], coast: Any) -> _Setting:
    """Set as many names as have room, in the order given.

    A name without room is left out, with its dot. For each the places around its dot (or its
    `spots`) are tried; of those that are free the one that lies least on the coast and on other
    dots is taken.
    """
    todo, done = list(labels), _Setting()
    islands = room.panel.small_middles.tolist()
    dots = np.array([label.at for label in todo if label.dot] + islands or [(-99.0, -99.0)])
    for label in todo:
        dot = _around(label.at, _DOT + 0.8)
        if label.dot and (room.overlaps(dot, 0.0) or not room.inside(dot)):
            continue
        if label.spacing and any(_near(label, other) for other, _, _ in done.placed if other.dot):
            continue
        choices = [
            (box, side, rank) for rank, (box, side) in enumerate(_choices(label)) if room.fits(box)
        ]
        if not choices:
            continue
        # The name of an island may stand off, where it hides no land.
        near = 1.0 if label.dot or label.spots else 0.25
        costs = [near * rank + _clutter(box, label, coast, dots) for box, _, rank in choices]
        box, side, _ = choices[costs.index(min(costs))]
        room.take(box)
        if label.dot:
            room.take(_around(label.at, _DOT + 0.4))
        done.placed.append((label, box, side))
    return done


def _near(label: Label, other: Label) -> bool:
    """Return whether a name would stand nearer to another dot than it may."""
    return float(np.hypot(label.at[0] - other.at[0], label.at[1] - other.at[1])) < label.spacing


def _choices(label: Label) -> Iterable[tuple[Box, int]]:
    """Yield the boxes a name may have, the best first, and the side each is drawn to."""
    wide, high = label.size
    for x, y in label.spots:
        yield (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), 0
    if label.spots:
        return
    x, y = label.at
    for off in _BESIDE_DOT if label.dot else _BESIDE_LAND:
        if not label.dot and off > label.reach:
            return
        for side, up in SIDES:
            west = x + off if side > 0 else x - off - wide if side < 0 else x - wide / 2
            rise = up * (off + high / 2) if side == 0 else up * high * 0.62
            south = y + rise - high / 2
            yield (west, south, west + wide, south + high), side


def _clutter(box: Box, label: Label, coast: Any, dots: Any) -> float:
    """Return how much a box lies in the way of other things.

    A name of land at large may lie on the coast.
    """
    x, y = dots.T
    others = np.hypot(x - label.at[0], y - label.at[1]) > (0.1 if label.dot else 4.0)
    hidden = np.count_nonzero(
        (x > box[0] - 2) & (x < box[2] + 2) & (y > box[1] - 2) & (y < box[3] + 2) & others
    )
    return 4.0 * hidden + 1.2 * min(4, len(coast.query(shapely.box(*box), "intersects")))


def _around(at: tuple[float, float], reach: float) -> Box:
    return at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach


def spots_in(
    shape: Any, size: tuple[float, float], land: Any = None
) -> tuple[tuple[float, float], ...]:
    """Return where the middle of a name may stand so that all of it lies on `shape`.

    It then lies off `land`, too. Places are tried on a grid; those come first that lie deepest
    within and nearest to the middle of the shape.
    """
    if shape.is_empty:
        return ()
    wide, high = size
    west, south, east, north = shape.bounds
    step = max(6.0, (east - west) / 26, (north - south) / 26)
    columns = np.arange(west + step / 2, east, step)
    rows = np.arange(south + step / 2, north, step)
    xs, ys = (grid.ravel() for grid in np.meshgrid(columns, rows))
    boxes = shapely.box(xs - wide / 2, ys - high / 2, xs + wide / 2, ys + high / 2)
    shapely.prepare(shape)
    within = shapely.contains_properly(shape, boxes)
    if land is not None:
        within[land.query(boxes, "intersects")[0]] = False
    boxes, xs, ys = boxes[within], xs[within], ys[within]
    depth = np.minimum(shapely.distance(boxes, shape.boundary), 40.0)
    if land is not None and len(boxes):
        (places, _), far = land.query_nearest(boxes, all_matches=False, return_distance=True)
        depth[places] = np.minimum(depth[places], far)
    middle = float(shape.centroid.x), float(shape.centroid.y)
    order = np.argsort(np.hypot(xs - middle[0], ys - middle[1]) - 1.5 * depth)
    return tuple((float(xs[i]), float(ys[i])) for i in order[:60])


def draw_names(axes: Axes, setting: _Setting) -> None:
    """Draw the names that were set, with a halo, and the dots of towns."""
    from matplotlib.patheffects import withStroke

    dots = [label.at for label, _, _ in setting.placed if label.dot]
    if dots:
        x, y = np.array(dots).T
        look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": palette.INK}
        look |= {"markersize": 2 * _DOT, "markeredgewidth": 0.7, "linestyle": "", "zorder": 6}
        axes.plot(x, y, "o", **look)
    for label, box, side in setting.placed:
        top = box[3]
        x = {1: box[0], -1: box[2], 0: (box[0] + box[2]) / 2}[side]
        for line in label.lines:
            halo = [withStroke(linewidth=line.size * 0.24, foreground="white", alpha=0.8)]
            look = {"fontsize": line.size, "color": line.colour, "va": "baseline"}
            look |= {"ha": _ALIGNED[side], "zorder": 7, "path_effects": halo}
            axes.text(x, top - line.size * ASCENT, line.text, **look, **look_of(line.face))
            top -= line.size * LEADING
