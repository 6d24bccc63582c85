"""Draws the pictures of the gallery anew: sheets by matplotlib, pages as Chromium shows them; `make
gallery` runs it.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from sovietpacific import load_atlas, maps
from sovietpacific.files.beside import beside
from sovietpacific.maps.printed.file import write_sheet
from tests.support.browsing import Browser, browser

HERE = Path(__file__).parent

#: How wide a picture is in pixels, and how many colours it keeps, some for what is rare: a page of
#: twenty should load on a train.
WIDE, COLOURS, RARE = 1200, 256, 48

#: Sheets of one day: file, day, and the options of the sheet.
SHEETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("rim-1933", "1933-06-01", {}),
    ("rim-1945", "1945-09-02", {}),
    ("sakhalin-1906", "1906-01-01", {"region": "sakhalin"}),
    ("kurils-1945", "1945-09-02", {"region": "kurils"}),
    ("habomai-1945", "1945-09-03", {"region": "kurils.south.habomai"}),
    ("kwantung-1931", "1931-01-01", {"region": "manchuria.liaodong.kwantung"}),
    ("manchuria-1948", "1948-01-01", {"region": "manchuria"}),
    ("korea-1947", "1947-01-01", {"region": "korea"}),
    ("korea-1953", "1953-08-01", {"region": "korea"}),
    ("heixiazi-2005", "2005-01-01", {"around": ("Heixiazi", 40)}),
    ("khalkhin-gol-1939", "1939-08-01", {"around": ("Nomonhan", 60)}),
)

#: Days the slider is shown on, and how the map is moved first: latitude, longitude, zoom.
SLIDER = {
    "slider-1856": ("1856-01-01", None),
    "slider-1922": ("1922-06-01", None),
    "slider-1945": ("1945-09-02", None),
    "slider-1950": ("1950-09-15", [37.8, 128.5, 6]),
}


#: Moves the map of the slider to a latitude, a longitude and a zoom.
MOVE = """
var move = arguments[0], map = sovietpacific.timelines[0].map;
map.setView(move.slice(0, 2), move[2], {animate: false});
"""

#: The same land on the same day in four views: what the page about views explains.
VIEWS = {
    "control": "Control",
    "sovereignty": "Sovereignty",
    "title": "Title",
    "japan": "Japan's own map",
}


def draw_sheets(names: set[str]) -> None:
    """Draw the sheets, the four panels, the comparison and the film."""
    for name, day, options in SHEETS:
        if name in names:
            keep(name, picture_of(maps.sheet(day, **options)))
    if "four-settlements" in names:
        days = ["1855-02-07", "1875-08-22", "1905-10-15", "1945-09-03"]
        figure = maps.sheets(days, title="Four settlements of the Sakhalin and Kuril border")
        keep("four-settlements", picture_of(figure))
    if "compare-sheet" in names:
        keep("compare-sheet", picture_of(maps.compare_sheet("1904-01-01", "1945-09-03")))
    if "kurils-views" in names:
        keep("kurils-views", four_views("1950-01-01", "kurils"))
    if "august-1945" in names:
        maps.animate(
            HERE / "august-1945.gif", "1945-08-08", "1945-09-05", width=720, region="manchuria"
        )


def four_views(day: str, region: str) -> Image.Image:
    """Return a picture with the sheets of four views beside and below each other."""
    figures = (
        maps.sheet(day, view=view, region=region, width=5, title=title)
        for view, title in VIEWS.items()
    )
    pictures = [picture_of(figure, WIDE // 2) for figure in figures]
    high = max(picture.height for picture in pictures)
    whole = Image.new("RGB", (WIDE, 2 * high), "white")
    for place, picture in enumerate(pictures):
        whole.paste(picture, (place % 2 * (WIDE // 2), place // 2 * high))
    return whole


def picture_of(figure: Any, wide: int = WIDE) -> Image.Image:
    """Return a figure as a picture so many pixels wide."""
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.png"
        write_sheet(figure, path, "png", dpi=wide / figure.get_figwidth())
        content.write(path.read_bytes())
    return Image.open(content)


def draw_pages(names: set[str]) -> None:
    """Show pages in Chromium and keep what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        slider = maps.save_timeline(there / "timeline.html", day="1945-09-02")
        with browser(there / "profile", width=WIDE, height=800) as seen:
            for name, (day, move) in SLIDER.items():
                if name in names:
                    seen.open(slider, f"#day={day}")
                    if move:
                        seen.run(MOVE, move)
                    show(name, seen, there)
            if "web-kurils" in names:
                seen.open(maps.save(there / "web.html", load_atlas().as_of, region="kurils.south"))
                show("web-kurils", seen, there)
            if "compare-page" in names:
                seen.open(maps.save_comparison(there / "compare.html", "1904-01-01", "1945-09-03"))
                show("compare-page", seen, there)
        if "slider-phone" in names:
            with browser(there / "phone", phone=True) as seen:
                seen.open(slider, "#day=1945-09-02")
                show("slider-phone", seen, there)


def show(name: str, seen: Browser, folder: Path) -> None:
    """Keep what the browser shows, once the page has come to rest."""
    seen.driver.execute_async_script("setTimeout(arguments[0], 700)")
    keep(name, Image.open(seen.shot(name, folder)))


def keep(name: str, picture: Image.Image) -> None:
    """Save a picture with few colours, those of land and sea exact, thin lines' as they are.

    It is written beside its place and renamed.
    """
    whole = picture.convert("RGB")
    counted = whole.getcolors(whole.width * whole.height) or ()
    often = sorted(counted, key=lambda entry: -entry[0])[: COLOURS - RARE]
    far = whole.quantize(RARE, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for _, colour in often for part in colour), *far[: 3 * RARE]])
    small = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    with beside(HERE / f"{name}.png") as part:
        small.save(part, format="PNG", optimize=True)
    print(name, (HERE / f"{name}.png").stat().st_size // 1000, "kB")


if __name__ == "__main__":
    known = {name for name, _, _ in SHEETS} | set(SLIDER)
    known |= {
        "four-settlements",
        "kurils-views",
        "compare-sheet",
        "august-1945",
        "web-kurils",
        "compare-page",
        "slider-phone",
    }
    chosen = set(sys.argv[1:]) or known
    if chosen - known:
        wrong, right = (", ".join(sorted(names)) for names in (chosen - known, known))
        sys.exit(f"no pictures are called {wrong}; there are {right}")
    draw_sheets(chosen)
    draw_pages(chosen)
