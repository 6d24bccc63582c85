"""Looks for inputs that break a target, guided by what of the library each input reaches: `python
-m tests.fuzz.hunt TARGET FOUND …`.

FOUND is a folder for the inputs, one for each kind of escape; what follows are options and folders
of libFuzzer. An escape does not end the search. What kills the process does: libFuzzer then leaves
the input where `-artifact_prefix` says.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["sovietpacific"], enable_loader_override=False):
    from tests.fuzz.outcome import be_strict, place_of
    from tests.fuzz.scratch import keep_index_here, small_atlas
    from tests.fuzz.targets import TARGETS, target

    for each in TARGETS:
        target(each)

#: How many of the changes are those of the target, in tenths; the others are libFuzzer's own.
MEANT = 6


def main(name: str, found: str, *options: str) -> None:
    """Search until libFuzzer ends it."""
    be_strict()
    keep_index_here()
    tried, folder = target(name), Path(found)
    small_atlas()
    known = {path.name for path in folder.iterdir()}

    def one_input(data: bytes) -> None:
        try:
            tried.try_it(data)
        except Exception as wrong:  # noqa: BLE001 - that is what is looked for
            place = place_of(wrong)
            if place not in known:
                known.add(place)
                (folder / place).write_bytes(data)

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        for _ in range(3):
            if chance.randrange(10) < MEANT:
                with suppress(
                    ValueError, OverflowError, RecursionError
                ):  # what cannot be written stays as it was
                    data = tried.change(data, chance)
            else:
                data = atheris.Mutate(data, most)
            if chance.randrange(2):
                break
        return data[:most]

    atheris.Setup([sys.argv[0], *options], one_input, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
