"""Measures the slider's page in Chromium: its size, how soon it stands, how soon a change is seen; beside Folium's own sliders.

Run with `python benchmarks/slider.py`; it needs the test extras, Chromium and its driver.  Folium's pages cannot be opened here:
they ask the network for their scripts, so of them only the size is told.  A change is timed from `set(day)` to the next frame.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import folium
import shapely
from folium.plugins import Timeline as FoliumTimeline
from folium.plugins import TimeSliderChoropleth
from timing import table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browsing import Browser, browser
from sovietpacific import load_atlas, maps
from sovietpacific.atlas import Atlas
from sovietpacific.maps import style

#: Goes through all changes of a view, each a while after the one before, and tells how long each took to its frame.
CHANGES = """
const done = arguments[1], slider = sovietpacific.timelines[0], times = [];
slider.view(arguments[0]);
const days = slider.changes;
function next(at) {
  if (at >= days.length) return done(times);
  const begun = performance.now();
  slider.set(days[at]);
  requestAnimationFrame(() => { times.push(performance.now() - begun); setTimeout(next, 80, at + 1); });
}
setTimeout(next, 300, 0);
"""


def stock(atlas: Atlas) -> dict[str, folium.Map]:
    """Draw control through time with Folium's own sliders: shapes and days as ours, fills only."""
    features, styles, spans = [], {}, []
    for tract in (tract for tract in atlas.tracts.values() if tract.judged):
        shape = shapely.geometry.mapping(shapely.set_precision(atlas.shapes.of(tract.id, "light"), 0.001))
        features.append({"type": "Feature", "id": tract.id, "geometry": shape, "properties": {}})
        holds = atlas.time.holds(tract.id, "control")
        styles[tract.id] = {}
        for hold in holds:
            colour = style.fill_of(hold.holder, "sovereign", hold.holder).base
            stamp = (hold.tenure.since - atlas.records.first_day).days * 86400
            styles[tract.id][str(stamp)] = {"color": colour, "opacity": 1}
            days = {"start": str(hold.tenure.since), "end": str(hold.until or atlas.as_of), "holder": hold.holder}
            spans.append({"type": "Feature", "geometry": shape, "properties": days})
    made = {"folium TimeSliderChoropleth": folium.Map(tiles=None), "folium Timeline": folium.Map(tiles=None)}
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    TimeSliderChoropleth(collection, styledict=styles).add_to(made["folium TimeSliderChoropleth"])
    FoliumTimeline({"type": "FeatureCollection", "features": spans}).add_to(made["folium Timeline"])
    return made


def measured(seen: Browser, page: Path) -> tuple[str, str]:
    """Give how soon the page stands (median of five) and how soon a change is seen (median and 95th percentile)."""
    loads = []
    for _ in range(5):
        seen.open(page)
        loads.append(seen.run("return performance.getEntriesByType('navigation')[0].loadEventEnd"))
    seen.driver.set_script_timeout(120)
    times = sorted(seen.driver.execute_async_script(CHANGES, "control"))
    return f"{statistics.median(loads) / 1000:.2f} s", f"{statistics.median(times):.0f} / {times[int(0.95 * len(times))]:.0f} ms"


def main() -> None:
    """Print the table."""
    atlas = load_atlas()
    with tempfile.TemporaryDirectory() as folder:
        page = maps.save_timeline(Path(folder) / "slider.html")
        with browser(Path(folder) / "profile") as seen:
            load, change = measured(seen, page)
            seen.check(page)
        rows = [["maps.timeline, ten views", f"{page.stat().st_size / 1e6:.2f} MB", "0", load, change]]
    for name, made in stock(atlas).items():
        text = made.get_root().render()
        asked = len(set(re.findall(r"(?:src|href)=\"(https?://[^\"]+)\"", text)))
        rows.append([f"{name}, control only", f"{len(text.encode()) / 1e6:.2f} MB", str(asked), "", ""])
    print(table(["page", "size", "files asked of the network", "load", "change: median / p95"], rows))


if __name__ == "__main__":
    main()
