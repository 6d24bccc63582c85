"""Lay out boxes on floors and the arrows between them: which stands beside which, and where.

Knows names, floors and widths, and nothing of rooms and of how a picture is written.  The method is
Sugiyama's: an arrow that passes a floor gets a narrow place of its own there, so that it runs
through no box; the order on each floor is the one with the fewest crossings found; then everything
moves as near to what it is joined with as its neighbours allow.  Only sums, products and
comparisons are used, so that the same imports give the same picture on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

#: How often order and places are gone over; both are settled by then.
SWEEPS = 400
#: How much harder a long arrow pulls to be straight than boxes pull at each other.
STRAIGHT = 12.0


class Node(NamedTuple):
    """A box, or the place at which the arrow `above` → `below` passes `floor`."""

    above: str
    below: str = ""
    floor: int = -1

    @property
    def is_box(self) -> bool:
        """Say whether this is a box and not a place an arrow passes."""
        return not self.below


class Plan(NamedTuple):
    """Where everything stands: the nodes of each floor, left to right, and the middle of each."""

    floors: list[list[Node]]
    middle: dict[Node, float]


Joined = dict[Node, list[Node]]


def passing(above: str, below: str, level: Mapping[str, int]) -> list[tuple[int, Node]]:
    """Return the way of an arrow, floor by floor, both its boxes included."""
    between = range(level[above] - 1, level[below], -1)
    steps = [(floor, Node(above, below, floor)) for floor in between]
    return [(level[above], Node(above)), *steps, (level[below], Node(below))]


def lay_out(
    rooms: Sequence[Sequence[str]], arrows: Mapping[str, Sequence[str]], *, box: float, gap: float
) -> Plan:
    """Return where the boxes of each floor stand, low to high, and where arrows pass it."""
    level = {room: number for number, floor in enumerate(rooms) for room in floor}
    floors = [[Node(room) for room in floor] for floor in rooms]
    ups: Joined = {}
    downs: Joined = {}
    for above, ends in arrows.items():
        for below in ends:
            way = passing(above, below, level)
            for floor, node in way[1:-1]:
                floors[floor].append(node)
            for (_, high), (_, low) in pairwise(way):
                downs.setdefault(high, []).append(low)
                ups.setdefault(low, []).append(high)
    floors = _in_order(floors, ups, downs)
    return Plan(floors, _placed(floors, ups, downs, box, gap))


def _in_order(floors: list[list[Node]], ups: Joined, downs: Joined) -> list[list[Node]]:
    """Return the floors in the order with the fewest crossings of those tried."""
    best, fewest = floors, _crossings(floors, downs)
    tried = [list(floor) for floor in floors]
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        joined = ups if downwards else downs
        numbers = range(len(tried))
        for floor in reversed(numbers) if downwards else numbers:
            place = {node: spot / len(row) for row in tried for spot, node in enumerate(row)}
            tried[floor].sort(key=lambda node: _mean(node, joined, place))
        crossings = _crossings(tried, downs)
        if crossings < fewest:
            best, fewest = [list(floor) for floor in tried], crossings
    return best


def _mean(node: Node, joined: Joined, place: Mapping[Node, float]) -> float:
    others = joined.get(node)
    return sum(place[other] for other in others) / len(others) if others else place[node]


def _crossings(floors: list[list[Node]], downs: Joined) -> int:
    """Return how many pairs of arrows cross between neighbouring floors."""
    spot = {node: number for floor in floors for number, node in enumerate(floor)}
    total = 0
    for floor in floors:
        ends = [(spot[high], spot[low]) for high in floor for low in downs.get(high, ())]
        total += sum(a < c and b > d for a, b in ends for c, d in ends)
    return total


def _placed(
    floors: list[list[Node]], ups: Joined, downs: Joined, box: float, gap: float
) -> dict[Node, float]:
    """Return the middle of every node, as near to what it is joined with as there is room."""

    def apart(left: Node, right: Node) -> float:
        return gap + sum(box / 2 if node.is_box else 0.0 for node in (left, right))

    middle: dict[Node, float] = {}
    for floor in floors:
        steps = [0.0, *(apart(left, right) for left, right in pairwise(floor))]
        middle |= dict(zip(floor, _running(steps), strict=True))
    for sweep in range(SWEEPS):
        for floor in floors if sweep % 2 else reversed(floors):
            wished = [_wish(node, ups, downs, middle) for node in floor]
            steps = [0.0, *(apart(left, right) for left, right in pairwise(floor))]
            middle |= dict(zip(floor, _spread(wished, list(_running(steps))), strict=True))
    return middle


def _running(steps: Sequence[float]) -> Iterator[float]:
    total = 0.0
    for step in steps:
        total += step
        yield total


def _wish(
    node: Node, ups: Joined, downs: Joined, middle: Mapping[Node, float]
) -> tuple[float, float]:
    """Return where a node would stand if it were alone, and how much it matters."""
    others = [*ups.get(node, ()), *downs.get(node, ())]
    if not others:
        return middle[node], 0.1
    pulls = [1.0 if node.is_box or other.is_box else STRAIGHT for other in others]
    wished = sum(pull * middle[other] for pull, other in zip(pulls, others, strict=True))
    return wished / sum(pulls), sum(pulls)


def _spread(wished: Sequence[tuple[float, float]], offsets: Sequence[float]) -> list[float]:
    """Return places in this order, apart by at least the steps of `offsets`, nearest to the wishes.

    Neighbours that would come too near move together (pool adjacent violators).
    """
    pools: list[tuple[float, float, int]] = []  # where, weight, how many
    for (place, weight), offset in zip(wished, offsets, strict=True):
        pool = (place - offset, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            before = pools.pop()
            both = before[1] + pool[1]
            where = (before[0] * before[1] + pool[0] * pool[1]) / both
            pool = (where, both, before[2] + pool[2])
        pools.append(pool)
    starts = [where for where, _, many in pools for _ in range(many)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
