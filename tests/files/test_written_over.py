"""What is written over keeps its mode and owner, links are followed, and what is no file is refused
and left as it is.
"""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovietpacific import OptionError, SovietPacificError, label_file, label_parquet
from sovietpacific.cli.main import main
from sovietpacific.files.beside import beside
from tests.support.writers import QUICK, WRITERS, write_sources

OLD = b"what was here before"
#: One of each way in which a file is opened for writing.
OPENED = [*QUICK, "label.arrow", "label.geojson", "tenures.geojson", "tenures.topojson"]
SLOWLY_OPENED = [
    "tenures.gpkg",
    "map.png",
    "map.svg",
    "map.pdf",
    "map.html",
    "film.gif",
    "film.webp",
    "film.mp4",
]
WAYS = [*OPENED, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOWLY_OPENED)]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


@contextmanager
def usual_modes(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", WAYS)
def test_a_file_written_over_keeps_its_mode_whatever_is_usual(
    name: str, sources: Path, tmp_path: Path
) -> None:
    target = tmp_path / name
    for mode, mask in ((0o600, 0o022), (0o664, 0o077)):
        target.write_bytes(OLD)
        target.chmod(mode)
        with usual_modes(mask):
            WRITERS[name](sources, target)
        assert target.read_bytes() != OLD
        assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_has_the_usual_mode(sources: Path, tmp_path: Path) -> None:
    with usual_modes(0o027):
        WRITERS["label.csv"](sources, tmp_path / "new.csv")
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640


def test_what_is_written_over_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    target = tmp_path / "secret.csv"
    target.write_bytes(OLD)
    target.chmod(0o600)
    with usual_modes(0o022), beside(target) as part:
        part.write_text("half")
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert target.read_text() == "half"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_written_over_keeps_its_owner_and_group(sources: Path, tmp_path: Path) -> None:
    target = tmp_path / "label.csv"
    target.write_bytes(OLD)
    os.chown(target, 12345, 54321)
    target.chmod(0o640)
    WRITERS["label.csv"](sources, target)
    told = target.stat()
    assert (told.st_uid, told.st_gid, stat.S_IMODE(told.st_mode)) == (12345, 54321, 0o640)


def test_where_the_owner_cannot_be_kept_the_file_is_written_all_the_same(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_told: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    target = tmp_path / "label.csv"
    target.write_bytes(OLD)
    target.chmod(0o640)
    monkeypatch.setattr(os, "chown", refuse)
    WRITERS["label.csv"](sources, target)
    assert target.read_bytes() != OLD
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("name", WAYS)
def test_a_link_is_followed_and_stays(name: str, sources: Path, tmp_path: Path) -> None:
    real = tmp_path / "deep" / f"real{Path(name).suffix}"
    real.parent.mkdir()
    real.write_bytes(OLD)
    real.chmod(0o600)
    (tmp_path / "second").symlink_to(real)
    (tmp_path / name).symlink_to("second")
    WRITERS[name](sources, tmp_path / name)
    assert (tmp_path / name).is_symlink()
    assert real.read_bytes() != OLD
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert [path.name for path in real.parent.iterdir()] == [real.name]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "label.csv").symlink_to("deep/real.csv")
    WRITERS["label.csv"](sources, tmp_path / "label.csv")
    assert (tmp_path / "label.csv").is_symlink()
    assert (tmp_path / "deep" / "real.csv").is_file()


def test_a_link_to_the_file_that_is_read_is_refused(tmp_path: Path) -> None:
    write_sources(tmp_path)
    (tmp_path / "out.csv").symlink_to("points.csv")
    before = (tmp_path / "points.csv").read_bytes()
    with pytest.raises(SovietPacificError, match="would be written over itself"):
        label_file(tmp_path / "points.csv", tmp_path / "out.csv")
    assert (tmp_path / "points.csv").read_bytes() == before


@pytest.mark.parametrize("name", [*QUICK, "tenures.geojson"])
def test_a_link_that_leads_to_itself_is_refused_in_a_line(
    name: str, sources: Path, tmp_path: Path
) -> None:
    (tmp_path / name).symlink_to(f"other{name}")
    (tmp_path / f"other{name}").symlink_to(name)
    with pytest.raises(OSError, match="Too many levels of symbolic links") as refused:
        WRITERS[name](sources, tmp_path / name)
    assert refused.value.filename == str(tmp_path / name)
    (tmp_path / "way").symlink_to("way")
    with pytest.raises(OSError, match=str(tmp_path / "way")):
        WRITERS[name](sources, tmp_path / "way" / name)


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "link to a pipe"])
def test_what_is_no_file_is_refused_and_left_as_it_is(
    kind: str, name: str, sources: Path, tmp_path: Path
) -> None:
    target = tmp_path / name
    with socket.socket(socket.AF_UNIX) as listening:
        if kind == "socket":
            here = Path.cwd()
            os.chdir(tmp_path)  # a socket's path may have but a hundred signs
            listening.bind(name)
            os.chdir(here)
        elif kind == "device":
            target.symlink_to("/dev/null")
        elif kind == "pipe":
            os.mkfifo(target)
        else:
            os.mkfifo(tmp_path / "pipe")
            target.symlink_to("pipe")
        before = target.lstat()
        with pytest.raises(
            OSError, match="is a pipe, a device or a socket; give the name of a file"
        ) as refused:
            WRITERS[name](sources, target)
        assert str(target) in str(refused.value)
        after = target.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert not [path.name for path in tmp_path.iterdir() if ".part" in path.name]


def test_a_file_may_lie_in_1500_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    deep = Path("/".join(["d"] * 1500)) / "label.csv"
    results: list[int] = []

    def write() -> None:
        with beside(deep) as part:
            part.write_text("whole")
        results.append(len(deep.read_text()))

    thread = threading.Thread(target=write)  # whose stack is as deep as that of any
    thread.start()
    thread.join()
    subprocess.run(
        ["rm", "-rf", "d"], check=True
    )  # pathlib and shutil call themselves for each folder
    assert results == [5]
    words = [
        "export",
        "-o",
        str(Path("/".join(["e"] * 3000)) / "tenures.csv"),
        "--region",
        "kurils.south",
    ]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "File name too long" in result.stderr


class Idle:
    """A client of a cluster that must not be asked."""

    def submit(self, *_told: object, **_options: object) -> None:
        """Fail."""
        raise AssertionError("the cluster was asked")

    gather = cancel = submit


@pytest.mark.parametrize(
    "kind",
    ["a hidden file", "an empty folder", "a link to a full folder", "a file", "a loop", "a pipe"],
)
def test_files_of_a_cluster_go_into_a_new_folder_only(
    kind: str, sources: Path, tmp_path: Path
) -> None:
    folder, full = tmp_path / "out", tmp_path / "full"
    full.mkdir()
    (full / ".hidden").write_bytes(OLD)
    if kind == "a hidden file":
        folder = full
    elif kind == "an empty folder":
        (folder / "inner").mkdir(parents=True)
    elif kind == "a file":
        folder.write_bytes(OLD)
    elif kind == "a pipe":
        os.mkfifo(folder)
    else:
        folder.symlink_to("out" if kind == "a loop" else "full")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OptionError, match=r"(is not empty|is no folder); give a new"):
        label_parquet(sources / "points.parquet", folder, Idle())
    assert sorted(tmp_path.rglob("*")) == before
    assert (full / ".hidden").read_bytes() == OLD
