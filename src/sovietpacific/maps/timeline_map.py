"""Draws all days as one Folium map with a slider: each tract stands in the page once and is recoloured as its answer changes."""

from __future__ import annotations

import html
from typing import Any

import folium
from folium.template import Template

from sovietpacific.arguments import read_title
from sovietpacific.atlas import Atlas
from sovietpacific.dates import parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.page import Drawing, OfflineMap, Verbatim, asset
from sovietpacific.maps.timeline_data import timeline_payload

#: What the page of the slider needs beside the drawing of every page, in the order in which the scripts need each other.
_ASSETS = (
    "timeline.css",
    *(f"timeline_{part}.js" for part in ("answers", "cards", "track", "bar", "polities", "export")),
    "timeline.js",
)


class Timeline(Drawing):
    """The slider over all days as an element to add to a Folium map; all text arrives in the page as text.

    On an `OfflineMap` the saved page asks nothing of the network; on a stock `folium.Map` it loads Leaflet as that map does.
    """

    #: As that of a drawing, but for the name in the page: what scripts may ask of a slider stands in `sovietpacific.timelines`.
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "sovietpacific.{{ this.call }}({{ this._parent.get_name() }}, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(
        self,
        *,
        day: Any = None,
        view: str = "control",
        region: str | None = None,
        title: str | None = None,
        atlas: Atlas | None = None,
    ) -> None:
        """Write what the page has to know; `day` is the one it opens with, the last where it is None."""
        shown = None if day is None else parse_day(day)
        self.content = timeline_payload(atlas_or_shipped(atlas), shown, view, region, read_title(title))
        super().__init__("timeline", self.content, _ASSETS)
        self._name = "Timeline"

    def render(self, **options: Any) -> Any:
        """Put the drawing of every page into the head of a stock map too, then what the slider needs, then the call."""
        if not isinstance(self._parent, OfflineMap):
            root: Any = self.get_root()
            drawing = f"<style>{asset('land.css')}</style><script>{asset('land.js')}</script>"
            root.header.add_child(Verbatim(drawing), name="sovietpacific_land")
        return super().render(**options)


def timeline(
    *, day: Any = None, view: str = "control", region: str | None = None, title: str | None = None, atlas: Atlas | None = None
) -> folium.Map:
    """Draw all days as a Folium map with a slider; `maps.timeline` says how and of what."""
    slider = Timeline(day=day, view=view, region=region, title=title, atlas=atlas)
    made = OfflineMap(
        location=(46, 134),
        zoom_start=4,
        tiles=None,
        prefer_canvas=False,
        world_copy_jump=False,
        zoom_control="topright",
        zoom_snap=0.25,
    )
    root: Any = made.get_root()
    root.title = html.escape(slider.content["title"])
    made.add_child(slider)
    return made
