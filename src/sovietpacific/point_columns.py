"""Reads longitudes, latitudes and days out of Arrow columns, strictly, and counts what has no answer and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.day_columns import NO_DAY, check_day_type, read_days, spelled_out
from sovietpacific.errors import ColumnError, PlaceError, shown
from sovietpacific.grid import Floats
from sovietpacific.placenames import FRAME
from sovietpacific.point_binary import is_binary, read_binary_points
from sovietpacific.reference_systems import check_degrees, system_of_column

if TYPE_CHECKING:
    import pyarrow

#: The column of points that is read where there are no columns of longitude and latitude: well-known binary, as in GeoParquet.
GEOMETRY = "geometry"


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
        check_day_type(schema.field(when))
        for name in self._names:
            _check_coordinate(schema.field(name), points=self._by_points)
        self._systems = {0}  # the numbers of the reference systems seen so far that are degrees; 0 where a point names none
        if self._by_points:
            check_degrees(system_of_column(schema, GEOMETRY), f"column {GEOMETRY!r}")

    def read(self, batch: pyarrow.RecordBatch, tally: Tally, first_day: date) -> Points:
        """Read one batch; its rows, and those of them that can have no answer, are counted in `tally`.

        Raises `DayError` for a text that is no day, `PlaceError` where longitude and latitude are swapped, naming the row.
        """
        row = tally.rows
        day = read_days(batch.column(self._when), self._when, row)
        if self._by_points:
            lon, lat = self._read_points(batch.column(GEOMETRY), row)
        else:
            lon, lat = (_read_floats(batch.column(name)) for name in self._names)
        tally.rows += len(day)
        missing_day = day == NO_DAY
        tally.add("without a day", np.count_nonzero(missing_day))
        tally.add(f"before {first_day}", np.count_nonzero(day < _number(first_day)) - np.count_nonzero(missing_day))
        self._check_globe(lon, lat, tally, row)
        return Points(lon, lat, day)

    def _read_points(self, column: pyarrow.Array, row: int) -> tuple[Floats, Floats]:
        x, y, srid = read_binary_points(getattr(column, "storage", column), GEOMETRY, row)
        for number in map(int, np.unique(srid)):
            if number not in self._systems:
                check_degrees(number, f"row {row + int(np.argmax(srid == number))} of column {GEOMETRY!r}")
                self._systems.add(number)
        return x, y

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


def _check_coordinate(column: pyarrow.Field, points: bool) -> None:
    import pyarrow.types as types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if points:
        if not is_binary(getattr(kind, "storage_type", kind)):
            raise ColumnError(f"column {column.name!r} holds {kind}; points are read as well-known binary, or give lon= and lat=")
    elif not (types.is_floating(kind) or types.is_integer(kind) or types.is_decimal(kind) or types.is_null(kind)):
        raise ColumnError(f"column {column.name!r} holds {kind}, which are no coordinates; give numbers, in degrees")


def _read_floats(column: pyarrow.Array) -> Floats:
    import pyarrow as pa

    # Whole numbers of more digits than a float has are off the globe anyway.
    column = spelled_out(column).cast(pa.float64(), safe=False)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _within(values: Floats, low: float, high: float) -> bool:
    """Tell whether all values lie between the two; a value that is no number does not."""
    return len(values) == 0 or bool(values.min() >= low and values.max() <= high)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
