"""Hold the shapes of the atlas, read when first asked for: tracts fine and light, edges, and the
point index.

Knows the files of shapes and nothing of timelines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sovietpacific.errors import OutsideScopeError, shown
from sovietpacific.facts.editions import Rebuilt
from sovietpacific.facts.records import Records
from sovietpacific.facts.store import Store
from sovietpacific.land.dissolve import dissolve
from sovietpacific.land.edges import Edge, check_edges
from sovietpacific.land.grid import Floats, Grid, build_grid
from sovietpacific.land.grid_cache import cached_grid
from sovietpacific.land.grid_checks import check_grid
from sovietpacific.land.locator import Locator
from sovietpacific.land.shape_checks import check_shapes
from sovietpacific.land.shore import MOST_SNAP_KM, Shore
from sovietpacific.questions.positions import FRAME, Position, in_frame

#: Which shapes there are: full detail, or about 1 km.
DETAILS = ("fine", "light")

#: The kinds of shape that land and lines have.
POLYGONS, LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")

#: How many joined shapes are kept: maps of neighbouring epochs share most of theirs.
JOINED_KEPT = 64

_COLUMN = {"fine": "geometry", "light": "light"}


class Snapped(NamedTuple):
    """Points moved to the nearest land: the numbers of their tracts, and how many km away they are.

    The distance is 0 on judged land and NaN where no judged land answers. `near_unjudged` tells
    which points lie nearest to land not judged.
    """

    numbers: NDArray[np.int16]
    km: Floats
    near_unjudged: NDArray[np.intp]


class Shapes(Rebuilt):
    """The shapes of one store; every answer that needs geometry comes here."""

    def __init__(self, store: Store, records: Records) -> None:
        """Keep the store and its records, whose tracts are sorted by id; nothing is read yet."""
        self.edition = store.edition
        self._store, self._tracts = store, records.tracts
        self._lines, self._look = records.lines, records.look
        self._read: dict[str, dict[str, Any]] = {}
        self._dissolved = lru_cache(JOINED_KEPT)(self._dissolve)

    def _all(self, detail: str) -> Mapping[str, Any]:
        if detail not in self._read:
            column = _COLUMN[detail]
            table = self._store.read_table("atlas.parquet", ["tract", column])
            if table["tract"] != list(self._tracts):
                raise self._store.damaged(
                    "atlas.parquet", "its tracts are not those of records.json, in their order"
                )
            shapes = self._geometries("atlas.parquet", table[column], POLYGONS)
            try:
                check_shapes(list(self._tracts.values()), shapes, detail)
            except ValueError as wrong:
                raise self._store.damaged("atlas.parquet", str(wrong)) from wrong
            self._read[detail] = dict(zip(table["tract"], shapes, strict=True))
        return self._read[detail]

    def _geometries(self, name: str, content: list[Any], kinds: tuple[str, ...]) -> NDArray[Any]:
        """Return a column of well-known binary as shapes.

        Raise `DataDamagedError` for what is no shape of the kinds, or lies off the globe.
        """
        try:
            with np.errstate(invalid="ignore"):  # what is no number is refused below
                shapes = shapely.from_wkb(content)
        except (shapely.GEOSException, TypeError, ValueError) as wrong:
            raise self._store.damaged(name, shown(wrong)) from wrong
        for number, shape in enumerate(shapes):
            fits = shape is not None and shape.geom_type in kinds
            if not fits or (kinds is POLYGONS and shape.is_empty):
                raise self._store.damaged(name, f"its row {number} has no {' or '.join(kinds)}")
        west, south, east, north = shapely.total_bounds(shapes)
        finite = bool(np.isfinite(shapely.get_coordinates(shapes)).all())
        on_globe = finite and -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        if len(shapes) and not on_globe:
            raise self._store.damaged(
                name, "a shape lies off the globe, or has a coordinate that is no number"
            )
        return np.asarray(shapes)

    def of(self, tract: str, detail: str) -> Any:
        """Return the shape of one tract."""
        return self._all(detail)[tract]

    def dissolved(self, tracts: Sequence[str], detail: str) -> Any:
        """Return the shapes of tracts joined into one multipolygon; the last ones are kept."""
        return self._dissolved(tuple(tracts), detail)

    def _dissolve(self, tracts: tuple[str, ...], detail: str) -> Any:
        place = {tract: index for index, tract in enumerate(tracts)}
        pairs = [
            (place[left], place[right])
            for left, right in self._touching
            if left in place and right in place
        ]
        return dissolve([self._all(detail)[tract] for tract in tracts], pairs)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The edges between tracts, sorted by tracts and line, then the lines over the map."""
        columns = ("line", "left", "right", "kind", "accuracy_km")
        table = self._store.read_table("lines.parquet", [*columns, "geometry", "light"])
        fine, light = (
            self._geometries("lines.parquet", table[column], LINES)
            for column in ("geometry", "light")
        )
        free = [isinstance(kind, str) and self._look.is_free(kind) for kind in table["kind"]]
        plain = (table[column] for column in columns)
        edges = tuple(Edge(*row) for row in zip(*plain, fine, light, free, strict=True))
        try:
            check_edges(edges, self._tracts, self._lines)
        except ValueError as wrong:
            raise self._store.damaged("lines.parquet", str(wrong)) from wrong
        return edges

    @cached_property
    def _touching(self) -> frozenset[tuple[str, str]]:
        return frozenset((edge.left, edge.right) for edge in self.edges if not edge.free)

    @cached_property
    def locator(self) -> Locator:
        """The point index over all tracts and the backdrop, kept in the user's cache folder."""
        # A grid knows tracts by their numbers: one of the same shapes under other names would
        # answer wrongly.
        numbered = "\n".join((self._store.shapes_sum, *self._tracts))
        land = sha256(numbered.encode()).hexdigest()
        return self._locator_of(cached_grid(land, self._make_grid, self._check_grid))

    def _locator_of(self, grid: Grid) -> Locator:
        return Locator(list(self._tracts), grid, self._ordered)

    def _make_grid(self) -> Grid:
        """Return the grid of the shapes.

        Raise `DataDamagedError` if none can be made, since they overlap or cross themselves.
        """
        shapes = self._ordered()
        try:
            if not shapely.coverage_is_valid(shapes):
                raise ValueError("two overlap, or meet in unlike vertices")
            grid = build_grid(shapes)
            self._check_grid(grid)
        except (ValueError, IndexError, OverflowError, MemoryError) as wrong:
            raise self._store.damaged(
                "atlas.parquet", f"its shapes do not lie side by side ({wrong})"
            ) from wrong
        return grid

    def _check_grid(self, grid: Grid) -> None:
        """Raise `ValueError` if a grid is not sound, or finds a tract not at its own point."""
        check_grid(grid, len(self._tracts))
        lon, lat = np.array([tract.point for tract in self._tracts.values()], float).T
        numbers = self._locator_of(grid).numbers_at(lon, lat)
        if not np.array_equal(numbers, np.arange(1, len(self._tracts) + 1)):
            raise ValueError("a tract is not where its point is")

    def _ordered(self) -> NDArray[Any]:
        return _array([self._all("fine")[tract] for tract in self._tracts])

    @cached_property
    def _shore(self) -> Shore:
        """The outlines of all land, that not judged included.

        Without it a judged tract would answer across it.
        """
        return Shore(list(self._tracts), self._ordered())

    @cached_property
    def judged_places(self) -> tuple[list[str], NDArray[np.int16]]:
        """The judged tracts, and per number of a tract its place among them.

        The place is -1 for land not judged and for 0, no tract.
        """
        judged = [key for key, tract in self._tracts.items() if tract.judged]
        place = {key: index for index, key in enumerate(judged)}
        return judged, np.array([-1, *(place.get(key, -1) for key in self._tracts)], np.int16)

    def tract_near(self, position: Position, snap_km: float | None) -> tuple[str, float]:
        """Return the judged tract at a position, or the nearest within `snap_km`, and the km to it.

        Raise `OutsideScopeError`, which offers `snap_km` where it would help; a question that has
        no such option gives None for it.
        """
        tract = self.locator.tract_at(*position)
        if tract is not None and self._tracts[tract].judged:
            return tract, 0.0
        place = f"({position.lon}, {position.lat})"
        if tract is not None:
            raise OutsideScopeError(
                f"{place} is on land this atlas draws but does not judge; no tract answers for it"
            )
        if not in_frame(*position):
            west, south, east, north = FRAME
            raise OutsideScopeError(
                f"{place} is outside this atlas, which knows land from longitude {west:g} "
                f"to {east:g} and from latitude {south:g} to {north:g}"
            )
        words = f"{place} is at sea or off the atlas; the nearest"
        return self._tract_by_sea(position, words, snap_km)

    def _tract_by_sea(
        self, position: Position, words: str, snap_km: float | None
    ) -> tuple[str, float]:
        nearest, distance = self._shore.nearest(*position)
        if not self._tracts[nearest].judged:
            raise OutsideScopeError(
                f"{words} land, {distance:.1f} km away, is drawn but not judged; "
                "no tract answers for it"
            )
        # With 0 not even a hair is bridged, which measures as nothing.
        if snap_km and distance <= min(snap_km, MOST_SNAP_KM):
            return nearest, round(distance, 3)
        words = f"{words} tract is {nearest}, {distance:.1f} km away"
        if distance > MOST_SNAP_KM:
            raise OutsideScopeError(
                f"{words}; land farther away than {MOST_SNAP_KM} km does not answer for the sea"
            )
        offer = f"{words}: give snap_km={max(1, -int(-distance // 1))}"
        if snap_km is None:
            raise OutsideScopeError(f"{offer} to sovereignty_of, or ask for {nearest!r}")
        raise OutsideScopeError(f"{offer} to have it answer")

    def snapped(
        self, numbers: NDArray[np.int16], lon: Floats, lat: Floats, snap_km: float
    ) -> Snapped:
        """Move points at sea to the nearest land within `snap_km`, if it is judged.

        A point at sea has 0 for the number of its tract.
        """
        place = self.judged_places[1]
        numbers, km = numbers.copy(), np.zeros(len(numbers))
        km[place.take(numbers) < 0] = np.nan
        sea = np.flatnonzero(numbers == 0)
        sea = sea[in_frame(lon[sea], lat[sea])]
        nearest, distance = self._shore.nearest_of(lon[sea], lat[sea], min(snap_km, MOST_SNAP_KM))
        number = nearest + 1  # numbers are counted from 1, so that none is 0
        judged = place.take(number) >= 0
        numbers[sea[judged]] = number[judged].astype(np.int16)
        km[sea[judged]] = np.round(distance[judged], 3)
        return Snapped(numbers, km, sea[(nearest >= 0) & ~judged])

    def outlines_around(
        self, tract: str, bbox: tuple[float, float, float, float]
    ) -> tuple[list[list[tuple[float, float]]], list[bool]]:
        """Return the outlines in a box around a tract, and which of them are the tract's own.

        They are for a mini-map. Small tracts are drawn with fine shapes, since the light ones of a
        kilometre would lose them.
        """
        west, south, east, north = bbox
        size = max(east - west, north - south)
        detail, margin = ("fine" if size < 1 else "light"), size * 0.6
        left, bottom, right, top = FRAME
        window = (
            max(west - margin, left),
            max(south - margin, bottom),
            min(east + margin, right),
            min(north + margin, top),
        )
        outlines: list[list[tuple[float, float]]] = []
        own: list[bool] = []
        for key, shape in self._all(detail).items():
            clipped = shapely.simplify(shapely.clip_by_rect(shape, *window), margin / 80)
            for part in shapely.get_parts(clipped):
                seen = part.area > (margin / (400 if key == tract else 40)) ** 2
                if part.geom_type == "Polygon" and not part.is_empty and seen:
                    positions = shapely.get_coordinates(part.exterior).tolist()
                    outlines.append([(x, y) for x, y in positions])
                    own.append(key == tract)
        return outlines, own


def _array(geometries: list[Any]) -> NDArray[Any]:
    return np.array(geometries, dtype=object)
