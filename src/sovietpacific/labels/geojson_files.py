"""Label GeoJSON files, in which every member that was there stays as it was.

Knows features and nothing of the columns that CSV and Parquet have.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.errors import ColumnError, path_text, shown
from sovietpacific.labels.feature_files import open_features, other_members, reading_json
from sovietpacific.labels.labeller import BatchLabeller, Labeller, warn_of
from sovietpacific.labels.text_files import chunks
from sovietpacific.points.missing_words import is_missing
from sovietpacific.points.reference_systems import check_degrees, system_of_geojson

if TYPE_CHECKING:
    import pyarrow


def label_geojson(
    labeller: Labeller,
    source: Path,
    part: Path,
    lon: str,
    lat: str,
    day: str,
    progress: Callable[[int, int], None],
) -> None:
    """Label a GeoJSON FeatureCollection of points.

    The day of each feature is its property `day`; the answers become properties.
    """
    import ijson
    import pyarrow as pa

    # The columns are named for the labeller alone: a feature's place is its geometry.
    schema = pa.schema([(lon, pa.float64()), (lat, pa.float64()), (day, pa.string())])
    batches = BatchLabeller(labeller, schema, lon, lat, day)
    size = source.stat().st_size
    with reading_json(source):
        members = other_members(source)
        check_degrees(system_of_geojson(members.get("crs"), path_text(source)), path_text(source))
        with open_features(source) as raw, part.open("w", encoding="utf-8") as out:
            out.write(_written(members)[:-1] + (", " if members else "") + '"features": [')
            features = iter(ijson.items(raw, "features.item", use_float=True))
            between = "\n"
            for chunk in chunks(features, raw.tell):
                batch = _feature_points(chunk, day, schema, batches.tally.rows)
                labels = batches.labels_of(batch)
                for feature in _with_properties(chunk, batches.columns.names, labels):
                    out.write(between + _written(feature))
                    between = ",\n"
                progress(raw.tell(), size)
            out.write("\n]}\n")
    warn_of(batches.tally)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature_points(
    features: Sequence[Any], day: str, schema: pyarrow.Schema, done: int
) -> pyarrow.RecordBatch:
    import pyarrow as pa

    points: list[tuple[float | None, float | None, str | None]] = []
    named = False
    for row, feature in enumerate(features, start=done):
        if not isinstance(feature, dict) or feature.get("type", "Feature") != "Feature":
            raise ColumnError(f"feature {row} is {shown(feature)}, which is no Feature")
        lon, lat = _place(feature, row)
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise ColumnError(
                f"the properties of feature {row} are {shown(properties)}, "
                "where an object should be"
            )
        text = properties.get(day)
        if text is not None and not isinstance(text, str):
            raise ColumnError(
                f"property {shown(day)} of feature {row} is {shown(text)}; "
                'give a day as "YYYY-MM-DD"'
            )
        named = named or day in properties
        points.append((lon, lat, text or None))
    if features and not named:
        raise ColumnError(
            f"no feature up to feature {done + len(features)} has the property {day!r}; "
            "name yours with day="
        )
    columns = zip(*points, strict=True) if points else ((), (), ())
    return pa.RecordBatch.from_arrays(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _place(feature: dict[str, Any], row: int) -> tuple[float | None, float | None]:
    """Return the longitude and latitude of a feature, None where it has no place."""
    geometry = feature.get("geometry")
    if geometry is None:
        return None, None
    if not isinstance(geometry, dict):
        raise ColumnError(
            f"the geometry of feature {row} is {shown(geometry)}, where an object should be"
        )
    if geometry.get("type") != "Point":
        kind = geometry.get("type")
        if not (isinstance(kind, str) and kind.isalpha() and len(kind) < 40):
            kind = shown(kind)
        raise ColumnError(f"feature {row} is a {kind}; only points lie on one tract")
    for part in (feature, geometry):
        if "crs" in part:
            check_degrees(system_of_geojson(part["crs"], f"feature {row}"), f"feature {row}")
    coordinates = geometry.get("coordinates")
    if coordinates is None or coordinates == []:
        return None, None
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise ColumnError(
            f"the coordinates of feature {row} are {shown(coordinates)}; "
            "give a longitude and a latitude"
        )
    return _degree(coordinates[0], row), _degree(coordinates[1], row)


def _degree(value: Any, row: int) -> float | None:
    if type(value) is float:
        return value
    if value is None or (isinstance(value, str) and is_missing(value)):
        return None
    if type(value) is int and abs(value) < 1 << 1000:
        return float(value)
    raise ColumnError(
        f"a coordinate of feature {row} is {shown(value)}, not a number; give degrees"
    )


def _with_properties(
    features: Iterable[Any], names: Sequence[str], labels: Sequence[pyarrow.Array]
) -> Iterator[Any]:
    rows = zip(*(array.to_pylist() for array in labels), strict=True)
    for feature, values in zip(features, rows, strict=True):
        properties = feature.get("properties") or {}
        taken = [name for name in names if name in properties]
        if taken:
            raise ColumnError(
                f"there is already a property called {taken[0]!r}; give a prefix= for the answers"
            )
        yield {**feature, "properties": {**properties, **dict(zip(names, values, strict=True))}}
