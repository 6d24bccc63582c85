"""Tries files of points as CSV, with commas and with tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from random import Random

import sovietpacific as sp
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import fresh, small_atlas

STARTS = (
    b"lon,lat,date\n148.0,45.1,1945-09-02\n0,0,\n",
    b'\xef\xbb\xbfname,lon,lat,date\r\n"a, b",148.0,45.1,1945-09-02\r\n\r\n"c\nd",,45.1,1945-09-02\r\n',
    b"date\tlat\tlon\n1945-09-02\t45.1\t148.0\n",
)

_CELLS = (
    *(
        "",
        " ",
        "NA",
        "NaN",
        "null",
        "inf",
        "-1e999",
        "1e308",
        "148,0",
        "148\u00a0",
        "0x10",
        "1_000",
        "+148.0",
        "\u0661",
        "true",
        "9" * 5_000,
    ),
    *(
        "1945",
        "1945-09",
        "1945-09-02T10:00:00",
        "1945-09-02T10:00Z",
        "02/09/45",
        "9999-12-31",
        "0001-01-01",
        "-0001-01-01",
        "1945-02-30",
    ),
    *(
        '"',
        '""',
        '"a',
        'a"b',
        '"a\nb"',
        "\0",
        "\x1b[31m",
        "=1+1",
        "é",
        "lon",
        "holder",
        "tract",
        "a" * 140_000,
    ),
)


def try_it(data: bytes) -> bool:
    """Label the bytes as a file; where it is answered, every row of it must be there with its
    fields as they were.
    """
    got = [_label(data, ending) for ending in ("csv", *(("tsv",) if b"\t" in data else ()))]
    return any(got)


def _label(data: bytes, ending: str) -> bool:
    folder = fresh("csv")
    source, target = folder / f"points.{ending}", folder / f"labelled.{ending}"
    source.write_bytes(data)

    def ask() -> None:
        sp.label_file(source, target, atlas=small_atlas())
        mark = "\t" if ending == "tsv" else ","
        given, told = _rows(data, mark), _rows(target.read_bytes(), mark)
        assert len(given) == len(told), f"{len(given)} rows became {len(told)}"
        assert all(row == more[: len(row)] for row, more in zip(given, told, strict=True)), (
            "a field was changed"
        )

    whether = answered(ask)
    left = {path.name for path in folder.iterdir()} - {source.name, target.name}
    assert not left, f"{left} was left behind"
    assert whether or not target.exists(), "a refused file was written"
    return whether


def _rows(data: bytes, mark: str) -> list[list[str]]:
    """Read rows as Python does, but for blank ones, and for byte order marks after these."""
    older = csv.field_size_limit(1 << 30)
    try:
        rows = csv.reader(
            io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=mark, strict=True
        )
        full = [row for row in rows if len(row) > 1 or any(field.strip() for field in row)]
        return [[field.removeprefix("\ufeff") for field in row[:1]] + row[1:] for row in full]
    finally:
        csv.field_size_limit(older)


def change(data: bytes, chance: Random) -> bytes:
    """Change a cell, or take a line out, or put one in twice."""
    mark = "\t" if b"\t" in data else ","
    lines = [line.split(mark) for line in data.decode("utf-8", "surrogateescape").split("\n")]
    line = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            lines.insert(line, list(lines[line]))
        case 1:
            lines.insert(line, [chance.choice(("", " ", "\r", mark, "\ufeff"))])
        case 2 if len(lines) > 2:
            del lines[line]
        case 3:
            lines[line].insert(chance.randrange(len(lines[line]) + 1), chance.choice(_CELLS))
        case _:
            lines[line][chance.randrange(len(lines[line]))] = chance.choice(_CELLS)
    return "\n".join(mark.join(cells) for cells in lines).encode("utf-8", "surrogateescape")


def less(data: bytes) -> Iterator[bytes]:
    """Give the bytes without one of their lines, or one of their cells."""
    for mark in (b"\n", b",", b"\t"):
        parts = data.split(mark)
        yield from (
            mark.join([*parts[:number], *parts[number + 1 :]]) for number in range(len(parts))
        )
