"""Answers with PostGIS, in a database server of its own that is started for the benchmark and
removed after it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from subdivide import CELL_IN_SQL, cut_by_cells

from rivals.common import Ask, Codes, Days, Floats, Land, Rival, UnavailableError, read_land, spread
from sovietpacific.atlas import Atlas

#: Vertices of a piece at most: of 32, 64, 128 and 256 there was little to choose.
MOST = 128

#: What the server is started with; it holds nothing that must survive a crash.
SERVER = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "max_wal_size": "4GB",
}

#: Two workers on two cores, encouraged; just-in-time compilation was slower, and work_mem of 4 MB
#: as fast.
SESSION = {
    "jit": "off",
    "work_mem": "256MB",
    "max_parallel_workers_per_gather": "2",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
    "min_parallel_table_scan_size": "0",
}

#: `ST_Intersects` was twice as fast as `ST_Within`, and finds points on the cuts.
BY_JOIN = """
SELECT point, holder FROM points JOIN pieces ON ST_Intersects(shape, ST_Point(lon, lat))
JOIN tenures USING (tract) WHERE day >= since AND day < until
"""

BY_CELLS = f"""
SELECT point, holder FROM (
    SELECT point, day, tract FROM points JOIN whole ON {CELL_IN_SQL} = cell
    UNION ALL
    SELECT point, day, tract FROM points
    JOIN cut ON {CELL_IN_SQL} = cell AND ST_Intersects(shape, ST_Point(lon, lat))
) AS found JOIN tenures USING (tract) WHERE day >= since AND day < until
"""

#: PostgreSQL's binary form of rows of fixed length, in which points go in and answers come out
#: without becoming text.
HEAD, TAIL = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
POINT = np.dtype(
    [
        ("fields", ">i2"),
        ("size_point", ">i4"),
        ("point", ">i4"),
        ("size_lon", ">i4"),
        ("lon", ">f8"),
        ("size_lat", ">i4"),
        ("lat", ">f8"),
        ("size_day", ">i4"),
        ("day", ">i4"),
    ]
)
ANSWER = np.dtype(
    [
        ("fields", ">i2"),
        ("size_point", ">i4"),
        ("point", ">i4"),
        ("size_holder", ">i4"),
        ("holder", ">i4"),
    ]
)


class Asking:
    """Asks the server; `query_seconds` is how long the last question took, without its points."""

    def __init__(self, connection: Any, land: Land, statement: str) -> None:
        """Put the tenures in a table."""
        self._connection, self._statement = connection, statement
        self.query_seconds = 0.0
        (server,) = connection.execute("SELECT current_setting('server_version')").fetchone()
        (postgis,) = connection.execute("SELECT postgis_lib_version()").fetchone()
        self.versions = f"PostgreSQL {server.split()[0]}, PostGIS {postgis}"
        connection.execute(
            "CREATE UNLOGGED TABLE points (point int, lon float8, lat float8, day int)"
        )
        _keep(connection, "tenures", "tract int, since int, until int, holder int", *land.tenures)
        connection.execute("CREATE INDEX ON tenures (tract, since)")

    def __call__(self, lon: Floats, lat: Floats, day: Days) -> Codes:
        """Copy the points into a table, analyse it, ask, and return the answers."""
        rows = np.empty(len(lon), POINT)
        columns = {"point": np.arange(len(lon)), "lon": lon, "lat": lat, "day": day}
        rows["fields"] = len(columns)
        for name, values in columns.items():
            rows[name], rows[f"size_{name}"] = values, POINT[name].itemsize
        self._connection.execute("TRUNCATE points")
        with self._connection.cursor().copy("COPY points FROM STDIN (FORMAT binary)") as copy:
            copy.write(HEAD + rows.tobytes() + TAIL)
        self._connection.execute("VACUUM ANALYZE points")
        start = time.perf_counter()
        with self._connection.cursor().copy(
            f"COPY ({self._statement}) TO STDOUT (FORMAT binary)"
        ) as copy:
            answers = b"".join(copy)
        self.query_seconds = time.perf_counter() - start
        pairs = np.frombuffer(answers[len(HEAD) : -len(TAIL)], ANSWER)
        return spread(len(lon), pairs["point"], pairs["holder"])


def _keep(connection: Any, table: str, columns: str, *values: Any) -> None:
    connection.execute(f"CREATE TABLE {table} ({columns})")
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in zip(*(column.tolist() for column in values), strict=True):
            copy.write_row(row)
    connection.execute(f"VACUUM ANALYZE {table}")


def _programs() -> Path:
    """Return the folder of the server's programs, which Debian keeps off the path."""
    program = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    folders = [Path(program).parent] if program else debian
    if not folders or not (folders[-1] / "initdb").exists():
        raise UnavailableError("apt-get install postgresql-15 postgresql-15-postgis-3")
    return folders[-1]


@contextmanager
def _server() -> Iterator[Any]:
    """Run a server in a temporary folder, as a user without rights, and yield a connection."""
    try:
        import psycopg
    except ImportError as missing:
        raise UnavailableError(
            "pip install --no-deps --require-hashes -r requirements/bench.txt"
        ) from missing
    programs, root = _programs(), os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        if root:  # the server refuses to run as root
            shutil.chown(folder, "postgres", "postgres")

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", folder, *arguments]
            user = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)

        run("initdb", "-A", "trust", "-U", "postgres", "--locale=C", "-E", "UTF8")
        settings = " ".join(f"-c {name}='{value}'" for name, value in SERVER.items())
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} {settings}", "start")
        try:
            with psycopg.connect(
                host=folder, user="postgres", dbname="postgres", autocommit=True
            ) as connection:
                try:
                    connection.execute("CREATE EXTENSION postgis")
                except psycopg.errors.FeatureNotSupported as missing:
                    raise UnavailableError("apt-get install postgresql-15-postgis-3") from missing
                for name, value in SESSION.items():
                    connection.execute(f"SET {name} = '{value}'")
                yield connection
        finally:
            run("pg_ctl", "-m", "fast", "-w", "stop")


@contextmanager
def by_join(atlas: Atlas) -> Iterator[Ask]:
    """Join points with tracts subdivided by `ST_Subdivide`, by a GiST index."""
    land = read_land(atlas)
    with _server() as connection:
        wkb = shapely.to_wkb(land.shapes, hex=True)
        _keep(connection, "tracts", "tract int, shape geometry", np.arange(len(wkb)), wkb)
        connection.execute(
            f"CREATE TABLE pieces AS SELECT tract, ST_Subdivide(shape, {MOST}) AS shape FROM tracts"
        )
        connection.execute("CREATE INDEX ON pieces USING gist (shape)")
        connection.execute("VACUUM ANALYZE pieces")
        yield Asking(connection, land, BY_JOIN)


@contextmanager
def by_cells(atlas: Atlas) -> Iterator[Ask]:
    """Join points with cells by number, and test only the points in cells that a border cuts."""
    land = read_land(atlas)
    cells = cut_by_cells(land.shapes)
    with _server() as connection:
        _keep(connection, "whole", "cell int, tract int", cells.whole, cells.whole_owner)
        wkb = shapely.to_wkb(cells.pieces, hex=True)
        columns = "cell int, tract int, shape geometry"
        _keep(connection, "cut", columns, cells.cut, cells.cut_owner, wkb)
        yield Asking(connection, land, BY_CELLS)


JOIN = Rival("f", f"PostGIS, GiST join with ST_Subdivide({MOST})", ("psycopg",), by_join)
CELLS = Rival("f-cells", "PostGIS, hash join with cells of 1/8 degree", ("psycopg",), by_cells)
