"""Measures what users wait for, each beside the way they do it today, in one run on one machine.

Run with `make bench`.  Times are medians of repeated runs; a ratio says how many times longer the other way takes.  Machines are
shared and noisy: trust ratios before times.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import geopandas
import pandas
import shapely

from sovietpacific import load_atlas
from sovietpacific.atlas import Atlas
from sovietpacific.store import Store, find_data


def seconds(work: Callable[[], Any], repeat: int = 7, number: int = 1) -> float:
    """Give the median time of one run of `work`."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(number):
            work()
        times.append((time.perf_counter() - start) / number)
    return statistics.median(times)


def fresh(code: str, repeat: int = 5) -> float:
    """Give the median time a fresh interpreter says that `code` took, in seconds."""
    timed = f"import time\n{code.replace('START', 'start = time.perf_counter()')}\nprint(time.perf_counter() - start)"
    runs = [subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True) for _ in range(repeat)]
    return statistics.median(float(run.stdout.split()[-1]) for run in runs)


def frame_of_versions(atlas: Atlas) -> geopandas.GeoDataFrame:
    """Make what users keep today: a row per tract and tenure, with its own polygon and two days."""
    rows, shapes = [], []
    tracts = atlas.tracts_at("2026-01-01")
    for key, shape in zip(tracts["tract"], tracts.geometry, strict=True):
        for row in atlas.history_of(key).to_dict("records"):
            rows.append({"tract": key, "since": row["since"], "until": row["until"] or "9999-12-31", "holder": row["holder"]})
            shapes.append(shape)
    return geopandas.GeoDataFrame(pandas.DataFrame(rows).fillna("9999-12-31"), geometry=shapes, crs="EPSG:4326")


def main() -> None:
    """Print the table."""
    atlas, day, place = load_atlas(), "1945-09-02", (126.55, 37.97)
    versions = frame_of_versions(atlas)
    atlas.sovereignty_of(place, day)
    versions.sindex.query(shapely.Point(place))

    def filtered() -> geopandas.GeoDataFrame:
        return versions[(versions["since"] <= day) & (day < versions["until"])]

    def today_point() -> Any:
        return filtered()[lambda rows: rows.geometry.intersects(shapely.Point(place))]["holder"].iloc[0]

    assert today_point() == "+".join(atlas.sovereignty_of(place, day).control.lineages)
    days = iter(atlas.epochs()["since"].to_list() * 3)
    rows = [
        (
            "import sovietpacific (fresh process)",
            fresh("START\nimport sovietpacific"),
            fresh("START\nimport geopandas"),
            "import geopandas",
        ),
        ("load_atlas (fresh process)", fresh("import sovietpacific as s\nSTART\ns.load_atlas()"), None, ""),
        (
            "first borders_at (geopandas imported)",
            fresh("import geopandas, sovietpacific as s\na = s.load_atlas()\nSTART\na.borders_at('1945-09-02')"),
            seconds(lambda: filtered().dissolve("holder"), repeat=3),
            "filter a frame of polygon versions, dissolve",
        ),
        ("borders_at, another epoch", seconds(lambda: atlas.borders_at(next(days))), None, ""),
        ("borders_at, repeated", seconds(lambda: atlas.borders_at(day), number=100), None, ""),
        ("tracts_at", seconds(lambda: atlas.tracts_at(day)), seconds(filtered), "filter a frame of polygon versions"),
        ("lines_at", seconds(lambda: atlas.lines_at(day)), None, ""),
        (
            "sovereignty_of a point, first (index is made)",
            seconds(lambda: Atlas(Store(find_data())).sovereignty_of(place, day), repeat=3),
            None,
            "",
        ),
        (
            "sovereignty_of a point, warm",
            seconds(lambda: atlas.sovereignty_of(place, day), number=2000),
            seconds(today_point, number=20),
            "filter by day, intersects",
        ),
        ("sovereignty_of a name, warm", seconds(lambda: atlas.sovereignty_of("Etorofu", day), number=2000), None, ""),
    ]
    packages = f"geopandas {geopandas.__version__}, shapely {shapely.__version__}"
    print(f"Python {platform.python_version()}, {packages}, data {atlas.version}\n")
    print("| what | time | today's way | time | ratio |\n|---|---|---|---|---|")
    for what, ours, theirs, way in rows:
        beside = f"{way} | {readable(theirs)} | {theirs / ours:,.1f}" if theirs else " | | "
        print(f"| {what} | {readable(ours)} | {beside} |")


def readable(time_taken: float) -> str:
    """Write a time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if time_taken >= size:
            return f"{time_taken / size:.3g} {unit}"
    return f"{time_taken / 1e-9:.3g} ns"


if __name__ == "__main__":
    main()
