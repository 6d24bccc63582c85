"""Clips the base layers once into `seeds/coast/`; the only code that needs the two upstream
packages, or a network.

Knows the packages upstream and nothing of tracts and days.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sovietpacific.builder.land import Ring, country_coverage
from sovietpacific.builder.loading import load
from sovietpacific.builder.noding import on_grid
from sovietpacific.builder.packages import Package, check_package, take_package
from sovietpacific.errors import SeedError, shown
from sovietpacific.files.beside import beside
from sovietpacific.files.geoparquet import write_geoparquet
from sovietpacific.questions.positions import FRAME

#: The countries whose first-level divisions are kept (adm0_a3 of Natural Earth).
DIVIDED = ("CHN", "RUS")


def make_coast(seeds: Path, packages: Path | None = None) -> None:
    """Write `land.parquet` and `provinces.parquet` into `seeds/coast/`, from upstream packages.

    The packages are those that `seeds/coast/upstream.toml` names. They are taken by name and
    version with the ordinary clients (`npm pack`, `apt-get download`) into a temporary folder, or
    from `packages` where they already lie; no script of a package runs. Raise `SeedError` for a
    name that is no name of a package, and for a file with another SHA-256 than the one written
    down; then both layers stay as they were. The same packages give the same bytes.
    """
    upstream = load(seeds / "coast" / "upstream.toml")
    with tempfile.TemporaryDirectory() as scratch:
        folder = packages or Path(scratch)
        # All that is written down is looked at before anything is fetched, and all is fetched
        # before anything is written.
        wanted = [
            (_package(upstream, table), client, f"coast/upstream.toml: {table}")
            for table, client in _TABLES
        ]
        for package, client, where in wanted:
            check_package(package, client, where)
        land, provinces = (
            take_package(package, client, folder, where) for package, client, where in wanted
        )
        with (
            beside(seeds / "coast" / "land.parquet") as land_file,
            beside(seeds / "coast" / "provinces.parquet") as provinces_file,
        ):
            _write_land(land, land_file)
            _write_provinces(provinces, Path(scratch), provinces_file)


#: What `coast/upstream.toml` tells of, and the client that fetches it.
_TABLES = (("land", "npm"), ("provinces", "apt"))


def _package(upstream: Mapping[str, Any], table: str) -> Package:
    about = upstream.get(table)
    if not isinstance(about, Mapping):
        raise SeedError(
            f"coast/upstream.toml: {table} = {shown(about)} is no table; "
            f"write [{table}] with name, version, file, sha256"
        )
    # Nothing is known of the values yet: check_package looks at each.
    values: list[Any] = [about.get(key) for key in Package._fields]
    return Package(*values)


def _write_land(package: Path, target: Path) -> None:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/map.geo.json")
        if member is None:
            raise SeedError(f"{package.name} holds no package/map.geo.json")
        world = json.load(io.TextIOWrapper(member, encoding="utf-8"))
    coverage = country_coverage(list(_outer_rings(world)))
    rows = [
        (country, zone, polygon)
        for (country, zone), polygons in sorted(coverage.items())
        for polygon in _sorted(polygons)
    ]
    columns = {"country": [row[0] for row in rows], "zone": [row[1] for row in rows]}
    polygons = np.array([row[2] for row in rows], object)
    write_geoparquet(target, columns, {"geometry": polygons}, "geometry")


def _outer_rings(world: Mapping[str, Any]) -> Iterator[tuple[str, Ring]]:
    """Yield (country, positions) of every outer ring whose bounds meet the frame."""
    west, south, east, north = FRAME
    for feature in world["features"]:
        geometry = feature["geometry"]
        coordinates = geometry["coordinates"]
        polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
        for polygon in polygons:
            ring = np.asarray(polygon[0], float)[:, :2]
            (left, bottom), (right, top) = ring.min(axis=0), ring.max(axis=0)
            if right > west and left < east and top > south and bottom < north:
                yield feature["properties"]["A3"], ring


def _sorted(polygons: list[Any]) -> list[Any]:
    return sorted(
        (shapely.normalize(polygon) for polygon in polygons),
        key=lambda polygon: (polygon.bounds, polygon.wkb),
    )


def _write_provinces(package: Path, scratch: Path, target: Path) -> None:
    """Write the divisions of China and Russia, clipped to the frame, by country and name."""
    import geopandas

    subprocess.run(["dpkg", "-x", str(package), str(scratch)], check=True)
    world = scratch / "usr" / "share" / "qgis" / "resources" / "data" / "world_map.gpkg"
    table = geopandas.read_file(world, layer="states_provinces", bbox=FRAME)
    table = table[table.adm0_a3.isin(DIVIDED)].sort_values(["adm0_a3", "name"])
    clipped = on_grid(shapely.clip_by_rect(shapely.make_valid(table.geometry.to_numpy()), *FRAME))
    columns = {"country": table.adm0_a3.to_list(), "name": table.name.to_list()}
    write_geoparquet(target, columns, {"geometry": shapely.normalize(clipped)}, "geometry")
