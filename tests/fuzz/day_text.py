"""Tries texts as days: alone, in EDTF, as numpy reads them, and in columns of Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random

import numpy as np
import pyarrow as pa

import sovietpacific as sp
from sovietpacific.dates import parse_day, parse_edtf, write_edtf
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import small_atlas

STARTS = (
    *(
        b"1945-09-02",
        b"1855-01-01",
        b"9999-12-31",
        b"1945-08",
        b"1945~",
        b"1875-10?",
        b"[1945-08-23..1945-08-25]",
        b"[..1945-08-25]",
    ),
    *(
        b"[1945-08-23%..]",
        b"1945-09-02T10:00:00",
        b"1945-09-02 10:00",
        b"1945-09-02T10:00:00Z",
        b"45-09-02",
        b"02.09.1945",
        b"NA",
    ),
)

_PIECES = (
    "-",
    "..",
    "[",
    "]",
    "~",
    "?",
    "%",
    "/",
    "T",
    "Z",
    "+09:00",
    "00",
    "99",
    "0001",
    "9999",
    "-1",
    " ",
    "\0",
    "٣",
    "é",
    "\ud800",
    "n",
)


def try_it(data: bytes) -> bool:
    """Ask for a day in every form a text may be given in; tell whether one of them was answered."""
    text = data.decode("utf-8", "surrogateescape")
    ways = (
        lambda: parse_day(text),
        lambda: _there_and_back(text),
        lambda: _as_numpy(text),
        *(_in(text, kind) for kind in _KINDS),
    )
    alone, *other, in_column = (answered(way) for way in ways)
    assert in_column or not alone, "a day that is read alone is refused in a column"
    return any((alone, *other, in_column))


_KINDS = (pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string()), pa.string_view())


def _in(text: str, kind: pa.DataType) -> Callable[[], None]:
    def ask() -> None:
        try:
            days = pa.array([text, None, "1945-09-02"], pa.string())
        except UnicodeEncodeError:  # Arrow has no such text
            return
        days = days.dictionary_encode() if pa.types.is_dictionary(kind) else days.cast(kind)
        points = pa.table({"lon": [148.0] * 3, "lat": [45.1] * 3, "date": days})
        assert len(sp.label_batches(points, atlas=small_atlas()).read_all()) == 3

    return ask


def _there_and_back(text: str) -> None:
    limits = parse_edtf(text)
    assert parse_edtf(write_edtf(limits)) == limits
    limits.day_before()


def _as_numpy(text: str) -> None:
    stamp = np.datetime64("NaT")
    with suppress(ValueError, UserWarning):  # where numpy itself reads no stamp, or one with a zone
        stamp = np.datetime64(text)
    parse_day(stamp)


def change(data: bytes, chance: Random) -> bytes:
    """Put a piece of a day somewhere, or leave one out."""
    text = data.decode("utf-8", "surrogateescape")
    at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return (text[:at] + chance.choice(("", *_PIECES)) + text[chance.choice((at, end)) :]).encode(
        "utf-8", "surrogatepass"
    )


def less(_data: bytes) -> Iterator[bytes]:
    """Give nothing: a piece less is all that can be tried."""
    return iter(())
