"""Whatever is given to a public function, a good answer comes or one of our errors; never a
traceback from within.
"""

from __future__ import annotations

import inspect
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from release.public_facts import UNPROMISED
from sovietpacific import maps
from tests.support.hostile import ANYTHING, VALUES
from tests.support.questions import CLASSES, NOT_ASKED, QUESTIONS, Question, write_points

LIGHT = [name for name, question in QUESTIONS.items() if not question.heavy]
HEAVY = [name for name, question in QUESTIONS.items() if question.heavy]
#: The longest a refusal may be: a few lines of a terminal.
MOST = 900


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with points to read, which is also where relative paths begin."""
    monkeypatch.chdir(tmp_path)
    write_points(tmp_path)
    return tmp_path


def complaint(question: Question, values: dict[str, Any]) -> str | None:
    """Ask, and give what is wrong with what came of it; None for a good answer and for a fair
    refusal.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", sp.UnansweredWarning)
            answer = question.ask(**values)
    except sp.SovietPacificError as refusal:
        message = str(refusal)
        if (
            not message.strip()
            or len(message) > MOST
            or not message.replace("\n", "").isprintable()
        ):
            return f"{type(refusal).__name__} says {len(message)} signs: {message[:60]!a}"
        return None
    except OSError as refusal:
        return None if question.files else repr(refusal)
    except Exception as wrong:  # noqa: BLE001 - any other is what the test looks for
        return f"{type(wrong).__name__} from within"
    classes = [kind.__name__ for kind in type(answer).__mro__]
    return None if question.gives in classes else f"an answer of the class {classes[0]}"


def complaints(name: str, folder: Path, every: int = 1) -> list[str]:
    """Give a good value to all parameters of a question but one, and that one every so many of the
    hostile values.
    """
    question, found = QUESTIONS[name], []
    for place, parameter in enumerate(question.good):
        for number, (told, value) in enumerate(question.hostile(parameter, folder)):
            if (number + place) % every == 0:
                wrong = complaint(question, {**question.values(folder), parameter: value})
                found += [f"{parameter} = {told}: {wrong}"] if wrong else []
    return found


def test_every_public_name_stands_among_the_questions() -> None:
    asked = {name for name in sp.__all__ if name not in NOT_ASKED} | {
        f"maps.{name}" for name in maps.__all__
    }
    for name, kind in CLASSES.items():
        methods = {
            method
            for method, made in vars(kind).items()
            if not method.startswith("_") and not isinstance(made, classmethod)
        }
        called = {method for method in methods if callable(vars(kind)[method])}
        asked |= {f"{name}.{method}" for method in called | ({"plot"} & methods)}
    assert set(QUESTIONS) == asked - UNPROMISED


@pytest.mark.parametrize("name", [name for name in QUESTIONS if not name.startswith("AtlasFrame.")])
def test_every_parameter_has_a_good_value(name: str) -> None:
    owner, _, member = name.rpartition(".")
    home = {"": sp, "maps": maps, **CLASSES}[owner]
    parameters = inspect.signature(getattr(home, member)).parameters
    named = {
        key
        for key, parameter in parameters.items()
        if parameter.kind is not parameter.VAR_KEYWORD and key != "self"
    }
    assert named <= set(QUESTIONS[name].good)


@pytest.mark.parametrize("name", LIGHT)
def test_a_question_is_answered_and_some_hostile_values_are_refused(
    name: str, folder: Path
) -> None:
    question = QUESTIONS[name]
    assert complaint(question, question.values(folder)) is None
    assert complaints(name, folder, every=9) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", LIGHT)
def test_no_hostile_value_breaks_a_question(name: str, folder: Path) -> None:
    assert complaints(name, folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_no_hostile_value_breaks_what_draws(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib import pyplot

    question = QUESTIONS[name]
    assert complaint(question, question.values(folder)) is None
    few = {
        told: make
        for number, (told, make) in enumerate(VALUES.items())
        if not told.startswith("text") or number % 6 == 0
    }
    # Most texts are fair titles, and each is drawn.
    monkeypatch.setattr("tests.support.questions.VALUES", few)
    assert (
        complaints(name, folder, every=3 if question.files else 1) == []
    )  # what is saved is drawn by the others too
    pyplot.close("all")


@settings(max_examples=100)
@given(data=st.data())
def test_several_hostile_values_at_once_break_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    name = data.draw(
        st.sampled_from(
            [name for name in LIGHT if QUESTIONS[name].good and not QUESTIONS[name].files]
        )
    )
    question = QUESTIONS[name]
    spoiled = data.draw(
        st.lists(st.sampled_from(sorted(question.good)), min_size=1, max_size=3, unique=True)
    )
    values = {
        **question.values(folder),
        **{parameter: data.draw(ANYTHING) for parameter in spoiled},
    }
    assert complaint(question, values) is None
