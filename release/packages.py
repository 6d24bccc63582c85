"""Installs the wheel and the sdist with the lowest and the newest versions they allow, on every
Python there is, and tries them.

`python -m release.packages` asks, labels and draws in each environment (`release/smoke.py`);
`--suite` also runs the fast tests in two corners: the lowest versions on the oldest Python and the
newest on the newest; `--today` takes today's newest versions in place of those of a day that is
written down, so that a release of others fails nobody's commit unasked. A Python that is not on
this machine is named and passed over; an environment that cannot be made fails, whatever the
reason. The lowest version is the lowest that has a wheel for the Python at hand: what we ask for is
never built from source.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement

from release.versions import ROOT, read_groups, read_project

#: The versions of Python that are tried where they are found.
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: "Newest" means as of this day; move it when `make packages-full`, which takes today's, passes.
NEWEST_AS_OF = "2026-11-25"
#: The extras of users, which are tried with the rest.
EXTRAS = ("dask", "mp4", "topojson")
#: The packages of the group `dev` that the tests themselves do not import.
NOT_FOR_TESTS = ("mypy", "ruff", "pandas-stubs", "setuptools", "types-")
#: Old packages warn of what newer ones took in their stead; that is no fault of ours.
OLD_WARNINGS = ("-W", "ignore::DeprecationWarning", "-W", "ignore::PendingDeprecationWarning")
SHOWN = ("numpy", "pandas", "geopandas", "shapely", "pyarrow", "matplotlib", "folium", "click")

Ends = Literal["lowest", "newest"]


class TrialError(Exception):
    """A step of a trial failed; says which, and what it printed."""


class Trial(NamedTuple):
    """One environment: its Python, its versions, and which of the two packages is installed."""

    python: str
    interpreter: Path
    ends: Ends
    package: Path

    def __str__(self) -> str:
        form = "wheel" if self.package.suffix == ".whl" else "sdist"
        return f"Python {self.python}, {self.ends} versions, {form}"


def find_python(version: str) -> Path | None:
    """Return an interpreter of `version` (3.12), None where there is none.

    It is this one, one on the path, or one of those of pyenv.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [
        sys.executable,
        shutil.which(f"python{version}"),
        *sorted(map(str, pyenv.glob(f"{version}.*/bin/python"))),
    ]
    for candidate in filter(None, candidates):
        ran = subprocess.run(
            [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.stdout.strip() == version:
            return Path(candidate)
    return None


def build_packages(folder: Path) -> tuple[Path, Path]:
    """Build the wheel and the sdist of the tree into `folder`, and return their paths."""
    _run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    for package in (wheel, sdist):
        sys.stdout.write(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB\n")
    return wheel, sdist


def make_environment(trial: Trial, folder: Path, *, today: bool, tests: bool = False) -> Path:
    """Make an environment in `folder` with the package and what it needs; return its Python.

    What it needs has its lowest or its newest versions, as the trial says; `tests` adds what the
    tests need and moves none of these.
    """
    python = folder / "bin" / "python"
    as_of = () if today else ("--exclude-newer", NEWEST_AS_OF)
    uv = (sys.executable, "-m", "uv", "--quiet", "--no-config", "--no-python-downloads")
    install = (*uv, "pip", "install", "--python", python, *as_of)
    _run(*uv, "venv", "--python", trial.interpreter, folder)
    # The dependencies are named once more: uv takes the lowest version only of what is named.
    project = read_project()
    needed = [
        *project["dependencies"],
        *(text for extra in EXTRAS for text in project["optional-dependencies"][extra]),
    ]
    wheels = [word for text in needed for word in ("--only-binary", Requirement(text).name)]
    lowest = ("--resolution", "lowest-direct", *needed) if trial.ends == "lowest" else ()
    _run(*install, *wheels, *lowest, f"{trial.package}[{','.join(EXTRAS)}]")
    if tests:
        tools = [
            text
            for text in resolve_dependency_groups(read_groups(), "dev")
            if not text.startswith(NOT_FOR_TESTS)
        ]
        frozen = _run(*uv, "pip", "freeze", "--python", python).splitlines()
        kept = folder / "kept.txt"
        kept.write_text("".join(f"{line}\n" for line in frozen if "==" in line), encoding="utf-8")
        _run(*install, "--constraint", kept, *tools)
    return python


def try_smoke(trial: Trial, folder: Path, *, today: bool) -> str:
    """Try one environment with a question and a map of each kind.

    Return what was tried, in how long and with which versions.
    """
    began = time.perf_counter()
    python = make_environment(trial, folder, today=today)
    printed = _run(python, "-I", ROOT / "release" / "smoke.py", cwd=folder)
    if str(folder) not in printed:
        raise TrialError(f"{trial}: another sovietpacific answered: {printed}")
    code = (
        "from importlib.metadata import version\n"
        f"print(*(f'{{name}} {{version(name)}}' for name in {SHOWN}), sep=', ')"
    )
    versions = _run(python, "-c", code).strip()
    seconds = time.perf_counter() - began
    return f"{trial}: asked, labelled and drawn in {seconds:.0f} s ({versions})"


def try_suite(trial: Trial, folder: Path, *, today: bool) -> str:
    """Run the fast tests against the package installed in one environment; return their last line.

    Only the tests are of the tree.
    """
    python = make_environment(trial, folder, today=today, tests=True)
    warnings = OLD_WARNINGS if trial.ends == "lowest" else ()
    pytest = (python, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider")
    printed = _run(*pytest, "-m", "not slow", *warnings, cwd=ROOT)
    return f"{trial}: the fast tests, {printed.strip().splitlines()[-1]}"


def _run(*words: str | Path, cwd: Path = ROOT) -> str:
    ran = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise TrialError(
            f"{' '.join(map(str, words))} failed:\n{ran.stdout[-8000:]}{ran.stderr[-4000:]}"
        )
    return ran.stdout


def _environment() -> dict[str, str]:
    """Return the variables of a run: none that would lead Python to the tree."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }


def list_trials(wheel: Path, sdist: Path) -> Iterator[Trial]:
    """Yield the trials: per Python the wheel with the lowest versions, the sdist with the newest.

    A Python that is not on this machine is named on stdout and passed over.
    """
    for version in PYTHONS:
        interpreter = find_python(version)
        if interpreter is None:
            sys.stdout.write(f"Python {version}: not on this machine, passed over\n")
            continue
        yield Trial(version, interpreter, "lowest", wheel)
        yield Trial(version, interpreter, "newest", sdist)


def _is_failed(trial: Trial, outcome: Callable[[], str]) -> bool:
    """Print the outcome of a trial, and return whether it failed."""
    try:
        words, failed = outcome(), False
    except TrialError as wrong:
        words, failed = f"{trial}: {wrong}", True
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    return failed


def main(words: list[str]) -> int:
    """Try all environments, two at a time, then the tests in two; return 1 if anything failed."""
    today, failed = "--today" in words, 0
    with tempfile.TemporaryDirectory(prefix="sovietpacific-packages-") as name:
        folder = Path(name)
        trials = list(list_trials(*build_packages(folder / "dist")))
        corners = [trials[0], trials[-1]] if "--suite" in words else []
        with ThreadPoolExecutor(2) as pool:
            work = [
                pool.submit(try_smoke, trial, folder / f"smoke-{at}", today=today)
                for at, trial in enumerate(trials)
            ]
            failed += sum(
                _is_failed(trial, future.result) for trial, future in zip(trials, work, strict=True)
            )
        for at, trial in enumerate(corners):
            suite = partial(try_suite, trial, folder / f"suite-{at}", today=today)
            failed += _is_failed(trial, suite)
    sys.stdout.write(f"{len(trials) + len(corners) - failed} passed, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
