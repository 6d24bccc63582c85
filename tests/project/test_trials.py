"""The trials of the packages find the Pythons there are, name those there are not, and fail where
one environment fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from release import packages
from release.packages import (
    PYTHONS,
    Trial,
    TrialError,
    find_python,
    list_trials,
    main,
    make_environment,
)

THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_this_python_is_found_and_one_that_is_not_there_is_not() -> None:
    assert find_python(THIS) == Path(sys.executable)
    assert find_python("3.99") is None


def test_every_python_is_tried_at_both_ends_or_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        packages, "find_python", lambda version: None if version == "3.12" else Path("python")
    )
    trials = list(list_trials(Path("a.whl"), Path("a.tar.gz")))
    assert {trial.python for trial in trials} == set(PYTHONS) - {"3.12"}
    assert [(trial.ends, trial.package.name) for trial in trials[:2]] == [
        ("lowest", "a.whl"),
        ("newest", "a.tar.gz"),
    ]
    assert capsys.readouterr().out == "Python 3.12: not on this machine, passed over\n"
    assert str(trials[1]) == "Python 3.11, newest versions, sdist"


def test_an_environment_that_cannot_be_made_says_what_was_run(tmp_path: Path) -> None:
    trial = Trial("3.11", tmp_path / "no-python", "lowest", tmp_path / "a.whl")
    with pytest.raises(TrialError, match=r"uv .*venv --python .*no-python.* failed:"):
        make_environment(trial, tmp_path / "made", today=True)


@pytest.mark.parametrize("bad", ["", "lowest", "suite"])
def test_one_failure_fails_all(
    bad: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def tried(what: str) -> str:
        if what == bad:
            raise TrialError("it broke")
        return "it worked"

    monkeypatch.setattr(
        packages, "build_packages", lambda _folder: (Path("a.whl"), Path("a.tar.gz"))
    )
    monkeypatch.setattr(
        packages, "find_python", lambda version: Path("python") if version == "3.11" else None
    )
    monkeypatch.setattr(
        packages, "try_smoke", lambda trial, _folder, today: tried("" if today else trial.ends)
    )
    monkeypatch.setattr(
        packages, "try_suite", lambda _trial, _folder, today: tried("" if today else "suite")
    )
    assert main(["--suite"]) == (1 if bad in ("lowest", "suite") else 0)
    printed = capsys.readouterr().out
    assert (
        printed.splitlines()[-1]
        == {
            "": "4 passed, 0 failed",
            "lowest": "3 passed, 1 failed",
            "suite": "2 passed, 2 failed",
        }[bad]
    )
    assert ("it broke" in printed) == bool(bad)
