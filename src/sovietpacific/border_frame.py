"""Gives the frames of the atlas what a GeoDataFrame has not: they show themselves well, with no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas
from geopandas.plotting import GeoplotAccessor

from sovietpacific.errors import DayError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sovietpacific.maps.page import OfflineMap

#: What may be told to `plot()` without leaving the colours of the atlas: where and how large.
_PLACING = {"ax", "figsize"}


class AtlasFrame(geopandas.GeoDataFrame):  # type: ignore[misc]
    """A GeoDataFrame of the atlas: `.map()`, `.explore()` and `.plot()` show it in the colours of the atlas.

    It is made by `borders_at`, `tracts_at`, `lines_at` and `changes_between`, whose day and view stand in `.attrs`.  What is
    filtered, sliced or copied from it is one too; whatever else pandas and GeoPandas make of it may be a plain frame.
    """

    def map(self, *values: Any, **options: Any) -> Any:
        """Draw the web map of this frame's day and view, whole, as `maps.web` does; of changes, as `maps.compare` does.

        `title` is that of `maps.web`.  It is the map the frame was asked from, whatever rows are left: `.explore()` draws those.
        With anything else it is `DataFrame.map`.  Raises `DayError` where the frame no longer says of which day it is.
        """
        if values or set(options) - {"title"}:
            return super().map(*values, **options)
        from sovietpacific import maps

        about = self.attrs
        if not {"day", "view"} <= set(about):
            raise DayError("this frame no longer says in .attrs of which day and view it is; draw with maps.web(day, view=…)")
        view = "control" if about["view"] == "all views" else about["view"]
        look = {"view": view, "region": about.get("region"), **options}
        if "start" in about:
            return maps.compare(about["start"], about["day"], **look)
        return maps.web(about["day"], **look)

    def explore(self, *values: Any, **options: Any) -> OfflineMap | Any:
        """Draw the rows as they are on a web map that loads nothing: land in its holder's colour, all columns when pointed at.

        A frame without holders has one neutral colour, an empty one shows a message.  With any argument it is
        `GeoDataFrame.explore`, which needs the network, and for classes mapclassify.
        """
        if values or options:
            return super().explore(*values, **options)
        from sovietpacific.maps.frame_map import explore

        return explore(self)

    @property
    def plot(self) -> _Plot:
        """Plot with matplotlib: with no arguments but `ax` and `figsize` in the colours of the atlas, else as GeoPandas does."""
        return _Plot(self)


class _Plot(GeoplotAccessor):  # type: ignore[misc]
    """The accessor of `plot`: called plainly it draws as the atlas does."""

    def __call__(self, *values: Any, **options: Any) -> Axes | Any:
        if values or set(options) - _PLACING:
            return super().__call__(*values, **options)
        from sovietpacific.maps.frame_map import plot

        return plot(self._parent, **options)
