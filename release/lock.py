"""Resolves what the project needs into `requirements/`: exact versions with their hashes, for every
system and every Python.

`python -m release.lock` keeps the versions that are written there where pyproject.toml still allows
them; `--upgrade` takes the newest; `--check` writes nothing, and asks for each system and each
Python whether every package has a wheel there and none is missing. Each file is whole: it names all
that is installed from it, so that an installer has nothing left to resolve (`--no-deps`), and a
release of others cannot change what is installed.
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
    """A file cannot be resolved; says which, and why."""


class Lock(NamedTuple):
    """One file of requirements."""

    name: str
    purpose: str
    #: The dependency groups of pyproject.toml that are in it.
    groups: tuple[str, ...]
    #: The file it shares versions with, if any.
    agrees_with: str = ""
    #: Whether what the library itself needs is in it.
    with_project: bool = True
    #: Whether it must install on every system; what only few ever make need not.
    everywhere: bool = True
    #: Whether something in it has no wheel, and is built by the setuptools of develop.txt.
    from_source: bool = False

    @property
    def path(self) -> Path:
        """The file itself."""
        return FOLDER / f"{self.name}.txt"


#: In the order they are made: a file comes after the one it agrees with.
LOCKS = (
    Lock("run", "What running from the checkout needs", ("build",)),
    Lock(
        "develop",
        "What the tests, the linters and the pages need",
        ("dev", "docs"),
        agrees_with="run",
    ),
    Lock(
        "mutants",
        "What `make mutants` needs",
        ("mutants",),
        agrees_with="develop",
        everywhere=False,
    ),
    Lock("bench", "What `make bench` needs", ("bench",), agrees_with="run", everywhere=False),
    Lock(
        "release",
        "What `make packages` and `make lock` need beside develop.txt",
        ("release",),
        with_project=False,
    ),
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
    words = "--universal --generate-hashes --no-emit-index-url --emit-build-options --no-header"
    options = [*words.split(), "--fork-strategy", "fewest", "--python-version", oldest_python()]
    if not lock.from_source:
        options += ["--only-binary", ":all:"]
    for group in lock.groups:
        options += ["--group", group]
    if lock.agrees_with:
        options += ["--constraint", f"requirements/{lock.agrees_with}.txt"]
    if upgrade:
        options.append("--upgrade")
    if lock.with_project:
        options.append("pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / lock.path.name
        if lock.path.exists():  # the versions written down are kept where they are still allowed
            kept.write_text(lock.path.read_text(encoding="utf-8"), encoding="utf-8")
        ran = _run_uv("compile", *options, "--output-file", str(kept))
        if ran.returncode:
            raise LockError(f"{lock.path.name} cannot be resolved:\n{ran.stderr}")
        return f"{head(lock)}\n{kept.read_text(encoding='utf-8')}"


def head(lock: Lock) -> str:
    """Return the comment at the top of a file of requirements."""
    install = f"pip install --no-deps --require-hashes -r requirements/{lock.path.name}"
    return f"# {lock.purpose}; made by `make lock` from pyproject.toml.\n# {install}"


def find_gaps(lock: Lock) -> Iterator[str]:
    """Yield where a file of requirements cannot be installed, a line for each system and Python.

    There a package has no wheel, or one is needed and not named.
    """
    with tempfile.TemporaryDirectory() as folder:
        # With dependencies, though it is installed without: in a whole file these are all named,
        # each with its hashes.
        install = ("install", "--dry-run", "--require-hashes", "--target", folder)
        for system, platform in SYSTEMS.items():
            for python in PYTHONS:
                where = ("--python-platform", platform, "--python-version", python)
                ran = _run_uv(*install, "--requirement", str(lock.path), *where)
                if ran.returncode:
                    yield f"{lock.path.name} on {system}, Python {python}: {ran.stderr.strip()}"


def read_pins(text: str) -> list[Requirement]:
    """Return the packages of a file of requirements.

    A package may be there twice, with a version for an older Python and one for a newer.
    """
    lines = re.findall(r"^([a-z0-9-]+==[^\\\n]+)", text, re.MULTILINE)
    return [Requirement(line) for line in lines]


def pinned_here(text: str) -> dict[str, str]:
    """Return the packages, with versions, that a file of requirements wants on this system."""
    wanted = [pin for pin in read_pins(text) if pin.marker is None or pin.marker.evaluate()]
    return {pin.name: str(pin.specifier).removeprefix("==") for pin in wanted}


def _run_uv(*words: str) -> subprocess.CompletedProcess[str]:
    # The settings of a machine may name an index of its own, which is nothing to write down for
    # others: no configuration.
    uv = (sys.executable, "-m", "uv", "--quiet", "--no-config", "--no-python-downloads")
    command = [*uv, "pip", *words]
    environment = {**os.environ, "NO_COLOR": "1", "MACOSX_DEPLOYMENT_TARGET": LOWEST_MACOS}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def main(words: list[str]) -> int:
    """Write all files of requirements, or check them; return 1 if one installs not everywhere."""
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
            outcome = "does not install" if gaps else "installs"
            systems, pythons = ", ".join(SYSTEMS), ", ".join(PYTHONS)
            sys.stdout.write(f"{lock.path.name} {outcome} on {systems} with Python {pythons}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
