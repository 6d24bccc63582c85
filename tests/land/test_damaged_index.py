"""A point index that is kept and no good is made anew, silently and right; where none can be kept
the answers are the same.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas, DataDamagedError, OptionError, sovereignty_of
from sovietpacific.facts.store import Store
from sovietpacific.land import grid_cache
from sovietpacific.land.grid import Grid, build_grid
from sovietpacific.land.grid_cache import cached_grid
from sovietpacific.land.grid_checks import KINDS, check_grid
from sovietpacific.land.locator import Locator
from tests.support.damage import copy_data, spoil_json

TOYOHARA = (142.7, 47.0)
LAND = "0123456789abcdef" * 4
SHAPES = np.array(
    [
        shapely.box(140, 45, 140.3, 45.1),
        shapely.box(140.3, 45, 140.35, 45.3),
        shapely.Point(141, 45).buffer(0.1),
    ]
)
SMALL = build_grid(SHAPES)
posix = pytest.mark.skipif(os.name != "posix", reason="owners, modes and pipes are those of POSIX")


def sound(grid: Grid) -> None:
    check_grid(grid, len(SHAPES))


def ask(land: str = LAND) -> Grid:
    """Give the small grid as it is kept, or made if need be."""
    return cached_grid(land, lambda: SMALL, sound)


def is_small(grid: Grid) -> bool:
    return grid.lattice == SMALL.lattice and all(
        np.array_equal(one, other) for one, other in zip(grid[1:], SMALL[1:], strict=True)
    )


def kept_in(folder: Path) -> Path:
    """Have the small grid kept, and give its file."""
    ask()
    (kept,) = folder.iterdir()
    return kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(grid_cache, "_used", set())
    return tmp_path / "cache"


class Made:
    """Counts how often the grid is made."""

    times = 0

    def __call__(self) -> Grid:
        """Make it."""
        self.times += 1
        return SMALL


def times_made() -> int:
    """Ask twice, and tell how often the grid had to be made."""
    make = Made()
    assert is_small(cached_grid(LAND, make, sound))
    assert is_small(cached_grid(LAND, make, sound))
    return make.times


def test_an_index_is_made_once(folder: Path) -> None:
    assert times_made() == 1
    assert len(list(folder.iterdir())) == 1


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_that_is_flipped_cut_or_made_up_is_made_anew(
    folder: Path, data: st.DataObject
) -> None:
    kept = kept_in(folder)
    good = kept.read_bytes()
    place = data.draw(st.integers(0, 1500) | st.integers(0, len(good) - 1))
    other = data.draw(
        st.sampled_from(
            [
                good[:place]
                + bytes([good[place] ^ data.draw(st.integers(1, 255))])
                + good[place + 1 :],
                good[:place],
                good[place:],
                good + b"x",
                good.replace(
                    b"<i2",
                    data.draw(st.sampled_from([b"|O8", b"<M8", b"<U9", b"xyz", b"|V0", b"<i8"])),
                ),
                good.replace(
                    f"[{len(SMALL.first)}]".encode(),
                    data.draw(
                        st.sampled_from(
                            [b"[-1]", b"[1.5]", b"3", b"[99999999999999999999]", b"null", b'["3"]']
                        )
                    ),
                ),
                b"0 " + data.draw(st.binary(max_size=30)) + b"\n",
                b"0 "
                + data.draw(
                    st.sampled_from(
                        [
                            b"null",
                            b"[]",
                            b"3",
                            b"{}",
                            b'{"arrays": 3}',
                            b'{"arrays": [[]]}',
                            b"[" * 4000,
                        ]
                    )
                )
                + b"\n",
            ]
        )
    )
    kept.write_bytes(other)
    assert is_small(ask())
    assert kept.read_bytes() == good
    assert [path.name for path in folder.iterdir()] == [kept.name]


def signed(
    grid: Grid,
    lattice: list[Any] | None = None,
    forms: dict[str, list[Any]] | None = None,
    land: str = LAND,
) -> bytes:
    """Write a grid as it is kept, with whatever lattice and forms, under a right checksum."""
    arrays = [
        [name, array.dtype.str, list(array.shape)]
        for name, array in list(grid._asdict().items())[1:]
    ]
    told = [[name, *(forms or {}).get(name, form)] for name, *form in arrays]
    head = json.dumps(
        {"lattice": list(grid.lattice) if lattice is None else lattice, "arrays": told}
    ).encode()
    body = b"".join(array.tobytes() for array in grid[1:])
    return (
        f"{hashlib.sha256(land.encode() + head + body).hexdigest()} ".encode() + head + b"\n" + body
    )


def test_a_file_signed_here_is_the_one_that_is_kept(folder: Path) -> None:
    assert kept_in(folder).read_bytes() == signed(SMALL)


def check_answers(grid: Grid) -> None:
    """Put points everywhere to a grid: each has a tract or none, and nothing is read out of place."""
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(139.8, 141.3, 1500), chance.uniform(44.8, 45.5, 1500)
    locator = Locator(["a", "b", "c"], grid, lambda: SHAPES)
    numbers = locator.numbers_at(lon, lat)
    assert 0 <= numbers.min() <= numbers.max() <= 3
    found = [
        locator.tract_at(*point)
        for point in zip(lon[:300].tolist(), lat[:300].tolist(), strict=True)
    ]
    assert set(found) <= {None, "a", "b", "c"}


NUMBERS = (
    st.integers(-(2**40), 2**40)
    | st.integers(-5, 5)
    | st.floats()
    | st.sampled_from([0, -1, 3, 4, 32767, -32768, 1e300])
)
ODD = (
    NUMBERS
    | st.none()
    | st.text(max_size=3)
    | st.lists(st.integers(-2, 2), max_size=2)
    | st.booleans()
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_index_that_is_forged_under_a_right_checksum_leads_nowhere(
    folder: Path, data: st.DataObject
) -> None:
    """Whoever can write the user's own file can write what he likes; but nothing he writes breaks
    what is asked.
    """
    kept = folder / kept_in(folder).name if not folder.exists() else next(folder.iterdir())
    name = data.draw(st.sampled_from(list(KINDS)))
    array = getattr(SMALL, name)
    lattice, forms, grid = None, None, SMALL
    if way := data.draw(st.integers(0, 3)):
        changed = array.copy().reshape(-1)
        if way == 1:
            with np.errstate(all="ignore"):
                value = np.array(
                    data.draw(NUMBERS.filter(lambda number: abs(number) < 2**60 or number == 1e300))
                )
                changed[data.draw(st.integers(0, len(changed) - 1))] = value.astype(
                    np.float64
                ).astype(changed.dtype)
        elif way == 2:
            changed = np.roll(changed, data.draw(st.integers(1, 9)))
        else:
            changed = changed[: data.draw(st.integers(0, len(changed)))].copy()
        grid = SMALL._replace(
            **{
                name: changed.reshape(-1, 5)
                if name == "tests" and not len(changed) % 5
                else changed
            }
        )
    else:
        lattice = list(SMALL.lattice)
        lattice[data.draw(st.integers(0, 5))] = data.draw(ODD)
        forms = {
            name: [
                data.draw(st.sampled_from([array.dtype.str, "<i8", "|O8", "|u1"])),
                data.draw(st.sampled_from([list(array.shape), [-1], [2**62, 2**62], ["3"], [], 3])),
            ]
        }
    kept.write_bytes(signed(grid, lattice, forms))
    kept.chmod(0o600)
    found = ask()
    check_answers(found)
    if not (way == 1 and name in ("tests", "jumps", "blocks", "cells", "corner")) and way != 2:
        assert is_small(found) or (lattice is not None and found.lattice[2:] == SMALL.lattice[2:])


def test_an_index_of_other_land_under_this_name_is_not_used(folder: Path) -> None:
    kept = kept_in(folder)
    kept.write_bytes(signed(SMALL, land="another"))
    assert times_made() == 1


def test_an_index_that_fails_the_check_of_its_land_is_made_anew(folder: Path) -> None:
    assert kept_in(folder).exists()
    make = Made()

    def refuse(_grid: Grid) -> None:
        raise ValueError("a tract is not where its point is")

    assert is_small(cached_grid(LAND, make, refuse))
    assert make.times == 1


@pytest.mark.slow
def test_an_index_whose_tracts_are_exchanged_is_made_anew(folder: Path, atlas: Atlas) -> None:
    def point() -> str:
        return sp.sovereignty_of(
            TOYOHARA, "1950-01-01", atlas=Atlas(Store(atlas.shapes._store.folder))
        ).tract

    assert point() == "yuzhno-sakhalinsk"
    (kept,) = folder.iterdir()
    grid = atlas.shapes.locator._grid
    one, other = (1 + list(atlas.tracts).index(tract) for tract in ("yuzhno-sakhalinsk", "urup"))
    exchange = np.arange(-(2**15), 2**15)
    exchange[[2**15 + one, 2**15 + other]] = other, one
    forged = grid._replace(cells=exchange[grid.cells.astype(int) + 2**15].astype(np.int16))
    head = kept.read_bytes().split(b"\n", 1)[0].split(b" ", 1)[1]
    body = b"".join(array.tobytes() for array in forged[1:])
    numbered = "\n".join((atlas.shapes._store.shapes_sum, *atlas.tracts))
    land = hashlib.sha256(numbered.encode()).hexdigest()
    kept.write_bytes(
        hashlib.sha256(land.encode() + head + body).hexdigest().encode()
        + b" "
        + head
        + b"\n"
        + body
    )
    assert point() == "yuzhno-sakhalinsk"


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_file_and_its_folder_are_the_users_alone_whatever_the_umask(
    umask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path / "new" / "deep" / "cache"))
    before = os.umask(umask)
    try:
        ask()
    finally:
        os.umask(before)
    (kept,) = (tmp_path / "new" / "deep" / "cache").iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (kept, *list(kept.parents)[:3])]
    assert modes == [0o600, 0o700, 0o700, 0o700]


@posix
@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_a_file_that_others_may_write_to_is_made_anew_and_closed_to_them(
    folder: Path, mode: int
) -> None:
    kept = kept_in(folder)
    kept.chmod(mode)
    assert times_made() == 1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770])
def test_nothing_is_read_from_or_kept_in_a_folder_that_others_may_write_to(
    folder: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    kept = kept_in(folder)
    folder.chmod(mode)
    before = kept.stat()
    assert times_made() == 2
    assert kept.stat() == before
    assert f"others may write to its folder (mode {mode:o})" in caplog.text
    assert {record.levelno for record in caplog.records} >= {logging.WARNING}


@posix
@pytest.mark.parametrize("what", ["the file", "the folder"])
def test_what_belongs_to_another_user_is_not_used(
    folder: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_in(folder)
    if os.geteuid():
        monkeypatch.setattr(os, "geteuid", lambda: 54321)
    else:
        os.chown(kept if what == "the file" else folder, 54321, 54321)
    assert times_made() == (1 if what == "the file" and not os.geteuid() else 2)


@posix
def test_what_root_has_made_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_in(folder)
    real = os.stat_result
    monkeypatch.setattr(
        grid_cache,
        "check_own",
        lambda found, what: check_as(real([*found[:4], 0, *found[5:10]]), what),
    )
    from sovietpacific.land.cache_folder import check_own as check_as

    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    make = Made()
    cached_grid(LAND, make, sound)
    assert make.times == 0


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


def put_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def put_link(path: Path) -> None:
    (path.parent.parent / "aim").write_bytes(signed(SMALL))
    path.symlink_to(path.parent.parent / "aim")


@posix
@pytest.mark.parametrize(
    "put", [put_pipe, put_socket, put_link, Path.mkdir, lambda path: path.symlink_to("/dev/zero")]
)
def test_what_is_no_file_is_neither_waited_for_nor_removed(folder: Path, put: Any) -> None:
    kept = kept_in(folder)
    kept.unlink()
    put(kept)
    before = kept.lstat()
    assert times_made() == 2
    assert kept.lstat() == before
    assert list(folder.iterdir()) == [kept]


@pytest.mark.parametrize("head", ["as it was", "as long as it says"])
def test_a_file_of_endless_size_is_not_read(folder: Path, head: str) -> None:
    kept = kept_in(folder)
    size = 60 * 10**9
    if head == "as long as it says":
        many = size // 42
        forms = {"tests": ["<f8", [many, 5]], "jumps": ["<i2", [many]]}
        kept.write_bytes(signed(SMALL, forms=forms))
    with kept.open("r+b") as file:
        file.truncate(size)
    assert times_made() == 1
    assert kept.stat().st_size < 10**7


def test_old_indexes_and_what_killed_writers_left_are_removed_and_nothing_else(
    folder: Path,
) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    gone = [
        "grid-0123456789abcdef-1-128x16-little.bin",
        "grid-fedcba9876543210-7-64x8-big.bin",
        f".grid-0123456789abcdef-2-128x16-little.{dead.stdout.strip()}-0a1b2c3d.part.bin",
        ".grid-0123456789abcdef-1-128x16-little.1-0a1b2c3d.part.bin",
    ]
    stays = [
        f".grid-0123456789abcdef-2-128x16-little.{os.getpid()}-0a1b2c3d.part.bin",
        "grid-0123456789abcdef-1-128x16-little.bin.bak",
        "grid-0123456789ABCDEF-1-128x16-little.bin",
        "my-grid-0123456789abcdef-1-128x16-little.bin",
        "grid-thesis.bin",
        "notes.txt",
        ".part.bin",
    ]
    folder.mkdir(0o700)
    for name in [*gone, *stays]:
        (folder / name).write_text("x")
    for name in gone[3:]:
        os.utime(folder / name, (time.time() - 7200,) * 2)
    (folder / "grid-aaaaaaaaaaaaaaaa-1-128x16-little.bin").mkdir()
    if os.name == "posix":
        (folder / "grid-bbbbbbbbbbbbbbbb-1-128x16-little.bin").symlink_to(folder / "notes.txt")
    before = set(folder.iterdir())
    ask()
    now = set(folder.iterdir())
    assert sorted(path.name for path in before - now) == sorted(gone)
    assert len(now - before) == 1


def test_a_process_that_uses_two_atlases_keeps_the_indexes_of_both(folder: Path) -> None:
    ask()
    ask("f" * 64)
    assert len(list(folder.iterdir())) == 2
    assert times_made() == 0


def test_what_cannot_be_removed_does_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir(0o700)
    old = folder / "grid-0123456789abcdef-1-128x16-little.bin"
    old.write_text("x")
    unlink = Path.unlink

    def refuse(path: Path, **options: bool) -> None:
        if path == old:
            raise PermissionError(13, "Permission denied")
        unlink(path, **options)

    caplog.set_level(logging.INFO)
    monkeypatch.setattr(Path, "unlink", refuse)
    assert times_made() == 1
    assert f"{old} is no longer used and cannot be removed" in caplog.text


def test_where_the_folder_cannot_be_written_or_is_a_file_the_index_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("a file")
    assert times_made() == 2
    folder.unlink()

    def refuse(*_values: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fdopen", refuse)
    assert times_made() == 2
    assert [path for path in folder.iterdir() if not path.name.startswith(".")] == []
    monkeypatch.setattr(Path, "mkdir", refuse)
    shutil.rmtree(folder)
    assert times_made() == 2
    assert not folder.exists()


def test_a_home_in_the_name_of_the_folder_is_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", "~/points")
    monkeypatch.chdir(tmp_path)
    assert times_made() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert len(list((tmp_path / "home" / "points").iterdir())) == 1


def test_a_relative_folder_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", "cache/points")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        OptionError,
        match=r"^SOVIETPACIFIC_CACHE='cache/points' is relative, .*; give an absolute one$",
    ):
        ask()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system know no home of the user, as in a container."""

    def refuse(*_values: object, **_options: object) -> None:
        raise RuntimeError("could not determine the home directory for '~/.cache'")

    monkeypatch.delenv("SOVIETPACIFIC_CACHE", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", refuse)
    monkeypatch.setattr(Path, "expanduser", refuse)


@pytest.mark.usefixtures("no_home")
@pytest.mark.parametrize("named", [None, "~/points", "~nobody-of-this-name/points"])
def test_a_user_without_a_home_is_answered(
    named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if named:
        monkeypatch.setenv("SOVIETPACIFIC_CACHE", named)
    assert times_made() == 2


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another"
)
def test_a_user_whom_the_system_does_not_know_is_answered() -> None:
    """The user is changed when all is imported: where the library lies others may not be allowed to
    read.
    """
    code = f"""
import os, platformdirs, pyproj, shapely, sovietpacific as s
s.load_atlas().shapes.of("urup", "fine")
s.sovereignty_of("urup", "1950-01-01")
platformdirs.user_cache_path("x")
os.setgroups([])
os.setgid(54321)
os.setuid(54321)
os.environ.clear()
print(s.sovereignty_of({TOYOHARA}, "1950-01-01").tract)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("yuzhno-sakhalinsk", "")


def test_an_answer_needs_no_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path / "notes.txt"))
    (tmp_path / "notes.txt").write_text("mine")
    assert sovereignty_of("urup", "1950-01-01").tract == "urup"
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.slow
def test_an_index_of_the_same_shapes_under_other_names_is_not_used(
    folder: Path, tmp_path: Path
) -> None:
    data = copy_data(tmp_path / "data")
    assert (
        sp.sovereignty_of(TOYOHARA, "1950-01-01", atlas=Atlas(Store(data))).tract
        == "yuzhno-sakhalinsk"
    )
    assert len(list(folder.iterdir())) == 1

    def rename(document: dict[str, dict[str, object]]) -> None:
        document["tracts"]["aaa"] = document["tracts"].pop("abagaitu")
        document["places"].pop("abagaitu")

    spoil_json(data, "records.json", rename)
    with pytest.raises(
        DataDamagedError,
        match=r"atlas\.parquet cannot be used: its tracts are not those of records\.json",
    ):
        sp.sovereignty_of(TOYOHARA, "1950-01-01", atlas=Atlas(Store(data)))


@pytest.mark.slow
@pytest.mark.parametrize("home", [None, "", "/nowhere/at/all", "/dev/null", "relative"])
def test_without_a_home_the_answers_are_the_same_and_nothing_is_written_here(
    home: str | None, tmp_path: Path
) -> None:
    kept = ("PATH", "PYTHONPATH", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | (
        {} if home is None else {"HOME": home}
    )
    if home is None:
        environment["XDG_CACHE_HOME"] = str(
            tmp_path / "cache"
        )  # or the home of the password file would be written to
    code = f"import sovietpacific as s; print(s.sovereignty_of({TOYOHARA}, '1950-01-01').tract)"
    (tmp_path / "here").mkdir()
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path / "here", capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("yuzhno-sakhalinsk", "")
    assert list((tmp_path / "here").iterdir()) == []
