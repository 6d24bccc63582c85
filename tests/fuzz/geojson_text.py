"""Tries files of points as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import sovietpacific as sp
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import fresh, small_atlas
from tests.fuzz.trees import changed, less_json, write_json

STARTS = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": 1, "properties": {"date": "1945-09-02"}, '
    b'"geometry": {"type": "Point", "coordinates": [148.0, 45.1]}}]}',
    b'{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, '
    b'"name": "a", "bbox": [0, 0, 1, 1], "features": [{"type": "Feature", "properties": {"date": null, "n": 1.5}, "geometry": null}, '
    b'{"type": "Feature", "properties": {"date": "1905-07-01", "n": {"a": [[1]]}}, '
    b'"geometry": {"type": "Point", "coordinates": [148.0, 45.1, 12.5]}}]}',
    b'{"features": [], "type": "FeatureCollection"}',
)


def try_it(data: bytes) -> bool:
    """Label the bytes as a file; where it is answered, every feature must be there with all it had,
    in JSON that all can read.
    """
    folder = fresh("geojson")
    source, target = folder / "points.geojson", folder / "labelled.geojson"
    source.write_bytes(data)

    def ask() -> None:
        sp.label_file(source, target, atlas=small_atlas())
        labelled = json.loads(target.read_bytes(), parse_constant=_refuse)
        assert labelled["type"] == "FeatureCollection"
        given = _read(data)
        if given is not None:
            _compare(given, labelled)

    whether = answered(ask)
    left = {path.name for path in folder.iterdir()} - {source.name, target.name}
    assert not left, f"{left} was left behind"
    assert whether or not target.exists(), "a refused file was written"
    return whether


def _compare(given: Any, labelled: Any) -> None:
    features = given.get("features")
    assert isinstance(features, list), "features that are no list, or are not there, were answered"
    assert len(features) == len(labelled["features"]), (
        f"{len(features)} features became {len(labelled['features'])}"
    )
    for before, after in zip(features, labelled["features"], strict=True):
        assert "holder" in after["properties"]
        assert {**(before.get("properties") or {}), **after["properties"]} == after["properties"], (
            "a property was changed"
        )
        assert all(
            after.get(key) == value for key, value in before.items() if key != "properties"
        ), "a member was changed"
    rest = {key: value for key, value in given.items() if key != "features"}
    assert all(labelled.get(key) == value for key, value in rest.items()), (
        "a member of the collection was changed"
    )


def _refuse(text: str) -> None:
    raise AssertionError(f"{text} was written, which is no JSON")


def _read(data: bytes) -> Any:
    """Read JSON as Python does; None for what it does not read, and where a name stands twice,
    which each reads as it likes.
    """
    twice: list[tuple[str, Any]] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(pairs if len(dict(pairs)) != len(pairs) else ())
        return dict(pairs)

    try:
        read = json.loads(data, object_pairs_hook=table)
    except (ValueError, RecursionError):
        return None
    return None if twice else read


def change(data: bytes, chance: Random) -> bytes:
    """Change the tree, where the bytes are one."""
    try:
        return write_json(changed(json.loads(data), chance))
    except (ValueError, RecursionError):
        return data


def less(data: bytes) -> Iterator[bytes]:
    """Give smaller trees."""
    return less_json(data)
