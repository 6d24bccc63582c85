"""Asks the shipped atlas: the questions as plain functions, each the method of `Atlas` of the same name.

Editors read the one line that stands here; `help()` gives the whole text of the method and what the arguments mean.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
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
    """Give the map of one day: a row per (holder, standing, sovereign), with the land they share dissolved."""
    return load_atlas().borders_at(when, view=view, region=region, detail=detail, context=context)


def tracts_at(when: Any, *, region: str | None = None, detail: str = "fine") -> AtlasFrame:
    """Give every tract on one day, a row each, with all three views."""
    return load_atlas().tracts_at(when, region=region, detail=detail)


def lines_at(when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine") -> AtlasFrame:
    """Give the lines of one day: where two holders met, and every named line in force."""
    return load_atlas().lines_at(when, view=view, region=region, detail=detail)


def sovereignty_of(place: Any, when: Any, *, snap_km: float = 0.0, view: str | None = None) -> Sovereignty:
    """Answer whose land `place` was on one day, in all three views, and as the map of the state `view` has it, if given."""
    return load_atlas().sovereignty_of(place, when, snap_km=snap_km, view=view)


def history_of(place: Any, *, view: str = "control") -> pandas.DataFrame:
    """Give the tenures of a place in one view, first to last."""
    return load_atlas().history_of(place, view=view)


def changes_between(
    start: Any, end: Any, *, view: str = "control", region: str | None = None, certain_only: bool = False
) -> AtlasFrame:
    """Give what changed hands after `start`, up to and on `end`: a row per day, from, to and instrument."""
    return load_atlas().changes_between(start, end, view=view, region=region, certain_only=certain_only)


def epochs(view: str = "control") -> pandas.DataFrame:
    """Give the epochs of a view, the longest spans in which its map does not change."""
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

    `lon`, `lat` (degrees) and `when` name columns of `frame`; a GeoDataFrame without the first two is asked by its points.  Days
    are dates, stamps without a time zone, or texts `YYYY-MM-DD`.  `view` is one of `Atlas.views`.  With `snap_km` points at sea
    are answered by the nearest land, if it is judged and no farther than that, nor than 50 km; `distance_km` is added (0 on
    judged land, missing where none answers).

    `columns` are of `tract`, `holder`, `lineage`, `polity`, `standing`, `sovereign`, `certainty`, `instrument`, `sources`,
    `unanswered`; `prefix` is put before their names.  `holder` and `sovereign` read as in `borders_at`, lists are joined by
    `"; "`, and `certainty` says `unverified` where no source was read.  There is no answer at sea, on land not judged, outside
    the atlas, off the globe, before the first day and after `Atlas.as_of`, and where a day or a coordinate is missing or cannot
    be: one `UnansweredWarning` counts these rows, each under one reason, and `unanswered` tells the reason, missing where there
    is an answer.  `atlas` is another than the shipped one.

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

    `reader` is the stream; `lon`, `lat`, `when`, `view`, `snap_km`, `columns`, `prefix` and `atlas` are those of `label`.  Raises
    what `label` raises: for columns at once, for values when their batch is read.

    >>> import pyarrow
    >>> log = pyarrow.table({"lon": [142.7], "lat": [47.0], "date": ["1945-09-02"]})
    >>> label_batches(log, columns=["tract", "holder"]).read_all().to_pylist()
    [{'lon': 142.7, 'lat': 47.0, 'date': '1945-09-02', 'tract': 'yuzhno-sakhalinsk', 'holder': 'russia'}]
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
    the property `when`.  `lon`, `lat`, `when`, `view`, `snap_km`, `columns`, `prefix` and `atlas` are those of `label`;
    `progress(done, total)` is called now and then, in rows or bytes.  The file is written beside `target` and renamed when it is
    whole.  Raises what `label` raises, `ViewError` for another ending, and `ColumnError` for a `source` that cannot be read, is
    the `target` itself, or is of a form that cannot become that of the target.
    """
    asked = atlas_or_shipped(atlas).labeller(view=view, snap_km=snap_km, columns=columns, prefix=prefix)
    paths, names = (read_path(source, "source"), read_path(target, "target")), _column_names(lon, lat, when)
    label_a_file(asked, *paths, *names, read_callback(progress, "progress") or _untold)


def _column_names(lon: Any, lat: Any, when: Any) -> tuple[str, str, str]:
    return read_name(lon, "lon"), read_name(lat, "lat"), read_name(when, "when")


def _untold(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def instruments() -> pandas.DataFrame:
    """Give the acts behind the changes: `instrument`, `name`, the days of the act (ISO text), `place`, `parties` and more."""
    return load_atlas().instruments()


def polities() -> pandas.DataFrame:
    """Give the polities: `polity`, `name`, `lineage`, `main`, `since`, `until` (ISO text), and their codes (`gw`, `cow`)."""
    return load_atlas().polities()


def places(name: str | None = None) -> pandas.DataFrame:
    """Give the gazetteer, a row per name; with `name`, all names of the places that bear it."""
    return load_atlas().places(name)


def sources() -> pandas.DataFrame:
    """Give the bibliography: `source`, `citation`, `url`, `kind`, `seen` (bool: whether the text itself was read)."""
    return load_atlas().sources()


#: What arguments of several questions mean; said of each function whose own text does not name them.
_ARGUMENTS = {
    "when": "the day, a date, a stamp without a time zone, or text `YYYY-MM-DD`, up to `Atlas.as_of`; else `DayError`",
    "start": "a day before the first change that is told, as text `YYYY-MM-DD` or a date; `DayError` for anything else",
    "end": "the last day, in the same form",
    "view": "one of `Atlas.views`: control, sovereignty, title, or the map of one state (`japan`, `russia`, …); else `ViewError`",
    "region": "a dotted path, such as `kurils.south`, to keep its tracts alone; `UnknownPlaceError` names those that come near",
    "detail": "`fine`, or `light` (about 1 km)",
    "place": "the id or a name of a tract or place in any script, a pair (lon, lat), or a shapely Point; else `PlaceError` or\n"
    "`UnknownPlaceError`, and `OutsideScopeError` for the sea, for land that is drawn but not judged, and outside the atlas",
}


def _whole_text(question: Callable[..., Any]) -> str:
    """Give the text of the method, and what it leaves to be said about the arguments."""
    text = inspect.getdoc(getattr(Atlas, question.__name__)) or ""  # there is none where Python leaves docstrings out (-OO)
    left = [name for name in inspect.signature(question).parameters if name in _ARGUMENTS and f"`{name}`" not in text]
    said = (f"`{name}`: {_ARGUMENTS[name]}." for name in left)
    return "\n\n".join([text, *(["\n".join(said)] if left else [])])


for _question in (
    *(borders_at, tracts_at, lines_at, sovereignty_of, history_of),
    *(changes_between, epochs, instruments, places, polities, sources),
):
    _question.__doc__ = _whole_text(_question)
