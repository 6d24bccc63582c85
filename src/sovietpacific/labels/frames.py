"""Label pandas and GeoPandas frames of points, keeping their rows, index, columns and types as they
are.

Knows pandas and nothing of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sovietpacific.errors import ColumnError, shown
from sovietpacific.labels.labeller import ROWS, Labeller, Labels, warn_of
from sovietpacific.points.columns import GEOMETRY, PointReader
from sovietpacific.points.frame_columns import arrow_column, column_name
from sovietpacific.points.unanswered import Tally

if TYPE_CHECKING:
    import pandas
    import pyarrow


def label_frame(
    labeller: Labeller, frame: pandas.DataFrame, lon: str, lat: str, day: str
) -> pandas.DataFrame:
    """Return a copy of `frame` with the columns of the labels added as categoricals."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise ColumnError(
            f"{_name_of(type(frame))} is no DataFrame or GeoDataFrame; streams of Arrow batches "
            "go to label_batches, and so do tables of Arrow and frames of polars"
        )
    labeller.refuse_taken(list(frame.columns))
    table = _point_table(frame, lon, lat, day)
    points, tally = PointReader(table.schema, lon, lat, day), Tally(labeller.reasons)
    tract, answer = np.empty(len(frame), np.int16), np.empty(len(frame), np.int16)
    km, reason = np.full(len(frame), np.nan), np.full(len(frame), -1, np.int8)
    for batch in table.to_batches(max_chunksize=ROWS):
        part = slice(tally.rows, tally.rows + len(batch))
        labels = labeller.ask(points.read(batch, tally.rows))
        tally.add(len(batch), labels.reason)
        tract[part], answer[part] = labels.tract, labels.answer
        if labels.reason is not None:
            reason[part] = labels.reason
        if labels.km is not None:
            km[part] = labels.km
    every = Labels(tract, answer, km, reason)
    categorical: Any = pd.Categorical
    added: dict[str, Any] = {
        column.name: categorical.from_codes(column.places(every), column.texts, validate=False)
        for column in labeller.text_columns
    }
    if labeller.distance_name:
        added[labeller.distance_name] = km
    labelled = frame.assign(**added)
    labelled.attrs = {**frame.attrs, "labels": labeller.about}
    warn_of(tally)
    return labelled


def _name_of(kind: type) -> str:
    """Return the name of a type, with its package before it: `polars.DataFrame`, but `list`."""
    if kind.__module__ == "builtins":
        return kind.__name__
    return f"{kind.__module__.split('.')[0]}.{kind.__name__}"


def _point_table(frame: pandas.DataFrame, lon: str, lat: str, day: str) -> pyarrow.Table:
    """Return the columns of points of a frame, not copied where they are plain arrays."""
    import pyarrow as pa

    wanted = {name: frame[name] for name in (lon, lat, day) if list(frame.columns).count(name) == 1}
    unnamed = lon not in frame.columns and lat not in frame.columns
    if unnamed and hasattr(frame, "geometry") and hasattr(frame, "crs"):
        x, y = _points_of(frame)
        wanted |= {lon: x, lat: y}
    columns = {
        name: arrow_column(name, values, days=name == day) for name, values in wanted.items()
    }
    # Columns that are missing are refused by the reader, which knows what it needs; it must see
    # all names for its advice.
    others = {
        column_name(name): pa.nulls(len(frame))
        for name in frame.columns
        if name not in columns and name not in (lon, lat, day)
    }
    others.pop(GEOMETRY, None)
    return pa.table({**columns, **others})


def _points_of(frame: Any) -> tuple[Any, Any]:
    """Return longitudes and latitudes of a GeoDataFrame's points, NaN where there is none."""
    import shapely
    from pyproj.exceptions import ProjError

    geometry = frame.geometry
    if geometry.crs is not None:
        try:
            geometry = geometry.to_crs("EPSG:4326")
        except ProjError as refused:
            reason = shown(str(refused))[1:-1]
            raise ColumnError(
                f"the geometry cannot be turned into longitude and latitude: {reason}"
            ) from refused
    kinds = shapely.get_type_id(geometry.to_numpy())
    if (wrong := np.flatnonzero((kinds != 0) & (kinds != -1))).size:
        kind = geometry.iloc[wrong[0]].geom_type
        raise ColumnError(
            f"row {wrong[0]} of the geometry is a {kind}; "
            "only points lie on one tract: take points of them first"
        )
    return geometry.x, geometry.y
