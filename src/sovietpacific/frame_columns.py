"""Turns columns of pandas frames into columns of Arrow, values of several kinds in one column too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sovietpacific.day_columns import days_of_objects, is_text
from sovietpacific.errors import ColumnError, shown
from sovietpacific.frame_days import refuse_spans
from sovietpacific.missing_words import is_missing

if TYPE_CHECKING:
    import pandas
    import pyarrow


def column_name(name: object) -> str:
    """Give the name of a column as a text that Arrow takes, signs that no text in UTF-8 has written out."""
    try:
        told = str(name)
    except Exception:  # noqa: BLE001 - objects of others may raise whatever they like
        told = shown(name)
    return told.encode(errors="backslashreplace").decode()


def arrow_column(name: Any, values: pandas.Series[Any], *, days: bool) -> pyarrow.Array:
    """Give a column of days or of coordinates as Arrow has it, without copying plain numbers; what pandas lacks is missing.

    Raises `DayError` and `ColumnError`, which name the row where one value is at fault.
    """
    import pandas
    import pyarrow as pa

    if days:
        refuse_spans(name, values)
    elif values.dtype == object:
        _check_numbers(name, values)
    try:
        # Those that lie the other way round, as in files of old instruments, are turned first, since Arrow does not read them.
        of_arrow = isinstance(values.dtype, pandas.ArrowDtype)
        plain = values.to_numpy() if not of_arrow and values.dtype.kind in "fiu" else None
        turned = plain if plain is None or plain.dtype.isnative else plain.astype(plain.dtype.newbyteorder("="))
        column = pa.array(values, from_pandas=True) if turned is None else pa.array(turned)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as wrong:
        column = _of_several_kinds(name, values, days, wrong)
    if not days and is_text(column.type):
        column = _of_several_kinds(name, values, days, None)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _check_numbers(name: Any, values: pandas.Series[Any]) -> None:
    """Refuse what Arrow would take for a number: True and False for 1 and 0."""
    for row, value in enumerate(values):
        if isinstance(value, bool):
            raise ColumnError(f"row {row} of column {shown(name)} is {value}, not a number; give degrees")


def _of_several_kinds(name: Any, values: pandas.Series[Any], days: bool, wrong: Exception | None) -> pyarrow.Array:
    """Read a column value by value: dates, stamps and texts as days, numbers and words for what is missing as coordinates."""
    import pandas
    import pyarrow as pa

    objects = values.astype(object)
    if days and (values.dtype == object or isinstance(values.dtype, pandas.CategoricalDtype)):
        return days_of_objects(objects, objects.isna(), name)
    if days:
        raise ColumnError(f"column {shown(name)} ({values.dtype}) cannot be read as coordinates or days: {wrong}") from wrong
    if wrong is None and not objects.map(lambda value: isinstance(value, str) and is_missing(value)).any():
        return pa.array(values, from_pandas=True)  # refused by its type
    numbers = []
    for row, (value, lacking) in enumerate(zip(objects, objects.isna(), strict=True)):
        if isinstance(value, str) and not is_missing(str.__str__(value)):
            raise ColumnError(f"row {row} of column {shown(name)} is {shown(value)}, not a number; give numbers, in degrees")
        numbers.append(None if lacking or isinstance(value, str) else value)
    try:
        return pa.array(numbers, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as still:
        reason = shown(str(wrong or still))[1:-1]
        raise ColumnError(f"column {shown(name)} ({values.dtype}) cannot be read as coordinates or days: {reason}") from still
