"""Measures what answering takes up and how soon it starts: memory, the first call of a process, and
single questions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from run import fresh, readable, seconds
from timing import table

import sovietpacific as sp
from sovietpacific.atlas import Atlas
from sovietpacific.labels.labeller import labeller_of
from sovietpacific.land.cache_folder import FOLDER_VARIABLE

#: The frame of the first call: pandas is imported before it, as users have done; what `label`
#: itself imports counts.
FIRST_LABEL = """
import os, tempfile, pandas, sovietpacific
os.environ["{variable}"] = {folder}
sovietpacific.load_atlas()
frame = pandas.DataFrame({{"lon": [142.7], "lat": [47.0], "date": ["1945-09-02"]}})
START
sovietpacific.label(frame)
"""

#: How the peak of a process's memory grows: before and after a million points are labelled. It is
#: read where Linux keeps it, since what `resource` has begins with the peak of the process that
#: started this one.
PEAK = """
import pathlib
import numpy, pandas, pyarrow, shapely, sovietpacific
from sovietpacific.labels.labeller import labeller_of
def peak():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
atlas = sovietpacific.load_atlas()
peaks = [peak()]
atlas.shapes.locator.numbers_at(numpy.array([142.7]), numpy.array([47.0]))
labeller_of(atlas)
peaks.append(peak())
random = numpy.random.default_rng(1)
days = random.integers(-40000, 20000, 10**6).astype("datetime64[D]").astype("datetime64[s]")
lon, lat = random.uniform(58, 180, 10**6), random.uniform(30, 66, 10**6)
frame = pandas.DataFrame({"lon": lon, "lat": lat, "date": days})
peaks.append(peak())
sovietpacific.label(frame)
peaks.append(peak())
print(*peaks)
"""

#: What has just been done at each of these peaks.
DONE = (
    "packages and the atlas are loaded",
    "the index is read",
    "the frame is made",
    "it is labelled",
)


def footprint_tables(atlas: Atlas) -> Iterator[str]:
    """Yield the tables of memory, of the start, and of single questions."""
    yield "Memory\n"
    yield memory(atlas)
    yield "The first `label` of a fresh process, after load_atlas\n"
    yield cold_start()
    yield "Single questions, warm\n"
    yield single(atlas)


def memory(atlas: Atlas) -> str:
    """Return the sizes of the index, and of a fresh process as it labels a million points."""
    timetable = labeller_of(atlas).timetable
    arrays = (timetable._table, timetable._epoch_of_day)
    rows = [
        ("point index, arrays", f"{atlas.shapes.locator._grid.megabytes:.1f} MB"),
        ("timetable of one view, arrays", f"{sum(array.nbytes for array in arrays) / 1e6:.2f} MB"),
    ]
    ran = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    rows += [
        (f"peak of a process once {what}", f"{float(peak):,.0f} MiB")
        for what, peak in zip(DONE, ran.stdout.split(), strict=True)
    ]
    return table(["what", "size"], rows)


def cold_start() -> str:
    """Return how long the first call takes with no index kept, and with one."""
    empty = FIRST_LABEL.format(variable=FOLDER_VARIABLE, folder="tempfile.mkdtemp()")
    with tempfile.TemporaryDirectory() as folder:
        warm = FIRST_LABEL.format(variable=FOLDER_VARIABLE, folder=repr(str(Path(folder))))
        fresh(warm, repeat=1)
        kept = sum(entry.stat().st_size for entry in os.scandir(folder)) / 1e6
        rows = [
            ("empty cache folder: the index is made", readable(fresh(empty))),
            (f"index kept in a file of {kept:.1f} MB", readable(fresh(warm))),
        ]
    return table(["what", "time"], rows)


def single(atlas: Atlas) -> str:
    """Return how long one question takes: inland, and at a border town."""
    locator, rows = atlas.shapes.locator, []
    for name, place in (("inland", (142.7, 50.5)), ("near a border", (126.55, 37.97))):
        tract = seconds(lambda place=place: locator.tract_at(*place), number=5000)
        answer = seconds(
            lambda place=place: sp.sovereignty_of(place, "1945-09-02", atlas=atlas), number=2000
        )
        rows.append((f"tract_at, {name}", readable(tract)))
        rows.append((f"sovereignty_of, {name}", readable(answer)))
    return table(["question", "time"], rows)
