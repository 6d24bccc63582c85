"""Whatever is typed, a command ends with 0, 1 or 2, says what is wrong in a line on stderr, and
shows no traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sovietpacific import SovietPacificError
from sovietpacific.cli.main import main
from tests.support.hostile import STEMS, TEXTS
from tests.support.questions import write_points

#: Every command with good words; what begins with a dash is an option, and stays when the others
#: are spoiled.
COMMANDS = {
    "at": ("1945-09-02", "--view", "control", "--region", "kurils.south", "--json"),
    "who": ("Urup", "1945-09-02", "--snap-km", "1", "--json"),
    "history": ("Urup", "--view", "control", "--json"),
    "places": ("Dairen", "--json"),
    "changes": (
        "1945-08-30",
        "1945-09-02",
        "--view",
        "control",
        "--region",
        "kurils.south",
        "--certain-only",
        "--json",
    ),
    "article": ("--json",),
    "label": (
        *(
            "points.csv",
            "-o",
            "out.csv",
            "--lon",
            "lon",
            "--lat",
            "lat",
            "--day",
            "date",
            "--view",
            "control",
        ),
        *("--snap-km", "0", "--columns", "holder", "--prefix", "in_", "--quiet"),
    ),
    "map": (
        *(
            "1945-09-02",
            "-o",
            "day.svg",
            "--view",
            "control",
            "--region",
            "kurils.south",
            "--title",
            "A title",
        ),
        *("--around", "Iturup", "60", "--scripts"),
    ),
    "timeline": (
        "-o",
        "all.html",
        "--day",
        "1945-09-02",
        "--view",
        "control",
        "--region",
        "kurils.south",
        "--title",
        "A title",
    ),
    "compare": (
        *(
            "1945-08-08",
            "1945-09-02",
            "-o",
            "war.svg",
            "--view",
            "control",
            "--region",
            "kurils.south",
            "--title",
            "A title",
        ),
        *("--around", "Iturup", "60", "--scripts"),
    ),
    "animate": (
        *(
            "1945-09-01",
            "1945-09-02",
            "-o",
            "film.gif",
            "--view",
            "control",
            "--region",
            "kurils.south",
            "--title",
            "A title",
        ),
        *(
            "--around",
            "Iturup",
            "60",
            "--step",
            "1",
            "--width",
            "320",
            "--seconds",
            "0.5",
            "--quiet",
        ),
    ),
    "export": (
        *(
            "-o",
            "out.csv",
            "--layout",
            "tenures",
            "--view",
            "control",
            "--region",
            "kurils.south",
            "--since",
            "1945-08-08",
        ),
        *("--until", "1945-09-02", "--detail", "light"),
    ),
    "build": ("--seeds", "nowhere", "--data", "data", "--coast"),
    "check": ("--seeds", "nowhere", "--data", "data"),
}
#: Of two options that exclude each other, the one that is left out when all is good; drawing is
#: dear, and `--coast` asks registries.
LEFT_OUT = {
    "map": ("--region", 1),
    "compare": ("--region", 1),
    "animate": ("--region", 1),
    "build": ("--coast", 0),
}
#: Commands whose good answer takes long.
DRAWING = ("map", "timeline", "compare", "animate", "article")
NUMBERS = (
    "nan",
    "inf",
    "-1",
    "1e400",
    "0x10",
    "1_0",
    "９",
    "99999999999999999999",
    "0.0000001",
    "-0",
)
#: A system hands over no NUL, and no surrogate but those that stand for bytes that are no text.
WORDS = (
    *(text for text in TEXTS if not {"\0", "\ud800"} & set(text) and len(text) < 100_000),
    *NUMBERS,
    "x" * 5000,
    "-",
    "--",
    "@x",
    "~",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with points to read, where the commands run."""
    monkeypatch.chdir(tmp_path)
    write_points(tmp_path)
    return tmp_path


def good_words(name: str) -> list[str]:
    """Give the good words of a command, without an option that another excludes."""
    words = list(COMMANDS[name])
    if name in LEFT_OUT:
        option, values = LEFT_OUT[name]
        place = words.index(option)
        del words[place : place + 1 + values]
    return words


def complaint(words: list[str]) -> str | None:
    """Run a command, and give what is wrong with how it ended; None if nothing is."""
    result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return f"{type(result.exception).__name__} from within: {result.exception!a:.200}"
    if result.exit_code not in (0, 1, 2) or "Traceback" in result.output:
        return f"exit code {result.exit_code}: {result.output[:200]!a}"
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    if result.exit_code and not (len(errors) == 1 or (words[0] in ("build", "check") and errors)):
        return f"exit code {result.exit_code} with {len(errors)} lines of errors: {result.stderr[:300]!a}"
    refusal = getattr(result.exception, "__context__", None)
    ours = isinstance(getattr(refusal, "__cause__", None), SovietPacificError | OSError)
    if ours and not all(len(line) < 2000 for line in errors):
        return f"an endless error: {errors[0][:200]!a}"
    if any(
        unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        for sign in result.stderr.replace("\n", "")
    ):
        return f"what no terminal should be given: {result.stderr[:200]!a}"
    return None


def complaints(name: str, words: tuple[str, ...], every: int = 1) -> list[str]:
    """Put every so many of `words` in the place of each good word of a command that is no option."""
    good, found = good_words(name), []
    for place, word in enumerate(good):
        if word.startswith("-"):
            continue
        bad = (
            (
                *words,
                *(stem + Path(word).suffix for stem in STEMS if not {"\0", "\ud800"} & set(stem)),
            )
            if "." in word
            else words
        )
        for number, other in enumerate(bad):
            if (number + place) % every == 0 and (
                wrong := complaint([name, *good[:place], other, *good[place + 1 :]])
            ):
                found.append(f"{other[:20]!a} for {word!r}: {wrong}")
    return found


def test_every_command_and_every_option_stands_here() -> None:
    assert set(COMMANDS) == set(main.commands)
    for name, command in main.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert set(parameter.opts) & set(COMMANDS[name]), f"{name} {parameter.opts}"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in DRAWING])
def test_a_command_says_in_a_line_what_is_wrong(name: str) -> None:
    assert complaint([name, *good_words(name)]) is None
    assert complaints(name, WORDS, every=8) == []


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_breaks_a_command(name: str) -> None:
    assert complaint([name, *good_words(name)]) is None
    assert complaints(name, WORDS, every=6 if name in DRAWING else 1) == []


@settings(max_examples=25)
@given(
    name=st.sampled_from(["at", "who", "history", "places", "changes"]),
    words=st.lists(st.text(max_size=20), max_size=5),
)
def test_words_of_no_sense_are_refused(name: str, words: list[str]) -> None:
    assert complaint([name, *(word.replace("\0", "") for word in words)]) is None


def run(*words: bytes | str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-c", "from sovietpacific.cli.main import main; main()", *words]
    return subprocess.run(command, **{"capture_output": True, "check": False, **options})


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_terminal_gets_answers_and_refusals(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    for words in (("at", "1945-09-02"), ("places", "Dairen"), ("who", "豊原", "1945-09-02")):
        assert run(*words, env=environment).returncode == 0
    for word in (b"\xff\xfe", "豊原市市".encode("shift_jis"), b"\x1b[2J"):
        for words in (["who", word, "1945-09-02"], ["map", "1945-09-02", "-o", word + b".txt"]):
            done = run(*words, env=environment)
            assert done.returncode in (1, 2), done.stderr
            assert b"Traceback" not in done.stderr
            assert done.stderr.count(b"Error: ") == 1


@pytest.mark.slow
def test_an_answer_nobody_reads_to_its_end_or_that_has_no_room_shows_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run("history", "Urup", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            done = run("history", "Urup", stdout=full, stderr=subprocess.PIPE, capture_output=False)
        assert done.returncode == 1
        assert b"No space left on device" in done.stderr
        assert b"Traceback" not in done.stderr
