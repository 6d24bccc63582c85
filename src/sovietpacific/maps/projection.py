"""Projects longitudes and latitudes for sheets: Albers equal-area, parallels 37° and 52° N, central meridian 128° E."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

#: Areas are true; angles are off by less than two degrees within the rim of the Pacific this atlas covers.
DEFINITION = "+proj=aea +lat_1=37 +lat_2=52 +lat_0=44.5 +lon_0=128 +datum=WGS84 +units=m"

WORDS = "Albers equal-area conic, parallels 37° and 52° N, central meridian 128° E"


@cache
def _transformer() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", DEFINITION, always_xy=True)


def project(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Project degrees to metres."""
    x, y = _transformer().transform(lon, lat)
    return x, y


def project_shape(shape: Any) -> Any:
    """Project a geometry from degrees to metres; long edges are bent by adding points every half degree."""

    def positions(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(project(xy[:, 0], xy[:, 1]))

    return shapely.transform(shapely.segmentize(shape, 0.5), positions)


def window_around(west: float, south: float, east: float, north: float, margin: float = 0.0) -> tuple[float, float, float, float]:
    """Give the projected box that holds a box of degrees, widened by a share of its size: west, south, east, north in metres."""
    steps = np.linspace(0, 1, 60)
    lon, lat = west + (east - west) * steps, south + (north - south) * steps
    sides = [(lon, np.full(60, south)), (lon, np.full(60, north)), (np.full(60, west), lat), (np.full(60, east), lat)]
    xs, ys = np.hstack([project(*side) for side in sides])
    wide, high = margin * (xs.max() - xs.min()), margin * (ys.max() - ys.min())
    return float(xs.min() - wide), float(ys.min() - high), float(xs.max() + wide), float(ys.max() + high)
