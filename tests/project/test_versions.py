"""The promises of the library are written down, and a version that moves less than a change asks
for is refused.
"""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

import sovietpacific
from release.check import (
    LAST,
    Release,
    find_wrong,
    list_changes,
    needed_version,
    read_release,
    read_tree,
    record,
)
from release.compare import Level, compare
from release.facts import Fact, read_facts, write_facts
from release.public_facts import SNAPSHOT, list_facts
from release.questions import COMMANDS
from release.versions import (
    WRITTEN_IN,
    data_versions,
    library_version,
    library_versions,
    sum_of_code,
    sum_of_timeline,
)
from sovietpacific.cli.main import main

REMEDY = """
If this is meant, run `make facts` and commit release/public_facts.txt with the change.  After a release the version must move, too:
what is gone or changed (-) breaks, what is new (+) adds; `python -m release.check` names the least version, docs/versions.md the rules."""


@pytest.fixture(scope="module")
def tree() -> Release:
    return read_tree()


def facts(*lines: str) -> list[Fact]:
    return read_facts("\n".join(lines))


#: A small library to change: a function, a class, a command, a frame, an id.
BEFORE = (
    "borders_at[holder] is text",
    "cli:at is command",
    "cli:at(--view) accepts text",
    "cli:at(--view) default 'control'",
    "cli:at(--view) is optional option",
    "cli:at(DAY) is required argument 1",
    "data:schema is 2",
    "json:at.rows[].holder is key",
    "needs:click is >=8.2",
    "sovietpacific.Atlas is class",
    "sovietpacific.Atlas.as_of holds date | None",
    "sovietpacific.DayError extends SovietPacificError",
    "sovietpacific.DayError extends ValueError",
    "sovietpacific.DayError is class",
    "sovietpacific.borders_at is function",
    "sovietpacific.borders_at returns AtlasFrame",
    "sovietpacific.borders_at(view) accepts str",
    "sovietpacific.borders_at(view) default 'control'",
    "sovietpacific.borders_at(view) is keyword",
    "sovietpacific.borders_at(when) accepts date | str",
    "sovietpacific.borders_at(when) is position 1",
    "tract:iturup is id",
)


def test_the_public_facts_are_the_ones_written_down(tree: Release) -> None:
    written, found = (
        SNAPSHOT.read_text(encoding="utf-8").splitlines(),
        write_facts(tree.facts).splitlines(),
    )
    changed = list(difflib.unified_diff(written, found, "written down", "found", n=0, lineterm=""))
    assert not changed, "\n".join(changed[:40]) + REMEDY


def test_facts_read_back_as_they_were_written(tree: Release) -> None:
    assert tuple(read_facts(write_facts(tree.facts))) == tree.facts


@pytest.mark.parametrize(
    "line",
    [
        "sovietpacific.borders_at(view) default 'control'",
        "sovietpacific.maps.web(tiles) is keyword",
        "sovietpacific.maps is module",
        "sovietpacific.DayError extends ValueError",
        "sovietpacific.Atlas.as_of holds date",
        "sovietpacific.Answer.standing holds str",
        "sovietpacific.Day accepts date | datetime | numpy.datetime64 | str",
        "label[tract] is category",
        "tracts_at.attrs[version] is key",
        "cli:who(PLACE) is required argument 1",
        "json:who.control.standing is key",
        "tract:iturup is id",
        "view:japan is id",
    ],
)
def test_what_a_user_may_lean_on_is_among_the_facts(tree: Release, line: str) -> None:
    assert Fact(*line.split(" ", 2)) in tree.facts


def test_every_command_that_prints_json_is_asked_for_its_keys() -> None:
    printing = {
        name
        for name, command in main.commands.items()
        if "--json" in {o for p in command.params for o in p.opts}
    }
    assert printing == {words[0] for words in COMMANDS}
    assert all(isinstance(command, click.Command) for command in main.commands.values())


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        # Gone, or no longer what it was.
        ("sovietpacific.borders_at is function", "", Level.MAJOR),
        ("borders_at[holder] is text", "", Level.MAJOR),
        ("borders_at[holder] is text", "borders_at[holder] is number", Level.MAJOR),
        ("tract:iturup is id", "tract:etorofu is id", Level.MAJOR),
        ("json:at.rows[].holder is key", "json:at.rows[].held_by is key", Level.MAJOR),
        ("cli:at is command", "", Level.MAJOR),
        ("cli:at(--view) is optional option", "cli:at(--view) is required option", Level.MAJOR),
        (
            "sovietpacific.borders_at(view) default 'control'",
            "sovietpacific.borders_at(view) default 'title'",
            Level.MAJOR,
        ),
        ("sovietpacific.borders_at(view) default 'control'", "", Level.MAJOR),
        (
            "sovietpacific.borders_at(when) is position 1",
            "sovietpacific.borders_at(when) is position 2",
            Level.MAJOR,
        ),
        (
            "sovietpacific.borders_at(when) is position 1",
            "sovietpacific.borders_at(when) is keyword",
            Level.MAJOR,
        ),
        (
            "sovietpacific.borders_at(when) accepts date | str",
            "sovietpacific.borders_at(when) accepts date",
            Level.MAJOR,
        ),
        (
            "sovietpacific.borders_at returns AtlasFrame",
            "sovietpacific.borders_at returns AtlasFrame | None",
            Level.MAJOR,
        ),
        (
            "sovietpacific.DayError extends ValueError",
            "sovietpacific.DayError extends TypeError",
            Level.MAJOR,
        ),
        ("data:schema is 2", "data:schema is 3", Level.MAJOR),
        # New, and nobody needs to know of it.
        ("", "sovietpacific.title_of is function", Level.MINOR),
        ("", "borders_at[source_count] is number", Level.MINOR),
        ("", "tract:new-island is id", Level.MINOR),
        ("", "sovietpacific.DayError extends Exception", Level.MINOR),
        (
            "sovietpacific.borders_at(view) is keyword",
            "sovietpacific.borders_at(view) is position 2",
            Level.MINOR,
        ),
        ("cli:at(DAY) is required argument 1", "cli:at(DAY) is optional argument 1", Level.MINOR),
        (
            "sovietpacific.borders_at(when) accepts date | str",
            "sovietpacific.borders_at(when) accepts date | int | str",
            Level.MINOR,
        ),
        (
            "sovietpacific.borders_at(when) accepts date | str",
            "sovietpacific.borders_at(when) accepts Any",
            Level.MINOR,
        ),
        (
            "sovietpacific.Atlas.as_of holds date | None",
            "sovietpacific.Atlas.as_of holds date",
            Level.MINOR,
        ),
        ("needs:click is >=8.2", "needs:click is >=8.3", Level.MINOR),
        ("needs:click is >=8.2", "", Level.MINOR),
        ("", "needs:rich is >=13", Level.MINOR),
    ],
)
def test_a_change_asks_for_its_level(old: str, new: str, level: Level) -> None:
    after = [line for line in BEFORE if line != old] + ([new] if new else [])
    changes = compare(facts(*BEFORE), facts(*after))
    assert changes[0].level == level, changes
    assert {word for word in (old, new) if word} <= {
        line for c in changes for line in (old, new) if line and line.split()[0] in c.words
    }


def test_a_new_parameter_is_a_break_only_where_it_must_be_given() -> None:
    before = facts(*BEFORE)
    given = facts(
        "sovietpacific.borders_at(only) accepts bool", "sovietpacific.borders_at(only) is keyword"
    )
    (change,) = compare(before, [*before, *given])
    assert (change.level, change.words) == (
        Level.MAJOR,
        "new and must be given: sovietpacific.borders_at(only) is keyword",
    )
    (change,) = compare(
        before, [*before, *given, *facts("sovietpacific.borders_at(only) default False")]
    )
    assert (change.level, change.words) == (
        Level.MINOR,
        "new: sovietpacific.borders_at(only) is keyword",
    )
    assert (
        compare(before, [*before, *facts("cli:at(--deep) is required option")])[0].level
        == Level.MAJOR
    )
    assert (
        compare(before, [*before, *facts("cli:at(--deep) is optional option")])[0].level
        == Level.MINOR
    )
    assert compare(before, [*before, *facts("cli:at(--deep) is flag")])[0].level == Level.MINOR


def test_a_new_function_is_an_addition_whatever_it_must_be_given_and_one_line_tells_it() -> None:
    new = facts(
        "sovietpacific.ask is function",
        "sovietpacific.ask(when) accepts Any",
        "sovietpacific.ask(when) is position 1",
    )
    (added,) = compare(facts(*BEFORE), [*facts(*BEFORE), *new])
    assert (added.level, added.words) == (Level.MINOR, "new: sovietpacific.ask is function")
    (gone,) = compare([*facts(*BEFORE), *new], facts(*BEFORE))
    assert (gone.level, gone.words) == (Level.MAJOR, "gone: sovietpacific.ask is function")


def test_breaks_are_told_first_and_what_is_the_same_not_at_all() -> None:
    assert compare(facts(*BEFORE), facts(*reversed(BEFORE))) == []
    changes = compare(facts(*BEFORE), facts(*BEFORE[1:], "tract:new-island is id"))
    assert [change.level for change in changes] == [Level.MAJOR, Level.MINOR]


LAST_ONE = Release("1.2.3", "2026.11.1", "t", "d", "c", tuple(facts(*BEFORE)))
BROKEN = tuple(facts(*BEFORE[1:]))
GROWN = tuple(facts(*BEFORE, "tract:new-island is id"))


@pytest.mark.parametrize(
    ("last", "now", "least"),
    [
        ("1.2.3", {}, "1.2.3"),
        ("1.2.3", {"code": "other"}, "1.2.4"),
        ("1.2.3", {"data": "other"}, "1.2.4"),
        ("1.2.3", {"data": "other", "timeline": "other"}, "1.3.0"),
        ("1.2.3", {"code": "other", "facts": GROWN}, "1.3.0"),
        ("1.2.3", {"code": "other", "facts": BROKEN}, "2.0.0"),
        ("0.2.3", {"code": "other"}, "0.2.4"),
        ("0.2.3", {"data": "other", "timeline": "other"}, "0.2.4"),
        ("0.2.3", {"code": "other", "facts": GROWN}, "0.2.4"),
        ("0.2.3", {"code": "other", "facts": BROKEN}, "0.3.0"),
    ],
)
def test_the_least_version_follows_from_what_changed(
    last: str, now: dict[str, object], least: str
) -> None:
    before = replace(LAST_ONE, version=last)
    changed = replace(before, data_version="2026.11.2", **now)  # type: ignore[arg-type]
    assert find_wrong(before, replace(changed, version=least)) == []
    assert find_wrong(before, replace(changed, version=least + ".dev1" if now else least)) == []
    if now:
        (wrong,) = find_wrong(before, changed)
        assert f"moves too little after {last}: {least} is the least" in wrong
        assert list_changes(before, changed)[0].words in wrong
        major, minor, patch = map(int, least.split("."))
        lower = (
            f"{major}.{minor}.{patch - 1}"
            if patch
            else f"{major}.{minor - 1}.9"
            if minor
            else f"{major - 1}.9.9"
        )
        assert find_wrong(before, replace(changed, version=lower)) != []


def test_data_that_changed_has_a_later_version() -> None:
    now = replace(LAST_ONE, version="1.2.4", data="other")
    assert "data version 2026.11.1 does not move on from 2026.11.1" in find_wrong(LAST_ONE, now)[0]
    assert find_wrong(LAST_ONE, replace(now, data_version="2026.12.0")) == []
    assert "does not move on from" in find_wrong(LAST_ONE, replace(now, data_version="2026.9.5"))[0]


@pytest.mark.parametrize(
    ("versions", "complaint"),
    [
        ({"version": "1.2"}, "'1.2' is not MAJOR.MINOR.PATCH"),
        ({"version": "new"}, "'new' is not MAJOR.MINOR.PATCH"),
        ({"data_version": "1.0.0"}, "'1.0.0' is not YEAR.MONTH.NUMBER"),
        ({"data_version": "2026.13.0"}, "'2026.13.0' is not YEAR.MONTH.NUMBER"),
    ],
)
def test_versions_of_another_form_are_refused(versions: dict[str, str], complaint: str) -> None:
    assert complaint in find_wrong(None, replace(LAST_ONE, **versions))[0]  # type: ignore[arg-type]


def test_the_versions_of_this_tree_follow_from_what_changed_since_the_last_release(
    tree: Release,
) -> None:
    assert find_wrong(read_release(), tree) == []


def test_every_file_names_the_same_versions() -> None:
    assert len(set(library_versions().values())) == 1, library_versions()
    assert len(set(data_versions().values())) == 1, data_versions()


def test_the_version_of_the_library_is_written_in_one_file_and_the_news(root: Path) -> None:
    version, news = library_version(), root / "NEWS.md"
    patterns = (
        "Makefile",
        ".ci/run",
        "*.cff",
        "*.md",
        "*.toml",
        "docs/**/*.md",
        "docs/*.py",
        "src/**/*.py",
        "release/*.py",
    )
    files = [path for pattern in patterns for path in root.glob(pattern)]
    naming = re.compile(rf"(?<![\w.]){re.escape(version)}(?![\w.])")
    found = {
        path.relative_to(root).as_posix()
        for path in files
        if naming.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {WRITTEN_IN, news.name}, f"{version} is written in {sorted(found)}"
    assert sovietpacific.__version__ == version


def test_the_command_tells_its_version_from_a_checkout_that_is_not_installed(root: Path) -> None:
    code = "import sys; sys.path[:0] = [sys.argv.pop(1)]; from sovietpacific.cli.main import main; main(['--version'])"
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import importlib.metadata as m\nm.version = None\n{code}",
            root / "src",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == f"sovietpacific, version {library_version()}\n", ran.stderr


def test_a_tag_of_a_release_means_that_the_release_is_written_down(root: Path) -> None:
    if not (root / ".git").exists():
        pytest.skip("not a checkout of git")
    tags = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not tags or LAST.is_dir(), (
        f"{tags} are released, but release/last is missing; run `python -m release.check --record`"
    )


def test_a_release_that_is_written_down_reads_back(tmp_path: Path, tree: Release) -> None:
    assert read_release(tmp_path / "last") is None
    record(tree, tmp_path / "last")
    assert read_release(tmp_path / "last") == tree
    assert list_changes(tree, tree) == []
    assert str(needed_version(tree.version, Level.NOTHING)) == tree.version


def test_the_sums_see_facts_and_code_but_no_heads_and_versions(tmp_path: Path) -> None:
    timeline, package = tmp_path / "data" / "timeline.txt", tmp_path / "src" / "sovietpacific"
    version, module = package / "version.py", package / "module.py"
    for path in (timeline, module):
        path.parent.mkdir(parents=True)
    timeline.write_text("# edition 1\n\n## amur\n  1855-01-01  china\n", encoding="utf-8")
    version.write_text('__version__ = "1.0.0"\n', encoding="utf-8")
    module.write_text("x = 1\n", encoding="utf-8")
    before = sum_of_timeline(tmp_path), sum_of_code(tmp_path)
    timeline.write_text("# edition 2\n\n## amur\n  1855-01-01  china\n", encoding="utf-8")
    version.write_text('__version__ = "1.0.1"\n', encoding="utf-8")
    assert (sum_of_timeline(tmp_path), sum_of_code(tmp_path)) == before
    timeline.write_text("# edition 2\n\n## amur\n  1855-01-02  china\n", encoding="utf-8")
    module.write_text("x = 2\n", encoding="utf-8")
    assert sum_of_timeline(tmp_path) != before[0]
    assert sum_of_code(tmp_path) != before[1]


def test_listing_the_facts_twice_gives_the_same(tree: Release) -> None:
    assert tuple(list_facts()) == tree.facts
