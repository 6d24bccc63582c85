"""Tries inputs again in a process of their own, so that one that kills it, hangs or eats the memory
is told of like any other.

`python -m tests.fuzz.replay TARGET SECONDS FILE …` is the process; `replay` starts it, and starts it anew
after an input that ended it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

#: An input may take so many seconds before it counts as one that hangs; a sound one takes some
#: thousandths.
PATIENCE = 60.0

#: The memory, in bytes, a process that tries inputs may have.
MEMORY = 3 << 30

#: How a collection of one shape begins in well-known binary.
COLLECTION_OF_ONE = bytes([1, 7, 0, 0, 0, 1, 0, 0, 0])


class Outcome(NamedTuple):
    """What came of an input: `answered`, `refused`, or what escaped, and how that was told."""

    path: Path
    what: str
    told: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether it is what may come of an input."""
        return self.what in ("answered", "refused")

    @property
    def deadly(self) -> bool:
        """Tell whether it ended the process, or would never have ended."""
        return self.what.startswith(("hang", "death"))


def replay(name: str, paths: Sequence[Path], patience: float = PATIENCE) -> list[Outcome]:
    """Try the inputs one after the other and give what came of each."""
    outcomes: list[Outcome] = []
    here = Path(__file__).parents[2]
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(here), *sys.path]),
        "PYTHONIOENCODING": "utf-8",
    }
    while len(outcomes) < len(paths):
        rest = paths[len(outcomes) :][:1_000]
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            ran = subprocess.run(
                [sys.executable, "-m", "tests.fuzz.replay", name, str(patience), *map(str, rest)],
                env={**surroundings, "FUZZ_FOLDER": folder},
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("[")]
        outcomes += [Outcome(path, *one) for path, one in zip(rest, told, strict=False)]
        if ran.returncode and len(told) < len(rest):
            what = (
                "hang"
                if "Timeout (" in ran.stderr
                else f"death-{-ran.returncode if ran.returncode < 0 else ran.returncode}"
            )
            outcomes.append(Outcome(rest[len(told)], what, ran.stderr[-3_000:]))
    return outcomes


def main(name: str, patience: str, *paths: str) -> None:
    """Try each input and print a line of JSON for it."""
    from tests.fuzz.outcome import be_strict, place_of
    from tests.fuzz.scratch import keep_index_here, small_atlas
    from tests.fuzz.targets import target

    _limit_memory()
    be_strict()
    keep_index_here()
    tried = target(name)
    small_atlas()
    for path in paths:
        faulthandler.dump_traceback_later(float(patience), exit=True)
        try:
            got = [tried.try_it(data) for data in _also_deeper(Path(path).read_bytes())]
            said = ["answered" if got[0] else "refused", ""]
        except Exception as wrong:  # noqa: BLE001 - that is what is looked for
            said = [place_of(wrong), "".join(traceback.format_exception(wrong, limit=-4))[-3_000:]]
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(said), flush=True)


def _also_deeper(data: bytes) -> list[bytes]:
    """Give the bytes, and where lists stand within lists, or a collection begins, the same 100,000
    deep: too much to be kept.
    """
    deep = 100_000
    made = [data]
    if b"[[" in data and b"]]" in data:
        made.append(data.replace(b"[[", b"[" * deep, 1).replace(b"]]", b"]" * deep, 1))
    if data[:9] == COLLECTION_OF_ONE:
        made.append(COLLECTION_OF_ONE * deep + data[9:])
    return made


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard < 0 else min(MEMORY, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    faulthandler.enable()
    main(*sys.argv[1:])
