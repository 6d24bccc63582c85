"""Hold what an export writes before it is written: rows of named columns of five kinds, and a shape
for each.

Knows columns and shapes, and nothing of the atlas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Kinds of column: text, a day, yes or no, a number, a whole number.  Each may be missing.
TEXT, DAY, FLAG, NUMBER, WHOLE = "text", "day", "flag", "number", "whole"


@dataclass(frozen=True, slots=True)
class Layer:
    """A table of rows; `columns` gives the kind of each column, `geometries` a shape per row, None
    where it has none.

    `ids` names each row for formats that know such names; `holders` gives the lineages behind each
    text of a column `holder`, for those that colour by it.
    """

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    geometries: Sequence[Any] | None
    ids: Sequence[str] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
