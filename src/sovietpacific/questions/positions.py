"""Read where a point lies from what a user passes: a pair of numbers or a shapely Point.

Knows the frame of the atlas and nothing of names, which `questions.names` reads.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, overload

from sovietpacific.errors import PlaceError, shown

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from numpy.typing import NDArray

#: What a place may be given as: a name or an id, a pair (longitude, latitude), or a shapely Point.
Place: TypeAlias = "str | tuple[float, float] | shapely.Point"

#: West, south, east, north of the land this atlas draws, in degrees.
FRAME = (58.0, 24.0, 180.0, 66.0)


class Position(NamedTuple):
    """A place on the ground, in degrees: longitude first."""

    lon: float
    lat: float


def read_position(place: Any) -> Position:
    """Return the position of a point or a pair of numbers; a name is no position.

    Raise `PlaceError` for numbers that cannot be a longitude and a latitude, for a pair that is
    plainly swapped, and for anything that is neither name nor position.
    """
    if hasattr(place, "geom_type"):
        if place.geom_type != "Point" or place.is_empty:
            raise PlaceError(f"{shown(place)} is not a point; give a shapely Point or (lon, lat)")
        return _checked(place.x, place.y)
    try:
        lon, lat = place
        if isinstance(lon, str | bool) or isinstance(lat, str | bool):
            raise TypeError("a coordinate is a number")
        position = Position(float(lon), float(lat))
    except Exception as wrong:  # what is given may be of any kind, and raise whatever it likes
        raise PlaceError(
            f"{shown(place)} is not a place; give a tract id, a name, (lon, lat) or a shapely Point"
        ) from wrong
    return _checked(*position)


def _checked(lon: float, lat: float) -> Position:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise PlaceError(
            f"({lon}, {lat}) has a missing or infinite coordinate; give (lon, lat) in degrees"
        )
    if not in_frame(lon, lat) and in_frame(lat, lon):
        raise PlaceError(
            f"({lon}, {lat}) looks swapped: ({lat}, {lon}) lies in the atlas; "
            "give longitude first, then latitude"
        )
    if not -180 <= lon <= 180 or not -90 <= lat <= 90:
        raise PlaceError(
            f"({lon}, {lat}) is off the globe; "
            "longitudes run from -180 to 180, latitudes from -90 to 90"
        )
    return Position(lon, lat)


@overload
def in_frame(lon: float, lat: float) -> bool: ...
@overload
def in_frame(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]: ...
def in_frame(lon: Any, lat: Any) -> Any:
    """Return whether a position, or each of arrays of them, lies in the frame of the atlas.

    The frame is that of the land this atlas draws; what is no number lies outside.
    """
    west, south, east, north = FRAME
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
