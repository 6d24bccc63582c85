"""Write GeoParquet: plain columns beside geometry as well-known binary, with the metadata that says
so.

Knows tables and nothing of the atlas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import shapely


def write_geoparquet(
    path: Path,
    columns: Mapping[str, Sequence[Any]],
    shapes: Mapping[str, Any],
    primary: str,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write a GeoParquet file (version 1.1, longitude and latitude) of columns and geometry.

    `columns` are plain, `shapes` arrays of geometry, `about` further keys of the file's metadata.
    """
    geometries = {
        name: pa.array(shapely.to_wkb(array).tolist(), pa.binary())
        for name, array in shapes.items()
    }
    table = pa.table({**columns, **geometries})
    described = {
        name: {
            "encoding": "WKB",
            "geometry_types": sorted({geometry.geom_type for geometry in array}),
            "bbox": [round(float(bound), 6) for bound in shapely.total_bounds(array)],
        }
        for name, array in shapes.items()
    }
    geo = json.dumps(
        {"version": "1.1.0", "primary_column": primary, "columns": described}, sort_keys=True
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    described_table = table.replace_schema_metadata({"geo": geo, **(about or {})})
    parquet.write_table(described_table, path, compression="zstd", compression_level=19)
