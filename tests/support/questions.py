"""Every public question with good values, to be spoiled one by one, and the names that ask nothing.

A new public function needs one entry in `QUESTIONS`; `test_hostile_input.py` fails until it is
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

import sovietpacific as sp
from sovietpacific import Atlas, maps
from sovietpacific.answers.atlas_frame import AtlasFrame
from tests.support.hostile import STEMS, VALUES


class File(str):
    """A file's name, to be taken in a folder of the test."""

    __slots__ = ()


@dataclass(frozen=True)
class Made:
    """A good value that is made anew each time."""

    make: Callable[[], Any]


@dataclass(frozen=True)
class Question:
    """Something a user may ask: how, with which good value for each parameter, and of which class
    the answer is.

    `files` says that files are read or written, so that the system's own `OSError` is a fair
    refusal; `heavy` that a good answer takes long; `tells` names parameters that are the user's own
    functions, whose errors are the user's.
    """

    ask: Callable[..., Any]
    good: Mapping[str, Any]
    gives: str
    files: bool = False
    heavy: bool = False
    tells: tuple[str, ...] = ()

    def values(self, folder: Path) -> dict[str, Any]:
        """Give the good values, names of files as files of `folder`."""

        def value_of(value: Any) -> Any:
            return (
                folder / value
                if isinstance(value, File)
                else value.make()
                if isinstance(value, Made)
                else value
            )

        return {name: value_of(value) for name, value in self.good.items()}

    def hostile(self, name: str, folder: Path) -> Iterator[tuple[str, Any]]:
        """Give the hostile values for one parameter; for a file's name also bad names with the
        right ending.
        """
        made = ((told, make()) for told, make in VALUES.items())
        yield from (pair for pair in made if not (name in self.tells and callable(pair[1])))
        if isinstance(self.good[name], File):
            ending = Path(self.good[name]).suffix
            yield from ((f"stem {stem[:9]!r}", f"{folder}/{stem}{ending}") for stem in STEMS)
            yield from (
                ("folder", folder),
                ("a folder", f"{folder}/"),
                ("below a file", folder / "points.csv" / f"x{ending}"),
            )


class Here:
    """Stands for a cluster's client: does the work at once, in this process."""

    def submit(self, work: Callable[..., Any], *values: Any, pure: bool) -> Any:
        """Do the work."""
        assert not pure
        return work(*values)

    def gather(self, done: list[Any]) -> list[Any]:
        """Give what was done."""
        return done

    def cancel(self, done: list[Any]) -> None:
        """Call nothing off; all is done."""


DAY, BEFORE, SOUTH = "1945-09-02", "1945-08-08", "kurils.south"
POINTS = {"lon": [142.7, 126.55], "lat": [47.0, 37.97], "date": ["1905-07-01", "1949-06-01"]}
_OPTIONS = {"view": "control", "snap_km": 0.0, "columns": ("tract", "holder"), "prefix": "in_"}
_NAMES = {"lon": "lon", "lat": "lat", "day": "date", **_OPTIONS}
_LABEL = {**_NAMES, "atlas": None}
_LOOK = {"view": "control", "region": SOUTH, "title": "A title", "atlas": None}
_AROUND = {**_LOOK, "region": None, "around": ("Iturup", 60)}
_SHEET = {**_AROUND, "scripts": False, "width": 6.0}
_PARTED = {"path": File("war.svg"), "first": BEFORE, "last": DAY, **_AROUND, "scripts": False}
_FILM = {
    "first": "1945-09-01",
    "last": DAY,
    "path": File("film.gif"),
    "step": "epochs",
    "width": 320,
    "seconds": 0.5,
}
_EXPORT = {
    "path": File("out.csv"),
    "layout": "tenures",
    "view": "control",
    "region": SOUTH,
    "since": BEFORE,
    "until": DAY,
    "detail": "light",
    "atlas": None,
}


def write_points(folder: Path) -> None:
    """Write the points of the good values as files."""
    pd.DataFrame(POINTS).to_csv(folder / "points.csv", index=False)
    parquet.write_table(pa.table(POINTS), folder / "points.parquet")


def _dask_frame() -> Any:
    import dask.dataframe as dask

    return dask.from_pandas(pd.DataFrame(POINTS), npartitions=1)


def _label_parquet(**given: Any) -> Any:
    given["folder"] = (
        given["folder"] / "new" if isinstance(given["folder"], Path) else given["folder"]
    )
    files = sp.label_parquet(**given)
    for file in files:
        file.unlink()
    return files


def _borders() -> AtlasFrame:
    return sp.borders_at(DAY, region=SOUTH)


_ASKED = {
    "borders_at": (
        {"day": DAY, "view": "control", "region": SOUTH, "detail": "light", "context": False},
        "AtlasFrame",
    ),
    "tracts_at": ({"day": DAY, "region": SOUTH, "detail": "light"}, "AtlasFrame"),
    "lines_at": (
        {"day": DAY, "view": "control", "region": SOUTH, "detail": "light"},
        "AtlasFrame",
    ),
    "sovereignty_of": ({"place": "urup", "day": DAY, "snap_km": 0.0, "view": None}, "Sovereignty"),
    "history_of": ({"place": "urup", "view": "control"}, "DataFrame"),
    "changes_between": (
        {
            "first": "1945-08-30",
            "last": DAY,
            "view": "control",
            "region": SOUTH,
            "certain_only": False,
        },
        "AtlasFrame",
    ),
    "epochs": ({"view": "control"}, "DataFrame"),
    "instruments": ({}, "DataFrame"),
    "polities": ({}, "DataFrame"),
    "places": ({"name": "Dairen"}, "DataFrame"),
    "sources": ({}, "DataFrame"),
}


#: Every public question by name: functions of the package and of maps, methods of what these give.
QUESTIONS: dict[str, Question] = {
    **{
        name: Question(getattr(sp, name), {**good, "atlas": None}, gives)
        for name, (good, gives) in _ASKED.items()
    },
    "export": Question(sp.export, _EXPORT, "Path", files=True),
    "load_atlas": Question(sp.load_atlas, {"path": None}, "Atlas"),
    "label": Question(
        sp.label, {"frame": Made(lambda: pd.DataFrame(POINTS)), **_LABEL}, "DataFrame"
    ),
    "label_batches": Question(
        lambda **given: sp.label_batches(**given).read_all(),
        {"reader": Made(lambda: pa.table(POINTS)), **_LABEL},
        "Table",
    ),
    "label_file": Question(
        sp.label_file,
        {"source": File("points.csv"), "path": File("out.csv"), **_LABEL, "progress": None},
        "NoneType",
        files=True,
        tells=("progress",),
    ),
    "label_dask": Question(
        lambda **given: sp.label_dask(**given).compute(),
        {"frame": Made(_dask_frame), **_NAMES},
        "DataFrame",
        heavy=True,
    ),
    "label_parquet": Question(
        _label_parquet,
        {
            "source": File("points.parquet"),
            "folder": File("parts"),
            "client": Made(Here),
            "groups_a_file": 4,
            **_NAMES,
        },
        "list",
        files=True,
    ),
    "maps.web": Question(
        maps.web, {"day": DAY, **_LOOK, "tiles": None, "online": False}, "Map", heavy=True
    ),
    "maps.timeline": Question(maps.timeline, {"day": DAY, **_LOOK}, "Map", heavy=True),
    "maps.compare": Question(
        maps.compare, {"first": BEFORE, "last": DAY, **_LOOK}, "Map", heavy=True
    ),
    "maps.sheet": Question(
        maps.sheet, {"day": DAY, **_SHEET, "insets": False}, "Figure", heavy=True
    ),
    "maps.sheets": Question(
        maps.sheets,
        {"days": (DAY,), **_SHEET, "titles": ("One",), "columns": 1},
        "Figure",
        heavy=True,
    ),
    "maps.compare_sheet": Question(
        maps.compare_sheet, {"first": BEFORE, "last": DAY, **_SHEET}, "Figure", heavy=True
    ),
    "maps.save": Question(
        maps.save,
        {"path": File("day.svg"), "day": DAY, **_AROUND, "scripts": False},
        "Path",
        files=True,
        heavy=True,
    ),
    "maps.save_comparison": Question(maps.save_comparison, _PARTED, "Path", files=True, heavy=True),
    "maps.save_timeline": Question(
        maps.save_timeline,
        {"path": File("all.html"), "day": DAY, **_LOOK},
        "Path",
        files=True,
        heavy=True,
    ),
    "maps.animate": Question(
        maps.animate,
        {**_FILM, **_AROUND, "progress": None},
        "Path",
        files=True,
        heavy=True,
        tells=("progress",),
    ),
    "AtlasFrame.map": Question(
        lambda **given: _borders().map(**given), {"title": "A title"}, "Map", heavy=True
    ),
    "AtlasFrame.explore": Question(lambda: _borders().explore(), {}, "Map", heavy=True),
    "AtlasFrame.plot": Question(
        lambda **given: _borders().plot(**given),
        {"ax": None, "figsize": (4, 3)},
        "Axes",
        heavy=True,
    ),
    "Answer.to_dict": Question(
        lambda: sp.sovereignty_of("urup", DAY).control.to_dict(), {}, "dict"
    ),
    "Sovereignty.to_dict": Question(lambda: sp.sovereignty_of("urup", DAY).to_dict(), {}, "dict"),
}

#: Public names that are asked nothing, and why.
NOT_ASKED = {
    **{name: "an error or a warning" for name in sp.__all__ if name.endswith(("Error", "Warning"))},
    "Answer": "part of an answer; its methods stand under Answer.",
    "Atlas": "made by load_atlas; its methods stand under Atlas.",
    **dict.fromkeys(("Day", "Place"), "says what may be given"),
    "Sovereignty": "an answer; its methods stand under Sovereignty.",
    "maps": "its functions stand under maps.",
}

#: Where public methods are defined, by the name they stand under.
CLASSES = {
    "Answer": sp.Answer,
    "Atlas": Atlas,
    "AtlasFrame": AtlasFrame,
    "Sovereignty": sp.Sovereignty,
}
