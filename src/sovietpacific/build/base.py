"""Reads the base layers and the hand-drawn outlines of the seeds: land by country, provinces by name, rings, traced lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
import shapely
from numpy.typing import NDArray

from sovietpacific.errors import SeedError


@dataclass(frozen=True, slots=True)
class Land:
    """The base land: one polygon per part, with its country (two joined by + for a lake between them) and zone."""

    countries: NDArray[Any]
    zones: NDArray[Any]
    polygons: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Provinces:
    """First-level divisions of China and Russia, by country and name."""

    countries: NDArray[Any]
    names: NDArray[Any]
    polygons: NDArray[Any]

    def chosen(self, names: Sequence[str], where: str) -> list[Any]:
        """Give the polygons of the divisions called `names`; one that does not exist is refused with the names there are."""
        missing = sorted(set(names) - set(self.names))
        if missing:
            raise SeedError(f"{where}: no province {', '.join(missing)}; there are {', '.join(sorted(set(self.names)))}")
        return [polygon for name, polygon in zip(self.names, self.polygons, strict=True) if name in names]


def read_land(seeds: Path) -> Land:
    """Read `coast/land.parquet`."""
    table = _read(seeds / "coast" / "land.parquet")
    return Land(_texts(table, "country"), _texts(table, "zone"), _shapes(table))


def read_provinces(seeds: Path) -> Provinces:
    """Read `coast/provinces.parquet`."""
    table = _read(seeds / "coast" / "provinces.parquet")
    return Provinces(_texts(table, "country"), _texts(table, "name"), _shapes(table))


def read_points(seeds: Path, folder: str, name: str) -> list[tuple[float, float]]:
    """Read the (lon, lat) points of `lines/<name>.csv` or `rings/<name>.csv`; each point states its source and licence."""
    path = seeds / folder / f"{name}.csv"
    if not path.is_file():
        raise SeedError(f"{folder}/{name}.csv is missing: looked for it at {path}")
    points = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                points.append((float(row["lon"]), float(row["lat"])))
            except (KeyError, TypeError, ValueError) as wrong:
                raise SeedError(f"{folder}/{name}.csv line {number}: lon and lat must be numbers of degrees: {wrong}") from wrong
            if not row.get("source") or not row.get("licence") or not row.get("accuracy_km"):
                raise SeedError(f"{folder}/{name}.csv line {number}: every point states accuracy_km, source and licence")
    return points


def read_ring(seeds: Path, name: str) -> Any:
    """Read `rings/<name>.csv` as a polygon; an outline that crosses itself is refused."""
    points = read_points(seeds, "rings", name)
    if len(points) < 3:
        raise SeedError(f"rings/{name}.csv has {len(points)} points; an outline needs three or more")
    polygon = shapely.Polygon(points)
    if not polygon.is_valid:
        raise SeedError(f"rings/{name}.csv is not a simple outline: {shapely.is_valid_reason(polygon)}")
    return polygon


def _read(path: Path) -> Any:
    if not path.is_file():
        raise SeedError(f"coast/{path.name} is missing: run `make coast`, which clips the base layers into {path.parent}")
    return parquet.read_table(path)


def _texts(table: Any, column: str) -> NDArray[Any]:
    return np.array(table[column].to_pylist(), dtype=object)


def _shapes(table: Any) -> NDArray[Any]:
    return np.asarray(shapely.from_wkb(table["geometry"].to_pylist()), dtype=object)
