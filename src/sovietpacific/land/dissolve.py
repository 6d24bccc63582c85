"""Join shapes of one coverage into one: groups that touch are joined, islands are kept as they are.

Knows shapes of one coverage and nothing of whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import shapely


def dissolve(shapes: Sequence[Any], touching: Iterable[tuple[int, int]]) -> Any:
    """Return polygons of one coverage joined into one multipolygon.

    `touching` are the pairs of indexes of those that touch, and only they need work: islands are
    collected as they are, groups that touch are joined by the coverage method, which relies on
    shared vertices.
    """
    group = list(range(len(shapes)))

    def root(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    for first, second in touching:
        group[root(second)] = root(first)
    members: dict[int, list[Any]] = {}
    for index, shape in enumerate(shapes):
        members.setdefault(root(index), []).append(shape)
    joined_up = [m[0] if len(m) == 1 else shapely.coverage_union_all(m) for m in members.values()]
    parts = [part for shape in joined_up for part in shapely.get_parts(shape)]
    return shapely.multipolygons(parts)
