"""Sets the project up from nothing, as a newcomer does, on a day when others have released newer
packages than those of ours.

`python -m release.set_up` copies the checkout, puts made-up newer releases of some packages on
offer beside the ordinary index, and runs `make map`, then the set-up of `make test`, with the
oldest pip we promise, the newest and uv. What is installed must be what `requirements/` says. Where
no index of packages can be reached it says so and tries nothing; `--needed` fails then.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from release.lock import FOLDER, pinned_here
from release.versions import ROOT

#: The packages on offer in a newer release: one that is wanted with an extra, one that everything
#: rests on, one that is small.
NEWER = ("coverage", "numpy", "click")
MADE_UP = "9999.0"
#: The pip that Python 3.11.7 brings, and whichever is the newest.
PIPS = ("pip==23.2.1", "pip")
#: No part of a checkout.
LEFT_OUT = ("out", "dist", "__pycache__", ".git", ".venv*", ".*_cache", ".hypothesis")


class SetUpError(Exception):
    """A step of a set-up failed; says which, and what it printed."""


def make_wheel(
    folder: Path, name: str, version: str, needs: Iterable[str] = (), extras: Iterable[str] = ()
) -> Path:
    """Write a wheel that holds a module of one line into `folder`, and return its path."""
    module = name.replace("-", "_")
    about = f"{module}-{version}.dist-info"
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *(f"Requires-Dist: {text}" for text in needs),
        *(f"Provides-Extra: {extra}" for extra in extras),
        "",
    ]
    kind = [
        "Wheel-Version: 1.0",
        "Generator: sovietpacific",
        "Root-Is-Purelib: true",
        "Tag: py3-none-any",
        "",
    ]
    files = {
        f"{module}.py": f'raise ImportError("{name} {version} is made up")\n',
        f"{about}/METADATA": "\n".join(metadata),
        f"{about}/WHEEL": "\n".join(kind),
    }
    sums = {
        path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        for path, text in files.items()
    }
    rows = [f"{path},sha256={sums[path]},{len(text.encode())}\n" for path, text in files.items()]
    files[f"{about}/RECORD"] = "".join([*rows, f"{about}/RECORD,,\n"])
    wheel = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel


def has_index() -> bool:
    """Return whether packages can be had here."""
    pin = f"click=={pinned_here((FOLDER / 'run.txt').read_text(encoding='utf-8'))['click']}"
    download = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir")
    with tempfile.TemporaryDirectory() as folder:
        words = [*download, "--dest", folder, pin]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


def try_set_up(installer: str, folder: Path, offered: Path, uv: Path | None) -> str:
    """Set a copy of the checkout up in `folder`, and return how long each step took.

    Raise `SetUpError` where one fails.
    """
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    python = folder / ".venv" / "bin" / "python"
    if uv is None:
        _run(sys.executable, "-m", "venv", folder / ".venv", cwd=folder)
        _run(python, "-m", "pip", "install", "--quiet", "--upgrade", installer, cwd=folder)
    make = ("make", f"PYTHON={sys.executable}", f"UV={uv or ''}")
    took = []
    for target, file in (("map", "run"), (".venv/.develop", "develop")):
        began = time.perf_counter()
        _run(*make, target, cwd=folder, offered=offered)
        took.append(f"{target} {time.perf_counter() - began:.0f} s")
        _compare(python, file)
    # The newer releases were really on offer: asked for by name alone, they would be installed.
    plain = (uv, "pip", "install", "--python", python) if uv else (python, "-m", "pip", "install")
    plan = _run(*plain, "--dry-run", "--upgrade", "click", cwd=folder, offered=offered)
    if MADE_UP not in plan:
        raise SetUpError(f"the made-up click {MADE_UP} was not on offer:\n{plan}")
    return f"{installer}: set up as requirements/ says ({', '.join(took)})"


def _compare(python: Path, file: str) -> None:
    """Raise `SetUpError` if something else is installed than a file of requirements says."""
    text = (FOLDER / f"{file}.txt").read_text(encoding="utf-8")
    code = (
        "from importlib.metadata import distributions\n"
        "for one in distributions(): print(one.name, one.version)"
    )
    lines = _run(python, "-c", code, cwd=ROOT).splitlines()
    installed = {
        name.lower().replace("_", "-").replace(".", "-"): version
        for name, version in (line.split() for line in lines)
    }
    wrong = {
        name: (version, installed.get(name))
        for name, version in pinned_here(text).items()
        if installed.get(name) != version
    }
    if wrong:
        raise SetUpError(f"{file}.txt says one version, and another is installed: {wrong}")


def _run(*words: str | Path, cwd: Path, offered: Path | None = None) -> str:
    """Run one step with nothing of this run's own surroundings, and return what it printed."""
    mine = ("PYTHON", "VIRTUAL_ENV", "MAKE", "MFLAGS")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    if offered:
        here = os.environ.get("PIP_FIND_LINKS", "")
        environment |= {
            "PIP_FIND_LINKS": f"{here} {offered}".strip(),
            "UV_FIND_LINKS": str(offered),
        }
    ran = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    printed = ran.stdout + ran.stderr
    if ran.returncode:
        raise SetUpError(f"{' '.join(map(str, words))} failed:\n{printed[-6000:]}")
    return printed


def main(words: list[str]) -> int:
    """Set up with each installer; return 1 if any fails."""
    if not has_index():
        sys.stdout.write("no index of packages can be reached: no set-up is tried\n")
        return 1 if "--needed" in words else 0
    failed = 0
    uv = Path(sys.executable).with_name("uv")
    with tempfile.TemporaryDirectory(prefix="sovietpacific-set-up-") as name:
        folder, offered = Path(name), Path(name) / "newer"
        offered.mkdir()
        for package in NEWER:
            make_wheel(offered, package, MADE_UP, extras=["toml"])
        for at, installer in enumerate((*PIPS, "uv")):
            checkout = folder / f"check out {at}"  # a path with a space in it is as good as another
            try:
                outcome = try_set_up(
                    installer, checkout, offered, uv if installer == "uv" else None
                )
            except SetUpError as wrong:
                outcome, failed = f"{installer}: {wrong}", failed + 1
            sys.stdout.write(f"{outcome}\n")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
