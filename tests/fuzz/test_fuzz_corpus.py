"""What fuzzing once found is answered or refused: never a traceback from within, a dead process, a
hang, a changed field.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import sovietpacific as sp
from sovietpacific import Atlas
from tests.fuzz.outcome import answered
from tests.fuzz.replay import Outcome, replay
from tests.fuzz.scratch import small_atlas
from tests.fuzz.smaller import smallest
from tests.fuzz.targets import CORPUS, TARGETS, corpus_of, target
from tests.fuzz.trees import ODD, less_json, write_toml


def told(outcomes: list[Outcome]) -> str:
    return "\n".join(
        f"{one.path.parent.name}/{one.path.name}: {one.what}\n{one.told}"
        for one in outcomes
        if not one.sound
    )


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_found_is_answered_or_refused(name: str, tmp_path: Path) -> None:
    """The inputs the search starts from are tried too, in the same process; the first of them must
    be answered.
    """
    starts = [tmp_path / f"start-{number}" for number in range(len(target(name).STARTS))]
    for path, start in zip(starts, target(name).STARTS, strict=True):
        path.write_bytes(start)
    outcomes = replay(name, [*starts, *corpus_of(name)])
    assert len(outcomes) > len(starts)
    assert not told(outcomes), told(outcomes)
    assert outcomes[0].what == "answered"


def test_every_kept_input_is_small_and_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == set(TARGETS)
    assert all(path.stat().st_size <= 4_096 for name in TARGETS for path in corpus_of(name))


def test_the_replay_tells_of_an_input_that_raises_kills_hangs_or_eats_the_memory(
    tmp_path: Path,
) -> None:
    deeds = ["answer", "raise", "die", "refuse", "hang", "refuse with an escape code", "answer"]
    deeds += (
        ["eat"] if sys.platform == "linux" else []
    )  # elsewhere the memory of a process has no limit
    paths = [tmp_path / f"{number}" for number in range(len(deeds))]
    for path, deed in zip(paths, deeds, strict=True):
        path.write_text(deed)
    outcomes = replay("tests.fuzz.mischief", paths, patience=2)
    assert [one.path for one in outcomes] == paths
    kinds = [one.what.split("-")[0] for one in outcomes]
    assert kinds[:7] == [
        "answered",
        "KeyError",
        "death",
        "refused",
        "hang",
        "AssertionError",
        "answered",
    ]
    assert kinds[7:] in ([], ["MemoryError"])


def test_the_small_atlas_answers_as_the_whole_one_does(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path))  # for the index of the small one
    for place in ("urup", (148.0, 45.1)):
        few, whole = (
            sp.sovereignty_of(place, "1945-08-28", atlas=one).to_dict()
            for one in (small_atlas(), atlas)
        )
        assert few == whole


def test_an_input_is_made_smaller_so_long_as_it_breaks() -> None:
    assert (
        smallest(b'{"a": [1, {"b": "xxx"}], "c": 2}', lambda data: b"xx" in data, less_json)
        == b"xx"
    )


def test_every_odd_value_can_be_written_as_toml() -> None:
    for value in ODD:
        assert value is None or write_toml({"a": value}).startswith(b'"a" = ')
    assert answered(lambda: None)
