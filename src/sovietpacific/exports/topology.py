"""Writes TopoJSON: every border once, as an arc that the tracts on both sides, and all their tenures, point at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely

from sovietpacific.errors import SovietPacificError


def write_topojson(
    path: Path,
    name: str,
    shapes: Mapping[str, Any],
    objects: Iterable[tuple[str, str, Mapping[str, Any]]],
    about: Mapping[str, str],
) -> None:
    """Write `objects` (id, tract, properties), each with the shape of its tract; `shapes` are of one coverage.

    Nothing is rounded: the arcs hold the coordinates of the shapes.  Raises `SovietPacificError` where the package `topojson`,
    which finds the arcs, is not installed.
    """
    try:
        from topojson.core.topology import Topology
    except ImportError as missing:
        raise SovietPacificError(
            "TopoJSON needs topojson: pip install 'sovietpacific[topojson]', or write a .geojson"
        ) from missing
    keys = list(shapes)
    features = [
        {"type": "Feature", "properties": {"tract": key}, "geometry": shapely.geometry.mapping(shapes[key])} for key in keys
    ]
    topology = Topology({"type": "FeatureCollection", "features": features}, prequantize=False).to_dict()
    (collection,) = topology["objects"].values()
    found = {one["properties"]["tract"]: one for one in collection["geometries"]}
    geometries = [
        {"type": found[tract]["type"], "arcs": found[tract]["arcs"], "id": key, "properties": dict(told)}
        for key, tract, told in objects
    ]
    document = {
        "type": "Topology",
        "about": dict(about),
        "bbox": topology["bbox"],
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": topology["arcs"],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")
