"""Answers with prepared shapes of shapely, tract by tract, on arrays: the fastest exact way without an index of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import shapely

from rivals.common import Ask, Codes, Days, Floats, Rival, read_land
from sovietpacific.atlas import Atlas


@contextmanager
def by_box(atlas: Atlas) -> Iterator[Ask]:
    """Sort the points by longitude once, cut each tract's box out of them, and test what is in it."""
    land = read_land(atlas)
    status, boxes = land.status, shapely.bounds(land.shapes)
    shapely.prepare(land.shapes)

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        order = np.argsort(lon)
        x, y = lon[order], lat[order]
        tract = np.full(len(lon), -1, np.int64)
        for place, (shape, (west, south, east, north)) in enumerate(zip(land.shapes, boxes, strict=True)):
            start, stop = np.searchsorted(x, west), np.searchsorted(x, east, side="right")
            high = y[start:stop]
            inside = start + np.flatnonzero((high >= south) & (high <= north))
            tract[order[inside[shapely.contains_xy(shape, x[inside], y[inside])]]] = place
        codes = np.zeros(len(lon), np.int16)
        found = np.flatnonzero(tract >= 0)
        codes[found] = status(tract[found], day[found])
        return codes

    yield ask


BOXES = Rival("c", "box slices, prepared contains_xy, searchsorted", ("shapely", "numpy"), by_box)
