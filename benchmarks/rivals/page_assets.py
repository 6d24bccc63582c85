"""Puts what the rivals' pages load from the network into the pages, for the benchmark alone, from
packages npm has installed.

`python benchmarks/rivals/page_assets.py FOLDER` installs them; the exact versions stand in
`page_assets.json`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

#: Which package each address comes from, and what cannot be had.
LIST = Path(__file__).parent.parent / "page_assets.json"

#: Where the bench environment keeps the packages.
FOLDER = Path(sys.prefix) / "page_assets"

_SCRIPT = re.compile(r'<script[^>]*\ssrc\s*=\s*"([^"]+)"[^>]*>\s*</script>')
_STYLES = re.compile(r'<link\b[^>]*\shref\s*=\s*"([^"]+)"[^>]*>')
_PICTURE = re.compile(r"url\((?!['\"]?data:)[^)]*\)")


def inline(page: str) -> str:
    """Return a page with its scripts and style sheets inside.

    Raise `LookupError` for an address that is not in the list.
    """
    page = _SCRIPT.sub(lambda match: f"<script>{_content(match[1])}</script>", page)
    return _STYLES.sub(lambda match: f"<style>{_content(match[1])}</style>", page)


def words() -> list[str]:
    """Return what is not as the pages ask for it, a line each."""
    known = _known()
    near = [f"{package} {difference}" for package, difference in known["near"].items()]
    left_out = [
        f"left out: {address.rsplit('/', 1)[1]}: {reason}"
        for address, reason in known["left_out"].items()
    ]
    return near + left_out


@cache
def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return known


@cache
def _content(address: str) -> str:
    known = _known()
    if address in known["left_out"]:
        return ""
    if address not in known["files"]:
        raise LookupError(
            f"a rival's page loads {address}, which {LIST.name} does not know; "
            "name the npm package it comes from"
        )
    text = (FOLDER / "node_modules" / known["files"][address]).read_text(encoding="utf-8")
    if address.endswith(".css"):
        # Pictures and fonts of buttons would be looked for beside the page.
        return _PICTURE.sub("local(none)", text)
    return text.replace("</script", "<\\/script")


def install(folder: Path) -> None:
    """Install the packages with npm; no package may run a script of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    packages = [f"{name}@{version}" for name, version in _known()["packages"].items()]
    options = ("--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", "--loglevel=error")
    subprocess.run(["npm", "install", *options, *packages], cwd=folder, check=True)


if __name__ == "__main__":
    install(Path(sys.argv[1]))
