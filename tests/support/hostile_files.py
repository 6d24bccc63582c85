"""Files of points as strangers write them: what each comes to, the holders in the order of the rows
or words of the refusal.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

import geopandas
import pyarrow as pa
import pyarrow.parquet as parquet
import shapely

#: What a file comes to: holders by row, None for a row without an answer; or words of the refusal.
Outcome = Sequence[str | None] | str

TOYOHARA = (142.74, 46.96)
DAY = "1907-08-05"
POINT = {"type": "Point", "coordinates": list(TOYOHARA)}
JAPAN = ["japan"]


def collection(*features: Any, **members: Any) -> bytes:
    """Write a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)}).encode()


def feature(geometry: Any = POINT, properties: Any = None, **members: Any) -> dict[str, Any]:
    """Give a feature, a dated point unless told otherwise."""
    told = {"date": DAY} if properties is None else properties
    return {"type": "Feature", "geometry": geometry, "properties": told, **members}


def placed(coordinates: Any) -> bytes:
    """Write a collection of one point with these coordinates."""
    return collection(feature({"type": "Point", "coordinates": coordinates}))


def crs(name: Any) -> dict[str, Any]:
    """Give the member that names a reference system in GeoJSON of old."""
    return {"type": "name", "properties": {"name": name}}


def nested(depth: int) -> bytes:
    """Write a collection with a property so deep."""
    return collection(feature(properties={"date": DAY, "deep": "@"})).replace(
        b'"@"', b"[" * depth + b"]" * depth
    )


GEOJSON: dict[str, tuple[bytes, Outcome]] = {
    "a feature that is null": (collection(None), "feature 0 is None"),
    "a feature that is a list": (collection([]), "feature 0 is"),
    "a feature that is a text": (collection("a"), "feature 0 is 'a'"),
    "a feature that is a number": (collection(feature(), 3), "feature 1 is 3"),
    "a collection among features": (
        collection({"type": "FeatureCollection", "features": []}),
        "feature 0 is",
    ),
    "a geometry that is a text": (collection(feature("x")), "the geometry of feature 0 is 'x'"),
    "a geometry that is a list": (collection(feature([1, 2])), "the geometry of feature 0 is"),
    "a geometry without a type": (
        collection(feature({"coordinates": [1, 2]})),
        "feature 0 is a None; only points",
    ),
    "a geometry of a type that is a list": (
        collection(feature({"type": ["Point"]})),
        "only points",
    ),
    "no geometry": (collection(feature(None)), [None]),
    "a point without coordinates": (collection(feature({"type": "Point"})), [None]),
    "coordinates that are null": (placed(None), [None]),
    "no coordinates": (placed([]), [None]),
    "coordinates each null": (placed([None, None]), [None]),
    "coordinates that are words for nothing": (placed(["NA", " n/a "]), [None]),
    "coordinates that are texts": (
        placed(["142.74", "46.96"]),
        "a coordinate of feature 0 is '142.74'",
    ),
    "coordinates that are a text": (
        placed("142.74,46.96"),
        "the coordinates of feature 0 are '142.74,46.96'",
    ),
    "coordinates that are an object": (placed({"x": 1}), "the coordinates of feature 0 are"),
    "coordinates that are lists": (placed([[1], [2]]), "a coordinate of feature 0 is [1]"),
    "coordinates that are truths": (placed([True, False]), "a coordinate of feature 0 is True"),
    "one coordinate": (placed([142.74]), "the coordinates of feature 0 are [142.74]"),
    "whole coordinates": (placed([143, 47]), JAPAN),
    "a coordinate beyond 64 bits": (placed([10**30, 47]), "cannot be read as GeoJSON"),
    "a coordinate beyond floats": (
        placed([142, 0]).replace(b"142", b"1e999"),
        "cannot be read as GeoJSON",
    ),
    "a coordinate that is NaN": (placed([float("nan"), 0]), "cannot be read as GeoJSON"),
    "properties that are a list": (
        collection(feature(properties=[1])),
        "the properties of feature 0 are [1]",
    ),
    "properties that are a text": (
        collection(feature(properties="x")),
        "the properties of feature 0 are 'x'",
    ),
    "features that are an object": (
        b'{"type": "FeatureCollection", "features": {"0": {}}}',
        "'features'",
    ),
    "features that hide in an object": (
        b'{"type": "FeatureCollection", "features": {"item": {}}}',
        "'features'",
    ),
    "features that are null": (b'{"type": "FeatureCollection", "features": null}', "'features'"),
    "no features": (b'{"type": "FeatureCollection"}', "without a list of 'features'"),
    "features twice": (
        b'{"type": "FeatureCollection", "features": [], "features": []}',
        "more than one member 'features'",
    ),
    "a list": (b"[]", "no GeoJSON FeatureCollection but a list"),
    "a number": (b"3", "no GeoJSON FeatureCollection but a list or a single value"),
    "nothing": (b"", "cannot be read as GeoJSON"),
    "a type that is a list": (b'{"type": [], "features": []}', "its type is []"),
    "one feature": (json.dumps(feature()).encode(), "a single Feature; put it into the list"),
    "a feature a line": (b"\n".join(2 * [json.dumps(feature()).encode()]), "one feature a line"),
    "a byte order mark": (b"\xef\xbb\xbf" + collection(feature()), JAPAN),
    "UTF-16": (collection(feature()).decode().encode("utf-16"), "is UTF-16; save it as UTF-8"),
    "bytes that are no text": (
        collection(feature(properties={"date": DAY, "x": "@"})).replace(b"@", b"\n\xe9"),
        "line 2 has the byte 0xe9",
    ),
    "deep things": (nested(150), JAPAN),
    "things of 2,000 deep": (nested(2_000), "more than 200 deep"),
    "things of 100,000 deep": (nested(100_000), "more than 200 deep"),
    "half a sign": (
        collection(feature(properties={"date": DAY, "x": "\ud83d"})),
        "line 1, has \\ud83d, which is half of a sign",
    ),
    "half a sign far on": (
        collection(feature(), feature(properties={"date": DAY, "x": "-" * 2**20 + "\udc00"})),
        "half of a sign",
    ),
    "a whole sign in two escapes": (
        collection(feature(properties={"date": DAY, "x": "\U0001f5fa \\ud83d"})),
        JAPAN,
    ),
    "a taken name": (
        collection(feature(properties={"date": DAY, "holder": 1})),
        "already a property called 'holder'",
    ),
    "a day that is a list": (
        collection(feature(properties={"date": [1]})),
        "property 'date' of feature 0 is [1]",
    ),
    "a day of 100,000 signs": (
        collection(feature(properties={"date": "x" * 100_000})),
        "row 0 of column 'date' is 'xxx",
    ),
    "days that are words for nothing": (
        collection(*(feature(properties={"date": word}) for word in ("NA", "NaT", " "))),
        [None] * 3,
    ),
    "a stamp": (collection(feature(properties={"date": f"{DAY}T10:30:00"})), JAPAN),
    "a stamp with a zone": (
        collection(feature(properties={"date": f"{DAY}T10:30:00Z"})),
        "with a time zone",
    ),
    "degrees by their old name": (
        collection(feature(), crs=crs("urn:ogc:def:crs:OGC:1.3:CRS84")),
        JAPAN,
    ),
    "degrees by their number": (collection(feature(), crs=crs("EPSG:4326")), JAPAN),
    "degrees by an old form": (
        collection(feature(), crs={"type": "EPSG", "properties": {"code": 4326}}),
        JAPAN,
    ),
    "degrees with a height": (collection(feature(), crs=crs("urn:ogc:def:crs:EPSG::4979")), JAPAN),
    "a system that is null": (collection(feature(), crs=None), JAPAN),
    "the Tokyo datum": (
        collection(feature(), crs=crs("urn:ogc:def:crs:EPSG::4301")),
        "reference system 'urn:ogc:def:crs:EPSG::4301'",
    ),
    "metres": (
        placed([15_889_000, 5_935_000])[:-1]
        + b', "crs": '
        + json.dumps(crs("EPSG:3857")).encode()
        + b"}",
        "'EPSG:3857'",
    ),
    "a system behind a link": (
        collection(feature(), crs={"type": "link", "properties": {"href": "x"}}),
        "names no reference",
    ),
    "a system that is a text": (
        collection(feature(), crs="EPSG:4301"),
        "names no reference system",
    ),
    "a system that is a number": (
        collection(feature(), crs=crs(4301)),
        "names no reference system",
    ),
    "a system nobody knows": (
        collection(feature(), crs=crs("mine")),
        "reference system 'mine', which PROJ cannot read",
    ),
    "a system of one feature": (
        collection(feature(crs=crs("EPSG:4301"))),
        "feature 0 has the reference system 'EPSG:4301'",
    ),
    "a system of one geometry": (
        collection(feature({**POINT, "crs": crs("EPSG:4301")})),
        "feature 0 has the reference system",
    ),
}

GOOD = f"142.74,46.96,{DAY}"
CSV: dict[str, tuple[bytes, Outcome]] = {
    "a blank last line": (f"lon,lat,date\n{GOOD}\n\n".encode(), JAPAN),
    "blank lines anywhere": (
        f"\n  \nlon,lat,date\n\n{GOOD}\r\n\r\n \n{GOOD}\n\n\n".encode(),
        JAPAN * 2,
    ),
    "words for nothing, as R writes them": (
        f'"","lon","lat","date"\n"1",{GOOD}\n"2",NA,NA,{DAY}\n"3",142.74,46.96,NA'.encode(),
        ["japan", None, None],
    ),
    "other words for nothing": (
        f"lon,lat,date\n{GOOD}\nnull,NaN,NaT\n None ,n/a,  \n<NA>,,NULL\n".encode(),
        ["japan", None, None, None],
    ),
    "stamps": (
        f"lon,lat,date\n{GOOD} 00:00:00.000\n{GOOD}T00:00:00\n{GOOD}T23:59\n{GOOD}\n".encode(),
        JAPAN * 4,
    ),
    "a stamp with a zone": (
        f"lon,lat,date\n{GOOD}\n{GOOD}T00:00:00+09:00\n".encode(),
        "row 1 of column 'date' is '1907-08-05T00:00:00+09:00', with a time zone",
    ),
    "a stamp of no hour": (f"lon,lat,date\n{GOOD}T25:00\n".encode(), "not a day"),
    "a day that is none": (
        b"lon,lat,date\n142.74,46.96,1907-02-30\n",
        "row 0 of column 'date' is '1907-02-30', not a day",
    ),
    "a number that is none": (
        b"lon,lat,date\nNA,1,NA\neast,46.96,1907-02-03\n",
        "row 1 of column 'lon' is 'east', not a number",
    ),
    "a number of 100,000 signs": (
        b"lon,lat,date\n" + b"x" * 100_000 + b",46.96,1907-02-03\n",
        "row 0 of column 'lon' is 'xxx",
    ),
    "a number Python alone reads": (
        b"lon,lat,date\n1_4,46.96,1907-02-03\n",
        "row 0 of column 'lon' is '1_4', not a number",
    ),
    "semicolons": (f"id;lon;lat;date\n1;142,74;46,96;{DAY}\n".encode(), "it seems, by semicolons"),
    "semicolons between other names": (
        f"id;x;y;day\n1;142.74;46.96;{DAY}\n".encode(),
        "it seems, by semicolons",
    ),
    "tabs": (f"id\tlon\tlat\tdate\n1\t142.74\t46.96\t{DAY}\n".encode(), "it seems, by tabs"),
    "Latin-1": (
        "name,lon,lat,date\nLüshun,121.25,38.81,1904-06-01\n".encode("latin-1"),
        "line 2 has the byte 0xfc",
    ),
    "a Russian encoding": (
        "место,lon,lat,date\nЮжно,142.74,46.96,1945-08-25\n".encode("cp1251"),
        "line 1 has the byte 0xec",
    ),
    "a Japanese encoding": (
        "地名,lon,lat,date\n豊原,142.74,46.96,1945-08-25\n".encode("shift_jis"),
        "line 1 has the byte",
    ),
    "UTF-16": (f"lon,lat,date\n{GOOD}\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf" + f"lon,lat,date\n{GOOD}\n".encode(), JAPAN),
    "a field of 200 kB": (f"lon,lat,date,note\n{GOOD},{'x' * 200_000}\n".encode(), JAPAN),
    "too few fields": (b"lon,lat,date\n142.74,46.96\n", "line 2 has 2 fields"),
    "a mark that is not closed": (f'lon,lat,date\n"{GOOD}\n'.encode(), "cannot be read as CSV"),
    "NUL": (f"lon,lat,date,x\n{GOOD},\0\n".encode(), JAPAN),
    "ends of lines of old": (f"lon,lat,date\r{GOOD}\r".encode(), "cannot be read as CSV"),
    "nothing": (b"", "no column is called 'lon'"),
    "blank lines alone": (b"\n\n\n", "no column is called 'lon'"),
    "names alone": (b"lon,lat,date\n\n", []),
}


def parquet_bytes(table: pa.Table, **options: Any) -> bytes:
    """Write a table as Parquet."""
    made = io.BytesIO()
    parquet.write_table(table, made, **options)
    return made.getvalue()


def wkb(*points: bytes | None) -> pa.Table:
    """Give a table of points in well-known binary."""
    return pa.table({"geometry": pa.array(list(points), pa.binary()), "date": [DAY] * len(points)})


#: A point as well-known binary has it.
PLAIN = shapely.to_wkb(shapely.Point(TOYOHARA))
#: Its two numbers.
NUMBERS = struct.pack("<dd", *TOYOHARA)


def extended(srid: int, order: str = "<") -> bytes:
    """Write a point that names its reference system."""
    return struct.pack(f"{order}bIIdd", order == "<", 0x20000001, srid, *TOYOHARA)


def geo(told: bytes) -> pa.Table:
    """Give a table of one point whose GeoParquet metadata are these bytes."""
    return wkb(PLAIN).replace_schema_metadata({b"geo": told})


def system(told: Any) -> pa.Table:
    """Give a table of one point whose GeoParquet metadata name this reference system."""
    described = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "crs": told}},
    }
    return geo(json.dumps(described).encode())


def dated(days: pa.Array) -> pa.Table:
    """Give a table of points in Toyohara with these days."""
    return pa.table(
        {"lon": [TOYOHARA[0]] * len(days), "lat": [TOYOHARA[1]] * len(days), "date": days}
    )


def placed_by(*numbers: Any) -> pa.Table:
    """Give a table of points with these longitudes."""
    longitudes = pa.array(*numbers)
    return pa.table(
        {"lon": longitudes, "lat": [46.96] * len(longitudes), "date": [DAY] * len(longitudes)}
    )


def arrow_of(frame: geopandas.GeoDataFrame) -> pa.Table:
    """Give a frame as GeoPandas hands it to Arrow, with its reference system in the metadata of the
    column.
    """
    return pa.table(frame.to_arrow())


FRAME = geopandas.GeoDataFrame({"date": [DAY]}, geometry=[shapely.Point(TOYOHARA)], crs=4326)
NO_ID = {**json.loads(FRAME.to_crs(3857).crs.to_json()), "id": None}
del NO_ID["id"]

TABLES: dict[str, tuple[Callable[[], pa.Table], Outcome]] = {
    "text views": (
        lambda: dated(pa.array([DAY, None, "NA"], pa.string_view())),
        ["japan", None, None],
    ),
    "large texts": (lambda: dated(pa.array([DAY, "null"], pa.large_string())), ["japan", None]),
    "a dictionary of texts": (lambda: dated(pa.array([DAY, DAY]).dictionary_encode()), JAPAN * 2),
    "a dictionary of text views": (
        lambda: dated(
            pa.DictionaryArray.from_arrays(
                pa.array([0, 1, None], pa.uint32()), pa.array([DAY, " "], pa.string_view())
            )
        ),
        ["japan", None, None],
    ),
    "a bad text in views": (
        lambda: dated(pa.array([DAY, "soon"], pa.string_view())),
        "row 1 of column 'date' is 'soon', not a day",
    ),
    "texts that are no UTF-8": (
        lambda: dated(pa.array([DAY.encode(), b"\xff"]).view(pa.string())),
        "row 1 of column 'date' is b'\\xff'",
    ),
    "days with hours in milliseconds": (
        lambda: dated(pa.array([-1_969_000_000_001], pa.int64()).view(pa.date64())),
        JAPAN,
    ),
    "stamps in milliseconds": (
        lambda: dated(pa.array([-1_969_000_000_001], pa.timestamp("ms"))),
        JAPAN,
    ),
    "a day of 100,000 signs": (
        lambda: dated(pa.array(["x" * 100_000])),
        "row 0 of column 'date' is 'xxx",
    ),
    "times": (lambda: dated(pa.array([1], pa.time32("s"))), "which are no days"),
    "huge whole numbers": (
        lambda: placed_by([2**62, -(2**63), 143], pa.int64()),
        [None, None, "japan"],
    ),
    "huge numbers without a sign": (lambda: placed_by([2**64 - 1], pa.uint64()), [None]),
    "half floats": (lambda: placed_by([143.0], pa.float16()), JAPAN),
    "points of 21 bytes": (
        lambda: wkb(PLAIN, None, shapely.to_wkb(shapely.Point())),
        ["japan", None, None],
    ),
    "points in height": (
        lambda: wkb(shapely.to_wkb(shapely.Point(*TOYOHARA, 9.0), flavor="iso")),
        JAPAN,
    ),
    "points in height, extended": (
        lambda: wkb(shapely.to_wkb(shapely.Point(*TOYOHARA, 9.0), flavor="extended")),
        JAPAN,
    ),
    "points with a measure": (
        lambda: wkb(struct.pack("<bIddd", 1, 2001, *TOYOHARA, 5.0), PLAIN),
        JAPAN * 2,
    ),
    "points in height with a measure": (
        lambda: wkb(struct.pack("<bIdddd", 1, 3001, *TOYOHARA, 5.0, 6.0)),
        JAPAN,
    ),
    "points the other way round": (
        lambda: wkb(shapely.to_wkb(shapely.Point(TOYOHARA), byte_order=0), PLAIN),
        JAPAN * 2,
    ),
    "points in views": (
        lambda: wkb(PLAIN).set_column(0, "geometry", pa.array([PLAIN], pa.binary_view())),
        JAPAN,
    ),
    "points of one size": (
        lambda: wkb(PLAIN).set_column(0, "geometry", pa.array([PLAIN], pa.binary(21))),
        JAPAN,
    ),
    "points that name degrees": (
        lambda: wkb(extended(4326), extended(4326, ">"), PLAIN),
        JAPAN * 3,
    ),
    "points that name metres": (
        lambda: wkb(PLAIN, extended(3857)),
        "row 1 of column 'geometry' has the reference system 3857",
    ),
    "points that name no known system": (
        lambda: wkb(extended(4_000_000_000)),
        "row 0 of column 'geometry' has the reference system",
    ),
    "empty bytes": (lambda: wkb(b""), "row 0 of column 'geometry' is 0 bytes that are no point"),
    "half a head": (
        lambda: wkb(PLAIN, PLAIN[:3]),
        "row 1 of column 'geometry' is 3 bytes that are no point",
    ),
    "half a point": (lambda: wkb(PLAIN[:20]), "20 bytes that are no point"),
    "a point and more": (lambda: wkb(PLAIN + b"\0"), "22 bytes that are no point"),
    "no byte order": (lambda: wkb(b"\2" + PLAIN[1:]), "21 bytes that are no point"),
    "no kind": (lambda: wkb(struct.pack("<bI", 1, 99) + NUMBERS), "21 bytes that are no point"),
    "a kind beyond the thousands": (
        lambda: wkb(struct.pack("<bI", 1, 4001) + NUMBERS),
        "21 bytes that are no point",
    ),
    "text for bytes": (lambda: wkb(b"POINT (142.74 46.96)"), "20 bytes that are no point"),
    "a polygon": (
        lambda: wkb(PLAIN, shapely.to_wkb(shapely.box(1, 1, 2, 2))),
        "row 1 of column 'geometry' is a Polygon",
    ),
    "20,000 collections in one another": (
        lambda: wkb(struct.pack("<bII", 1, 7, 1) * 20_000 + PLAIN),
        "is a GeometryCollection",
    ),
    "geo that breaks off": (
        lambda: geo(b"{"),
        "the metadata 'geo' is b'{', which cannot be read as JSON",
    ),
    "geo that is a list": (lambda: geo(b"[]"), "the metadata 'geo' is []"),
    "geo that is null": (lambda: geo(b"null"), "the metadata 'geo' is None"),
    "geo that is no text": (lambda: geo(b"\xff\xfe"), "cannot be read as JSON"),
    "geo 100,000 deep": (lambda: geo(b"[" * 100_000 + b"]" * 100_000), "cannot be read as JSON"),
    "geo whose columns are a list": (
        lambda: geo(b'{"columns": []}'),
        "the member 'columns' of the metadata 'geo' is []",
    ),
    "geo whose column is a text": (
        lambda: geo(b'{"columns": {"geometry": "x"}}'),
        "the member 'geometry' of",
    ),
    "geo of another column": (lambda: geo(b'{"columns": {"other": {"crs": "EPSG:3857"}}}'), JAPAN),
    "no system": (lambda: system(None), JAPAN),
    "degrees": (lambda: system(json.loads(FRAME.crs.to_json())), JAPAN),
    "degrees in words": (lambda: system("OGC:CRS84"), JAPAN),
    "metres in words": (lambda: system("EPSG:3857"), "reference system 'EPSG:3857'"),
    "metres": (
        lambda: system(json.loads(FRAME.to_crs(3857).crs.to_json())),
        "reference system 3857; give longitudes",
    ),
    "metres without a number": (
        lambda: system(NO_ID),
        "reference system 'WGS 84 / Pseudo-Mercator'",
    ),
    "metres of another authority": (
        lambda: system({**NO_ID, "id": {"authority": "ESRI", "code": 102100}}),
        "reference system 'ESRI:102100'",
    ),
    "metres that say they are degrees": (
        lambda: system({**NO_ID, "id": {"authority": "MINE", "code": 4326}}),
        "'MINE:4326'",
    ),
    "the Tokyo datum": (
        lambda: system(json.loads(FRAME.to_crs(4301).crs.to_json())),
        "reference system 4301",
    ),
    "a system whose id is a number": (lambda: system({"id": 5}), "which PROJ cannot read"),
    "a system that is a number": (lambda: system(3857), "reference system 3857"),
    "a system that is a list": (lambda: system([1]), "reference system [1]"),
    "a system that is empty": (lambda: system({}), "which PROJ cannot read"),
    "degrees of GeoArrow": (lambda: arrow_of(FRAME), JAPAN),
    "metres of GeoArrow": (
        lambda: arrow_of(FRAME.to_crs(3857)),
        "reference system 3857; give longitudes",
    ),
}
