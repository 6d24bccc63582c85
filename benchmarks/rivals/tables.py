"""Lays land and points out as Arrow tables, for the databases that read them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow
import shapely
from numpy.typing import NDArray

from rivals.common import Days, Floats, Tenures


def tenure_table(tenures: Tenures) -> pyarrow.Table:
    """Return the tenures: tract, since, until, holder."""
    return pyarrow.table(
        {name: values.astype(np.int32) for name, values in tenures._asdict().items()}
    )


def point_table(lon: Floats, lat: Floats, day: Days) -> pyarrow.Table:
    """Return the points, numbered from 0; longitudes and latitudes are not copied."""
    numbers = np.arange(len(lon), dtype=np.int32)
    return pyarrow.table({"point": numbers, "lon": lon, "lat": lat, "day": day.astype(np.int32)})


def piece_table(
    tract: NDArray[np.int64], pieces: NDArray[Any], cell: NDArray[np.int64] | None = None
) -> pyarrow.Table:
    """Return pieces of tracts as well-known binary.

    Where they were cut by cells, the number of the cell of each stands beside it.
    """
    columns = {
        "tract": tract.astype(np.int32),
        "wkb": pyarrow.array(shapely.to_wkb(pieces).tolist(), pyarrow.binary()),
    }
    return pyarrow.table(columns if cell is None else {"cell": cell.astype(np.int32), **columns})


def whole_table(cell: NDArray[np.int64], tract: NDArray[np.int64]) -> pyarrow.Table:
    """Return the cells that lie whole in a tract."""
    return pyarrow.table({"cell": cell.astype(np.int32), "tract": tract.astype(np.int32)})
