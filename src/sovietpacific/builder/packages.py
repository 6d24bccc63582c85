"""Takes packages by name and version from the registries with their own clients, and lets no script
of a package run.

Knows registries and nothing of what is taken out of a package.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sovietpacific.builder.write import sha256_of
from sovietpacific.errors import SeedError, shown


class Package(NamedTuple):
    """A package of a registry: name, version, the name of its file, and the checksum of that."""

    name: str
    version: str
    file: str
    sha256: str


#: The clients, each with the words that fetch a package into the current folder and run nothing of
#: it: `--` ends the options.
CLIENTS: Mapping[str, tuple[str, ...]] = {
    "npm": ("npm", "pack", "--ignore-scripts", "--", "{name}@{version}"),
    "apt": ("apt-get", "download", "--", "{name}={version}"),
}

#: What a name and a version of each client look like: no path, no address, no option, no pattern,
#: no archive.
_NAMES = {"npm": r"(@[a-z0-9][a-z0-9_-]*/)?[a-z0-9][a-z0-9_-]*", "apt": r"[a-z0-9][a-z0-9+.-]+"}
_VERSIONS = {"npm": r"\d+\.\d+\.\d+([-+][0-9A-Za-z.-]+)?", "apt": r"\d[0-9A-Za-z.+~:-]*"}
_FILE, _CHECKSUM = r"[A-Za-z0-9][A-Za-z0-9._+~%-]*", r"[0-9a-f]{64}"


def check_package(package: Package, client: str, where: str) -> None:
    """Raise `SeedError` if the name, version, file or checksum of a package is of a wrong form."""
    forms = {
        "name": _NAMES[client],
        "version": _VERSIONS[client],
        "file": _FILE,
        "sha256": _CHECKSUM,
    }
    for key, form in forms.items():
        value = getattr(package, key)
        fits = isinstance(value, str) and len(value) <= 200 and re.fullmatch(form, value, re.ASCII)
        if not fits:
            raise SeedError(
                f"{where}: {key} = {shown(value)} is no {key} of a package of {client}; "
                "paths, addresses and options are refused"
            )


def take_package(package: Package, client: str, folder: Path, where: str) -> Path:
    """Return the file of a package in `folder`; its client fetches it if it is not there yet.

    Raise `SeedError`, naming `where` the package is written down, for one that is not written as
    such are, that the client does not give, or that has another SHA-256 than is written down.
    """
    check_package(package, client, where)
    path = folder / package.file
    if not path.is_file():
        about = {"name": package.name, "version": package.version}
        words = [word.format(**about) for word in CLIENTS[client]]
        try:
            subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as wrong:
            raise SeedError(f"{where}: {package.name} cannot be fetched: {wrong}") from wrong
        if not path.is_file():
            raise SeedError(f"{where}: {words[0]} gave no {package.file} for {words[-1]}")
    checksum = sha256_of(path)
    if checksum != package.sha256:
        raise SeedError(
            f"{where}: {path.name} has SHA-256 {checksum}, not {package.sha256}; "
            "it is another file than the one written down"
        )
    return path
