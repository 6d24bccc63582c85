"""Answers with prepared shapes of shapely, tract by tract, on arrays: the fastest exact way without
an index of one's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import shapely
from subdivide import subdivide

from rivals.common import Ask, Codes, Days, Floats, Rival, read_land
from sovietpacific.atlas import Atlas

#: Vertices of a piece at most: at a million points a half faster than whole tracts; with smaller
#: pieces the loop takes longer.
MOST = 1024


@contextmanager
def by_box(atlas: Atlas) -> Iterator[Ask]:
    """Sort the points by longitude once, then test those in the box of each piece of a tract.

    Pieces come in the order of tracts, last first, so that a point on an edge keeps the tract that
    sorts first, as ours does.
    """
    land = read_land(atlas)
    owner, pieces = (values[::-1] for values in subdivide(land.shapes, MOST))
    west, south, east, north = shapely.bounds(pieces).T
    status = land.status
    shapely.prepare(pieces)

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        order = np.argsort(lon)
        x, y = lon[order], lat[order]
        tract = np.full(len(lon), -1, np.int64)
        starts, stops = np.searchsorted(x, west), np.searchsorted(x, east, side="right")
        for piece, place, start, stop, low, high in zip(
            pieces, owner, starts, stops, south, north, strict=True
        ):
            across = y[start:stop]
            inside = start + np.flatnonzero((across >= low) & (across <= high))
            tract[order[inside[shapely.intersects_xy(piece, x[inside], y[inside])]]] = place
        codes = np.zeros(len(lon), np.int16)
        on_land = np.flatnonzero(tract >= 0)
        codes[on_land] = status(tract[on_land], day[on_land])
        return codes

    yield ask


BOXES = Rival(
    "c", "box slices, prepared pieces, intersects_xy, searchsorted", ("shapely", "numpy"), by_box
)
