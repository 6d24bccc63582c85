"""Whatever is asked, nothing is written but the file that was named and the point index, and the
network is never used.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "reach",
    [
        lambda made: made.connect(("192.0.2.1", 80)),
        lambda made: made.connect_ex(("192.0.2.1", 80)),
        lambda made: made.sendto(b"x", ("192.0.2.1", 53)),
        lambda _: socket.getaddrinfo("example.org", 80),
        lambda _: socket.gethostbyname("example.org"),
        lambda _: socket.create_connection(("example.org", 80)),
        lambda _: urlopen("https://example.org"),
    ],
)
def test_the_tests_themselves_cannot_reach_the_network(
    reach: Callable[[socket.socket], object],
) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made,
        pytest.raises(AssertionError, match="must not use the network"),
    ):
        reach(made)


@pytest.mark.slow
def test_nothing_is_touched_but_what_was_named(root: Path, tmp_path: Path) -> None:
    for name in ("home", "tmp", "cache"):
        (tmp_path / name).mkdir()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "SOVIETPACIFIC_CACHE": str(tmp_path / "cache"),
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": os.devnull,
    }
    before = {
        path: path.stat().st_mtime_ns
        for part in ("src", "data", "seeds")
        for path in (root / part).rglob("*")
    }
    command = [sys.executable, "-m", "tests.support.everything", str(tmp_path)]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["touched"] == []
    assert told["probe"] == [f"a probe opened {str(tmp_path / 'elsewhere')!a}"]
    assert told["seen"]["opened for writing"] > 20
    assert told["seen"]["os.rename"] > 30
    # What is opened below Python, by Arrow, GDAL or ffmpeg, no hook sees: so look at what is there
    # in the end.
    assert files_below(tmp_path / "home") == files_below(tmp_path / "tmp") == set()
    assert len(files_below(tmp_path / "cache")) == 1
    assert not [name for name in files_below(tmp_path) if ".part" in name]
    assert {
        path: path.stat().st_mtime_ns
        for part in ("src", "data", "seeds")
        for path in (root / part).rglob("*")
    } == before
