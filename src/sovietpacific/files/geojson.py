"""Write GeoJSON as RFC 7946 has it: counter-clockwise outer rings, six decimals, a bounding box,
one feature a line.

Knows features and nothing of the atlas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely


def write_features(
    path: Path, features: Iterable[Mapping[str, Any]], about: Mapping[str, Any] | None = None
) -> None:
    """Write a GeoJSON FeatureCollection, one feature a line, so that a difference can be read.

    `about` are members beside the features.
    """
    lines = (
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for feature in features
    )
    head = "".join(
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False)},"
        for key, value in (about or {}).items()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"type":"FeatureCollection",{head}"features":[\n')
        for number, line in enumerate(lines):
            file.write(",\n" * (number > 0) + line)
        file.write("\n]}\n")


def feature(key: str | None, geometry: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return one RFC 7946 feature: outer rings counter-clockwise, six decimals, a bounding box."""
    box = [round(float(bound), 6) for bound in geometry.bounds]
    head: dict[str, Any] = {"type": "Feature"} if key is None else {"type": "Feature", "id": key}
    return {**head, "bbox": box, "properties": properties, "geometry": _geometry_mapping(geometry)}


def _geometry_mapping(geometry: Any) -> dict[str, Any]:
    """Return a (multi)polygon or (multi)line as a GeoJSON geometry object with six decimals."""
    kind, parts = geometry.geom_type, shapely.get_parts(geometry)
    if kind.endswith("Polygon"):
        rings = [
            [_positions(ring) for ring in _rings(part)] for part in shapely.orient_polygons(parts)
        ]
        return {"type": kind, "coordinates": rings if kind == "MultiPolygon" else rings[0]}
    lines = [_positions(part) for part in parts]
    return {"type": kind, "coordinates": lines if kind == "MultiLineString" else lines[0]}


def _rings(polygon: Any) -> list[Any]:
    return [polygon.exterior, *polygon.interiors]


def _positions(line: Any) -> list[list[float]]:
    positions: list[list[float]] = np.round(shapely.get_coordinates(line), 6).tolist()
    return positions
