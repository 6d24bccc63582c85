"""The packages hold what they need: sdist → wheel, installed both ways into fresh environments, each asked a question."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUESTION = (
    "import sovietpacific as s; a = s.load_atlas(); print(a.sovereignty_of('Etorofu', '1945-08-28').control.polities[0],"
    " a.borders_at('1945-09-02')['area_km2'].sum() > 1e7, 'leaflet' in s.maps.web('1945-09-02').get_root().render(), s.store.find_data())"
)
pytestmark = pytest.mark.slow


def run(*words: str | Path, cwd: Path) -> str:
    ran = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)
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
    """Make an environment that has the dependencies of this one, but not this project; no network is needed."""
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
        "maps/assets/leaflet.js",
        "maps/assets/LICENSE-leaflet.txt",
        "maps/assets/fonts/sheet-sans.ttf",
        "maps/assets/fonts/LICENSE-OFL.txt",
        "py.typed",
    ):
        assert f"sovietpacific/{needed}" in names
    assert not [name for name in names if name.startswith(("seeds", "tests"))]
    assert any(name.endswith("licenses/LICENSE-DATA.md") for name in names)


def test_an_installed_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "env")
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    answer = run(python, "-c", QUESTION, cwd=tmp_path).split()
    assert answer[:3] == ["soviet-union", "True", "True"]
    assert answer[3].endswith("sovietpacific/_data")
    assert "who held what" in run(tmp_path / "env" / "bin" / "sovietpacific", "at", "--help", cwd=tmp_path).lower()


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
