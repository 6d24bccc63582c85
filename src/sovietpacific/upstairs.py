"""Find the rooms above that something below needs late: who draws a frame, who loads an atlas.

Knows names of modules and nothing of what is in them.

A frame can draw itself and a pickled atlas loads itself, yet nothing below names the rooms that do
it: the root, which stands above all rooms, says here which module each is, and that module is
imported when it is first needed.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

_modules: dict[str, str] = {}


def name(what: str, module: str) -> None:
    """Keep which module is `what`, under its dotted name."""
    _modules[what] = module


def find(what: str) -> ModuleType:
    """Return the module that is `what`, imported when it is first needed."""
    return import_module(_modules[what])
