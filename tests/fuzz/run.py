"""Runs the search for every target and keeps what it finds: `python -m tests.fuzz.run [--seconds N]
[TARGET …]`, or `make fuzz`.

What is found and not known yet is made smaller and kept in `corpus/TARGET`, under the name of what
it did and the head of its SHA-256. `out/fuzz/TARGET` has the inputs by which the search goes on the
next time, and what libFuzzer said.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from tests.fuzz.replay import PATIENCE, replay
from tests.fuzz.scratch import ROOT
from tests.fuzz.targets import CORPUS, TARGETS, corpus_of, target

#: What libFuzzer says now and then: inputs tried, places reached, pairs of them, and speed.
_PULSE = re.compile(r"^#(\d+)\s.*cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)

#: The longest input that is tried, in bytes, and the megabytes a search may have.
LONGEST, MEMORY_MB = 4_096, 3_000

#: The longest input that is kept though it broke nothing.
SMALL = 1_000


class Search(NamedTuple):
    """What a search came to: inputs tried in so many seconds, places of the library reached, and
    the inputs that are new.
    """

    runs: int
    seconds: float
    reached: int
    new: list[Path]


def search(name: str, seconds: float, out: Path) -> Search:
    """Search for so long, and keep what is new in the corpus."""
    grown, sound, found = (out / part for part in ("grown", "sound", "found"))
    for folder in (grown, sound, found):
        if folder is not grown:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(target(name).STARTS):
        (grown / f"start-{number}").write_bytes(start)
    corpus, older = (
        replay(name, paths, patience=10) for paths in (corpus_of(name), sorted(grown.iterdir()))
    )
    for outcome in corpus:
        if not outcome.deadly:
            shutil.copyfile(outcome.path, sound / outcome.path.name)
    for outcome in older:
        if not outcome.sound:
            shutil.copyfile(outcome.path, found / outcome.what)
        if outcome.deadly:
            outcome.path.unlink()
    known = {outcome.what for outcome in corpus if not outcome.sound}
    for what in known:
        (found / what).write_bytes(b"")
    runs, reached, begun, deaths = 0, 0, monotonic(), 0
    while (left := seconds - (monotonic() - begun)) > 1:
        said = _hunt(name, left, found, out)
        pulses = _PULSE.findall(said)
        if pulses:
            runs, reached = runs + int(pulses[-1][0]), max(reached, int(pulses[-1][1]))
        died = _deadly(out, found, deaths)
        deaths += died
        if not died and monotonic() - begun < seconds - 5:
            raise SystemExit(f"the search of {name} ended early:\n{said[-3_000:]}")
    spent = monotonic() - begun
    fresh = [path for path in sorted(found.iterdir()) if path.name not in known]
    return Search(runs, spent, reached, _keep(name, fresh))


def _hunt(name: str, seconds: float, found: Path, out: Path) -> str:
    options = [
        f"-max_total_time={int(seconds)}",
        "-timeout=20",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-max_len={LONGEST}",
    ]
    options += [f"-artifact_prefix={out}/killed-", str(out / "grown"), str(out / "sound")]
    with tempfile.TemporaryDirectory(
        prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None
    ) as folder:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.hunt", name, found, *options],
            env={**os.environ, "FUZZ_FOLDER": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    said = ran.stdout.decode("utf-8", "replace")
    (out / "said.txt").write_text(said, encoding="utf-8")
    return said


def keep_reaching(name: str, most: int, out: Path) -> None:
    """Keep so many of the inputs that reached something new and broke nothing: small ones, spread
    over all their sizes.
    """
    small = [path for path in (out / "grown").iterdir() if path.stat().st_size <= SMALL]
    small.sort(key=lambda path: (path.stat().st_size, path.name))
    for outcome in replay(name, small[:: max(1, len(small) // most)][:most]):
        if outcome.sound:
            data = outcome.path.read_bytes()
            (CORPUS / name / f"{outcome.what}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(
                data
            )


def _deadly(out: Path, found: Path, before: int) -> int:
    """Move inputs that ended the search to those that were found, and count them."""
    killers = sorted(out.glob("killed-*"))
    for number, path in enumerate(killers, before):
        path.replace(found / f"killer-{number}")
    return len(killers)


def _keep(name: str, fresh: list[Path]) -> list[Path]:
    """Make new inputs smaller, see once more what each does, and keep them under that name."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.fuzz.smaller",
            name,
            *[path for path in fresh if "killer" not in path.name],
        ],
        check=False,
    )
    kept, kinds = [], set()
    (CORPUS / name).mkdir(parents=True, exist_ok=True)
    for outcome in replay(name, fresh, PATIENCE):
        if outcome.sound or outcome.what in kinds:
            continue
        kinds.add(outcome.what)
        data = outcome.path.read_bytes()
        path = (
            CORPUS
            / name
            / f"{outcome.what.rpartition('-')[0] or outcome.what}-{hashlib.sha256(data).hexdigest()[:12]}"
        )
        path.write_bytes(data)
        kept.append(path)
    return kept


def main() -> None:
    """Search target by target and print a row for each; exit with 1 where something new was found."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("targets", nargs="*", default=[], metavar="TARGET", help=", ".join(TARGETS))
    wanted.add_argument(
        "--seconds", type=float, default=120, help="how long each target is searched"
    )
    wanted.add_argument(
        "--reaching",
        type=int,
        default=0,
        metavar="N",
        help="keep N small inputs that reach much, too",
    )
    asked = wanted.parse_args()
    if unknown := sorted(set(asked.targets) - set(TARGETS)):
        wanted.error(f"no target is called {unknown[0]}; there are {', '.join(TARGETS)}")
    print("| target | inputs | a second | places reached | new |\n|---|---|---|---|---|")
    new = []
    for name in asked.targets or TARGETS:
        done = search(name, asked.seconds, ROOT / "out" / "fuzz" / name)
        print(
            f"| {name} | {done.runs:,} | {done.runs / max(done.seconds, 1):,.0f} | {done.reached:,} | {len(done.new)} |",
            flush=True,
        )
        new += done.new
        if asked.reaching:
            keep_reaching(name, asked.reaching, ROOT / "out" / "fuzz" / name)
    if new:
        raise SystemExit(
            "\n".join(
                ["", "new, mend and commit them:", *(str(path.relative_to(ROOT)) for path in new)]
            )
        )


if __name__ == "__main__":
    main()
