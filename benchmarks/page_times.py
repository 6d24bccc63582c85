"""Opens pages in Chromium with the network blocked, and times their loading and their changes from
one painted frame to the next.

Loaded is a page in whose map every judged tract has a path, when the frame that shows them is
painted: at the second of two animation frames of which the first found the paths. A change lasts
from the call, or from the `input` event of the slider, to the second animation frame after it: the
first one paints what the change did, the second comes when that is done.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from map_data import History, milliseconds

from sovietpacific.answers.palette import Fill
from tests.support.browsing import Browser

#: A page that has not drawn its tracts after so many seconds is taken not to draw them.
PATIENCE = 90.0

#: How long a page that has loaded is left alone, in seconds: some still zoom to their bounds.
SETTLING = 1.0

#: How long (ms) a page rests between two changes.
REST = 80

_WATCH = """
(function () {
  function look() {
    var paths = document.querySelectorAll(".leaflet-map-pane path");
    if (paths.length < TRACTS) return requestAnimationFrame(look);
    requestAnimationFrame(function () { window.benchmarkLoaded = performance.now(); });
  }
  requestAnimationFrame(look);
})();
"""

_CHANGE = """
var steps = arguments[0], rest = arguments[2];
var go = new Function("day", "ms", "index", arguments[1]);
var done = arguments[arguments.length - 1], times = [];
function next() {
  if (!steps.length) return done(times);
  var step = steps.shift(), start = performance.now();
  go.apply(null, step);
  var called = performance.now() - start;
  requestAnimationFrame(function () { requestAnimationFrame(function () {
    times.push([called, performance.now() - start]);
    setTimeout(next, rest);
  }); });
}
next();
"""

_SEEN = """
var map = Object.values(window).find(function (v) { return v instanceof L.Map; });
var corner = map.getContainer().getBoundingClientRect();
function fill(path) {
  var look = getComputedStyle(path), pattern = look.fill.match(/url\\("?#([^")]+)"?\\)/);
  if (look.fill === "none" || +look.fillOpacity === 0) return null;
  if (!pattern) return [look.fill];
  var stripes = document.getElementById(pattern[1]).querySelectorAll("rect");
  return Array.from(stripes).map(function (rect) { return getComputedStyle(rect).fill; });
}
return arguments[0].map(function (place) {
  var point = map.latLngToContainerPoint(place);
  var x = corner.left + point.x, y = corner.top + point.y;
  if (point.x < 0 || point.y < 0 || x > innerWidth || y > innerHeight) return null;
  var paths = document.elementsFromPoint(x, y).filter(function (node) {
    return node.tagName === "path";
  });
  return paths.map(fill).find(Boolean) || [];
});
"""


def watch_loading(seen: Browser, tracts: int) -> None:
    """Let every page that is opened from now on note when it has loaded."""
    seen.driver.set_script_timeout(PATIENCE)
    source = _WATCH.replace("TRACTS", str(tracts))
    seen.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})


def load(seen: Browser, page: Path, patience: float = PATIENCE) -> float | None:
    """Open a page; return the seconds until it had loaded, None where it draws no tracts."""
    seen.open(page)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        loaded = seen.run("return window.benchmarkLoaded || 0")
        if loaded:
            time.sleep(SETTLING)
            return float(loaded) / 1000
        time.sleep(0.05)
    return None


def change(
    seen: Browser, go: str, history: History, days: Sequence[date], rest: int = REST
) -> list[tuple[float, float]]:
    """Step the open page from day to day.

    Return per change the milliseconds until the call came back, and until the frame.
    """
    steps = [[day.isoformat(), milliseconds(day), history.epoch(day)] for day in days]
    return [
        (called, painted)
        for called, painted in seen.driver.execute_async_script(_CHANGE, steps, go, rest)
    ]


def processor_seconds(seen: Browser) -> float:
    """Return the processor time that all processes of the browser have taken.

    Painting happens in others than the page's own.
    """
    processes = psutil.Process(seen.driver.service.process.pid).children(recursive=True)
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def count_right(seen: Browser, history: History, day: date, striped: bool) -> tuple[int, int]:
    """Return how many large tracts in the window have the atlas's colour, and how many there are.

    The colour is that at the middle of a tract. On a page without stripes it is the holder's, on
    one with stripes both count.
    """
    tracts = list(history.middles)
    seen_colours = seen.run(_SEEN, [history.middles[tract] for tract in tracts])
    index = history.epoch(day)
    shown = {
        tract: colours
        for tract, colours in zip(tracts, seen_colours, strict=True)
        if colours is not None
    }
    right = 0
    for tract, colours in shown.items():
        fill = history.fills[tract][index] if striped else Fill(history.colours[tract][index])
        right += colours == [_css(colour) for colour in (fill.base, fill.stripe) if colour]
    return right, len(shown)


def draws_unaided(seen: Browser, page: Path) -> bool:
    """Return whether a page as it was saved draws its tracts with no network."""
    return load(seen, page, patience=5) is not None


def _css(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


def texts_of(versions: dict[str, Any]) -> str:
    """Return the browser's and the driver's versions as a text."""
    driver = versions["chrome"]["chromedriverVersion"].split()[0]
    return f"Chromium {versions['browserVersion']}, chromedriver {driver}"
