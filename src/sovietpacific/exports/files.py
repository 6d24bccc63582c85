"""Write layers into files: GeoJSON, GeoParquet, GeoPackage and CSV; days are dates wherever the
form has dates.

Knows layers and forms of files, and nothing of tenures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from sovietpacific.exports.layers import DAY, FLAG, NUMBER, TEXT, WHOLE, Layer
from sovietpacific.files.geojson import feature, write_features
from sovietpacific.files.geoparquet import write_geoparquet

if TYPE_CHECKING:
    import pyarrow


def write_geojson(path: Path, layer: Layer, about: Mapping[str, str]) -> None:
    """Write a layer as GeoJSON, a feature a line.

    Days are ISO text, and `about` stands beside the features.
    """
    shapes = layer.geometries or [None] * len(layer.rows)
    rows = (plain_days(row) for row in layer.rows)
    features = (
        feature(key, shape, row) for key, shape, row in zip(layer.ids, shapes, rows, strict=True)
    )
    write_features(path, features, {"about": dict(about)})


def plain_days(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its days as ISO text."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def write_csv(path: Path, layer: Layer) -> None:
    """Write the rows of a layer as CSV in UTF-8, without shapes.

    What is missing is empty; yes and no are `true` and `false`.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(layer.columns)
        rows.writerows([_cell(row[name]) for name in layer.columns] for row in layer.rows)


def _cell(value: Any) -> Any:
    return ("false", "true")[value] if isinstance(value, bool) else _plain(value)


def _arrow_columns(layer: Layer) -> dict[str, pyarrow.Array]:
    import pyarrow as pa

    kinds = {
        TEXT: pa.string(),
        DAY: pa.date32(),
        FLAG: pa.bool_(),
        NUMBER: pa.float64(),
        WHOLE: pa.int64(),
    }
    return {
        name: pa.array([row[name] for row in layer.rows], kinds[kind])
        for name, kind in layer.columns.items()
    }


def write_parquet(path: Path, layer: Layer, about: Mapping[str, str]) -> None:
    """Write a layer as GeoParquet 1.1; `about` is in the metadata of the file, key by key."""
    write_geoparquet(path, _arrow_columns(layer), {"geometry": layer.geometries}, "geometry", about)


def write_geopackage(
    path: Path, layers: Sequence[Layer], about: Mapping[str, str], day: date
) -> None:
    """Write layers as one GeoPackage, those without shapes as plain tables.

    `day` is written as that of the last change. How many rows there are is read back: raise
    `OSError` where some are missing, as on a full disk.
    """
    from pyogrio import read_info
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        with _dated(day):
            for number, layer in enumerate(layers):
                _append(path, layer, {"append": number > 0, "dataset_metadata": dict(about)})
        for layer in layers:
            found = read_info(path, layer=layer.name, force_feature_count=True)["features"]
            if found != len(layer.rows):
                raise OSError(
                    f"{found} of {len(layer.rows)} rows of {layer.name} were written; "
                    "is the disk full?"
                )
    except (DataSourceError, DataLayerError) as wrong:
        raise OSError(f"the GeoPackage cannot be written: {wrong}") from wrong
    finally:
        for ending in ("-journal", "-wal", "-shm"):  # SQLite leaves these beside an unfinished file
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _append(path: Path, layer: Layer, options: Mapping[str, Any]) -> None:
    import pyarrow as pa
    from pyogrio import write_arrow

    columns = _arrow_columns(layer)
    shaped: dict[str, Any] = {}
    if layer.geometries is not None:
        columns["geometry"] = pa.array(
            shapely.to_wkb(_as_multi(layer.geometries)).tolist(), pa.binary()
        )
        shaped = {
            "geometry_name": "geometry",
            "geometry_type": _kind(layer.geometries),
            "crs": "EPSG:4326",
        }
    write_arrow(pa.table(columns), path, layer=layer.name, driver="GPKG", **options, **shaped)


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Have GDAL write `day` in place of the clock's, so that an export has the same bytes again."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": f"{day}T00:00:00.000Z"})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _kind(geometries: Sequence[Any]) -> str:
    names = {"Polygon": "MultiPolygon", "LineString": "MultiLineString"}
    first: str = geometries[0].geom_type if geometries else "MultiPolygon"
    return names.get(first, first)


def _as_multi(geometries: Sequence[Any]) -> list[Any]:
    """Return every polygon and line as a collection, so that a layer holds one kind of shape."""
    collect: dict[str, Any] = {
        "Polygon": shapely.multipolygons,
        "LineString": shapely.multilinestrings,
    }
    return [
        collect[shape.geom_type]([shape]) if shape.geom_type in collect else shape
        for shape in geometries
    ]
