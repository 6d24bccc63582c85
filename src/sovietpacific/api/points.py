"""The questions about points by the million, each with its own day: frames, streams and files.

Knows the rooms of labels; knows nothing of maps, and nothing of clusters, which ask `label` too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from sovietpacific.atlas import Atlas
from sovietpacific.labels.files import Progress
from sovietpacific.labels.files import label_file as label_a_file
from sovietpacific.labels.frames import label_frame
from sovietpacific.labels.labeller import USUAL_COLUMNS, label_stream, labeller_of
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.questions.arguments import read_callback, read_name, read_path

if TYPE_CHECKING:
    import pandas
    import pyarrow

#: A frame of pandas or GeoPandas, or of a class made from these; what comes back is of the same.
Frame = TypeVar("Frame", bound="pandas.DataFrame")


class ArrowStream(Protocol):
    """Anything that exports a stream of Arrow batches: a table or a reader of pyarrow, a frame of
    polars.
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the stream as a capsule."""


def label(
    frame: Frame,
    lon: str = "lon",
    lat: str = "lat",
    day: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    atlas: Atlas | None = None,
) -> Frame:
    """Return a copy of a frame of points that says whose land each was on its day.

    Rows, index, columns and types stay as they are.  One `UnansweredWarning` counts the rows that
    have no answer, by reason.

    Parameters
    ----------
    frame : pandas.DataFrame or geopandas.GeoDataFrame
        The points.  A GeoDataFrame without the columns `lon` and `lat` is asked by its points,
        which are brought to EPSG:4326 first.
    lon, lat : str
        The columns of longitude and latitude in degrees (EPSG:4326).
    day : str
        The column of days: dates, stamps without a time zone, or texts ``YYYY-MM-DD``.
    view : str
        One of ``load_atlas().views``.
    snap_km : float
        Let a point at sea be answered by the nearest judged land within so many km (at most 50);
        ``distance_km`` is then added (0 on land, missing where none is near).
    columns : sequence of str
        What is told, in this order, of ``tract``, ``holder``, ``lineage``, ``polity``,
        ``standing``, ``sovereign``, ``certainty``, ``instrument``, ``sources``, ``unanswered``.
    prefix : str
        What is put before the names of these columns.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame or geopandas.GeoDataFrame
        A copy of `frame` with categorical columns added.  ``holder`` and ``sovereign`` read as in
        `borders_at`, lists are joined by ``"; "``, ``certainty`` says ``unverified`` where no
        source was read, and ``unanswered`` says why a row has no answer.

    Raises
    ------
    ColumnError
        For a column that is missing or cannot be read, or that an answer would overwrite.
    DayError
        For a text that is no day.
    PlaceError
        For coordinates that look swapped.
    ViewError
        For a view there is not.
    OptionError
        For a column of labels there is not, or an option of the wrong kind.

    Examples
    --------
    >>> import pandas
    >>> log = pandas.DataFrame(
    ...     {"lon": [142.7, 142.7], "lat": [47.0, 47.0], "date": ["1945-08-01", "1945-09-02"]}
    ... )
    >>> label(log)["holder"].tolist()
    ['japan', 'russia']

    """
    labeller = labeller_of(
        atlas_or_shipped(atlas), view=view, snap_km=snap_km, columns=columns, prefix=prefix
    )
    return cast("Frame", label_frame(labeller, frame, *_column_names(lon, lat, day)))


def label_batches(
    reader: ArrowStream,
    lon: str = "lon",
    lat: str = "lat",
    day: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    atlas: Atlas | None = None,
) -> pyarrow.RecordBatchReader:
    """Return a stream of Arrow record batches with the columns of `label` added.

    The stream is labelled as it is read, so memory does not grow with it.

    Parameters
    ----------
    reader : pyarrow.RecordBatchReader, pyarrow.Table, or anything that exports an Arrow stream
        The points.  They may also lie in a column ``geometry`` of well-known binary, in degrees,
        as in GeoParquet.
    lon, lat : str
        The columns of longitude and latitude in degrees (EPSG:4326).
    day : str
        The column of days: dates, stamps without a time zone, or texts ``YYYY-MM-DD``.
    view : str
        As for `label`.
    snap_km : float
        As for `label`.
    columns : sequence of str
        As for `label`.
    prefix : str
        As for `label`.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pyarrow.RecordBatchReader
        The same batches with dictionaries of texts added.  The metadata of the schema names view,
        data version and credit.

    Raises
    ------
    ColumnError, DayError, PlaceError, ViewError, OptionError
        As for `label`: for columns and options at once, for values when their batch is read.

    Examples
    --------
    >>> import pyarrow
    >>> log = pyarrow.table({"lon": [142.7], "lat": [47.0], "date": ["1945-09-02"]})
    >>> label_batches(log, columns=["tract", "holder"]).read_all().drop_columns("date").to_pylist()
    [{'lon': 142.7, 'lat': 47.0, 'tract': 'yuzhno-sakhalinsk', 'holder': 'russia'}]

    """
    labeller = labeller_of(
        atlas_or_shipped(atlas), view=view, snap_km=snap_km, columns=columns, prefix=prefix
    )
    return label_stream(labeller, reader, *_column_names(lon, lat, day))


def label_file(
    source: str | Path,
    path: str | Path,
    lon: str = "lon",
    lat: str = "lat",
    day: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    progress: Progress | None = None,
    atlas: Atlas | None = None,
) -> None:
    r"""Label the points of a file into another, in constant memory.

    All other columns pass through as they are, packed as they were.  The file is written beside
    its place and renamed when it is whole.

    Parameters
    ----------
    source : str or pathlib.Path
        The file of points: ``.parquet``, ``.arrow``, ``.arrows``, ``.csv``, ``.tsv``, ``.geojson``.
    path : str or pathlib.Path
        The file to be written, in one of the same forms.
    lon, lat : str
        The columns of longitude and latitude in degrees (EPSG:4326); in GeoJSON the place of a
        feature is its point.
    day : str
        The column, or in GeoJSON the property, of days.
    view : str
        As for `label`.
    snap_km : float
        As for `label`.
    columns : sequence of str
        As for `label`.
    prefix : str
        As for `label`.
    progress : callable, optional
        Called now and then with what is done and what is to do, in rows or bytes.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Raises
    ------
    ColumnError
        For a `source` that cannot be read, and a column as for `label`.
    OptionError
        For an ending there is not, a `path` that is the source itself or of a form that it cannot
        become, and an option as for `label`.
    DayError, PlaceError, ViewError
        As for `label`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> log = folder / "log.csv"
    >>> _ = log.write_text("lon,lat,date\n142.7,47.0,1945-09-02\n")
    >>> label_file(log, folder / "out.csv", columns=["holder"])
    >>> (folder / "out.csv").read_text().splitlines()[1]
    '142.7,47.0,1945-09-02,russia'

    """
    labeller = labeller_of(
        atlas_or_shipped(atlas), view=view, snap_km=snap_km, columns=columns, prefix=prefix
    )
    paths = (read_path(source, "source"), read_path(path, "path"))
    names = _column_names(lon, lat, day)
    label_a_file(labeller, *paths, *names, read_callback(progress, "progress") or _tell_nobody)


def _column_names(lon: str, lat: str, day: str) -> tuple[str, str, str]:
    return read_name(lon, "lon"), read_name(lat, "lat"), read_name(day, "day")


def _tell_nobody(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""
