"""Read the options that many questions share, flags, texts, numbers and paths, and refuses what is
of another kind.

Knows the words of refusals and nothing of the records: what is allowed is passed in.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from itertools import islice
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from sovietpacific.errors import OptionError, shown

#: The most items of a list; a longer one is cut here, and refused by whoever counts the items.
MOST_ITEMS = 100_000


def read_flag(value: object, name: str) -> bool:
    """Return a flag: True or False, numpy's included.

    Raise `OptionError` for anything else, "no" and 0 too.

    >>> read_flag("no", "context")
    Traceback (most recent call last):
    sovietpacific.errors.OptionError: context='no' is neither True nor False
    """
    if isinstance(value, bool):
        return value
    if type(value).__module__ == "numpy" and type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    raise OptionError(f"{name}={shown(value)} is neither True nor False")


def read_text(value: object, name: str) -> str:
    """Return a text as a plain `str`, whatever subclass it is of.

    Raise `OptionError` for what is no text.
    """
    if isinstance(value, str):
        return str.__str__(value)
    raise OptionError(f"{name}={shown(value)} ({type(value).__name__}) is no text")


def read_name(value: object, name: str) -> str:
    """Return a text that can be the name of a column, or part of one.

    Raise `OptionError` for any other, and for what is no text.
    """
    text = read_text(value, name)
    try:
        text.encode()
    except UnicodeEncodeError as wrong:
        raise OptionError(
            f"{name}={shown(text)} has signs that no name of a column can have"
        ) from wrong
    return text


def read_title(value: object) -> str | None:
    """Return a title, None where none is given; raise `OptionError` for what is no text."""
    return None if value is None else read_text(value, "title")


def read_km(value: Any, name: str) -> float:
    """Return a distance of 0 or more kilometres.

    Raise `OptionError` for less, and for what is no number, True and False included.
    """
    if is_number(value, Real):
        try:
            km = float(value)
        except (OverflowError, ValueError):
            km = math.inf
        if 0 <= km < math.inf:
            return km
    raise OptionError(f"{name} = {shown(value)} is not a distance; give 0 or more kilometres")


def read_number(value: Any, name: str, least: float, most: float, unit: str = "") -> float:
    """Return a number from `least` to `most`.

    Raise `OptionError` for any other, and for what is no number.
    """
    if is_number(value, Real) and least <= value <= most:
        return float(value)
    allowed = f"a number from {least:g} to {most:g} {unit}".rstrip()
    raise OptionError(f"{name}={shown(value)} is given; give {allowed}")


def read_whole(value: Any, name: str, least: int, most: int, unit: str = "") -> int:
    """Return a whole number from `least` to `most`.

    Raise `OptionError` for any other, and for what is no whole number.
    """
    if is_number(value, Integral) and least <= value <= most:
        return int(value)
    allowed = f"a whole number from {least} to {most} {unit}".rstrip()
    raise OptionError(f"{name}={shown(value)} is given; give {allowed}")


def is_number(value: Any, kind: type) -> bool:
    """Return whether a value is a `Real` or an `Integral`, whichever `kind` is.

    True and False are no numbers here, nor is a duration of numpy's.
    """
    return (
        isinstance(value, kind)
        and not isinstance(value, bool)
        and type(value).__name__ != "timedelta64"
    )


def read_list(value: Any, name: str) -> list[Any]:
    """Return the items of a list, or of whatever else can be gone through.

    Raise `OptionError` for what cannot, and for a text.
    """
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        try:
            return list(islice(value, MOST_ITEMS))
        except Exception as wrong:  # an object of others may raise whatever it likes
            raise OptionError(
                f"{name}={shown(value)} cannot be gone through; give a list"
            ) from wrong
    raise OptionError(f"{name}={shown(value)} is no list; give one")


def read_path(value: object, name: str) -> Path:
    """Return a path.

    Raise `OptionError` for what is none, and for one that no file of this system can have.
    """
    try:
        path = os.fspath(value)  # type: ignore[call-overload]
    except Exception:  # noqa: BLE001 - an object of others may raise whatever it likes
        path = None
    if not isinstance(path, str):
        kind = type(value).__name__
        raise OptionError(
            f"{name}={shown(value)} ({kind}) is no path; give a text or a pathlib.Path"
        )
    path = str.__str__(path)
    impossible = f"{name}={shown(path)} has signs that no name of a file can have"
    try:
        os.fsencode(path)
    except UnicodeEncodeError as wrong:
        raise OptionError(impossible) from wrong
    if "\0" in path:
        raise OptionError(impossible)
    return Path(path)


def read_callback(value: Any, name: str) -> Callable[[int, int], None] | None:
    """Return what is called with how far the work is, None where nothing is.

    Raise `OptionError` for what cannot be called.
    """
    if value is None or callable(value):
        return value  # type: ignore[no-any-return]
    raise OptionError(
        f"{name}={shown(value)} cannot be called; give a function of (done, total), or None"
    )
