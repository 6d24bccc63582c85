"""The gazetteer is read strictly: what is wrong in a row is refused by file and line; what is
committed covers the area.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from pyproj import Geod

from sovietpacific.builder.gazetteer import (
    NAME_COLUMNS,
    PLACE_COLUMNS,
    place_in_tracts,
    read_gazetteer,
)
from sovietpacific.builder.look import read_look
from sovietpacific.builder.partition import make_partition
from sovietpacific.builder.seeds import read_seeds, towns_of
from sovietpacific.errors import SeedError

SEEDS = Path(__file__).parents[2] / "seeds"
LOOK = replace(read_look(SEEDS), first_places={})

PLACES = """place,lon,lat,kind,accuracy_km,source,note
korsakov,142.78,46.63,city,1,a map,
urup,150.0,45.9,island,1,a map,
"""

NAMES = """place,name,language,since,until,official,source,seen
korsakov,Korsakov,en,1946,,true,a book,true
korsakov,大泊,ja,1908,1946,true,a book,true
korsakov,Ōtomari,latn,1908,1946,true,a book,false
urup,Urup,en,,,true,a book,false
urup,Уруп,ru,,1875,true,a book,false
urup,Уруп,ru,1946,,true,a book,false
"""


def write(folder: Path, places: str = PLACES, names: str = NAMES) -> Path:
    (folder / "places.csv").write_text(places, encoding="utf-8")
    (folder / "place_names.csv").write_text(names, encoding="utf-8")
    return folder


def test_a_good_gazetteer_is_read_place_by_place(tmp_path: Path) -> None:
    places = read_gazetteer(write(tmp_path), LOOK)
    assert list(places) == ["korsakov", "urup"]
    assert [name.text for name in places["korsakov"].names] == ["Korsakov", "大泊", "Ōtomari"]
    assert places["urup"].names[1].until == 1875
    assert places["korsakov"].name == "Korsakov"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("accuracy_km,source", "accuracy,source", "places.csv: the columns are"),
        (
            "accuracy_km,source",
            "\x1b[31m,source",
            r"places.csv: the columns are 'place, lon, lat, kind, \\x1b\[31m",
        ),
        ("official,source,seen", "official,source,checked", "place_names.csv: the columns are"),
        (
            "urup,150.0,45.9",
            "korsakov,150.0,45.9",
            "line 3: 'korsakov' is written twice or out of order",
        ),
        ("urup,150.0,45.9", "iturup,150.0,45.9", "is written twice or out of order"),
        ("urup,150.0,45.9", "urup,45.9,150.0", r"urup: \(45.9, 150.0\) lies off the frame"),
        ("142.78", "east", "lon = 'east' is not a number"),
        ("island", "isle", "kind 'isle' is not one of cape, city"),
        ("1,a map", "0,a map", "how accurate the position is"),
        ("korsakov,大泊,ja", "korsakov,Отомари,ja", "ja = 'Отомари' has letters of another script"),
        ("Ōtomari", "О\u0304tomari", "letters of another script|composed Unicode form"),
        ("Ōtomari", "O\u0304tomari", "composed Unicode form"),
        ("Korsakov,en", "Kor\u200bsakov,en", "holds control signs"),
        ("Korsakov,en", ",en", "a name is missing"),
        ("Urup,en", "Urup,latn", "urup: place_names.csv has no English name"),
        ("大泊,ja", "大泊,jp", "unknown language 'jp'"),
        (
            "1908,1946,true,a book,true",
            "1946,1908,true,a book,true",
            "runs backwards, from 1946 to 1908",
        ),
        (
            "1908,1946,true,a book,true",
            "ca1908,1946,true,a book,true",
            "is not a year of four digits",
        ),
        ("1908,1946,true,a book,true", "1908,1946,yes,a book,true", "write true or false"),
        (
            "urup,Уруп,ru,1946",
            "urup,Уруп,ru,1870",
            r"'Уруп' \(ru\) is written twice for the same years",
        ),
        (
            "urup,Urup,en",
            "ursula,Urup,en",
            "names of ursula, which places.csv does not have|has no English name",
        ),
        ("1908,1946,true,a book,false", "1908,1946,true,a book", "has more or fewer fields"),
    ],
)
def test_a_wrong_row_is_refused_and_says_where(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in PLACES + NAMES
    with pytest.raises(SeedError, match=complaint):
        read_gazetteer(
            write(tmp_path, PLACES.replace(old, new, 1), NAMES.replace(old, new, 1)), LOOK
        )


def test_names_without_their_place_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"names of yuri, which places\.csv does not have"):
        read_gazetteer(write(tmp_path, names=NAMES + "yuri,Yuri,en,,,true,a book,false\n"), LOOK)


def test_names_out_of_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="sort them by place"):
        read_gazetteer(
            write(tmp_path, names=NAMES + "korsakov,Корсаков,ru,1946,,true,a book,false\n"),
            LOOK,
        )


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"place_names\.csv is missing"):
        read_gazetteer(tmp_path, LOOK)


def test_the_committed_gazetteer_is_large_and_in_all_scripts() -> None:
    places = read_gazetteer(SEEDS, LOOK)
    names = [name for place in places.values() for name in place.names]
    assert len(places) >= 200
    assert len(names) >= 900
    for language, least in {
        "en": 200,
        "ru": 200,
        "ja": 200,
        "zh": 200,
        "ko": 150,
        "mn": 20,
        "latn": 300,
    }.items():
        assert sum(name.language == language for name in names) >= least, language
    assert all(name.source != "general knowledge" for name in names if name.seen)


def test_every_kuril_island_is_in_the_gazetteer() -> None:
    named = {
        name.text.casefold()
        for place in read_gazetteer(SEEDS, LOOK).values()
        for name in place.names
    }
    islands = [
        tract for tract in read_seeds(SEEDS).tracts.values() if tract.region.startswith("kurils")
    ]
    assert not [tract.id for tract in islands if not {tract.id, tract.name.casefold()} & named]


def test_the_first_seat_of_every_district_is_near_a_place_of_the_gazetteer() -> None:
    places, globe = read_gazetteer(SEEDS, LOOK).values(), Geod(ellps="WGS84")
    for tract in read_seeds(SEEDS).tracts.values():
        for lon, lat in towns_of(tract)[:1]:
            distances = [globe.inv(lon, lat, place.lon, place.lat)[2] / 1000 for place in places]
            assert min(distances) < 15, f"{tract.id}: no place within 15 km of {lon}, {lat}"


def test_the_columns_are_those_of_the_documents() -> None:
    for name, columns in (("places.csv", PLACE_COLUMNS), ("place_names.csv", NAME_COLUMNS)):
        with (SEEDS / name).open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == columns
        assert all(
            column in (SEEDS / "README.md").read_text(encoding="utf-8") for column in columns
        )


@pytest.mark.slow
def test_a_place_far_at_sea_is_refused_and_a_near_one_joined_with_a_remark(tmp_path: Path) -> None:
    seeds = read_seeds(SEEDS)
    partition = make_partition(seeds.shapes(), SEEDS, seeds.common_lands())
    near = read_gazetteer(write(tmp_path, PLACES.replace("142.78,46.63", "142.08,45.885")), LOOK)
    placed, remarks = place_in_tracts(near, partition, seeds.tracts)
    assert placed["urup"].tract == "urup"
    assert placed["urup"].distance_km == 0
    assert 0 < placed["korsakov"].distance_km <= 3
    assert [remark.split()[1] for remark in remarks] == ["korsakov"]
    far = read_gazetteer(write(tmp_path, PLACES.replace("142.78,46.63", "141.0,44.9")), LOOK)
    with pytest.raises(SeedError, match=r"korsakov lies .* km from judged land, nearest"):
        place_in_tracts(far, partition, seeds.tracts)
