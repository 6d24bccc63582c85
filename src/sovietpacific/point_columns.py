"""Reads longitudes, latitudes and days out of Arrow columns, strictly, and counts what has no answer and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import ColumnError, DayError, PlaceError, shown
from sovietpacific.grid import Floats
from sovietpacific.placenames import FRAME

if TYPE_CHECKING:
    import pyarrow

#: The day of a row that has none: before every day.
NO_DAY = np.iinfo(np.int32).min

#: The column of points that is read where there are no columns of longitude and latitude: well-known binary, as in GeoParquet.
GEOMETRY = "geometry"

_DAY_FORMS = 'days (date32), stamps without a time zone, or texts "YYYY-MM-DD"'


class Points(NamedTuple):
    """Points as arrays: degrees, NaN where missing, and days counted from 1970-01-01, `NO_DAY` where missing."""

    lon: Floats
    lat: Floats
    day: NDArray[np.int32]


@dataclass
class Tally:
    """How many rows were read, and how many of them can have no answer, by reason."""

    rows: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str, many: Any) -> None:
        """Count rows for one reason."""
        if many:
            self.reasons[reason] = self.reasons.get(reason, 0) + int(many)

    def __str__(self) -> str:
        told = ", ".join(f"{many:,} {reason}" for reason, many in self.reasons.items())
        return f"of {self.rows:,} rows some have no answer: {told}"


class PointReader:
    """Reads the points of record batches of one schema."""

    def __init__(self, schema: pyarrow.Schema, lon: str, lat: str, when: str) -> None:
        """Find the columns; `ColumnError`, `DayError` or `PlaceError` naming the one that is missing or of a wrong type."""
        names = list(schema.names)
        self._by_points = lon not in names and lat not in names and GEOMETRY in names
        self._names = (GEOMETRY,) if self._by_points else (lon, lat)
        self._when = when
        for name in (*self._names, when):
            if names.count(name) != 1:
                known = ", ".join(shown(str(one))[1:-1] for one in names[:12]) + (", …" if len(names) > 12 else "")
                many = "more than one column is" if name in names else "no column is"
                raise ColumnError(f"{many} called {shown(name)}; the columns are {known}: name yours with lon=, lat= and when=")
        _check_day(schema.field(when))
        for name in self._names:
            _check_coordinate(schema.field(name), points=self._by_points)
        if self._by_points:
            _check_degrees(schema.metadata or {})

    def read(self, batch: pyarrow.RecordBatch, tally: Tally, first_day: date) -> Points:
        """Read one batch; its rows, and those of them that can have no answer, are counted in `tally`.

        Raises `DayError` for a text that is no day, `PlaceError` where longitude and latitude are swapped, naming the row.
        """
        row = tally.rows
        day = _read_days(batch.column(self._when), self._when, row)
        if self._by_points:
            lon, lat = _read_points(batch.column(GEOMETRY), row)
        else:
            lon, lat = (_read_floats(batch.column(name)) for name in self._names)
        tally.rows += len(day)
        missing_day = day == NO_DAY
        tally.add("without a day", np.count_nonzero(missing_day))
        tally.add(f"before {first_day}", np.count_nonzero(day < _number(first_day)) - np.count_nonzero(missing_day))
        self._check_globe(lon, lat, tally, row)
        return Points(lon, lat, day)

    def _check_globe(self, lon: Floats, lat: Floats, tally: Tally, row: int) -> None:
        if _within(lon, -180, 180) and _within(lat, -90, 90):
            return
        missing = np.isnan(lon) | np.isnan(lat)
        off = ~missing & ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
        west, south, east, north = FRAME
        swapped = off & (np.abs(lat) > 90) & (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        if swapped.any() and np.count_nonzero(swapped) >= np.count_nonzero(inside):
            first = int(np.flatnonzero(swapped)[0])
            raise PlaceError(
                f"{' and '.join(map(repr, self._names))} look swapped: row {row + first} has longitude {lon[first]}, latitude "
                f"{lat[first]}, and only the other way round does it lie in the atlas; give lon= and lat= the other way round"
            )
        tally.add("without coordinates", np.count_nonzero(missing))
        tally.add("off the globe, their coordinates look swapped", np.count_nonzero(swapped))
        tally.add("off the globe (longitudes run from -180 to 180)", np.count_nonzero(off & ~swapped))


def _check_day(column: pyarrow.Field) -> None:
    import pyarrow.types as types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if types.is_timestamp(kind) and kind.tz is not None:
        raise DayError(
            f"column {column.name!r} has the time zone {kind.tz}; days here are local civil days: convert it to local time and "
            "drop the zone"
        )
    if not (types.is_date(kind) or types.is_timestamp(kind) or _is_text(kind) or types.is_null(kind)):
        raise DayError(f"column {column.name!r} holds {kind}, which are no days; give {_DAY_FORMS}")


def _check_coordinate(column: pyarrow.Field, points: bool) -> None:
    import pyarrow.types as types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if points:
        if not (types.is_binary(kind) or types.is_large_binary(kind)):
            raise ColumnError(f"column {column.name!r} holds {kind}; points are read as well-known binary, or give lon= and lat=")
    elif not (types.is_floating(kind) or types.is_integer(kind) or types.is_decimal(kind) or types.is_null(kind)):
        raise ColumnError(f"column {column.name!r} holds {kind}, which are no coordinates; give numbers, in degrees")


def _check_degrees(metadata: Mapping[bytes, bytes]) -> None:
    """Refuse the points of a GeoParquet file whose coordinates are said to be other than longitude and latitude."""
    column = json.loads(metadata.get(b"geo", b"{}")).get("columns", {}).get(GEOMETRY, {})
    code = (column.get("crs") or {}).get("id", {}).get("code", "CRS84")
    if str(code) not in ("CRS84", "4326"):
        raise ColumnError(f"column {GEOMETRY!r} has the reference system {code}; give longitudes and latitudes (EPSG:4326)")


def _is_text(kind: pyarrow.DataType) -> bool:
    import pyarrow.types as types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _read_days(column: pyarrow.Array, name: str, row: int) -> NDArray[np.int32]:
    """Read days; a stamp counts for the day it falls on."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_text(column.type):
        try:
            column = column.cast(pa.date32())
        except pa.ArrowInvalid as wrong:
            raise DayError(_first_bad_text(column, name, row)) from wrong
    days = column.cast(pa.date32()).view(pa.int32())
    return np.asarray(days.fill_null(int(NO_DAY)) if days.null_count else days)


def _first_bad_text(column: pyarrow.Array, name: str, row: int) -> str:
    import pyarrow as pa

    for index, text in enumerate(column.to_pylist()):
        try:
            pa.array([text], pa.string()).cast(pa.date32())
        except pa.ArrowInvalid:
            return f'row {row + index} of column {name!r} is {text!r}, not a day; give "YYYY-MM-DD"'
    raise AssertionError("a column that could not be read has a text that cannot")


def _read_floats(column: pyarrow.Array) -> Floats:
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    column = column.cast(pa.float64())
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _read_points(column: pyarrow.Array, row: int) -> tuple[Floats, Floats]:
    import shapely

    points = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    kinds = shapely.get_type_id(points)
    if (wrong := np.flatnonzero((kinds != 0) & (kinds != -1))).size:
        raise ColumnError(
            f"row {row + wrong[0]} of column {GEOMETRY!r} is a {points[wrong[0]].geom_type}; only points have one place"
        )
    return shapely.get_x(points), shapely.get_y(points)


def _within(values: Floats, low: float, high: float) -> bool:
    """Tell whether all values lie between the two; a value that is no number does not."""
    return len(values) == 0 or bool(values.min() >= low and values.max() <= high)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
