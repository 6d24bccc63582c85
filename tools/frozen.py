"""Freeze what the library answers, and tell later every answer that has changed since.

`python -m tools.frozen freeze` writes `tests/frozen/`: all histories in all views, the tract of a
million points, the sums of twenty maps and the pictures of as many sheets.  `python -m
tools.frozen` prints what is not so any more, as rows of `tests/frozen/changed.csv`.  Only what is
public is asked, so that the house may be rebuilt around it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

import sovietpacific as sp

FOLDER = Path(__file__).parents[1] / "tests" / "frozen"
VIEWS = (
    "control",
    "sovereignty",
    "title",
    "china",
    "dprk",
    "japan",
    "mongolia",
    "roc",
    "rok",
    "russia",
)

#: The million points: a jittered lattice over the frame, so that neighbours lie in one tract and
#: the file of their tracts is small; every point has a day of its own.
ROWS = COLUMNS = 1000
WEST, EAST, SOUTH, NORTH = 88.0, 158.0, 33.0, 57.0
FIRST, LAST = np.datetime64("1855-01-01"), np.datetime64("2026-11-01")
#: What of a history is frozen.
HISTORY = ("since", "until", "holder", "polity", "standing", "instrument", "certainty", "edtf")

#: Twenty maps: a day, a view, and a region or the whole.
MAPS = (
    ("1855-01-01", "control", None), ("1858-06-01", "sovereignty", None),
    ("1861-01-01", "control", "amur"), ("1875-08-22", "control", "kurils"),
    ("1895-04-01", "control", "korea"), ("1904-10-01", "control", "manchuria"),
    ("1905-10-16", "sovereignty", "sakhalin"), ("1912-06-01", "control", "mongolia"),
    ("1920-06-01", "control", "amur"), ("1922-10-25", "control", None),
    ("1932-03-01", "control", "manchuria"), ("1939-06-01", "sovereignty", None),
    ("1945-08-20", "control", None), ("1945-09-02", "control", None),
    ("1946-05-01", "control", "manchuria"), ("1950-09-10", "control", "korea"),
    ("1950-11-25", "control", "korea"), ("1953-07-27", "title", None),
    ("1960-01-01", "japan", "kurils"), ("2020-01-01", "title", None),
)  # fmt: skip


class Change(NamedTuple):
    """A span of a tract in a view whose answer is not the frozen one; `until` is not in it."""

    view: str
    tract: str
    since: str
    until: str
    before: str
    after: str


def views() -> list[str]:
    """Return the frozen views that this atlas has."""
    known = sp.load_atlas().views
    return [view for view in VIEWS if view in known]


def tract_ids() -> list[str]:
    """Return the ids of the judged tracts, sorted."""
    tracts = sp.load_atlas().tracts
    return sorted(key for key, tract in tracts.items() if tract.judged)


def points() -> pd.DataFrame:
    """Return the million points: `lon`, `lat` in degrees and `date`, the same every time."""
    jitter = np.random.Generator(np.random.PCG64(1855)).random((3, ROWS * COLUMNS))
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    days = (LAST - FIRST).astype(np.int64)
    return pd.DataFrame(
        {
            "lon": WEST + (column + jitter[0]) * ((EAST - WEST) / COLUMNS),
            "lat": SOUTH + (row + jitter[1]) * ((NORTH - SOUTH) / ROWS),
            "date": FIRST + np.floor(jitter[2] * days).astype(np.int64).astype("timedelta64[D]"),
        }
    )


def label_points(view: str, columns: list[str]) -> pd.DataFrame:
    """Return the labels of the million points in a view, as plain texts, `""` for none."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        frame: pd.DataFrame = sp.label(points(), "lon", "lat", "date", view=view, columns=columns)
    return frame[columns].astype(object).fillna("")


def histories() -> str:
    """Return all histories in all views as CSV, sorted by view and tract."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("view", "tract", *HISTORY))
    for view in views():
        for tract in tract_ids():
            frame = sp.history_of(tract, view=view)
            for row in frame[list(HISTORY)].astype(object).fillna("").itertuples(index=False):
                writer.writerow((view, tract, *row))
    return text.getvalue()


def map_sums() -> dict[str, list[list[object]]]:
    """Return for each of the twenty maps its rows: holder, standing, sovereign and km²."""
    sums: dict[str, list[list[object]]] = {}
    for day, view, region in MAPS:
        frame = sp.borders_at(day, view=view, region=region)
        rows = frame[["holder", "standing", "sovereign", "area_km2"]].itertuples(index=False)
        sums[_title(day, view, region)] = [[*row[:3], round(row[3], 3)] for row in rows]
    return sums


def pictures() -> dict[str, str]:
    """Return for each of the twenty maps the SHA-256 of its sheet as SVG."""
    import tempfile

    from sovietpacific import maps

    sums: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for day, view, region in MAPS:
            path = Path(folder) / "sheet.svg"
            maps.save(path, day, view=view, region=region)
            sums[_title(day, view, region)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return sums


def _title(day: str, view: str, region: str | None) -> str:
    return " ".join((day, view, region or "whole"))


def frozen_labels(view: str, points: pd.DataFrame, tracts: list[str]) -> pd.DataFrame:
    """Return holder and standing of points by the frozen histories, `""` where there is none."""
    days = points["date"].to_numpy().astype("datetime64[D]").astype(str)
    columns = {name: np.full(len(points), "", dtype=object) for name in ("holder", "standing")}
    for (view_of_rows, tract), rows in frozen_histories().items():
        if view_of_rows != view:
            continue
        mine = np.flatnonzero(np.asarray(tracts, dtype=object) == tract)
        place = np.searchsorted([row["since"] for row in rows], days[mine], side="right") - 1
        for name, column in columns.items():
            texts = np.array([*(row[name] for row in rows), ""], dtype=object)
            # Before the first row, in the map of a state, the place is -1: the empty text.
            column[mine] = texts[place]
    return pd.DataFrame(columns, index=points.index)


def drawn_with() -> dict[str, str]:
    """Return the versions that decide the bytes of a picture."""
    return {name: version(name) for name in ("matplotlib", "numpy", "shapely", "fonttools")}


def freeze() -> None:
    """Write down what is answered now."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "histories.csv.xz").write_bytes(_packed(histories().encode()))
    tracts = label_points("control", ["tract"])["tract"]
    (FOLDER / "tracts_of_points.txt.xz").write_bytes(_packed("\n".join(tracts).encode()))
    sums = {
        "edition": sp.load_atlas().version,
        "maps": map_sums(),
        "pictures": pictures(),
        "drawn_with": drawn_with(),
    }
    text = json.dumps(sums, ensure_ascii=False, indent=1)
    (FOLDER / "sums.json").write_text(text + "\n", encoding="utf-8")


def _packed(content: bytes) -> bytes:
    return lzma.compress(content, format=lzma.FORMAT_XZ, preset=9)


def read_histories(text: str) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Return the rows of histories by view and tract, first to last."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault((row["view"], row["tract"]), []).append(row)
    return found


def frozen_histories() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Return the histories that were written down."""
    packed = (FOLDER / "histories.csv.xz").read_bytes()
    return read_histories(lzma.decompress(packed).decode())


def frozen_tracts() -> list[str]:
    """Return the tracts of the million points that were written down, `""` off judged land."""
    return lzma.decompress((FOLDER / "tracts_of_points.txt.xz").read_bytes()).decode().split("\n")


def changes() -> Iterator[Change]:
    """Yield every span of a tract and a view that has another holder or standing than frozen."""
    old, new = frozen_histories(), read_histories(histories())
    for view, tract in sorted({*old, *new}):
        yield from _changes_of(view, tract, old.get((view, tract), []), new.get((view, tract), []))


def _changes_of(
    view: str, tract: str, old: list[dict[str, str]], new: list[dict[str, str]]
) -> Iterator[Change]:
    days = sorted({row["since"] for row in (*old, *new)})
    open_change: Change | None = None
    for day in days:
        before, after = _told_on(old, day), _told_on(new, day)
        same_as_open = open_change and (open_change.before, open_change.after) == (before, after)
        if open_change and not same_as_open:
            yield open_change._replace(until=day)
            open_change = None
        if before != after and not open_change:
            open_change = Change(view, tract, day, "", before, after)
    if open_change:
        yield open_change


def _told_on(rows: list[dict[str, str]], day: str) -> str:
    row = [row for row in rows if row["since"] <= day][-1:] if rows else []
    return f"{row[0]['holder'] or 'nobody'} ({row[0]['standing']})" if row else "not there"


def main() -> None:
    """Freeze, or print the changes as CSV."""
    if sys.argv[1:] == ["freeze"]:
        freeze()
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Change._fields)
    writer.writerows(changes())


if __name__ == "__main__":
    main()
