"""Labels pandas and GeoPandas frames of points, keeping their rows, index, columns and types as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sovietpacific.errors import ColumnError, shown
from sovietpacific.frame_columns import arrow_column, column_name
from sovietpacific.labelling import ROWS, Labeller, Labels, warn_of
from sovietpacific.point_columns import GEOMETRY, PointReader
from sovietpacific.unanswered import Tally

if TYPE_CHECKING:
    import pandas
    import pyarrow


def label_frame(labeller: Labeller, frame: pandas.DataFrame, lon: str, lat: str, when: str) -> pandas.DataFrame:
    """Give a copy of `frame` with the columns of the labels added as categoricals; `frame` itself is not changed."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        kind = type(frame)
        told = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__.split('.')[0]}.{kind.__name__}"
        raise ColumnError(
            f"{told} is no DataFrame or GeoDataFrame; streams of Arrow batches go to label_batches, and so do tables of Arrow "
            "and frames of polars"
        )
    labeller.refuse_taken(list(frame.columns))
    table = _point_table(frame, lon, lat, when)
    points, tally = PointReader(table.schema, lon, lat, when), Tally(labeller.reasons)
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


def _point_table(frame: pandas.DataFrame, lon: str, lat: str, when: str) -> pyarrow.Table:
    """Take the columns of points out of a frame, without copying where they are plain arrays."""
    import pyarrow as pa

    wanted = {name: frame[name] for name in (lon, lat, when) if list(frame.columns).count(name) == 1}
    if lon not in frame.columns and lat not in frame.columns and hasattr(frame, "geometry") and hasattr(frame, "crs"):
        x, y = _points_of(frame)
        wanted |= {lon: x, lat: y}
    columns = {name: arrow_column(name, values, days=name == when) for name, values in wanted.items()}
    # Columns that are missing are named by the reader, which knows what it needs; it must see all names for its advice.
    others = {
        column_name(name): pa.nulls(len(frame)) for name in frame.columns if name not in columns and name not in (lon, lat, when)
    }
    return pa.table({**columns, **{name: column for name, column in others.items() if name != GEOMETRY}})


def _points_of(frame: Any) -> tuple[Any, Any]:
    """Give longitudes and latitudes of a GeoDataFrame's points, NaN for missing and empty ones."""
    import shapely
    from pyproj.exceptions import ProjError

    geometry = frame.geometry
    if geometry.crs is not None:
        try:
            geometry = geometry.to_crs("EPSG:4326")
        except ProjError as refused:
            reason = shown(str(refused))[1:-1]
            raise ColumnError(f"the geometry cannot be turned into longitude and latitude: {reason}") from refused
    kinds = shapely.get_type_id(geometry.to_numpy())
    if (wrong := np.flatnonzero((kinds != 0) & (kinds != -1))).size:
        kind = geometry.iloc[wrong[0]].geom_type
        raise ColumnError(f"row {wrong[0]} of the geometry is a {kind}; only points lie on one tract: take points of them first")
    return geometry.x, geometry.y
