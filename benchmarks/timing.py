"""Times work by the clock and by the processor, and writes the figures as Markdown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple


class Cost(NamedTuple):
    """What one run took, in seconds by the clock and of this process's processor time."""

    wall: float
    processor: float

    def per_point(self, many: int) -> Cost:
        """Return the cost in nanoseconds a point."""
        return Cost(self.wall / many * 1e9, self.processor / many * 1e9)


def timed(work: Callable[[], Any]) -> tuple[Cost, Any]:
    """Run `work` once; return what it took and what it returned."""
    processor, wall = time.process_time(), time.perf_counter()
    result = work()
    return Cost(time.perf_counter() - wall, time.process_time() - processor), result


def median(costs: Iterable[Cost]) -> Cost:
    """Return the medians of the two times."""
    return Cost(*(statistics.median(times) for times in zip(*costs, strict=True)))


def median_of(work: Callable[[], Any], repeat: int) -> Cost:
    """Run `work` once to warm up and then `repeat` times; return the median."""
    work()
    return median(timed(work)[0] for _ in range(repeat))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"
