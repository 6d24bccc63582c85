"""Resolves what the project needs into `requirements/`: exact versions with their hashes, for every system and every Python.

`python -m release.lock` keeps the versions that are written there where pyproject.toml still allows them; `--upgrade` takes the
newest; `--check` writes nothing, and asks for each system and each Python whether every package has a wheel there and none is
missing.  Each file is whole: it names all that is installed from it, so that an installer has nothing left to resolve
(`--no-deps`), and a release of others cannot change what is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

from release.versions import ROOT, oldest_python

FOLDER = ROOT / "requirements"
#: Where everything must install, each by what uv calls it; docs/index.md says the same in words.
SYSTEMS = {
    "Linux": "x86_64-manylinux_2_28",
    "Linux on ARM": "aarch64-manylinux_2_28",
    "macOS on Apple silicon": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
LOWEST_MACOS = "14.0"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


class LockError(Exception):
    """Say which file cannot be resolved, and why."""


class Lock(NamedTuple):
    """One file of requirements: what it is for, the groups of pyproject.toml in it, and the file it shares versions with."""

    name: str
    purpose: str
    groups: tuple[str, ...]
    agrees_with: str = ""
    with_project: bool = True
    #: Whether it must install on every system; what only few ever make need not.
    everywhere: bool = True
    #: Whether something in it has no wheel, and is built by the setuptools of develop.txt.
    from_source: bool = False

    @property
    def path(self) -> Path:
        """Give the file."""
        return FOLDER / f"{self.name}.txt"


#: In the order they are made: a file comes after the one it agrees with.
LOCKS = (
    Lock("run", "What running from the checkout needs", ("build",)),
    Lock("develop", "What the tests, the linters and the pages need", ("dev", "docs"), agrees_with="run"),
    Lock("mutants", "What `make mutants` needs", ("mutants",), agrees_with="develop", everywhere=False),
    Lock("bench", "What `make bench` needs", ("bench",), agrees_with="run", everywhere=False),
    Lock("release", "What `make packages` and `make lock` need beside develop.txt", ("release",), with_project=False),
    Lock(
        "spark",
        "What the test of Spark needs beside develop.txt",
        ("spark",),
        with_project=False,
        everywhere=False,
        from_source=True,
    ),
)


def resolve(lock: Lock, *, upgrade: bool) -> str:
    """Return the text of a file of requirements, resolved anew."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / lock.path.name
        if lock.path.exists():  # the versions written down are kept where they are still allowed
            kept.write_text(lock.path.read_text(encoding="utf-8"), encoding="utf-8")
        words = ["--universal", "--generate-hashes", "--no-emit-index-url", "--emit-build-options", "--no-header"]
        words += ["--fork-strategy", "fewest", "--python-version", oldest_python()]
        words += [] if lock.from_source else ["--only-binary", ":all:"]
        words += [word for group in lock.groups for word in ("--group", group)]
        words += ["--constraint", f"requirements/{lock.agrees_with}.txt"] if lock.agrees_with else []
        words += ["--upgrade"] if upgrade else []
        words += ["pyproject.toml"] if lock.with_project else []
        ran = _run_uv("compile", *words, "--output-file", str(kept))
        if ran.returncode:
            raise LockError(f"{lock.path.name} cannot be resolved:\n{ran.stderr}")
        return f"{head(lock)}\n{kept.read_text(encoding='utf-8')}"


def head(lock: Lock) -> str:
    """Return the comment at the top of a file of requirements."""
    install = f"pip install --no-deps --require-hashes -r requirements/{lock.path.name}"
    return f"# {lock.purpose}; made by `make lock` from pyproject.toml.\n# {install}"


def find_gaps(lock: Lock) -> Iterator[str]:
    """Say where a file of requirements cannot be installed: a package has no wheel, or one is needed and not named."""
    with tempfile.TemporaryDirectory() as folder:
        # With dependencies, though it is installed without: in a whole file these are all named, each with its hashes.
        words = ("install", "--dry-run", "--require-hashes", "--requirement", str(lock.path), "--target", folder)
        for system, called in SYSTEMS.items():
            for python in PYTHONS:
                ran = _run_uv(*words, "--python-platform", called, "--python-version", python)
                if ran.returncode:
                    yield f"{lock.path.name} on {system}, Python {python}: {ran.stderr.strip()}"


def read_pins(text: str) -> list[Requirement]:
    """Read the packages of a file of requirements; a package may have two versions, for an older Python and a newer."""
    return [Requirement(line) for line in re.findall(r"^([a-z0-9-]+==[^\\\n]+)", text, re.MULTILINE)]


def pinned_here(text: str) -> dict[str, str]:
    """Give the packages of a file of requirements that are wanted on this system by this Python, and their versions."""
    wanted = [pin for pin in read_pins(text) if pin.marker is None or pin.marker.evaluate()]
    return {pin.name: str(pin.specifier).removeprefix("==") for pin in wanted}


def _run_uv(*words: str) -> subprocess.CompletedProcess[str]:
    # The settings of a machine may name an index of its own, which is nothing to write down for others.
    command = [sys.executable, "-m", "uv", "--quiet", "--no-config", "--no-python-downloads", "pip", *words]
    environment = {**os.environ, "NO_COLOR": "1", "MACOSX_DEPLOYMENT_TARGET": LOWEST_MACOS}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def main(words: list[str]) -> int:
    """Write all files of requirements, or check them; 1 where one cannot be installed somewhere."""
    failed = False
    for lock in LOCKS:
        if "--check" not in words:
            text = resolve(lock, upgrade="--upgrade" in words)
            lock.path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{lock.path.name}: {len(read_pins(text))} packages\n")
        elif lock.everywhere:
            gaps = list(find_gaps(lock))
            failed |= bool(gaps)
            sys.stdout.write("".join(f"{gap}\n" for gap in gaps))
            told = "does not install" if gaps else "installs"
            sys.stdout.write(f"{lock.path.name} {told} on {', '.join(SYSTEMS)} with Python {', '.join(PYTHONS)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
