"""Measures what users wait for, each beside the way they do it today, in one run on one machine.

Run with `make bench`. Times are medians of repeated runs; a ratio says how many times longer the
other way takes. Machines are shared and noisy: trust ratios before times.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import geopandas
import pandas
import shapely

import sovietpacific as sp
from sovietpacific import load_atlas
from sovietpacific.atlas import Atlas
from sovietpacific.facts.store import Store, find_data

#: What is asked about.
DAY, PLACE = "1945-09-02", (126.55, 37.97)


def seconds(work: Callable[[], Any], repeat: int = 7, number: int = 1) -> float:
    """Return the median time of one run of `work`, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(number):
            work()
        times.append((time.perf_counter() - start) / number)
    return statistics.median(times)


def fresh(code: str, repeat: int = 5) -> float:
    """Return the median time that `code` takes after START in a fresh interpreter, in seconds."""
    started = code.replace("START", "start = time.perf_counter()")
    timed = f"import time\n{started}\nprint(time.perf_counter() - start)"
    runs = [
        subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
        for _ in range(repeat)
    ]
    return statistics.median(float(run.stdout.split()[-1]) for run in runs)


def frame_of_versions(atlas: Atlas) -> geopandas.GeoDataFrame:
    """Return what users keep today: a row per tract and tenure, with its polygon and two days."""
    rows, shapes = [], []
    tracts = sp.tracts_at("2026-01-01", atlas=atlas)
    for key, shape in zip(tracts["tract"], tracts.geometry, strict=True):
        history = sp.history_of(key, atlas=atlas)[["since", "until", "holder"]]
        rows.append(history.assign(tract=key))
        shapes += [shape] * len(history)
    versions = pandas.concat(rows, ignore_index=True)
    versions["until"] = [day or "9999-12-31" for day in versions["until"].fillna("")]
    return geopandas.GeoDataFrame(versions, geometry=shapes, crs="EPSG:4326")


class Way(NamedTuple):
    """What is measured: our time, and what users do today with its time, where there is one."""

    what: str
    ours: float
    name: str = ""
    theirs: float | None = None


def starts(versions: Callable[[], geopandas.GeoDataFrame]) -> Iterator[Way]:
    """Yield what is measured in fresh processes; `versions` are the polygons of one day."""
    yield Way(
        "import sovietpacific (fresh process)",
        fresh("START\nimport sovietpacific"),
        "import geopandas",
        fresh("START\nimport geopandas"),
    )
    yield Way(
        "load_atlas (fresh process)", fresh("import sovietpacific as s\nSTART\ns.load_atlas()")
    )
    yield Way(
        "first borders_at (geopandas imported)",
        fresh(
            "import geopandas, sovietpacific as s\n"
            "a = s.load_atlas()\nSTART\ns.borders_at('1945-09-02', atlas=a)"
        ),
        "filter a frame of polygon versions, dissolve",
        seconds(lambda: versions().dissolve("holder"), repeat=3),
    )


def questions(atlas: Atlas, versions: Callable[[], geopandas.GeoDataFrame]) -> Iterator[Way]:
    """Yield what is measured in this process; `versions` are the polygons of one day."""
    point = shapely.Point(PLACE)

    def holder_today() -> Any:
        rows = versions()
        return rows[rows.geometry.intersects(point)]["holder"].iloc[0]

    def holder(place: Any, atlas: Atlas = atlas) -> str:
        return "+".join(sp.sovereignty_of(place, DAY, atlas=atlas).control.lineages)

    assert holder_today() == holder(PLACE)
    days = iter(sp.epochs(atlas=atlas)["since"].to_list() * 3)
    yield Way("borders_at, another epoch", seconds(lambda: sp.borders_at(next(days), atlas=atlas)))
    yield Way("borders_at, repeated", seconds(lambda: sp.borders_at(DAY, atlas=atlas), number=100))
    yield Way(
        "tracts_at",
        seconds(lambda: sp.tracts_at(DAY, atlas=atlas)),
        "filter a frame of polygon versions",
        seconds(versions),
    )
    yield Way("lines_at", seconds(lambda: sp.lines_at(DAY, atlas=atlas)))
    yield Way(
        "sovereignty_of a point, first (index is made)",
        seconds(lambda: holder(PLACE, Atlas(Store(find_data()))), repeat=3),
    )
    yield Way(
        "sovereignty_of a point, warm",
        seconds(lambda: sp.sovereignty_of(PLACE, DAY, atlas=atlas), number=2000),
        "filter by day, intersects",
        seconds(holder_today, number=20),
    )
    yield Way(
        "sovereignty_of a name, warm",
        seconds(lambda: sp.sovereignty_of("Etorofu", DAY, atlas=atlas), number=2000),
    )


def main() -> None:
    """Print the table."""
    atlas = load_atlas()
    every_version = frame_of_versions(atlas)
    every_version.sindex.query(shapely.Point(PLACE))  # which makes its index

    def versions() -> geopandas.GeoDataFrame:
        since, until = every_version["since"], every_version["until"]
        return every_version[(since <= DAY) & (until > DAY)]

    packages = f"geopandas {geopandas.__version__}, shapely {shapely.__version__}"
    print(f"Python {platform.python_version()}, {packages}, data {atlas.version}\n")
    print("| what | time | today's way | time | ratio |\n|---|---|---|---|---|")
    for way in (*starts(versions), *questions(atlas, versions)):
        beside = " | | "
        if way.theirs is not None:
            beside = f"{way.name} | {readable(way.theirs)} | {way.theirs / way.ours:,.1f}"
        print(f"| {way.what} | {readable(way.ours)} | {beside} |")


def readable(time_taken: float) -> str:
    """Return a time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if time_taken >= size:
            return f"{time_taken / size:.3g} {unit}"
    return f"{time_taken / 1e-9:.3g} ns"


if __name__ == "__main__":
    main()
