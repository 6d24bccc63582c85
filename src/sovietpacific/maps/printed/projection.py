"""Project longitudes and latitudes for sheets.

Knows angles and nothing of paper.

The projection is Albers equal-area, with parallels that suit the window; what lies in the window is
not known here.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray


class Projection(NamedTuple):
    """An Albers equal-area conic on WGS 84: two true parallels, and the position that is at zero.

    Areas are true everywhere.
    """

    south: float
    north: float
    lon: float
    lat: float

    @property
    def definition(self) -> str:
        """The projection as PROJ reads it."""
        parallels = f"+lat_1={self.south} +lat_2={self.north}"
        zero = f"+lat_0={self.lat} +lon_0={self.lon}"
        return f"+proj=aea {parallels} {zero} +datum=WGS84 +units=m"

    @property
    def words(self) -> str:
        """The projection as a sheet names it."""
        parallels = f"parallels {self.south:g}° and {self.north:g}° N"
        return f"Albers equal-area conic, {parallels}, central meridian {self.lon:g}° E"

    def project(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Project degrees to metres."""
        x, y = _transformer(self.definition).transform(lon, lat)
        return x, y

    def unproject(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return the degrees of a position in metres."""
        lon, lat = _transformer(self.definition).transform(x, y, direction="INVERSE")
        return lon, lat

    def shape(self, shape: Any, longest: float = 0.5) -> Any:
        """Project a geometry, or an array of them, from degrees to metres.

        Edges over `longest` degrees get more points.
        """

        def positions(xy: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(self.project(xy[:, 0], xy[:, 1]))

        return shapely.transform(shapely.segmentize(shape, longest), positions)

    def around(
        self, west: float, south: float, east: float, north: float
    ) -> tuple[float, float, float, float]:
        """Return the projected box, in metres, that holds a box of degrees."""
        steps = np.linspace(0, 1, 60)
        lon, lat = west + (east - west) * steps, south + (north - south) * steps
        sides = [(lon, np.full(60, level)) for level in (south, north)]
        sides += [(np.full(60, side), lat) for side in (west, east)]
        xs, ys = np.hstack([self.project(*side) for side in sides])
        return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


#: The projection of whole sheets; angles are off by less than two degrees within the rim of the
#: Pacific this atlas covers.
WHOLE = Projection(37, 52, 128, 44.5)


def projection_for(west: float, south: float, east: float, north: float) -> Projection:
    """Return the projection of a window in degrees.

    Its meridian lies in the middle, its parallels a sixth of the height inside.

    >>> projection_for(145.0, 43.0, 149.0, 46.0)
    Projection(south=43.5, north=45.5, lon=147.0, lat=44.5)
    """
    sixth = (north - south) / 6
    parallels = round(south + sixth, 2), round(north - sixth, 2)
    return Projection(*parallels, round((west + east) / 2, 1), round((south + north) / 2, 2))


@cache
def _transformer(definition: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", definition, always_xy=True)
