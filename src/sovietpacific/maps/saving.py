"""Saves maps into files, by their ending a page or a sheet, each written beside and renamed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sovietpacific.arguments import read_path
from sovietpacific.atlas import Atlas
from sovietpacific.beside import beside
from sovietpacific.errors import PlaceError, choose, shown

#: The file endings of days and of comparisons.
ENDINGS = (".html", ".png", ".svg", ".pdf")


def save(
    path: str | Path,
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    title: str | None = None,
    scripts: bool | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Draw one day into a file, by the ending of `path` a web map (.html) or a sheet (.png, .svg, .pdf), and give its path.

    `when`, `view`, `region`, `title` and `atlas` as for `web`; `around` and `scripts` as for `sheet`, and for sheets only: a web
    map is zoomed.  The file is written beside and renamed.  Raises `ViewError` for another ending, and what `web` and `sheet`
    raise.
    """
    target, ending = _target(path, around)
    if ending == ".html":
        from sovietpacific.maps.web_map import web

        return _write_page(web(when, view=view, region=region, title=title, atlas=atlas), target)
    from sovietpacific.maps.sheet_map import sheet

    look: dict[str, Any] = {"title": title, "scripts": scripts}
    return _write_sheet(sheet(when, view=view, region=region, around=around, **look, atlas=atlas), target)


def save_comparison(
    path: str | Path,
    first: Any,
    second: Any,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    title: str | None = None,
    scripts: bool = False,
    atlas: Atlas | None = None,
) -> Path:
    """Draw `first` and `second` compared into a file, by the ending of `path` a web map (.html) or a sheet, and give its path.

    `view`, `region`, `title` and `atlas` as for `compare`; `around` and `scripts` as for `compare_sheet`, and for sheets only.
    The file is written beside and renamed.  Raises `ViewError` for another ending, and what `compare` and `compare_sheet` raise.
    """
    target, ending = _target(path, around)
    if ending == ".html":
        from sovietpacific.maps.compare_map import compare

        return _write_page(compare(first, second, view=view, region=region, title=title, atlas=atlas), target)
    from sovietpacific.maps.sheet_panels import compare_sheet

    look: dict[str, Any] = {"title": title, "scripts": scripts}
    return _write_sheet(compare_sheet(first, second, view=view, region=region, around=around, **look, atlas=atlas), target)


def save_timeline(
    path: str | Path,
    *,
    day: Any = None,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Draw the slider over all days into an .html file at `path`, which opens with no network, and give its path.

    `day`, `view`, `region`, `title` and `atlas` as for `timeline`.  The file is written beside and renamed.  Raises `ViewError`
    for another ending, and what `timeline` raises.
    """
    from sovietpacific.maps.timeline_map import timeline

    target = read_path(path, "path")
    choose(target.suffix.lower(), "file ending", (".html",))
    return _write_page(timeline(day=day, view=view, region=region, title=title, atlas=atlas), target)


def _target(path: str | Path, around: tuple[Any, float] | None) -> tuple[Path, str]:
    target = read_path(path, "path")
    ending = choose(target.suffix.lower(), "file ending", ENDINGS)
    if ending == ".html" and around is not None:
        raise PlaceError(f"around={shown(around)} is for sheets (.png, .svg, .pdf); a web map is zoomed, or takes a region")
    return target, ending


def _write_page(made: Any, target: Path) -> Path:
    page: str = made.get_root().render()
    with beside(target) as part:
        part.write_text(page, encoding="utf-8")
    return target


def _write_sheet(figure: Any, target: Path) -> Path:
    from sovietpacific.maps.sheet_file import write_sheet

    with beside(target) as part:
        write_sheet(figure, part, target.suffix.lower()[1:])
    return target
