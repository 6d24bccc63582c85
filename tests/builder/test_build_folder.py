"""A build replaces and removes what an earlier build wrote, and nothing else: any other folder is
refused and left whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovietpacific.builder import folder as build_folder
from sovietpacific.builder.folder import check_folder
from sovietpacific.builder.pipeline import build
from sovietpacific.builder.write import replacing, write_datapackage, write_text
from sovietpacific.cli.main import main
from sovietpacific.errors import OptionError
from tests.support.small_seeds import write_small_seeds


def built(data: Path, **texts: str) -> None:
    """Build a folder of data with a `timeline.txt` and files of `geojson/`."""
    with replacing(data) as folder:
        write_text(folder / "timeline.txt", "urup\n")
        for name, text in texts.items():
            write_text(folder / "geojson" / f"{name}.geojson", text)
        write_datapackage(folder, {"name": "sovietpacific"})


def contents(folder: Path) -> dict[str, bytes | str]:
    """Give everything in a folder: the bytes of files, where links lead, and a word for anything
    else.
    """
    return {
        path.relative_to(folder).as_posix(): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else "folder or pipe"
        for path in sorted(folder.rglob("*"))
    }


def _file(name: str) -> Callable[[Path], None]:
    return lambda data: write_text(data / name, "work of years")


def _other_package(data: Path) -> None:
    (data / "datapackage.json").write_text(
        '{"name": "theses", "resources": [{"path": "thesis.docx"}]}'
    )
    _file("thesis.docx")(data)


def _broken_package(data: Path) -> None:
    (data / "datapackage.json").write_text('{"name": "sovietpacific", "resources": [')


def _way_out(data: Path) -> None:
    listed = [{"path": "../thesis.docx"}, {"path": "/thesis.docx"}, {"path": "x/../../thesis.docx"}]
    (data / "datapackage.json").write_text(
        json.dumps({"name": "sovietpacific", "resources": listed})
    )
    _file("thesis.docx")(data)


def _link_for_a_file(data: Path) -> None:
    (data / "timeline.txt").unlink()
    (data / "timeline.txt").symlink_to("elsewhere.txt")


def _pipe_for_a_file(data: Path) -> None:
    (data / "timeline.txt").unlink()
    os.mkfifo(data / "timeline.txt")


STRANGERS: dict[str, Callable[[Path], None]] = {
    "a file": _file("thesis.docx"),
    "a hidden file": _file(".thesis"),
    "a checkout": _file(".git/HEAD"),
    "a file among ours": _file("geojson/mine.geojson"),
    "an empty folder": lambda data: (data / ".git").mkdir(),
    "a link": lambda data: (data / "thesis.docx").symlink_to("/nowhere"),
    "a link to a folder": lambda data: (data / "geojson").symlink_to(data.parent),
    "a pipe": lambda data: os.mkfifo(data / "pipe"),
    "a link in place of a file of ours": _link_for_a_file,
    "a pipe in place of a file of ours": _pipe_for_a_file,
    "somebody else's package": _other_package,
    "a broken list": _broken_package,
    "a list that leads out": _way_out,
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_folder_with_anything_no_build_wrote_is_refused_and_left_whole(
    stranger: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    built(data)
    STRANGERS[stranger](data)
    before = contents(tmp_path)
    with pytest.raises(
        OptionError, match=r"holds what no build wrote there: .*; nothing was changed"
    ) as refused:
        built(data)
    assert str(data) in str(refused.value)
    assert contents(tmp_path) == before


def test_a_refusal_names_a_few_strangers_and_says_that_there_are_more(tmp_path: Path) -> None:
    for number in range(9):
        write_text(tmp_path / "data" / f"page {number}.txt", "")
    write_text(tmp_path / "data" / "\x1b[2J.txt", "")
    with pytest.raises(OptionError) as refused:
        check_folder(tmp_path / "data")
    assert (
        "'\\x1b[2J.txt', page 0.txt, page 1.txt, page 2.txt, page 3.txt and more; nothing was changed"
        in str(refused.value)
    )


def test_the_command_line_refuses_before_it_reads_or_writes_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_text(tmp_path / "data" / "thesis.docx", "work of years")
    write_small_seeds(tmp_path / "seeds")
    before = contents(tmp_path)
    for words in (("build",), ("build", "--coast")):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2
        assert (
            "data=data holds what no build wrote there: thesis.docx; nothing was changed"
            in result.stderr
        )
        assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (".", r"data=\. is the current folder or has it inside"),
        ("..", "is the current folder or has it inside"),
        ("/", "is the current folder or has it inside"),
        ("seeds", "data=seeds and seeds=seeds lie in each other"),
        ("seeds/deep/data", "lie in each other"),
        ("way/deep", "lie in each other"),
        ("link", "data=link is a link"),
        ("loop", "data=loop is a link"),
        ("dangling", "data=dangling is a link"),
        ("file", "data=file is no folder"),
        ("pipe", "data=pipe is no folder"),
    ],
)
def test_a_place_where_no_data_may_stand_is_refused_before_anything_is_written(
    data: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    write_small_seeds(here / "seeds")
    (here / "empty").mkdir()
    for name, leads_to in {
        "link": "empty",
        "loop": "loop",
        "dangling": "nowhere",
        "way": "seeds",
    }.items():
        (here / name).symlink_to(leads_to)
    (here / "file").write_text("work of years")
    os.mkfifo(here / "pipe")
    monkeypatch.chdir(here)
    before = contents(tmp_path)
    with pytest.raises(OptionError, match=complaint):
        build(Path("seeds"), Path(data))
    assert contents(tmp_path) == before


def test_seeds_inside_the_folder_of_the_data_are_refused(tmp_path: Path) -> None:
    write_small_seeds(tmp_path / "all" / "seeds")
    with pytest.raises(OptionError, match="lie in each other"):
        build(tmp_path / "all" / "seeds", tmp_path / "all")


def test_an_empty_and_a_missing_folder_are_built_into(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for data in (tmp_path / "empty", tmp_path / "new" / "data"):
        built(data)
        assert sorted(contents(data)) == ["datapackage.json", "timeline.txt"]


def test_a_stranger_that_comes_while_a_build_runs_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    built(data, amur="old")
    before = contents(data)
    with pytest.raises(OptionError, match=r"thesis\.docx"), replacing(data) as folder:
        write_datapackage(folder, {"name": "sovietpacific"})
        write_text(data / "thesis.docx", "work of years")
    assert contents(data) == {**before, "thesis.docx": b"work of years"}
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("stop", range(1, 6))
@pytest.mark.parametrize(
    "wrong", [OSError(5, "Input/output error"), KeyboardInterrupt(), SystemExit(143)]
)
def test_a_build_that_is_broken_off_while_files_change_places_leaves_the_old_data(
    wrong: BaseException, stop: int, old: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, moved = tmp_path / "data", []
    if old:
        built(data, amur="old", gone="old")
    before = contents(tmp_path)
    replace = build_folder._replace

    def breaking(new: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == stop:
            raise wrong
        replace(new, target)

    monkeypatch.setattr(build_folder, "_replace", breaking)
    with pytest.raises(type(wrong)):
        built(data, amur="new", fresh="new")
    assert contents(tmp_path) == before


def test_a_build_killed_half_way_does_not_stop_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    built(data, amur="old", gone="old")
    new, kept = tmp_path / "new", tmp_path / "kept"
    write_text(new / "geojson" / "fresh.geojson", "new")
    write_datapackage(new, {"name": "sovietpacific"})
    with monkeypatch.context() as patch:  # a process that is killed undoes nothing
        patch.setattr(build_folder, "_undone_from", lambda *_: pytest.MonkeyPatch.context())
        patch.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build_folder.move_in(new, data, kept, check_folder(data))
    assert (data / "geojson" / "fresh.geojson").is_file()
    assert (data / "geojson" / "gone.geojson").is_file()
    built(data, amur="newest")
    assert [name for name in contents(data) if "." in name] == [
        "datapackage.json",
        "geojson/amur.geojson",
        "timeline.txt",
    ]


def test_a_file_of_the_data_keeps_its_mode(tmp_path: Path) -> None:
    data = tmp_path / "data"
    built(data)
    (data / "timeline.txt").chmod(0o640)
    built(data)
    assert (data / "timeline.txt").stat().st_mode & 0o777 == 0o640
