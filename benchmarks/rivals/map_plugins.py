"""Makes the pages of the ways to show history that Folium and geopandas have, each in the form that
serves it best.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import folium
import geopandas
import shapely
from folium.plugins import Timeline, TimelineSlider, TimeSliderChoropleth, TimestampedGeoJson
from folium.utilities import JsCode
from map_data import History, milliseconds

import sovietpacific as sp
from sovietpacific import maps

#: What all maps show at first.
BOUNDS = [[34.0, 112.0], [54.0, 157.0]]

#: The day of the ways that show one.
ONE_DAY = "1945-09-02"


@dataclass(frozen=True)
class Way:
    """A way to a page.

    `go` is JavaScript that steps the page to a day by `day` (ISO), `ms` and `index` (of the epoch),
    or is empty. A page that is `bare` loads its scripts from the network until they are put inside;
    `striped` ones show the sovereign too.
    """

    name: str
    what: str
    build: Callable[[History], str]
    go: str = ""
    bare: bool = True
    striped: bool = False


def _map() -> folium.Map:
    page = folium.Map(tiles=None, location=(46, 134), zoom_start=4)
    page.fit_bounds(BOUNDS)
    return page


def _html(page: folium.Map) -> str:
    html: str = page.get_root().render()
    return html


def _style(colour: str) -> dict[str, Any]:
    return {"fillColor": colour, "fillOpacity": 1, "color": "#6E7F8A", "weight": 0.5}


def _feature(shape: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape, "properties": properties}


def timeline(history: History) -> str:
    """Return a page of `Timeline` with a feature per tract and spell of one colour.

    The end of a spell is shut out.
    """
    last = milliseconds(history.atlas.as_of) + 86_400_000
    features = [
        _feature(
            history.shapes[tract],
            tract=tract,
            start=milliseconds(since),
            end=milliseconds(until) if until else last,
            endExclusive=True,
            colour=colour,
        )
        for tract, since, until, colour in history.spells()
    ]
    look = JsCode(
        "function (f) { return {fillColor: f.properties.colour, fillOpacity: 1, "
        "color: '#6E7F8A', weight: 0.5}; }"
    )
    page = _map()
    layer = Timeline({"type": "FeatureCollection", "features": features}, style=look).add_to(page)
    slider = TimelineSlider(auto_play=False, show_ticks=False, date_options="YYYY-MM-DD")
    slider.add_timelines(layer).add_to(page)
    return _html(page)


def choropleth(history: History) -> str:
    """Return a page of `TimeSliderChoropleth` with each tract once, and a style for each epoch.

    The plugin keeps no style over from the epoch before.
    """
    return _choropleth(history, {tract: tract for tract in history.shapes})


def choropleth_spaced(history: History) -> str:
    """Return the same with ids like `china proper`.

    The plugin looks for an id as a CSS selector, in which a space ends it.
    """
    return _choropleth(history, {tract: tract.replace("-", " ") for tract in history.shapes})


def _choropleth(history: History, ids: dict[str, str]) -> str:
    features = [{**_feature(shape), "id": ids[tract]} for tract, shape in history.shapes.items()]
    stamps = [str(milliseconds(day) // 1000) for day in history.epochs]
    styles = {
        ids[tract]: {
            stamp: {"color": colour, "opacity": 1}
            for stamp, colour in zip(stamps, colours, strict=True)
        }
        for tract, colours in history.colours.items()
    }
    page = _map()
    collection = json.dumps({"type": "FeatureCollection", "features": features})
    TimeSliderChoropleth(collection, styles).add_to(page)
    return _html(page)


def timestamped(history: History) -> str:
    """Return a page of `TimestampedGeoJson` with a feature per tract and spell.

    Later ones lie over earlier ones, and none is taken away for 400 years. A spell cannot have an
    end: a second time would cut the shape, for times belong to the parts of a shape. So each part
    has the spell's first day; and without a duration the plugin shows nothing before 1970.
    """
    features = [
        _feature(
            shape, times=[milliseconds(since)] * len(shape["coordinates"]), style=_style(colour)
        )
        for tract, since, _, colour in sorted(history.spells(), key=lambda spell: spell.since)
        for shape in [history.shapes[tract]]
    ]
    return _timestamped(features, period="P1D", duration="P400Y")


def timestamped_copies(history: History) -> str:
    """Return a page as the plugin's documentation has it: every tract anew on each date."""
    features = [
        _feature(
            shape,
            times=[milliseconds(day)] * len(shape["coordinates"]),
            style=_style(history.colours[tract][index]),
        )
        for index, day in enumerate(history.epochs)
        for tract, shape in history.shapes.items()
    ]
    return _timestamped(features, period="P1D", duration="PT1H")


def _timestamped(features: list[dict[str, Any]], period: str, duration: str) -> str:
    page = _map()
    collection = {"type": "FeatureCollection", "features": features}
    TimestampedGeoJson(
        collection, period=period, duration=duration, auto_play=False, date_options="YYYY-MM-DD"
    ).add_to(page)
    return _html(page)


def explored(history: History) -> str:
    """Return a page on which geopandas draws the tracts of one day, by holder."""
    frame = sp.tracts_at(ONE_DAY, detail="light", atlas=history.atlas)
    frame.geometry = geopandas.GeoSeries(
        [shapely.from_geojson(json.dumps(history.shapes[tract])) for tract in frame["tract"]],
        crs=frame.crs,
        index=frame.index,
    )
    index = history.epoch(date.fromisoformat(ONE_DAY))
    colours = [history.colours[tract][index] for tract in frame["tract"]]
    shown = frame[["tract", "name", "control", "standing", "since", "geometry"]]
    page = shown.explore(color=colours, tiles=None, style_kwds={"fillOpacity": 1, "weight": 0.5})
    page.fit_bounds(BOUNDS)
    return _html(page)


def our_timeline(history: History) -> str:
    """Return our own page with the slider."""
    return _html(maps.timeline(atlas=history.atlas))


def our_day(history: History) -> str:
    """Return our own page of one day."""
    return _html(maps.web(ONE_DAY, atlas=history.atlas))


_SLIDE = (
    "var s = document.querySelector('input[type=range]'); s.value = index; "
    "s.dispatchEvent(new Event('input'))"
)

#: All ways: ours first, then those with a slider, then those of one day.
WAYS = (
    Way(
        "ours",
        "maps.timeline()",
        our_timeline,
        "sovietpacific.timelines[0].set(day)",
        bare=False,
        striped=True,
    ),
    Way(
        "Timeline",
        "folium.plugins.Timeline with TimelineSlider, a feature per spell",
        timeline,
        "var s = document.querySelector('.time-slider'); s.value = ms; "
        "s.dispatchEvent(new Event('input', {bubbles: true}))",
    ),
    Way(
        "TimeSliderChoropleth",
        "folium.plugins.TimeSliderChoropleth, a style per tract and epoch",
        choropleth,
        _SLIDE,
    ),
    Way(
        "TimestampedGeoJson",
        "folium.plugins.TimestampedGeoJson, a feature per spell laid over those before",
        timestamped,
        "Object.values(window).find(function (v) { return v instanceof L.Map; })"
        ".timeDimension.setCurrentTime(ms)",
    ),
    Way(
        "TimeSliderChoropleth with spaces",
        "the same with ids that have spaces for their hyphens",
        choropleth_spaced,
        _SLIDE,
    ),
    Way("ours of one day", "maps.web()", our_day, bare=False, striped=True),
    Way("explore of one day", "GeoDataFrame.explore()", explored),
)
