"""Read columns of days: days, stamps and texts of Arrow, and what a spreadsheet leaves in a column
of a frame.

Knows spellings of days and nothing of the years the atlas covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import DayError, shown
from sovietpacific.points.day_counts import count_days
from sovietpacific.points.missing_words import without_missing

if TYPE_CHECKING:
    import pyarrow

_DROP_ZONE = "days here are local civil days: convert it to local time and drop the zone"
_DAY_FORMS = 'days (date32), stamps without a time zone, or texts "YYYY-MM-DD"'

#: A stamp as texts have it, as ISO 8601 and databases write it: a day, then an hour that is
#: dropped.
_STAMP = r"^\d{4}-\d{2}-\d{2}[Tt ](?:[01]\d|2[0-3])(?::[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?)?$"
_ZONE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[Tt ][\d:.,]+)? ?(?:[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)\Z", re.ASCII
)


def check_day_type(column: pyarrow.Field) -> None:
    """Raise `DayError` if a column cannot hold days, or its stamps have a time zone."""
    import pyarrow.types as types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if types.is_timestamp(kind) and kind.tz is not None:
        raise DayError(f"column {shown(column.name)} has the time zone {kind.tz}; {_DROP_ZONE}")
    days = types.is_date(kind) or types.is_timestamp(kind) or is_text(kind)
    if not days and not types.is_null(kind):
        raise DayError(
            f"column {shown(column.name)} holds {kind}, which are no days; give {_DAY_FORMS}"
        )


def is_text(kind: pyarrow.DataType) -> bool:
    """Return whether a type of Arrow is one of its three kinds of text."""
    import pyarrow.types as types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def spelled_out(column: pyarrow.Array) -> pyarrow.Array:
    """Return a column without a dictionary or views, for which Arrow has few functions."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        words = spelled_out(column.dictionary)
        return pa.DictionaryArray.from_arrays(column.indices, words).dictionary_decode()
    plain = {pa.string_view(): pa.string(), pa.binary_view(): pa.binary()}.get(column.type)
    if plain is None:
        return column
    try:
        return column.cast(plain)
    except pa.ArrowNotImplementedError:  # older versions of Arrow cannot
        return pa.array(column.to_pylist(), plain)


def read_days(column: pyarrow.Array, name: str, row: int) -> NDArray[np.int32]:
    """Return days as numbers from 1970-01-01, `NO_DAY` where missing.

    A stamp, of text too, counts for the day it falls on; a day in no year from 1 to 9999 is
    `IMPOSSIBLE_DAY`. Raise `DayError` naming the first row with a text that is no day; the first
    row of the column is number `row`.
    """
    column = spelled_out(column)
    if is_text(column.type):
        column = _days_of_texts(column, name, row)
    return count_days(column)


def _days_of_texts(texts: pyarrow.Array, name: str, row: int) -> pyarrow.Array:
    import pyarrow as pa
    import pyarrow.compute as compute

    try:
        return texts.cast(pa.date32())
    except pa.ArrowInvalid:
        pass  # some text is no plain day: words for what is missing, and stamps, take longer
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid as wrong:
        raise DayError(_first_bad_bytes(texts, name, row)) from wrong
    texts = without_missing(texts)
    stamps = compute.match_substring_regex(texts, _STAMP)
    texts = compute.if_else(stamps, compute.utf8_slice_codeunits(texts, 0, 10), texts)
    try:
        return texts.cast(pa.date32())
    except pa.ArrowInvalid as wrong:
        raise DayError(_first_bad_text(texts, name, row)) from wrong


def _first_bad_bytes(texts: pyarrow.Array, name: str, row: int) -> str:
    import pyarrow as pa

    binary = pa.large_binary() if pa.types.is_large_string(texts.type) else pa.binary()
    for index, raw in enumerate(texts.view(binary).to_pylist()):
        try:
            (raw or b"").decode()
        except UnicodeDecodeError:
            cell = f"row {row + index} of column {shown(name)}"
            return f"{cell} is {shown(raw)}, which is no text in UTF-8"
    raise AssertionError("a column that is no text has bytes that are none")


def _first_bad_text(texts: pyarrow.Array, name: str, row: int) -> str:
    import pyarrow as pa

    for index, text in enumerate(texts.to_pylist()):
        try:
            pa.array([text], pa.string()).cast(pa.date32())
        except pa.ArrowInvalid:
            cell = f"row {row + index} of column {shown(name)} is {shown(text)}"
            if _ZONE.match(text):
                return f"{cell}, with a time zone; {_DROP_ZONE}"
            return f'{cell}, not a day; give "YYYY-MM-DD"'
    raise AssertionError("a column that could not be read has a text that cannot")


def days_of_objects(values: Iterable[Any], missing: Iterable[bool], name: object) -> pyarrow.Array:
    """Return days of several kinds, as a spreadsheet leaves them, as one column of texts.

    They are dates, stamps and texts; `missing` tells which of the values there are not. Raise
    `DayError` naming the first row that is none of these.
    """
    import pyarrow as pa

    pairs = enumerate(zip(values, missing, strict=True))
    texts = [
        None if lacking else _text_of_object(value, name, row) for row, (value, lacking) in pairs
    ]
    return pa.array(texts, pa.string())


def _text_of_object(value: Any, name: object, row: int) -> str:
    if isinstance(value, str):
        text = str.__str__(value)
        if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
            return text
    elif isinstance(value, date):  # a stamp is one too
        if getattr(value, "tzinfo", None) is None:
            return date(value.year, value.month, value.day).isoformat()
        raise DayError(zone_refused(value, name, row))
    raise DayError(
        f"row {row} of column {shown(name)} is {shown(value)} ({type(value).__name__}), not a day; "
        'give dates, stamps without a time zone, or texts "YYYY-MM-DD"'
    )


def zone_refused(stamp: Any, name: object, row: int) -> str:
    """Return the words that refuse a stamp with a time zone."""
    text = shown(stamp.isoformat())[1:-1]
    return f"row {row} of column {shown(name)} is {text}, with a time zone; {_DROP_ZONE}"
