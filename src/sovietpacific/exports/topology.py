"""Write TopoJSON: every border once, as an arc that the tracts on both sides, and all their
tenures, point at.

Knows the topology of shapes and nothing of what the tenures say.
"""

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
    """Write `objects` (id, tract, properties), each with the shape of its tract.

    `shapes` are of one coverage. Nothing is rounded: the arcs hold the coordinates of the shapes.
    Raise `SovietPacificError` where the package `topojson`, which finds the arcs, is not installed.
    """
    topology = _find_arcs(shapes)
    (collection,) = topology["objects"].values()
    of_tract = {geometry["properties"]["tract"]: geometry for geometry in collection["geometries"]}
    geometries = [
        {
            "type": of_tract[tract]["type"],
            "arcs": of_tract[tract]["arcs"],
            "id": key,
            "properties": dict(properties),
        }
        for key, tract, properties in objects
    ]
    document = {
        "type": "Topology",
        "about": dict(about),
        "bbox": topology["bbox"],
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": topology["arcs"],
    }
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
        newline="\n",
    )


def _find_arcs(shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the topology of the shapes, each with its tract as a property."""
    try:
        from topojson.core.topology import Topology
    except ImportError as missing:
        raise SovietPacificError(
            "TopoJSON needs topojson: pip install 'sovietpacific[topojson]', or write a .geojson"
        ) from missing
    features = [
        {
            "type": "Feature",
            "properties": {"tract": tract},
            "geometry": shapely.geometry.mapping(shape),
        }
        for tract, shape in shapes.items()
    ]
    coverage = {"type": "FeatureCollection", "features": features}
    topology: dict[str, Any] = Topology(coverage, prequantize=False).to_dict()
    return topology
