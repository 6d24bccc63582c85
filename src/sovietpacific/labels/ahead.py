"""Let the stages of a stream run side by side: one reads while another labels and a third writes.

Knows iterators and threads, and nothing of points.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")


class _End:
    """Stands at the end of the items, with what went wrong, if anything did."""

    def __init__(self, wrong: BaseException | None = None) -> None:
        self.wrong = wrong


def ahead(items: Iterable[Item], depth: int = 2) -> Generator[Item, None, None]:
    """Yield `items`, made in a thread of their own up to `depth` ahead of whoever takes them.

    What goes wrong there is raised here. When nobody takes any more, closed or broken off, the
    thread ends.
    """
    waiting: Queue[Item | _End] = Queue(depth)
    broken_off = Event()
    thread = Thread(
        target=_fill, args=(waiting, items, broken_off), name="sovietpacific-ahead", daemon=True
    )
    try:
        thread.start()
        while True:
            item = waiting.get()
            if isinstance(item, _End):
                if item.wrong is not None:
                    raise item.wrong
                return
            yield item
    finally:
        broken_off.set()
        try:
            while True:
                waiting.get_nowait()
        except Empty:
            if thread.is_alive():
                thread.join()


def _fill(waiting: Queue[Item | _End], items: Iterable[Item], broken_off: Event) -> None:
    """Put items and what stands at their end into a queue, until nobody takes them any more."""

    def put(item: Item | _End) -> None:
        while not broken_off.is_set():
            try:
                waiting.put(item, timeout=0.1)
            except Full:
                continue
            return

    if broken_off.is_set():  # whoever wanted the items was interrupted while this thread started
        return
    try:
        for item in items:
            put(item)
            if broken_off.is_set():
                return
    except BaseException as wrong:  # noqa: BLE001 - raised again where the items are taken
        put(_End(wrong))
    else:
        put(_End())
