"""Changes trees of tables, lists and values at random, makes them smaller, and writes them as JSON
or TOML with all their oddities.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Any


@dataclass(frozen=True)
class Raw:
    """A value that is written as it stands, since no value of Python would be."""

    text: str


#: What may stand in the place of any value.
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        4,
        0.5,
        1e308,
        2**31,
        2**53 + 1,
        2**63,
        10**30,
        [],
        {},
        [[]],
        [None],
        {"": ""},
        [1, 2, 3],
    ),
    *(
        "",
        " ",
        "\0",
        "x",
        "\n",
        "\x1b[31m",
        "\ud800",
        "\u202e",
        "é",
        "0",
        "1e999",
        "nan",
        "urup",
        "russia",
        "japan",
        "control",
    ),
    *(
        "1945-08-25",
        "1945-02-30",
        "0000-00-00",
        "9999-12-31",
        "1945",
        "1945-08-25T00:00:00Z",
        "[..1945-08-25]",
        "series-start",
    ),
    *(
        "a" * 300,
        ["a"],
        {"a": 1},
        [146.0, 44.0],
        [44.0, 146.0],
        ["146", "44"],
        [1e999, 0],
        [True, False],
    ),
    *(date(1945, 8, 25), datetime(1945, 8, 25, 12), time(12), date(1, 1, 1), date(9999, 12, 31)),
    *(
        Raw("9" * 5_000),
        Raw("1e400"),
        Raw("-0.0"),
        Raw("0x" + "f" * 4_000),
        Raw("1945-08-25T07:32:00Z"),
        Raw("[" * 900 + "]" * 900),
    ),
)

#: Names that a table may have one day, and none of ours has.
NAMES = (
    "",
    "id",
    "type",
    "a.b",
    "name",
    "since",
    "__class__",
    "\n",
    "control",
    "shape",
    "coordinates",
    "crs",
)


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Give every place of a tree: the table or list, and the key or number within."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        inner = waiting.pop()
        keys = (
            list(inner)
            if isinstance(inner, dict)
            else range(len(inner))
            if isinstance(inner, list)
            else ()
        )
        found += [(inner, key) for key in keys]
        waiting += [inner[key] for key in keys if isinstance(inner[key], dict | list)]
    return found


def changed(tree: Any, chance: Random) -> Any:
    """Give a copy of a tree with a few things changed."""
    tree = copy.deepcopy(tree)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        found = places(tree)
        if not found:
            return chance.choice(ODD)
        _change(*chance.choice(found), found, chance)
    return tree


def _change(inner: Any, key: Any, found: list[tuple[Any, Any]], chance: Random) -> None:
    value = inner[key]
    match chance.randrange(10):
        case 0 | 1 | 2:
            inner[key] = copy.deepcopy(chance.choice(ODD))
        case 3:
            del inner[key]
        case 4:
            other, where = chance.choice(found)
            inner[key] = copy.deepcopy(
                other.get(where) if isinstance(other, dict) else other[where : where + 1]
            )
        case 5:
            inner[key] = chance.choice(([value], {"a": value}, [value, value]))
        case 6 if isinstance(value, dict | list) and value:
            inner[key] = next(iter(value.values())) if isinstance(value, dict) else value[0]
        case 7 if isinstance(inner, dict):
            inner[
                chance.choice((*NAMES, *(place for _, place in found if isinstance(place, str))))
            ] = inner.pop(key)
        case 8 if isinstance(inner, list):
            inner.insert(key, copy.deepcopy(value))
        case _:
            inner[key] = _nearly(value, chance)


def _nearly(value: Any, chance: Random) -> Any:
    """Give a value near another: a text cut, doubled or with a sign more, a number a little off."""
    if isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        return chance.choice(
            (
                value[:at],
                value[at:],
                value + value,
                value[:at] + chance.choice("\0\n \"'{[.,-9é\ud800") + value[at:],
            )
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return chance.choice((-value, value + 1, str(value), value * 1000))
    return chance.choice(ODD)


def simpler(tree: Any) -> Iterator[Any]:
    """Give trees with one thing less: a place left out, a table or list replaced by what is in it,
    a text cut in half.
    """
    for number, (inner, key) in enumerate(places(tree)):
        if not isinstance(inner[key], dict | list | str):
            smaller: list[Any] = [None]
        elif isinstance(inner[key], str):
            smaller = [None, *([inner[key][: len(inner[key]) // 2]] if inner[key] else [])]
        else:
            smaller = [None, *(inner[key].values() if isinstance(inner[key], dict) else inner[key])]
        for value in smaller:
            made = copy.deepcopy(tree)
            other, _ = places(made)[number]
            if value is None:
                del other[key]
            else:
                other[key] = copy.deepcopy(value)
            yield made


def less_json(data: bytes) -> Iterator[bytes]:
    """Give what is left of a tree in JSON with one thing less; nothing where the bytes are no tree."""
    with suppress(ValueError, RecursionError):
        yield from map(write_json, simpler(json.loads(data)))


def write_json(tree: Any) -> bytes:
    """Write a tree as JSON; days are texts, lone surrogates and infinities stay."""
    return _json(tree).encode("utf-8", "surrogatepass")


def _json(value: Any) -> str:
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(str(key))}: {_json(entry)}" for key, entry in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, date | time):
        return json.dumps(value.isoformat())
    return json.dumps(value)


def write_toml(tree: Any) -> bytes:
    """Write a tree as TOML, a line for each key of the top; what TOML has no word for is left out."""
    lines = (
        f"{json.dumps(str(key))} = {_toml(value)}"
        for key, value in tree.items()
        if value is not None
    )
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def _toml(value: Any) -> str:
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{json.dumps(str(k))} = {_toml(entry)}"
                for k, entry in value.items()
                if entry is not None
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_toml(entry) for entry in value if entry is not None) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
