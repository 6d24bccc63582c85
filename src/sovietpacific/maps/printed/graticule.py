"""Draw what stands around and under the land of a panel: frame, graticule, scale bar.

It knows where degrees lie on a panel, and nothing of holders and days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sovietpacific.answers import palette
from sovietpacific.maps.printed.panel import Panel, line_path
from sovietpacific.maps.printed.room import Box, Room
from sovietpacific.maps.printed.typefaces import look_of, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Steps between the lines of a graticule, in minutes of arc.
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)

#: Size of degrees at the frame, and of the words of a scale bar, in points.
DEGREES, SCALE_WORDS = 6.2, 6.9

#: Height of a scale bar with its words, in points.
_SCALE_HIGH = 16.0


def axes_on(figure: Figure, panel: Panel, left: float, bottom: float) -> Axes:
    """Return the axes of a panel, with its lower left corner at a position in points.

    One unit of the axes is one point.
    """
    wide, high = figure.get_size_inches() * 72
    axes = figure.add_axes((left / wide, bottom / high, panel.wide / wide, panel.high / high))
    axes.set_facecolor(palette.SEA)
    axes.set(xlim=(0, panel.wide), ylim=(0, panel.high), xticks=[], yticks=[], autoscale_on=False)
    for spine in axes.spines.values():
        spine.set(linewidth=1.0, edgecolor=palette.INK, zorder=20)
    return axes


def draw_graticule(axes: Axes, panel: Panel, *, degrees: bool = True) -> None:
    """Draw meridians and parallels under the land, and their degrees outside the frame."""
    from matplotlib.patches import PathPatch

    west, south, east, north = panel.extent.degrees
    step = _step(min(east - west, (north - south) * 1.35))
    parts = []
    for lon in _round_values(west, east, step):
        line = _placed(panel, np.full(80, lon), np.linspace(south - 1, north + 1, 80))
        parts.append(line)
        if degrees:
            words, at = _words(lon, step, "E"), _crossing(line, 1)
            _write_degrees(axes, at, panel.wide, words, horizontal=True)
    for lat in _round_values(south, north, step):
        line = _placed(panel, np.linspace(west - 1, east + 1, 160), np.full(160, lat))
        parts.append(line)
        if degrees:
            words, at = _words(lat, step, "N"), _crossing(line, 0)
            _write_degrees(axes, at, panel.high, words, horizontal=False)
    look: dict[str, Any] = {"edgecolor": "#B4C6D0", "linewidth": 0.45, "zorder": 0.6}
    axes.add_artist(PathPatch(line_path(parts), fill=False, **look))


def _step(span: float) -> float:
    """Return the step of a graticule in degrees, with four to nine lines over a span."""
    return next((minutes / 60 for minutes in _STEPS if span * 60 / minutes < 8), 10.0)


def _round_values(first: float, last: float, step: float) -> NDArray[np.float64]:
    """Return the multiples of a step between two values."""
    return np.arange(np.ceil(first / step), np.floor(last / step) + 1) * step


def _placed(panel: Panel, lon: Any, lat: Any) -> NDArray[np.float64]:
    """Return positions in degrees as positions on the panel, in tenths of a point."""
    x, y = panel.extent.projection.project(lon, lat)
    west, south = panel.extent.box[:2]
    placed = np.column_stack([(x - west) / panel.per_point, (y - south) / panel.per_point])
    return np.round(placed, 1)


def _crossing(line: NDArray[np.float64], axis: int) -> float | None:
    """Return where a line crosses the left side of the frame (axis 0) or the lower one (1).

    It is measured along that side; None where the line does not cross it.
    """
    across, along = line[:, axis], line[:, 1 - axis]
    crossed = np.flatnonzero((across[:-1] < 0) != (across[1:] < 0))
    if not len(crossed):
        return None
    first = crossed[0]
    share = -across[first] / (across[first + 1] - across[first])
    return float(along[first] + share * (along[first + 1] - along[first]))


def _write_degrees(
    axes: Axes, at: float | None, length: float, words: str, *, horizontal: bool
) -> None:
    """Write degrees outside the frame, where they have room along its side."""
    half = width_of(words, DEGREES) / 2 if horizontal else DEGREES / 2
    if at is None or not half < at < length - half:
        return
    look: dict[str, Any] = {"fontsize": DEGREES, "color": "#555555", **look_of("sans")}
    if horizontal:
        axes.text(at, -3.5, words, ha="center", va="top", **look)
    else:
        axes.text(-3.5, at, words, ha="right", va="center", rotation=90, **look)


def _words(degrees: float, step: float, letter: str) -> str:
    """Write degrees, and minutes where the step is less than a degree."""
    minutes = round(degrees * 60)
    if step >= 1:
        return f"{minutes // 60}°{letter}"
    return f"{minutes // 60}°{minutes % 60:02d}′ {letter}"


def _scale_length(panel: Panel, share: float = 0.2) -> tuple[float, str]:
    """Return the length of a scale bar in points, and its words.

    It is a round number of kilometres or metres, the largest that fits.
    """
    metres = panel.per_point * panel.wide * share
    power = 10 ** int(np.floor(np.log10(metres)))
    length = max(part * power for part in (1, 2, 5) if part * power <= metres)
    return length / panel.per_point, f"{length // 1000} km" if length >= 1000 else f"{length} m"


def place_scale(panel: Panel, room: Room, share: float = 0.2) -> Box:
    """Return the place of the scale bar, and take it.

    It lies along the frame where it hides the least, lower left if nothing is against that.
    """
    length, words = _scale_length(panel, share)
    box = room.emptiest(length + 14 + width_of(words, SCALE_WORDS), _SCALE_HIGH, near=(0.0, 0.0))
    room.take(box)
    return box


def draw_scale(axes: Axes, panel: Panel, box: Box, share: float = 0.2) -> None:
    """Draw the scale bar in its box: four lengths in black and white, and the words beside it."""
    from matplotlib.patches import Rectangle

    length, words = _scale_length(panel, share)
    x, y = box[0] + 4, (box[1] + box[3]) / 2
    paper: dict[str, Any] = {"facecolor": "white", "alpha": 0.72, "linewidth": 0}
    axes.add_artist(Rectangle(box[:2], box[2] - box[0], box[3] - box[1], zorder=7.9, **paper))
    for quarter in range(4):
        look: dict[str, Any] = {"edgecolor": palette.INK, "linewidth": 0.6, "zorder": 8}
        look["facecolor"] = palette.INK if quarter % 2 == 0 else "white"
        corner = (x + quarter * length / 4, y - 1.6)
        axes.add_artist(Rectangle(corner, length / 4, 3.2, **look))
    ink: dict[str, Any] = {"fontsize": SCALE_WORDS, "color": palette.INK, "zorder": 8}
    axes.text(x + length + 4, y - SCALE_WORDS * 0.36, words, **ink, **look_of("sans"))
