"""Write the atlas into files that other programs read: each has its own way of saying when a span
ends.

Knows the atlas and the conventions of others, and nothing of maps and labels.
"""

from __future__ import annotations

from pathlib import Path

from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day
from sovietpacific.errors import OptionError, choose, shown
from sovietpacific.questions.arguments import read_path

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
    path: str | Path,
    layout: str = "tenures",
    *,
    view: str | None = None,
    region: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    detail: str = "fine",
    atlas: Atlas | None = None,
) -> Path:
    """Write the atlas, or a part of it, for other programs, and return the path of the file.

    Limits of uncertain days, certainty and sources are in all layouts.  Coordinates are longitude
    and latitude in degrees (EPSG:4326).  The file is written beside its place and renamed when it
    is whole; the same data gives the same bytes.

    Parameters
    ----------
    path : str or pathlib.Path
        The file; its ending says in which form it is written.
    layout : str
        What is written:

        - ``tenures``: a row per tenure with the shape of its tract (``.geojson``, ``.gpkg``,
          ``.parquet``, ``.topojson``; ``.csv`` without shapes).  ``until`` is the first day no
          longer held, missing while open.  A GeoPackage has the lines, places and registers too.
        - ``tracts``: a feature per tract with its whole history inside (``.geojson``,
          ``.topojson``); spans are half-open too.
        - ``openhistoricalmap``: a row of tags per tenure; ``end_date`` is the first day no longer
          held (``.geojson``, ``.gpkg``, ``.parquet``).
        - ``cshapes``: a row per state and span, with ``gwcode``; ``end`` is the last day held
          (``.geojson``, ``.gpkg``, ``.parquet``, ``.csv``).
        - ``linked-places``: the gazetteer with its names, and who held each place; both ends belong
          to a span (``.geojson``, ``.json``, ``.jsonld``).
    view : str, optional
        One of ``load_atlas().views``, or ``all`` for control, sovereignty and title; unless given
        ``control``, for ``tracts`` ``all``, for ``cshapes`` ``sovereignty``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``, to keep its tracts alone.
    since, until : Day, optional
        Keep what held on some day from `since` on and before `until`; nothing is cut.
    detail : {"fine", "light"}
        Full shapes, or shapes of about 1 km.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pathlib.Path
        The path of the file.

    Raises
    ------
    OptionError
        For a layout, an ending or a detail there is not.
    ViewError
        For a view there is not.
    DayError
        For what is no day, or an `until` that is not after `since`.
    UnknownPlaceError
        For a region there is not.
    OSError
        Where the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "kurils.csv"
    >>> export(path, region="kurils").read_text(encoding="utf-8").splitlines()[0][:26]
    'tract,name,region,view,hol'

    """
    from sovietpacific.exports.selection import select
    from sovietpacific.exports.writing import write
    from sovietpacific.loading import atlas_or_shipped

    layout, target = choose(layout, "layout", tuple(LAYOUTS)), read_path(path, "path")
    if target.suffix not in LAYOUTS[layout]:
        allowed = ", ".join(LAYOUTS[layout])
        raise OptionError(
            f"{shown(target.name)} does not end as a file of the layout {layout!r} does; "
            f"allowed: {allowed}"
        )
    selection = select(
        atlas_or_shipped(atlas),
        view=_USUAL_VIEWS[layout] if view is None else view,
        region=region,
        since=since,
        until=until,
        detail=detail,
    )
    write(target, layout, selection)
    return target
