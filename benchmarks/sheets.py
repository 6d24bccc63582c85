"""Measures sheets and films: how long they take from a warm atlas, how large they are, beside the
stock plot of GeoPandas.

Run with `make bench`. A sheet is measured from the question to the file: borders, names and saving.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
from timing import table

import sovietpacific as sp
from sovietpacific import load_atlas, maps
from sovietpacific.atlas import Atlas
from sovietpacific.maps.printed.projection import WHOLE

matplotlib.use("Agg")

DAY = "1945-09-02"

#: The forms of sheets.
KINDS = ("png", "svg", "pdf")

#: What is drawn, by the name in the table.
WINDOWS: dict[str, dict[str, Any]] = {
    "the whole rim": {},
    "the Kurils": {"region": "kurils"},
    "Korea": {"region": "korea"},
    "Manchuria": {"region": "manchuria"},
    "60 km around Nomonhan": {"around": ("Nomonhan", 60)},
}


def median(work: Callable[[], Any], repeat: int = 5) -> float:
    """Return the median time of one run of `work` in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def stock(atlas: Atlas, path: Path) -> None:
    """Draw the same borders as GeoPandas does: with a legend, without names, stripes or lines."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11.7, 9))
    frame = sp.borders_at(DAY, detail="light", context=True, atlas=atlas).to_crs(WHOLE.definition)
    frame.plot(ax=figure.add_subplot(), column="holder", legend=True)
    figure.savefig(path, dpi=170)


def main() -> None:
    """Print the tables."""
    atlas = load_atlas()
    maps.sheet(DAY, atlas=atlas)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(sheets_table(atlas, folder), flush=True)
        print(films_table(folder))


def sheets_table(atlas: Atlas, folder: Path) -> str:
    """Return how long sheets take and how large they are, by window and form."""
    rows = []
    for name, window in WINDOWS.items():
        row = [name]
        for kind in KINDS:
            path = folder / f"sheet.{kind}"
            spent = median(lambda path=path, window=window: maps.save(path, DAY, **window))
            row.append(f"{spent:.2f} s, {megabytes(path):.2f} MB")
        rows.append(row)
    row = ["GeoPandas' plot of the whole, no names, stripes or lines"]
    for kind in KINDS:
        path = folder / f"stock.{kind}"
        spent = median(lambda path=path: stock(atlas, path), repeat=3)
        row.append(f"{spent:.2f} s, {megabytes(path):.2f} MB")
    return table(["sheet", "PNG, 170 dots an inch", "SVG", "PDF"], [*rows, row])


def films_table(folder: Path) -> str:
    """Return how long films take and how large they are, by form."""
    rows = []
    for kind in ("gif", "webp", "mp4"):
        path, frames = folder / f"film.{kind}", 0

        def progress(done: int, _total: int) -> None:
            nonlocal frames
            frames = done

        start = time.perf_counter()
        maps.animate(path, "1904-01-01", "1910-12-31", progress=progress)
        spent = time.perf_counter() - start
        speed = f"{frames / spent:.1f}"
        rows.append([kind, frames, f"{spent:.1f}", speed, f"{megabytes(path):.2f}"])
    film = "film of 1904 to 1910, 900 pixels wide"
    return table([film, "frames", "seconds", "frames a second", "MB"], rows)


def megabytes(path: Path) -> float:
    """Return the size of a file in MB."""
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
