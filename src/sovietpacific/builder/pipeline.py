"""Runs the build from end to end: seeds → timelines and partition → checks → `data/`; no network,
no clock, no chance.

Knows the order of the steps and nothing of how each is done.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sovietpacific.builder.article import article_document, read_article
from sovietpacific.builder.article import cited as cited_by_article
from sovietpacific.builder.checks import check_files, check_partition
from sovietpacific.builder.citations import find_uncited
from sovietpacific.builder.document import (
    dated_history,
    make_records,
    make_timeline,
    plain,
    spans_apart,
)
from sovietpacific.builder.folder import NAME, PACKAGE, check_folder
from sovietpacific.builder.fronts import read_fronts
from sovietpacific.builder.gazetteer import place_in_tracts, read_gazetteer
from sovietpacific.builder.lines import NamedLineSeed, check_lines, read_lines
from sovietpacific.builder.lines import cited as cited_by_lines
from sovietpacific.builder.partition import Partition, make_partition
from sovietpacific.builder.seeds import Seeds, read_seeds
from sovietpacific.builder.timeline import Timelines, make_timelines
from sovietpacific.builder.write import (
    replacing,
    sha256_of_folder,
    write_datapackage,
    write_json,
    write_text,
)
from sovietpacific.errors import SeedError
from sovietpacific.facts.article import ArticleClaim
from sovietpacific.facts.records import VIEWS
from sovietpacific.facts.store import SCHEMA
from sovietpacific.files.geojson import feature, write_features
from sovietpacific.files.geoparquet import write_geoparquet

LICENCE = (
    "ODbL-1.0 (geometry, © OpenStreetMap contributors); CC0-1.0 (facts); "
    "CC-BY-4.0 (coordinates and names of places whose source is GeoNames, geonames.org); "
    "see LICENSE-DATA.md"
)


def build(seeds: Path, data: Path) -> list[str]:
    """Build `data` from `seeds` and return the remarks of the geometry.

    Remarks tell of snapped points and merged slivers. Raise `SeedError` naming every file, tract
    and row that is wrong, and `OptionError` for a folder that holds anything no build wrote; then,
    and when a check of the result fails, `data` stays as it was.
    """
    check_folder(data, seeds)
    read = read_seeds(seeds)
    timelines, problems = make_timelines(read)
    _refuse(problems, "the seeds")
    lines = _all_lines(seeds)
    _refuse(check_lines(lines, read), "the lines")
    article = read_article(seeds, read.registers)
    gazetteer = read_gazetteer(seeds, read.registers.look)
    partition = _cut(read, seeds)
    _refuse(
        check_partition(partition, {key: tract.region for key, tract in read.tracts.items()}),
        "the partition",
    )
    places, remarks = place_in_tracts(gazetteer, partition, read.tracts)
    records = make_records(read, timelines, partition, lines, places)
    with replacing(data) as folder:
        write_json(folder / "article.json", article_document(article), indent=1)
        _write_all(folder, read, timelines, partition, lines, records)
        _refuse(check_files(folder), "the written files")
    return [*partition.remarks, *remarks]


def check(seeds: Path, data: Path) -> list[str]:
    """Return every problem of seeds and data as they lie; nothing is written.

    The seeds are read and folded, every source and instrument looked for where it is cited, the
    files of `data` re-read (checksums, validity, coverage, areas), and data built from other seeds
    than these is named.
    """
    try:
        read = read_seeds(seeds)
        timelines, problems = make_timelines(read)
        article, lines = read_article(seeds, read.registers), _all_lines(seeds)
        read_gazetteer(seeds, read.registers.look)
        problems = [*problems, *check_lines(lines, read)] or _uncited(
            read, timelines, lines, article
        )
    except SeedError as wrong:
        return [str(wrong)]
    return [*problems, *check_files(data), *_stale(seeds, data)]


def _uncited(
    seeds: Seeds,
    timelines: Mapping[str, Timelines],
    lines: Mapping[str, NamedLineSeed],
    article: Iterable[ArticleClaim],
) -> list[str]:
    """Return a line for each source and instrument that no fact, line or claim cites."""
    by_lines, by_article = cited_by_lines(lines), cited_by_article(article)
    return find_uncited(seeds, timelines, by_lines[0] | by_article[0], by_lines[1] | by_article[1])


def _all_lines(seeds: Path) -> dict[str, NamedLineSeed]:
    return {**read_lines(seeds), **read_fronts(seeds)}


def _cut(read: Seeds, seeds: Path) -> Partition:
    """Return the land cut into tracts; a tract or region refused is named with its file."""
    try:
        return make_partition(read.shapes(), seeds, read.common_lands())
    except SeedError as wrong:
        key, colon, rest = str(wrong).partition(":")
        within = [
            tract for tract in read.tracts.values() if f"{tract.region}.".startswith(f"{key}.")
        ]
        where = f"tracts/{within[0].file}.toml: {key}" if within else ""
        if key in read.tracts:
            where = read.tracts[key].where
        raise SeedError(f"{where}:{rest}" if colon and where else str(wrong)) from wrong
    except shapely.errors.GEOSException as wrong:
        raise SeedError(f"the shapes of the seeds cannot be cut: {wrong}") from wrong


def _refuse(problems: list[str], what: str) -> None:
    if problems:
        raise SeedError(
            "\n".join((f"{what} cannot be used, {len(problems)} found wrong:", *problems))
        )


def _is_truth(path: Path) -> bool:
    """Return whether a file of the seeds goes into the data; what people read (README) does not."""
    return path.suffix != ".md"


def _stale(seeds: Path, data: Path) -> list[str]:
    try:
        package = json.loads((data / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []  # check_files has named it
    if not isinstance(package, dict) or package.get("seeds_sha256") == sha256_of_folder(
        seeds, _is_truth
    ):
        return []
    return [f"{data.name}/ was built from other seeds than those in {seeds.name}/; run `make data`"]


def _write_all(
    folder: Path,
    seeds: Seeds,
    timelines: Mapping[str, Timelines],
    partition: Partition,
    lines: Mapping[str, NamedLineSeed],
    records: Mapping[str, Any],
) -> None:
    write_json(folder / "records.json", records)
    write_text(folder / "timeline.txt", make_timeline(seeds, timelines))
    shapes = {"geometry": partition.fine, "light": partition.light}
    write_geoparquet(
        folder / "atlas.parquet", {"tract": list(partition.tracts)}, shapes, "geometry"
    )
    _write_lines(folder, timelines, partition, lines)
    for detail, geometries in (("", partition.fine), ("light/", partition.light)):
        _write_geojson(folder / "geojson" / detail, records, timelines, partition, geometries)
    edition = seeds.registers.edition
    about = {
        "name": NAME,
        "version": edition.version,
        "schema": SCHEMA,
        "licence": LICENCE,
        "first_day": records["first_day"],
        "as_of": edition.as_of.isoformat(),
        "seeds_sha256": sha256_of_folder(seeds.folder, _is_truth),
    }
    write_datapackage(folder, about)


def _write_geojson(
    folder: Path,
    records: Mapping[str, Any],
    timelines: Mapping[str, Timelines],
    partition: Partition,
    geometries: Any,
) -> None:
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, geometry in zip(partition.tracts, geometries, strict=True):
        tract = records["tracts"][key]
        told = {
            name: tract[name]
            for name in ("name", "names", "region", "judged", "area_km2", "published_km2", "note")
        }
        history = {
            view: dated_history(tenures)
            for view, tenures in zip(VIEWS, timelines.get(key, ()), strict=False)
        }
        files[tract["file"]].append(
            feature(key, geometry, {**told, **history, "claims": tract["claims"]})
        )
    for name, features in files.items():
        write_features(folder / f"{name}.geojson", features)


def _write_lines(
    folder: Path,
    timelines: Mapping[str, Timelines],
    partition: Partition,
    lines: Mapping[str, NamedLineSeed],
) -> None:
    """Write the edges of the partition and the free lines over it, as Parquet and GeoJSON.

    Free lines are those at sea, railways and fronts.
    """
    rows = [(e.line, e.left, e.right, e.kind, e.accuracy_km, e.geometry) for e in partition.edges]
    light = list(partition.light_edges)
    for key, line in lines.items():
        if line.free:
            left, right = line.record.between or ("", "")
            rows.append(
                (key, left, right, line.record.kind, line.record.accuracy_km, line.geometry)
            )
            light.append(line.geometry)
    names = ("line", "left", "right", "kind", "accuracy_km")
    columns = {name: [row[index] for row in rows] for index, name in enumerate(names)}
    fine = [row[-1] for row in rows]
    write_geoparquet(
        folder / "lines.parquet",
        columns,
        {"geometry": np.array(fine, object), "light": np.array(light, object)},
        "geometry",
    )
    features = []
    for row in rows:
        told = dict(zip(names, row[:-1], strict=True))
        features.append(
            feature(
                None,
                row[-1],
                {
                    **told,
                    **_validity(lines.get(row[0]), timelines.get(row[1]), timelines.get(row[2])),
                },
            )
        )
    write_features(folder / "geojson" / "lines.geojson", features)


def _validity(
    line: NamedLineSeed | None, left: Timelines | None, right: Timelines | None
) -> dict[str, Any]:
    """Return the name of an edge, the lives of its line, and per view when it parts two holders."""
    record = line.record if line else None
    apart = {}
    if left and right:
        apart = {
            f"{view}_apart": spans_apart(*pair)
            for view, *pair in zip(VIEWS, left, right, strict=True)
        }
    return {
        "name": record.name if record else "",
        "lives": [plain(life) for life in record.lives] if record else [],
        **apart,
    }
