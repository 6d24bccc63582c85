"""Writes the atlas into files that other programs read, each with its own way of saying when a span ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sovietpacific.arguments import read_path
from sovietpacific.atlas import Atlas
from sovietpacific.errors import ViewError, choose, shown

__all__ = ["LAYOUTS", "export"]

#: What can be written, and the endings a file of each may have.
LAYOUTS: dict[str, tuple[str, ...]] = {
    "tenures": (".geojson", ".gpkg", ".parquet", ".topojson", ".csv"),
    "tracts": (".geojson", ".topojson"),
    "openhistoricalmap": (".geojson", ".gpkg", ".parquet"),
    "cshapes": (".geojson", ".gpkg", ".parquet", ".csv"),
    "linked-places": (".geojson", ".json", ".jsonld"),
}

#: The view of each where none is asked for.
_USUAL_VIEWS = {**dict.fromkeys(LAYOUTS, "control"), "tracts": "all", "cshapes": "sovereignty"}


def export(
    target: str | Path,
    layout: str = "tenures",
    *,
    view: str | None = None,
    region: str | None = None,
    since: Any = None,
    until: Any = None,
    detail: str = "fine",
    atlas: Atlas | None = None,
) -> Path:
    """Write the atlas, or a part of it, into the file `target`; give its path.

    `layout` says what is written, the ending of `target` in which form:

    - `tenures`: a row per tenure with the shape of its tract (.geojson, .gpkg, .parquet, .topojson; .csv without shapes).
      `until` is the first day no longer held, missing while open.  A GeoPackage has the lines, places and registers too.
    - `tracts`: a feature per tract with its whole history inside (.geojson, .topojson); spans are half-open too.
    - `openhistoricalmap`: a row of tags per tenure; `end_date` is the first day no longer held (.geojson, .gpkg, .parquet).
    - `cshapes`: a row per state and span, with `gwcode`; `end` is the last day held (.geojson, .gpkg, .parquet, .csv).
    - `linked-places`: the gazetteer with its names, and who held each place; both ends belong to a span (.geojson, .jsonld).

    Limits of uncertain days, certainty and sources are in all of them.  `view` is one of `Atlas.views` or `all` (control,
    sovereignty and title); where none is given it is `control`, for `tracts` `all`, for `cshapes` `sovereignty`.  `region` keeps
    the tracts of one region; `since` and `until` keep what held on some day of `[since, until)`; nothing is cut.  `detail` is
    `fine` or `light` (about 1 km).  `atlas` is another than the shipped one.  Coordinates are longitude and latitude (EPSG:4326).

    The file is written beside `target` and renamed when it is whole; the same data gives the same bytes.  Raises `ViewError`,
    `DayError` or `UnknownPlaceError` for what there is not, `OSError` where the file cannot be written.
    """
    from sovietpacific.exports.selection import select
    from sovietpacific.exports.writing import write
    from sovietpacific.loading import atlas_or_shipped

    layout, path = choose(layout, "layout", tuple(LAYOUTS)), read_path(target, "target")
    if path.suffix not in LAYOUTS[layout]:
        allowed = ", ".join(LAYOUTS[layout])
        raise ViewError(f"{shown(path.name)} does not end as a file of the layout {layout!r} does; allowed: {allowed}")
    asked = _USUAL_VIEWS[layout] if view is None else view
    write(path, layout, select(atlas_or_shipped(atlas), view=asked, region=region, since=since, until=until, detail=detail))
    return path
