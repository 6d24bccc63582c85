"""Measures what a sheet shows: the ink of its texts and the lines it draws, in points of its axes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.textpath import TextPath

#: Names are drawn at this height, and lines between these (see `sheet_names` and `sheet_land`).
NAMES, LINES = 7, (3.45, 4.4)


def ink_of(text: Text) -> Any:
    """Give the box of the ink of a text, as a polygon; each sign is measured as it is drawn."""
    path = TextPath(
        (0, 0), text.get_text(), size=text.get_fontsize(), prop=text.get_fontproperties()
    )
    box = path.get_extents()
    x, y = text.get_position()
    shift = {"left": 0.0, "center": -(box.x0 + box.x1) / 2, "right": -box.x1}[text.get_ha()]
    return shapely.box(x + shift + box.x0, y + box.y0, x + shift + box.x1, y + box.y1)


def names_of(axes: Axes) -> dict[Text, Any]:
    """Give the names that stand on a panel, with the boxes of their ink."""
    return {text: ink_of(text) for text in axes.texts if text.get_zorder() == NAMES}


def lines_of(axes: Axes) -> Iterator[Any]:
    """Give the lines that are drawn on a panel as geometries."""
    for artist in axes.get_children():
        if isinstance(artist, PathPatch) and LINES[0] < artist.get_zorder() < LINES[1]:
            path = artist.get_path()
            starts = [*np.flatnonzero(path.codes == path.MOVETO), len(path.vertices)]
            yield from (
                shapely.linestrings(path.vertices[one:other]) for one, other in pairwise(starts)
            )
