"""Divides the land of a region among its towns, every point to the nearest, so that a capture of a
town has land to apply to.

Knows towns and land, and nothing of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.assign import Faces
from sovietpacific.builder.noding import area_km2, dissolve, edge_table, faces_of, rings_of
from sovietpacific.errors import SeedError

#: An island of common land that holds no town and is smaller than this goes whole to the town
#: nearest to it.
WHOLE_ISLAND_KM2 = 500.0

#: A piece cut off from the rest of its district and smaller than this joins the district it has the
#: longest edge with.
CUT_OFF_KM2 = 60.0

Positions = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CommonLand:
    """Land that the districts of a region share out.

    `shape` says how it is made, `towns` gives the towns (lon, lat) of each district.
    """

    shape: Mapping[str, Any]
    towns: Mapping[str, tuple[tuple[float, float], ...]]


def name_of(region: str) -> str:
    """Return the name of the common land of `region` while it is not divided yet.

    No tract can be called so.
    """
    return f"land of {region}"


def divide(faces: Faces, lands: Mapping[str, CommonLand]) -> Faces:
    """Return the faces with every common land divided among its towns.

    All other faces keep their tract. Nearest is measured in degrees whose longitudes are shortened
    for the mean latitude of the land, so the edges between towns are straight lines in lon and lat.
    Raise `SeedError` for a district whose town lies in no part of the land.
    """
    if not lands:
        return faces
    cuts = [cut for region, land in lands.items() for cut in _cuts(_land_of(faces, region), land)]
    shapes = [
        dissolve(faces.polygons[faces.tract == key]) for key in sorted(set(faces.tract) - {""})
    ]
    cut = _recut(faces, faces_of([*rings_of(shapes), *cuts]))
    for region, land in lands.items():
        _share_out(cut, region, land)
    return cut


def _land_of(faces: Faces, region: str) -> Any:
    mine = faces.polygons[faces.tract == name_of(region)]
    if not len(mine):
        raise SeedError(f"{region}: its `land` came to nothing, so its towns have nothing to share")
    return dissolve(mine)


def _squeeze(positions: Positions, latitude: float) -> Positions:
    squeezed: Positions = positions * np.array([np.cos(np.radians(latitude)), 1.0])
    return squeezed


def _mean_latitude(land: CommonLand) -> float:
    return float(np.mean([lat for towns in land.towns.values() for _, lat in towns]))


def _cuts(ground: Any, land: CommonLand) -> list[Any]:
    """Return the lines half way between towns, within the parts of the land that are to be cut."""
    towns = np.array([town for towns in land.towns.values() for town in towns], dtype=float)
    if len(towns) < 2:
        return []
    latitude = _mean_latitude(land)
    squeezed = shapely.transform(ground, lambda xy: _squeeze(xy, latitude))
    frame = shapely.box(*squeezed.bounds).buffer(1.0)
    between = shapely.voronoi_polygons(
        shapely.multipoints(_squeeze(towns, latitude)), extend_to=frame, only_edges=True
    )
    lines = shapely.transform(between, lambda xy: xy / [np.cos(np.radians(latitude)), 1.0])
    parts = [part for part in shapely.get_parts(ground) if _is_cut(part, towns)]
    return [
        piece
        for part in parts
        for piece in shapely.get_parts(shapely.intersection(lines, shapely.buffer(part, 1e-4)))
        if piece.geom_type == "LineString" and piece.length > 0
    ]


def _is_cut(part: Any, towns: Positions) -> bool:
    return bool(shapely.contains_xy(part, *towns.T).any()) or area_km2(part) >= WHOLE_ISLAND_KM2


def _recut(faces: Faces, polygons: NDArray[Any]) -> Faces:
    """Return the smaller faces, each with the part, country and tract of the face it lies in."""
    points = shapely.point_on_surface(polygons)
    inner, outer = shapely.STRtree(faces.polygons).query(points, predicate="intersects")
    home = np.full(len(polygons), -1, dtype=np.intp)
    home[inner[::-1]] = outer[::-1]
    known = home >= 0
    return Faces(
        polygons,
        points,
        np.where(known, faces.part[home], -1),
        np.where(known, faces.country[home], "").astype(object),
        np.where(known, faces.tract[home], "").astype(object),
        list(faces.remarks),
    )


def _share_out(faces: Faces, region: str, land: CommonLand) -> None:
    mine = np.flatnonzero(faces.tract == name_of(region))
    owners = [district for district, towns in land.towns.items() for _ in towns]
    latitude = _mean_latitude(land)
    positions = [town for towns in land.towns.values() for town in towns]
    towns = _squeeze(np.array(positions, dtype=float), latitude)
    where = _squeeze(shapely.get_coordinates(faces.points[mine]), latitude)
    nearest = np.argmin(((where[:, None, :] - towns[None, :, :]) ** 2).sum(axis=2), axis=1)
    faces.tract[mine] = np.array(owners, object)[nearest]
    _join_cut_off(faces, mine)
    lacking = sorted(set(land.towns) - set(faces.tract[mine]))
    if lacking:
        raise SeedError(f"{region}: no land is nearest to the town of {', '.join(lacking)}")


def _join_cut_off(faces: Faces, mine: NDArray[np.intp]) -> None:
    """Let small pieces that hang on other districts join the one with the longest common edge.

    A piece hangs on others if it does not touch the body of its own district.
    """
    segments, pairs = edge_table(faces.polygons[mine])
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    district: list[str] = faces.tract[mine].tolist()
    body = _bodies(len(mine), pairs, district)
    size: dict[int, float] = defaultdict(float)
    for index, polygon in enumerate(faces.polygons[mine]):
        size[body[index]] += area_km2(polygon)
    chief = {
        name: max((size[b], b) for b, d in zip(body, district, strict=True) if d == name)[1]
        for name in set(district)
    }
    beside: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (first, second), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        if district[first] != district[second]:
            beside[body[first]][district[second]] += length
            beside[body[second]][district[first]] += length
    for index, name in enumerate(district):
        edges = beside.get(body[index])
        if edges and body[index] != chief[name] and size[body[index]] < CUT_OFF_KM2:
            faces.tract[mine[index]] = max(sorted(edges), key=lambda other: edges[other])


def _bodies(count: int, pairs: NDArray[np.intp], district: Sequence[str]) -> list[int]:
    """Return a number for every face; faces of one district that touch have the same."""
    body = list(range(count))

    def root(index: int) -> int:
        while body[index] != index:
            index = body[index]
        return index

    for first, second in pairs.tolist():
        if district[first] == district[second]:
            body[root(second)] = root(first)
    return [root(index) for index in range(count)]
