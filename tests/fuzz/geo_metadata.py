"""Tries bytes as what a table says of its points: the `geo` of GeoParquet, and the extension of
GeoArrow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pyarrow as pa
import shapely

import sovietpacific as sp
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import small_atlas
from tests.fuzz.trees import changed, less_json, write_json

_CRS = (
    *(
        '{"id": {"authority": "OGC", "code": "CRS84"}}',
        '{"id": {"authority": "EPSG", "code": 4326}}',
        "null",
        '"EPSG:4326"',
    ),
    *(
        '{"type": "ProjectedCRS", "name": "x"}',
        '{"type": "GeographicCRS", "name": "WGS 84", "id": {"authority": "EPSG", "code": 4301}}',
    ),
)
STARTS = (
    *(
        b'{"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], '
        b'"crs": ' + crs.encode() + b"}}}"
        for crs in _CRS
    ),
    b'{"columns": {"geometry": {}}, "more": [[1]]}',
    b'{"crs": "EPSG:4326", "crs_type": "authority_code"}',
    b"{}",
)


def try_it(data: bytes) -> bool:
    """Ask with the bytes in either place; a plane system of reference must never be read as
    degrees.
    """
    got = [
        answered(lambda: _label({b"geo": data}, {})),
        answered(lambda: _label({}, _extension(data))),
    ]
    assert not (got[0] and _is_plane(data)), "a plane was read as degrees"
    return any(got)


def _extension(data: bytes) -> dict[bytes, bytes]:
    return {b"ARROW:extension:name": b"geoarrow.wkb", b"ARROW:extension:metadata": data}


def _label(of_table: dict[bytes, bytes], of_column: dict[bytes, bytes]) -> None:
    points = pa.array([shapely.to_wkb(shapely.Point(148.0, 45.1)), None], pa.binary())
    fields = [pa.field("geometry", pa.binary(), metadata=of_column), pa.field("date", pa.string())]
    schema = pa.schema(fields, metadata=of_table)
    table = pa.table([points, pa.array(["1945-09-02", "1945-09-02"])], schema=schema)
    assert sp.label_batches(table, atlas=small_atlas()).read_all()["tract"].to_pylist() == [
        "iturup",
        None,
    ]


def _is_plane(data: bytes) -> bool:
    try:
        crs = json.loads(data)["columns"]["geometry"]["crs"]
        return crs["type"] == "ProjectedCRS" or str(crs["id"]["code"]) == "3857"
    except (ValueError, LookupError, TypeError, RecursionError):
        return False


def change(data: bytes, chance: Random) -> bytes:
    """Change the tree, where the bytes are one."""
    try:
        return write_json(changed(json.loads(data), chance))
    except (ValueError, RecursionError):
        return data


def less(data: bytes) -> Iterator[bytes]:
    """Give smaller trees."""
    return less_json(data)
