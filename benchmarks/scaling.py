"""Measures how the cost of a point grows with the number of points, the detail of the shapes, and
the length of history.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from ours import array_core, by_label
from points import PointSet, clustered, uniform
from timing import median_of, table, timed

from sovietpacific.atlas import Atlas
from sovietpacific.labels.timetable import Timetable
from sovietpacific.land.grid import build_grid
from sovietpacific.land.locator import Locator
from sovietpacific.timelines.timekeeper import Timekeeper

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)

#: How many points are asked about where their number stays.
MANY = 1_000_000

#: How often every segment is halved.
HALVINGS = (0, 1, 2, 3)

SEED = 1


def scaling_tables(atlas: Atlas, repeat: int) -> Iterator[str]:
    """Yield the tables of cost by points, by vertices, and by epochs."""
    sets = {"uniform": uniform(MANY, SEED, atlas), "clustered": clustered(MANY, SEED, atlas)}
    yield "Cost by number of points, ns a point\n"
    yield by_points(atlas, repeat)
    yield f"Cost by detail of the shapes, {MANY:,} points, ns a point for finding the tract alone\n"
    yield by_vertices(atlas, sets, repeat)
    yield (
        f"Cost by length of history, {MANY:,} points, "
        "ns a point for finding the answer of a known tract alone\n"
    )
    yield by_epochs(atlas, sets["clustered"], repeat)


def by_points(atlas: Atlas, repeat: int) -> str:
    """Return the costs of asking about more and more points."""
    core, rows = array_core(atlas), []
    every = [scatter(SIZES[-1], SEED, atlas) for scatter in (uniform, clustered)]
    for size in SIZES:
        cells = [f"{size:,}"]
        for points in every:
            part = points.first(size)
            for ask in (core, by_label):
                cost = median_of(lambda ask=ask, part=part: ask(*part), repeat).per_point(size)
                cells.append(f"{cost.wall:,.0f}")
        rows.append(cells)
    return table(
        ["points", "uniform: arrays", "label(frame)", "clustered: arrays", "label(frame)"], rows
    )


def by_vertices(atlas: Atlas, sets: dict[str, PointSet], repeat: int) -> str:
    """Return the costs with shapes of the same form and two, four, eight times the vertices."""
    shapes, rows = atlas.shapes._ordered(), []
    for halvings in HALVINGS:
        if halvings:
            shapes = np.array([halved(shape) for shape in shapes], dtype=object)
        kept = shapes
        cost, grid = timed(lambda kept=kept: build_grid(kept))
        locator = Locator(list(atlas.tracts), grid, lambda kept=kept: kept)
        figures = []
        for points in sets.values():
            find = partial(locator.numbers_at, points.lon, points.lat)
            figures.append(f"{median_of(find, repeat).per_point(MANY).wall:,.0f}")
        vertices = int(shapely.get_num_coordinates(shapes).sum())
        rows.append(
            [halvings, f"{vertices:,}", f"{cost.wall:.2f} s", f"{grid.megabytes:.1f} MB", *figures]
        )
    return table(["halvings", "vertices", "index made in", "index", *sets], rows)


def halved(shape: Any) -> Any:
    """Return a shape with a vertex more in the middle of every segment.

    Both sides of a border get the same one, since a sum has no order.
    """
    polygons = [
        shapely.Polygon(
            _halved_ring(part.exterior), [_halved_ring(hole) for hole in part.interiors]
        )
        for part in shapely.get_parts(shape)
    ]
    return shapely.MultiPolygon(polygons)


def _halved_ring(ring: Any) -> NDArray[np.float64]:
    ends = shapely.get_coordinates(ring)
    finer = np.empty((2 * len(ends) - 1, 2))
    finer[::2], finer[1::2] = ends, (ends[:-1] + ends[1:]) / 2
    return finer


class ShortHistory(Timekeeper):
    """A history that knows no change after a last day."""

    last = date.max

    def days_of(self, tract: str, view: str) -> list[date]:
        """Return the days of change up to the last day."""
        return [day for day in super().days_of(tract, view) if day <= self.last]


def by_epochs(atlas: Atlas, points: PointSet, repeat: int) -> str:
    """Return the costs in every view, and in `control` with only its first days of change."""
    records, rows = atlas.records, []
    tract = atlas.shapes.locator.numbers_at(points.lon, points.lat)
    histories: list[tuple[str, str, int | None]] = [(view, view, None) for view in atlas.views]
    histories += [(f"control, its first {epochs}", "control", epochs) for epochs in (1, 10, 100)]
    for name, view, epochs in histories:
        time = ShortHistory(records.tracts, records.polities, records.views)
        edges = time.edges(view)
        if epochs is not None:
            time = ShortHistory(records.tracts, records.polities, records.views)
            time.last = edges[epochs - 1]
        cost, timetable = timed(lambda time=time, view=view: Timetable(time, records.tracts, view))
        find = partial(timetable.answers_on, tract, points.day)
        nanoseconds = median_of(find, repeat).per_point(MANY).wall
        rows.append([name, epochs or len(edges), f"{cost.wall * 1e3:.0f} ms", f"{nanoseconds:.1f}"])
    return table(["view", "epochs", "timetable made in", "ns a point"], rows)
