"""The questions about one day: borders, tracts and lines, as frames with shapes.

Knows the atlas and how rows become frames; knows nothing of maps, which draw these frames.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sovietpacific.answers import tables
from sovietpacific.answers.rows import BorderRow, fold_borders, fold_line, fold_tract, is_asked
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.errors import choose
from sovietpacific.land.shapes import DETAILS
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.questions.arguments import read_flag
from sovietpacific.questions.names import read_region

if TYPE_CHECKING:
    from sovietpacific.answers.atlas_frame import AtlasFrame


def borders_at(
    day: Day,
    *,
    view: str = "control",
    region: str | None = None,
    detail: str = "fine",
    context: bool = False,
    atlas: Atlas | None = None,
) -> AtlasFrame:
    """Return the map of one day: a row per holder, with the land it held dissolved.

    Land is grouped by holder, standing and sovereign.  Every day of one epoch has the same map.

    Parameters
    ----------
    day : Day
        The local civil day; on the day of a change the new holder holds.
    view : str
        Which question is asked: one of ``load_atlas().views``, such as ``"control"``,
        ``"sovereignty"``, ``"title"``, or the map of one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``, to keep its tracts alone.
    detail : {"fine", "light"}
        Full shapes, or shapes of about 1 km.
    context : bool
        Whether to add the backdrop, land that is drawn but not judged, with standing ``context``.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    AtlasFrame
        A GeoDataFrame in EPSG:4326 (longitude, latitude in degrees) with the columns

        - ``holder``: a lineage; ``japan+russia`` for land held in common or shared,
          ``japan|russia`` where it is contested, ``""`` where it is nobody's, undetermined or
          not told;
        - ``polity``: the polities of that day, joined by ``"; "``;
        - ``standing``: the kind of hold;
        - ``sovereign``: the holder in the view ``sovereignty``; on a state's own map, whose that
          map says it is;
        - ``area_km2``: geodesic area;
        - ``tracts``: ids joined by ``"; "``;
        - ``geometry``.

        Its ``attrs`` name view, day, region, data version and credit.

    Raises
    ------
    DayError
        For what is no day, a day before the atlas or the map of that state begins, or one after its
        edition was closed.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region there is not.
    OptionError
        For another detail, or a flag that is neither True nor False.

    Examples
    --------
    >>> frame = borders_at("1950-01-01", region="kurils.south")
    >>> frame[["holder", "standing", "sovereign"]].values.tolist()
    [['russia', 'administered', 'japan|russia']]

    """
    atlas = atlas_or_shipped(atlas)
    asked, detail = parse_day(day), choose(detail, "detail", DETAILS)
    context, region = read_flag(context, "context"), read_region(region, atlas.records.regions)
    view = atlas.time.check_view(view, asked)
    since, _ = atlas.time.epoch(view, asked)
    frame: AtlasFrame = atlas.kept_map(
        (view, since, region, detail, context),
        lambda: _border_frame(atlas, since, view, region, detail, context),
    ).copy()
    frame.attrs = atlas.about(view, asked, region)
    return frame


def _border_frame(
    atlas: Atlas, day: date, view: str, region: str | None, detail: str, context: bool
) -> AtlasFrame:
    rows = fold_borders(atlas.time, atlas.judged_tracts(region), view, day)
    if context:
        backdrop = [tract for tract in atlas.records.tracts.values() if not tract.judged]
        rows.append(BorderRow.backdrop(backdrop))
    shapes = [atlas.shapes.dissolved(row.tracts, detail) for row in rows]
    columns = [tables.border_columns(row) for row in rows]
    return tables.geotable(columns, tables.BORDER_COLUMNS, shapes, {})


def tracts_at(
    day: Day, *, region: str | None = None, detail: str = "fine", atlas: Atlas | None = None
) -> AtlasFrame:
    """Return every tract on one day, a row each, with its holders in all three views.

    Parameters
    ----------
    day : Day
        The local civil day.
    region : str, optional
        A dotted path, such as ``"kurils.south"``, to keep its tracts alone.
    detail : {"fine", "light"}
        Full shapes, or shapes of about 1 km.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    AtlasFrame
        A GeoDataFrame in EPSG:4326 with the columns ``tract`` and ``name``; ``control``,
        ``sovereignty`` and ``title``, the holders as in `borders_at`; ``claimants``; then of the
        tenure of control ``standing``, ``since`` and ``until`` (ISO text, missing while open),
        ``edtf`` (``since`` where it is known only within limits), ``instrument``, ``sources``,
        ``certainty``, ``seen`` and ``note``; ``area_km2`` (geodesic) and ``geometry``.

    Raises
    ------
    DayError
        For what is no day, a day before the atlas begins, or one after its edition was closed.
    UnknownPlaceError
        For a region there is not.
    OptionError
        For another detail.

    Examples
    --------
    >>> frame = tracts_at("1945-09-02", region="kurils.south")
    >>> sorted(frame["tract"])[:2]
    ['anuchin', 'demin']

    """
    atlas = atlas_or_shipped(atlas)
    asked = atlas.time.check_told(parse_day(day))
    detail, region = choose(detail, "detail", DETAILS), read_region(region, atlas.records.regions)
    rows = [fold_tract(atlas.time, tract, asked) for tract in atlas.judged_tracts(region)]
    shapes = [atlas.shapes.of(row.tract.id, detail) for row in rows]
    columns = [tables.tract_columns(row) for row in rows]
    about = atlas.about("all views", asked, region)
    return tables.geotable(columns, tables.TRACT_COLUMNS, shapes, about)


def lines_at(
    day: Day,
    *,
    view: str = "control",
    region: str | None = None,
    detail: str = "fine",
    atlas: Atlas | None = None,
) -> AtlasFrame:
    """Return the lines of one day: where two holders met, and every named line in force.

    Nothing is interpolated: a front holds until the next one is drawn, and ``since`` says of which
    day it is.

    Parameters
    ----------
    day : Day
        The local civil day.
    view : str
        One of ``load_atlas().views``.
    region : str, optional
        A dotted path, to keep the lines between its tracts and the free lines that belong to it.
    detail : {"fine", "light"}
        Full lines, or lines of about 1 km.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    AtlasFrame
        A GeoDataFrame of lines in EPSG:4326 with the columns

        - ``line`` (id, ``""`` if unnamed) and ``name``;
        - ``left`` and ``right``, the two holders, in alphabetical order; ``left_tract`` and
          ``right_tract``;
        - ``kind``, such as ``river`` or ``parallel``;
        - ``since``, since when these two have met here, or the line has been in force (ISO text);
        - ``accuracy_km``, how far off the line may be;
        - ``status``: ``edge`` where two different holders meet; ``line`` for a named line in force
          that parts no two holders; ``front`` for the front of the Korean War as last drawn;
        - of the named line in force ``basis`` (the instrument), ``sources``, ``certainty``,
          ``seen`` and ``note``;
        - ``geometry``.

    Raises
    ------
    DayError
        For what is no day, a day before the atlas or the map of that state begins, or one after its
        edition was closed.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region there is not.
    OptionError
        For another detail.

    Examples
    --------
    >>> frame = lines_at("1950-01-01", region="korea")
    >>> "parallel-38" in set(frame["line"])
    True

    """
    atlas = atlas_or_shipped(atlas)
    asked, detail = parse_day(day), choose(detail, "detail", DETAILS)
    view = atlas.time.check_view(view, asked)
    region = read_region(region, atlas.records.regions)
    judged = {tract.id for tract in atlas.judged_tracts(region)}
    lines = atlas.records.lines
    edges = [edge for edge in atlas.shapes.edges if is_asked(edge, lines, judged, region)]
    folded = [
        (fold_line(atlas.time, edge, lines.get(edge.line), view, asked), edge) for edge in edges
    ]
    kept = [(row, edge) for row, edge in folded if row is not None]
    columns = [tables.line_columns(row) for row, _ in kept]
    shapes = [edge.geometry if detail == "fine" else edge.light for _, edge in kept]
    about = atlas.about(view, asked, region)
    return tables.geotable(columns, tables.LINE_COLUMNS, shapes, about)
