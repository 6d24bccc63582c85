"""Reads exported files back with pyogrio, DuckDB and GDAL's own program, as anybody would who has
the file alone.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyogrio

#: A row as read: columns by name, days as ISO text, what is missing as None.
Row = dict[str, Any]
Reader = Callable[[Path], list[Row]]


def days_around(day: date) -> tuple[date, date, date]:
    """Give the day before, the day, and the day after."""
    return day - timedelta(days=1), day, day + timedelta(days=1)


def read_with_pyogrio(path: Path, layer: str | None = None) -> list[Row]:
    meta, _, geometry, fields = pyogrio.raw.read(
        path, layer=layer or str(pyogrio.list_layers(path)[0][0])
    )
    assert geometry is None or len(geometry) == len(fields[0])
    rows = zip(*(field.tolist() for field in fields), strict=True)
    return [
        {name: _plain(value) for name, value in zip(meta["fields"], row, strict=True)}
        for row in rows
    ]


def read_with_duckdb(path: Path) -> list[Row]:
    """Read Parquet, CSV, or the properties of GeoJSON; DuckDB's own extension for shapes would have
    to be fetched.
    """
    with duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    ) as base:
        if path.suffix == ".geojson":
            told = base.execute(
                f"select unnest(json_extract(content::json, '$.features[*].properties')) from read_text('{path}')"
            )
            return [
                {name: _plain(value) for name, value in json.loads(row).items()}
                for (row,) in told.fetchall()
            ]
        if path.suffix == ".csv":
            asked = f"select * from read_csv('{path}', header=true, sample_size=-1)"
        else:
            asked = f"select * exclude (geometry) from read_parquet('{path}')"
        found = base.execute(asked)
        names = [column[0] for column in found.description]
        return [
            {name: _plain(value) for name, value in zip(names, row, strict=True)}
            for row in found.fetchall()
        ]


def read_with_gdal(path: Path) -> list[Row]:
    """Have GDAL's own ogr2ogr turn the file into lines of GeoJSON."""
    words = ["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(path)]
    if path.suffix == ".gpkg":
        words.append(str(pyogrio.list_layers(path)[0][0]))
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return [
        {
            name.removesuffix("Z"): _plain(value)
            for name, value in json.loads(line)["properties"].items()
        }
        for line in told.splitlines()
    ]


def has_gdal() -> bool:
    return shutil.which("ogr2ogr") is not None


def _plain(value: Any) -> Any:
    value = value.tolist() if isinstance(value, np.ndarray) else value  # a list within a row
    if value is None or value == "" or value != value or str(value) == "NaT":
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else value
    return text.replace("/", "-") if isinstance(text, str) and text[4:5] == "/" else text


def held_half_open(
    rows: Iterable[Row], day: date, since: str = "since", until: str = "until"
) -> list[Row]:
    """Give the rows that hold on `day` where `until` is the first day they hold no more."""
    asked = day.isoformat()
    return [
        row for row in rows if row[since] <= asked and (row[until] is None or asked < row[until])
    ]


def held_inclusive(rows: Iterable[Row], day: date) -> list[Row]:
    """Give the rows that hold on `day` where `end` is the last day they hold."""
    return [row for row in rows if row["start"] <= day.isoformat() <= row["end"]]
