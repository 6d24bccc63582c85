"""The base layer becomes gapless countries: water is given away, great lakes stay apart, wrong
packages are refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely

from sovietpacific.builder import coast
from sovietpacific.builder.coast import make_coast
from sovietpacific.builder.land import CORE, country_coverage
from sovietpacific.builder.noding import area_km2
from sovietpacific.builder.packages import CLIENTS, Package, take_package
from sovietpacific.errors import SeedError


def ring(*box: float) -> np.ndarray:
    return shapely.get_coordinates(shapely.box(*box))


def test_a_river_between_two_countries_goes_to_the_longer_bank() -> None:
    north, south = ("NOR", ring(100, 40.001, 101, 41)), ("SOU", ring(100, 39, 101, 40))
    west = ("NOR", ring(99.5, 39, 99.9999, 41))
    east = ("SOU", ring(101.0, 39, 101.5, 41))
    coverage = country_coverage([north, south, west, east])
    shapes = [polygon for parts in coverage.values() for polygon in parts]
    assert {key[1] for key in coverage} == {"core"}
    assert shapely.coverage_is_valid(np.array(shapes, object))


def test_water_enclosed_by_two_countries_is_no_hole() -> None:
    frame = shapely.box(100, 40, 102, 42).difference(shapely.box(100.8, 40.9, 101.0, 41.1))
    left, right = (
        shapely.intersection(frame, box)
        for box in (shapely.box(100, 40, 101, 42), shapely.box(101, 40, 102, 42))
    )
    coverage = country_coverage(
        [("LEF", shapely.get_coordinates(left)), ("RIG", shapely.get_coordinates(right))]
    )
    whole = shapely.union_all([polygon for parts in coverage.values() for polygon in parts])
    assert whole.equals(shapely.box(100, 40, 102, 42))
    assert sum(polygon.area for polygon in coverage["LEF", "core"]) == pytest.approx(2.0)


def test_a_great_lake_between_two_countries_stays_apart() -> None:
    frame = shapely.box(100, 40, 104, 42).difference(shapely.box(101.5, 40.5, 102.5, 41.5))
    left, right = (
        shapely.intersection(frame, box)
        for box in (shapely.box(100, 40, 102, 42), shapely.box(102, 40, 104, 42))
    )
    coverage = country_coverage(
        [("LEF", shapely.get_coordinates(left)), ("RIG", shapely.get_coordinates(right))]
    )
    assert area_km2(coverage["LEF+RIG", "core"][0]) > 9000


def test_land_is_split_where_the_core_ends() -> None:
    coverage = country_coverage([("ANY", ring(80, 40, 90, 50))])
    (inside,), (outside,) = coverage["ANY", "core"], coverage["ANY", "context"]
    assert inside.bounds[0] == outside.bounds[2] == CORE[0]


def test_a_package_with_another_checksum_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "coast").mkdir()
    (tmp_path / "coast" / "upstream.toml").write_bytes(
        (root / "seeds" / "coast" / "upstream.toml").read_bytes()
    )
    for name in ("geo-maps-countries-land-50m-0.6.0.tgz", "qgis-common_3.22.16+dfsg-1_all.deb"):
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(
        SeedError, match=r"geo-maps-countries-land-50m-0\.6\.0\.tgz has SHA-256 .*, not e0c9149c"
    ):
        make_coast(tmp_path, packages=tmp_path)


def test_a_missing_base_layer_names_the_remedy(tmp_path: Path) -> None:
    from sovietpacific.builder.base import read_land

    with pytest.raises(SeedError, match=r"coast/land\.parquet is missing: run `make coast`"):
        read_land(tmp_path)


def write_upstream(folder: Path, **changed: str) -> None:
    """Write `coast/upstream.toml` and the two layers of an earlier time, a key of `land` changed
    (`provinces_name` of the other).
    """
    tables = {
        "land": {
            "name": "land-50m",
            "version": "0.6.0",
            "file": "land-50m-0.6.0.tgz",
            "sha256": "0" * 64,
        },
        "provinces": {
            "name": "qgis-common",
            "version": "3.22.16+dfsg-1",
            "file": "qgis.deb",
            "sha256": "0" * 64,
        },
    }
    for key, value in changed.items():
        table, _, name = key.rpartition("_")
        tables[table or "land"][name] = value
    text = "\n".join(
        f"[{table}]\n" + "\n".join(f"{k} = '{v}'" for k, v in about.items())
        for table, about in tables.items()
    )
    (folder / "coast").mkdir(parents=True)
    (folder / "coast" / "upstream.toml").write_text(text, encoding="utf-8")
    for layer in ("land", "provinces"):
        (folder / "coast" / f"{layer}.parquet").write_bytes(b"old")


@pytest.fixture
def clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the clients of the registries with a script that notes what it was asked, and
    give the notes.
    """
    (tmp_path / "bin").mkdir()
    notes = tmp_path / "asked.txt"
    for name in ("npm", "apt-get"):
        script = tmp_path / "bin" / name
        script.write_text(
            f'#!/bin/sh\necho {name} "$@" >> {notes}\ntouch land-50m-0.6.0.tgz qgis.deb\n'
        )
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    return notes


HOSTILE = {
    "name": (
        *(
            "/tmp/evil",
            "./evil",
            "../evil",
            "~/evil",
            "C:\\\\evil",
            "evil.tgz",
            "@evil/../x",
            "@a/b/c",
            "@a",
        ),
        *(
            "https://example.org/evil.tgz",
            "git+ssh://evil",
            "github:evil/evil",
            "evil/evil",
            "file:evil",
            "npm:evil",
        ),
        *(
            "--script-shell=evil",
            "-g",
            "evil --foo",
            "evil@latest",
            "evil;touch x",
            "$(evil)",
            "evil\\n",
            "",
            " ",
            "Evil",
            "x" * 300,
        ),
    ),
    "version": (
        *(
            "latest",
            "^1",
            "*",
            "1.x",
            "file:../evil",
            "https://example.org/evil.tgz",
            "git+ssh://evil",
            "npm:evil@1.0.0",
        ),
        *("", "1.0.0 --foo", "1.0.0/../x"),
    ),
    "file": ("/etc/passwd", "../../evil", "a/b", "", ".npmrc", "-o", "a\\u0000b", "x" * 300),
    "sha256": ("", "0" * 63, "G" * 64, "0" * 64 + "x"),
    "provinces_name": (
        "/tmp/evil.deb",
        "./evil.deb",
        "evil=1",
        "evil/stable",
        "^evil",
        "-oDir=/evil",
        "--foo",
        "e*",
        "",
    ),
    "provinces_version": ("", "*", "1 -oDir=/evil", "/evil", "1/../x", "=1"),
    "provinces_file": ("../qgis.deb",),
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in HOSTILE.items() for value in values]
)
def test_what_is_no_package_of_a_registry_is_refused_before_any_client_runs(
    key: str, value: str, clients: Path, tmp_path: Path
) -> None:
    write_upstream(tmp_path / "seeds", **{key: "REPLACED"})
    path = tmp_path / "seeds" / "coast" / "upstream.toml"
    path.write_text(path.read_text().replace("'REPLACED'", f'"{value}"', 1), encoding="utf-8")
    table, _, name = key.rpartition("_")
    with pytest.raises(
        SeedError,
        match=rf"coast/upstream\.toml: {table or 'land'}: {name} = .* is no {name} of a package",
    ):
        make_coast(tmp_path / "seeds")
    assert not clients.exists()
    assert (tmp_path / "seeds" / "coast" / "land.parquet").read_bytes() == b"old"


def test_the_clients_are_told_to_run_no_script_and_to_take_no_option(
    clients: Path, tmp_path: Path
) -> None:
    empty = hashlib.sha256(b"").hexdigest()
    write_upstream(tmp_path / "seeds", name="@geo-maps/land-50m", sha256=empty)
    with pytest.raises(
        SeedError, match=r"coast/upstream\.toml: provinces: qgis\.deb has SHA-256 e3b0"
    ):
        make_coast(tmp_path / "seeds")
    # The first package brought both files into the scratch folder here, so the second is not asked
    # for.
    assert clients.read_text() == "npm pack --ignore-scripts -- @geo-maps/land-50m@0.6.0\n"
    clients.unlink()
    take_package(
        Package("qgis-common", "3.22.16+dfsg-1", "qgis.deb", empty), "apt", tmp_path, "here"
    )
    assert clients.read_text() == "apt-get download -- qgis-common=3.22.16+dfsg-1\n"


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_no_script_of_a_hostile_package_runs(tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    evil.mkdir()
    script = f"touch {tmp_path / 'PWNED'}"
    about = {
        "name": "evil",
        "version": "1.0.0",
        "scripts": {"prepack": script, "prepare": script, "postpack": script},
    }
    (evil / "package.json").write_text(json.dumps(about))
    write_upstream(tmp_path / "seeds", name=str(evil))
    with pytest.raises(SeedError):
        make_coast(tmp_path / "seeds")
    assert not (tmp_path / "PWNED").exists()
    # Were such a name let through, its scripts would still not run.
    words = [word.replace("{name}@{version}", str(evil)) for word in CLIENTS["npm"]]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "evil-1.0.0.tgz").is_file()
    assert not (tmp_path / "PWNED").exists()


def test_a_client_that_fails_or_gives_nothing_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    write_upstream(tmp_path / "seeds")
    with pytest.raises(
        SeedError, match=r"coast/upstream\.toml: land: land-50m cannot be fetched: .*npm"
    ):
        make_coast(tmp_path / "seeds")
    for body, complaint in (
        ("exit 3", "land-50m cannot be fetched: .* exit status 3"),
        ("exit 0", r"npm gave no land-50m-0\.6\.0\.tgz"),
    ):
        (tmp_path / "npm").write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / "npm").chmod(0o755)
        with pytest.raises(SeedError, match=complaint):
            make_coast(tmp_path / "seeds")


def test_both_layers_stay_as_they_were_where_the_second_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_package: Path, _scratch: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    write_upstream(tmp_path / "seeds")
    monkeypatch.setattr(coast, "take_package", lambda *_: tmp_path)
    monkeypatch.setattr(coast, "_write_land", lambda _package, target: target.write_bytes(b"new"))
    monkeypatch.setattr(coast, "_write_provinces", fail)
    with pytest.raises(OSError, match="No space left on device"):
        make_coast(tmp_path / "seeds")
    layers = tmp_path / "seeds" / "coast"
    assert {path.name: path.read_bytes() for path in layers.glob("*.parquet")} == {
        "land.parquet": b"old",
        "provinces.parquet": b"old",
    }
    assert not [path for path in layers.iterdir() if ".part" in path.name]
