"""Label points on many machines with Dask: frames by partition, Parquet files by row group.

Knows Dask and nothing of how a row is answered, which `labels.labeller` does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from sovietpacific.errors import ColumnError, OptionError, path_text, shown
from sovietpacific.labels.files import check_arrow_path, label_row_groups, refusing_damage
from sovietpacific.labels.frames import label_frame
from sovietpacific.labels.labeller import LabelOptions, labeller_of
from sovietpacific.labels.parquet_reading import open_parquet
from sovietpacific.loading import load_atlas
from sovietpacific.questions.arguments import read_name, read_path, read_whole

if TYPE_CHECKING:
    import distributed
    import pandas
    from dask import dataframe


def label_dask(
    frame: dataframe.DataFrame,
    lon: str = "lon",
    lat: str = "lat",
    day: str = "date",
    **options: Unpack[LabelOptions],
) -> dataframe.DataFrame:
    """Return a Dask frame of points with the columns of `label` added, partition by partition.

    Points are asked when the frame is computed.  Each worker loads the shipped atlas once.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        The points.
    lon, lat : str
        The columns of longitude and latitude in degrees (EPSG:4326).
    day : str
        The column of days: dates, stamps without a time zone, or texts ``YYYY-MM-DD``.
    **options : str, float or sequence of str
        The options `view`, `snap_km`, `columns` and `prefix` of `label`.

    Returns
    -------
    dask.dataframe.DataFrame
        The same rows and columns, with the categorical columns of `label` added.

    Raises
    ------
    ColumnError
        For what is no Dask frame, and a column that is missing or that an answer would overwrite.
    ViewError, OptionError
        As for `label`; what is wrong with values is raised by ``compute()``.

    Examples
    --------
    >>> import pandas
    >>> from dask import dataframe
    >>> log = pandas.DataFrame({"lon": [142.7], "lat": [47.0], "date": ["1945-09-02"]})
    >>> label_dask(dataframe.from_pandas(log, npartitions=1)).compute()["holder"].tolist()
    ['russia']

    """
    if not hasattr(frame, "_meta") or not hasattr(frame, "map_partitions"):
        kind = type(frame).__name__
        raise ColumnError(f"{shown(frame)} ({kind}) is no Dask DataFrame; other frames go to label")
    lon, lat, day = read_name(lon, "lon"), read_name(lat, "lat"), read_name(day, "day")
    options = labeller_of(load_atlas(), **options).options
    meta = _label_partition(frame._meta, lon, lat, day, options)
    labelled: dataframe.DataFrame = frame.map_partitions(  # type: ignore[no-untyped-call]
        _label_partition, lon, lat, day, options, meta=meta
    )
    return labelled


def _label_partition(
    part: pandas.DataFrame, lon: str, lat: str, day: str, options: LabelOptions
) -> pandas.DataFrame:
    return label_frame(labeller_of(load_atlas(), **options), part, lon, lat, day)


def label_parquet(
    source: str | Path,
    folder: str | Path,
    client: distributed.Client,
    lon: str = "lon",
    lat: str = "lat",
    day: str = "date",
    *,
    groups_a_file: int = 4,
    **options: Unpack[LabelOptions],
) -> list[Path]:
    """Label a Parquet file into a folder of Parquet files, on the machines of a cluster.

    Every worker must see `source` and `folder` under these paths.  Each file is written beside its
    place and renamed when it is whole; where one fails the others are called off.

    Parameters
    ----------
    source : str or pathlib.Path
        The Parquet file of points.
    folder : str or pathlib.Path
        A folder that is new or empty, for the labelled files.
    client : distributed.Client
        The client of the cluster.
    lon, lat : str
        The columns of longitude and latitude in degrees (EPSG:4326).
    day : str
        The column of days: dates, stamps without a time zone, or texts ``YYYY-MM-DD``.
    groups_a_file : int
        How many row groups of `source` go to one file.
    **options : str, float or sequence of str
        The options `view`, `snap_km`, `columns` and `prefix` of `label`.

    Returns
    -------
    list of pathlib.Path
        The paths of the files, numbered in the order of the rows.

    Raises
    ------
    ColumnError
        For a `source` that cannot be read, and a column that is missing or that an answer would
        overwrite.
    OptionError
        For a `folder` that holds anything, what is no client, and an option as for `label`.
    DayError, PlaceError, ViewError
        As for `label`.

    Examples
    --------
    Where a cluster runs, at its address:

    >>> from distributed import Client  # doctest: +SKIP
    >>> client = Client("tcp://10.0.0.1:8786")  # doctest: +SKIP
    >>> label_parquet("/data/log.parquet", "/data/labelled", client)  # doctest: +SKIP
    [PosixPath('/data/labelled/part-00000.parquet'), PosixPath('/data/labelled/part-00001.parquet')]

    """
    source, folder = (
        Path(os.path.realpath(read_path(path, name)))
        for path, name in ((source, "source"), (folder, "folder"))
    )
    lon, lat, day = read_name(lon, "lon"), read_name(lat, "lat"), read_name(day, "day")
    for path in (source, folder):
        check_arrow_path(path)
    groups_a_file = read_whole(groups_a_file, "groups_a_file", 1, 1_000_000)
    # What cannot be is refused here, not on every worker.
    options = labeller_of(load_atlas(), **options).options
    if not all(callable(getattr(client, name, None)) for name in ("submit", "gather", "cancel")):
        raise OptionError(
            f"client={shown(client)} is no client of a cluster; give a distributed.Client"
        )
    _check_empty(folder)
    with refusing_damage(source, "parquet"), open_parquet(source) as file:
        every_group = range(file.num_row_groups)
    parts = [
        every_group[start : start + groups_a_file]
        for start in range(0, len(every_group), groups_a_file)
    ]
    files = [folder / f"part-{number:05}.parquet" for number in range(len(parts))]
    names = (lon, lat, day)
    futures = [
        client.submit(_label_groups, source, list(groups), file, names, options, pure=False)
        for groups, file in zip(parts, files, strict=True)
    ]
    try:
        client.gather(futures)  # type: ignore[no-untyped-call]
    except BaseException:
        client.cancel(futures)  # type: ignore[no-untyped-call]
        raise
    return files


def _check_empty(folder: Path) -> None:
    """Raise `ColumnError` for what is no folder, and for one that holds anything, hidden or not."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise OptionError(
            f"{path_text(folder)} is no folder; give a new one for the labelled files"
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise OptionError(
            f"{path_text(folder)} is not empty; give a new folder for the labelled files"
        )


def _label_groups(
    source: Path,
    groups: Sequence[int],
    target: Path,
    names: tuple[str, str, str],
    options: LabelOptions,
) -> None:
    lon, lat, day = names
    label_row_groups(labeller_of(load_atlas(), **options), source, groups, target, lon, lat, day)
