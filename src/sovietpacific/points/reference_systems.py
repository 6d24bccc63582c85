"""Read which reference system a file or a stream names for its coordinates, and refuse all but
degrees in WGS 84.

Knows how systems are named, and nothing of how to convert one into another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sovietpacific.errors import ColumnError, shown

if TYPE_CHECKING:
    import pyarrow

#: Longitude and latitude in WGS 84, as most files name them; whatever else is named is asked of
#: PROJ.
_DEGREES = (
    "EPSG:4326",
    "urn:ogc:def:crs:EPSG::4326",
    "OGC:CRS84",
    "CRS84",
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
)

#: The longest name of a reference system that PROJ is asked about.
_LONGEST = 100_000


def check_degrees(system: Any, where: str) -> None:
    """Raise `ColumnError` unless `system` has longitude and latitude in WGS 84 for coordinates.

    It may be whatever names a reference system: a code such as "EPSG:4301", a number of EPSG, WKT,
    PROJJSON; None is named nowhere, and passes. Coordinates are never turned into degrees on the
    way, so that what a file says and what it is labelled by are the same; the error, which begins
    with `where`, names the system.
    """
    if system is None or (isinstance(system, str) and system in _DEGREES):
        return
    import pyproj
    from pyproj.exceptions import ProjError

    reason = ""
    try:
        if len(str(system)) > _LONGEST:
            raise ValueError("its name is too long")
        # The order of the axes does not count: in all these formats longitude comes first, whatever
        # the authority prefers.
        named, degrees = pyproj.CRS.from_user_input(system), pyproj.CRS.from_epsg(4326)
        if named.to_2d().equals(degrees, ignore_axis_order=True):
            return
    except (ProjError, ValueError, TypeError, RecursionError) as wrong:
        reason = f", which PROJ cannot read ({shown(' '.join(str(wrong).split()))[1:-1]})"
    raise ColumnError(
        f"{where} has the reference system {_name_of(system)}{reason}; "
        "give longitudes and latitudes (EPSG:4326), or label a GeoDataFrame, "
        "which is turned into them"
    )


def _name_of(system: Any) -> str:
    """Return the name of a reference system for a refusal, the number of one of EPSG."""
    if not isinstance(system, Mapping):
        return str(system) if isinstance(system, int) else shown(system)
    named = system.get("id")
    if isinstance(named, Mapping) and {"authority", "code"} <= set(named):
        authority, code = named["authority"], named["code"]
        of_epsg = (authority, type(code)) == ("EPSG", int)
        return str(code) if of_epsg else shown(f"{authority}:{code}")
    return shown(system.get("name", system))


def system_of_geojson(member: Any, where: str) -> Any:
    """Return what names the reference system in the member `crs` of old GeoJSON, None for none.

    Raise `ColumnError` for one that is only linked to, or of no known form.
    """
    if member is None:
        return None
    if isinstance(member, dict) and isinstance(about := member.get("properties"), dict):
        if member.get("type") == "name" and isinstance(name := about.get("name"), str):
            return name
        if member.get("type") == "EPSG" and type(code := about.get("code")) is int:
            return f"EPSG:{code}"
    raise ColumnError(
        f"the member 'crs' of {where} is {shown(member)}, which names no reference system; "
        "give longitudes and latitudes (EPSG:4326)"
    )


def system_of_column(schema: pyarrow.Schema, name: str) -> Any:
    """Return what names the reference system of a column of geometry, None for none.

    It stands in the metadata of GeoParquet or of GeoArrow. Raise `ColumnError` for metadata that
    cannot be read, or of another form than these have.
    """
    if content := (schema.metadata or {}).get(b"geo"):
        where = "the metadata 'geo'"
        columns = _member(_read_json(content, where), "columns", where)
        about = _member(columns, name, f"the member 'columns' of {where}")
        if (system := about.get("crs")) is not None:
            return _checked(system, name)
    column = schema.field(name)
    # A type that is registered holds its metadata itself.
    serialize = getattr(column.type, "__arrow_ext_serialize__", None)
    metadata = column.metadata or {}
    extension = serialize() if serialize else metadata.get(b"ARROW:extension:metadata")
    if not extension:
        return None
    what = f"the metadata of column {shown(name)}"
    return _checked(_object(_read_json(extension, what), what).get("crs"), name)


def _read_json(content: bytes, what: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise ColumnError(
            f"{what} is {shown(content)}, which cannot be read as JSON; write the file anew"
        ) from wrong


def _member(value: Any, key: str, what: str) -> dict[str, Any]:
    """Return a member that is an object itself, an empty one where there is none."""
    return _object(_object(value, what).get(key, {}), f"the member {shown(key)} of {what}")


def _object(value: Any, what: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise ColumnError(f"{what} is {shown(value)}, where an object should be; write the file anew")


def _checked(system: Any, name: str) -> Any:
    if system is None or isinstance(system, str | dict):
        return system
    raise ColumnError(
        f"column {shown(name)} has the reference system {shown(system)}, which is none; "
        "give EPSG:4326"
    )
