"""Let the frames of the atlas show themselves, with no network.

Knows pandas and nothing of how a frame is drawn.

What draws is found when it is first asked for; frames know nothing of maps before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import geopandas
from geopandas.plotting import GeoplotAccessor

from sovietpacific import upstairs
from sovietpacific.errors import DayError

if TYPE_CHECKING:
    import folium
    from matplotlib.axes import Axes

#: What `plot()` takes without leaving the colours of the atlas: where and how large.
_PLACING = {"ax", "figsize"}


class AtlasFrame(geopandas.GeoDataFrame):  # type: ignore[misc]
    """A GeoDataFrame of the atlas, which shows itself in the colours of the atlas.

    It is made by `borders_at`, `tracts_at`, `lines_at` and `changes_between`, whose day and view
    stand in ``.attrs``.  What is filtered, sliced or copied from it is one too; whatever else
    pandas and GeoPandas make of it may be a plain frame.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> frame = sp.borders_at("1945-09-02", region="kurils")
    >>> frame.attrs["view"], str(frame.crs), type(frame[frame["area_km2"] > 100]).__name__
    ('control', 'EPSG:4326', 'AtlasFrame')

    """

    @overload
    def map(self, *, title: str | None = None) -> folium.Map: ...

    @overload
    def map(self, *values: Any, **options: Any) -> Any: ...

    def map(self, *values: Any, **options: Any) -> Any:
        """Return the web map of this frame's day and view, as `maps.web` draws it.

        Of changes it is that of `maps.compare`.  It is the map the frame was asked from, whatever
        rows are left: `explore` draws those.

        Parameters
        ----------
        *values, **options : object
            ``title=``, a title of your own; with anything else it is ``DataFrame.map``.

        Returns
        -------
        folium.Map
            A map to be saved with ``.save(path)`` or shown as the value of a notebook's cell.

        Raises
        ------
        DayError
            Where the frame no longer says in ``.attrs`` of which day and view it is.

        Examples
        --------
        >>> import sovietpacific as sp
        >>> type(sp.borders_at("1945-09-02", region="kurils").map()).__name__
        'OfflineMap'

        """
        if values or set(options) - {"title"}:
            return super().map(*values, **options)
        maps = upstairs.find("maps")
        about = self.attrs
        if not {"day", "view"} <= set(about):
            raise DayError(
                "this frame no longer says in .attrs of which day and view it is; "
                "draw with maps.web(day, view=…)"
            )
        view = "control" if about["view"] == "all views" else about["view"]
        look = {"view": view, "region": about.get("region"), **options}
        if "first" in about:
            return maps.compare(about["first"], about["day"], **look)
        return maps.web(about["day"], **look)

    @overload
    def explore(self) -> folium.Map: ...

    @overload
    def explore(self, *values: Any, **options: Any) -> Any: ...

    def explore(self, *values: Any, **options: Any) -> Any:
        """Return the rows as they are on a web map that loads nothing.

        Land has its holder's colour and shows all columns when pointed at.  A frame without holders
        has one neutral colour, an empty one shows a message.

        Parameters
        ----------
        *values, **options : object
            With any argument it is ``GeoDataFrame.explore``, which needs the network, and for
            classes mapclassify.

        Returns
        -------
        folium.Map
            A map to be saved with ``.save(path)`` or shown as the value of a notebook's cell.

        Examples
        --------
        >>> import sovietpacific as sp
        >>> frame = sp.borders_at("1945-09-02", region="kurils")
        >>> type(frame[frame["holder"] == "russia"].explore()).__name__
        'OfflineMap'

        """
        if values or options:
            return super().explore(*values, **options)
        return upstairs.find("frames").explore(self)

    @property
    def plot(self) -> _Plot:
        """The rows drawn with matplotlib, in the colours of the atlas.

        Called with anything but `ax` and `figsize` it draws as GeoPandas does; called with no more
        than these, view, day and credit stand on the axes.

        Examples
        --------
        >>> import sovietpacific as sp
        >>> axes = sp.borders_at("1945-09-02", region="kurils").plot(figsize=(4, 3))
        >>> tuple(axes.figure.get_size_inches().tolist())
        (4.0, 3.0)

        """
        return _Plot(self)


class _Plot(GeoplotAccessor):  # type: ignore[misc]
    """The accessor of `plot`: called plainly it draws as the atlas does."""

    def __call__(self, *values: Any, **options: Any) -> Axes:
        if values or set(options) - _PLACING:
            axes: Axes = super().__call__(*values, **options)
        else:
            axes = upstairs.find("frames").plot(self._parent, **options)
        return axes
