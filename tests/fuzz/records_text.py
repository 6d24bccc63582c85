"""Tries changes of the records of the small atlas, their checksums made right, and asks the atlas
all its questions.

The bytes are a list in JSON of changes, each a way to a place of records.json and what is put
there: `[["tracts", "urup", "bbox"], [1, 2]]`; a way alone takes out what is there. A way that
begins with `"shapes"` leads to a tract and gives its shape as well-known text. Bytes that are no
such list stand for the whole of records.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import shapely

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.facts.store import Store
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import TRACTS, fresh, small_files, small_records, write_data
from tests.fuzz.trees import ODD, Raw, changed, less_json, places, write_json

STARTS = (
    b"[]",
    b'[[["tracts", "urup", "note"], "x"]]',
    b'[[["tracts", "urup", "claims"]]]',
    b'[[["shapes", "urup"], "POINT (0 0)"]]',
    b"{}",
)


def try_it(data: bytes) -> bool:
    """Load the changed atlas, and ask."""
    files = dict(small_files())
    changes = _changes(data)
    files["records.json"] = data
    with suppress(RecursionError):  # what is nested too deep to be put in stands alone
        if changes is not None:
            files["records.json"] = write_json(_put(small_records(), changes))
    if changes and (
        shapes := {
            way[1]: told for way, *told in changes if way[:1] == ["shapes"] and len(way) == 2
        }
    ):
        files["atlas.parquet"] = _with_shapes(files["atlas.parquet"], shapes)
    folder = fresh("records")
    write_data(folder, files)
    return answered(lambda: _ask(Atlas(Store(folder))))


def _ask(atlas: Atlas) -> None:
    """Ask for everything, in the forms in which it is shown and sent."""
    for place, day in (
        ("urup", "1855-01-01"),
        ("iturup", "1945-08-28"),
        ((145.8, 44.1), "1950-01-01"),
        ((149.9, 45.9), "1960-01-01"),
    ):
        answer = sp.sovereignty_of(place, day, view="japan" if day > "1952" else None, atlas=atlas)
        json.dumps(answer.to_dict(), ensure_ascii=False).encode()
        str(answer).encode()
        answer._repr_html_().encode()
    frames = [
        sp.history_of("urup", atlas=atlas),
        sp.epochs(atlas=atlas),
        sp.instruments(atlas=atlas),
        sp.polities(atlas=atlas),
        sp.places(atlas=atlas),
        sp.sources(atlas=atlas),
    ]
    frames += [
        question("1955-01-01", atlas=atlas)
        for question in (sp.borders_at, sp.tracts_at, sp.lines_at)
    ]
    frames += [
        sp.borders_at("1960-01-01", view="japan", region="kurils", atlas=atlas),
        sp.changes_between("1855-01-01", "1960-01-01", atlas=atlas),
    ]
    for frame in frames:
        json.dumps(
            [frame[column].tolist() for column in frame.columns if column != "geometry"],
            ensure_ascii=False,
            default=str,
        ).encode()
        json.dumps(frame.attrs, ensure_ascii=False).encode()
    points = pd.DataFrame(
        {
            "lon": [148.0, 149.9, 0.0],
            "lat": [45.1, 45.9, 0.0],
            "date": ["1945-08-01", "1950-01-01", None],
        }
    )
    assert len(sp.label(points, atlas=atlas, columns=_COLUMNS)) == 3


_COLUMNS = (
    "tract",
    "holder",
    "lineage",
    "polity",
    "standing",
    "sovereign",
    "certainty",
    "instrument",
    "sources",
)


def _changes(data: bytes) -> list[Any] | None:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return None
    good = isinstance(read, list) and all(
        isinstance(one, list) and len(one) in (1, 2) and isinstance(one[0], list) and one[0]
        for one in read
    )
    return read if good else None


def _put(document: dict[str, Any], changes: list[Any]) -> Any:
    """Make the changes; one whose way leads nowhere is passed over."""
    for (*way, last), *told in changes:
        inner: Any = document
        try:
            for key in way:
                inner = inner[key]
            if told:
                inner[last] = told[0]
            else:
                del inner[last]
        except (LookupError, TypeError):
            continue
    return document


def _with_shapes(content: bytes, shapes: dict[Any, list[Any]]) -> bytes:
    table = parquet.read_table(pa.BufferReader(content))
    for column in ("geometry", "light"):
        values = dict(zip(table["tract"].to_pylist(), table[column].to_pylist(), strict=True))
        for tract, told in shapes.items():
            if tract in values:
                values[tract] = _shape(told[0]) if told else None
        table = table.set_column(
            table.schema.get_field_index(column), column, pa.array(values.values(), pa.binary())
        )
    buffer = pa.BufferOutputStream()
    parquet.write_table(table, buffer)
    made: bytes = buffer.getvalue().to_pybytes()
    return made


def _shape(text: Any) -> bytes:
    if isinstance(text, str):
        with (
            suppress(shapely.GEOSException, ValueError),
            np.errstate(invalid="ignore"),
        ):  # else the text itself is no shape
            made: bytes = shapely.to_wkb(shapely.from_wkt(text))
            return made
    return str(text).encode("utf-8", "replace")


@cache
def _ways() -> list[list[Any]]:
    """Give the way to every place of the records."""
    document = small_records()
    ways: dict[int, list[Any]] = {id(document): []}
    found = []
    for inner, key in places(document):
        found.append([*ways[id(inner)], key])
        ways[id(inner[key])] = found[-1]
    return found


_SHAPES = (
    *(
        "POLYGON EMPTY",
        "POINT (0 0)",
        "POLYGON ((149.4 45.6, 150.6 45.6, 150.6 46.2, 149.4 45.6))",
        "LINESTRING (0 0, 1 1)",
    ),
    *(
        "POLYGON ((149.4 45.6, 150.6 45.6, NaN NaN, 149.4 45.6))",
        "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
        "x",
        None,
    ),
    *(
        "POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))",
        "MULTIPOLYGON (((149.9 45.8, 150 45.8, 150 45.9, 149.9 45.8)))",
    ),
)


def change(data: bytes, chance: Random) -> bytes:
    """Change one change, leave one out, or add one: an odd value, a value from elsewhere, or a
    taken-out place.
    """
    changes = _changes(data) or []
    roll = chance.randrange(12)
    if changes and roll == 0:
        changes.pop(chance.randrange(len(changes)))
    elif changes and roll < 4:
        one = chance.choice(changes)
        one[1:] = (
            [changed([one[1]], chance)] if len(one) == 2 and roll == 1 else [chance.choice(ODD)]
        )
    elif roll == 4:
        changes.append([["shapes", chance.choice(TRACTS)], chance.choice(_SHAPES)])
    else:
        way = chance.choice(_ways())
        changes.append(
            [
                list(way),
                *chance.choice(
                    (
                        [],
                        [chance.choice(ODD)],
                        [chance.choice(ODD)],
                        [_value_at(chance.choice(_ways()))],
                    )
                ),
            ]
        )
    return write_json(changes)


def _value_at(way: list[Any]) -> Any:
    inner: Any = small_records()
    for key in way:
        inner = inner[key]
    return inner if len(json.dumps(inner)) < 300 else Raw("null")


def less(data: bytes) -> Iterator[bytes]:
    """Give fewer and smaller changes."""
    return less_json(data)
