"""The packages hold what they need: sdist → wheel, installed both ways into fresh environments,
each asked a question.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from packaging.metadata import Metadata
from packaging.requirements import Requirement

from release.packages import EXTRAS
from release.versions import library_version, read_project

ROOT = Path(__file__).parents[2]
QUESTION = """
import sovietpacific as s
from sovietpacific.facts.store import find_data
print(
    s.sovereignty_of("Etorofu", "1945-08-28").control.polities[0],
    s.borders_at("1945-09-02")["area_km2"].sum() > 1e7,
    "leaflet" in s.maps.web("1945-09-02").get_root().render(),
    find_data(),
)
"""
pytestmark = pytest.mark.slow


def run(*words: str | Path, cwd: Path) -> str:
    outside = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }  # which would lead to the tree
    ran = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=outside,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist from the checkout, unpack it elsewhere, and build the wheel from that."""
    folder = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder / "unpacked", filter="data")
    (source,) = (folder / "unpacked").iterdir()
    assert (source / "seeds" / "coast" / "land.parquet").is_file()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    (made,) = folder.glob("*.whl")
    return made


def fresh(folder: Path) -> Path:
    """Make an environment that has the dependencies of this one, but not this project; no network
    is needed.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    site = next((folder / "lib").glob("python*")) / "site-packages"
    for item in Path(sysconfig.get_path("purelib")).iterdir():
        if "sovietpacific" not in item.name and not (site / item.name).exists():
            (site / item.name).symlink_to(item)
    return folder / "bin" / "python"


def test_the_wheel_carries_the_data_and_the_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "_data/records.json",
        "_data/atlas.parquet",
        "maps/pages/assets/leaflet.js",
        "maps/pages/assets/LICENSE-leaflet.txt",
        "maps/pages/assets/dompurify.js",
        "maps/pages/assets/LICENSE-dompurify.txt",
        "maps/pages/assets/vendored.toml",
        "answers/catalogues/en/LC_MESSAGES/sovietpacific.mo",
        "answers/catalogues/en/LC_MESSAGES/sovietpacific.po",
        "maps/printed/fonts/sheet-sans.ttf",
        "maps/printed/fonts/LICENSE-OFL.txt",
        "py.typed",
        "__init__.pyi",
        "maps/__init__.pyi",
    ):
        assert f"sovietpacific/{needed}" in names
    assert not [name for name in names if name.startswith(("seeds", "tests"))]
    assert any(name.endswith("licenses/LICENSE-DATA.md") for name in names)


def sdist_of(wheel: Path) -> Path:
    """Give the sdist the wheel was built from."""
    (archive,) = wheel.parent.glob("*.tar.gz")
    return archive


def test_the_wheel_carries_every_file_of_the_package_and_of_the_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package, data = ROOT / "src" / "sovietpacific", ROOT / "data"
    files = [
        path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {f"sovietpacific/{path.relative_to(package).as_posix()}" for path in files} <= names
    assert {
        f"sovietpacific/_data/{path.relative_to(data).as_posix()}"
        for path in data.rglob("*")
        if path.is_file()
    } <= names
    for ending, least in ((".ttf", 4), (".js", 10), (".css", 4)):
        assert sum(name.endswith(ending) for name in names) >= least


def test_no_file_of_a_package_leaves_its_place_or_can_be_written_by_all(wheel: Path) -> None:
    entries = [
        (entry.filename, entry.external_attr >> 16) for entry in zipfile.ZipFile(wheel).infolist()
    ]
    with tarfile.open(sdist_of(wheel)) as archive:
        entries += [(member.name, member.mode) for member in archive.getmembers()]
        assert not [
            member.name
            for member in archive.getmembers()
            if not (member.isfile() or member.isdir())
        ]
    assert not [
        name
        for name, _ in entries
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    ]
    assert not [name for name, mode in entries if mode & stat.S_IWOTH]


def test_the_record_of_the_wheel_lists_every_file_with_its_sum(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (listed,) = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
    rows = {
        name: (told, size)
        for name, told, size in csv.reader(archive.read(listed).decode().splitlines())
    }
    assert rows.keys() == set(archive.namelist())
    for name, (told, size) in rows.items():
        if name != listed:
            content = archive.read(name)
            assert told == "sha256=" + base64.urlsafe_b64encode(
                hashlib.sha256(content).digest()
            ).decode().rstrip("=")
            assert int(size) == len(content)


def test_the_metadata_are_what_an_index_accepts_and_what_the_project_says(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = Metadata.from_email(archive.read(name))  # refuses fields that are wrong or unknown
    project = read_project()
    assert (metadata.name, str(metadata.version), metadata.license_expression) == (
        project["name"],
        library_version(),
        project["license"],
    )
    assert str(metadata.requires_python) == project["requires-python"]
    assert metadata.description_content_type == "text/markdown"
    assert metadata.description == (ROOT / "README.md").read_text(encoding="utf-8")
    needed = {
        str(requirement)
        for requirement in metadata.requires_dist or ()
        if requirement.marker is None
    }
    assert needed == {str(Requirement(text)) for text in project["dependencies"]}
    # What works on the project is a group, which no package tells; extras are for those who use it.
    assert set(metadata.provides_extra or ()) == {"dask", "mp4", "topojson"} == set(EXTRAS)
    licences = {
        name.partition(".dist-info/licenses/")[2]
        for name in archive.namelist()
        if ".dist-info/licenses/" in name
    }
    assert licences == set(metadata.license_files or ())


def test_the_sdist_has_what_the_tests_and_the_build_need(wheel: Path) -> None:
    with tarfile.open(sdist_of(wheel)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("src", "data", "seeds", "tests", "release", "requirements", "docs", "notebooks"):
        files = [
            path
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        missing = {path.relative_to(ROOT).as_posix() for path in files} - names
        assert not missing, f"the sdist lacks {sorted(missing)[:5]}"
    assert {
        "pyproject.toml",
        "Makefile",
        "CITATION.cff",
        "LICENSE",
        "LICENSE-DATA.md",
        "NEWS.md",
    } <= names


def test_what_other_commands_leave_in_the_checkout_takes_nothing_from_the_packages(
    tmp_path: Path,
) -> None:
    for name in ("src", "pyproject.toml", "README.md", ".gitignore"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / "out" / "mutants").mkdir(parents=True)
    (tmp_path / "out" / "mutants" / "src").symlink_to(tmp_path / "src")
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "sdist",
        "-d",
        tmp_path / "made",
        cwd=tmp_path,
    )
    (archive,) = (tmp_path / "made").iterdir()
    with tarfile.open(archive) as made:
        names = {name.partition("/")[2] for name in made.getnames()}
    files = [
        path
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= names


def test_the_packages_are_small_enough_to_take_along(wheel: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (wheel, sdist_of(wheel))}
    sys.stdout.write(
        ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()) + "\n"
    )
    assert sizes[wheel.name] < 8e6
    assert sizes[sdist_of(wheel).name] < 20e6


def test_an_installed_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "env")
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    answer = run(python, "-c", QUESTION, cwd=tmp_path).split()
    assert answer[:3] == ["soviet-union", "True", "True"]
    assert answer[3].endswith("sovietpacific/_data")
    assert (
        "who held what"
        in run(tmp_path / "env" / "bin" / "sovietpacific", "at", "--help", cwd=tmp_path).lower()
    )


def test_an_editable_install_answers_from_the_checkout(tmp_path: Path) -> None:
    python = fresh(tmp_path / "env")
    words = ("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT)
    run(python, "-m", "pip", *words, cwd=tmp_path)
    answer = run(python, "-c", QUESTION, cwd=tmp_path).split()
    assert answer[:3] == ["soviet-union", "True", "True"]
    assert answer[3] == str(ROOT / "data")


def test_without_data_the_two_places_looked_in_are_named(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    shutil.rmtree(tmp_path / "sovietpacific" / "_data")
    code = "import sovietpacific as s\ntry:\n    s.load_atlas()\nexcept s.DataNotFoundError as e:\n    print(e)"
    said = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}]\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "_data" in said.stdout + said.stderr
    assert "make data" in said.stdout + said.stderr
