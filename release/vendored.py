"""Compares the scripts of others in the maps' assets with the npm packages they are of: `python -m
release.vendored`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: Where the files lie, and what is recorded of them.
ASSETS = Path(__file__).parents[1] / "src" / "sovietpacific" / "maps" / "pages" / "assets"
RECORD = ASSETS / "vendored.toml"


def read_record() -> dict[str, Any]:
    """Return what is recorded of every package."""
    return tomllib.loads(RECORD.read_text(encoding="utf-8"))


def fetched(package: Mapping[str, Any], folder: Path) -> Path:
    """Return the archive of a package, fetched by npm into `folder`; nothing in it is run."""
    name = f"{package['package']}@{package['version']}"
    npm = ("npm", "pack", "--ignore-scripts", "--silent")
    command = [*npm, "--pack-destination", str(folder), "--", name]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / ran.stdout.strip().splitlines()[-1]


def unlike(package: Mapping[str, Any], archive: Path) -> list[str]:
    """Return what differs between a package's archive, its record and the files that lie here."""
    integrity = f"sha512-{b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()}"
    if integrity != package["integrity"]:
        return [f"{archive.name} is {integrity}, recorded is {package['integrity']}"]
    wrong = []
    with tarfile.open(archive) as opened:
        for name, file in package["files"].items():
            member = opened.extractfile(f"package/{file['of']}")
            if member is None or member.read() != (ASSETS / name).read_bytes():
                wrong.append(f"{name} is not {file['of']} of {archive.name}")
    return wrong


def main() -> int:
    """Compare all packages and print what differs; return 1 if anything does."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for package in read_record().values():
            wrong += unlike(package, fetched(package, Path(folder)))
            name, files = f"{package['package']} {package['version']}", len(package["files"])
            sys.stdout.write(f"{name}: {files} files compared\n")
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
