"""Answers with SedonaDB: by its spatial join, and by cells of a grid that it joins by number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from subdivide import CELL_IN_SQL, cut_by_cells, subdivide

from rivals.common import Ask, Codes, Days, Floats, Land, Rival, UnavailableError, read_land, spread
from rivals.tables import piece_table, point_table, tenure_table, whole_table
from sovietpacific.atlas import Atlas

#: Vertices of a piece at most: of 16, 32, 64, 128, 256 and 512 the fastest with these settings.
MOST = 128

#: Of tg, geo and geos, each with prepared pieces and without, the fastest; all give the same
#: answers.
SETTINGS = (
    "SET datafusion.execution.target_partitions = 2",
    "SET sedona.spatial_join.execution_mode = 'prepare_build'",
    "SET sedona.spatial_join.spatial_library = 'geo'",
)

PLACED = "SELECT point, lon, lat, day, ST_Point(lon, lat) AS place FROM points"

BY_JOIN = f"""
SELECT placed.point, tenures.holder FROM ({PLACED}) AS placed
JOIN pieces ON ST_Intersects(placed.place, pieces.shape)
JOIN tenures ON tenures.tract = pieces.tract
    AND placed.day >= tenures.since AND placed.day < tenures.until
"""

BY_CELLS = f"""
WITH celled AS (SELECT *, {CELL_IN_SQL} AS cell FROM ({PLACED})),
found AS (
    SELECT celled.point, celled.day, whole.tract FROM celled JOIN whole ON celled.cell = whole.cell
    UNION ALL
    SELECT celled.point, celled.day, cut.tract FROM celled
    JOIN cut ON celled.cell = cut.cell AND ST_Intersects(cut.shape, celled.place))
SELECT found.point, tenures.holder FROM found
JOIN tenures ON tenures.tract = found.tract
    AND found.day >= tenures.since AND found.day < tenures.until
"""


def _connect() -> Any:
    try:
        import geoarrow.pyarrow
        import sedonadb
    except ImportError as missing:
        raise UnavailableError(
            "pip install --no-deps --require-hashes -r requirements/bench.txt"
        ) from missing
    del geoarrow  # it only has to be there, for tables with shapes
    connection = sedonadb.connect()
    for setting in SETTINGS:
        connection.sql(setting).to_arrow_table()
    return connection


def _keep(connection: Any, name: str, table: Any) -> None:
    frame = connection.create_data_frame(table)
    if "wkb" in table.column_names:
        frame.to_view("given", overwrite=True)
        others = ", ".join(column for column in table.column_names if column != "wkb")
        frame = connection.sql(f"SELECT {others}, ST_GeomFromWKB(wkb) AS shape FROM given")
    frame.to_memtable().to_view(name, overwrite=True)


def _asking(connection: Any, land: Land, statement: str) -> Ask:
    _keep(connection, "tenures", tenure_table(land.tenures))

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        connection.create_data_frame(point_table(lon, lat, day)).to_view("points", overwrite=True)
        table = connection.sql(statement).to_arrow_table()
        return spread(len(lon), table["point"].to_numpy(), table["holder"].to_numpy())

    return ask


@contextmanager
def by_join(atlas: Atlas) -> Iterator[Ask]:
    """Join points with subdivided tracts by SedonaDB's spatial join."""
    land, connection = read_land(atlas), _connect()
    _keep(connection, "pieces", piece_table(*subdivide(land.shapes, MOST)))
    yield _asking(connection, land, BY_JOIN)


@contextmanager
def by_cells(atlas: Atlas) -> Iterator[Ask]:
    """Join points with cells by number, and test only the points in cells that a border cuts."""
    land, connection = read_land(atlas), _connect()
    cells = cut_by_cells(land.shapes)
    _keep(connection, "whole", whole_table(cells.whole, cells.whole_owner))
    _keep(connection, "cut", piece_table(cells.cut_owner, cells.pieces, cells.cut))
    yield _asking(connection, land, BY_CELLS)


PACKAGES = ("sedonadb",)
JOIN = Rival("e", f"SedonaDB, spatial join with pieces of {MOST} vertices", PACKAGES, by_join)
CELLS = Rival("e-cells", "SedonaDB, hash join with cells of 1/8 degree", PACKAGES, by_cells)
