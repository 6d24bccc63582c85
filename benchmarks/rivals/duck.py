"""Answers with DuckDB and its spatial extension: by its spatial join, and by cells of a grid that
it joins by number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from subdivide import CELL_IN_SQL, cut_by_cells, subdivide

from rivals.common import Ask, Codes, Days, Floats, Land, Rival, UnavailableError, read_land, spread
from rivals.tables import piece_table, point_table, tenure_table, whole_table
from sovietpacific.atlas import Atlas

#: Vertices of a piece at most: of 16, 24, 32, 48, 64, 128 and 256 the fastest. `ST_Intersects` was
#: faster than `ST_Within` and finds points on the cuts; an R-tree index made no difference, since
#: the join makes a tree of its own.
MOST = 32

THREADS = 2

BY_JOIN = """
SELECT point, holder FROM points JOIN pieces ON ST_Intersects(ST_Point(lon, lat), shape)
JOIN tenures ON tenures.tract = pieces.tract AND day >= since AND day < until
"""

#: Without MATERIALIZED the tenures are joined with the cells first, which is a hundred times
#: slower; POLYGON_2D is tested without GEOS, four times as fast.
BY_CELLS = f"""
WITH celled AS MATERIALIZED (SELECT *, {CELL_IN_SQL} AS cell FROM points),
found AS MATERIALIZED (
    SELECT point, day, tract FROM celled JOIN whole USING (cell)
    UNION ALL
    SELECT point, day, tract FROM celled
    JOIN cut ON celled.cell = cut.cell AND ST_Contains(shape, ST_Point2D(lon, lat)))
SELECT point, holder FROM found
JOIN tenures ON tenures.tract = found.tract AND day >= since AND day < until
"""


def _connect() -> Any:
    try:
        import duckdb
        import duckdb_extension_spatial
    except ImportError as missing:
        raise UnavailableError(
            "pip install --no-deps --require-hashes -r requirements/bench.txt"
        ) from missing
    connection = duckdb.connect(config={"threads": THREADS, "allow_unsigned_extensions": True})
    extension = next(
        Path(duckdb_extension_spatial.__file__).parent.rglob("spatial.duckdb_extension")
    )
    connection.execute(f"LOAD '{extension}'")
    return connection


def _keep(connection: Any, name: str, table: Any, shape: str = "") -> None:
    connection.register("given", table)
    columns = f"* EXCLUDE (wkb), {shape} AS shape" if shape else "*"
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM given")
    connection.unregister("given")


def _asking(connection: Any, land: Land, statement: str) -> Ask:
    _keep(connection, "tenures", tenure_table(land.tenures))

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        connection.register("points", point_table(lon, lat, day))
        columns = connection.execute(statement).fetchnumpy()
        return spread(len(lon), columns["point"], columns["holder"])

    return ask


@contextmanager
def by_join(atlas: Atlas) -> Iterator[Ask]:
    """Join points with subdivided tracts by DuckDB's spatial join."""
    land, connection = read_land(atlas), _connect()
    _keep(connection, "pieces", piece_table(*subdivide(land.shapes, MOST)), "ST_GeomFromWKB(wkb)")
    yield _asking(connection, land, BY_JOIN)
    connection.close()


@contextmanager
def by_cells(atlas: Atlas) -> Iterator[Ask]:
    """Join points with cells by number, and test only the points in cells that a border cuts."""
    land, connection = read_land(atlas), _connect()
    cells = cut_by_cells(land.shapes)
    _keep(connection, "whole", whole_table(cells.whole, cells.whole_owner))
    _keep(
        connection,
        "cut",
        piece_table(cells.cut_owner, cells.pieces, cells.cut),
        "ST_GeomFromWKB(wkb)::POLYGON_2D",
    )
    yield _asking(connection, land, BY_CELLS)
    connection.close()


PACKAGES = ("duckdb", "duckdb-extension-spatial")
JOIN = Rival("d", f"DuckDB spatial, SPATIAL_JOIN with pieces of {MOST} vertices", PACKAGES, by_join)
CELLS = Rival("d-cells", "DuckDB spatial, hash join with cells of 1/8 degree", PACKAGES, by_cells)
