"""Tries bytes as a point in well-known binary, in the types of column that hold it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from random import Random

import pyarrow as pa
import shapely

import sovietpacific as sp
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import small_atlas

_POINT = shapely.Point(148.0, 45.1)
STARTS = (
    *(shapely.to_wkb(_POINT, byte_order=order) for order in (0, 1)),
    *(
        shapely.to_wkb(shapely.Point(148.0, 45.1, 3.0), flavor=flavor)
        for flavor in ("extended", "iso")
    ),
    *(
        shapely.to_wkb(shapely.set_srid(_POINT, srid), include_srid=True)
        for srid in (0, 4326, 3857)
    ),
    *(
        shapely.to_wkb(shape)
        for shape in (
            shapely.Point(),
            shapely.LineString([(0, 0), (1, 1)]),
            shapely.MultiPoint([(148, 45)]),
        )
    ),
    shapely.to_wkb(shapely.GeometryCollection([shapely.GeometryCollection([_POINT])])),
)

_KINDS = (
    *range(20),
    1001,
    2001,
    3001,
    0x80000001,
    0x40000001,
    0xC0000001,
    0x20000001,
    0xE0000001,
    0x20000007,
    0xFFFFFFFF,
)
_SHARES = (0.0, -0.0, 148.0, 45.1, 180.0, 1e308, -1e308, float("inf"), float("nan"), 5e-324)

#: The numbers that stand for degrees in WGS 84, with heights too, and the one that stands for none.
_DEGREES = (0, 4326, 4327, 4979)


def try_it(data: bytes) -> bool:
    """Ask with the bytes between a good point and a missing one; a point of another system than
    degrees must be refused.
    """
    kinds = (pa.binary(), pa.large_binary())
    got = [answered(lambda kind=kind: _label(data, kind)) for kind in kinds]  # type: ignore[misc]
    assert not (any(got) and _is_elsewhere(data)), "a point with a foreign SRID was read as degrees"
    return any(got)


def _label(data: bytes, kind: pa.DataType) -> None:
    points = pa.array([STARTS[0], data, None], kind)
    table = pa.table({"geometry": points, "date": ["1945-09-02"] * 3})
    tracts = sp.label_batches(table, atlas=small_atlas()).read_all()["tract"].to_pylist()
    assert (tracts[0], tracts[2]) == ("iturup", None)


def _is_elsewhere(data: bytes) -> bool:
    if len(data) < 25 or data[0] > 1:
        return False
    kind, srid = struct.unpack_from("<II" if data[0] else ">II", data, 1)
    return kind & 0x2FFFFFFF == 0x20000001 and srid not in _DEGREES


def change(data: bytes, chance: Random) -> bytes:
    """Change the kind, a coordinate or the length, or put it all into a collection."""
    order = "<" if data[:1] == b"\1" else ">"
    match chance.randrange(6):
        case 0:
            return data[:1] + struct.pack(order + "I", chance.choice(_KINDS)) + data[5:]
        case 1:
            at = chance.choice((5, 9, 13, 17, 21, 25))
            return data[:at] + struct.pack(order + "d", chance.choice(_SHARES)) + data[at + 8 :]
        case 2:
            return data[: chance.randrange(len(data) + 1)]
        case 3:
            return data + data[chance.randrange(len(data) + 1) :]
        case 4:
            kind, many = (
                chance.choice((4, 5, 6, 7, 0x20000007)),
                chance.choice((0, 1, 2, 2**31, 2**32 - 1)),
            )
            return struct.pack(order + "BII", order == "<", kind, many) + data
        case _:
            return struct.pack("<BII", 1, 7, 1) * chance.choice((1, 10, 200)) + data


def less(_data: bytes) -> Iterator[bytes]:
    """Give nothing: a piece less is all that can be tried."""
    return iter(())
