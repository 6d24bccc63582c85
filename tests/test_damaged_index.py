"""A point index that is kept and no good is made anew, silently and right; where none can be kept the answers are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damage import copy_data, spoil_json
from sovietpacific import Atlas, DataDamagedError
from sovietpacific.grid import Grid, Lattice
from sovietpacific.index_cache import cached_grid
from sovietpacific.store import Store

TOYOHARA = (142.7, 47.0)


def small_grid() -> Grid:
    """Give a grid of the least size, for the file it is kept in."""
    kinds = {name: np.zeros(3, np.int16) for name in Grid._fields[1:]}
    return Grid(Lattice(*range(len(Lattice._fields))), **kinds)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_that_is_flipped_cut_or_made_up_is_made_anew(folder: Path, data: st.DataObject) -> None:
    cached_grid("x", small_grid)
    (kept,) = folder.iterdir()
    good = kept.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(
        st.sampled_from(
            [
                good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :],
                good[:place],
                good[place:],
                good + b"x",
                good.replace(b"<i2", data.draw(st.sampled_from([b"|O8", b"<M8", b"<U9", b"xyz", b"|V0", b"<i8"]))),
                good.replace(
                    b"[3]", data.draw(st.sampled_from([b"[-1]", b"[1.5]", b"3", b"[99999999999999999999]", b"null", b'["3"]']))
                ),
                b"0 " + data.draw(st.binary(max_size=30)) + b"\n",
                b"0 "
                + data.draw(st.sampled_from([b"null", b"[]", b"3", b"{}", b'{"arrays": 3}', b'{"arrays": [[]]}', b"[" * 4000]))
                + b"\n",
            ]
        )
    )
    kept.write_bytes(other)
    found = cached_grid("x", small_grid)
    assert all(np.array_equal(one, other) for one, other in zip(found, small_grid(), strict=True))
    assert kept.read_bytes() == good
    assert [path.name for path in folder.iterdir()] == [kept.name]


def test_where_the_folder_cannot_be_written_or_is_a_file_the_index_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("a file")
    assert len(cached_grid("x", small_grid).cells) == 3
    folder.unlink()

    def refuse(*_values: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert len(cached_grid("x", small_grid).cells) == 3
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert len(cached_grid("x", small_grid).cells) == 3


def test_a_folder_in_the_place_of_the_file_does_no_harm(folder: Path) -> None:
    cached_grid("x", small_grid)
    (kept,) = folder.iterdir()
    kept.unlink()
    kept.mkdir()
    assert len(cached_grid("x", small_grid).cells) == 3
    assert list(folder.iterdir()) == [kept]


@pytest.mark.slow
def test_an_index_of_the_same_shapes_under_other_names_is_not_used(folder: Path, tmp_path: Path) -> None:
    data = copy_data(tmp_path / "data")
    assert Atlas(Store(data)).sovereignty_of(TOYOHARA, "1950-01-01").tract == "yuzhno-sakhalinsk"
    assert len(list(folder.iterdir())) == 1

    def rename(document: dict[str, dict[str, object]]) -> None:
        document["tracts"]["aaa"] = document["tracts"].pop("abagaitu")
        document["places"].pop("abagaitu")

    spoil_json(data, "records.json", rename)
    with pytest.raises(DataDamagedError, match=r"atlas\.parquet cannot be used: its tracts are not those of records\.json"):
        Atlas(Store(data)).sovereignty_of(TOYOHARA, "1950-01-01")


@pytest.mark.slow
@pytest.mark.parametrize("home", [None, "", "/nowhere/at/all", "/dev/null", "relative"])
def test_without_a_home_the_answers_are_the_same_and_nothing_is_written_here(home: str | None, tmp_path: Path) -> None:
    kept = ("PATH", "PYTHONPATH", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | ({} if home is None else {"HOME": home})
    if home is None:
        environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")  # or the home of the password file would be written to
    code = f"import sovietpacific as s; print(s.sovereignty_of({TOYOHARA}, '1950-01-01').tract)"
    (tmp_path / "here").mkdir()
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=environment, cwd=tmp_path / "here", capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("yuzhno-sakhalinsk", "")
    assert list((tmp_path / "here").iterdir()) == []
