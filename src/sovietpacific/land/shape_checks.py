"""Check that shapes are those the records tell of: each in its box, around its point, as large as
it is said to be.

Knows shapes and their records, and nothing of the files both came from.

A file of shapes may be whole and yet hold the land of one tract under the name of another, or land
that was moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.facts.records import Tract
from sovietpacific.land.grid import Floats

#: How far, in degrees, a shape may leave its box: coordinates and boxes have six decimals, light
#: shapes are simplified.
BESIDE = {"fine": 2e-6, "light": 0.05}

#: How far a quick area may be from the geodesic one, as a share and in km²: long straight sides run
#: otherwise on the globe than on the map, those of the backdrop, cut along parallels, most of all
#: (by 8 in 100).
AREA_OFF, LEAST_KM2 = 0.12, 0.001

_RADIUS_KM, _FLATTENED = 6378.137, 0.00669437999014


def check_shapes(tracts: Sequence[Tract], shapes: NDArray[Any], detail: str) -> None:
    """Raise `ValueError` naming the first tract whose shape is not the one its record tells of."""
    boxes = np.array([tract.bbox for tract in tracts])
    filled = (np.abs(shapely.bounds(shapes) - boxes) <= BESIDE[detail]).all(axis=1)
    _refuse(tracts, filled, "does not fill its box")
    if detail == "fine":
        points = np.array([tract.point for tract in tracts])
        _refuse(tracts, shapely.intersects_xy(shapes, *points.T), "does not hold its point")
        areas = np.array([tract.area_km2 for tract in tracts])
    else:
        areas = np.array([tract.light_area_km2 for tract in tracts])
    as_large = np.abs(_area_km2(shapes) - areas) <= areas * AREA_OFF + LEAST_KM2
    _refuse(tracts, as_large, "is not as large as it is said to be")


def check_sides(
    name: Callable[[int], str],
    sides: Sequence[tuple[Tract, Tract]],
    lines: NDArray[Any],
    detail: str,
) -> None:
    """Raise `ValueError` naming the first line that does not run between the tracts it parts.

    Each of `lines` must lie within the boxes of both.
    """
    if not len(lines):
        return
    box = np.array([[*first.bbox, *second.bbox] for first, second in sides]).reshape(-1, 2, 4)
    near = np.hstack([box[:, :, :2].max(axis=1), -box[:, :, 2:].min(axis=1)]) - BESIDE[detail]
    bounds = shapely.bounds(lines) * (1, 1, -1, -1)
    wrong = np.flatnonzero(~((bounds >= near).all(axis=1) | shapely.is_empty(lines)))
    if len(wrong):
        raise ValueError(f"{name(int(wrong[0]))} does not run between its tracts")


def _refuse(tracts: Sequence[Tract], good: NDArray[np.bool_], what: str) -> None:
    if not good.all():
        raise ValueError(f"the shape of {tracts[int(np.argmin(good))].id} {what}")


def _area_km2(shapes: NDArray[Any]) -> Floats:
    """Return ellipsoidal areas of shapes whose sides run straight in longitude and latitude."""

    def flat(positions: Floats) -> Floats:
        return np.column_stack([np.radians(positions[:, 0]) * _RADIUS_KM, _height(positions[:, 1])])

    areas: Floats = shapely.area(shapely.transform(shapes, flat))
    return areas


def _height(lat: Floats) -> Floats:
    """Return the heights of latitudes on a cylinder around the ellipsoid that keeps areas true.

    See Snyder 1987, 3-12 and 10-5.
    """
    sine, eccentricity = np.sin(np.radians(lat)), np.sqrt(_FLATTENED)
    part = sine / (1 - _FLATTENED * sine**2) + np.arctanh(eccentricity * sine) / eccentricity
    height: Floats = _RADIUS_KM * (1 - _FLATTENED) * part / 2
    return height
