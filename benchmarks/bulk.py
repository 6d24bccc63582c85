"""Measures what labelling a point costs, beside every other way that is installed here, on the same
points in one run.

Run with `python benchmarks/bulk.py`. Times are medians; machines are shared and noisy, so trust
ratios before times.
"""

from __future__ import annotations

import argparse
import platform
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np
from footprint import footprint_tables
from ours import CORE, LABEL, array_core, by_label
from points import PointSet, clustered, uniform
from rivals import RIVALS
from rivals.common import Ask, Rival, UnavailableError, read_land
from scaling import scaling_tables
from timing import Cost, median, table, timed

from sovietpacific import load_atlas
from sovietpacific.atlas import Atlas
from sovietpacific.labels.labeller import labeller_of

#: A way that would take longer than this for one run at a size is left out there.
PATIENCE = 20.0

#: Points of the first run of each way, which warms it and tells how long the next size may take.
PROBE = 10_000

#: Whose answers the others are counted against.
REFERENCE = "c"

SEED = 1


class Contest:
    """All ways to the answers, asked in turn about the same points."""

    def __init__(self, asks: dict[str, Ask], frames: set[str]) -> None:
        """Keep the ways by name, and which of them give frames."""
        self._asks, self._frames = asks, frames
        self._per_point: dict[str, float] = {}

    def warm(self, points: PointSet) -> None:
        """Ask each way twice about a few points, and keep how fast it was the second time."""
        for name, ask in self._asks.items():
            ask(*points)
            self._per_point[name] = timed(lambda ask=ask: ask(*points))[0].wall / len(points.lon)

    def run(
        self, points: PointSet, repeat: int
    ) -> tuple[dict[str, Cost], dict[str, int], dict[str, float]]:
        """Ask all ways in turn, `repeat` times.

        Return the costs a point, how many answers differ, and the ns a point in the query alone.
        """
        many = len(points.lon)
        fast_enough = {
            name: ask
            for name, ask in self._asks.items()
            if self._per_point[name] * many <= PATIENCE
        }
        costs, queries, answers = defaultdict(list), defaultdict(list), {}
        for _ in range(repeat):
            for name, ask in fast_enough.items():
                cost, answers[name] = timed(lambda ask=ask: ask(*points))
                costs[name].append(cost)
                if hasattr(ask, "query_seconds"):
                    queries[name].append(ask.query_seconds)
        medians = {name: median(taken) for name, taken in costs.items()}
        self._per_point |= {name: cost.wall / many for name, cost in medians.items()}
        agreed = answers.get(REFERENCE, answers[CORE])
        differ = {name: int((codes != agreed).sum()) for name, codes in answers.items()}
        in_query = {name: float(np.median(taken)) / many * 1e9 for name, taken in queries.items()}
        return {name: cost.per_point(many) for name, cost in medians.items()}, differ, in_query

    def rows(
        self,
        runs: list[tuple[dict[str, Cost], dict[str, int], dict[str, float]]],
        what: dict[str, str],
    ) -> list[list[Any]]:
        """Return a row per way and three cells per run.

        They are the time, the processor's time, and how many times ours it is.
        """
        rows = []
        for name in self._asks:
            cells: list[Any] = [f"{name}: {what[name]}" if what[name] else name]
            for costs, _, in_query in runs:
                if name not in costs:
                    cells += [f"left out: over {PATIENCE:.0f} s", "", ""]
                    continue
                own, beside = costs[name], costs[LABEL if name in self._frames else CORE]
                query = f" (query {in_query[name]:,.0f})" if name in in_query else ""
                processor = f"{own.processor:,.0f}" if name not in in_query else "server's"
                cells += [f"{own.wall:,.0f}{query}", processor, f"{own.wall / beside.wall:,.1f}"]
            rows.append([*cells, sum(differ.get(name, 0) for _, differ, _ in runs)])
        return rows


def prepare(
    stack: ExitStack, atlas: Atlas, chosen: list[Rival]
) -> tuple[dict[str, Ask], list[str]]:
    """Prepare ours and the rivals that are installed; return them by name, and a line on each."""
    asks: dict[str, Ask] = {CORE: array_core(atlas), LABEL: by_label}
    lines = []
    for rival in chosen:
        try:
            ask = stack.enter_context(rival.prepare(atlas))
        except UnavailableError as missing:
            lines.append(f"{rival.name}: not run; {missing}")
            continue
        asks[rival.name] = ask
        lines.append(f"{rival.name}: {getattr(ask, 'versions', rival.versions)}")
    return asks, lines


def head(atlas: Atlas) -> str:
    """Return the line that says on what this was measured."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("numpy", "pandas", "pyarrow", "shapely", "geopandas")
    )
    place = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {place}, {packages}, data {atlas.version}\n"


def compare(atlas: Atlas, sizes: list[int], chosen: list[Rival], repeat: int) -> None:
    """Print a table per size."""
    with ExitStack() as stack:
        asks, lines = prepare(stack, atlas, chosen)
        print("\n".join(f"- {line}" for line in lines) + "\n")
        if labeller_of(atlas).timetable.column("holder")[0] != read_land(atlas).holders:
            raise ValueError(
                "the timetable's holders are not those of the histories, "
                "so answers cannot be compared by number"
            )
        frames = {LABEL, *(rival.name for rival in chosen if rival.gives_frame)}
        what = {CORE: "", LABEL: "", **{rival.name: rival.what for rival in chosen}}
        contest = Contest(asks, frames)
        contest.warm(clustered(PROBE, SEED + 1, atlas))
        for size in sorted(sizes):
            sets = {
                "uniform": uniform(size, SEED, atlas),
                "clustered": clustered(size, SEED, atlas),
            }
            kinds = [
                (f"{name}, {days}", points)
                for name, mixed in sets.items()
                for days, points in (("mixed", mixed), ("one day", mixed.on_one_day()))
            ]
            runs = [contest.run(points, repeat) for _, points in kinds]
            columns = [
                column for kind, _ in kinds for column in (f"{kind}: ns a point", "CPU", "× ours")
            ]
            print(f"{size:,} points\n")
            print(table(["way", *columns, "differ"], contest.rows(runs, what)), flush=True)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1e5,1e6", help="numbers of points to compare at")
    parser.add_argument(
        "--rivals",
        default=",".join(rival.name for rival in RIVALS),
        help="names of rivals, or none",
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--only", choices=("rivals", "scaling", "footprint"), help="print these tables alone"
    )
    options = parser.parse_args()
    names = options.rivals.split(",")
    if unknown := set(names) - {"none", *(rival.name for rival in RIVALS)}:
        known = ", ".join(rival.name for rival in RIVALS)
        parser.error(f"there is no rival {sorted(unknown)[0]!r}; there are {known}")
    atlas = load_atlas()
    print(head(atlas))
    if options.only in (None, "rivals"):
        chosen = [rival for rival in RIVALS if rival.name in names]
        sizes = [int(float(size)) for size in options.sizes.split(",")]
        compare(atlas, sizes, chosen, options.repeat)
    if options.only in (None, "scaling"):
        for part in scaling_tables(atlas, options.repeat):
            print(part, flush=True)
    if options.only in (None, "footprint"):
        for part in footprint_tables(atlas):
            print(part, flush=True)


if __name__ == "__main__":
    main()
