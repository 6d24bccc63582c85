"""Read what CSV and GeoJSON files have in common: text in UTF-8, and chunks of rows that are
bounded in number and bytes.

Knows bytes and texts, and nothing of columns.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")

#: Rows and features that are labelled at a time, fewer where they have more bytes than this.
TEXTS = 1 << 15
BYTES = 1 << 25

#: Items taken before it is seen again how many bytes they were: at first, and where they are small.
_STEP, _LONG_STEP = 64, 512


def chunks(items: Iterator[Item], position: Callable[[], int]) -> Iterator[list[Item]]:
    """Yield items in lists of `TEXTS`, fewer where they are large.

    `position` returns how far the file they come from has been read.
    """
    while True:
        begin, chunk = position(), list(islice(items, _STEP))
        while len(chunk) < TEXTS and (read := position() - begin) < BYTES:
            before = len(chunk)
            chunk.extend(islice(items, _LONG_STEP if read < len(chunk) * 4096 else _STEP))
            if len(chunk) == before:
                break
        if not chunk:
            return
        yield chunk


def encoding_refusal(source: Path) -> str | None:
    """Return what to say of a file that is no UTF-8, with the line; None where it is UTF-8."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with source.open("rb") as raw:
        first = raw.read(2)
        if first in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "is UTF-16; save it as UTF-8"
        raw.seek(0)
        for block in iter(lambda: raw.read(1 << 20), b""):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as wrong:
                line += wrong.object[: wrong.start].count(b"\n")
                byte = f"0x{wrong.object[wrong.start]:02x}"
                return f"is no text in UTF-8: line {line} has the byte {byte}; save it as UTF-8"
            line += block.count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return f"is no text in UTF-8: line {line} ends within a sign; save it as UTF-8"
    return None
