"""Registers, rows and drawn points that say something impossible are refused, with the place and
what to write.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sovietpacific.builder.base import read_points, read_ring
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.errors import SeedError
from tests.support.small_seeds import (
    INSTRUMENTS,
    LANDING,
    POLITIES,
    TRACTS,
    VIEWS,
    write_small_seeds,
)


def refusal_of(folder: Path, **spoiled: str) -> str:
    with pytest.raises(SeedError) as refused:
        read_seeds(write_small_seeds(folder, **spoiled))
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'name = "Japan"\nlineage',
            "name = 3\nlineage",
            "polities.toml: japan: name = 3 is missing or is not of type str",
        ),
        (
            '"russia/white"',
            '"white"',
            "polities.toml: white: a polity outside the main line is called lineage/name, here russia/…",
        ),
        (
            "until = 1922-06-17",
            "until = 1918-06-29",
            "polities.toml: russia/white: ends on 1918-06-29, not after it begins on 1918-06-29",
        ),
        (
            "until = 1922-06-17",
            'by = "coup"',
            "polities.toml: russia/white: by = 'coup' is not in instruments.toml",
        ),
        (
            "until = 1922-06-17",
            'sources = ["book-1974 p. 4", "letter-2", "letter-1 f. 3"]',
            "polities.toml: russia/white: not in sources.toml: letter-1 f. 3, letter-2",
        ),
        (
            "main = true\nsince = 1603-03-24",
            "since = 1603-03-24",
            "polities.toml: japan: a polity outside the main line",
        ),
        (
            'japan = "Japan"',
            'japan = "Japan"\nkorea = "Korea"',
            "polities.toml: lineage korea has no main polity",
        ),
    ],
)
def test_a_polity_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in POLITIES
    assert complaint in refusal_of(tmp_path, polities=POLITIES.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "[japan]",
            "[title]",
            "views.toml: title: the name of a view every atlas answers cannot be a state's",
        ),
        (
            'base = "title"',
            'base = "law"',
            "views.toml: japan: base = 'law'; allowed: control, sovereignty, title",
        ),
        (
            "since = 1855-01-01",
            "since = 1855-01-01\nrecognised = { russia = 1956-12-12 }",
            "name a claimant of this view and a day",
        ),
        (
            "since = 1855-01-01",
            'since = 1855-01-01\nrecognised = { japan = "1956" }',
            "recognised = { japan = '1956' }",
        ),
        ('["book-1974"]', '["map-1"]', "unknown: map-1"),
        (
            '["japan"]',
            "[]",
            "needs a claimant, and sources that are in sources.toml; unknown: none",
        ),
    ],
)
def test_a_map_of_a_state_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in VIEWS
    assert complaint in refusal_of(tmp_path, views=VIEWS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            f"[\n    {LANDING},\n]",
            '["1945-08-18"]',
            "'1945-08-18' is not a row; write an inline table { since = …, holder = …, … }",
        ),
        (
            f"[\n    {LANDING},\n]",
            '"russia"',
            "east: control: write a list of rows, control = [ { since = … }, … ]",
        ),
        (
            'by = "landing-1945"',
            "by = ' '",
            "control 1945-08-18: by = ' ' is missing or is not a text",
        ),
        (
            'holder = "russia", standing = "occupied"',
            'holder = 3, standing = "occupied"',
            'holder = 3; write one holder, "japan", or a list',
        ),
        (
            'holder = "russia", standing = "occupied"',
            'holder = ["russia", "russia"], standing = "condominium"',
            "holder = ['russia', 'russia'] names a holder twice",
        ),
        (
            "since = 1945-08-18",
            'since = 1945-08-18, old_style = "5 August 1945"',
            'write the Julian day as "1855-01-26"',
        ),
        (
            'name = "Chain"\n',
            'name = "Chain"\nowner = "russia"\n',
            "tracts/chain.toml: chain.owner: unknown key; a region holds",
        ),
        (
            "[chain.west]",
            "[chain.sub]\nname = 'Sub'\n[chain.sub.east]\nname = 'x'\nshape = {}\n[chain.west]",
            "the id east is taken by",
        ),
        (
            "[chain]",
            "[alone]\nname = 'Alone'\nshape = { island = [1.0, 2.0] }\n[chain]",
            "a tract lies in a region; write [region.alone]",
        ),
    ],
)
def test_a_tract_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in TRACTS
    assert complaint in refusal_of(tmp_path, tracts=TRACTS.replace(old, new, 1))


def test_a_claim_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    claim = '[[chain.east.claims]]\nclaimant = "japan"\nsince = 1951-09-07\nuntil = 1951-09-07\nsources = ["book-1974"]\n'
    told = refusal_of(tmp_path, tracts=TRACTS + claim)
    assert (
        "chain.east: claim 1: the claim ends on 1951-09-07, not after it begins on 1951-09-07"
        in told
    )


def test_a_region_stands_in_one_file(tmp_path: Path) -> None:
    write_small_seeds(tmp_path)
    (tmp_path / "tracts" / "other.toml").write_text('[chain]\nname = "Chain"\n', encoding="utf-8")
    with pytest.raises(
        SeedError, match=r"tracts/other\.toml: chain: the region chain is written in two files"
    ):
        read_seeds(tmp_path)


def test_seeds_without_a_tract_are_refused(tmp_path: Path) -> None:
    write_small_seeds(tmp_path)
    (tmp_path / "tracts" / "chain.toml").unlink()
    with pytest.raises(SeedError, match=r"no tracts: .*tracts holds no \*\.toml with a tract"):
        read_seeds(tmp_path)


def test_land_and_the_towns_that_share_it_need_each_other(tmp_path: Path) -> None:
    spare = TRACTS.replace('name = "Chain"', 'name = "Chain"\nland = { at = [] }')
    seeds = read_seeds(write_small_seeds(tmp_path, tracts=spare))
    with pytest.raises(SeedError, match="chain: has `land` but no tract below with a town"):
        seeds.common_lands()
    towns = TRACTS.replace("shape = { island = [149.0, 45.0] }", "shape = { town = [149.0, 45.0] }")
    seeds = read_seeds(write_small_seeds(tmp_path, tracts=towns))
    with pytest.raises(
        SeedError,
        match=r"chain\.west: a town shares the `land` of a region above it, and none has any",
    ):
        seeds.common_lands()


def test_a_view_from_before_the_first_day_is_refused(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, views=VIEWS.replace("since = 1855-01-01", "since = 1800-01-01"))
    assert (
        "views.toml: japan: since = 1800-01-01 is before 1855-01-01, the first day of this atlas"
        in told
    )


def test_an_instrument_with_a_word_for_a_day_is_refused(tmp_path: Path) -> None:
    told = refusal_of(
        tmp_path, instruments=INSTRUMENTS.replace("in_force = 1875-08-22", 'in_force = "August"')
    )
    assert "treaty-1875: in_force = 'August' is missing or is not of type date" in told


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            "150.0,north,a,b,1,own,CC0-1.0",
            r"rings/r\.csv line 3: lon and lat must be numbers of degrees",
        ),
        ("150.0", r"rings/r\.csv line 3: lon and lat must be numbers of degrees"),
        (
            "9" * 5_000 + "x,44.0,a,b,1,own,CC0-1.0",
            r"\Arings/r\.csv line 3: lon and lat must be numbers of degrees: .{1,120}\Z",
        ),
        (
            "150.0,45.0,a,b,1,,CC0-1.0",
            r"rings/r\.csv line 3: every point states accuracy_km, source and licence",
        ),
        (
            "150.0,45.0,a,b,1,own,",
            r"rings/r\.csv line 3: every point states accuracy_km, source and licence",
        ),
        (
            "150.0,45.0,a,b,,own,CC0-1.0",
            r"rings/r\.csv line 3: every point states accuracy_km, source and licence",
        ),
    ],
)
def test_a_drawn_point_without_place_or_source_is_refused_by_line(
    tmp_path: Path, row: str, complaint: str
) -> None:
    (tmp_path / "rings").mkdir()
    rows = ["lon,lat,name,why,accuracy_km,source,licence", "149.0,44.0,a,b,1,own,CC0-1.0", row]
    (tmp_path / "rings" / "r.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(SeedError, match=complaint):
        read_points(tmp_path, "rings", "r")


def test_an_outline_of_two_points_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rings").mkdir()
    rows = [
        "lon,lat,accuracy_km,source,licence",
        "149.0,44.0,1,own,CC0-1.0",
        "150.0,44.0,1,own,CC0-1.0",
    ]
    (tmp_path / "rings" / "r.csv").write_text("\n".join(rows), encoding="utf-8")
    assert read_points(tmp_path, "rings", "r") == [(149.0, 44.0), (150.0, 44.0)]
    with pytest.raises(
        SeedError, match=r"rings/r\.csv has 2 points; an outline needs three or more"
    ):
        read_ring(tmp_path, "r")
