"""Every public function, class and method has a docstring in numpydoc's form: what it wants, what
comes back, what is refused, and an example.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

import sovietpacific as sp
from release.public_facts import UNPROMISED
from sovietpacific import maps
from sovietpacific.answers.atlas_frame import AtlasFrame

numpydoc = pytest.importorskip(
    "numpydoc.validate", reason="numpydoc, which is in requirements/develop.txt, reads them"
)

#: What numpydoc finds that is a fault here: a missing text, a summary of several lines or without
#: an end, parameters that are missing, unknown, out of order or without type or words, what comes
#: back, an example.
FAULTS = {
    *("GL06", "GL07", "GL08", "GL09"),
    *("SS01", "SS02", "SS03", "SS04", "SS06"),
    *("PR01", "PR02", "PR03", "PR04", "PR07", "PR08", "PR09", "PR10"),
    *("RT01", "RT03", "RT04", "RT05", "YD01"),
    *("EX01",),
}

#: Functions that have nothing to refuse.
NEVER_REFUSE = {
    "Answer.to_dict",
    "Sovereignty.to_dict",
    "AtlasFrame.explore",
}


def _public() -> Iterator[tuple[str, Any]]:
    """Yield the public functions and classes, and the methods of these, by their names."""
    for module in (sp, maps):
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value) or inspect.isclass(value):
                yield f"maps.{name}" if module is maps else name, value
    for kind in (sp.Atlas, sp.Answer, sp.Sovereignty, AtlasFrame):
        for name, value in vars(kind).items():
            full = f"{kind.__name__}.{name}"
            if inspect.isfunction(value) and not name.startswith("_") and full not in UNPROMISED:
                yield full, value


PUBLIC = dict(_public())


def faults_of(value: Any) -> list[str]:
    """Return what numpydoc finds wrong with a docstring, by its code."""
    home = f"{value.__module__}.{value.__qualname__}"
    found = numpydoc.validate(home)["errors"]
    # Classes are made by the library alone: what they hold stands under Attributes.
    faults = FAULTS - {"PR01"} if inspect.isclass(value) else FAULTS
    return [f"{code}: {words}" for code, words in found if code in faults]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_docstring_is_in_the_form_of_numpydoc(name: str) -> None:
    assert faults_of(PUBLIC[name]) == []


@pytest.mark.parametrize(
    "name", [name for name, value in PUBLIC.items() if inspect.isfunction(value)]
)
def test_a_public_docstring_says_what_is_refused(name: str) -> None:
    refusals = numpydoc.get_doc_object(PUBLIC[name])["Raises"]
    assert bool(refusals) != (name in NEVER_REFUSE)
    named = [one for entry in refusals for one in re.split(r",\s*", entry.type)]
    assert all(one == "OSError" or one in sp.__all__ for one in named), named


def test_the_check_of_docstrings_finds_what_is_missing() -> None:
    def silent(day: str) -> str:
        """Return the day"""  # noqa: D400, D415
        return day

    silent.__module__, silent.__qualname__ = __name__, "silent"
    globals()["silent"] = silent
    codes = {fault.partition(":")[0] for fault in faults_of(silent)}
    assert codes >= {"SS03", "PR01", "RT01", "EX01"}
