"""Sets names on a panel of a sheet so that none lies on another, on a border, on the legend or over the frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from sovietpacific.maps import style
from sovietpacific.maps.sheet_room import Box, Room
from sovietpacific.maps.typefaces import ASCENT, LEADING, look_of, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Where a name may stand around its dot, the best first: which side of the dot, and how high.
SIDES = ((1, 0.0), (1, 0.75), (1, -0.75), (-1, 0.0), (0, 1.0), (0, -1.0), (-1, 0.75), (-1, -0.75))

#: A town's dot, in points.
DOT = 1.5


class Line(NamedTuple):
    """One line of a name: text, size, face and colour."""

    text: str
    size: float
    face: str
    colour: str

    @property
    def wide(self) -> float:
        """The width in points, with a hair to spare."""
        return width_of(self.text, self.size, self.face) * (1.03 if self.face == "bold" else 1.01) + 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be set: its lines, where (`at`), and whether it has a dot there.

    `spots` are where its middle may stand, the best first, if not around `at`; `reach` is how far off a name without a dot may
    stand; `spacing` is how far it keeps from other dots.
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
        return max(line.wide for line in self.lines), sum(line.size * LEADING for line in self.lines) - self.lines[-1].size * 0.18


@dataclass(slots=True)
class Setting:
    """Names that were set: each with its box, and the side its lines are drawn to (-1 left, 0 middle, 1 right)."""

    placed: list[tuple[Label, Box, int]] = field(default_factory=list)


def set_names(room: Room, labels: Iterable[Label], coast: Any) -> Setting:
    """Set as many names as have room, in the order given; a name without room is left out, with its dot.

    For each the places around its dot (or its `spots`) are tried; of those that are free the one that lies least on the coast
    and on other dots is taken.
    """
    todo, done = list(labels), Setting()
    islands = room.panel.small_middles.tolist()
    dots = np.array([label.at for label in todo if label.dot] + islands or [(-99.0, -99.0)])
    for label in todo:
        if label.dot and (room.overlaps(_around(label.at, DOT + 0.8), 0.0) or not room.inside(_around(label.at, DOT + 0.8))):
            continue
        if label.spacing and any(_near(label, other) for other, _, _ in done.placed if other.dot):
            continue
        choices = [(box, side, rank) for rank, (box, side) in enumerate(_choices(label)) if room.fits(box)]
        if not choices:
            continue
        near = 1.0 if label.dot or label.spots else 0.25  # the name of an island may stand off, where it hides no land
        box, side, _ = min(choices, key=lambda choice: near * choice[2] + _clutter(choice[0], label, coast, dots))
        room.take(box)
        if label.dot:
            room.take(_around(label.at, DOT + 0.4))
        done.placed.append((label, box, side))
    return done


def _near(label: Label, other: Label) -> bool:
    return float(np.hypot(label.at[0] - other.at[0], label.at[1] - other.at[1])) < label.spacing


def _choices(label: Label) -> Iterable[tuple[Box, int]]:
    wide, high = label.size
    for x, y in label.spots:
        yield (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), 0
    if label.spots:
        return
    x, y = label.at
    for off in (DOT + 1.6, DOT + 4.5, DOT + 9.0, DOT + 14.0) if label.dot else (2.5, 7.0, 12.0, 18.0, 25.0, 33.0):
        if not label.dot and off > label.reach:
            return
        for side, up in SIDES:
            west = x + off if side > 0 else x - off - wide if side < 0 else x - wide / 2
            south = y + up * (off + high / 2) - high / 2 if side == 0 else y + up * high * 0.62 - high / 2
            yield (west, south, west + wide, south + high), side


def _clutter(box: Box, label: Label, coast: Any, dots: Any) -> float:
    """Give how much a box lies in the way of other things; a name of land at large may lie on the coast."""
    x, y = dots.T
    others = np.hypot(x - label.at[0], y - label.at[1]) > (0.1 if label.dot else 4.0)
    hidden = np.count_nonzero((x > box[0] - 2) & (x < box[2] + 2) & (y > box[1] - 2) & (y < box[3] + 2) & others)
    return 4.0 * hidden + 1.2 * min(4, len(coast.query(shapely.box(*box), "intersects")))


def _around(at: tuple[float, float], reach: float) -> Box:
    return at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach


def spots_in(shape: Any, size: tuple[float, float], land: Any = None) -> tuple[tuple[float, float], ...]:
    """Give where the middle of a name of some size may stand so that all of it lies on `shape` and off `land`, the best first.

    Places are tried on a grid; those come first that lie deepest within and nearest to the middle of the shape.
    """
    if shape.is_empty:
        return ()
    wide, high = size
    west, south, east, north = shape.bounds
    step = max(6.0, (east - west) / 26, (north - south) / 26)
    xs, ys = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    boxes = shapely.box(xs.ravel() - wide / 2, ys.ravel() - high / 2, xs.ravel() + wide / 2, ys.ravel() + high / 2)
    shapely.prepare(shape)
    within = shapely.contains_properly(shape, boxes)
    if land is not None:
        within[land.query(boxes, "intersects")[0]] = False
    boxes, xs, ys = boxes[within], xs.ravel()[within], ys.ravel()[within]
    depth = np.minimum(shapely.distance(boxes, shape.boundary), 40.0)
    if land is not None and len(boxes):
        (asked, _), far = land.query_nearest(boxes, all_matches=False, return_distance=True)
        depth[asked] = np.minimum(depth[asked], far)
    goal = float(shape.centroid.x), float(shape.centroid.y)
    order = np.argsort(np.hypot(xs - goal[0], ys - goal[1]) - 1.5 * depth)
    return tuple((float(xs[i]), float(ys[i])) for i in order[:60])


def draw_names(axes: Axes, setting: Setting) -> None:
    """Draw the names that were set, with a halo, and the dots of towns."""
    from matplotlib.patheffects import withStroke

    dots = [label.at for label, _, _ in setting.placed if label.dot]
    if dots:
        x, y = np.array(dots).T
        look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": style.INK, "markeredgewidth": 0.7, "linestyle": ""}
        axes.plot(x, y, "o", markersize=2 * DOT, zorder=6, **look)
    for label, box, side in setting.placed:
        top = box[3]
        for line in label.lines:
            x, align = {1: (box[0], "left"), -1: (box[2], "right"), 0: ((box[0] + box[2]) / 2, "center")}[side]
            halo = [withStroke(linewidth=line.size * 0.24, foreground="white", alpha=0.8)]
            look = {"fontsize": line.size, "color": line.colour, "ha": align, "va": "baseline", **look_of(line.face)}
            axes.text(x, top - line.size * ASCENT, line.text, zorder=7, path_effects=halo, **look)
            top -= line.size * LEADING
