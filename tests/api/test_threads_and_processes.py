"""Threads and processes that ask at once get the answers that one gets, from an atlas nobody has
asked before.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sovietpacific as sp
from sovietpacific import Atlas, atlas, loading
from sovietpacific.facts.store import Store
from tests.support.damage import DATA

THREADS = 8


@pytest.fixture
def quick_switches() -> Any:
    """Have Python change threads as often as it can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Do the work in threads that begin together, and give what each found."""
    begin = Barrier(threads)

    def each(number: int) -> Any:
        begin.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(each, range(threads)))


def points(rows: int, seed: int = 7) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    days = pd.Timestamp("1855-01-01") + pd.to_timedelta(chance.integers(0, 62_000, rows), "D")
    return pd.DataFrame(
        {"lon": chance.uniform(115, 160, rows), "lat": chance.uniform(34, 55, rows), "date": days}
    )


QUESTIONS: dict[str, Callable[[Atlas], Any]] = {
    "borders": lambda a: sp.borders_at("1945-09-02", region="kurils", atlas=a).to_json(),
    "tracts": lambda a: sp.tracts_at("1945-09-02", region="kurils", atlas=a).to_json(),
    "lines": lambda a: sp.lines_at("1953-08-01", region="korea", atlas=a).to_json(),
    "place": lambda a: sp.sovereignty_of("urup", "1950-01-01", view="japan", atlas=a).to_dict(),
    "point": lambda a: sp.sovereignty_of((142.7, 47.0), "1950-01-01", atlas=a).to_dict(),
    "sea": lambda a: sp.sovereignty_of((141.0, 46.2), "1945-08-29", snap_km=20, atlas=a).to_dict(),
    "history": lambda a: sp.history_of((126.55, 37.97), atlas=a).to_json(),
    "changes": lambda a: sp.changes_between(
        "1945-08-08", "1945-09-05", region="kurils", atlas=a
    ).to_json(),
    "label": lambda a: sp.label(points(500), atlas=a, snap_km=30).to_json(date_format="iso"),
}


@pytest.mark.usefixtures("quick_switches")
@pytest.mark.parametrize(
    "name",
    [
        "place",
        pytest.param("borders", marks=pytest.mark.slow),
        pytest.param("point", marks=pytest.mark.slow),
    ],
)
def test_threads_of_a_cold_atlas_get_one_answer(name: str) -> None:
    expected = QUESTIONS[name](sp.load_atlas())
    cold = Atlas(Store(DATA))
    assert at_once(lambda _: QUESTIONS[name](cold)) == [expected] * THREADS


@pytest.mark.slow
@pytest.mark.usefixtures("quick_switches")
def test_threads_that_ask_everything_of_a_cold_atlas_get_the_same() -> None:
    expected = {name: ask(sp.load_atlas()) for name, ask in QUESTIONS.items()}
    names = list(QUESTIONS)
    for _ in range(2):
        cold = Atlas(Store(DATA))

        def all_of(number: int, cold: Atlas = cold) -> dict[str, Any]:
            order = names[number % len(names) :] + names[: number % len(names)]
            return {name: QUESTIONS[name](cold) for name in order}

        assert at_once(all_of) == [expected] * THREADS


@pytest.mark.slow
@pytest.mark.usefixtures("quick_switches")
def test_what_is_kept_ready_may_be_dropped_while_others_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(atlas, "ANSWERS_KEPT", 3)
    monkeypatch.setattr(atlas, "MAPS_KEPT", 2)
    asked = Atlas(Store(DATA))
    days = [date(1945, 8, 1) + timedelta(days=number) for number in range(12)]

    def work(number: int) -> int:
        for day in days[number:] + days[:number]:
            assert sp.sovereignty_of("urup", day, atlas=asked).tract == "urup"
            assert (
                len(sp.borders_at(day, region="kurils.south.habomai", detail="light", atlas=asked))
                >= 1
            )
        return len(asked._maps)

    assert max(at_once(work)) <= 2 + THREADS


class Forgetful(dict[Any, Any]):
    """Forgets at once what is put into it, as where another thread clears it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_an_answer_that_is_dropped_at_once_is_given_all_the_same() -> None:
    asked = Atlas(Store(DATA))
    asked._answers = Forgetful()
    assert sp.sovereignty_of("urup", "1950-01-01", atlas=asked).control.lineages == ("russia",)


@pytest.mark.usefixtures("quick_switches")
def test_threads_that_load_at_once_get_one_atlas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_atlases", {})
    assert len({id(found) for found in at_once(lambda _: sp.load_atlas())}) == 1


@pytest.mark.parametrize("rows", [1_000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_labels_from_threads_are_those_from_one(rows: int) -> None:
    log = points(rows)
    snap = 10 if rows < 10_000 else 0
    expected = sp.label(log, snap_km=snap)
    parts = at_once(lambda number: sp.label(log.iloc[number::THREADS], snap_km=snap))
    whole = at_once(lambda _: sp.label(log, snap_km=snap), 4)
    for number, part in enumerate(parts):
        assert part.equals(expected.iloc[number::THREADS])
    assert all(frame.equals(expected) for frame in whole)
    assert expected["tract"].notna().sum() > rows / 10


ASK = """
import sovietpacific as sp, sys
sys.stdin.readline()
print([sp.sovereignty_of((lon, 47.0), '1950-01-01', snap_km=500).tract for lon in (142.7, 135.0, 126.0, 119.0)])
"""


@pytest.mark.slow
def test_processes_that_make_the_index_at_once_leave_one_that_is_whole(tmp_path: Path) -> None:
    sums = set()
    for number in range(2):
        folder = tmp_path / f"cache-{number}"
        environment = {**os.environ, "SOVIETPACIFIC_CACHE": str(folder)}
        pipes: dict[str, Any] = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
        }
        runs = [
            subprocess.Popen([sys.executable, "-c", ASK], env=environment, **pipes)
            for _ in range(2 + number % 2)
        ]
        told = [run.communicate("go\n") for run in runs]
        assert told[0][0].startswith("['yuzhno-sakhalinsk', ")
        assert [said for _, said in told] == [""] * len(runs)
        assert len({answer for answer, _ in told}) == 1
        (kept,) = folder.iterdir()
        sums.add(hashlib.sha256(kept.read_bytes()).hexdigest())
        again = subprocess.run(
            [sys.executable, "-c", ASK],
            env=environment,
            input="go\n",
            capture_output=True,
            text=True,
            check=True,
        )
        assert again.stdout == told[0][0]
    assert len(sums) == 1
