"""Measures labelling a Parquet file of any size into another, beside plain copies of it, each in a
process of its own.

`python benchmarks/stream.py --rows 1e8` makes the file in a temporary folder, copies and labels it
in turn, alone and on clusters of one and two processes, prints speeds and peak memory, and compares
a million of the labelled rows with labels made in memory.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from timing import table

import sovietpacific
from sovietpacific.labels.files import ROW_GROUP
from sovietpacific.labels.labeller import ROWS

FIRST_DAY, LAST_DAY = (
    int(np.datetime64(day, "D").astype(int)) for day in ("1855-01-01", "2025-12-31")
)


def make_file(path: Path, rows: int) -> None:
    """Write points, half anywhere and half around twenty places, each with its own day."""
    draw = np.random.default_rng(5)
    places = draw.uniform((125, 36), (150, 52), (20, 2))
    schema = pa.schema([("lon", pa.float64()), ("lat", pa.float64()), ("date", pa.date32())])
    with parquet.ParquetWriter(
        path, schema, compression="zstd", compression_level=1, use_dictionary=False
    ) as writer:
        for start in range(0, rows, ROW_GROUP):
            many = min(ROW_GROUP, rows - start)
            points = draw.uniform((100, 33), (157, 56), (many, 2))
            near = draw.random(many) < 0.5
            count = int(near.sum())
            around = places[draw.integers(0, 20, count)]
            points[near] = around + draw.normal(0, 0.5, (count, 2))
            numbers = draw.integers(FIRST_DAY, LAST_DAY, many).astype(np.int32)
            days = pa.array(numbers).cast(pa.date32())
            writer.write_table(pa.table([points[:, 0], points[:, 1], days], schema=schema))


def copy(source: Path, target: Path, **packing: Any) -> None:
    """Copy a file through Arrow, in row groups of the size of those of a labelled file."""
    with (
        parquet.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20) as file,
        parquet.ParquetWriter(target, file.schema_arrow, **packing) as writer,
    ):
        group: list[pa.RecordBatch] = []
        for batch in file.iter_batches(ROWS):
            group.append(batch)
            if len(group) * ROWS >= ROW_GROUP:
                writer.write_table(pa.Table.from_batches(group), ROW_GROUP)
                group = []
        if group:
            writer.write_table(pa.Table.from_batches(group), ROW_GROUP)


def label_on_cluster(source: Path, target: Path, processes: int) -> float:
    """Label on a cluster of this machine; return the seconds after the workers loaded the atlas."""
    from dask.distributed import Client, LocalCluster

    options = {
        "n_workers": processes,
        "threads_per_worker": 1,
        "processes": True,
        "dashboard_address": None,
    }
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        client.run(warm)
        start = time.perf_counter()
        sovietpacific.label_parquet(source, target, client, groups_a_file=1)
        return time.perf_counter() - start


def warm() -> None:
    """Load the index into memory; how long making or reading it takes is measured elsewhere."""
    sovietpacific.load_atlas().shapes.locator.tract_at(0.0, 0.0)


TASKS: dict[str, Callable[[Path, Path], float | None]] = {
    "copy, packed as it was": lambda source, target: copy(
        source, target, compression="zstd", use_dictionary=False
    ),
    "copy, packed as pyarrow does by itself": copy,
    "label, six columns": sovietpacific.label_file,
    "label, holder alone": lambda source, target: sovietpacific.label_file(
        source, target, columns=["holder"]
    ),
    "label on a cluster of one process": lambda source, target: label_on_cluster(
        source, target.with_suffix(".1"), 1
    ),
    "label on a cluster of two processes": lambda source, target: label_on_cluster(
        source, target.with_suffix(".2"), 2
    ),
}


def work(task: str, source: Path, target: Path) -> None:
    """Do one task in this process and print what it took."""
    warm()
    start, cpu = time.perf_counter(), time.process_time()
    wall = TASKS[task](source, target) or time.perf_counter() - start
    processor = time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": processor, "megabytes": peak_megabytes()}))


def peak_megabytes() -> float:
    """Return the peak of this process's memory, not a number where the system does not have it.

    What `resource` has begins with the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    return int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def compare(source: Path, target: Path, rows: int = 1_000_000) -> int:
    """Return how many of some rows from all over the file differ from labels made in memory.

    The columns that were there before count too.
    """
    points, labelled = parquet.ParquetFile(source), parquet.ParquetFile(target)
    groups = points.num_row_groups
    assert groups == labelled.num_row_groups
    step = max(1, groups // 20)
    each = max(1, rows // len(range(0, groups, step)))
    different = 0
    for group in range(0, groups, step):
        before, after = (
            file.read_row_group(group).slice(0, each).to_pandas() for file in (points, labelled)
        )
        expected = sovietpacific.label(before)
        same = np.ones(len(after), bool)
        for column in expected.columns:
            texts, wanted = (frame[column].astype(object).fillna("") for frame in (after, expected))
            same &= (texts == wanted).to_numpy()
        different += int((~same).sum())
    return different


def main() -> None:
    """Copy and label in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--task", nargs=3, metavar=("TASK", "SOURCE", "TARGET"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.task:
        work(options.task[0], Path(options.task[1]), Path(options.task[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(int(options.rows), options.repeat, Path(folder))


def measure(rows: int, repeat: int, folder: Path) -> None:
    """Run every task `repeat` times, each in a process of its own, and print the table."""
    source = folder / "points.parquet"
    make_file(source, rows)
    runs: dict[str, list[dict[str, float]]] = {task: [] for task in TASKS}
    for turn in range(repeat):
        for task, costs in runs.items():
            target = folder / f"out-{turn}.parquet"
            command = [sys.executable, __file__, "--task", task, str(source), str(target)]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
            costs.append(json.loads(ran.stdout))
            if task == "label, six columns":
                different = compare(source, target)
            for path in folder.glob("out-*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(
        f"{rows:,} rows, median of {repeat}; "
        f"{different} of 1,000,000 rows compared with labels in memory differ\n"
    )
    medians = {
        task: {key: statistics.median(cost[key] for cost in costs) for key in costs[0]}
        for task, costs in runs.items()
    }
    first = next(iter(medians.values()))["wall"]
    lines = []
    for task, cost in medians.items():
        wall = cost["wall"]
        peak = "not told" if "cluster" in task else f"{cost['megabytes']:.0f}"
        speeds = [f"{rows / wall / 1e6:.2f}", f"{first / wall:.0%}"]
        lines.append([task, f"{wall:.1f}", *speeds, peak])
    print(
        table(
            ["task", "wall s", "million rows a second", "speed beside the first", "peak MB"], lines
        )
    )


if __name__ == "__main__":
    main()
