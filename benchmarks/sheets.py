"""Measures sheets and films: how long they take from a warm atlas, how large they are, beside the stock plot of GeoPandas.

Run with `make bench`.  A sheet is measured from the question to the file: borders, names and saving.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib

from sovietpacific import load_atlas, maps
from sovietpacific.atlas import Atlas
from sovietpacific.maps.projection import WHOLE

matplotlib.use("Agg")

DAY = "1945-09-02"

#: What is drawn, by the name in the table.
WINDOWS: dict[str, dict[str, Any]] = {
    "the whole rim": {},
    "the Kurils": {"region": "kurils"},
    "Korea": {"region": "korea"},
    "Manchuria": {"region": "manchuria"},
    "60 km around Nomonhan": {"around": ("Nomonhan", 60)},
}


def median(work: Callable[[], Any], repeat: int = 5) -> float:
    """Give the median time of one run of `work` in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def stock(atlas: Atlas, path: Path) -> None:
    """Draw the same borders the way GeoPandas does: colours, coast and legend, no names, no stripes, no lines."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11.7, 9))
    frame = atlas.borders_at(DAY, detail="light", context=True).to_crs(WHOLE.definition)
    frame.plot(ax=figure.add_subplot(), column="holder", legend=True)
    figure.savefig(path, dpi=170)


def main() -> None:
    """Print the tables."""
    atlas = load_atlas()
    maps.sheet(DAY, atlas=atlas)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print("| sheet | PNG, 170 dots an inch | SVG | PDF |\n|---|---|---|---|")
        for name, window in WINDOWS.items():
            cells = []
            for kind in ("png", "svg", "pdf"):
                path = folder / f"sheet.{kind}"
                spent = median(lambda path=path, window=window: maps.save(path, DAY, **window))
                cells.append(f"{spent:.2f} s, {path.stat().st_size / 1e6:.2f} MB")
            print(f"| {name} | {' | '.join(cells)} |")
        cells = []
        for kind in ("png", "svg", "pdf"):
            path = folder / f"stock.{kind}"
            spent = median(lambda path=path: stock(atlas, path), repeat=3)
            cells.append(f"{spent:.2f} s, {path.stat().st_size / 1e6:.2f} MB")
        print(f"| GeoPandas' plot of the whole, no names, stripes or lines | {' | '.join(cells)} |\n")
        print("| film of 1904 to 1910, 900 pixels wide | frames | seconds | frames a second | MB |\n|---|---|---|---|---|")
        for kind in ("gif", "webp", "mp4"):
            path, done = folder / f"film.{kind}", [0]
            start = time.perf_counter()
            maps.animate("1904-01-01", "1910-12-31", path, progress=lambda *counts, done=done: done.append(counts[0]))
            spent = time.perf_counter() - start
            print(f"| {kind} | {done[-1]} | {spent:.1f} | {done[-1] / spent:.1f} | {path.stat().st_size / 1e6:.2f} |")


if __name__ == "__main__":
    main()
