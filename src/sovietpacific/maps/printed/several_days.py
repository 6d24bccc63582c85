"""Draws several days on one sheet: small multiples with one extent, one legend and one scale, and
the comparison of two days.

Knows the parts of a sheet and nothing of how each is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Integral
from typing import TYPE_CHECKING, Any

from sovietpacific.answers.words import sheets as words_of
from sovietpacific.answers.words import views
from sovietpacific.answers.words.days import long_day
from sovietpacific.answers.words.wording import text
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.errors import DayError, OptionError, shown
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.printed import captions
from sovietpacific.maps.printed.changes import changes_on
from sovietpacific.maps.printed.extent import Extent, extent_of
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.side_by_side import ACT, GUTTER, PANEL_TITLE, Plan, draw_plan
from sovietpacific.maps.printed.typefaces import printable, shortened, wrapped
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.differences import net_differences, untold_tracts
from sovietpacific.questions.arguments import is_number, read_flag, read_list, read_text, read_title
from sovietpacific.questions.names import read_region
from sovietpacific.questions.positions import Place

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Width of a sheet of several maps in inches, if none is given.
WIDTH = 11.7

#: How many maps one sheet takes.
MOST_PANELS = 24


def sheets(
    days: Sequence[Day],
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    titles: Sequence[str] | None = None,
    title: str | None = None,
    columns: int | None = None,
    scripts: bool = False,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Return several days on one sheet, as small maps of one extent.

    All maps have the same colours, one legend and one scale bar.

    Parameters
    ----------
    days : sequence of Day
        The days, in the order in which they stand.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side.
    titles : sequence of str, optional
        A title per day, in place of the act that stands above each map.
    title : str, optional
        A title of your own.
    columns : int, optional
        How many maps stand side by side.
    scripts : bool
        Whether a name is followed by the official one in another script.
    width : float, optional
        The width in inches.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    matplotlib.figure.Figure
        A figure to be saved with ``.savefig(path)``; one unit of its axes is one point of print.

    Raises
    ------
    DayError
        For what is no day, one that the atlas, or the map of that state, does not tell of, no days
        or too many.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size, or another number of titles.
    PlaceError
        For an `around` that is no window.

    Examples
    --------
    >>> figure = sheets(["1945-08-08", "1945-09-05"], region="kurils")
    >>> type(figure).__name__
    'SheetFigure'

    """
    atlas, title = atlas_or_shipped(atlas), read_title(title)
    scripts, parsed = read_flag(scripts, "scripts"), _read_days(days)
    own_titles = _read_titles(titles, len(parsed))
    view = atlas.time.check_view(view, *parsed)
    extent = extent_of(atlas, region, around)
    across = _read_columns(columns, len(parsed), extent)
    panel = Panel(atlas, extent, captions.map_width(width, WIDTH, across, GUTTER))
    above = [_titled(panel, day, view, own) for day, own in zip(parsed, own_titles, strict=True)]
    first, last = min(parsed).year, max(parsed).year
    heading = title or text(views.years_title(first, last, extent.name))
    day_maps = [DayMap(atlas, view, day) for day in parsed]
    return draw_plan(Plan(panel, day_maps, above, across, heading, scripts))


def _read_days(days: Any) -> list[date]:
    """Return the days of a sheet, or raise `DayError` for what is no list, none or too many."""
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise DayError(
            f"days={shown(days)} is no list of days; give one, such as ['1945-08-08', '1945-09-02']"
        )
    parsed = [parse_day(day) for day in read_list(days, "days")]
    if not 1 <= len(parsed) <= MOST_PANELS:
        raise DayError(f"{len(parsed)} days were given; a sheet takes 1 to {MOST_PANELS}")
    return parsed


def _read_titles(titles: Any, count: int) -> list[str | None]:
    """Return the title given for each of so many days, or None for each."""
    if titles is None:
        return [None] * count
    read: list[str | None] = [read_text(one, "titles") for one in read_list(titles, "titles")]
    if len(read) != count:
        raise OptionError(f"{len(read)} titles were given for {count} days; give one for each")
    return read


def _read_columns(columns: Any, count: int, extent: Extent) -> int:
    """Return how many of so many maps stand side by side, as given or as suits a page."""
    if columns is None:
        return _across(count, extent)
    if not (is_number(columns, Integral) and 1 <= columns <= count):
        raise OptionError(
            f"columns={shown(columns)} is given; {count} maps stand in 1 to {count} columns"
        )
    return int(columns)


def compare_sheet(
    first: Day,
    last: Day,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    title: str | None = None,
    scripts: bool = False,
    width: float | None = None,
    atlas: Atlas | None = None,
) -> Figure:
    """Return two days side by side on one sheet, what changed hands measured.

    What changed hands is outlined, numbered, and measured in a table below: the net differences in
    km² (geodesic, of the fine shapes).  What was lost and won back in between is not told.

    Parameters
    ----------
    first, last : Day
        The two days, in order.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side.
    title : str, optional
        A title of your own.
    scripts : bool
        Whether a name is followed by the official one in another script.
    width : float, optional
        The width in inches.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    matplotlib.figure.Figure
        A figure to be saved with ``.savefig(path)``; one unit of its axes is one point of print.

    Raises
    ------
    DayError
        For what is no day, one that the atlas, or the map of that state, does not tell of, or a
        `last` before `first`.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size.
    PlaceError
        For an `around` that is no window.

    Examples
    --------
    >>> figure = compare_sheet("1945-08-08", "1945-09-05", region="kurils")
    >>> type(figure).__name__
    'SheetFigure'

    """
    atlas, title, scripts = (
        atlas_or_shipped(atlas),
        read_title(title),
        read_flag(scripts, "scripts"),
    )
    days = [parse_day(first), parse_day(last)]
    view = atlas.time.check_view(view, *days)
    day_maps = [DayMap(atlas, view, day) for day in days]
    region = read_region(region, atlas.records.regions)
    found = net_differences(day_maps[0], day_maps[1], region)
    extent = extent_of(atlas, region, around)
    across = 2 if extent.wide < 1.9 * extent.high else 1
    panel = Panel(atlas, extent, captions.map_width(width, WIDTH, across, GUTTER))
    changes = changes_on(panel, found, local=around is not None)
    above = [_titled(panel, day, view, None) for day in days]
    heading = title or text(views.changes_title(days[0], days[1], extent.name))
    untold = any(tract in panel.seen for tract in untold_tracts(day_maps))
    return draw_plan(Plan(panel, day_maps, above, across, heading, scripts, changes, untold))


def _across(count: int, extent: Extent) -> int:
    """Give how many panels stand side by side so that the sheet is nearest to a page."""
    shape = extent.high / extent.wide

    def off(across: int) -> float:
        rows = -(-count // across)
        return abs(rows * shape / across - 0.75) + 0.2 * (rows * across - count)

    return min(range(1, min(count, 6) + 1), key=off)


def _titled(panel: Panel, day: date, view: str, given: str | None) -> list[tuple[str, str]]:
    """Give the lines above a panel with their faces: the day, and the act of the last change seen
    on it; or title and day.
    """
    if given is not None:
        title = printable(given)
        dated = (
            []
            if captions.tells_day(title, day)
            else [(shortened(text(long_day(day)), ACT, panel.wide), "sans")]
        )
        return [
            *((line, "bold") for line in wrapped(title, PANEL_TITLE, panel.wide, "bold")),
            *dated,
        ]
    since, _, acts = captions.span_of(panel, view, day)
    heading = wrapped(text(long_day(day)), PANEL_TITLE, panel.wide, "bold")
    words = shortened(text(words_of.since(since, acts)), ACT, panel.wide)
    return [*((line, "bold") for line in heading), (words, "sans")]
