"""Write shapes as short texts for pages.

Knows numbers and nothing of tracts.

Positions are whole steps of a fixed grid, written as differences, five bits a character. What the
shapes are of is not known here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

#: Positions in a page are rounded to this many decimals, about 100 m on shapes true to about 1 km;
#: small land to one more.
DECIMALS = 3

#: Land below this size (square degrees) is small.
SMALL = 0.02


def encode_polygons(shape: Any) -> str:
    """Write a (multi)polygon as `decimals:ring,ring;ring`.

    Commas stand between rings, semicolons between polygons. Each ring is a run of (lon, lat)
    differences as in Google's polyline format; `land.js` reads it. A ring that rounding leaves with
    fewer than three positions keeps its full positions, so that no island is lost.
    """
    decimals = DECIMALS + bool(shapely.area(shape) < SMALL)
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    polygons = [
        ",".join(_ring(ring, decimals) for ring in (part.exterior, *part.interiors))
        for part in parts
    ]
    return f"{decimals}:{';'.join(polygons)}"


def encode_lines(shape: Any, decimals: int = DECIMALS) -> str:
    """Write a (multi)line as `decimals:part;part`, with each part as in `encode_polygons`."""
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    return f"{decimals}:{';'.join(_run(shapely.get_coordinates(part), decimals) for part in parts)}"


def _ring(ring: Any, decimals: int) -> str:
    return _run(shapely.get_coordinates(ring)[:-1], decimals)


def _run(positions: NDArray[np.float64], decimals: int) -> str:
    """Write positions as differences; a position that rounds to the one before is left out."""
    steps = np.rint(positions * 10**decimals).astype(np.int64)
    keep = np.r_[True, np.any(np.diff(steps, axis=0) != 0, axis=1)]
    kept = steps[keep] if keep.sum() > 2 or len(steps) < 3 else steps
    differences = np.diff(kept, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    folded = np.where(differences < 0, ~(differences << 1), differences << 1)
    return "".join(map(_signs, folded.tolist()))


def _signs(value: int) -> str:
    """Write one number, five bits a character, lowest first; all but the last are 32 higher."""
    signs = ""
    while value >= 32:
        signs += chr((value & 31 | 32) + 63)
        value >>= 5
    return signs + chr(value + 63)
