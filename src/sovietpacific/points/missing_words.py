"""Know the words that stand for a missing day or coordinate, in files and in frames alike.

Knows spellings and nothing of columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

#: What R, pandas, spreadsheets and databases write where there is nothing; in any case, with spaces
#: around, or no text at all.
MISSING_WORDS = ("NA", "N/A", "NaN", "NaT", "null", "None", "<NA>")

_MISSING = frozenset({"", *(word.lower() for word in MISSING_WORDS)})


def is_missing(text: str) -> bool:
    """Return whether a text stands for a value that is missing.

    >>> is_missing(" n/a "), is_missing(""), is_missing("Nara")
    (True, True, False)
    """
    return text.strip().lower() in _MISSING


def without_missing(texts: pyarrow.Array) -> pyarrow.Array:
    """Return texts without spaces around them, and nothing where they stand for a missing value."""
    import pyarrow as pa
    import pyarrow.compute as compute

    trimmed = compute.utf8_trim_whitespace(texts)
    missing = compute.is_in(
        compute.utf8_lower(trimmed), value_set=pa.array(sorted(_MISSING), trimmed.type)
    )
    return compute.if_else(missing, pa.scalar(None, trimmed.type), trimmed)
