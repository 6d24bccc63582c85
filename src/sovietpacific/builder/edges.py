"""Finds the edges of the partition: where two tracts meet, which named line each edge follows, and
how far to trust it.

Knows the partition and nothing of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.lines import NamedLineSeed
from sovietpacific.builder.noding import GRID, edge_table

#: What an edge is when no named line runs along it.
UNNAMED_KIND, UNNAMED_ACCURACY_KM = "border", 1.0

#: Noding moves a line by less than a grid step; twice that still is the line.
_ALONG = 3 * GRID


@dataclass(frozen=True, slots=True)
class Edge:
    """Where two tracts meet; `left` sorts before `right`.

    `line` is the id of the named line the edge follows, "" if none.
    """

    left: str
    right: str
    line: str
    kind: str
    accuracy_km: float
    geometry: Any


def find_edges(
    tracts: Sequence[str],
    geometries: NDArray[Any],
    countries: Mapping[str, str],
    lines: Mapping[str, NamedLineSeed],
) -> tuple[Edge, ...]:
    """Return the edges of a coverage, one per pair of tracts and named line, sorted.

    A segment follows a drawn line when its middle lies on it; otherwise the base border between the
    countries of its two tracts (`countries`, by tract) in whose box the middle lies.
    """
    segments, pairs = edge_table(geometries)
    names = _named_lines(segments, lines)
    grouped: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, (first, second) in enumerate(pairs.tolist()):
        left, right = sorted((tracts[first], tracts[second]))
        between = countries[left], countries[right]
        name = names[index] or _border_line(segments[index], *between, lines)
        grouped[left, right, name].append(index)
    return tuple(_edge(key, segments[indexes], lines) for key, indexes in sorted(grouped.items()))


def _named_lines(segments: NDArray[np.float64], lines: Mapping[str, NamedLineSeed]) -> list[str]:
    """Return the id of the drawn line each segment's middle lies on, "" where there is none."""
    keys = [key for key, line in lines.items() if not line.free and line.geometry is not None]
    middles = shapely.points(
        (segments[:, 0] + segments[:, 2]) / 2, (segments[:, 1] + segments[:, 3]) / 2
    )
    tree = shapely.STRtree([lines[key].geometry for key in keys])
    names = [""] * len(segments)
    segment, line = tree.query(middles, predicate="dwithin", distance=_ALONG)
    for index, which in zip(segment.tolist(), line.tolist(), strict=True):
        names[index] = min(keys[which], names[index]) if names[index] else keys[which]
    return names


def _border_line(
    segment: NDArray[np.float64], left: str, right: str, lines: Mapping[str, NamedLineSeed]
) -> str:
    if left == right:
        return ""
    x, y = (segment[0] + segment[2]) / 2, (segment[1] + segment[3]) / 2
    for key, line in lines.items():
        if line.border == {left, right}:
            west, south, east, north = line.box or (-180.0, -90.0, 180.0, 90.0)
            if west <= x <= east and south <= y <= north:
                return key
    return ""


def _edge(
    key: tuple[str, str, str], segments: NDArray[np.float64], lines: Mapping[str, NamedLineSeed]
) -> Edge:
    left, right, name = key
    kind, accuracy = UNNAMED_KIND, UNNAMED_ACCURACY_KM
    if name:
        kind, accuracy = lines[name].record.kind, lines[name].record.accuracy_km
    return Edge(left, right, name, kind, accuracy, _merged(segments))


def _merged(segments: NDArray[np.float64]) -> Any:
    pieces: Any = shapely.linestrings(segments.reshape(-1, 2, 2))
    merged = shapely.line_merge(shapely.multilinestrings(pieces))
    return shapely.normalize(shapely.multilinestrings(shapely.get_parts(merged)))


def light_geometries(
    edges: Sequence[Edge], tracts: Sequence[str], light: NDArray[Any]
) -> tuple[Any, ...]:
    """Return, edge by edge, the geometry of the same edge between the light shapes.

    It is empty where simplifying left none.
    """
    segments, pairs = edge_table(light)
    by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (first, second) in enumerate(pairs.tolist()):
        left, right = sorted((tracts[first], tracts[second]))
        by_pair[left, right].append(index)
    of_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        of_pair[edge.left, edge.right].append(number)
    chosen: dict[int, list[int]] = defaultdict(list)
    for pair, indexes in by_pair.items():
        numbers = of_pair[pair]
        middles = shapely.points((segments[indexes, :2] + segments[indexes, 2:]) / 2)
        tree = shapely.STRtree([edges[number].geometry for number in numbers])
        nearest: Any = tree.nearest(middles)
        for index, which in zip(indexes, nearest.tolist(), strict=True):
            chosen[numbers[which]].append(index)
    empty = shapely.MultiLineString()
    return tuple(
        _merged(segments[chosen[number]]) if number in chosen else empty
        for number in range(len(edges))
    )
