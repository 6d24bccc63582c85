"""Says what a difference between two lists of facts asks of the version: a break, an addition, or
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from release.facts import Fact


class Level(IntEnum):
    """How far a version must move at least."""

    NOTHING = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Change(NamedTuple):
    """One difference: what it asks for, and what it is in words."""

    level: Level
    words: str


#: The verbs that a subject may have several times.
_MANY = ("extends",)
#: The verbs that say what a subject is at all.
_WHAT = ("is", "holds")
#: How the subjects begin that say what the library itself needs.
_NEEDS = "needs:"


def compare(before: Sequence[Fact], after: Sequence[Fact]) -> list[Change]:
    """Return the differences of two lists of facts, breaks first.

    What is gone is a break, what is new an addition. But a parameter that must be given, new on a
    function or command that was there before, is a break; one that need no longer be given, that
    takes more than it took, or that may now be given by place as well, is an addition; so is an
    answer that is narrower than was promised, and another version of what the library needs.
    """
    old, new = _by_key(before), _by_key(after)
    changes = [*_gone(old, new), *_added(old, new)]
    changes += [
        _changed(old[key], new[key])
        for key in sorted(old.keys() & new.keys())
        if old[key] != new[key]
    ]
    return sorted(changes, key=lambda change: (-change.level, change.words))


_Key = tuple[str, ...]


def _by_key(facts: Sequence[Fact]) -> dict[_Key, Fact]:
    return {
        tuple(fact) if fact.verb in _MANY else (fact.subject, fact.verb): fact for fact in facts
    }


def _gone(old: Mapping[_Key, Fact], new: Mapping[_Key, Fact]) -> Iterator[Change]:
    known, left = _subjects(old), _subjects(new)
    for key in sorted(old.keys() - new.keys()):
        fact = old[key]
        if fact.subject not in left and (fact.verb not in _WHAT or _owner(fact) in known - left):
            continue  # of what is gone altogether one line is enough
        level = Level.MINOR if fact.subject.startswith(_NEEDS) else Level.MAJOR
        yield Change(level, f"gone: {fact}")


def _added(old: Mapping[_Key, Fact], new: Mapping[_Key, Fact]) -> Iterator[Change]:
    known, here = _subjects(old), _subjects(new)
    with_default = {fact.subject for fact in new.values() if fact.verb == "default"}
    for key in sorted(new.keys() - old.keys()):
        fact = new[key]
        if fact.subject not in known and (fact.verb not in _WHAT or _owner(fact) in here - known):
            continue  # of what is new altogether one line is enough
        must = (
            fact.subject not in known
            and _owner(fact) in known
            and fact.subject not in with_default
            and not fact.value.startswith(("rest", "flag", "optional"))
        )
        if must:
            yield Change(Level.MAJOR, f"new and must be given: {fact}")
        else:
            yield Change(Level.MINOR, f"new: {fact}")


def _subjects(facts: Mapping[_Key, Fact]) -> set[str]:
    return {fact.subject for fact in facts.values()}


def _owner(fact: Fact) -> str:
    """Return the function, method or command a parameter belongs to, "" for all else."""
    owner, bracket, _ = fact.subject.partition("(")
    return owner if bracket else ""


def _changed(before: Fact, after: Fact) -> Change:
    words = f"changed: {before} → {after.value}"
    old, new = _kinds(before.value), _kinds(after.value)
    by_place_too = before.value == "keyword" and after.value.startswith("position")
    optional_now = before.value == after.value.replace("optional", "required")
    compatible = (
        before.subject.startswith(_NEEDS)
        or (before.verb == "accepts" and (old <= new or "Any" in new))
        or (before.verb in ("returns", "holds") and (new <= old or "Any" in old))
        or (before.verb == "is" and (by_place_too or optional_now))
    )
    return Change(Level.MINOR if compatible else Level.MAJOR, words)


def _kinds(annotation: str) -> set[str]:
    """Return the members of a union.

    >>> sorted(_kinds("tuple[str | int, float] | None"))
    ['None', 'tuple[str | int, float]']
    """
    kinds: list[str] = [""]
    depth = 0
    for part in re.split(r"(\[|\]|\s\|\s)", annotation):
        depth += (part == "[") - (part == "]")
        if part.strip() == "|" and not depth:
            kinds.append("")
        else:
            kinds[-1] += part
    return set(kinds)
