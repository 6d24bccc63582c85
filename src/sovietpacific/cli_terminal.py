"""What the command line tells a terminal, with no sign that gives it orders, and how it ends when the system bids it."""

from __future__ import annotations

import json
import signal
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from sovietpacific.errors import path_text

#: What the system sends to have a process end; Ctrl-C Python turns into an interrupt by itself.
_ENDINGS = ("SIGTERM", "SIGHUP")


def printable(text: str) -> str:
    r"""Write a text so that no sign in it, such as those of a file's name, gives a terminal an order; lines stay lines.

    >>> printable("a\x1b[2J\nb")
    'a\\x1b[2J\nb'
    """
    if text.replace("\n", "").isprintable():  # as nearly all are
        return text
    return "".join(sign if _is_shown(sign) else ascii(sign)[1:-1] for sign in text)


def _is_shown(sign: str) -> bool:
    return sign.isprintable() or sign == "\n" or unicodedata.category(sign) == "Zs"


def tell(text: str, *, err: bool = False) -> None:
    """Print a text, or to stderr; every word the command line says goes through here or `tell_json`."""
    click.echo(printable(text), err=err)


def tell_json(document: Any) -> None:
    """Print a document as JSON whose signs are as they are, but for those that give a terminal orders."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo("".join(sign if _is_shown(sign) else json.dumps(sign)[1:-1] for sign in text))


def tell_written(path: Path) -> None:
    """Say on stderr which file was written."""
    tell(f"wrote {path_text(path)}", err=True)


class Commands(click.Group):
    """The commands, whose refusals of words that no command knows are printable too: click repeats them as they were typed."""

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
        wrong.message = printable(wrong.message)  # type: ignore[misc] # click fixes it for its own subclasses
        raise


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the process as `sys.exit` does, with 128 and the signal's number, so that all is tidied up.

    Whoever has these signals ignored, as `nohup` does, or runs a command inside a program that handles them, is left alone.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():  # no other may say what a signal does
        numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
        before = {number: signal.SIG_DFL for number in numbers if signal.getsignal(number) is signal.SIG_DFL}
    try:
        for number in before:
            signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
