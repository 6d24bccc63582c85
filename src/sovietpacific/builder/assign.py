"""Gives every face of the noded land to a tract: by outline, by point, by island, by province, and
the rest by rule.

Knows faces and nothing of days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.base import Land, Provinces, read_ring
from sovietpacific.builder.noding import area_km2, edge_table
from sovietpacific.builder.rows import refuse_unknown
from sovietpacific.errors import SeedError

#: A face smaller than this that no seed names is a sliver of two lines nearly meeting, and joins
#: its neighbour.
SLIVER_KM2 = 40.0

#: A face larger than this is no islet: the tract that takes the rest of its country has it before
#: islets look for neighbours.
MAINLAND_KM2 = 20_000.0

#: A seed point may lie this far off the land it means (degrees, about 2 km).
SNAP = 0.02

_SHAPE_KEYS = frozenset({"rings", "strip", "at", "island", "islands", "provinces", "rest"})
_STRIP_KEYS = frozenset({"line", "km", "country", "north_of", "south_of"})


@dataclass(slots=True)
class Faces:
    """The faces of the noded net, and what is known of each.

    `part` is the base part a face lies in (-1 at sea), `tract` the tract it goes to ("" while it is
    open), `remarks` tell what the rules decided.
    """

    polygons: NDArray[Any]
    points: NDArray[Any]
    part: NDArray[np.intp]
    country: NDArray[Any]
    tract: NDArray[Any]
    remarks: list[str] = field(default_factory=list)

    def open(self) -> NDArray[np.bool_]:
        """Return which faces are land that no tract has yet."""
        free: NDArray[np.bool_] = (self.tract == "") & (self.part >= 0)
        return free


def find_faces(polygons: NDArray[Any], land: Land) -> Faces:
    """Return the faces, each with the base part its inner point lies in."""
    points = shapely.point_on_surface(polygons)
    part = np.full(len(polygons), -1, dtype=np.intp)
    face, index = shapely.STRtree(land.polygons).query(points, predicate="intersects")
    part[face[::-1]] = index[::-1]
    country = np.where(part >= 0, land.countries[part], "")
    return Faces(
        polygons, points, part, country.astype(object), np.full(len(polygons), "", dtype=object)
    )


def assign(
    faces: Faces,
    shapes: Mapping[str, Mapping[str, Any]],
    seeds: Path,
    land: Land,
    provinces: Provinces,
    parallels: list[float],
    backdrop: Callable[[str, Any], bool],
    strips: Mapping[str, Any] | None = None,
) -> None:
    """Give every land face its tract, in place; land no shape claims becomes `backdrop-<country>`.

    Order: rings (the smallest first; a ring that meets no land is new land), strips along a border
    (`strips`: the ground of each tract that has one), points (`at`), whole islands, provinces,
    slivers to the neighbour with the longest common edge, the rest of a country's mainland to the
    tract that says `rest`, islets to the nearest tract of their country on their side of every
    parallel that cuts.
    """
    _check_shapes(shapes)
    _by_rings(faces, shapes, seeds)
    _by_strips(faces, shapes, strips or {})
    _by_points(faces, shapes)
    _by_islands(faces, shapes, land)
    _by_provinces(faces, shapes, land, provinces)
    _join_slivers(faces, parallels)
    _rest(faces, shapes, smallest_km2=MAINLAND_KM2)
    _join_islets(faces, land, parallels, backdrop)
    _rest(faces, shapes)


def _check_shapes(shapes: Mapping[str, Mapping[str, Any]]) -> None:
    for key, shape in shapes.items():
        unknown = sorted(set(shape) - _SHAPE_KEYS)
        if unknown or not shape:
            raise SeedError(
                f"{key}: shape = {dict(shape)!r}; allowed: {', '.join(sorted(_SHAPE_KEYS))}"
            )


def _by_rings(faces: Faces, shapes: Mapping[str, Mapping[str, Any]], seeds: Path) -> None:
    rings = [
        (read_ring(seeds, name), key, name)
        for key, shape in shapes.items()
        for name in shape.get("rings", ())
    ]
    tree = shapely.STRtree(faces.points)
    for ring, key, name in sorted(rings, key=lambda row: (row[0].area, row[2])):
        inside = tree.query(ring, predicate="contains")
        inside = inside[faces.tract[inside] == ""]
        on_land = inside[faces.part[inside] >= 0]
        if not len(on_land):
            faces.remarks.append(
                f"{key}: the outline {name} meets no land of the base layer "
                "and is added as new land"
            )
        taken = on_land if len(on_land) else inside
        if not len(taken):
            raise SeedError(f"{key}: the outline {name} holds no face; another tract has all of it")
        faces.tract[taken] = key


def _by_strips(
    faces: Faces, shapes: Mapping[str, Mapping[str, Any]], strips: Mapping[str, Any]
) -> None:
    """Give each tract the open faces of its strip that lie in the strip's country.

    Where the strip names a parallel, only the faces on its side of it are given.
    """
    for key, ground in strips.items():
        strip = shapes[key]["strip"]
        refuse_unknown(strip, _STRIP_KEYS, f"{key}: strip")
        south, north = strip.get("north_of", -90.0), strip.get("south_of", 90.0)
        latitude = shapely.get_y(faces.points)
        inside = shapely.contains(ground, faces.points) & (latitude > south) & (latitude < north)
        faces.tract[inside & faces.open() & (faces.country == strip["country"])] = key


def _by_points(faces: Faces, shapes: Mapping[str, Mapping[str, Any]]) -> None:
    tree = shapely.STRtree(faces.polygons)
    for key, shape in shapes.items():
        for position in shape.get("at", ()):
            index = _face_at(faces, tree, position, key)
            if faces.tract[index] not in ("", key):
                raise SeedError(
                    f"{key}: the point {position} lies in land "
                    f"that {faces.tract[index]} has already"
                )
            faces.tract[index] = key


def _face_at(faces: Faces, tree: Any, position: list[float], key: str) -> int:
    point = shapely.Point(position)
    on_land = [int(i) for i in tree.query(point, predicate="intersects") if faces.part[i] >= 0]
    if on_land:
        return on_land[0]
    near = [
        int(i) for i in tree.query(point, predicate="dwithin", distance=SNAP) if faces.part[i] >= 0
    ]
    if not near:
        raise SeedError(
            f"{key}: the point {position} lies on no land, nor within 2 km of any; "
            "(lon, lat) in that order?"
        )
    faces.remarks.append(f"{key}: the point {position} is snapped to the land near it")
    return min(near, key=lambda i: shapely.distance(faces.polygons[i], point))


def _by_islands(faces: Faces, shapes: Mapping[str, Mapping[str, Any]], land: Land) -> None:
    tree = shapely.STRtree(land.polygons)
    parts: Any = land.polygons
    for key, shape in shapes.items():
        one = [shape["island"]] if "island" in shape else []
        for position in (*one, *shape.get("islands", ())):
            point = shapely.Point(position)
            near = tree.query(point, predicate="dwithin", distance=SNAP)
            if not len(near):
                raise SeedError(
                    f"{key}: no island at {position}, nor within 2 km; (lon, lat) in that order?"
                )
            part = min(near, key=lambda i: (shapely.distance(parts[i], point), -parts[i].area))
            if shapely.distance(parts[part], point) > 0:
                faces.remarks.append(
                    f"{key}: the point {position} is snapped to the island near it"
                )
            taken = faces.open() & (faces.part == part)
            if not taken.any():
                raise SeedError(f"{key}: the island at {position} has been taken by another tract")
            faces.tract[taken] = key


def _by_provinces(
    faces: Faces, shapes: Mapping[str, Mapping[str, Any]], land: Land, provinces: Provinces
) -> None:
    """Give the larger open faces of the mainland to the tract of the province they lie in.

    Islands look for neighbours later.
    """
    owner = {name: key for key, shape in shapes.items() for name in shape.get("provinces", ())}
    for name in owner:
        provinces.chosen([name], owner[name])
    mainland = [
        part for part, polygon in enumerate(land.polygons) if area_km2(polygon) > MAINLAND_KM2
    ]
    tree = shapely.STRtree(provinces.polygons)
    for index in np.flatnonzero(faces.open() & np.isin(faces.part, mainland)):
        nearest = int(tree.nearest(faces.points[index]))
        at_home = provinces.countries[nearest] == faces.country[index]
        if at_home and area_km2(faces.polygons[index]) >= SLIVER_KM2:
            faces.tract[index] = owner.get(provinces.names[nearest], "")


def _join_slivers(faces: Faces, parallels: list[float]) -> None:
    """Join small open faces to the neighbour of their country with the longest common edge.

    No face is joined across a parallel.
    """
    candidates = np.flatnonzero(faces.part >= 0)
    segments, pairs = edge_table(faces.polygons[candidates])
    along = np.isin(segments[:, 1], parallels) & (segments[:, 1] == segments[:, 3])
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    shared: dict[int, dict[int, float]] = {}
    for (first, second), length in zip(
        candidates[pairs[~along]].tolist(), lengths[~along].tolist(), strict=True
    ):
        for one, other in ((first, second), (second, first)):
            shared.setdefault(one, {})[other] = shared.get(one, {}).get(other, 0.0) + length
    small = [
        int(i) for i in np.flatnonzero(faces.open()) if area_km2(faces.polygons[i]) < SLIVER_KM2
    ]
    while True:
        joined = {index: tract for index in small if (tract := _longest(faces, index, shared))}
        if not joined:
            return
        for index, tract in joined.items():
            faces.tract[index] = tract
            faces.remarks.append(
                f"{tract}: takes a sliver of {area_km2(faces.polygons[index]):.2f} km² "
                f"at {_place(faces, index)}"
            )
        small = [index for index in small if index not in joined]


def _longest(faces: Faces, index: int, shared: Mapping[int, Mapping[int, float]]) -> str:
    lengths: dict[tuple[bool, str], float] = {}
    for neighbour, length in shared.get(index, {}).items():
        if faces.tract[neighbour]:
            own = faces.country[neighbour] == faces.country[index]
            key = own, faces.tract[neighbour]
            lengths[key] = lengths.get(key, 0.0) + length
    return max(sorted(lengths), key=lambda key: (key[0], lengths[key]))[1] if lengths else ""


def _place(faces: Faces, index: int) -> str:
    return f"{faces.points[index].x:.3f}, {faces.points[index].y:.3f}"


def _join_islets(
    faces: Faces, land: Land, parallels: list[float], backdrop: Callable[[str, Any], bool]
) -> None:
    """Give islands no seed names to the nearest tract of their country.

    That tract must lie on the island's side of every parallel.
    """
    named = np.flatnonzero((faces.tract != "") & (faces.part >= 0))
    tracts = set(faces.tract[named])
    sides = {key: _sides(faces.polygons[faces.tract == key], parallels) for key in tracts}
    held = set(faces.part[named].tolist())
    pools: dict[tuple[str, tuple[str, ...]], tuple[NDArray[np.intp], Any]] = {}
    for index in np.flatnonzero(faces.open()):
        country, polygon = faces.country[index], faces.polygons[index]
        islet = faces.part[index] not in held or area_km2(polygon) < SLIVER_KM2
        within = land.zones[faces.part[index]] == "core" or country in ("RUS", "JPN")
        if not islet or not within or backdrop(country, faces.points[index]):
            continue
        own = _sides(np.array([polygon], object), parallels)
        allowed = tuple(
            key
            for key, side in sides.items()
            if all(a in (0, b) for a, b in zip(side, own, strict=True))
        )
        if (country, allowed) not in pools:
            pool = named[(faces.country[named] == country) & np.isin(faces.tract[named], allowed)]
            pools[country, allowed] = pool, shapely.STRtree(faces.polygons[pool])
        pool, tree = pools[country, allowed]
        if len(pool):
            faces.tract[index] = faces.tract[pool[int(tree.nearest(polygon))]]


def _sides(polygons: NDArray[Any], parallels: list[float]) -> list[int]:
    """Return for each parallel 1 if all polygons lie north of it, -1 if south, 0 if astride."""
    _, south, _, north = shapely.total_bounds(polygons)
    return [1 if south >= parallel else -1 if north <= parallel else 0 for parallel in parallels]


def _rest(faces: Faces, shapes: Mapping[str, Mapping[str, Any]], smallest_km2: float = 0.0) -> None:
    """Give open faces to the tract that takes the rest of their country, or to the backdrop.

    With `smallest_km2` only larger faces are given, and none to the backdrop.
    """
    rest = {shape["rest"]: key for key, shape in shapes.items() if "rest" in shape}
    for index in np.flatnonzero(faces.open()):
        country = faces.country[index].partition("+")[0]
        if not smallest_km2:
            faces.tract[index] = rest.get(country, f"backdrop-{country.lower()}")
        elif country in rest and area_km2(faces.polygons[index]) > smallest_km2:
            faces.tract[index] = rest[country]
