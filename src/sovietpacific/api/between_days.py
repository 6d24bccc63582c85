"""The questions about spans: what changed hands between two days, and when a map changes.

Knows the atlas and how changes become frames; knows nothing of maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sovietpacific.answers import tables
from sovietpacific.answers.changes import list_changes
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.errors import DayError
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.questions.arguments import read_flag
from sovietpacific.questions.names import read_region

if TYPE_CHECKING:
    import pandas

    from sovietpacific.answers.atlas_frame import AtlasFrame


def changes_between(
    first: Day,
    last: Day,
    *,
    view: str = "control",
    region: str | None = None,
    certain_only: bool = False,
    atlas: Atlas | None = None,
) -> AtlasFrame:
    """Return what changed hands after one day, up to and on another: a row per day and act.

    A change of standing alone is a change; a renewal, or one polity following another in a
    lineage, is not.

    Parameters
    ----------
    first : Day
        A day before the first change that is told.
    last : Day
        The last day, itself included.
    view : str
        One of ``load_atlas().views``.
    region : str, optional
        A dotted path, to keep the changes of its tracts alone.
    certain_only : bool
        Keep the tracts whose change is firm and was read in a source, and whose day lies in the
        span wherever in its limits it lies.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    AtlasFrame
        A GeoDataFrame in EPSG:4326 with the columns ``day`` (ISO text, the first day of the new
        holder), ``from`` and ``to`` (holders as in `borders_at`), ``from_standing``,
        ``to_standing``, ``instrument``, ``sources``, ``certainty``, ``seen`` (bool: whether every
        part was read in a source), ``edtf`` (the day where it is known only within limits),
        ``tracts`` (ids joined by ``"; "``), ``area_km2`` (geodesic) and ``geometry``.

    Raises
    ------
    DayError
        For what is no day, a day before the atlas or the map of that state begins or after its
        edition was closed, or a `last` before `first`.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region there is not.
    OptionError
        For a flag that is neither True nor False.

    Examples
    --------
    >>> frame = changes_between("1945-08-30", "1945-08-31", region="kurils")
    >>> frame[["day", "from", "to", "tracts"]].values.tolist()
    [['1945-08-31', 'japan', 'russia', 'urup']]

    """
    atlas = atlas_or_shipped(atlas)
    begin, end, certain_only = (
        parse_day(first),
        parse_day(last),
        read_flag(certain_only, "certain_only"),
    )
    view, region = (
        atlas.time.check_view(view, begin, end),
        read_region(region, atlas.records.regions),
    )
    if end < begin:
        raise DayError(f"{end} is before {begin}; give the earlier day first")
    tracts = atlas.judged_tracts(region)
    rows = list_changes(atlas.time, tracts, view, begin, end, certain_only=certain_only)
    shapes = [atlas.shapes.dissolved(row.tracts, "fine") for row in rows]
    columns = [tables.change_columns(row) for row in rows]
    about = {**atlas.about(view, end, region), "first": begin.isoformat()}
    return tables.geotable(columns, tables.CHANGE_COLUMNS, shapes, about)


def epochs(view: str = "control", *, atlas: Atlas | None = None) -> pandas.DataFrame:
    """Return the epochs of a view, the longest spans in which its map does not change.

    Parameters
    ----------
    view : str
        One of ``load_atlas().views``.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        The columns ``since`` and ``until`` (ISO text; ``until`` is not in the epoch, and missing
        for the last).

    Raises
    ------
    ViewError
        For a view there is not.

    Examples
    --------
    >>> epochs().iloc[0]["since"]
    '1855-01-01'

    """
    atlas = atlas_or_shipped(atlas)
    view = atlas.time.check_view(view)
    edges = atlas.time.edges(view)
    untils = [*(day.isoformat() for day in edges[1:]), None]
    rows = [
        {"since": day.isoformat(), "until": until} for day, until in zip(edges, untils, strict=True)
    ]
    return tables.table(rows, ("since", "until"), {"view": view, "version": atlas.version})
