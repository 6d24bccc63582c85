"""Labels CSV and GeoJSON files, in which every text that was there stays as it was."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sovietpacific.csv_lines import CountedRows
from sovietpacific.errors import ColumnError
from sovietpacific.labelling import BatchLabeller, Labeller, warn_of

if TYPE_CHECKING:
    import pyarrow

#: Rows and features that are labelled at a time.
TEXTS = 1 << 15


def label_csv(
    labeller: Labeller, source: Path, part: Path, lon: str, lat: str, when: str, progress: Callable[[int, int], None]
) -> None:
    """Label a CSV file (.tsv: tabs) with a line of names; an empty coordinate or day is a missing one."""
    mark = "\t" if source.suffix.lower() == ".tsv" else ","
    with source.open("rb") as raw, part.open("w", encoding="utf-8", newline="") as out:
        rows = csv.reader(_lines(raw), delimiter=mark, strict=True)
        writer = csv.writer(out, delimiter=mark, lineterminator="\n")
        try:
            names = next(rows, [])
            places = [names.index(name) for name in (lon, lat, when) if name in names]
            batches: BatchLabeller | None = None
            counted = CountedRows(rows)
            going = iter(counted)
            for chunk in iter(lambda: list(islice(going, TEXTS)), []):
                _check_lengths(chunk, len(names), rows.line_num - len(chunk))
                done = batches.tally.rows if batches else 0
                with counted.naming_lines():
                    batch = _typed(names, chunk, places, (lon, lat), done)
                    if batches is None:
                        batches = BatchLabeller(labeller, batch.schema, lon, lat, when)
                        writer.writerow([*names, *batches.columns.names])
                    texts = [_texts(array) for array in batches.labels_of(batch)]
                writer.writerows([*row, *told] for row, told in zip(chunk, zip(*texts, strict=True), strict=True))
                progress(raw.tell(), source.stat().st_size)
            if batches is None:
                batches = BatchLabeller(labeller, _typed(names, [], places, (lon, lat), 0).schema, lon, lat, when)
                writer.writerow([*names, *batches.columns.names])
        except (csv.Error, UnicodeDecodeError) as wrong:
            raise ColumnError(f"{source}, line {rows.line_num + 1}, cannot be read as CSV in UTF-8: {wrong}") from wrong
    warn_of(batches.tally)


def _lines(raw: IO[bytes]) -> Iterator[str]:
    """Decode line by line, so that the file's position tells how much has been read."""
    for number, line in enumerate(iter(raw.readline, b"")):
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")


def _check_lengths(rows: Sequence[Sequence[str]], names: int, line: int) -> None:
    for number, row in enumerate(rows, start=line + 1):
        if len(row) != names:
            raise ColumnError(f"line {number} or near it has {len(row)} fields, the line of names has {names}")


def _typed(
    names: Sequence[str], rows: Sequence[Sequence[str]], places: Sequence[int], numbers: Sequence[str], done: int
) -> pyarrow.RecordBatch:
    """Give a batch of all columns, those of points with their types; the others are empty, they are only named."""
    import pyarrow as pa

    arrays = []
    for place, name in enumerate(names):
        if place not in places:
            arrays.append(pa.nulls(len(rows)))
            continue
        array = pa.array([row[place].strip() or None for row in rows], pa.string())
        arrays.append(_as_numbers(array, name, done) if name in numbers else array)
    return pa.RecordBatch.from_arrays(arrays, names=list(names))


def _as_numbers(array: pyarrow.Array, name: str, done: int) -> pyarrow.Array:
    import pyarrow as pa

    try:
        return array.cast(pa.float64())
    except pa.ArrowInvalid as wrong:
        for row, text in enumerate(array.to_pylist()):
            if text is not None and not _is_number(text):
                raise ColumnError(f"row {done + row} of column {name!r} is {text!r}, not a number; give degrees") from wrong
        raise ColumnError(f"column {name!r} cannot be read as numbers: {wrong}") from wrong


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _texts(array: pyarrow.Array) -> list[str]:
    import pyarrow as pa

    if not pa.types.is_dictionary(array.type):
        return ["" if value is None else str(value) for value in array.to_pylist()]
    texts = [*array.dictionary.to_pylist(), ""]
    return [texts[place] for place in array.indices.fill_null(len(texts) - 1).to_pylist()]


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
    try:
        members = _other_members(source)
        with source.open("rb") as raw, part.open("w", encoding="utf-8") as out:
            out.write(json.dumps(members, ensure_ascii=False)[:-1] + (", " if members else "") + '"features": [')
            features = iter(ijson.items(raw, "features.item", use_float=True))
            between = "\n"
            for chunk in iter(lambda: list(islice(features, TEXTS)), []):
                batch = _feature_points(chunk, when, schema, batches.tally.rows)
                for feature in _with_properties(chunk, batches.columns.names, batches.labels_of(batch)):
                    out.write(between + json.dumps(feature, ensure_ascii=False))
                    between = ",\n"
                progress(raw.tell(), size)
            out.write("\n]}\n")
    except ijson.JSONError as wrong:
        raise ColumnError(f"{source} cannot be read as GeoJSON: {wrong}") from wrong
    warn_of(batches.tally)


def _other_members(source: Path) -> dict[str, Any]:
    """Read the members of the collection beside its features, without holding these."""
    import ijson
    from ijson.common import ObjectBuilder

    members: dict[str, Any] = {}
    depth, key, builder = 0, "", None
    with source.open("rb") as raw:
        for event, value in ijson.basic_parse(raw, use_float=True):
            if depth == 1 and event == "map_key":
                key, builder = value, None if value == "features" else ObjectBuilder()
                continue
            depth -= event in ("end_map", "end_array")
            if builder is not None and (depth or not event.startswith("end")):
                builder.event(event, value)
                if depth == 1 and not event.startswith("start"):
                    members[key], builder = builder.value, None
            depth += event in ("start_map", "start_array")
    if members.get("type") != "FeatureCollection":
        raise ColumnError(f"{source} is no GeoJSON FeatureCollection; its type is {members.get('type')!r}")
    return members


def _feature_points(features: Sequence[Any], when: str, schema: pyarrow.Schema, done: int) -> pyarrow.RecordBatch:
    import pyarrow as pa

    lon, lat, day = [], [], []
    for row, feature in enumerate(features, start=done):
        geometry = feature.get("geometry") or {"type": "Point", "coordinates": (None, None)}
        if geometry.get("type") != "Point":
            raise ColumnError(f"feature {row} is a {geometry.get('type')}; only points lie on one tract")
        told = (feature.get("properties") or {}).get(when)
        if told is not None and not isinstance(told, str):
            raise ColumnError(f'property {when!r} of feature {row} is {told!r}; give a day as "YYYY-MM-DD"')
        x, y = (*geometry["coordinates"], None, None)[:2]
        lon.append(x)
        lat.append(y)
        day.append(told or None)
    if features and not any(when in (feature.get("properties") or {}) for feature in features):
        raise ColumnError(f"no feature up to feature {done + len(features)} has the property {when!r}; name yours with when=")
    return pa.RecordBatch.from_arrays(
        [pa.array(values, field.type) for values, field in zip((lon, lat, day), schema, strict=True)], schema=schema
    )


def _with_properties(features: Iterable[Any], names: Sequence[str], labels: Sequence[pyarrow.Array]) -> Iterator[Any]:
    told = zip(*(array.to_pylist() for array in labels), strict=True)
    for feature, values in zip(features, told, strict=True):
        properties = feature.get("properties") or {}
        taken = [name for name in names if name in properties]
        if taken:
            raise ColumnError(f"there is already a property called {taken[0]!r}; give a prefix= for the answers")
        yield {**feature, "properties": {**properties, **dict(zip(names, values, strict=True))}}
