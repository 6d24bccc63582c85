"""Measures what a map of history costs its reader, ours beside the plugins of Folium and the maps
of geopandas, in one run.

Run with `make bench-maps`. Pages are opened in turn in one Chromium with the network blocked, the
rivals' scripts put inside for that; sizes are given before and after. Machines are shared and
noisy: trust ratios before times.
"""

from __future__ import annotations

import argparse
import gzip
import platform
import statistics
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import page_times
from map_data import History, read_history
from rivals import page_assets
from rivals.map_plugins import ONE_DAY, WAYS, Way, timestamped_copies
from timing import table, timed

from sovietpacific import load_atlas
from tests.support.browsing import CHROMIUM, DRIVER, Browser, browser

#: On how many days the colours of the large tracts are compared with the atlas.
DAYS_ASKED = 12

SEED = 1

PACKAGES = ("folium", "branca", "geopandas", "mapclassify", "matplotlib", "selenium")


@dataclass
class Measured:
    """What is known of one page."""

    way: Way
    made_in: float
    stock: Path
    whole: Path
    loads: list[float] = field(default_factory=list)
    changes: list[tuple[float, float]] = field(default_factory=list)
    processor: float = 0.0
    right: int = 0
    asked: int = 0
    unaided: bool = True


def write_pages(history: History, ways: list[Way], folder: Path) -> list[Measured]:
    """Write each page as its library saves it, and with its scripts inside."""
    pages = []
    for number, way in enumerate(ways):
        cost, page = timed(lambda way=way: way.build(history))
        stock, whole = folder / f"{number}-stock.html", folder / f"{number}.html"
        stock.write_text(page, encoding="utf-8")
        whole.write_text(page_assets.inline(page) if way.bare else page, encoding="utf-8")
        pages.append(Measured(way, cost.wall, stock, whole))
    return pages


def measure(
    seen: Browser, history: History, pages: list[Measured], rounds: int, changes: int
) -> list[float]:
    """Open all pages in turn, `rounds` times, and step each through days it has not shown.

    Return the times of changing nothing.
    """
    random = np.random.default_rng(SEED)
    floor: list[float] = []
    for _ in range(rounds):
        days = [
            history.epochs[index]
            for index in random.choice(len(history.epochs), changes, replace=False)
        ]
        for page in pages:
            loaded = page_times.load(seen, page.whole)
            if loaded is None:
                raise RuntimeError(
                    f"{page.way.name} did not draw {len(history.shapes)} tracts "
                    f"in {page_times.PATIENCE:.0f} s"
                )
            page.loads.append(loaded)
            if page.way.go:
                before = page_times.processor_seconds(seen)
                page.changes += page_times.change(seen, page.way.go, history, days)
                page.processor += page_times.processor_seconds(seen) - before
            if page is pages[0]:
                floor += [painted for _, painted in page_times.change(seen, "", history, days)]
    return floor


def ask(seen: Browser, history: History, pages: list[Measured]) -> None:
    """Compare the colours each page shows with the atlas, and see whether it opens as saved."""
    random = np.random.default_rng(SEED)
    span = (history.atlas.as_of - history.epochs[0]).days
    days = [
        date.fromordinal(history.epochs[0].toordinal() + int(step))
        for step in random.integers(0, span, DAYS_ASKED)
    ]
    for page in pages:
        page_times.load(seen, page.whole)
        for day in days if page.way.go else [date.fromisoformat(ONE_DAY)]:
            if page.way.go:
                page_times.change(seen, page.way.go, history, [day])
            right, asked = page_times.count_right(seen, history, day, page.way.striped)
            page.right, page.asked = page.right + right, page.asked + asked
        page.unaided = page_times.draws_unaided(seen, page.stock)


def size(path: Path) -> str:
    """Return how large a file is, as a text."""
    return f"{path.stat().st_size / 1e6:.2f} MB"


def row(page: Measured) -> list[Any]:
    """Return the row of the table with what was measured of one page."""
    zipped = len(gzip.compress(page.whole.read_bytes(), 9)) / 1e6
    painted = [frame for _, frame in page.changes]
    steps = ["not possible"] * 4
    if painted:
        called = statistics.median(called for called, _ in page.changes)
        frames = [f"{statistics.median(painted):.0f} ms", f"{np.percentile(painted, 95):.0f} ms"]
        steps = [f"{called:.1f} ms", *frames, f"{page.processor / len(painted) * 1e3:.0f} ms"]
    sizes = [size(page.stock), size(page.whole), f"{zipped:.2f} MB"]
    loaded = f"{statistics.median(page.loads):.2f} s"
    right = f"{page.right:,} of {page.asked:,}"
    return [
        page.way.name,
        f"{page.made_in:.1f} s",
        *sizes,
        loaded,
        *steps,
        right,
        "yes" if page.unaided else "no: blank",
    ]


def tables(history: History, folder: Path, rounds: int, changes: int, skipped: set[str]) -> str:
    """Measure all pages; return the table, and above it what it does not hold."""
    pages = write_pages(history, [way for way in WAYS if way.name not in skipped], folder)
    with browser(folder / "profile") as seen:
        page_times.watch_loading(seen, len(history.shapes))
        floor = measure(seen, history, pages, rounds, changes)
        ask(seen, history, pages)
        versions = page_times.texts_of(seen.driver.capabilities)
    copies = timestamped_copies(history)
    sizes = ["page", "made in", "as saved", "whole", "whole, gzip"]
    times = ["loads in", "a change: call", "to the frame", "p95", "processor"]
    notes = [
        *(f"{way.name}: {way.what}" for way in WAYS if way.name not in skipped),
        "TimestampedGeoJson with every tract anew on each date: "
        f"{len(copies.encode()) / 1e6:,.0f} MB as saved; not opened",
        f"changing nothing takes {statistics.median(floor):.0f} ms to the frame "
        f"(p95 {np.percentile(floor, 95):.0f} ms)",
        *(f"scripts of the rivals: {line}" for line in page_assets.words()),
    ]
    lines = "\n".join(f"- {line}" for line in [versions, *notes])
    head = [*sizes, *times, "colours right", "opens as saved, no network"]
    return f"{lines}\n\n{table(head, [row(page) for page in pages])}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is opened")
    parser.add_argument("--changes", type=int, default=16, help="changes of day after each opening")
    parser.add_argument(
        "--without", default="", help="names of pages to leave out, parted by commas"
    )
    options = parser.parse_args()
    names = [way.name for way in WAYS]
    skipped = set(options.without.split(","))
    if unknown := skipped - {"", *names}:
        parser.error(f"there is no page {sorted(unknown)[0]!r}; there are {'; '.join(names)}")
    atlas = load_atlas()
    history = read_history(atlas)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    place = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {place}, {packages}, data {atlas.version}\n")
    tracts, epochs = len(history.shapes), len(history.epochs)
    print(f"{tracts} judged tracts at detail light, {epochs} epochs of control\n")
    if not (CHROMIUM and DRIVER):
        print("Pages were not measured: there is no Chromium with its driver.\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        print(tables(history, Path(folder), options.rounds, options.changes, skipped), flush=True)


if __name__ == "__main__":
    main()
