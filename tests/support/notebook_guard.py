"""Goes before a notebook's first cell when it is tested: warnings are errors, nothing is reached or
written outside.
"""

from __future__ import annotations

import inspect


def stand_guard(home: str) -> None:
    """Refuse what leaves the machine, and what makes, changes or removes a file outside `home`;
    make warnings errors.

    It is run in the notebook's own process, so that everything it needs is within it. What native
    code opens by itself is not seen.
    """
    import os
    import sys
    import warnings

    home = os.path.realpath(home)
    calls = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
    makes = {
        "os.mkdir": 0,
        "os.rename": 1,
        "os.remove": 0,
        "os.rmdir": 0,
        "os.link": 1,
        "os.symlink": 1,
        "os.truncate": 0,
    }
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    fsdecode, realpath, devnull, separator = os.fsdecode, os.path.realpath, os.devnull, os.sep

    def check(event: str, values: tuple[object, ...]) -> None:
        if event in calls:
            raise RuntimeError(
                f"a notebook must not use the network: {event} {values[1:] or values}"
            )
        if event in makes:
            path = values[makes[event]]
        elif event == "open" and isinstance(values[2], int) and values[2] & writes:
            path = values[0]
        else:
            return
        if not isinstance(path, str | bytes) or fsdecode(path) == devnull:
            return
        whole = realpath(fsdecode(path))
        if whole != home and not whole.startswith(home + separator):
            raise RuntimeError(f"a notebook must not write outside its folder: {event} {whole}")

    sys.addaudithook(check)
    warnings.simplefilter("error")
    warnings.filterwarnings(
        "ignore", module="ipykernel"
    )  # the kernel warns of itself when it is shut down


def guard(home: str) -> str:
    """Give the source of a cell that stands guard over a notebook, which may write into `home`
    only.
    """
    return f"{inspect.getsource(stand_guard)}\n\nstand_guard({home!r})\n"
