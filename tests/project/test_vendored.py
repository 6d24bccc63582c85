"""The scripts of others lie here as their packages have them, and their notices go with every page
that holds them.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import tomllib
from base64 import b64encode
from pathlib import Path
from typing import Any

import folium
import pytest

from release.vendored import ASSETS, read_record, unlike
from sovietpacific import maps

ROOT = Path(__file__).parents[2]
RECORD = read_record()


@pytest.mark.parametrize("package", RECORD.values(), ids=RECORD)
def test_every_file_of_others_is_the_one_that_is_recorded(package: dict[str, Any]) -> None:
    for name, file in package["files"].items():
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == file["sha256"], name
    assert (
        package["version"]
        in (ASSETS / next(iter(package["files"]))).read_text(encoding="utf-8")[:400]
    )


def test_no_file_of_others_lies_here_unrecorded() -> None:
    recorded = {name for package in RECORD.values() for name in package["files"]}
    own = {
        path.name
        for path in ASSETS.glob("*.js")
        if path.read_text(encoding="utf-8").startswith("/* ")
    }
    assert {path.name for path in ASSETS.iterdir() if path.is_file()} - recorded - own <= {
        "vendored.toml",
        *(path.name for path in ASSETS.glob("*.css")),
    }
    assert "leaflet.css" in recorded


def test_a_package_that_differs_from_its_record_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "leaflet.tgz"
    package = {
        **RECORD["leaflet"],
        "files": {name: RECORD["leaflet"]["files"][name] for name in ("leaflet.js", "layers.png")},
    }
    with tarfile.open(archive, "w:gz") as made:
        for name, file in package["files"].items():
            content = (ASSETS / name).read_bytes() if name == "layers.png" else b"other"
            entry = tarfile.TarInfo(f"package/{file['of']}")
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    assert "recorded is sha512-" in unlike(package, archive)[0]
    package["integrity"] = (
        f"sha512-{b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()}"
    )
    assert unlike(package, archive) == ["leaflet.js is not dist/leaflet.js of leaflet.tgz"]


def test_the_conditions_of_leaflet_go_with_every_page_and_the_notice_of_what_cleans_with_it() -> (
    None
):
    conditions = (ASSETS / "LICENSE-leaflet.txt").read_text(encoding="utf-8").strip()
    added = maps.web("2026-01-01", region="kurils.south")
    folium.Marker((44, 146)).add_to(added)
    plain = [
        maps.web("2026-01-01", region="kurils.south"),
        maps.timeline(),
        maps.compare("1904-01-01", "1945-09-02"),
    ]
    for made in (added, *plain):
        page = made.get_root().render()
        comments = re.findall(
            r"<!--(.*?)-->", re.sub(r"<script>.*?</script>", "", page, flags=re.S), re.S
        )
        assert sum(conditions in comment for comment in comments) == 1
        told = [
            comment
            for comment in comments
            if "DOMPurify 3.5.0" in comment and "Mozilla Public License 2.0" in comment
        ]
        assert len(told) == (made is added)
        assert "sourceMappingURL" not in page


def test_the_licences_of_all_that_is_shipped_are_named_and_their_texts_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(project["license"].split(" AND "))
    assert named == {
        "MIT",
        "ODbL-1.0",
        "CC0-1.0",
        "CC-BY-4.0",
        "OFL-1.1",
        *(package["licence"] for package in RECORD.values()),
    }
    shipped = set(project["license-files"])
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("LICENSE*")} | {
        "LICENSE",
        "LICENSE-DATA.md",
    }
    assert shipped == texts
    package = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert all(
        words in package
        for words in ("ODbL-1.0", "OpenStreetMap", "CC0-1.0", "CC-BY-4.0", "GeoNames")
    )
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
