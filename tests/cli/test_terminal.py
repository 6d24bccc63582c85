"""No sign of a name or a text gives a terminal an order, and a command that the system ends leaves
nothing half done.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sovietpacific.cli import terminal
from sovietpacific.cli.main import main
from tests.support.questions import write_points

SOURCE = Path(__file__).parents[2] / "src" / "sovietpacific"
#: Clears the screen, sets the title, goes back over what was written, and turns what follows round.
ORDERS = (
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x9b2J",
    "over\rwritten",
    "a\nline",
    "\u202eabc",
    "back\b\b\b",
    "\x7f",
    "\u2028",
)


def orders_in(text: str) -> set[str]:
    return {
        sign
        for order in ORDERS
        for sign in order
        if not sign.isprintable() and sign != "\n" and sign in text
    }


@pytest.mark.parametrize(
    ("words", "ending", "order"),
    [
        *((("label", "points.csv", "-o"), ".csv", order) for order in ORDERS),
        *((("export", "--region", "kurils.south", "-o"), ".csv", order) for order in ORDERS),
        (("map", "1945-09-02", "--around", "Iturup", "60", "-o"), ".svg", ORDERS[0]),
        (
            (
                "animate",
                "1945-09-01",
                "1945-09-02",
                "--around",
                "Iturup",
                "60",
                "--width",
                "320",
                "-o",
            ),
            ".gif",
            ORDERS[0],
        ),
    ],
)
def test_the_name_of_a_file_that_was_written_gives_no_orders(
    words: tuple[str, ...], ending: str, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_points(tmp_path)
    result = CliRunner().invoke(main, [*words, order + ending])
    assert result.exit_code == 0, result.output
    assert (tmp_path / (order + ending)).is_file()
    assert orders_in(result.output) == set()
    assert result.stderr.splitlines()[-1] == f"wrote {order + ending!r}"


@pytest.mark.parametrize("order", ORDERS)
def test_a_progress_bar_gives_no_orders(
    order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_points(tmp_path)
    (tmp_path / "points.csv").rename(tmp_path / f"{order}.csv")
    told: list[str] = []
    bar = click.progressbar
    monkeypatch.setattr(
        click, "progressbar", lambda **options: told.append(options["label"]) or bar(**options)
    )
    assert CliRunner().invoke(main, ["label", f"{order}.csv", "-o", "out.csv"]).exit_code == 0
    assert told == [repr(f"{order}.csv")]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "words",
    [
        ("{}",),
        ("--{}",),
        ("at", "1945-09-02", "{}"),
        ("at", "--{}", "1945-09-02"),
        ("at", "{}"),
        ("who", "{}", "1945-09-02"),
    ],
    ids=str,
)
def test_a_word_that_is_refused_gives_no_orders(words: tuple[str, ...], order: str) -> None:
    result = CliRunner().invoke(main, [word.format(order) for word in words])
    assert result.exit_code in (1, 2)
    assert orders_in(result.output) == set()


def test_a_remark_of_the_build_gives_no_orders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sovietpacific.builder import pipeline

    monkeypatch.setattr(pipeline, "build", lambda *_: [f"remark {order}" for order in ORDERS])
    monkeypatch.setattr(pipeline, "check", lambda *_: [f"problem {order}" for order in ORDERS])
    monkeypatch.chdir(tmp_path)
    for command in ("build", "check"):
        assert orders_in(CliRunner().invoke(main, [command]).output) == set()


def test_json_keeps_its_signs_and_gives_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    document = {"names": ["豊原", "Ю́жно", "a\xa0b", *ORDERS, "\ud800"]}
    terminal.tell_json(document)
    told = capsys.readouterr().out
    assert orders_in(told) == set()
    assert "豊原" in told
    assert json.loads(told) == document


def test_all_that_commands_print_goes_through_one_place() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if path != SOURCE / "cli" / "terminal.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("click.echo", "click.secho", "print", "sys.stdout.write")
    ]
    assert found == []


#: A command that has begun to write its file, says so, and then waits for as long as it is let.
WAITING = """
import sys, time
from pathlib import Path
import sovietpacific.labels.files as label_files
from sovietpacific.cli.main import main

def half(labeller, source, part, *_):
    Path(part).write_text("half")
    print("begun", flush=True)
    while True:
        time.sleep(0.01)

label_files.label_csv = half
main(["label", "points.csv", "-o", sys.argv[1], "--quiet"])
"""


def ended_by(number: int, folder: Path, before: Callable[[], object] | None = None) -> int:
    """Send a signal to a command that has begun to write, and give how it ended."""

    def begin() -> None:
        for ending in (
            signal.SIGINT,
            signal.SIGTERM,
            signal.SIGHUP,
        ):  # whoever runs the tests in the background ignores some
            signal.signal(ending, signal.SIG_DFL)
        if before is not None:
            before()

    with subprocess.Popen(
        [sys.executable, "-c", WAITING, "out.csv"],
        cwd=folder,
        stdout=subprocess.PIPE,
        preexec_fn=begin,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        os.kill(process.pid, number)
        if before is not None:
            os.kill(process.pid, signal.SIGTERM)
        try:
            return process.wait(timeout=60)
        finally:
            process.kill()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_command_that_is_ended_leaves_the_old_file_and_nothing_beside_it(
    name: str, tmp_path: Path
) -> None:
    write_points(tmp_path)
    (tmp_path / "out.csv").write_text("old")
    before = sorted(path.name for path in tmp_path.iterdir())
    number = getattr(signal, name)
    assert ended_by(number, tmp_path) == (1 if name == "SIGINT" else 128 + number)
    assert (tmp_path / "out.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_signal_that_is_ignored_from_the_start_stays_ignored(tmp_path: Path) -> None:
    write_points(tmp_path)
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731 - as nohup does
    assert ended_by(signal.SIGHUP, tmp_path, before=ignore) == 128 + signal.SIGTERM


@pytest.mark.parametrize("handler", [signal.SIG_DFL, signal.SIG_IGN, lambda *_: None])
def test_a_program_that_runs_a_command_keeps_its_own_handlers(
    handler: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {number: signal.signal(number, handler) for number in (signal.SIGTERM, signal.SIGHUP)}  # type: ignore[arg-type]
    meanwhile: list[object] = []
    tell = terminal.tell
    monkeypatch.setattr(
        "sovietpacific.cli.questions.tell",
        lambda *told: meanwhile.append(signal.getsignal(signal.SIGTERM)) or tell(*told),
    )
    try:
        assert CliRunner().invoke(main, ["who", "Urup", "1945-09-02"]).exit_code == 0
        assert signal.getsignal(signal.SIGTERM) == signal.getsignal(signal.SIGHUP) == handler
        assert meanwhile == [terminal._end if handler is signal.SIG_DFL else handler]
    finally:
        for number, old in before.items():
            signal.signal(number, old)
