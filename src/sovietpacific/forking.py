"""Keep a forked child from waiting for threads that were not forked with it: it gets locks of its
own, and whole modules.

Knows processes and nothing of what they share.

A fork copies the thread that calls it and no other: what another thread had locked stays locked in
the child for ever, and what it had half done stays half done.
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401 - see the end of this module
import os
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from threading import RLock, get_ident
from types import FrameType
from typing import Protocol
from weakref import WeakSet

#: How long a fork waits for imports of other threads, in seconds.
PATIENCE = 10.0

_IMPORTING = "<frozen importlib._bootstrap>"


class Renewable(Protocol):
    """What has something to make anew in a forked child."""

    def renew(self) -> None:
        """Make locks anew, and what another thread may have been at work on."""


_renewed: WeakSet[Renewable] = WeakSet()


def renew_in_child(thing: Renewable) -> None:
    """Have `renew()` of a thing called in every forked child, as long as the thing lives."""
    _renewed.add(thing)


def _renew() -> None:
    for cached in _cached_properties():
        # Python 3.11 has one lock for all objects of a class; later ones have none.
        if hasattr(cached, "lock"):
            cached.lock = RLock()
    for thing in list(_renewed):
        thing.renew()


def _cached_properties() -> Iterator[cached_property[object]]:
    """Yield the cached properties of all classes of this library that are imported."""
    ours = [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == "sovietpacific"
    ]
    kinds = {kind for module in ours for kind in vars(module).values() if isinstance(kind, type)}
    yield from (
        value
        for kind in kinds
        for value in vars(kind).values()
        if isinstance(value, cached_property)
    )


def _let_imports_end() -> None:
    """Wait until no other thread is importing for this library.

    The locks of modules are Python's, and nobody frees them in a child.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        names = {ident: set(_names_on(frame)) for ident, frame in sys._current_frames().items()}
        own = names.pop(get_ident(), set())
        if _IMPORTING in own:
            return  # the others may be waiting for the very module that forks
        if not any({_IMPORTING, "sovietpacific"} <= others for others in names.values()):
            return
        time.sleep(0.001)


def _names_on(frame: FrameType | None) -> Iterator[str]:
    """Yield the files of Python's own and the packages that a stack of calls leads through."""
    while frame is not None:
        yield frame.f_code.co_filename
        yield str(frame.f_globals.get("__name__")).partition(".")[0]
        frame = frame.f_back


# What is asked for last is done first. `concurrent.futures` and `logging` lock themselves at a
# fork: were they asked first, they would be locked while this waits, and so would be every import
# that needs them.
if hasattr(os, "register_at_fork"):  # Windows does not fork
    os.register_at_fork(before=_let_imports_end, after_in_child=_renew)
