"""The questions as plain functions of the shipped atlas; each is the method of `Atlas` of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.arguments import read_callback, read_name, read_path
from sovietpacific.atlas import Atlas
from sovietpacific.label_files import Progress
from sovietpacific.label_files import label_file as label_a_file
from sovietpacific.label_frame import label_frame
from sovietpacific.labelling import USUAL_COLUMNS, label_stream
from sovietpacific.loading import atlas_or_shipped, load_atlas
from sovietpacific.sovereignty import Sovereignty

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from sovietpacific.border_frame import AtlasFrame


def borders_at(
    when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine", context: bool = False
) -> AtlasFrame:
    return load_atlas().borders_at(when, view=view, region=region, detail=detail, context=context)


def tracts_at(when: Any, *, region: str | None = None, detail: str = "fine") -> AtlasFrame:
    return load_atlas().tracts_at(when, region=region, detail=detail)


def lines_at(when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine") -> AtlasFrame:
    return load_atlas().lines_at(when, view=view, region=region, detail=detail)


def sovereignty_of(place: Any, when: Any, *, snap_km: float = 0.0, view: str | None = None) -> Sovereignty:
    return load_atlas().sovereignty_of(place, when, snap_km=snap_km, view=view)


def history_of(place: Any, *, view: str = "control") -> pandas.DataFrame:
    return load_atlas().history_of(place, view=view)


def changes_between(
    start: Any, end: Any, *, view: str = "control", region: str | None = None, certain_only: bool = False
) -> AtlasFrame:
    return load_atlas().changes_between(start, end, view=view, region=region, certain_only=certain_only)


def epochs(view: str = "control") -> pandas.DataFrame:
    return load_atlas().epochs(view)


def label(
    frame: Any,
    lon: str = "lon",
    lat: str = "lat",
    when: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    atlas: Atlas | None = None,
) -> Any:
    """Give a copy of a frame of points with whose land each was on its day: columns of categoricals, in the order asked for.

    `lon`, `lat` (degrees) and `when` name its columns; a GeoDataFrame without the first two is asked by its points.  Days are
    dates, stamps without a time zone, or texts `YYYY-MM-DD`.  `view` is one of `Atlas.views`.  With `snap_km` points off judged
    land are answered by the nearest within so far, and `distance_km` is added (0 on land, missing where none is near).

    `columns` are of `tract`, `holder`, `lineage`, `polity`, `standing`, `sovereign`, `certainty`, `instrument`, `sources`;
    `prefix` is put before their names.  `holder` and `sovereign` read as in `borders_at`, lists are joined by `"; "`, and
    `certainty` says `unverified` where no source was read.  At sea and on land not judged there is no answer; nor is there
    where the day or a coordinate is missing, before the first day, or off the globe: one `UnansweredWarning` counts these.

    Raises `ColumnError`, `DayError` or `PlaceError` for a column that cannot be read, swapped coordinates included, `ViewError`
    for a view or a column there is not.

    >>> import pandas
    >>> log = pandas.DataFrame({"lon": [142.7, 142.7], "lat": [47.0, 47.0], "date": ["1945-08-01", "1945-09-02"]})
    >>> label(log)["holder"].tolist()
    ['japan', 'russia']
    """
    asked = atlas_or_shipped(atlas).labeller(view=view, snap_km=snap_km, columns=columns, prefix=prefix)
    return label_frame(asked, frame, *_column_names(lon, lat, when))


def label_batches(
    reader: Any,
    lon: str = "lon",
    lat: str = "lat",
    when: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    atlas: Atlas | None = None,
) -> pyarrow.RecordBatchReader:
    """Give a stream of Arrow record batches (or a table, or anything that exports one) with the columns of `label` added.

    Columns are dictionaries of texts; the schema's metadata names view, data version and credit.  Points may also lie in a
    column `geometry` of well-known binary, in degrees, as in GeoParquet.  The stream is labelled as it is read, so memory does
    not grow with it.
    """
    asked = atlas_or_shipped(atlas).labeller(view=view, snap_km=snap_km, columns=columns, prefix=prefix)
    return label_stream(asked, reader, *_column_names(lon, lat, when))


def label_file(
    source: str | Path,
    target: str | Path,
    lon: str = "lon",
    lat: str = "lat",
    when: str = "date",
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
    progress: Progress | None = None,
    atlas: Atlas | None = None,
) -> None:
    """Label the points of a file into another, in constant memory: `.parquet`, `.arrow`, `.arrows`, `.csv`, `.tsv`, `.geojson`.

    All other columns pass through as they are, packed as they were.  In GeoJSON the place of a feature is its point and its day
    the property `when`.  Options are those of `label`; `progress(done, total)` is called now and then, in rows or bytes.
    The file is written beside `target` and renamed when it is whole.
    """
    asked = atlas_or_shipped(atlas).labeller(view=view, snap_km=snap_km, columns=columns, prefix=prefix)
    paths, names = (read_path(source, "source"), read_path(target, "target")), _column_names(lon, lat, when)
    label_a_file(asked, *paths, *names, read_callback(progress, "progress") or _untold)


def _column_names(lon: Any, lat: Any, when: Any) -> tuple[str, str, str]:
    return read_name(lon, "lon"), read_name(lat, "lat"), read_name(when, "when")


def _untold(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def instruments() -> pandas.DataFrame:
    return load_atlas().instruments()


def polities() -> pandas.DataFrame:
    return load_atlas().polities()


def places(name: str | None = None) -> pandas.DataFrame:
    return load_atlas().places(name)


def sources() -> pandas.DataFrame:
    return load_atlas().sources()


# One text for each question: what the method says holds for the function.
for _question in (
    *(borders_at, tracts_at, lines_at, sovereignty_of, history_of),
    *(changes_between, epochs, instruments, places, polities, sources),
):
    _question.__doc__ = getattr(Atlas, _question.__name__).__doc__
