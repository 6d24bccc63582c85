"""What is installed is written down whole: each file of requirements names all, exactly, and an
installer resolves nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, distributions
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from release.lock import FOLDER, LOCKS, PYTHONS, SYSTEMS, Lock, head, pinned_here, read_pins
from release.set_up import make_wheel
from release.versions import oldest_python, read_groups, read_project

EVERY = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
#: One package: its exact version, where it is wanted, its hashes, and for whom it is there.
ENTRY = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)( ; (?P<marker>[^\\\n]+?))? \\\n"
    r"( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n)+( {4}#.*\n)+"
)


def text_of(lock: Lock) -> str:
    return lock.path.read_text(encoding="utf-8")


def asked_for(lock: Lock) -> list[Requirement]:
    """Give what pyproject.toml asks for in a file."""
    groups = resolve_dependency_groups(read_groups(), *lock.groups)
    return [
        Requirement(text)
        for text in (*(read_project()["dependencies"] if lock.with_project else ()), *groups)
    ]


def gaps_of(lock: Lock) -> list[str]:
    """Name what a package of a file needs here, and what the file does not have."""
    pinned, gaps, seen, open_ones = pinned_here(text_of(lock)), [], set(), asked_for(lock)
    while open_ones:
        needed = open_ones.pop()
        name, extras = canonicalize_name(needed.name), frozenset(needed.extras)
        if name not in pinned or not needed.specifier.contains(pinned[name], prereleases=True):
            gaps.append(f"{needed} is needed, {pinned.get(name, 'nothing')} is written")
        elif (name, extras) not in seen:
            seen.add((name, extras))
            for text in distribution(name).requires or ():
                further = Requirement(text)
                if further.marker is None or any(
                    further.marker.evaluate({"extra": extra}) for extra in ("", *extras)
                ):
                    open_ones.append(further)
    return gaps


def test_every_file_of_requirements_is_one_that_is_made() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {lock.path.name for lock in LOCKS}


@EVERY
def test_a_file_names_exact_versions_with_hashes_and_nothing_else(lock: Lock) -> None:
    """No range, no extra (an old pip resolves what stands behind it anew), no address, no option
    but to take wheels.
    """
    told = text_of(lock)
    assert told.startswith(f"{head(lock)}\n")
    rest = ENTRY.sub("", told.removeprefix(f"{head(lock)}\n"))
    assert rest.split() == ([] if lock.from_source else ["--only-binary", ":all:"])
    assert len(ENTRY.findall(told)) == len(read_pins(told)) > 0
    assert all(
        str(pin.specifier).startswith("==") and not pin.extras and not pin.url
        for pin in read_pins(told)
    )
    assert "://" not in told
    assert "/" not in re.sub(r"-[cr] requirements/|\(pyproject.toml\)", "", told)


@EVERY
def test_a_file_has_what_the_project_asks_for(lock: Lock) -> None:
    pinned = pinned_here(text_of(lock))
    for needed in asked_for(lock):
        assert needed.specifier.contains(
            pinned[canonicalize_name(needed.name)], prereleases=True
        ), f"`make lock`: {needed}"


@pytest.mark.parametrize(
    "lock", [lock for lock in LOCKS if lock.name in ("run", "develop")], ids=lambda lock: lock.name
)
def test_a_file_has_all_that_its_packages_need(lock: Lock) -> None:
    installed = {canonicalize_name(one.name): one.version for one in distributions()}
    other = {
        name: installed.get(name)
        for name, wanted in pinned_here(text_of(lock)).items()
        if installed.get(name) != wanted
    }
    if other:
        pytest.skip(f"this environment is not made from {lock.path.name}: it has {other}")
    assert gaps_of(lock) == []


@pytest.mark.parametrize(
    "lock", [lock for lock in LOCKS if lock.agrees_with], ids=lambda lock: lock.name
)
def test_files_that_go_together_have_the_same_versions(lock: Lock) -> None:
    (other,) = [other for other in LOCKS if other.name == lock.agrees_with]
    here, there = (
        {(pin.name, str(pin.specifier)) for pin in read_pins(text_of(one))} for one in (lock, other)
    )
    assert {pin for pin in there if pin[0] in dict(here)} <= here


def test_what_is_installed_for_the_tests_has_all_that_running_needs() -> None:
    run, develop = (
        set(map(str, read_pins((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))))
        for name in ("run", "develop")
    )
    assert run <= develop


def test_who_wants_one_map_installs_no_tools_of_ours() -> None:
    tools = {
        "pytest",
        "mypy",
        "ruff",
        "sphinx",
        "selenium",
        "dask",
        "duckdb",
        "hypothesis",
        "ipykernel",
        "uv",
    }
    assert not tools & {
        pin.name for pin in read_pins((FOLDER / "run.txt").read_text(encoding="utf-8"))
    }


def test_the_build_backend_is_the_one_of_the_build_system(root: Path) -> None:
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["dependency-groups"]["build"] == told["build-system"]["requires"]


def test_every_python_we_allow_is_resolved_for() -> None:
    assert PYTHONS[0] == oldest_python()
    assert all(python in SpecifierSet(read_project()["requires-python"]) for python in PYTHONS)
    assert {name.split()[0] for name in SYSTEMS} == {"Linux", "macOS", "Windows"}


def install_commands(root: Path, folder: Path, target: str, *variables: str) -> list[list[str]]:
    """Give the commands by which `make` installs from files of requirements, in a folder where only
    what the tests put there is made.
    """
    for name in (
        "pyproject.toml",
        "requirements/run.txt",
        "requirements/develop.txt",
        "src/sovietpacific/version.py",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).touch()
    words = (
        "make",
        "--no-print-directory",
        "--dry-run",
        "--file",
        root / "Makefile",
        *variables,
        target,
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))
    }
    ran = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return [
        shlex.split(line.partition(" || ")[0])
        for line in ran.stdout.splitlines()
        if "--require-hashes" in line
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("uv", ["", "/where/uv is"])
def test_make_installs_what_the_files_name_and_resolves_nothing(
    root: Path, tmp_path: Path, uv: str
) -> None:
    commands = install_commands(root, tmp_path, "test", f"UV={uv}")
    assert [command[-1] for command in commands] == [
        "requirements/run.txt",
        "requirements/develop.txt",
    ]
    for command in commands:
        assert {"--no-deps", "--require-hashes"} <= set(command)
        assert (command[0] == uv) if uv else command[1:3] == ["-m", "pip"]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_map_alone_installs_what_running_needs_and_once(root: Path, tmp_path: Path) -> None:
    assert [command[-1] for command in install_commands(root, tmp_path, "map")] == [
        "requirements/run.txt"
    ]
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".run").touch()
    assert install_commands(root, tmp_path, "map") == []
    assert [command[-1] for command in install_commands(root, tmp_path, "test")] == [
        "requirements/develop.txt"
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_map_after_the_files_changed_keeps_what_the_tests_need_together(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".develop").touch()
    assert [command[-1] for command in install_commands(root, tmp_path, "map")] == [
        "requirements/develop.txt"
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.skipif(find_spec("pip") is None, reason="this environment has no pip")
def test_a_newer_release_of_others_changes_nothing_that_is_installed(
    root: Path, tmp_path: Path
) -> None:
    """An old pip looks for the newest `coverage` there is where another package asks for it with an
    extra, and then refuses it.
    """
    kept = [
        make_wheel(tmp_path, "coverage", "1.0", extras=["toml"]),
        make_wheel(tmp_path, "pytest-cov", "1.0", ["coverage[toml]>=1.0"]),
    ]
    make_wheel(tmp_path, "coverage", "2.0", extras=["toml"])
    lines = [
        f"{wheel.name.split('-')[0].replace('_', '-')}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
        for wheel in kept
    ]
    (tmp_path / "develop.txt").write_text("".join(lines), encoding="utf-8")
    words = install_commands(root, tmp_path, "test", "UV=")[-1]
    words[0], words[-1] = sys.executable, str(tmp_path / "develop.txt")
    words += ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there")]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert sorted(path.name for path in (tmp_path / "there").glob("*.dist-info")) == [
        "coverage-1.0.dist-info",
        "pytest_cov-1.0.dist-info",
    ]
