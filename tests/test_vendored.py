"""The scripts of others lie here as their packages have them."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tomllib
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from release.vendored import ASSETS, read_record, unlike

ROOT = Path(__file__).parents[1]
RECORD = read_record()


@pytest.mark.parametrize("package", RECORD.values(), ids=RECORD)
def test_every_file_of_others_is_the_one_that_is_recorded(package: dict[str, Any]) -> None:
    for name, file in package["files"].items():
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == file["sha256"], name
    assert package["version"] in (ASSETS / next(iter(package["files"]))).read_text(encoding="utf-8")[:400]


def test_no_file_of_others_lies_here_unrecorded() -> None:
    recorded = {name for package in RECORD.values() for name in package["files"]}
    own = {path.name for path in ASSETS.glob("*.js") if path.read_text(encoding="utf-8").startswith("/* ")}
    assert {path.name for path in ASSETS.iterdir() if path.is_file()} - recorded - own <= {
        "vendored.toml",
        *(path.name for path in ASSETS.glob("*.css")),
    }
    assert "leaflet.css" in recorded


def test_a_package_that_differs_from_its_record_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "leaflet.tgz"
    package = {**RECORD["leaflet"], "files": {name: RECORD["leaflet"]["files"][name] for name in ("leaflet.js", "layers.png")}}
    with tarfile.open(archive, "w:gz") as made:
        for name, file in package["files"].items():
            content = (ASSETS / name).read_bytes() if name == "layers.png" else b"other"
            entry = tarfile.TarInfo(f"package/{file['of']}")
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    assert "recorded is sha512-" in unlike(package, archive)[0]
    package["integrity"] = f"sha512-{b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()}"
    assert unlike(package, archive) == ["leaflet.js is not dist/leaflet.js of leaflet.tgz"]


def test_the_licences_of_all_that_is_shipped_are_named_and_their_texts_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(project["license"].split(" AND "))
    assert named == {"MIT", "ODbL-1.0", "CC0-1.0", "CC-BY-4.0", "OFL-1.1", *(package["licence"] for package in RECORD.values())}
    shipped = set(project["license-files"])
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("LICENSE*")} | {"LICENSE", "LICENSE-DATA.md"}
    assert shipped == texts
    about = (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
    for words in (
        "GeoNames",
        "CC BY 4.0",
        "BSD 2-Clause",
        "Mozilla Public License 2.0",
        "SIL Open",
        "ODbL",
        "CC0-1.0",
        "Natural Earth",
    ):
        assert words in about
