"""Cuts the land of the frame into tracts: one noded net, one shape per tract, valid as a coverage,
fine and light.

Knows land and lines, and nothing of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.assign import Faces, assign, find_faces
from sovietpacific.builder.base import Land, read_land, read_provinces, read_ring
from sovietpacific.builder.districts import CommonLand, divide, name_of
from sovietpacific.builder.edges import Edge, find_edges, light_geometries
from sovietpacific.builder.lines import NamedLineSeed, read_lines
from sovietpacific.builder.noding import area_km2, dissolve, faces_of, on_grid, rings_of
from sovietpacific.builder.strips import strip_along
from sovietpacific.errors import SeedError

#: Visvalingam tolerance of the light shapes (degrees): about 1 km.
LIGHT_TOLERANCE = 0.009


@dataclass(frozen=True, slots=True)
class Partition:
    """All land of the frame, cut into tracts sorted by id.

    `fine` and `light` are arrays of (multi)polygons; areas are geodesic km². `light_edges` are the
    geometries of `edges`, in the same order, between the light shapes. `remarks` tell what the
    rules decided on the way: points snapped, slivers joined, land added.
    """

    tracts: tuple[str, ...]
    fine: NDArray[Any]
    light: NDArray[Any]
    area_km2: NDArray[np.float64]
    light_area_km2: NDArray[np.float64]
    edges: tuple[Edge, ...]
    light_edges: tuple[Any, ...]
    remarks: tuple[str, ...]


def make_partition(
    shapes: Mapping[str, Mapping[str, Any]],
    seeds: Path,
    common: Mapping[str, CommonLand] | None = None,
) -> Partition:
    """Return the land cut into the tracts of `shapes`, the districts of `common`, and the backdrop.

    `shapes` gives, by id, how the shape of a tract is made; `common`, by region, the land that the
    region's districts share out, every point to the nearest town. Raise `SeedError` for a shape
    whose point lies on no land, whose outline is not simple, or that ends up with no land.
    """
    common = common or {}
    shapes = {**shapes, **{name_of(region): land.shape for region, land in common.items()}}
    land, provinces, lines = read_land(seeds), read_provinces(seeds), read_lines(seeds)
    outlines = [
        read_ring(seeds, name).exterior
        for shape in shapes.values()
        for name in shape.get("rings", ())
    ]
    strips = {
        key: _strip(key, shape["strip"], land, lines)
        for key, shape in shapes.items()
        if "strip" in shape
    }
    cutting = [line for line in lines.values() if line.cuts]
    cuts = [part for line in cutting for part in shapely.get_parts(line.geometry)]
    net = [*rings_of(land.polygons), *cuts, *outlines, *rings_of(strips.values())]
    faces = find_faces(faces_of(net), land)
    parallels = [line.latitude for line in cutting if line.latitude is not None]
    assign(faces, shapes, seeds, land, provinces, parallels, _backdrop_rule(lines), strips)
    lacking = sorted(set(shapes) - set(faces.tract))
    if lacking:
        raise SeedError(
            f"no land is left for {', '.join(lacking)}: "
            "every face its shape means went to another tract"
        )
    return _finish(divide(faces, common), lines)


def _strip(
    key: str, strip: Mapping[str, Any], land: Land, lines: Mapping[str, NamedLineSeed]
) -> Any:
    """Return the ground of a strip along a named stretch of the base borders."""
    line = lines.get(strip.get("line", ""))
    if line is None or len(line.border) != 2 or not isinstance(strip.get("km"), int | float):
        raise SeedError(
            f"{key}: strip = {dict(strip)!r}; "
            "name a line that is a stretch of the base borders, and a width in km"
        )
    first, second = sorted(line.border)
    return strip_along(land, (first, second), float(strip["km"]))


def _backdrop_rule(lines: Mapping[str, NamedLineSeed]) -> Any:
    limits = {
        line.backdrop_south_of: line.latitude for line in lines.values() if line.backdrop_south_of
    }
    return lambda country, point: country in limits and point.y < limits[country]


def _finish(faces: Faces, lines: Mapping[str, NamedLineSeed]) -> Partition:
    tracts = tuple(sorted(set(faces.tract) - {""}))
    joined = [dissolve(faces.polygons[faces.tract == key]) for key in tracts]
    fine = np.array([shapely.normalize(geometry) for geometry in joined], object)
    simple = on_grid(shapely.coverage_simplify(fine, LIGHT_TOLERANCE))
    light = np.asarray(shapely.normalize(simple), object)
    edges = find_edges(tracts, fine, _country_of(faces, tracts), lines)
    return Partition(
        tracts=tracts,
        fine=fine,
        light=light,
        area_km2=np.array([area_km2(geometry) for geometry in fine]),
        light_area_km2=np.array([area_km2(geometry) for geometry in light]),
        edges=edges,
        light_edges=light_geometries(edges, tracts, light),
        remarks=tuple(sorted(faces.remarks)),
    )


def _country_of(faces: Faces, tracts: Iterable[str]) -> dict[str, str]:
    """Return the country most of each tract's land belongs to in the base layer."""
    areas: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for tract, country, polygon in zip(faces.tract, faces.country, faces.polygons, strict=True):
        areas[tract][country] += polygon.area
    return {
        tract: max(sorted(areas[tract]), key=lambda country: areas[tract][country])
        for tract in tracts
    }
