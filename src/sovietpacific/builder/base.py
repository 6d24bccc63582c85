"""Reads the base layers and the hand-drawn outlines of the seeds: land by country, provinces by
name, rings, traced lines.

Knows files of shapes and nothing of tracts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import shapely
from numpy.typing import NDArray

from sovietpacific.builder.kinds import a_position
from sovietpacific.errors import SeedError, path_text, shown


@dataclass(frozen=True, slots=True)
class Land:
    """The base land: one polygon per part, with its country and zone.

    A lake between two countries has both, joined by +.
    """

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
        """Return the polygons of the divisions called `names`.

        Raise `SeedError`, which lists the names there are, if one does not exist.
        """
        missing = sorted(set(names) - set(self.names))
        if missing:
            known = ", ".join(sorted(set(self.names)))
            raise SeedError(f"{where}: no province {', '.join(missing)}; there are {known}")
        return [
            polygon
            for name, polygon in zip(self.names, self.polygons, strict=True)
            if name in names
        ]


def read_land(seeds: Path) -> Land:
    """Return the base land, read from `coast/land.parquet`."""
    table = _read(seeds / "coast" / "land.parquet", "country", "zone", "geometry")
    return Land(_texts(table, "country"), _texts(table, "zone"), _shapes(table))


def read_provinces(seeds: Path) -> Provinces:
    """Return the provinces, read from `coast/provinces.parquet`."""
    table = _read(seeds / "coast" / "provinces.parquet", "country", "name", "geometry")
    return Provinces(_texts(table, "country"), _texts(table, "name"), _shapes(table))


def read_points(seeds: Path, folder: str, name: str) -> list[tuple[float, float]]:
    """Return the (lon, lat) points of `lines/<name>.csv` or `rings/<name>.csv`.

    Raise `SeedError` if a point does not state its accuracy, source and licence.
    """
    path = seeds / folder / f"{name}.csv"
    points = []
    for row, line in read_rows(path, f"{folder}/{name}.csv"):
        where = f"{folder}/{name}.csv line {line}"
        try:
            point = (float(row["lon"]), float(row["lat"]))
        except (KeyError, TypeError, ValueError) as wrong:
            raise SeedError(
                f"{where}: lon and lat must be numbers of degrees: {shown(str(wrong))[1:-1]}"
            ) from wrong
        a_position(list(point), where)
        points.append(point)
        if not row.get("source") or not row.get("licence") or not row.get("accuracy_km"):
            raise SeedError(f"{where}: every point states accuracy_km, source and licence")
    return points


def read_rows(
    path: Path, name: str, columns: Sequence[str] | None = None
) -> Iterator[tuple[dict[Any, Any], int]]:
    """Yield the rows of a CSV file of the seeds, each with the line it ends on.

    With `columns` the file has just these, and every row a field for each. Raise `SeedError`, which
    calls the file `name`, if it is missing, broken or of another form.
    """
    if not path.is_file():
        raise SeedError(f"{name} is missing: looked for it at {path_text(path)}")
    reader: csv.DictReader[str] | None = None
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=columns is not None)
            if columns is not None and tuple(reader.fieldnames or ()) != tuple(columns):
                header = shown(", ".join(map(str, reader.fieldnames or ())))
                raise SeedError(f"{name}: the columns are {header}; write {', '.join(columns)}")
            for row in reader:
                if columns is not None and (None in row or None in row.values()):
                    raise SeedError(
                        f"{name}: line {reader.line_num}: has more or fewer fields "
                        f"than the {len(columns)} columns"
                    )
                yield row, reader.line_num
    except (csv.Error, UnicodeDecodeError, OSError) as wrong:
        line = f" after line {reader.line_num}" if reader is not None else ""
        raise SeedError(
            f"{name} cannot be read as CSV in UTF-8{line}: {shown(str(wrong))[1:-1]}"
        ) from wrong


def read_course(seeds: Path, name: str) -> list[tuple[float, float]]:
    """Return the points of `lines/<name>.csv`, which must lead from one place to another."""
    points = read_points(seeds, "lines", name)
    if len(set(points)) < 2:
        raise SeedError(f"lines/{name}.csv has {len(set(points))} points; a line needs two or more")
    return points


def read_ring(seeds: Path, name: str) -> Any:
    """Return `rings/<name>.csv` as a polygon; raise `SeedError` if the outline crosses itself."""
    points = read_points(seeds, "rings", name)
    if len(points) < 3:
        raise SeedError(
            f"rings/{name}.csv has {len(points)} points; an outline needs three or more"
        )
    polygon = shapely.Polygon(points)
    if not polygon.is_valid:
        raise SeedError(
            f"rings/{name}.csv is not a simple outline: {shapely.is_valid_reason(polygon)}"
        )
    return polygon


def _read(path: Path, *columns: str) -> Any:
    if not path.is_file():
        raise SeedError(
            f"coast/{path.name} is missing: run `make coast`, "
            f"which clips the base layers into {path_text(path.parent)}"
        )
    try:
        table = parquet.read_table(path)
    except (pa.ArrowException, OSError) as wrong:
        raise SeedError(f"coast/{path.name} cannot be read: {wrong}; run `make coast`") from wrong
    missing = [column for column in columns if column not in table.column_names]
    if missing:
        raise SeedError(f"coast/{path.name} has no column {', '.join(missing)}; run `make coast`")
    return table


def _texts(table: Any, column: str) -> NDArray[Any]:
    texts = table[column].to_pylist()
    if not all(isinstance(text, str) for text in texts):
        raise SeedError(f"the base layer has values in {column} that are no text; run `make coast`")
    return np.array(texts, dtype=object)


def _shapes(table: Any) -> NDArray[Any]:
    try:
        shapes = np.asarray(shapely.from_wkb(table["geometry"].to_pylist()), dtype=object)
    except (shapely.errors.GEOSException, TypeError) as wrong:
        raise SeedError(
            f"the base layer has shapes that cannot be read: {wrong}; run `make coast`"
        ) from wrong
    polygons = np.isin(shapely.get_type_id(shapes), (3, 6))  # in one part or several
    if not len(shapes) or not polygons.all():
        raise SeedError("the base layer has a row without a polygon, or no row; run `make coast`")
    return shapes
