"""Checks a partition in memory and the data on disk: valid, gapless, free of overlaps, of the right
size, and undamaged.

Knows what was built and nothing of the seeds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException

from sovietpacific.builder.folder import PACKAGE
from sovietpacific.builder.noding import area_km2
from sovietpacific.builder.partition import Partition
from sovietpacific.builder.write import sha256_of
from sovietpacific.errors import path_text

#: The areas of tracts may differ from the area of the land they cover by this share.
AREA_TOLERANCE = 1e-9

#: A land may be this much larger or smaller than the accepted figures.
ACCEPTED_SHARE = 0.005

#: Lands that tracts or whole regions make up, with the lowest and highest accepted figure in km²: a
#: country that runs into its neighbour through a gap in a border passes every other check. North
#: Korea's area is given as 120,538 to 123,138 km² by different statistics.
ACCEPTED_AREAS = {
    "Mongolia": (("outer-mongolia", "khalkhin-gol"), 1_564_116, 1_564_116),
    "Tuva": (("tuva",), 168_604, 168_604),
    "South Korea": (
        (
            "korea.south",
            "korea.perimeter",
            "korea.north-to-south",
            "korea.islands",
            "dmz-south-west",
            "dmz-south-east",
        ),
        99_720,
        100_440,
    ),
    "North Korea": (
        ("korea.north", "korea.south-to-north", "dmz-north-west", "dmz-north-east"),
        120_538,
        123_138,
    ),
    "Honshu with its islets": (("honshu",), 231_127, 231_236),
    "Kwantung": (("manchuria.liaodong.kwantung",), 3_427, 3_462),
}

#: Main islands, that is the largest part of a tract, in km² (Geospatial Information Authority of
#: Japan).
ACCEPTED_MAIN_ISLANDS = {"hokkaido": 77_984, "honshu": 227_945, "shikoku": 18_297, "kyushu": 36_782}


def check_partition(partition: Partition, regions: Mapping[str, str]) -> list[str]:
    """Return in words every problem with the shapes, coverage and areas of a partition.

    `regions` gives the dotted path of the region each tract lies in.
    """
    return [
        *check_coverage("fine", partition.tracts, partition.fine, partition.area_km2),
        *check_coverage("light", partition.tracts, partition.light, partition.light_area_km2),
        *check_areas(
            dict(zip(partition.tracts, partition.area_km2.tolist(), strict=True)), regions
        ),
        *check_main_islands(dict(zip(partition.tracts, partition.fine, strict=True))),
    ]


def check_coverage(
    name: str, tracts: Sequence[str], geometries: NDArray[Any], areas: NDArray[np.float64]
) -> list[str]:
    """Return what is wrong with shapes that should cover the land once, without overlaps.

    Each must be valid, and together they must be as large as the land they cover.
    """
    if problems := [
        f"{name}: the shape of {tract} is {fault}"
        for tract, geometry in zip(tracts, geometries, strict=True)
        if (fault := _fault(geometry))
    ]:
        return problems
    if not shapely.coverage_is_valid(geometries):
        wrong = [
            tract
            for tract, edges in zip(tracts, shapely.coverage_invalid_edges(geometries), strict=True)
            if edges is not None and not edges.is_empty
        ]
        return [f"{name}: the shapes overlap or do not meet: {', '.join(wrong)}"]
    union = sum(area_km2(part) for part in shapely.get_parts(shapely.union_all(geometries)))
    if abs(areas.sum() / union - 1) > AREA_TOLERANCE:
        return [
            f"{name}: the tracts sum up to {areas.sum():.6f} km², "
            f"the land they cover to {union:.6f} km²"
        ]
    return []


def _fault(geometry: Any) -> str:
    """Return why a shape is no sound polygon, nothing if it is one."""
    if geometry.is_empty:
        return "empty"
    return "" if geometry.is_valid else str(shapely.is_valid_reason(geometry))


def check_areas(areas: Mapping[str, float], regions: Mapping[str, str]) -> list[str]:
    """Return the lands of `ACCEPTED_AREAS` that are not as large as accepted.

    Lands whose tracts and regions are not all there are passed over.
    """
    problems = []
    for name, (members, low, high) in ACCEPTED_AREAS.items():
        tracts_of = {member: _members(member, areas, regions) for member in members}
        if all(tracts_of.values()):
            area = sum(areas[tract] for tracts in tracts_of.values() for tract in tracts)
            problems += _outside(name, area, low, high)
    return problems


def _members(member: str, areas: Mapping[str, float], regions: Mapping[str, str]) -> list[str]:
    """Return the tract called `member`, or the tracts of the region of that path."""
    return [
        tract
        for tract in areas
        if tract == member or (tract in regions and f"{regions[tract]}.".startswith(f"{member}."))
    ]


def check_main_islands(shapes: Mapping[str, Any]) -> list[str]:
    """Return the tracts of `ACCEPTED_MAIN_ISLANDS` whose largest part is too large or small."""
    return [
        problem
        for tract, accepted in ACCEPTED_MAIN_ISLANDS.items()
        if tract in shapes
        for problem in _outside(
            f"{tract}, main island",
            max(map(area_km2, shapely.get_parts(shapes[tract]))),
            accepted,
            accepted,
        )
    ]


def _outside(name: str, area: float, low: float, high: float) -> list[str]:
    if low * (1 - ACCEPTED_SHARE) <= area <= high * (1 + ACCEPTED_SHARE):
        return []
    return [
        f"{name} has {area:.0f} km²; accepted is {low} to {high} km², "
        f"give or take {ACCEPTED_SHARE:.1%}"
    ]


#: What reading something else than the files of a build ends in.
_NO_DATA = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    pa.ArrowException,
    GEOSException,
)


def check_files(data: Path) -> list[str]:
    """Return what is wrong with the data on disk, each problem by the name of its file.

    Checksums come first, then validity, coverage and areas of every file with tracts.
    """
    package = data / PACKAGE
    if not package.is_file():
        return [f"{path_text(package)} is missing; run `make data`"]
    try:
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        problems = [
            problem for resource in resources for problem in _check_resource(data, resource)
        ]
        if problems:
            return problems
        records = json.loads((data / "records.json").read_text(encoding="utf-8"))["tracts"]
        return [*_check_atlas(data, records), *_check_geojson(data, records)]
    except _NO_DATA as wrong:
        return [
            f"{path_text(data)} does not hold the data of an atlas: "
            f"{type(wrong).__name__} {wrong}; run `make data`"
        ]


def _check_resource(data: Path, resource: dict[str, Any]) -> Iterator[str]:
    path = data / resource["path"]
    if not path.is_file():
        yield f"{path_text(path)} is missing; run `make data`"
    elif path.stat().st_size != resource["bytes"] or sha256_of(path) != resource["sha256"]:
        yield (
            f"{path_text(path)} is not the file that was built: its size or checksum differs; "
            "run `make data`"
        )


def _check_atlas(data: Path, records: Mapping[str, Any]) -> list[str]:
    table = parquet.read_table(data / "atlas.parquet")
    tracts = table["tract"].to_pylist()
    if sorted(records) != tracts:
        return ["atlas.parquet and records.json do not hold the same tracts"]
    problems = []
    for column, key in (("geometry", "area_km2"), ("light", "light_area_km2")):
        shapes = shapely.from_wkb(table[column].to_numpy())
        areas = np.array([records[tract][key] for tract in tracts])
        problems += check_coverage(f"atlas.parquet {column}", tracts, shapes, areas)
    return problems


def _check_geojson(data: Path, records: Mapping[str, Any]) -> list[str]:
    problems = []
    for folder in (data / "geojson", data / "geojson" / "light"):
        name = folder.relative_to(data).as_posix()
        tracts, shapes = [], []
        for path in sorted(folder.glob("*.geojson")):
            if path.stem != "lines":
                for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                    tracts.append(feature["id"])
                    shapes.append(shapely.geometry.shape(feature["geometry"]))
        if sorted(records) != sorted(tracts):
            problems.append(f"{name} and records.json do not hold the same tracts")
        else:
            problems += check_coverage(
                name, tracts, np.array(shapes), np.array([area_km2(shape) for shape in shapes])
            )
    return problems
