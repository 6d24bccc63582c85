"""The code on the page about millions of points runs as it stands there."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import sovietpacific as sp


def code_for(root: Path, package: str) -> str:
    """Give the block of code on the page that is marked as one for `package`."""
    page = (root / "docs" / "bulk.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"<!-- test: {package} -->\n```python\n(.*?)```", page, re.DOTALL)
    return str(found)


@pytest.fixture
def expected(tmp_path: Path) -> dict[str | None, int]:
    draw = np.random.default_rng(8)
    days = (np.datetime64("1855-01-01") + draw.integers(0, 62_000, 5000)).astype("datetime64[D]")
    points = pd.DataFrame(
        {
            "lon": draw.uniform(120, 150, 5000),
            "lat": draw.uniform(41, 52, 5000),
            "day": days.astype(object),
        }
    )
    parquet.write_table(
        pa.Table.from_pandas(points, preserve_index=False), tmp_path / "points.parquet"
    )
    counted = sp.label(points, day="day")["holder"].astype(object)
    return {
        None if holder != holder else holder: int(many)
        for holder, many in counted.value_counts(dropna=False).items()
    }


def test_the_examples_of_the_page_answer_as_printed(root: Path) -> None:
    assert (
        doctest.testfile(
            str(root / "docs" / "bulk.md"),
            module_relative=False,
            optionflags=doctest.NORMALIZE_WHITESPACE,
        ).failed
        == 0
    )


def test_duckdb_gives_and_takes_streams(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str | None, int]
) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(code_for(root, "duckdb"), "bulk.md", "exec"), names)
    assert dict(names["result"]) == expected  # type: ignore[call-overload]


SPARK = """
import json, sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
code = sys.stdin.read()
exec(compile(code, "bulk.md", "exec"))
print(json.dumps([[row["holder"], row["count"]] for row in result]))
"""


@pytest.mark.slow
def test_spark_labels_its_partitions(
    root: Path, tmp_path: Path, expected: dict[str | None, int]
) -> None:
    pytest.importorskip(
        "pyspark",
        reason="pyspark is not installed; `make spark`, with a Java 17, to try the code for it",
    )
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-c", SPARK]
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment,
        input=code_for(root, "pyspark"),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    assert dict(json.loads(ran.stdout.splitlines()[-1])) == expected
