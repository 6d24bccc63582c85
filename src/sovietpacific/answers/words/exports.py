"""Words what other programs are told in sentences: who held a place, and that nobody is told.

Knows places and holders, and nothing of forms of files.
"""

from __future__ import annotations

from datetime import date

from sovietpacific.answers.words.holds import NOT_TOLD, how
from sovietpacific.answers.words.messages import ABOUT, Message, sentence

_NOT_TOLD_IN = sentence("export.untold", "view", "first", "last", "untold", "note")


def held(view: str, holder: str, standing: str) -> Message:
    """Say who held in a view, and how."""
    return ABOUT(view, how(holder, standing))


def not_told(view: str, first: date, last: date, note: str) -> Message:
    """Say that a view does not tell who held from a day to another, and why."""
    return _NOT_TOLD_IN(view, first, last, NOT_TOLD(), note)
