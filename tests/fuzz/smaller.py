"""Makes an input smaller that breaks a target, so long as it breaks it in the same way: `python -m
tests.fuzz.smaller TARGET FILE …`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from time import monotonic

from tests.fuzz.outcome import be_strict, place_of
from tests.fuzz.scratch import keep_index_here
from tests.fuzz.targets import Target, target

#: How long one input is worked on, in seconds.
PATIENCE = 8.0


def smallest(
    data: bytes,
    breaks: Callable[[bytes], bool],
    less: Callable[[bytes], Iterable[bytes]],
    patience: float = PATIENCE,
) -> bytes:
    """Give the smallest bytes found in this time for which `breaks` still says yes: by `less`
    first, then without pieces.
    """
    end = monotonic() + patience
    going = True
    while going:
        going = False
        for made in chain(less(data), _pieces(data)):
            if monotonic() > end:
                return data
            if len(made) < len(data) and breaks(made):
                data, going = made, True
                break
    return data


def _pieces(data: bytes) -> Iterator[bytes]:
    """Give the bytes without a piece of them, halves first."""
    length = len(data) // 2
    while length >= 1:
        for start in range(0, len(data), length):
            yield data[:start] + data[start + length :]
        length //= 2


def escape_of(tried: Target, data: bytes) -> str | None:
    """Name what escapes, None where nothing does."""
    try:
        tried.try_it(data)
    except Exception as wrong:  # noqa: BLE001 - that is what is looked for
        return place_of(wrong)
    return None


def main(name: str, *paths: str) -> None:
    """Make each file smaller in its place."""
    be_strict()
    keep_index_here()
    tried = target(name)
    for path in map(Path, paths):
        escape = escape_of(tried, data := path.read_bytes())
        if escape is not None:
            path.write_bytes(
                smallest(data, lambda made, same=escape: escape_of(tried, made) == same, tried.less)
            )  # type: ignore[misc]


if __name__ == "__main__":
    main(*sys.argv[1:])
