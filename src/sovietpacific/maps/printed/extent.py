"""Find what a sheet shows: the whole rim, one region, or the surroundings of a place.

Knows windows and projections, and nothing of paper.

Each window has a projection that suits it. What is drawn in it is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import shapely

from sovietpacific.api.one_place import sovereignty_of
from sovietpacific.atlas import Atlas
from sovietpacific.errors import PlaceError, shown
from sovietpacific.maps.printed.projection import WHOLE, Projection, projection_for
from sovietpacific.questions.arguments import is_number
from sovietpacific.questions.names import check_region
from sovietpacific.questions.positions import FRAME, in_frame, read_position

#: What a whole sheet shows, in metres of its projection: from Lake Baikal and the Ordos to the last
#: of the Kurils and Jeju.
_WHOLE_BOX = (-1.86e6, -1.34e6, 2.14e6, 1.235e6)

#: A window is no wider than this many times its height, and no higher than so many times its width.
WIDEST, HIGHEST = 1.75, 1.18

#: Windows less wide than this (km) are drawn with fine shapes; light ones, true to a kilometre,
#: would show their corners.
_FINE_KM = 2600

#: A window around a place is no larger and no smaller than this (km from the middle to the nearer
#: side).
LEAST_KM, MOST_KM = 2, 1500


class Extent(NamedTuple):
    """A window on the ground: projection, box in its metres, detail of shapes, name for the title.

    `region` is that of the window, if it shows one.
    """

    projection: Projection
    box: tuple[float, float, float, float]
    detail: str
    name: str
    region: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the window of a whole sheet."""
        return self.box == _WHOLE_BOX

    @property
    def wide(self) -> float:
        """The width in metres."""
        return self.box[2] - self.box[0]

    @property
    def high(self) -> float:
        """The height in metres."""
        return self.box[3] - self.box[1]

    @property
    def degrees(self) -> tuple[float, float, float, float]:
        """The box of degrees that holds the window: west, south, east, north.

        It is cut to the land this atlas draws.
        """
        west, south, east, north = self.box
        steps = np.linspace(0, 1, 40)
        x, y = west + (east - west) * steps, south + (north - south) * steps
        rim = [(x, np.full(40, level)) for level in (south, north)]
        rim += [(np.full(40, side), y) for side in (west, east)]
        lon, lat = np.hstack([self.projection.unproject(*side) for side in rim])
        # The corners of a very wide window lie beyond the edge of the projection.
        on_globe = np.isfinite(lon) & np.isfinite(lat)
        lon, lat = np.where(lon < 0, lon + 360, lon)[on_globe], lat[on_globe]
        west, east = np.clip([lon.min(), lon.max()], *FRAME[::2])
        south, north = np.clip([lat.min(), lat.max()], *FRAME[1::2])
        return float(west), float(south), float(east), float(north)


def extent_of(
    atlas: Atlas, region: str | None = None, around: tuple[Any, float] | None = None
) -> Extent:
    """Return the window of a sheet: the whole rim, one `region`, or `around=(place, km)`.

    The last reaches so far to every side of a place: a name, a tract id or (lon, lat). Raise
    `UnknownPlaceError` or `PlaceError` for what is no window.
    """
    if around is not None:
        if region is not None:
            raise PlaceError(
                f"region={shown(region)} and around={shown(around)} are two windows; "
                "give one of them"
            )
        return _around(atlas, around)
    if region is None:
        return Extent(WHOLE, _WHOLE_BOX, "light", "")
    region = check_region(region, atlas.records.regions)
    judged = [tract for tract in atlas.tracts.values() if tract.judged]
    members = [tract.id for tract in judged if tract.lies_in(region)]
    boxes = np.vstack([_main_bounds(atlas.shapes.of(tract, "light")) for tract in members])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    projection = projection_for(float(west), float(south), float(east), float(north))
    box = _shaped(projection.around(west, south, east, north))
    return Extent(projection, box, _detail(box), atlas.region_names[region], region)


def _main_bounds(shape: Any) -> Any:
    """Return the bounds of the parts of a shape, but for small rocks.

    Rocks far off great islands would widen a window for nothing.
    """
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    return shapely.bounds(parts[areas >= 0.001 * areas.sum()])


def _around(atlas: Atlas, around: tuple[Any, float]) -> Extent:
    """Return the window of so many km to every side of a place."""
    try:
        place, km = around
        if not is_number(km, Real):
            raise TypeError("a distance is a number")
        distance = float(km)
    except Exception as wrong:  # what is given may be of any kind, and raise whatever it likes
        raise PlaceError(
            f"around={shown(around)} is no window; give (place, km), such as ('Nomonhan', 60)"
        ) from wrong
    if not LEAST_KM <= distance <= MOST_KM:
        raise PlaceError(
            f"around={shown(around)}: {distance:g} km is not between {LEAST_KM} and {MOST_KM}"
        )
    (lon, lat), name = _middle(atlas, place)
    if not in_frame(lon, lat):
        west, south, east, north = FRAME
        drawn = f"{west:g} to {east:g}° E and from {south:g} to {north:g}° N"
        raise PlaceError(f"around={shown(around)}: land is drawn from {drawn} only")
    projection = projection_for(lon - 1, lat - distance / 111, lon + 1, lat + distance / 111)
    x, y = projection.project(lon, lat)
    metres = distance * 1000
    box = (x - metres * 1.45, y - metres, x + metres * 1.45, y + metres)
    return Extent(projection, box, _detail(box), name)


def _middle(atlas: Atlas, place: Any) -> tuple[tuple[float, float], str]:
    """Return the position of a place and what it is called."""
    if not isinstance(place, str):
        position = read_position(place)
        return position, f"Around {position.lat:.2f}° N, {position.lon:.2f}° E"
    named = str.__str__(place)
    tract = atlas.tracts[sovereignty_of(named, atlas.as_of, atlas=atlas).tract]
    name = f"Around {named if named != tract.id else tract.name}"
    for known in atlas.records.places.values():
        if known.tract == tract.id and named in (known.id, *(name.text for name in known.names)):
            return (known.lon, known.lat), name
    west, south, east, north = tract.bbox
    return ((west + east) / 2, (south + north) / 2), name


def _shaped(box: Sequence[float], margin: float = 0.06) -> tuple[float, float, float, float]:
    """Widen a box by a margin, and so that it is neither a strip nor a tower."""
    west, south, east, north = box
    wide, high = (east - west) * (1 + 2 * margin), (north - south) * (1 + 2 * margin)
    wide, high = max(wide, high / HIGHEST), max(high, wide / WIDEST)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _detail(box: Sequence[float]) -> str:
    """Return which shapes a window is drawn with."""
    return "fine" if box[2] - box[0] < _FINE_KM * 1000 else "light"
