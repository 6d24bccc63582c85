"""Reads longitudes, latitudes and days out of Arrow columns, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.day_counts import count_days
from sovietpacific.errors import ColumnError, DayError, PlaceError, shown
from sovietpacific.grid import Floats
from sovietpacific.placenames import FRAME
from sovietpacific.unanswered import look_swapped

if TYPE_CHECKING:
    import pyarrow

#: The column of points that is read where there are no columns of longitude and latitude: well-known binary, as in GeoParquet.
GEOMETRY = "geometry"

_DAY_FORMS = 'days (date32), stamps without a time zone, or texts "YYYY-MM-DD"'


class Points(NamedTuple):
    """Points as arrays: degrees, NaN where missing, and days as `count_days` gives them."""

    lon: Floats
    lat: Floats
    day: NDArray[np.int32]


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

    def read(self, batch: pyarrow.RecordBatch, row: int) -> Points:
        """Read one batch, whose first row is the row of that number.

        Raises `DayError` for a text that is no day, `PlaceError` where longitude and latitude are swapped, naming the row.
        """
        day = _read_days(batch.column(self._when), self._when, row)
        if self._by_points:
            lon, lat = _read_points(batch.column(GEOMETRY), row)
        else:
            lon, lat = (_read_floats(batch.column(name)) for name in self._names)
        self._refuse_swapped(lon, lat, row)
        return Points(lon, lat, day)

    def _refuse_swapped(self, lon: Floats, lat: Floats, row: int) -> None:
        """Refuse a batch of which no fewer points would lie in the atlas the other way round than lie in it as they are."""
        if len(lat) == 0 or (lat.min() >= -90 and lat.max() <= 90):
            return
        west, south, east, north = FRAME
        swapped = look_swapped(lon, lat)
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        if swapped.any() and np.count_nonzero(swapped) >= np.count_nonzero(inside):
            first = int(np.flatnonzero(swapped)[0])
            raise PlaceError(
                f"{' and '.join(map(repr, self._names))} look swapped: row {row + first} has longitude {lon[first]}, latitude "
                f"{lat[first]}, and only the other way round does it lie in the atlas; give lon= and lat= the other way round"
            )


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
    return count_days(column)


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
