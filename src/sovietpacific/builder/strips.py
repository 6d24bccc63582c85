"""Draws the strip of land along a border, a number of kilometres to either side, such as the
Demilitarized Zone.

Knows geometry and nothing of days.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from sovietpacific.builder.base import Land
from sovietpacific.builder.noding import GRID, edge_table, on_grid
from sovietpacific.errors import SeedError

#: Kilometres in a degree of latitude near 40 degrees north, where the strips lie (WGS 84).
KM_PER_DEGREE = 111.03

#: The border is smoothed by this much (degrees) before it is widened, so that the edge of the strip
#: has no needless points.
SMOOTHING = 0.001


def border_of(land: Land, first: str, second: str) -> Any:
    """Return the line along which the lands of two countries of the base layer meet.

    Raise `SeedError` if they do not meet.
    """
    of_both = np.isin(land.countries, [first, second])
    countries = land.countries[of_both]
    segments, pairs = edge_table(land.polygons[of_both])
    apart = countries[pairs[:, 0]] != countries[pairs[:, 1]]
    if not apart.any():
        raise SeedError(f"{first} and {second} have no common border in the base layer")
    pieces: Any = shapely.linestrings(segments[apart].reshape(-1, 2, 2))
    return shapely.line_merge(shapely.multilinestrings(list(pieces)))


def strip_along(land: Land, countries: tuple[str, str], km: float) -> Any:
    """Return the polygon of all that lies within `km` of the border between two countries.

    It is measured flat, at the mean latitude of the border.
    """
    border = border_of(land, *countries)
    latitude = float(np.mean(shapely.get_coordinates(border)[:, 1]))
    shortened = np.array([np.cos(np.radians(latitude)), 1.0])
    flat = shapely.simplify(shapely.transform(border, lambda xy: xy * shortened), SMOOTHING)
    strip = shapely.buffer(flat, km / KM_PER_DEGREE, quad_segs=4)
    strip = shapely.transform(strip, lambda xy: xy / shortened)
    return on_grid(shapely.set_precision(strip, GRID))
