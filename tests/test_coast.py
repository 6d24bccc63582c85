"""The base layer becomes gapless countries: water is given away, great lakes stay apart, wrong packages are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from sovietpacific.build.coast import make_coast
from sovietpacific.build.land import CORE, country_coverage
from sovietpacific.build.noding import area_km2
from sovietpacific.errors import SeedError


def ring(*box: float) -> np.ndarray:
    return shapely.get_coordinates(shapely.box(*box))


def test_a_river_between_two_countries_goes_to_the_longer_bank() -> None:
    north, south = ("NOR", ring(100, 40.001, 101, 41)), ("SOU", ring(100, 39, 101, 40))
    west = ("NOR", ring(99.5, 39, 99.9999, 41))
    east = ("SOU", ring(101.0, 39, 101.5, 41))
    coverage = country_coverage([north, south, west, east])
    shapes = [polygon for parts in coverage.values() for polygon in parts]
    assert {key[1] for key in coverage} == {"core"}
    assert shapely.coverage_is_valid(np.array(shapes, object))


def test_water_enclosed_by_two_countries_is_no_hole() -> None:
    frame = shapely.box(100, 40, 102, 42).difference(shapely.box(100.8, 40.9, 101.0, 41.1))
    left, right = (shapely.intersection(frame, box) for box in (shapely.box(100, 40, 101, 42), shapely.box(101, 40, 102, 42)))
    coverage = country_coverage([("LEF", shapely.get_coordinates(left)), ("RIG", shapely.get_coordinates(right))])
    whole = shapely.union_all([polygon for parts in coverage.values() for polygon in parts])
    assert whole.equals(shapely.box(100, 40, 102, 42))
    assert sum(polygon.area for polygon in coverage["LEF", "core"]) == pytest.approx(2.0)


def test_a_great_lake_between_two_countries_stays_apart() -> None:
    frame = shapely.box(100, 40, 104, 42).difference(shapely.box(101.5, 40.5, 102.5, 41.5))
    left, right = (shapely.intersection(frame, box) for box in (shapely.box(100, 40, 102, 42), shapely.box(102, 40, 104, 42)))
    coverage = country_coverage([("LEF", shapely.get_coordinates(left)), ("RIG", shapely.get_coordinates(right))])
    assert area_km2(coverage["LEF+RIG", "core"][0]) > 9000


def test_land_is_split_where_the_core_ends() -> None:
    coverage = country_coverage([("ANY", ring(80, 40, 90, 50))])
    (inside,), (outside,) = coverage["ANY", "core"], coverage["ANY", "context"]
    assert inside.bounds[0] == outside.bounds[2] == CORE[0]


def test_a_package_with_another_checksum_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "coast").mkdir()
    (tmp_path / "coast" / "upstream.toml").write_bytes((root / "seeds" / "coast" / "upstream.toml").read_bytes())
    for name in ("geo-maps-countries-land-50m-0.6.0.tgz", "qgis-common_3.22.16+dfsg-1_all.deb"):
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(SeedError, match=r"geo-maps-countries-land-50m-0\.6\.0\.tgz has SHA-256 .*, not e0c9149c"):
        make_coast(tmp_path, packages=tmp_path)


def test_a_missing_base_layer_names_the_remedy(tmp_path: Path) -> None:
    from sovietpacific.build.base import read_land

    with pytest.raises(SeedError, match=r"coast/land\.parquet is missing: run `make coast`"):
        read_land(tmp_path)
