"""Makes a clean coverage of countries out of rings that nearly meet: inland water filled, gaps
between neighbours given away.

Knows rings and nothing of tracts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.noding import area_km2, dissolve, faces_of, on_grid, shared_lengths
from sovietpacific.questions.positions import FRAME

#: West, south, east, north, in degrees: full detail within the core, about 1 km in the frame around
#: it.
CORE = (86.0, 31.0, 162.0, 58.0)

#: Visvalingam tolerance of the land around the core (degrees, the side of the area that may
#: vanish): about 1 km.
CONTEXT_TOLERANCE = 0.012

#: Water between two countries larger than this stays apart, named after both, for a line of the
#: seeds to divide.
LARGE_WATER_KM2 = 1000.0

Ring = NDArray[np.float64]


def country_coverage(rings: Sequence[tuple[str, Ring]]) -> dict[tuple[str, str], list[Any]]:
    """Return polygons by (country, zone) that form a coverage, made of outer rings.

    `rings` are pairs of country and positions, a zone is `core` or `context`. All rings are clipped
    to the frame as lines, noded together with the edge of the core, and the faces owned by the
    country whose ring they lie in (the smaller ring where two overlap). What no ring holds and does
    not touch the open sea or the frame is water between countries: it goes to the neighbour with
    the longest common edge, the largest stays apart as `"CHN+RUS"`. Islands in lakes and holes of
    rings are land: only outer rings are used.
    """
    lines = [piece for _, ring in rings for piece in _clipped(ring)]
    faces = faces_of([*lines, shapely.box(*FRAME).exterior, shapely.box(*CORE).exterior])
    owners = _owners(faces, rings)
    _give_water_away(faces, owners)
    return _by_zone(faces, owners)


def _clipped(ring: Ring) -> list[Any]:
    line = shapely.LineString(ring)
    west, south, east, north = line.bounds
    if west >= FRAME[0] and south >= FRAME[1] and east <= FRAME[2] and north <= FRAME[3]:
        return [line]
    parts = shapely.get_parts(shapely.clip_by_rect(line, *FRAME))
    return [part for part in parts if part.geom_type == "LineString" and part.length > 0]


def _owners(faces: NDArray[Any], rings: Sequence[tuple[str, Ring]]) -> NDArray[Any]:
    """Return per face the country of the smallest ring its inner point lies in, "" for none."""
    points = shapely.get_coordinates(shapely.point_on_surface(faces))
    owners = np.full(len(faces), "", dtype=object)
    extent = [np.ptp(ring[:, 0]) * np.ptp(ring[:, 1]) for _, ring in rings]
    for index in np.argsort(extent)[::-1]:
        country, ring = rings[index]
        near = (points >= ring.min(axis=0)) & (points <= ring.max(axis=0))
        candidates = np.flatnonzero(near.all(axis=1))
        if len(candidates):
            polygon = shapely.Polygon(ring)
            shapely.prepare(polygon)
            owners[candidates[shapely.contains_xy(polygon, *points[candidates].T)]] = country
    return owners


def _give_water_away(faces: NDArray[Any], owners: NDArray[Any]) -> None:
    """Give unowned faces to owned neighbours, in place.

    Faces that touch the edge of the frame are open sea.
    """
    edge = shapely.box(*FRAME).exterior
    shared = shared_lengths(faces)
    free = {int(i) for i in np.flatnonzero(owners == "")}
    sea = {i for i in free if shapely.intersects(faces[i], edge)}
    frontier = list(sea)
    while frontier:  # the sea may lie in several faces, cut by the edge of the core
        reached = {j for i in frontier for j in shared[i] if j in free and j not in sea}
        sea |= reached
        frontier = list(reached)
    waiting = sorted(free - sea, key=lambda i: -shapely.area(faces[i]))
    while waiting:
        left = [index for index in waiting if not _give(index, faces, owners, shared)]
        if len(left) == len(waiting):
            break  # water that touches no land but other water
        waiting = left


def _give(
    index: int, faces: NDArray[Any], owners: NDArray[Any], shared: Mapping[int, Mapping[int, float]]
) -> bool:
    lengths: dict[str, float] = defaultdict(float)
    for neighbour, length in shared[index].items():
        if owners[neighbour] and "+" not in owners[neighbour]:
            lengths[owners[neighbour]] += length
    if not lengths:
        return False
    if len(lengths) > 1 and area_km2(faces[index]) > LARGE_WATER_KM2:
        owners[index] = "+".join(sorted(sorted(lengths, key=lambda country: -lengths[country])[:2]))
    else:
        owners[index] = max(sorted(lengths), key=lambda country: lengths[country])
    return True


def _by_zone(faces: NDArray[Any], owners: NDArray[Any]) -> dict[tuple[str, str], list[Any]]:
    in_core = shapely.covered_by(shapely.point_on_surface(faces), shapely.box(*CORE))
    coverage: dict[tuple[str, str], list[Any]] = {}
    around: dict[str, Any] = {}
    for country in sorted(set(owners) - {""}):
        core, context = faces[(owners == country) & in_core], faces[(owners == country) & ~in_core]
        if len(core):
            coverage[country, "core"] = list(shapely.get_parts(dissolve(core)))
        if len(context):
            around[country] = dissolve(context)
    simple = shapely.coverage_simplify(np.array(list(around.values()), object), CONTEXT_TOLERANCE)
    for country, geometry in zip(around, on_grid(simple), strict=True):
        coverage[country, "context"] = [
            part for part in shapely.get_parts(geometry) if part.area > 0
        ]
    return coverage
