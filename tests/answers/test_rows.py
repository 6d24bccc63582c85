"""Rows are values, and `answers.tables` alone makes texts of them and reads these back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sovietpacific import Atlas
from sovietpacific.answers.changes import list_changes
from sovietpacific.answers.rows import BorderRow, Side, fold_borders, fold_tract
from sovietpacific.answers.tables import (
    BORDER_COLUMNS,
    CHANGE_COLUMNS,
    LINE_COLUMNS,
    TRACT_COLUMNS,
    border_columns,
    change_columns,
    line_columns,
    read_border,
    read_ids,
    side_text,
    tract_columns,
)
from sovietpacific.maps.scene.border_lines import drawn_edges
from sovietpacific.maps.scene.day_map import DayMap

SOURCE = Path(__file__).parents[2] / "src" / "sovietpacific"

#: How a text that `answers.tables` has made would be taken apart.
APART = re.compile(r"""\.split\((?:texts\.)?SEPARATOR|split\(["']; ["']\)|replace\(["']\|["']""")


def test_a_row_read_back_from_its_columns_is_held_as_it_was(atlas: Atlas) -> None:
    rows = {
        row
        for view in atlas.views
        for day in atlas.time.edges(view)
        for row in fold_borders(atlas.time, atlas.judged_tracts(), view, day)
    }
    assert len(rows) > 500
    for row in rows:
        columns = border_columns(row)
        back = read_border(columns)
        assert (back.holders, back.polities, back.standing, back.sovereigns) == (
            row.holders,
            row.polities,
            row.standing,
            row.sovereigns,
        )
        assert border_columns(back)["sovereign"] == columns["sovereign"]
        assert read_ids(columns["tracts"]) == row.tracts


def test_columns_are_those_a_frame_has(atlas: Atlas) -> None:
    day = date(1950, 9, 10)
    time, tracts = atlas.time, list(atlas.judged_tracts())
    lines = [drawn.row for drawn in drawn_edges(atlas, day, "control")]
    changes = list_changes(time, tracts, "control", date(1945, 1, 1), day)
    assert {*border_columns(fold_borders(time, tracts, "control", day)[0])} == {*BORDER_COLUMNS}
    assert {*tract_columns(fold_tract(time, tracts[0], day))} >= {*TRACT_COLUMNS}
    assert {*line_columns(lines[0])} == {*LINE_COLUMNS}
    assert {*change_columns(changes[0])} == {*CHANGE_COLUMNS}
    assert all(type(line.since) is date and type(line.sources) is tuple for line in lines)
    assert all(type(change.day) is date for change in changes)


@pytest.mark.parametrize(
    ("side", "text"),
    [
        (Side(), ""),
        (Side(("japan",)), "japan"),
        (Side(("japan", "russia")), "japan+russia"),
        (Side(("japan", "russia"), disputed=True), "japan|russia"),
    ],
)
def test_a_side_of_a_line_is_one_text(side: Side, text: str) -> None:
    assert side_text(side) == text


def test_land_of_one_row_is_held_in_one_way(atlas: Atlas) -> None:
    for view in atlas.views:
        for day in atlas.time.edges(view)[::7]:
            rows = fold_borders(atlas.time, atlas.judged_tracts(), view, day)
            held = [border_columns(row) for row in rows]
            keys = [[one[name] for name in BORDER_COLUMNS[:4]] for one in held]
            assert len({tuple(key) for key in keys}) == len(rows)
            tracts = [tract for row in rows for tract in row.tracts]
            assert sorted(tracts) == sorted(tract.id for tract in atlas.judged_tracts())


def test_the_backdrop_has_no_holder(atlas: Atlas) -> None:
    backdrop = [tract for tract in atlas.tracts.values() if not tract.judged]
    row = BorderRow.backdrop(backdrop)
    assert border_columns(row)["holder"] == ""
    assert row.standing == "context"
    assert row.area_km2 == sum(tract.area_km2 for tract in backdrop)


def test_nothing_but_tables_takes_a_text_of_a_frame_apart() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if path.name != "tables.py"]
    apart = {
        path.relative_to(SOURCE).as_posix()
        for path in modules
        if APART.search(path.read_text(encoding="utf-8"))
    }
    assert apart <= {"builder/article.py"}, "which reads what a curator wrote"


def test_the_map_of_a_day_finds_each_thing_once(atlas: Atlas) -> None:
    day_map = DayMap(atlas, "control", date(1945, 9, 2))
    assert day_map.rows is day_map.rows
    assert day_map.edges is day_map.edges
    assert day_map.places is day_map.places
    assert set(day_map.row_of) == {tract.id for tract in atlas.judged_tracts()}
    kurils = [tract.id for tract in atlas.judged_tracts("kurils")]
    seen = day_map.rows_of(kurils)
    assert sorted(tract for row in seen for tract in row.tracts) == sorted(kurils)
    assert all(day_map.row_of[row.tracts[0]].holders == row.holders for row in seen)
    assert {line.kind for line in day_map.lines()} == {drawn.kind for drawn in day_map.edges}
