"""A file that cannot be written leaves the earlier one as it was, nothing beside it, and one error
that names it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovietpacific import SovietPacificError
from sovietpacific.builder.write import replacing, write_datapackage, write_json
from sovietpacific.cli.main import main
from sovietpacific.facts.store import find_data
from tests.support.writers import QUICK, WRITERS, write_sources

resource = pytest.importorskip("resource", reason="limits of the size of files are Unix's")
OLD = b"what was here before"
NOBODY = 65534
#: Writers of other kinds, which take longer.
DRAWN = (
    "map.svg",
    "map.html",
    "tracts.geojson",
    "tenures.gpkg",
    "label.geojson",
    "label.arrow",
    "film.webp",
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with points to label; quick writers have written once, so that all they need is
    loaded.
    """
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes meanwhile, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def fails(name: str, sources: Path, target: Path) -> Exception:
    with pytest.raises((SovietPacificError, OSError)) as caught:
        WRITERS[name](sources, target)
    return caught.value


def check_full_disk(name: str, sources: Path, folder: Path, size: int) -> None:
    target = folder / name
    if not target.exists():
        WRITERS[name](sources, target)
    target.write_bytes(OLD)
    with room_for(size):
        wrong = fails(name, sources, target)
    assert str(target) in str(wrong)
    assert "\n" not in str(wrong)
    assert target.read_bytes() == OLD
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", QUICK)
def test_a_full_disk_leaves_the_old_file(name: str, sources: Path, tmp_path: Path) -> None:
    check_full_disk(name, sources, tmp_path, 60)


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_full_sooner_or_later_leaves_the_old_file(
    name: str, sources: Path, tmp_path: Path
) -> None:
    for size in (0, 100 if name.startswith("label") else 1000):
        check_full_disk(name, sources, tmp_path, size)


def stands_open(folder: Path) -> bool:
    """Tell whether everybody may enter a folder, so that what lies in it can be read by nobody in
    particular too.
    """
    return all(above.stat().st_mode & 0o001 for above in (folder, *folder.parents))


@contextmanager
def powerless(folder: Path) -> Iterator[None]:
    """Be nobody for a while where the tests run as root, whom no mode of a folder stops."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in DRAWN)]
)
def test_a_folder_that_is_read_only_is_refused_and_left_alone(name: str, sources: Path) -> None:
    if os.geteuid() == 0 and not stands_open(find_data()):
        pytest.skip("the data lie where only root can read them")
    folder = Path(
        tempfile.mkdtemp()
    )  # not below the folder of the tests, which only their user may enter
    try:
        for source in sources.iterdir():
            shutil.copyfile(source, folder / source.name)
        target = folder / name
        WRITERS[name](folder, target)
        target.write_bytes(OLD)
        before = sorted(folder.iterdir())
        with powerless(folder):
            wrong = fails(name, folder, target)
            new = fails(name, folder, folder / "deep" / name)
        assert isinstance(wrong, PermissionError) or name.endswith(
            ".gpkg"
        )  # GDAL says only that it cannot open it
        assert str(target) in str(wrong)
        assert str(folder / "deep") in str(new)
        assert target.read_bytes() == OLD
        assert sorted(folder.iterdir()) == before
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "name", ["label.csv", "tenures.csv", pytest.param("map.svg", marks=pytest.mark.slow)]
)
def test_a_file_or_a_folder_in_the_way_is_named(name: str, sources: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    assert str(tmp_path / "file") in str(fails(name, sources, tmp_path / "file" / name))
    (tmp_path / name / "kept").mkdir(parents=True)
    wrong = fails(name, sources, tmp_path / name)
    assert isinstance(wrong, IsADirectoryError)
    assert str(wrong).endswith(f"{str(tmp_path / name)!r}")
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["file", name, "kept"])


@pytest.mark.parametrize("length", [250, 255])
def test_a_name_as_long_as_a_name_may_be_can_be_written(
    length: int, sources: Path, tmp_path: Path
) -> None:
    target = tmp_path / ("x" * (length - 4) + ".csv")
    WRITERS["label.csv"](sources, target)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_command_line_says_in_one_line_that_the_disk_is_full(tmp_path: Path) -> None:
    target = tmp_path / "tenures.csv"
    target.write_bytes(OLD)
    words = ["export", "-o", str(target), "--region", "kurils.south"]
    with room_for(1000):
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert result.stderr == f"Error: [Errno 27] File too large: {str(target)!r}\n"
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("size", [0, 500])
def test_a_build_that_finds_no_room_leaves_the_old_data(size: int, tmp_path: Path) -> None:
    data = tmp_path / "data"

    def build() -> None:
        with replacing(data) as folder:
            write_json(folder / "geojson" / "lines.geojson", {})
            write_json(folder / "records.json", ["x" * 1000])
            write_datapackage(folder, {"name": "sovietpacific"})

    build()
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    with room_for(size), pytest.raises(OSError, match="File too large"):
        build()
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert list(tmp_path.iterdir()) == [data]


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise `KeyboardInterrupt` in this thread when so much time is over, as Ctrl-C does."""

    def interrupt(*_told: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "label.csv",
        "label.parquet",
        "label.geojson",
        "map.svg",
        "map.html",
        "tenures.gpkg",
        "film.gif",
    ],
)
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # in a finalizer Python loses an interrupt
def test_whoever_is_interrupted_leaves_the_old_file_or_the_new_one(
    name: str, tmp_path: Path
) -> None:
    write_sources(tmp_path, 5_000)
    folder, target = tmp_path / "out", tmp_path / "out" / name
    WRITERS[name](tmp_path, target)
    begun = time.perf_counter()
    WRITERS[name](tmp_path, target)
    whole, new, stopped = time.perf_counter() - begun, target.read_bytes(), 0
    for part in range(1, 10):
        target.write_bytes(OLD)
        try:
            with interrupted_after(whole * part / 10):
                WRITERS[name](tmp_path, target)
        except KeyboardInterrupt:
            stopped += 1
        found = target.read_bytes()
        assert found == OLD or (
            len(found) == len(new) if name.endswith(".html") else found == new
        )  # pages have numbers in them
        assert [path.name for path in folder.iterdir()] == [name]
    assert stopped


KILLED = """
import sys; from pathlib import Path; from tests.support.writers import WRITERS
folder, name = Path(sys.argv[1]), sys.argv[2]
WRITERS[name](folder, folder / "warm" / name); print("ready", flush=True)
while True: WRITERS[name](folder, folder / "out" / name)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["label.csv"])
def test_a_process_that_is_killed_leaves_a_whole_file_and_does_no_harm(
    name: str, tmp_path: Path
) -> None:
    write_sources(tmp_path, 20_000)
    target = tmp_path / "out" / name
    WRITERS[name](tmp_path, target)
    new = target.read_bytes()
    for wait in (0.05, 0.2):
        target.write_bytes(OLD)
        command = [sys.executable, "-c", KILLED, str(tmp_path), name]
        path = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(wait)
            process.kill()
        assert target.read_bytes() in (OLD, new)
        WRITERS[name](tmp_path, target)
        assert target.read_bytes() == new
    assert all(
        path.name == name or (path.name.startswith(".") and ".part." in path.name)
        for path in target.parent.iterdir()
    )
