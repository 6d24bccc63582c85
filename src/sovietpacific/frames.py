"""Shapes answers into pandas and GeoPandas frames: days as ISO text, lists as text, all in EPSG:4326."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    import pandas

    from sovietpacific.border_frame import AtlasFrame

#: Lists of ids and sources are joined by this: one text survives GeoJSON, Parquet and CSV where a list does not.
SEPARATOR = "; "

#: Whose work is in the shapes and the places; the licences of two of them ask for this line wherever their work goes.
CREDIT = "© OpenStreetMap contributors (ODbL), GeoNames (CC BY 4.0), Natural Earth"


def credit_line(version: str) -> str:
    """Write the line that goes with shapes and places: whose work they are, and the version of the data."""
    return f"{CREDIT}; sovietpacific {version}"


def text_of(day: date | None) -> str | None:
    """Write a day as ISO text, None for an open end."""
    return None if day is None else day.isoformat()


def joined(words: Iterable[str]) -> str:
    """Join words into the one text a column holds."""
    return SEPARATOR.join(words)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], about: Mapping[str, str]) -> pandas.DataFrame:
    """Make a DataFrame of `rows` with exactly these columns, also when there are no rows; `about` goes to `.attrs`."""
    import pandas

    frame = pandas.DataFrame([{name: row[name] for name in columns} for row in rows], columns=list(columns))
    frame.attrs.update(about)
    return frame


def geotable(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], geometries: Sequence[Any], about: Mapping[str, str]
) -> AtlasFrame:
    """Make a GeoDataFrame in EPSG:4326 of `rows` and their geometries, which shows itself well; `about` goes to `.attrs`."""
    from sovietpacific.border_frame import AtlasFrame

    frame = AtlasFrame(table(rows, columns, about), geometry=list(geometries), crs="EPSG:4326")
    frame.attrs.update(about)
    return frame


def dissolve(shapes: Sequence[Any], touching: Iterable[tuple[int, int]]) -> Any:
    """Join polygons of one coverage into one multipolygon; only those that touch (pairs of indexes) need work.

    Islands are collected as they are; groups that touch are joined by the coverage method, which relies on shared vertices.
    """
    group = list(range(len(shapes)))

    def root(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    for first, second in touching:
        group[root(second)] = root(first)
    members: dict[int, list[Any]] = {}
    for index, shape in enumerate(shapes):
        members.setdefault(root(index), []).append(shape)
    joined_up = [m[0] if len(m) == 1 else shapely.coverage_union_all(m) for m in members.values()]
    parts = [part for shape in joined_up for part in shapely.get_parts(shape)]
    return shapely.multipolygons(parts)
