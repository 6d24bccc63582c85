"""A place is found by any name it ever bore, in any script; an ambiguous or unknown name is refused
with a way on.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import sovietpacific
import sovietpacific as sp
from sovietpacific import Atlas, UnknownPlaceError
from sovietpacific.cli.main import main
from sovietpacific.facts.places import PlaceName
from sovietpacific.questions.names import latin, plain

ATLAS: Atlas = sp.load_atlas()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Toyohara", "yuzhno-sakhalinsk"),
        ("toyohara", "yuzhno-sakhalinsk"),
        ("豊原", "yuzhno-sakhalinsk"),
        ("Южно-Сахалинск", "yuzhno-sakhalinsk"),
        ("южно сахалинск", "yuzhno-sakhalinsk"),
        ("Dairen", "dalian"),
        ("Dalny", "dalian"),
        ("Mukden", "shenyang"),
        ("奉天", "shenyang"),
        ("Port Arthur", "lushun"),
        ("Порт-Артур", "lushun"),
        ("Keijo", "seoul"),
        ("Keijō", "seoul"),
        ("京城", "seoul"),
        ("Söul", "seoul"),
        ("서울", "seoul"),
        ("Urga", "ulaanbaatar"),
        ("Voroshilov", "ussuriysk"),
        ("Hsinking", "changchun"),
        ("Belotsarsk", "kyzyl"),
    ],
)
def test_a_place_is_found_by_any_name_it_bore(atlas: Atlas, name: str, place: str) -> None:
    row = sp.places(place, atlas=atlas).iloc[0]
    answer = sp.sovereignty_of(name, "1930-01-01", atlas=atlas)
    assert answer.tract == row["tract"]
    assert answer.place == name
    assert sp.history_of(name, atlas=atlas).attrs["tract"] == row["tract"]


def test_a_place_lies_where_its_point_lies(atlas: Atlas) -> None:
    places = sp.places(atlas=atlas).drop_duplicates("place")
    for row in places.to_dict("records"):
        answer = sp.sovereignty_of(
            (row["lon"], row["lat"]), "1930-01-01", snap_km=3.001, atlas=atlas
        )
        assert answer.tract == row["tract"], row["place"]


@pytest.mark.parametrize(
    ("name", "day", "names"),
    [
        ("Toyohara", "1890-01-01", ("Vladimirovka", "Владимировка")),
        ("Toyohara", "1930-01-01", ("Toyohara", "豊原")),
        ("Toyohara", "1990-01-01", ("Yuzhno-Sakhalinsk", "Южно-Сахалинск")),
        ("Changchun", "1940-01-01", ("Hsinking", "Shinkyō", "新京")),
        ("Ussuriysk", "1940-01-01", ("Voroshilov", "Ворошилов")),
        ("Kyzyl", "1916-01-01", ("Belotsarsk", "Белоцарск")),
    ],
)
def test_an_answer_tells_the_official_names_of_the_day(
    atlas: Atlas, name: str, day: str, names: tuple[str, ...]
) -> None:
    answer = sp.sovereignty_of(name, day, atlas=atlas)
    assert answer.names == names
    assert answer.to_dict()["names"] == list(names)
    assert f"then called {names[0]}" in str(answer) or answer.name in names


def test_a_point_or_a_tract_of_another_name_has_no_names_of_the_day(atlas: Atlas) -> None:
    assert sp.sovereignty_of((142.7356, 46.9543), "1930-01-01", atlas=atlas).names == ()


def test_in_the_year_of_a_renaming_both_names_are_official() -> None:
    old = PlaceName("Отпор", "ru", 1929, 1958, True, "a book", True)
    assert old.official_on(date(1929, 1, 1))
    assert old.official_on(date(1958, 12, 31))
    assert not old.official_on(date(1959, 1, 1))
    assert not old.official_on(date(1928, 12, 31))


@pytest.mark.parametrize(
    ("name", "complaints"),
    [
        (
            "Jinzhou",
            (
                "is the name of several tracts or places",
                "jinzhou-dalian (city at 121.72, 39.10",
                "jinzhou (tract at",
            ),
        ),
        ("Andong", ("is the name of several tracts or places: andong (", "dandong (")),
        ("Хрустальный", ("no tract or place is called 'Хрустальный'; did you mean",)),
        ("Toyohra", ("did you mean Toyohara",)),
        ("Владивостокк", ("did you mean Владивосток",)),
        ("Etorofuu", ("did you mean Etorofu",)),
    ],
)
def test_a_name_that_does_not_decide_is_refused_with_a_way_on(
    atlas: Atlas, name: str, complaints: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownPlaceError) as refused:
        sp.sovereignty_of(name, "1930-01-01", atlas=atlas)
    for complaint in complaints:
        assert complaint in str(refused.value)


@pytest.mark.parametrize("place", ["jinzhou", "jinzhou-dalian", "andong", "dandong"])
def test_the_choices_of_an_ambiguous_name_are_answered_for(atlas: Atlas, place: str) -> None:
    assert (
        sp.sovereignty_of(place, "1930-01-01", atlas=atlas).tract
        == sp.places(place, atlas=atlas)["tract"].iloc[0]
    )


def test_a_slip_in_one_script_finds_the_other() -> None:
    assert latin("Хабаровск") == "khabarovsk"
    assert plain("Port-Arthur") == plain("port arthur")


def test_places_lists_a_row_per_name() -> None:
    frame = sovietpacific.places()
    assert list(frame.columns[:10]) == [
        "place",
        "name",
        "language",
        "since",
        "until",
        "official",
        "kind",
        "lon",
        "lat",
        "tract",
    ]
    assert frame["place"].nunique() >= 200
    assert len(frame) >= 900
    one = sovietpacific.places("豊原")
    assert set(one["place"]) == {"yuzhno-sakhalinsk"}
    assert one.set_index("name").loc["Toyohara", "until"] == 1946
    with pytest.raises(
        UnknownPlaceError,
        match="the gazetteer has no place called 'Toyohra'; did you mean Toyohara",
    ):
        sovietpacific.places("Toyohra")


def test_the_command_line_prints_the_names_of_a_place() -> None:
    printed = CliRunner().invoke(main, ["places", "Dalny"])
    assert printed.exit_code == 0
    assert "Dairen" in printed.stdout
    assert "1905" in printed.stdout
    rows = json.loads(CliRunner().invoke(main, ["places", "Dalny", "--json"]).stdout)["rows"]
    assert {row["place"] for row in rows} == {"dalian"}
    assert {row["since"] for row in rows if row["name"] == "Dairen"} == {1905}
    assert "yuzhno-sakhalinsk" in CliRunner().invoke(main, ["places"]).stdout
    assert CliRunner().invoke(main, ["places", "Atlantis"]).exit_code == 1


WORDS = sorted(
    {
        *(
            name
            for tract in ATLAS.tracts.values()
            if tract.judged
            for name in (tract.id, tract.name, *tract.names.values(), *tract.also)
        ),
        *(name.text for place in ATLAS.records.places.values() for name in place.names),
        *(
            name
            for region in ATLAS.records.regions.values()
            for name in (region.name, *region.names.values(), *region.also)
        ),
    }
)


@settings(max_examples=40)
@given(
    st.sampled_from(WORDS),
    st.integers(0, 40),
    st.sampled_from(["", "a", "s", "о", "島", " Islands"]),
)
def test_advice_is_never_what_was_asked_nor_a_name_that_is_refused_again(
    name: str, at: int, slip: str
) -> None:
    asked = name[: at % (len(name) + 1)] + slip + name[at % (len(name) + 1) + (not slip) :]
    for ask in (sp.history_of, sp.places):
        try:
            ask(asked, atlas=ATLAS)
        except sp.UnknownPlaceError as refused:
            advice = str(refused).partition("did you mean ")[2].partition("?")[0]
            while advice:  # names may have commas of their own
                offered = max(
                    (one for one in WORDS if f"{advice}, ".startswith(f"{one}, ")), key=len
                )
                advice = advice[len(offered) + 2 :]
                assert offered != asked
                ask(offered)


def test_no_tract_and_no_town_answers_for_a_region_that_bears_its_name(atlas: Atlas) -> None:
    bears = {
        plain(name)
        for key, region in atlas.records.regions.items()
        for name in (key, region.name, *region.names.values(), *region.also)
    }
    for name in WORDS:
        if plain(name) in bears and name not in atlas.tracts and name not in atlas.records.places:
            with pytest.raises(
                sp.UnknownPlaceError, match=r"is the region|is the name of the region"
            ):
                sp.sovereignty_of(name, "1930-01-01", atlas=atlas)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Primorye", "amur.outer.ussuri"),
        ("Maritime Province", "amur.outer.ussuri"),
        ("Приморье", "amur.outer.ussuri"),
        ("Amur Oblast", "amur.outer.left-bank"),
        ("Priamurye", "amur"),
        ("Transbaikalia", "siberia.transbaikal"),
        ("Siberia", "siberia"),
        ("Inner Mongolia", "china.chahar-suiyuan"),
        ("Chahar", "china.chahar-suiyuan"),
        ("Jehol", "manchuria.jehol"),
        ("Rehe", "manchuria.jehol"),
        ("Jilin", "manchuria.jilin"),
        ("Маньчжурия", "manchuria"),
    ],
)
def test_a_province_is_not_answered_by_one_of_its_towns(
    atlas: Atlas, name: str, region: str
) -> None:
    with pytest.raises(sp.UnknownPlaceError, match=f"the region '{region}'"):
        sp.sovereignty_of(name, "1922-10-20", atlas=atlas)
