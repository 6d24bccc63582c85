"""Tells on which side of the front of the Korean War a town lay, for the tests: nothing in the
library needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

SOUTH, NORTH = "south", "north"

#: Who held the land on each side of the front.
HOLDERS = {SOUTH: {"rok", "usa", "unc"}, NORTH: {"dprk", "china"}}

#: Kilometres in a degree of latitude, and how much a degree of longitude is shortened in Korea.
KM, SHORTENED = 111.2, float(np.cos(np.radians(38)))

#: A front that begins south of this latitude begins on the south coast: the Perimeter and the way
#: out of it.
SOUTH_COAST = 35.3

#: The open sea before each beachhead, by which its line is closed.
ROADSTEADS = {"beachhead-1950-09-16": (126.45, 37.43), "beachhead-1950-12-15": (127.75, 39.70)}


def ground_south(stage: str, front: Any) -> Any:
    """Give the ground the United Nations held by one front, closed on purpose through the sea."""
    points = shapely.get_coordinates(front).tolist()
    if stage in ROADSTEADS:
        return shapely.Polygon([*points, ROADSTEADS[stage]])
    (west, first), (_, last) = points[0], points[-1]
    around = [
        (132.5, last),
        (132.5, 32.0),
        *([(west, 32.0)] if first < SOUTH_COAST else [(123.0, 32.0), (123.0, first)]),
    ]
    return shapely.Polygon([*points, *around])


def side_of(town: tuple[float, float], fronts: Iterable[tuple[str, Any, float]]) -> str:
    """Give the side a town lay on by all lines of a day, "" where it is nearer to one of them than
    that one's accuracy (km).
    """
    point, held = shapely.Point(town), False
    for stage, front, accuracy in fronts:
        if distance_km(point, front) <= accuracy:
            return ""
        held = held or ground_south(stage, front).contains(point)
    return SOUTH if held else NORTH


def distance_km(point: Any, line: Any) -> float:
    """Give the distance of a point from a line in kilometres, measured flat."""

    def flat(positions: Any) -> Any:
        return positions * (SHORTENED, 1.0) * KM

    return float(shapely.distance(shapely.transform(point, flat), shapely.transform(line, flat)))
