"""Goes before a notebook's first cell when it is tested: warnings are errors, nothing is reached or written outside."""

from __future__ import annotations

GUARD = '''
import os
import sys
import warnings

_HOME = os.path.realpath({home!r})
_MAKING = {{"os.mkdir": 0, "os.rename": 1, "os.remove": 0, "os.rmdir": 0, "os.link": 1, "os.symlink": 1, "os.truncate": 0}}


def _guard(event, values):
    """Refuse what leaves the machine, and what makes, changes or removes a file outside the folder of the test."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"a notebook must not use the network: {{event}} {{values[1:] or values}}")
    if event == "open" and (values[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND):
        path = values[0]
    elif event in _MAKING:
        path = values[_MAKING[event]]
    else:
        return
    if isinstance(path, int) or os.fsdecode(path) == os.devnull:
        return
    whole = os.path.realpath(os.fsdecode(path))
    if whole != _HOME and not whole.startswith(_HOME + os.sep):
        raise RuntimeError(f"a notebook must not write outside its folder: {{event}} {{whole}}")


sys.addaudithook(_guard)
warnings.simplefilter("error")
'''


def guard(home: str) -> str:
    """Give the source of the guard for a notebook that may write into `home` only."""
    return GUARD.format(home=home)
