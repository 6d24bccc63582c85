"""Write to a terminal without signs that give it orders, and end well when the system says so.

Knows signs and signals, and nothing of the atlas.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from sovietpacific.errors import path_text

#: What the system sends to have a process end; Ctrl-C Python turns into an interrupt by itself.
_ENDINGS = ("SIGTERM", "SIGHUP")


def printable(text: str) -> str:
    r"""Return a text in which no sign gives a terminal an order; lines stay lines.

    A name of a file may hold such signs, and what is typed.

    >>> printable("a\x1b[2J\nb")
    'a\\x1b[2J\nb'
    """
    if text.replace("\n", "").isprintable():  # as nearly all are
        return text
    return "".join(sign if _is_shown(sign) else ascii(sign)[1:-1] for sign in text)


def _is_shown(sign: str) -> bool:
    return sign.isprintable() or sign == "\n" or unicodedata.category(sign) == "Zs"


def tell(text: str, *, err: bool = False) -> None:
    """Print a text on stdout, or on stderr if `err`.

    Every word the command line says goes through here or through `tell_json`.
    """
    click.echo(printable(text), err=err)


def tell_json(document: Any) -> None:
    """Print a document as JSON, all signs as they are but those that give a terminal orders."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo("".join(sign if _is_shown(sign) else json.dumps(sign)[1:-1] for sign in text))


def tell_written(path: Path) -> None:
    """Print on stderr which file was written."""
    tell(f"wrote {path_text(path)}", err=True)


@contextmanager
def progress_bar(name: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how far the work on the file `name` is; yield what is told it."""
    with click.progressbar(
        length=1, file=sys.stderr, hidden=quiet, label=path_text(name), show_percent=True
    ) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


class Commands(click.Group):
    """The commands; their refusals are printable too.

    Click repeats words that no command knows as they were typed.
    """

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the words before the command."""
        with _refusing_printably():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the words of the command and run it, ending in order when the system bids it."""
        with _refusing_printably(), _ending_in_order():
            return super().invoke(ctx)


@contextmanager
def _refusing_printably() -> Iterator[None]:
    try:
        yield
    except click.ClickException as wrong:
        # Click declares the message final for its own subclasses.
        wrong.message = printable(wrong.message)  # type: ignore[misc]
        raise


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the process as `sys.exit` does, so that all is tidied up.

    The exit code is 128 and the signal's number. Whoever has these signals ignored, as `nohup`
    does, or runs a command inside a program that handles them, is left alone.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():  # no other may say what a signal does
        numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
        before = {
            number: signal.SIG_DFL
            for number in numbers
            if signal.getsignal(number) is signal.SIG_DFL
        }
    try:
        for number in before:
            signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
