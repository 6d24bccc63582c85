"""Labels points on many machines with Dask: frames by partition, Parquet files by row group."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from sovietpacific.arguments import read_name, read_path, read_whole
from sovietpacific.errors import ColumnError, OptionError, path_text, shown
from sovietpacific.label_files import check_arrow_path, label_row_groups, refusing_damage
from sovietpacific.label_frame import label_frame
from sovietpacific.labelling import LabelOptions
from sovietpacific.loading import load_atlas
from sovietpacific.parquet_reading import open_parquet

if TYPE_CHECKING:
    import pandas


def label_dask(frame: Any, lon: str = "lon", lat: str = "lat", when: str = "date", **options: Unpack[LabelOptions]) -> Any:
    """Give a Dask DataFrame with the columns of `label` added, partition by partition, when it is computed.

    `frame` is the Dask DataFrame; `lon`, `lat`, `when` and the `options` are those of `label`.  Columns are checked at once, on
    the empty frame Dask keeps of them: `ColumnError` and `ViewError` come from here, what is wrong with values from `compute()`.
    Each worker loads the atlas once.
    """
    if not hasattr(frame, "_meta") or not hasattr(frame, "map_partitions"):
        raise ColumnError(f"{shown(frame)} ({type(frame).__name__}) is no Dask DataFrame; other frames go to label")
    lon, lat, when = read_name(lon, "lon"), read_name(lat, "lat"), read_name(when, "when")
    options = load_atlas().labeller(**options).options
    meta = _label_partition(frame._meta, lon, lat, when, options)
    return frame.map_partitions(_label_partition, lon, lat, when, options, meta=meta)


def _label_partition(part: pandas.DataFrame, lon: str, lat: str, when: str, options: LabelOptions) -> pandas.DataFrame:
    return label_frame(load_atlas().labeller(**options), part, lon, lat, when)


def label_parquet(
    source: str | Path,
    folder: str | Path,
    client: Any,
    lon: str = "lon",
    lat: str = "lat",
    when: str = "date",
    *,
    groups_a_file: int = 4,
    **options: Unpack[LabelOptions],
) -> list[Path]:
    """Label a Parquet file into a folder of Parquet files on the cluster of a `distributed.Client`, some row groups to a file.

    Every worker must see `source` and `folder` under these paths.  Files are numbered in the order of the rows, each written
    beside and renamed, `groups_a_file` row groups to each; where one fails the others are called off and the error is raised.
    `lon`, `lat`, `when` and the `options` are those of `label`; `client` is the `distributed.Client`.  Gives the paths of the
    files.  Raises `ColumnError` for a folder that holds anything, and what labelling raises.
    """
    source, folder = (Path(os.path.realpath(read_path(path, name))) for path, name in ((source, "source"), (folder, "folder")))
    lon, lat, when = read_name(lon, "lon"), read_name(lat, "lat"), read_name(when, "when")
    for path in (source, folder):
        check_arrow_path(path)
    groups_a_file = read_whole(groups_a_file, "groups_a_file", 1, 1_000_000)
    options = load_atlas().labeller(**options).options  # what cannot be is refused here, not on every worker
    if not all(callable(getattr(client, name, None)) for name in ("submit", "gather", "cancel")):
        raise OptionError(f"client={shown(client)} is no client of a cluster; give a distributed.Client")
    _check_empty(folder)
    with refusing_damage(source, "parquet"), open_parquet(source) as file:
        many = file.num_row_groups
    parts = [range(start, min(start + groups_a_file, many)) for start in range(0, many, groups_a_file)]
    files = [folder / f"part-{number:05}.parquet" for number in range(len(parts))]
    asked = [
        client.submit(_label_groups, source, list(groups), file, (lon, lat, when), options, pure=False)
        for groups, file in zip(parts, files, strict=True)
    ]
    try:
        client.gather(asked)
    except BaseException:
        client.cancel(asked)
        raise
    return files


def _check_empty(folder: Path) -> None:
    """Refuse what is no folder, and a folder that holds anything, hidden files among it."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise ColumnError(f"{path_text(folder)} is no folder; give a new one for the labelled files")
    if folder.is_dir() and any(folder.iterdir()):
        raise ColumnError(f"{path_text(folder)} is not empty; give a new folder for the labelled files")


def _label_groups(source: Path, groups: Sequence[int], target: Path, names: tuple[str, str, str], options: LabelOptions) -> None:
    lon, lat, when = names
    label_row_groups(load_atlas().labeller(**options), source, groups, target, lon, lat, when)
