"""Turn columns of pandas frames into columns of Arrow, values of several kinds in one column too.

Knows the kinds of pandas and nothing of what the columns are for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sovietpacific.errors import ColumnError, shown
from sovietpacific.points.day_columns import days_of_objects, is_text
from sovietpacific.points.frame_days import refuse_spans
from sovietpacific.points.missing_words import is_missing

if TYPE_CHECKING:
    import pandas
    import pyarrow


def column_name(name: object) -> str:
    """Return the name of a column as a text that Arrow takes.

    Signs that no text in UTF-8 has are written out.
    """
    try:
        text = str(name)
    except Exception:  # noqa: BLE001 - objects of others may raise whatever they like
        text = shown(name)
    return text.encode(errors="backslashreplace").decode()


def arrow_column(name: Any, values: pandas.Series[Any], *, days: bool) -> pyarrow.Array:
    """Return a column of days or of coordinates as Arrow has it; what pandas lacks is missing.

    Plain numbers are not copied. Raise `DayError` and `ColumnError`, which name the row where one
    value is at fault.
    """
    import pandas
    import pyarrow as pa

    if days:
        refuse_spans(name, values)
    elif values.dtype == object:
        _check_numbers(name, values)
    try:
        of_arrow = isinstance(values.dtype, pandas.ArrowDtype)
        if of_arrow or values.dtype.kind not in "fiu":
            column = pa.array(values, from_pandas=True)
        else:
            numbers = values.to_numpy()
            # Bytes in the other order, as in files of old instruments, Arrow does not read.
            if not numbers.dtype.isnative:
                numbers = numbers.astype(numbers.dtype.newbyteorder("="))
            column = pa.array(numbers)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as wrong:
        column = _of_several_kinds(name, values, days, wrong)
    if not days and is_text(column.type):
        column = _of_several_kinds(name, values, days, None)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _check_numbers(name: Any, values: pandas.Series[Any]) -> None:
    """Raise `ColumnError` for what Arrow would take for a number: True and False for 1 and 0."""
    for row, value in enumerate(values):
        if isinstance(value, bool):
            raise ColumnError(
                f"row {row} of column {shown(name)} is {value}, not a number; give degrees"
            )


def _of_several_kinds(
    name: Any, values: pandas.Series[Any], days: bool, wrong: Exception | None
) -> pyarrow.Array:
    """Return a column that is read value by value.

    Dates, stamps and texts are read as days, numbers and words for what is missing as coordinates.
    """
    import pandas
    import pyarrow as pa

    objects = values.astype(object)
    if days and (values.dtype == object or isinstance(values.dtype, pandas.CategoricalDtype)):
        return days_of_objects(objects, objects.isna(), name)
    if days:
        raise ColumnError(
            f"column {shown(name)} ({values.dtype}) cannot be read as coordinates or days: {wrong}"
        ) from wrong
    missing_words = objects.map(lambda value: isinstance(value, str) and is_missing(value))
    if wrong is None and not missing_words.any():
        return pa.array(values, from_pandas=True)  # refused by its type
    numbers = []
    for row, (value, lacking) in enumerate(zip(objects, objects.isna(), strict=True)):
        if isinstance(value, str) and not is_missing(str.__str__(value)):
            raise ColumnError(
                f"row {row} of column {shown(name)} is {shown(value)}, not a number; "
                "give numbers, in degrees"
            )
        numbers.append(None if lacking or isinstance(value, str) else value)
    try:
        return pa.array(numbers, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as still:
        reason = shown(str(wrong or still))[1:-1]
        raise ColumnError(
            f"column {shown(name)} ({values.dtype}) cannot be read as coordinates or days: {reason}"
        ) from still
