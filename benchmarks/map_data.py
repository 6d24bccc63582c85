"""Holds what all pages are made of: the judged tracts at detail light, and how each is filled in
every epoch of control.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import shapely

import sovietpacific as sp
from sovietpacific.answers import palette
from sovietpacific.answers.rows import fold_borders
from sovietpacific.atlas import Atlas
from sovietpacific.facts.look import Look
from sovietpacific.maps.pages import encoding

#: Tracts of at least this size (km²) are looked at in the pages: the middle of one is several
#: pixels from its rim.
LARGE = 4000


class Spell(NamedTuple):
    """A tract in one colour, from a day up to another; `until` is None while it lasts."""

    tract: str
    since: date
    until: date | None
    colour: str


@dataclass(frozen=True)
class History:
    """The tracts as GeoJSON geometries, the epochs, and the fill of every tract in every epoch."""

    atlas: Atlas
    shapes: dict[str, dict[str, Any]]
    epochs: list[date]
    fills: dict[str, list[palette.Fill]]
    colours: dict[str, list[str]]
    middles: dict[str, tuple[float, float]]

    def spells(self) -> Iterator[Spell]:
        """Yield the spells of each tract in one colour, which is the least a page can repeat."""
        for tract, colours in self.colours.items():
            starts = [
                index
                for index, colour in enumerate(colours)
                if not index or colour != colours[index - 1]
            ]
            for start, end in zip(starts, [*starts[1:], None], strict=True):
                until = None if end is None else self.epochs[end]
                yield Spell(tract, self.epochs[start], until, colours[start])

    def epoch(self, day: date) -> int:
        """Return the number of the epoch of a day."""
        return bisect_right(self.epochs, day) - 1


def milliseconds(day: date) -> int:
    """Return the milliseconds from 1970 on, as pages count; days before are negative."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def paint(look: Look, holders: tuple[str, ...]) -> str:
    """Return the one colour of land held so: its first holder's, or nobody's."""
    return palette.fill_of(look, holders, "sovereign", holders).base


def read_history(atlas: Atlas) -> History:
    """Return the fills and colours of every epoch of control.

    A rival's colour is the holder's, since none has stripes; positions are rounded as ours are, for
    smaller pages.
    """
    judged = [tract for tract in atlas.tracts.values() if tract.judged]
    look = atlas.records.look
    epochs = list(atlas.time.edges("control"))
    fills: dict[str, list[palette.Fill]] = {tract.id: [] for tract in judged}
    colours: dict[str, list[str]] = {tract.id: [] for tract in judged}
    for day in epochs:
        for row in fold_borders(atlas.time, judged, "control", day):
            fill = palette.fill_of_row(look, row)
            for tract in row.tracts:
                fills[tract].append(fill)
                colours[tract].append(paint(look, row.holders))
    frame = sp.tracts_at("2026-01-01", detail="light", atlas=atlas)
    shapes, middles = {}, {}
    for row in frame.to_dict("records"):
        shape = row["geometry"]
        shapes[row["tract"]] = json.loads(shapely.to_geojson(_rounded(shape)))
        if row["area_km2"] >= LARGE:
            middle = shapely.maximum_inscribed_circle(shape, tolerance=0.05).coords[0]
            middles[row["tract"]] = (middle[1], middle[0])
    return History(atlas, shapes, epochs, fills, colours, middles)


def _rounded(shape: Any) -> Any:
    decimals = encoding.DECIMALS + bool(shapely.area(shape) < encoding.SMALL)
    return shapely.transform(shape, lambda positions: positions.round(decimals))
