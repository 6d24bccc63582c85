"""Draw all days as one Folium map with a slider.

Knows the page and nothing of how its data is written.

Each tract stands in the page once and is recoloured as its answer changes. What the page knows is
written by `slider_data`; here is only the element that holds it.
"""

from __future__ import annotations

import html
from typing import Any

import folium
from folium.template import Template

from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.pages.offline import Drawing, OfflineMap, Verbatim, asset
from sovietpacific.maps.pages.slider_data import timeline_payload
from sovietpacific.questions.arguments import read_title

#: What the page of the slider needs beside the drawing of every page, in the order in which the
#: scripts need each other.
_ASSETS = (
    "timeline.css",
    *(f"timeline_{part}.js" for part in ("answers", "cards", "track", "bar", "polities", "export")),
    "timeline.js",
)


class Timeline(Drawing):
    """The slider over all days as an element to add to a Folium map.

    All text arrives in the page as text. On an `OfflineMap` the saved page asks nothing of the
    network; on a stock `folium.Map` it loads Leaflet as that map does.
    """

    #: As that of a drawing, but for the name in the page: what scripts may ask of a slider stands
    #: in `sovietpacific.timelines`.
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
        """Write what the page has to know; it opens on `day`, by default the last day."""
        atlas = atlas_or_shipped(atlas)
        opens_on = None if day is None else parse_day(day)
        self.content = timeline_payload(atlas, opens_on, view, region, read_title(title))
        super().__init__("timeline", self.content, _ASSETS)
        self._name = "Timeline"

    def render(self, **options: Any) -> Any:
        """Put what the slider needs into the head, then the call.

        A stock map also gets the drawing that every page of ours has.
        """
        if not isinstance(self._parent, OfflineMap):
            root: Any = self.get_root()
            drawing = f"<style>{asset('land.css')}</style><script>{asset('land.js')}</script>"
            root.header.add_child(Verbatim(drawing), name="sovietpacific_land")
        return super().render(**options)


def timeline(
    *,
    day: Day | None = None,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Return all days as one web map with a slider, which needs no network.

    The page answers for every day and view what the atlas answers, from tables written into it.
    Before a state's first map its base view is shown faded, and the page says so.

    Parameters
    ----------
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
    folium.Map
        A map to be saved with ``.save(path)`` or shown as the value of a notebook's cell; Folium
        layers may be added to it.  The page it makes asks nothing of the network.

    Raises
    ------
    DayError
        For what is no day, or one that the atlas, or the map of that state, does not tell of.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size.

    Examples
    --------
    >>> page = timeline(region="kurils", day="1945-09-02")
    >>> type(page).__name__
    'OfflineMap'

    """
    slider = Timeline(day=day, view=view, region=region, title=title, atlas=atlas)
    page = OfflineMap(
        location=(46, 134),
        zoom_start=4,
        tiles=None,
        prefer_canvas=False,
        world_copy_jump=False,
        zoom_control="topright",
        zoom_snap=0.25,
    )
    root: Any = page.get_root()
    root.title = html.escape(slider.content["title"])
    page.add_child(slider)
    return page
