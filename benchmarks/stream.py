"""Measures labelling a Parquet file of any size into another, beside a plain copy of it, each in a process of its own.

`python benchmarks/stream.py --rows 1e8` makes the file in a temporary folder, copies and labels it in turn, prints the speeds,
their ratio and the peak memory, and compares a million of the labelled rows with labels made in memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

import sovietpacific
from sovietpacific.label_files import ROW_GROUP
from sovietpacific.labelling import ROWS

FIRST_DAY, LAST_DAY = (int(np.datetime64(day, "D").astype(int)) for day in ("1855-01-01", "2025-12-31"))


def make_file(path: Path, rows: int) -> None:
    """Write points, half anywhere and half clustered around twenty places, each with its own day."""
    draw = np.random.default_rng(5)
    places = draw.uniform((125, 36), (150, 52), (20, 2))
    schema = pa.schema([("lon", pa.float64()), ("lat", pa.float64()), ("date", pa.date32())])
    with parquet.ParquetWriter(path, schema, compression="zstd", compression_level=1, use_dictionary=False) as writer:
        for start in range(0, rows, ROW_GROUP):
            many = min(ROW_GROUP, rows - start)
            points = draw.uniform((100, 33), (157, 56), (many, 2))
            near = draw.random(many) < 0.5
            points[near] = places[draw.integers(0, 20, int(near.sum()))] + draw.normal(0, 0.5, (int(near.sum()), 2))
            days = pa.array(draw.integers(FIRST_DAY, LAST_DAY, many).astype(np.int32)).cast(pa.date32())
            writer.write_table(pa.table([points[:, 0], points[:, 1], days], schema=schema))


def copy(source: Path, target: Path) -> None:
    """Copy a file through Arrow, packed as it was, in row groups of the size of those of a labelled file."""
    with parquet.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20) as file:
        options = {"compression": "zstd", "use_dictionary": False}
        with parquet.ParquetWriter(target, file.schema_arrow, **options) as writer:
            group: list[pa.RecordBatch] = []
            for batch in file.iter_batches(ROWS):
                group.append(batch)
                if len(group) * ROWS >= ROW_GROUP:
                    writer.write_table(pa.Table.from_batches(group), ROW_GROUP)
                    group = []
            if group:
                writer.write_table(pa.Table.from_batches(group), ROW_GROUP)


def work(task: str, source: Path, target: Path) -> None:
    """Do one task in this process and print what it took."""
    if task == "label":
        sovietpacific.load_atlas()._shapes.locator.tract_at(0.0, 0.0)  # the index is made or read once; it is measured elsewhere
    start, cpu = time.perf_counter(), time.process_time()
    copy(source, target) if task == "copy" else sovietpacific.label_file(source, target)
    spent = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    print(json.dumps({**spent, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))


def compare(source: Path, target: Path, rows: int = 1_000_000) -> int:
    """Give how many of some rows from all over the file differ from labels made in memory; the columns that were there too."""
    given, labelled = parquet.ParquetFile(source), parquet.ParquetFile(target)
    groups = given.num_row_groups
    assert groups == labelled.num_row_groups
    step = max(1, groups // 20)
    each = max(1, rows // len(range(0, groups, step)))
    different = 0
    for group in range(0, groups, step):
        before, after = given.read_row_group(group).slice(0, each), labelled.read_row_group(group).slice(0, each).to_pandas()
        expected = sovietpacific.label(before.to_pandas())
        same = np.ones(len(after), bool)
        for column in expected.columns:
            same &= (after[column].astype(object).fillna("") == expected[column].astype(object).fillna("")).to_numpy()
        different += int((~same).sum())
    return different


def main() -> None:
    """Copy and label in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--task", nargs=3, metavar=("TASK", "SOURCE", "TARGET"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        work(options.task[0], Path(options.task[1]), Path(options.task[2]))
        return
    rows = int(options.rows)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "points.parquet", Path(folder) / "out.parquet"
        make_file(source, rows)
        runs: dict[str, list[dict[str, float]]] = {"copy": [], "label": []}
        for _ in range(options.repeat):
            for task, told in runs.items():
                command = [sys.executable, __file__, "--task", task, str(source), str(target)]
                told.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
        middle = {task: {key: statistics.median(run[key] for run in told) for key in told[0]} for task, told in runs.items()}
        print(f"{rows:,} rows, median of {options.repeat}\n")
        print("| task | wall s | million rows a second | CPU s | peak MB |\n|---|---|---|---|---|")
        for task, told in middle.items():
            speed = rows / told["wall"] / 1e6
            print(f"| {task} | {told['wall']:.1f} | {speed:.2f} | {told['cpu']:.1f} | {told['megabytes']:.0f} |")
        share, different = middle["copy"]["wall"] / middle["label"]["wall"], compare(source, target)
        print(f"\nLabelling runs at {share:.0%} of the speed of the copy; {different} of 1,000,000 rows compared differ.")


if __name__ == "__main__":
    main()
