"""Save maps into files, by their ending a page or a sheet, each written beside and renamed.

Knows endings and renaming, and nothing of how a page or a sheet is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day
from sovietpacific.errors import PlaceError, choose, shown
from sovietpacific.files.beside import beside
from sovietpacific.questions.arguments import read_path
from sovietpacific.questions.positions import Place

#: The file endings of days and of comparisons.
ENDINGS = (".html", ".png", ".svg", ".pdf")


def save(
    path: str | Path,
    day: Day,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    title: str | None = None,
    scripts: bool | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Draw one day into a file, and return its path.

    The file is written beside its place and renamed when it is whole.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, by its ending a web map (``.html``) or a sheet (``.png``, ``.svg``, ``.pdf``).
    day : Day
        The local civil day.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side;
        for sheets only, since a web map is zoomed.
    title : str, optional
        A title of your own.
    scripts : bool, optional
        As for `sheet`, and for sheets only.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pathlib.Path
        The path of the file.

    Raises
    ------
    DayError
        For what is no day, or one that the atlas, or the map of that state, does not tell of.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size, or an ending no map has.
    PlaceError
        For an `around` that is no window, or that is given for a web map.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> save(pathlib.Path(tempfile.mkdtemp()) / "kurils.png", "1945-09-02", region="kurils").name
    'kurils.png'

    """
    target, ending = _target(path, around)
    if ending == ".html":
        from sovietpacific.maps.pages.day import web

        return _write_page(web(day, view=view, region=region, title=title, atlas=atlas), target)
    from sovietpacific.maps.printed.one_day import sheet

    look: dict[str, Any] = {"title": title, "scripts": scripts}
    return _write_sheet(
        sheet(day, view=view, region=region, around=around, **look, atlas=atlas), target
    )


def save_comparison(
    path: str | Path,
    first: Day,
    last: Day,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    title: str | None = None,
    scripts: bool = False,
    atlas: Atlas | None = None,
) -> Path:
    """Draw two days compared into a file, and return its path.

    The file is written beside its place and renamed when it is whole.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, by its ending a web map (``.html``) or a sheet (``.png``, ``.svg``, ``.pdf``).
    first, last : Day
        The two days, in order.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side;
        for sheets only, since a web map is zoomed.
    title : str, optional
        A title of your own.
    scripts : bool
        As for `compare_sheet`, and for sheets only.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pathlib.Path
        The path of the file.

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
        For an option of the wrong kind or size, or an ending no map has.
    PlaceError
        For an `around` that is no window, or that is given for a web map.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "august.html"
    >>> save_comparison(path, "1945-08-08", "1945-09-05", region="kurils").name
    'august.html'

    """
    target, ending = _target(path, around)
    if ending == ".html":
        from sovietpacific.maps.pages.two_days import compare

        return _write_page(
            compare(first, last, view=view, region=region, title=title, atlas=atlas), target
        )
    from sovietpacific.maps.printed.several_days import compare_sheet

    look: dict[str, Any] = {"title": title, "scripts": scripts}
    return _write_sheet(
        compare_sheet(first, last, view=view, region=region, around=around, **look, atlas=atlas),
        target,
    )


def save_timeline(
    path: str | Path,
    *,
    day: Day | None = None,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Draw the slider over all days into a page, and return its path.

    The page opens with no network.  It is written beside its place and renamed when it is whole.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, with the ending ``.html``.
    day : Day, optional
        The day it opens on; the last day of the atlas unless given.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    title : str, optional
        A title of your own.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pathlib.Path
        The path of the file.

    Raises
    ------
    DayError
        For what is no day, or one that the atlas, or the map of that state, does not tell of.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size, or an ending no map has.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> save_timeline(pathlib.Path(tempfile.mkdtemp()) / "kurils.html", region="kurils").name
    'kurils.html'

    """
    from sovietpacific.maps.pages.slider import timeline

    target = read_path(path, "path")
    choose(target.suffix.lower(), "file ending", (".html",))
    return _write_page(
        timeline(day=day, view=view, region=region, title=title, atlas=atlas), target
    )


def _target(path: str | Path, around: tuple[Any, float] | None) -> tuple[Path, str]:
    """Return the path and its ending, or raise `PlaceError` for a window on a web map."""
    target = read_path(path, "path")
    ending = choose(target.suffix.lower(), "file ending", ENDINGS)
    if ending == ".html" and around is not None:
        raise PlaceError(
            f"around={shown(around)} is for sheets (.png, .svg, .pdf); "
            "a web map is zoomed, or takes a region"
        )
    return target, ending


def _write_page(page: Any, target: Path) -> Path:
    """Write a map as a page, and return the path."""
    html: str = page.get_root().render()
    with beside(target) as part:
        part.write_text(html, encoding="utf-8")
    return target


def _write_sheet(figure: Any, target: Path) -> Path:
    """Write a figure as its ending says, and return the path."""
    from sovietpacific.maps.printed.file import write_sheet

    with beside(target) as part:
        write_sheet(figure, part, target.suffix.lower()[1:])
    return target
