"""Tests the front of the Korean War: one line a day, never interpolated, and at one with who held
the towns.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely

import sovietpacific as sp
from sovietpacific import Atlas, load_atlas
from sovietpacific.builder.base import read_land
from sovietpacific.builder.fronts import read_fronts
from sovietpacific.builder.seeds import read_seeds, towns_of
from sovietpacific.errors import SeedError
from tests.support.front_sides import HOLDERS, distance_km, ground_south, side_of

ROOT = Path(__file__).parents[2]
ATLAS: Atlas = load_atlas()
FRONTS = read_fronts(ROOT / "seeds")
BEACHHEADS = {key for key in FRONTS if key.startswith("beachhead-")}
FIRST, END = date(1950, 6, 25), date(1953, 7, 27)
DAY = timedelta(days=1)

#: The first stage of each day: of two that share one, the front and not the beachhead.
STAGES = {front.record.lives[0].since: key for key, front in sorted(FRONTS.items())}


def fronts_at(day: date) -> list[dict[str, Any]]:
    return [
        row for row in sp.lines_at(day, atlas=ATLAS).to_dict("records") if row["status"] == "front"
    ]


def test_all_stages_are_there() -> None:
    assert len(FRONTS) == 46  # the forty-seventh is the Military Demarcation Line itself
    assert len(BEACHHEADS) == 2


def test_every_day_of_the_war_has_one_front_and_it_says_of_which_day() -> None:
    main = sorted(day for day, key in STAGES.items() if key not in BEACHHEADS)
    for day in (FIRST + timedelta(days=number) for number in range(0, (END - FIRST).days, 9)):
        (row,) = [row for row in fronts_at(day) if row["line"] not in BEACHHEADS]
        last = max(since for since in main if since <= day)
        assert row["since"] == last.isoformat()
        assert row["geometry"].equals(FRONTS[row["line"]].geometry)
        assert row["basis"] == "korean-war-1950"
        assert row["accuracy_km"] > 0


def test_there_is_no_front_before_the_war_nor_after_the_armistice() -> None:
    assert fronts_at(FIRST - DAY) == fronts_at(END) == []
    assert "mdl" in set(sp.lines_at(END, atlas=ATLAS)["line"])


def test_two_stages_may_share_a_day() -> None:
    assert {row["line"] for row in fronts_at(date(1950, 12, 15))} == {
        "front-1950-12-15",
        "beachhead-1950-12-15",
    }


def test_a_beachhead_has_a_life_of_its_own() -> None:
    days = {
        "1950-09-15": 0,
        "1950-09-16": 1,
        "1950-09-26": 1,
        "1950-09-27": 0,
        "1950-12-23": 1,
        "1950-12-24": 0,
    }
    found = {
        day: sum(row["line"] in BEACHHEADS for row in fronts_at(date.fromisoformat(day)))
        for day in days
    }
    assert found == days


def test_the_front_is_korea_s_and_in_every_view() -> None:
    assert "front" in set(sp.lines_at("1951-01-01", region="korea", atlas=ATLAS)["status"])
    assert "front" not in set(sp.lines_at("1951-01-01", region="sakhalin", atlas=ATLAS)["status"])
    assert "front" in set(sp.lines_at("1951-01-01", view="title", atlas=ATLAS)["status"])


def test_what_is_known_by_heart_is_not_called_seen() -> None:
    for key, front in FRONTS.items():
        (life,) = front.record.lives
        assert not (life.seen and "unverified" in life.sources), key
        assert life.certainty == "firm" or not life.seen


def test_fronts_run_from_shore_to_shore_and_never_cross_themselves() -> None:
    mainland = mainland_of_korea()
    for key, front in FRONTS.items():
        assert front.geometry.is_simple, key
        assert ground_south(key, front.geometry).is_valid, key
        for end in (
            shapely.Point(front.geometry.coords[0]),
            shapely.Point(front.geometry.coords[-1]),
        ):
            assert not mainland.contains(end), f"{key} ends on land at {end}"
            assert distance_km(end, mainland) < 20, f"{key} ends far out at sea, at {end}"


def mainland_of_korea() -> Any:
    land = read_land(ROOT / "seeds")
    parts = [
        part
        for part, country in zip(land.polygons, land.countries, strict=True)
        if country in ("KOR", "PRK")
    ]
    return max(shapely.get_parts(shapely.union_all(parts)), key=shapely.area)


def towns_of_korea() -> Iterator[tuple[str, tuple[float, float]]]:
    """Give the first town of each district on the mainland; the front says nothing of the islands."""
    mainland = mainland_of_korea()
    for key, tract in read_seeds(ROOT / "seeds").tracts.items():
        for town in towns_of(tract)[:1] if tract.region.startswith("korea") else ():
            if distance_km(shapely.Point(town), mainland) < 2:
                yield key, town


def disagreements() -> Iterator[tuple[str, str, str, str]]:
    """Give stage, district, side by the front, and who held the district, wherever the two do not
    agree on the day of a stage.

    A district that two held on that day, in parts or fighting, is at one with either side.
    """
    towns = list(towns_of_korea())
    for day, stage in sorted(STAGES.items()):
        alive = [
            (key, front.geometry, front.record.accuracy_km)
            for key, front in FRONTS.items()
            if front.record.life_on(day)
        ]
        for district, town in towns:
            side, holders = (
                side_of(town, alive),
                sp.sovereignty_of(district, day, atlas=ATLAS).control.lineages,
            )
            if side and len(holders) == 1 and holders[0] not in HOLDERS[side]:
                yield stage, district, side, holders[0]


def test_the_front_and_the_control_of_the_towns_agree_but_where_it_is_explained() -> None:
    with (ROOT / "tests" / "data" / "front_disagreements.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        listed = {
            (row["stage"], row["district"], row["side"], row["control"]): row["why"]
            for row in csv.DictReader(file)
        }
    assert all(why.strip() for why in listed.values())
    found = set(disagreements())
    assert not found - set(listed), (
        "the front and the control of these towns disagree, and nobody says why"
    )
    assert not set(listed) - found, (
        "these disagree no more; take them out of tests/data/front_disagreements.csv"
    )


FRONT = '[{key}]\nname = "Front"\nsince = {since}\naccuracy_km = 5\nsources = ["book"]\ncertainty = "firm"\nseen = true\n{more}\n'
POINTS = "points = [[126.0, 37.0], [127.0, 37.5], [129.5, 37.0]]"


def written(folder: Path, *stages: tuple[str, str, str]) -> Path:
    war = '[war]\nbasis = "war"\nregion = "korea"\nuntil = 1953-07-27\n'
    text = war + "".join(
        FRONT.format(key=key, since=since, more=more) for key, since, more in stages
    )
    (folder / "fronts.toml").write_text(text, encoding="utf-8")
    return folder


def test_each_stage_holds_until_the_next(tmp_path: Path) -> None:
    read = read_fronts(written(tmp_path, ("a", "1950-06-25", POINTS), ("b", "1950-07-05", POINTS)))
    assert [front.record.lives[0].until for front in read.values()] == [
        date(1950, 7, 5),
        date(1953, 7, 27),
    ]
    assert math.isclose(read["a"].geometry.length, read["b"].geometry.length)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([("a", "1950-07-05", POINTS), ("b", "1950-06-25", POINTS)], "b: out of order"),
        ([("a", "1950-07-05", POINTS + "\nuntil = 1950-07-01")], "a: ends on 1950-07-01"),
        (
            [("a", "1950-07-05", "points = [[0, 0], [2, 2], [2, 0], [0, 2]]")],
            "a: the front crosses itself",
        ),
        ([("a", "1950-07-05", "points = [[0, 0]]")], "two or more"),
        ([("a", "1950-07-05", POINTS + "\ncolour = 1")], "unknown key colour"),
    ],
)
def test_a_front_that_cannot_be_is_refused(
    tmp_path: Path, stages: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(SeedError, match=said):
        read_fronts(written(tmp_path, *stages))
