"""Misbehaves as told, so that the tests can see that the replay notices."""

from __future__ import annotations

import os
import time

from sovietpacific import DayError
from tests.fuzz.outcome import answered

STARTS = (b"answer", b"refuse")


def try_it(data: bytes) -> bool:
    """Do what the bytes say."""
    return answered(lambda: _do(data.decode()))


def _do(deed: str) -> None:
    match deed:
        case "refuse":
            raise DayError("no")
        case "refuse with an escape code":
            raise DayError("\x1b[31mno")
        case "raise":
            raise KeyError(deed)
        case "die":
            os.abort()
        case "hang":
            time.sleep(3_600)
        case "eat":
            bytearray(1 << 32)
