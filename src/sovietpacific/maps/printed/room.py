"""Keep count of the room on a panel: what is taken, where lines run, what a box would hide.

Knows boxes and nothing of what stands in them.

What the boxes hold, names or a legend or a scale bar, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from sovietpacific.maps.printed.panel import Panel

#: West, south, east, north of a box on a panel, in points.
Box = tuple[float, float, float, float]

#: Nothing is set nearer to the frame, or to another text, than this (points).
RIM, GAP = 3.0, 1.2


class Room:
    """The room on one panel; `fits` asks for it, `take` uses it up."""

    def __init__(self, panel: Panel, lines: Sequence[Any]) -> None:
        """Begin with an empty panel on which `lines` are drawn, geometries in points."""
        self.panel = panel
        self._lines = shapely.STRtree(list(lines))
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Use up the room of a box."""
        self._taken.append(box)

    def release(self, box: Box) -> None:
        """Give up the room of a box again."""
        self._taken.remove(box)

    def fits(self, box: Box) -> bool:
        """Return whether a box lies within the frame, on nothing that is taken and on no line."""
        return self.inside(box) and not self.overlaps(box) and not self.crossed(box, GAP)

    def inside(self, box: Box) -> bool:
        """Return whether a box lies within the frame."""
        west, south, east, north = box
        right, top = self.panel.wide - RIM, self.panel.high - RIM
        return west >= RIM and south >= RIM and east <= right and north <= top

    def overlaps(self, box: Box, gap: float = GAP) -> bool:
        """Return whether a box lies on anything that is taken."""
        west, south, east, north = box
        return any(
            w < east + gap and e > west - gap and s < north + gap and n > south - gap
            for w, s, e, n in self._taken
        )

    def crossed(self, box: Box, gap: float = 0.0) -> int:
        """Return how many lines a box would lie on, or come nearer to than `gap`.

        A line has a width and a casing.
        """
        west, south, east, north = box
        near = shapely.box(west - gap, south - gap, east + gap, north + gap)
        return len(self._lines.query(near, "intersects"))

    def emptiest(
        self,
        wide: float,
        high: float,
        *,
        near: tuple[float, float] | None = None,
        avoid: Sequence[Any] = (),
    ) -> Box:
        """Return the box of a size, along the frame, that hides the least.

        Land in scope counts most, then other land. `avoid` are positions that should be seen, such
        as those of towns; `near` is where the box had best be. A box that hides nothing is drawn to
        a corner.
        """
        return min(self._along_frame(wide, high), key=lambda box: self._cost(box, near, avoid))

    def hidden(self, box: Box) -> float:
        """Return which share of a box would lie on land in scope."""
        area = float(shapely.clip_by_rect(self.panel.judged, *box).area)
        return area / ((box[2] - box[0]) * (box[3] - box[1]))

    def islands(self, box: Box) -> int:
        """Return how many small tracts in scope a box would hide.

        An island counts for more than its area.
        """
        x, y = self.panel.small_middles.T
        across = (x > box[0] - 4) & (x < box[2] + 4)
        return int(np.count_nonzero(across & (y > box[1] - 4) & (y < box[3] + 4)))

    def buries(self, box: Box) -> bool:
        """Return whether a box would hide an island in scope.

        That is the middle of a small one, or half of a larger one.
        """
        panel = self.panel
        isles = (tract for tract in panel.seen if tract not in panel.joined)
        shapes = (panel.land[tract] for tract in isles)
        return self.islands(box) > 0 or any(
            shapely.clip_by_rect(shape, *box).area > shape.area / 2 for shape in shapes
        )

    def _along_frame(self, wide: float, high: float) -> Iterable[Box]:
        """Yield boxes of a size that lie along the frame."""
        inset = 7.0
        right, top = self.panel.wide - wide - inset, self.panel.high - high - inset
        for x in np.linspace(inset, max(inset, right), 12):
            for y in np.linspace(inset, max(inset, top), 9):
                if x in (inset, right) or y in (inset, top):
                    yield float(x), float(y), float(x) + wide, float(y) + high

    def _cost(self, box: Box, near: tuple[float, float] | None, avoid: Sequence[Any]) -> float:
        """Return how much speaks against a box: what it hides, and how far off it lies."""
        size = (box[2] - box[0]) * (box[3] - box[1])
        clashes = 50.0 * self.overlaps(box, 5.0) + 0.6 * self.islands(box)
        points = sum(box[0] - 4 < x < box[2] + 4 and box[1] - 4 < y < box[3] + 4 for x, y in avoid)
        land = float(shapely.clip_by_rect(self.panel.land_all, *box).area) / size
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if near:
            far = float(np.hypot(middle[0] - near[0], middle[1] - near[1]))
        else:  # then the nearest corner is best
            far = min(middle[0], self.panel.wide - middle[0])
            far += min(middle[1], self.panel.high - middle[1])
        hides = clashes + 3 * self.hidden(box) + land + 0.35 * points
        cost: float = hides + 0.05 * self.crossed(box) + far / 4000
        return cost
