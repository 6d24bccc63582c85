"""Refuses a version that moves less than what changed since the last release asks for.

`python -m release.check` says what changed, what that asks for, and exits with 1 where the version
does not follow; `python -m release.check --record` writes down the tree as the last release, once
it is one. The rules are in docs/versions.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from release.compare import Change, Level, compare
from release.facts import Fact, read_facts, write_facts
from release.public_facts import list_facts
from release.versions import (
    ROOT,
    WRITTEN_IN,
    data_versions,
    library_version,
    sum_of_code,
    sum_of_data,
    sum_of_timeline,
)

#: Where the last release is written down; the folder is not there before the first one.
LAST = ROOT / "release" / "last"


@dataclass(frozen=True)
class Release:
    """What a release was, or the tree would be."""

    version: str
    data_version: str
    # Sums over what else may change.
    timeline: str
    data: str
    code: str
    #: The promises.
    facts: tuple[Fact, ...]


def read_tree(root: Path = ROOT) -> Release:
    """Return the working tree as the release it would be."""
    return Release(
        version=library_version(root),
        data_version=data_versions(root)["seeds/edition.toml"],
        timeline=sum_of_timeline(root),
        data=sum_of_data(root),
        code=sum_of_code(root),
        facts=tuple(list_facts()),
    )


def read_release(folder: Path = LAST) -> Release | None:
    """Return the last release, None before the first one."""
    if not folder.is_dir():
        return None
    versions_and_sums = tomllib.loads((folder / "release.toml").read_text(encoding="utf-8"))
    facts = read_facts((folder / "public_facts.txt").read_text(encoding="utf-8"))
    return Release(**versions_and_sums, facts=tuple(facts))


def record(release: Release, folder: Path = LAST) -> None:
    """Write a release down as the last one."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("version", "data_version", "timeline", "data", "code")
    lines = [f'{name} = "{getattr(release, name)}"\n' for name in names]
    (folder / "release.toml").write_text("".join(lines), encoding="utf-8")
    (folder / "public_facts.txt").write_text(write_facts(release.facts), encoding="utf-8")


def list_changes(last: Release, now: Release) -> list[Change]:
    """Return all that changed since the last release, what asks for most first."""
    changes = compare(last.facts, now.facts)
    if last.timeline != now.timeline:
        changes.append(Change(Level.MINOR, "data/timeline.txt has other facts"))
    elif last.data != now.data:
        changes.append(Change(Level.PATCH, "data/ has other shapes, names or notes"))
    if last.code != now.code:
        changes.append(Change(Level.PATCH, "src/ is other code"))
    return sorted(changes, key=lambda change: -change.level)


def needed_version(last: str, level: Level) -> Version:
    """Return the lowest version that a change of `level` may have after `last`.

    Before 1.0 nothing is promised for long: a break moves the minor number, all else the patch
    number.

    >>> [str(needed_version("1.4.2", level)) for level in Level]
    ['1.4.2', '1.4.3', '1.5.0', '2.0.0']
    >>> [str(needed_version("0.4.2", level)) for level in Level]
    ['0.4.2', '0.4.3', '0.4.3', '0.5.0']
    """
    major, minor, patch = Version(last).release
    if level == Level.NOTHING:
        return Version(last)
    if level == Level.MAJOR:
        return Version(f"{major + 1}.0.0" if major else f"0.{minor + 1}.0")
    if level == Level.MINOR and major:
        return Version(f"{major}.{minor + 1}.0")
    return Version(f"{major}.{minor}.{patch + 1}")


def find_wrong(last: Release | None, now: Release) -> list[str]:
    """Return what is wrong with the versions of the tree after the last release, line by line."""
    try:
        version = Version(now.version)
    except InvalidVersion:
        version = Version("0")
    if len(version.release) != 3:
        return [f"version {now.version!r} is not MAJOR.MINOR.PATCH; write it so in {WRITTEN_IN}"]
    if not re.fullmatch(r"20\d\d\.(1[0-2]|[1-9])\.\d+", now.data_version):
        return [
            f"data version {now.data_version!r} is not YEAR.MONTH.NUMBER; "
            "write it so in seeds/edition.toml, then `make data`"
        ]
    if last is None:
        return []
    wrong = []
    changes = list_changes(last, now)
    needed = needed_version(last.version, changes[0].level if changes else Level.NOTHING)
    if Version(version.base_version) < needed:
        reasons = [f"  {change.level.name.lower()}: {change.words}" for change in changes[:20]]
        reasons += [f"  and {len(changes) - 20} more"] if len(changes) > 20 else []
        wrong.append(
            f"version {now.version} moves too little after {last.version}: "
            f"{needed} is the least, because\n" + "\n".join(reasons) + "\n"
            f"set it in {WRITTEN_IN} and NEWS.md"
        )
    before, after = (tuple(map(int, release.data_version.split("."))) for release in (last, now))
    data_changed = (last.data, last.timeline) != (now.data, now.timeline)
    if after < before or (after == before and data_changed):
        wrong.append(
            f"data version {now.data_version} does not move on from {last.data_version}, "
            "but data/ changed; "
            "set it in seeds/edition.toml, CITATION.cff and NEWS.md, then run `make data`"
        )
    return wrong


def main(words: list[str]) -> int:
    """Check the tree, or with `--record` write it down as the last release; 1 if it is wrong."""
    now, last = read_tree(), read_release()
    wrong = find_wrong(last, now)
    changes = list_changes(last, now) if last else []
    lines = [f"after {last.version if last else 'no release'}, now {now.version}"]
    lines += [f"{change.level.name.lower()}: {change.words}" for change in changes]
    if last is None:
        lines.append(
            "nothing is released yet: nothing is promised, and any version may be the first"
        )
    elif not changes:
        lines.append("nothing changed")
    sys.stdout.write("".join(f"{line}\n" for line in [*lines, *wrong]))
    if not wrong and words == ["--record"]:
        record(now)
        sys.stdout.write(f"written down as the last release: {LAST.relative_to(ROOT)}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
