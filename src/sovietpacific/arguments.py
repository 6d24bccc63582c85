"""Reads the options that many questions share, flags, texts, numbers and paths, and refuses what is of another kind."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from itertools import islice
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from sovietpacific.errors import OptionError, PlaceError, shown

#: A list may have so many items; one that is longer is cut here, and refused by whoever counts them.
MOST_ITEMS = 100_000


def read_flag(given: object, name: str) -> bool:
    """Give True or False, numpy's included; anything else, "no" or 0 too, is refused with `OptionError`.

    >>> read_flag("no", "context")
    Traceback (most recent call last):
    sovietpacific.errors.OptionError: context='no' is neither True nor False
    """
    if isinstance(given, bool):
        return given
    if type(given).__module__ == "numpy" and type(given).__name__ in ("bool", "bool_"):
        return bool(given)
    raise OptionError(f"{name}={shown(given)} is neither True nor False")


def read_text(given: object, name: str) -> str:
    """Give a text as a plain `str`, whatever subclass it is of; `OptionError` for what is no text."""
    if isinstance(given, str):
        return str.__str__(given)
    raise OptionError(f"{name}={shown(given)} ({type(given).__name__}) is no text")


def read_name(given: object, name: str) -> str:
    """Give a text that can be the name of a column, or part of one; `OptionError` for any other and for what is no text."""
    told = read_text(given, name)
    try:
        told.encode()
    except UnicodeEncodeError as wrong:
        raise OptionError(f"{name}={shown(told)} has signs that no name of a column can have") from wrong
    return told


def read_title(given: object) -> str | None:
    """Give a title, None where none is given; `OptionError` for what is no text."""
    return None if given is None else read_text(given, "title")


def read_km(given: Any, name: str) -> float:
    """Give a distance of 0 or more kilometres; `PlaceError` for what is no number, True and False included."""
    if is_number(given, Real):
        try:
            km = float(given)
        except (OverflowError, ValueError):
            km = math.inf
        if 0 <= km < math.inf:
            return km
    raise PlaceError(f"{name} = {shown(given)} is not a distance; give 0 or more kilometres")


def read_number(given: Any, name: str, least: float, most: float, unit: str = "") -> float:
    """Give a number from `least` to `most`; `OptionError` for any other and for what is no number."""
    if is_number(given, Real) and least <= given <= most:
        return float(given)
    raise OptionError(f"{name}={shown(given)} is given; give a number from {least:g} to {most:g}{unit and ' ' + unit}")


def read_whole(given: Any, name: str, least: int, most: int, unit: str = "") -> int:
    """Give a whole number from `least` to `most`; `OptionError` for any other and for what is none."""
    if is_number(given, Integral) and least <= given <= most:
        return int(given)
    raise OptionError(f"{name}={shown(given)} is given; give a whole number from {least} to {most}{unit and ' ' + unit}")


def is_number(given: Any, kind: type) -> bool:
    """Tell whether a value is a `Real` or `Integral`; True and False are no numbers here, nor is a duration of numpy's."""
    return isinstance(given, kind) and not isinstance(given, bool) and type(given).__name__ != "timedelta64"


def read_list(given: Any, name: str) -> list[Any]:
    """Give the items of a list, or of whatever else can be gone through, but for a text; `OptionError` for what cannot."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        try:
            return list(islice(given, MOST_ITEMS))
        except Exception as wrong:  # an object of others may raise whatever it likes
            raise OptionError(f"{name}={shown(given)} cannot be gone through; give a list") from wrong
    raise OptionError(f"{name}={shown(given)} is no list; give one")


def read_path(given: object, name: str) -> Path:
    """Give a path; `OptionError` for what is none, and for one that no file of this system can have."""
    try:
        path = os.fspath(given)  # type: ignore[call-overload]
    except Exception:  # noqa: BLE001 - an object of others may raise whatever it likes when asked for its path
        path = None
    if not isinstance(path, str):
        raise OptionError(f"{name}={shown(given)} ({type(given).__name__}) is no path; give a text or a pathlib.Path")
    path = str.__str__(path)
    try:
        os.fsencode(path)
    except UnicodeEncodeError as wrong:
        raise OptionError(f"{name}={shown(path)} has signs that no name of a file can have") from wrong
    if "\0" in path:
        raise OptionError(f"{name}={shown(path)} has signs that no name of a file can have")
    return Path(path)


def read_callback(given: Any, name: str) -> Callable[[int, int], None] | None:
    """Give what is to be told how far the work is, None where nobody is; `OptionError` for what cannot be called."""
    if given is None or callable(given):
        return given  # type: ignore[no-any-return]
    raise OptionError(f"{name}={shown(given)} cannot be called; give a function of (done, total), or None")
