"""Define the edges between tracts and the lines drawn over the map, and check those that are read.

Knows records and shapes, and nothing of days, nor of which edges are borders on one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sovietpacific.errors import shown
from sovietpacific.facts.records import Tract
from sovietpacific.land.shape_checks import check_sides


@dataclass(frozen=True, slots=True)
class Edge:
    """Where two tracts meet, or a line drawn over the map (`free`).

    `line` is the id of the named line it follows. A free line that parts no two tracts has "" for
    both.
    """

    line: str
    left: str
    right: str
    kind: str
    accuracy_km: float
    geometry: Any
    light: Any
    free: bool


def check_edges(edges: Sequence[Edge], tracts: Mapping[str, Tract], lines: Collection[str]) -> None:
    """Raise `ValueError` naming the first edge that does not fit the tracts and the named lines."""
    for edge in edges:
        sides_known = all(side == "" or side in tracts for side in (edge.left, edge.right))
        if not (sides_known and _is_typed(edge) and _is_named(edge, lines)) or (
            bool(edge.left) != bool(edge.right)
        ):
            raise ValueError(f"it has an edge {shown((edge.line, edge.left, edge.right))}")
    parting = [edge for edge in edges if not edge.free and edge.left]
    sides = [(tracts[edge.left], tracts[edge.right]) for edge in parting]
    fine, light = [edge.geometry for edge in parting], [edge.light for edge in parting]
    for detail, geometries in (("fine", fine), ("light", light)):
        check_sides(
            lambda row: f"the edge of {parting[row].left} and {parting[row].right}",
            sides,
            np.array(geometries, dtype=object),
            detail,
        )


def _is_typed(edge: Edge) -> bool:
    texts = isinstance(edge.line, str) and isinstance(edge.kind, str)
    return texts and isinstance(edge.accuracy_km, float)


def _is_named(edge: Edge, lines: Collection[str]) -> bool:
    """Return whether the named line is there; only an edge between two tracts may have none."""
    return edge.line in lines if edge.line or not edge.left else True
