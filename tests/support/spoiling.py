"""Spoils seeds: puts values of every kind in the place of every value, and takes keys, cells and
rows away.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

#: A way to a value: keys of tables and places in lists.
Way = tuple[str | int, ...]

#: Stands for a value that is taken away.
GONE = object()

#: A value of every kind that TOML has, and of every kind that is odd.
VALUES: tuple[Any, ...] = (
    GONE,
    *(0, 3, -1, 200, 2**63, -(10**30), 10**4299, 16**5000, 1.5, 1e308, math.inf, math.nan),
    *(
        True,
        False,
        "",
        " ",
        "x",
        "japan",
        "\0",
        "e\u0301",
        "\u202e",
        "\U00017000",
        "x" * 5000,
        "../../x",
        "{}",
        "1945-08-18",
    ),
    *(date(1945, 8, 18), date(1, 1, 1), date(9999, 12, 31), datetime(1945, 8, 18, 12), time(12)),
    *(
        [],
        [[]],
        [1, 2],
        [1, 2, 3],
        ["x"],
        ["x", "x"],
        ["japan", "russia"],
        [[150.0, 45.0]],
        [{}],
        [{"x": 1}],
        [[["x"]]],
    ),
    *({}, {"x": 1}, {"x": {"x": {}}}, {"name": "x"}, {"": ""}),
)

#: The same for the cells of CSV files.
CELLS: tuple[Any, ...] = (
    GONE,
    *(
        "",
        " ",
        "x",
        "0",
        "-1",
        "1e400",
        "nan",
        "-inf",
        "9" * 5000,
        "1_0",
        "９",
        "200",
        "150.0",
        "true",
        "japan",
        "1945-08-18",
    ),
    *(
        '"',
        '"x',
        '""x"',
        "a,b",
        "a\nb",
        "\r",
        "\0",
        "\U0001f600",
        "e\u0301",
        "\u202e",
        "\U00017000",
        "x" * 200_000,
        "=1+1",
        "../x",
    ),
)


def ways_to(value: Any, above: Way = ()) -> Iterator[Way]:
    """Give the way to every value within, tables and lists themselves among them."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inner:
        yield (*above, key)
        yield from ways_to(one, (*above, key))


def put(document: Any, way: Way, value: Any) -> Any:
    """Give a copy of the document with `value` at the end of the way, or without it."""
    made = copy.deepcopy(document)
    place = made
    for key in way[:-1]:
        place = place[key]
    if value is GONE:
        del place[way[-1]]
    else:
        place[way[-1]] = copy.deepcopy(value)
    return made


def at(document: Any, way: Way) -> Any:
    """Give the value at the end of the way."""
    for key in way:
        document = document[key]
    return document
