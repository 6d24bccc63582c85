"""Bring the shapes of an atlas onto one panel of a sheet: clipped, projected, in points of print.

Knows shapes and paper, and nothing of who held the land.

That is done once for all days; who holds the land is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.atlas import Atlas
from sovietpacific.facts.records import Tract
from sovietpacific.maps.printed.extent import Extent

if TYPE_CHECKING:
    from matplotlib.path import Path

#: Shapes are simplified to a fraction of a printed dot (points), and positions rounded to so many
#: decimals of a point.
TOLERANCE, DECIMALS = 0.25, 1

#: What lies this far outside the frame is still drawn, so that no edge of a clipped shape is seen
#: (points).
_BEYOND = 6.0

#: An island smaller than this on the sheet, and other land smaller than the second, gets a casing
#: in its holder's colour, so that it is seen (square points).
SMALL, TINY = 60.0, 1.0


class Panel:
    """An extent at a size in print, placed in points from its lower left corner.

    Shapes are read, clipped and simplified when they are first asked for, and serve every day that
    is drawn on the panel.
    """

    def __init__(self, atlas: Atlas, extent: Extent, wide: float) -> None:
        """Lay `extent` out `wide` points wide."""
        self.atlas, self.extent = atlas, extent
        self.wide, self.high = wide, round(wide * extent.high / extent.wide, 1)
        self.per_point = extent.wide / wide
        self.frame = shapely.box(0, 0, self.wide, self.high)
        self._degrees = _widened(extent.degrees)

    def position(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies on the panel, in points."""
        x, y = self.extent.projection.project(lon, lat)
        west, south = self.extent.box[:2]
        return float(x - west) / self.per_point, float(y - south) / self.per_point

    def on_paper(self, shapes: Any) -> Any:
        """Return shapes in degrees, an array or one, as they lie on the panel.

        They are clipped to a little more than its frame.
        """
        clipped = shapely.clip_by_rect(shapes, *self._degrees)
        projected = self.extent.projection.shape(clipped, 0.5 if self.extent.whole else 0.1)
        west, south = self.extent.box[:2]
        placed = shapely.transform(projected, lambda xy: (xy - (west, south)) / self.per_point)
        east, north = self.wide + _BEYOND, self.high + _BEYOND
        return shapely.clip_by_rect(placed, -_BEYOND, -_BEYOND, east, north)

    @cached_property
    def land(self) -> dict[str, Any]:
        """The land of every tract that is seen.

        It is simplified as one coverage, so that neighbours keep their common edges.
        """
        seen = [tract for tract in self.atlas.tracts.values() if self._meets(tract)]
        shapes = [self.atlas.shapes.of(tract.id, self.extent.detail) for tract in seen]
        placed = _polygons(self.on_paper(np.array(shapes, object)))
        simple = zip(seen, shapely.coverage_simplify(placed, TOLERANCE), strict=True)
        return {tract.id: shape for tract, shape in simple if not shape.is_empty}

    def _meets(self, tract: Tract) -> bool:
        west, south, east, north = self._degrees
        left, bottom, right, top = tract.bbox
        return left < east and right > west and bottom < north and top > south

    @cached_property
    def seen(self) -> list[str]:
        """The tracts in scope whose land is seen within the frame."""
        frame = self.frame.buffer(-1.0)
        shapely.prepare(frame)
        return [
            tract
            for tract, shape in self.land.items()
            if self.atlas.tracts[tract].judged and frame.intersects(shape)
        ]

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The land of every tract as a matplotlib path."""
        parts = {tract: shapely.get_parts(shape) for tract, shape in self.land.items()}
        return {tract: _path_of(_rounded(polygons)) for tract, polygons in parts.items()}

    @cached_property
    def small(self) -> dict[str, Path]:
        """The land that is seen only if it gets a casing.

        That is islands that are a tract of their own, and towns of no size.
        """
        return {
            tract: _path_of(_rounded(main_parts(shape)))
            for tract, shape in self.land.items()
            if self.atlas.tracts[tract].judged
            and shape.area < (TINY if tract in self.joined else SMALL)
        }

    @cached_property
    def joined(self) -> frozenset[str]:
        """The tracts that have neighbours on land; the others are islands."""
        edges = self.atlas.shapes.edges
        return frozenset(
            tract for edge in edges if not edge.free for tract in (edge.left, edge.right)
        )

    @cached_property
    def small_middles(self) -> NDArray[np.float64]:
        """Where the small tracts within the frame lie, as rows of x and y."""
        centroids = [self.land[tract].centroid for tract in self.small]
        middles = [(float(middle.x), float(middle.y)) for middle in centroids]
        inside = [(x, y) for x, y in middles if 0 < x < self.wide and 0 < y < self.high]
        return np.array(inside or np.empty((0, 2)))

    @cached_property
    def coast(self) -> Path:
        """The outlines of all land as a matplotlib path."""
        return line_path(self.shores)

    @cached_property
    def shores(self) -> list[NDArray[np.float64]]:
        """The outlines of all land, without the edges between tracts.

        What is the edge of one tract only is an outline.
        """
        parts = shapely.get_parts(np.array(list(self.land.values()), object))
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]
        ends = [np.hstack([ring[:-1], ring[1:]]) for ring in rings]
        steps = np.round(np.concatenate(ends), DECIMALS + 1) if ends else np.empty((0, 4))
        forward = steps[:, 0] + 1e-4 * steps[:, 1] <= steps[:, 2] + 1e-4 * steps[:, 3]
        sorted_ends = np.where(forward[:, None], steps, steps[:, [2, 3, 0, 1]])
        once, count = np.unique(sorted_ends, axis=0, return_counts=True)
        single = once[count == 1].reshape(-1, 2, 2)
        single = shapely.linestrings(single[~self._amid_land(single)])
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(single)))
        return [np.round(shapely.get_coordinates(part), DECIMALS) for part in merged]

    def _amid_land(self, steps: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which steps have land on both sides.

        Neighbours may mark their common edge with other positions each.
        """
        middle, along = steps.mean(axis=1), steps[:, 1] - steps[:, 0]
        length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
        aside = 0.15 * np.column_stack([-along[:, 1], along[:, 0]]) / length[:, None]
        amid = length > 1.0
        for points in (middle + aside, middle - aside):
            on_land = np.zeros(len(steps), bool)
            on_land[self.ground.query(shapely.points(points[amid]), "intersects")[0]] = True
            amid[amid] = on_land[: np.count_nonzero(amid)]
        return amid

    @cached_property
    def judged(self) -> Any:
        """The land this atlas judges, as one multipolygon."""
        tracts = self.atlas.tracts
        return self._together(shape for tract, shape in self.land.items() if tracts[tract].judged)

    @cached_property
    def land_all(self) -> Any:
        """All land, as one multipolygon."""
        return self._together(self.land.values())

    @cached_property
    def ground(self) -> shapely.STRtree:
        """All land, a polygon each, as an index of what lies on it."""
        return shapely.STRtree(shapely.get_parts(self.land_all))

    @cached_property
    def shore_tree(self) -> shapely.STRtree:
        """The outlines of all land, as an index of what lies across them."""
        lines: list[Any] = [shapely.linestrings(part) for part in self.shores]
        return shapely.STRtree(lines)

    @staticmethod
    def _together(shapes: Iterable[Any]) -> Any:
        return shapely.MultiPolygon([part for shape in shapes for part in shapely.get_parts(shape)])

    def line(self, shape: Any) -> list[NDArray[np.float64]]:
        """Return the parts of a line in degrees that are seen, as positions in points."""
        placed = shapely.simplify(self.on_paper(shape), TOLERANCE / 2)
        merged = shapely.line_merge(placed) if placed.geom_type == "MultiLineString" else placed
        parts = [
            np.round(shapely.get_coordinates(part), DECIMALS) for part in shapely.get_parts(merged)
        ]
        return [part for part in parts if len(part) > 1]


def _path_of(shapes: Any) -> Path:
    """Return one matplotlib path of (multi)polygons: all rings, each closed."""
    from matplotlib.path import Path

    rings = [shapely.get_coordinates(ring) for shape in shapes for ring in shapely.get_rings(shape)]
    if not rings:
        return Path(np.empty((0, 2)))
    codes = [
        np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY] for ring in rings
    ]
    return Path(np.concatenate(rings), np.concatenate(codes))


def line_path(parts: list[NDArray[np.float64]]) -> Path:
    """Return one matplotlib path of open lines."""
    from matplotlib.path import Path

    codes = [np.r_[Path.MOVETO, np.full(len(part) - 1, Path.LINETO)] for part in parts]
    return Path(np.concatenate(parts), np.concatenate(codes)) if parts else Path(np.empty((0, 2)))


def _rounded(polygons: NDArray[Any]) -> NDArray[Any]:
    """Round positions, and turn rings so that holes are holes.

    What rounding would flatten keeps finer positions.
    """
    turned = shapely.orient_polygons(polygons)
    rounded = shapely.transform(turned, lambda xy: np.round(xy, DECIMALS))
    tiny = shapely.area(turned) < 1.0
    return np.where(tiny, shapely.transform(turned, lambda xy: np.round(xy, DECIMALS + 2)), rounded)


def main_parts(shape: Any) -> NDArray[Any]:
    """Return the parts of a shape that are at least a tenth of its largest.

    Islets around an island would only blot.
    """
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    main: NDArray[Any] = parts[areas >= 0.1 * areas.max()]
    return main


def _polygons(shapes: NDArray[Any]) -> NDArray[Any]:
    """Return of each shape what has an area.

    Clipping leaves points and lines where land only touches the frame.
    """
    parts = [shapely.get_parts(shape) for shape in shapes]
    areas = [[part for part in some if part.geom_type == "Polygon"] for some in parts]
    return np.array([shapely.MultiPolygon(polygons) for polygons in areas], object)


def _widened(
    box: tuple[float, float, float, float], share: float = 0.03
) -> tuple[float, float, float, float]:
    """Return a box made wider and higher by a share on each side."""
    west, south, east, north = box
    wide, high = (east - west) * share, (north - south) * share
    return west - wide, south - high, east + wide, north + high
