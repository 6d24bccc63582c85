"""Read longitudes, latitudes and days out of Arrow columns, strictly.

Knows the kinds of Arrow and nothing of files, which `labels` opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import ColumnError, PlaceError, shown
from sovietpacific.land.grid import Floats
from sovietpacific.points.binary import is_binary, read_binary_points
from sovietpacific.points.day_columns import check_day_type, read_days, spelled_out
from sovietpacific.points.reference_systems import check_degrees, system_of_column
from sovietpacific.points.unanswered import look_swapped
from sovietpacific.questions.positions import in_frame

if TYPE_CHECKING:
    import pyarrow

#: The column of points that is read where there are no columns of longitude and latitude:
#: well-known binary, as in GeoParquet.
GEOMETRY = "geometry"


class Points(NamedTuple):
    """Points as arrays: degrees, NaN where missing, and days as `count_days` gives them."""

    lon: Floats
    lat: Floats
    day: NDArray[np.int32]


class PointReader:
    """Reads the points of record batches of one schema."""

    def __init__(self, schema: pyarrow.Schema, lon: str, lat: str, day: str) -> None:
        """Find the columns.

        Raise `ColumnError`, `DayError` or `PlaceError` naming one that is missing or of a wrong
        type.
        """
        names = list(schema.names)
        self._by_points = lon not in names and lat not in names and GEOMETRY in names
        self._names = (GEOMETRY,) if self._by_points else (lon, lat)
        self._day = day
        for name in (*self._names, day):
            if names.count(name) != 1:
                listed = [shown(str(column))[1:-1] for column in names[:12]]
                known = ", ".join([*listed, "…"] if len(names) > 12 else listed)
                many = "more than one column is" if name in names else "no column is"
                raise ColumnError(
                    f"{many} called {shown(name)}; the columns are {known}: "
                    "name yours with lon=, lat= and day="
                )
        check_day_type(schema.field(day))
        for name in self._names:
            _check_coordinate(schema.field(name), points=self._by_points)
        # The reference systems met so far that are degrees; 0 is that of a point that names none.
        self._systems = {0}
        if self._by_points:
            check_degrees(system_of_column(schema, GEOMETRY), f"column {GEOMETRY!r}")

    def read(self, batch: pyarrow.RecordBatch, row: int) -> Points:
        """Return the points of one batch, whose first row is the row of that number.

        Raise `DayError` for a text that is no day, and `PlaceError` where longitude and latitude
        are swapped, naming the row.
        """
        day = read_days(batch.column(self._day), self._day, row)
        if self._by_points:
            lon, lat = self._read_points(batch.column(GEOMETRY), row)
        else:
            lon, lat = (_read_floats(batch.column(name)) for name in self._names)
        self._refuse_swapped(lon, lat, row)
        return Points(lon, lat, day)

    def _read_points(self, column: pyarrow.Array, row: int) -> tuple[Floats, Floats]:
        x, y, srid = read_binary_points(getattr(column, "storage", column), GEOMETRY, row)
        for number in map(int, np.unique(srid)):
            if number not in self._systems:
                first = int(np.argmax(srid == number))
                check_degrees(number, f"row {row + first} of column {GEOMETRY!r}")
                self._systems.add(number)
        return x, y

    def _refuse_swapped(self, lon: Floats, lat: Floats, row: int) -> None:
        """Raise `PlaceError` if points look swapped.

        They do if no fewer would lie in the atlas the other way round than lie in it as they are.
        """
        if len(lat) == 0 or (lat.min() >= -90 and lat.max() <= 90):
            return
        swapped, inside = look_swapped(lon, lat), in_frame(lon, lat)
        if swapped.any() and np.count_nonzero(swapped) >= np.count_nonzero(inside):
            first = int(np.flatnonzero(swapped)[0])
            raise PlaceError(
                f"{' and '.join(map(repr, self._names))} look swapped: row {row + first} "
                f"has longitude {lon[first]}, latitude {lat[first]}, and only the other way round "
                "does it lie in the atlas; give lon= and lat= the other way round"
            )


def _check_coordinate(column: pyarrow.Field, points: bool) -> None:
    import pyarrow.types as types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if points:
        if not is_binary(getattr(kind, "storage_type", kind)):
            raise ColumnError(
                f"column {column.name!r} holds {kind}; "
                "points are read as well-known binary, or give lon= and lat="
            )
        return
    numbers = types.is_floating(kind) or types.is_integer(kind) or types.is_decimal(kind)
    if not numbers and not types.is_null(kind):
        raise ColumnError(
            f"column {column.name!r} holds {kind}, which are no coordinates; "
            "give numbers, in degrees"
        )


def _read_floats(column: pyarrow.Array) -> Floats:
    import pyarrow as pa

    # Whole numbers of more digits than a float has are off the globe anyway.
    column = spelled_out(column).cast(pa.float64(), safe=False)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
