"""The map of one day, found once: rows, lines and names that page, sheet, film and comparison draw.

Knows the atlas and what stands on a map; knows nothing of how a page or a sheet draws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sovietpacific.answers.rows import BorderRow, fold_borders
from sovietpacific.atlas import Atlas
from sovietpacific.maps.scene.border_lines import BorderLine, DrawnEdge, drawn_edges, join_lines
from sovietpacific.maps.scene.names import MapName, place_names


class DayMap:
    """What stands on the map of one day in one view, each found when it is first asked for."""

    def __init__(self, atlas: Atlas, view: str, day: date) -> None:
        """Keep atlas, view and day; both are read and checked already."""
        self.atlas, self.view, self.day = atlas, view, day

    @cached_property
    def rows(self) -> list[BorderRow]:
        """The rows of `borders_at` for all judged land."""
        return fold_borders(self.atlas.time, self.atlas.judged_tracts(), self.view, self.day)

    def rows_of(self, tracts: Iterable[str]) -> list[BorderRow]:
        """Return the rows of some tracts alone; their areas are of these tracts."""
        seen = [self.atlas.tracts[tract] for tract in tracts]
        return fold_borders(self.atlas.time, seen, self.view, self.day)

    @cached_property
    def row_of(self) -> dict[str, BorderRow]:
        """The row each judged tract is in."""
        return {tract: row for row in self.rows for tract in row.tracts}

    @cached_property
    def edges(self) -> list[DrawnEdge]:
        """The edges and free lines that are drawn, each with its kind."""
        return list(drawn_edges(self.atlas, self.day, self.view))

    def lines(self, detail: str = "light") -> list[BorderLine]:
        """Return the lines by kind, each once, the stretches of one joined."""
        return join_lines(self.atlas.records.look, self.edges, detail)

    @cached_property
    def places(self) -> dict[str, MapName]:
        """The names of places by the id of the place, the most telling first."""
        records = self.atlas.records
        return place_names(records.look, records.places, self.day)
