"""Holds the shapes of the atlas, read when first asked for: tracts fine and light, edges, and the point index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.frames import dissolve
from sovietpacific.locate import Locator
from sovietpacific.records import FREE_KINDS
from sovietpacific.sovereignty import card_picture
from sovietpacific.store import Store

_COLUMN = {"fine": "geometry", "light": "light"}


@dataclass(frozen=True, slots=True)
class Edge:
    """Where two tracts meet, or a line drawn over the map (`free`); `line` is the id of the named line it follows.

    A free line that parts no two tracts has "" for both.
    """

    line: str
    left: str
    right: str
    kind: str
    accuracy_km: float
    geometry: Any
    light: Any

    @property
    def free(self) -> bool:
        """Tell whether the line is drawn over the map and divides no land."""
        return self.kind in FREE_KINDS


class Shapes:
    """The shapes of one store; every answer that needs geometry comes here."""

    def __init__(self, store: Store) -> None:
        """Keep `store`; nothing is read yet."""
        self._store = store
        self._read: dict[str, dict[str, Any]] = {}
        self._judged_locator: Locator | None = None

    def _all(self, detail: str) -> Mapping[str, Any]:
        if detail not in self._read:
            column = _COLUMN[detail]
            table = self._store.read_table("atlas.parquet", ["tract", column])
            self._read[detail] = dict(zip(table["tract"], shapely.from_wkb(table[column]), strict=True))
        return self._read[detail]

    def of(self, tract: str, detail: str) -> Any:
        """Give the shape of one tract."""
        return self._all(detail)[tract]

    def dissolved(self, tracts: Sequence[str], detail: str) -> Any:
        """Give the shapes of tracts joined into one multipolygon."""
        place = {tract: index for index, tract in enumerate(tracts)}
        pairs = [(place[left], place[right]) for left, right in self._touching if left in place and right in place]
        return dissolve([self._all(detail)[tract] for tract in tracts], pairs)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The edges between tracts, sorted by tracts and line, then the lines drawn over the map."""
        table = self._store.read_table("lines.parquet", ["line", "left", "right", "kind", "accuracy_km", "geometry", "light"])
        fine, light = (shapely.from_wkb(table[column]) for column in ("geometry", "light"))
        named = (table[column] for column in ("line", "left", "right", "kind", "accuracy_km"))
        return tuple(Edge(*row) for row in zip(*named, fine, light, strict=True))

    @cached_property
    def _touching(self) -> frozenset[tuple[str, str]]:
        return frozenset((edge.left, edge.right) for edge in self.edges if not edge.free)

    @cached_property
    def locator(self) -> Locator:
        """The point index over all tracts, the backdrop included."""
        shapes = self._all("fine")
        return Locator(list(shapes), _array(list(shapes.values())))

    def judged_locator(self, judged: Sequence[str]) -> Locator:
        """Give the index over the `judged` tracts alone, for finding the nearest of them."""
        if self._judged_locator is None:
            self._judged_locator = Locator(judged, _array([self._all("fine")[tract] for tract in judged]))
        return self._judged_locator

    def outlines_around(
        self, tract: str, bbox: tuple[float, float, float, float]
    ) -> tuple[list[list[tuple[float, float]]], list[bool]]:
        """Give the outlines in a box around a tract, for a mini-map, and which of them are the tract's own.

        Small tracts are drawn with fine shapes, since the light ones of a kilometre would lose them.
        """
        west, south, east, north = bbox
        size = max(east - west, north - south)
        detail, margin = ("fine" if size < 1 else "light"), size * 0.6
        window = (max(west - margin, 58), max(south - margin, 24), min(east + margin, 180), min(north + margin, 66))
        outlines: list[list[tuple[float, float]]] = []
        own: list[bool] = []
        for key, shape in self._all(detail).items():
            clipped = shapely.simplify(shapely.clip_by_rect(shape, *window), margin / 80)
            for part in shapely.get_parts(clipped):
                seen = part.area > (margin / (400 if key == tract else 40)) ** 2
                if part.geom_type == "Polygon" and not part.is_empty and seen:
                    outlines.append([(x, y) for x, y in shapely.get_coordinates(part.exterior).tolist()])
                    own.append(key == tract)
        return outlines, own


class MiniMap:
    """The mini-map of a card: drawn as SVG only when it is shown."""

    def __init__(self, shapes: Shapes, tract: str, bbox: tuple[float, float, float, float]) -> None:
        """Keep what is to be drawn."""
        self._shapes, self._tract, self._bbox = shapes, tract, bbox

    def __str__(self) -> str:
        return card_picture(*self._shapes.outlines_around(self._tract, self._bbox))


def _array(geometries: list[Any]) -> NDArray[Any]:
    return np.array(geometries, dtype=object)
