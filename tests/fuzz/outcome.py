"""Says what may come of an input: a right answer, or a refusal that can be shown; and names what
else came of it.
"""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import sovietpacific as sp

#: A refusal is read by people: longer ones than this show too much of what was given.
LONGEST_REFUSAL = 4_000

_LIBRARY = Path(sp.__file__).parent
_HERE = Path(__file__).parent


def answered(question: Callable[[], object]) -> bool:
    """Ask, and tell whether an answer came (True) or a refusal of ours that can be shown (False);
    all else is raised.
    """
    try:
        question()
    except sp.SovietPacificError as refusal:
        check_refusal(refusal)
        return False
    return True


def check_refusal(refusal: sp.SovietPacificError) -> None:
    """Raise `AssertionError` for a refusal that is empty, endless, no UTF-8, or has signs that a
    terminal would obey.
    """
    text = str(refusal)
    assert text.strip(), "the refusal says nothing"
    assert len(text) <= LONGEST_REFUSAL, f"the refusal has {len(text)} signs"
    wrong = sorted({sign for sign in text if not sign.isprintable() and sign not in "\n\t"})
    assert not wrong, f"the refusal has the signs {wrong!r}"


def be_strict() -> None:
    """Have every warning raised but the one that counts rows without an answer, as in the tests."""
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", sp.UnansweredWarning)


def place_of(wrong: BaseException) -> str:
    """Name an escape by its type and the innermost place in the library, else in the targets:
    `KeyError-store-_records-188`.

    Two inputs whose escapes have one name have found the same.
    """
    frames = traceback.extract_tb(wrong.__traceback__)
    for folder in (_LIBRARY, _HERE):
        inside = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
        if inside:
            last = inside[-1]
            module = (
                Path(last.filename).relative_to(folder).with_suffix("").as_posix().replace("/", ".")
            )
            return "-".join((type(wrong).__name__, module, last.name.strip("<>"), str(last.lineno)))
    return type(wrong).__name__
