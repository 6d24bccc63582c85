"""Labels GeoJSON files, in which every member that was there stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.errors import ColumnError, path_text, shown
from sovietpacific.feature_files import open_features, other_members, reading_json
from sovietpacific.labelling import BatchLabeller, Labeller, warn_of
from sovietpacific.missing_words import is_missing
from sovietpacific.reference_systems import check_degrees, system_of_geojson
from sovietpacific.text_files import chunks

if TYPE_CHECKING:
    import pyarrow


def label_geojson(
    labeller: Labeller, source: Path, part: Path, lon: str, lat: str, when: str, progress: Callable[[int, int], None]
) -> None:
    """Label a GeoJSON FeatureCollection of points; the day of each is its property `when`, the answers become properties."""
    import ijson
    import pyarrow as pa

    # The names of columns are not used: a feature's place is its geometry.
    schema = pa.schema([(name, kind) for name, kind in ((lon, pa.float64()), (lat, pa.float64()), (when, pa.string()))])
    batches = BatchLabeller(labeller, schema, lon, lat, when)
    size = source.stat().st_size
    with reading_json(source):
        members = other_members(source)
        check_degrees(system_of_geojson(members.get("crs"), path_text(source)), path_text(source))
        with open_features(source) as raw, part.open("w", encoding="utf-8") as out:
            out.write(_written(members)[:-1] + (", " if members else "") + '"features": [')
            features = iter(ijson.items(raw, "features.item", use_float=True))
            between = "\n"
            for chunk in chunks(features, raw.tell):
                batch = _feature_points(chunk, when, schema, batches.tally.rows)
                for feature in _with_properties(chunk, batches.columns.names, batches.labels_of(batch)):
                    out.write(between + _written(feature))
                    between = ",\n"
                progress(raw.tell(), size)
            out.write("\n]}\n")
    warn_of(batches.tally)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature_points(features: Sequence[Any], when: str, schema: pyarrow.Schema, done: int) -> pyarrow.RecordBatch:
    import pyarrow as pa

    lon, lat, day = [], [], []
    named = False
    for row, feature in enumerate(features, start=done):
        if not isinstance(feature, dict) or feature.get("type", "Feature") != "Feature":
            raise ColumnError(f"feature {row} is {shown(feature)}, which is no Feature")
        x, y = _place(feature, row)
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise ColumnError(f"the properties of feature {row} are {shown(properties)}, where an object should be")
        told = properties.get(when)
        if told is not None and not isinstance(told, str):
            raise ColumnError(f'property {shown(when)} of feature {row} is {shown(told)}; give a day as "YYYY-MM-DD"')
        named = named or when in properties
        lon.append(x)
        lat.append(y)
        day.append(told or None)
    if features and not named:
        raise ColumnError(f"no feature up to feature {done + len(features)} has the property {when!r}; name yours with when=")
    return pa.RecordBatch.from_arrays(
        [pa.array(values, field.type) for values, field in zip((lon, lat, day), schema, strict=True)], schema=schema
    )


def _place(feature: dict[str, Any], row: int) -> tuple[float | None, float | None]:
    """Give the longitude and latitude of a feature, None where it has no place."""
    geometry = feature.get("geometry")
    if geometry is None:
        return None, None
    if not isinstance(geometry, dict):
        raise ColumnError(f"the geometry of feature {row} is {shown(geometry)}, where an object should be")
    if geometry.get("type") != "Point":
        kind = geometry.get("type")
        told = kind if isinstance(kind, str) and kind.isalpha() and len(kind) < 40 else shown(kind)
        raise ColumnError(f"feature {row} is a {told}; only points lie on one tract")
    for part in (feature, geometry):
        if "crs" in part:
            check_degrees(system_of_geojson(part["crs"], f"feature {row}"), f"feature {row}")
    coordinates = geometry.get("coordinates")
    if coordinates is None or coordinates == []:
        return None, None
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise ColumnError(f"the coordinates of feature {row} are {shown(coordinates)}; give a longitude and a latitude")
    return _degree(coordinates[0], row), _degree(coordinates[1], row)


def _degree(given: Any, row: int) -> float | None:
    if type(given) is float:
        return given
    if given is None or (isinstance(given, str) and is_missing(given)):
        return None
    if type(given) is int and abs(given) < 1 << 1000:
        return float(given)
    raise ColumnError(f"a coordinate of feature {row} is {shown(given)}, not a number; give degrees")


def _with_properties(features: Iterable[Any], names: Sequence[str], labels: Sequence[pyarrow.Array]) -> Iterator[Any]:
    told = zip(*(array.to_pylist() for array in labels), strict=True)
    for feature, values in zip(features, told, strict=True):
        properties = feature.get("properties") or {}
        taken = [name for name in names if name in properties]
        if taken:
            raise ColumnError(f"there is already a property called {taken[0]!r}; give a prefix= for the answers")
        yield {**feature, "properties": {**properties, **dict(zip(names, values, strict=True))}}
