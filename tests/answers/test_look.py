"""What maps need of a lineage, a standing, a language or a kind stands in the seeds, and a build
that lacks any of it fails and names it.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from sovietpacific import Atlas, load_atlas
from sovietpacific.answers import palette
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.wording import text
from sovietpacific.builder.gazetteer import read_gazetteer
from sovietpacific.builder.lines import read_lines
from sovietpacific.builder.pipeline import build
from sovietpacific.builder.registers import read_registers
from sovietpacific.builder.seeds import read_seeds
from sovietpacific.errors import SeedError
from sovietpacific.facts.look import TABLES, look_document, look_of, standings
from tests.support.small_seeds import LANDING, LOOK, POLITIES, TRACTS, write_small_seeds
from tests.support.whole_seeds import CELLS, to_toml, whole_tables, write_whole_seeds

GOOD = tomllib.loads(LOOK)
#: Keys an entry may lack: what they would say is then not so.
MAY_LACK = {
    ("standings", "colours"),
    ("line_kinds", "drawn"),
    ("line_kinds", "disputed"),
    ("drawn_lines", "zoom"),
    ("seas", "page"),
}


def written(look: dict[str, Any]) -> str:
    return "".join(f"{key} = {to_toml(value)}\n" for key, value in look.items())


def refusal_of(folder: Path, **spoiled: str) -> str:
    with pytest.raises(SeedError) as caught:
        read_seeds(write_small_seeds(folder, **spoiled))
    return str(caught.value)


def needed() -> Iterator[tuple[str, str, str]]:
    """Yield table, entry and key of everything that is needed."""
    for table, entries in GOOD.items():
        for entry, row in entries.items() if isinstance(entries, dict) else ():
            yield from ((table, entry, key) for key in row if (table, key) not in MAY_LACK)


@pytest.mark.parametrize(("table", "entry", "key"), list(needed()))
def test_an_entry_that_lacks_what_anyone_needs_is_refused_by_name(
    tmp_path: Path, table: str, entry: str, key: str
) -> None:
    look = copy.deepcopy(GOOD)
    del look[table][entry][key]
    assert (
        refusal_of(tmp_path, look=written(look)) == f"look.toml: {table}: {entry}: {key} is missing"
    )


@pytest.mark.parametrize("table", sorted(GOOD))
def test_a_table_that_is_missing_is_refused_by_name(tmp_path: Path, table: str) -> None:
    look = {key: value for key, value in GOOD.items() if key != table}
    assert refusal_of(tmp_path, look=written(look)) == f"look.toml: {table} is missing"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[standings]\n", "[stances]\n[standings]\n", "look.toml: unknown key stances"),
        (
            ', word = "occupied"',
            ', word = "occupied", hue = 3',
            "standings: occupied: unknown key hue",
        ),
        ('"#E9B3A6"', '"rosy"', "lineages: russia: colour = 'rosy' is no colour"),
        ('"#E9B3A6"', '"#B5A420"', "lineages: japan: colour = '#B5A420' is that of russia"),
        (
            'language = "ru"',
            'language = "eo"',
            "lineages: russia: language = 'eo'; there are en, ru",
        ),
        ('word = "shared"', 'word = " "', "standings: shared: word is empty"),
        ('"one", views = "control"', '"two", views = "control"', "holders = 'two'; allowed: none"),
        ('views = "all"', 'views = "title"', "standings: sovereign: views = 'title'; allowed: all"),
        ('pattern = "left"', 'pattern = "crossed"', "standings: condominium: pattern = 'crossed'"),
        ('pattern = "right"', 'pattern = "dotted"', "standings: sovereign: pattern = 'dotted'"),
        ('colours = ["#FFFFFF", "#D4CACA"]\n', "", "standings: unassigned: colours = []"),
        ('pattern = "right"', 'pattern = "right", colours = ["#FFFFFF"]', "holders have their own"),
        ('["HANGUL"]', "[]", "scripts is empty"),
        ('drawn = "sea"', 'drawn = "wave"', "line_kinds: sea: drawn = 'wave'; there are border"),
        ("zoom = 7, dot", "zoom = 0, dot", "place_kinds: town: zoom = 0 is no whole number"),
        ("zoom = 7, dot", "zoom = 7.5, dot", "place_kinds: town: zoom = 7.5 is no whole number"),
        ("width = 1.15", "width = 0", "disputed: stroke 1: width = 0 is not a number"),
        ("at = [149.5, 45.0]", "at = [45.0, 149.5]", "is no point on the globe"),
        ("[149.8, 44.8], ", "", "seas: Sea of Islands: outline has 2 positions"),
        (
            'page = { lines = ["Sea of", "Islands"], ',
            "page = { ",
            "Sea of Islands: page: lines is missing",
        ),
        ("first_places = []", "first_places = [{ zoom = 4 }]", "first_places: group 1: places is"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    look = LOOK.replace(
        "[place_kinds]", 'ko = { scripts = ["HANGUL"], tracts = true }\n[place_kinds]'
    )
    assert old in look
    assert complaint in refusal_of(tmp_path, look=look.replace(old, new, 1))


@pytest.mark.parametrize(
    ("table", "entry", "complaint"),
    [
        ("lineages", "japan", "look.toml: lineages: japan is missing"),
        ("standings", "sovereign", "look.toml: standings: sovereign is missing"),
        ("standings", "untold", "look.toml: standings: untold is missing"),
        ("languages", "en", "look.toml: languages: en is missing"),
        ("languages", "ja", "look.toml: lineages: japan: language = 'ja'; there are en, ru, latn"),
        ("line_kinds", "front", "look.toml: line_kinds: front is missing"),
        ("drawn_lines", "border", "look.toml: drawn_lines: border is missing"),
        ("drawn_lines", "sea", "look.toml: line_kinds: sea: drawn = 'sea'"),
        ("standings", "occupied", "standing = 'occupied'; allowed: sovereign, condominium"),
    ],
)
def test_what_the_seeds_name_must_have_its_look(
    tmp_path: Path, table: str, entry: str, complaint: str
) -> None:
    look = copy.deepcopy(GOOD)
    del look[table][entry]
    assert complaint in refusal_of(tmp_path, look=written(look))


def test_what_places_and_lines_name_must_have_its_look(tmp_path: Path) -> None:
    seeds = write_whole_seeds(tmp_path)
    look = read_registers(seeds).look
    for table, key in (("place_kinds", "cape"), ("languages", "ja")):
        less = {one: row for one, row in getattr(look, table).items() if one != key}
        with pytest.raises(SeedError, match=f"{key}' is not one of|unknown language '{key}'"):
            read_gazetteer(seeds, replace(look, **{table: less}))
    tables = whole_tables()
    del tables["look"]["line_kinds"]["river"]
    with pytest.raises(SeedError, match=r"lines.toml: border: kind = 'river'; allowed: parallel"):
        read_lines(write_whole_seeds(tmp_path, tables))


def test_first_places_are_places_of_the_gazetteer_each_once(tmp_path: Path) -> None:
    seeds = write_whole_seeds(tmp_path)
    look = read_registers(seeds).look
    assert [(one.id, one.rank, one.zoom) for one in look.first_places.values()] == [("cape", 1, 4)]
    rows = [row for row in CELLS["places"] if row[0] != "cape"]
    names = [row for row in CELLS["place_names"] if row[0] != "cape"]
    write_whole_seeds(tmp_path, None, {**CELLS, "places": rows, "place_names": names})
    with pytest.raises(SeedError, match=r"look.toml: first_places: cape is not in places.csv"):
        read_gazetteer(seeds, look)
    tables = whole_tables()
    tables["look"]["first_places"] *= 2
    with pytest.raises(SeedError, match=r"first_places: group 2: cape is named twice"):
        read_registers(write_whole_seeds(tmp_path, tables))


def test_a_lineage_without_a_colour_and_a_colour_without_a_lineage_are_refused(
    tmp_path: Path,
) -> None:
    korea = '[polities.korea]\nname = "K"\nlineage = "korea"\nmain = true\nsince = 1392-01-01\n'
    polities = POLITIES.replace("[lineages]\n", '[lineages]\nkorea = "Korea"\n') + korea
    told = refusal_of(tmp_path, polities=polities)
    assert told == "look.toml: lineages: korea is missing"
    look = LOOK.replace(
        "[lineages]\n", '[lineages]\natlantis = { colour = "#000000", language = "" }\n'
    )
    assert "lineages: atlantis is no lineage" in refusal_of(tmp_path, look=look)


def test_a_government_beside_the_main_one_says_whether_it_is_striped(tmp_path: Path) -> None:
    told = refusal_of(tmp_path, polities=POLITIES.replace("striped = true\n", ""))
    assert "polities.toml: russia/white: striped = None" in told
    told = refusal_of(
        tmp_path, polities=POLITIES.replace("main = true", "main = true\nstriped = true", 1)
    )
    assert "polities.toml: russian-empire: striped = True" in told
    assert read_registers(write_small_seeds(tmp_path)).look.striped == ("russia/white",)


def test_a_zoom_of_a_line_is_a_whole_number(tmp_path: Path) -> None:
    tables = whole_tables()
    assert {
        key: line.name_from_zoom for key, line in read_lines(write_whole_seeds(tmp_path)).items()
    }["border"] == 6
    tables["lines"]["border"]["name_from_zoom"] = "near"
    with pytest.raises(SeedError, match=r"lines.toml: border: name_from_zoom = 'near'"):
        read_lines(write_whole_seeds(tmp_path, tables))


def test_a_standing_that_only_the_seeds_tell_of_is_held_and_filled(tmp_path: Path) -> None:
    tables = whole_tables()
    tables["look"]["standings"]["tenant"] = {
        "holders": "one",
        "views": "control",
        "pattern": "left",
        "named": False,
        "word": "tenant",
    }
    row = tables["tracts/all"]["chain"]["east"]["control"][0]
    assert row["standing"] == "occupied"
    row["standing"] = "tenant"
    article = tables["article"]["A1"]["check"][0]
    article["standing"] = "tenant"
    build(write_whole_seeds(tmp_path / "seeds", tables), tmp_path / "data")
    atlas = load_atlas(tmp_path / "data")
    look = atlas.records.look
    assert atlas.time.holds("east", "control")[-1].tenure.standing == "tenant"
    assert standings(look)["tenant"] == "tenant"
    colours = (look.lineages["japan"].colour, look.lineages["russia"].colour)
    assert palette.fill_of(look, ("russia",), "tenant", ("japan",)) == (*colours, True, False)
    assert "tenant" not in look.standings_in("title")
    on_maps = holds.Holding(("russia",), ("soviet-union",), "tenant", ("japan",))
    assert "(tenant)" in text(holds.legend(atlas.records, on_maps, "control"))
    told = TRACTS.replace(LANDING, LANDING.replace('"occupied"', '"tenant"'))
    assert "standing = 'tenant'; allowed" in refusal_of(tmp_path / "small", tracts=told)


def test_the_data_hold_the_look_of_the_seeds_in_its_order(atlas: Atlas, root: Path) -> None:
    look, seeds = atlas.records.look, read_registers(root / "seeds").look
    zooms = {key: line.name_from_zoom for key, line in read_lines(root / "seeds").items()}
    zooms = {key: zoom for key, zoom in zooms.items() if zoom}
    assert look == replace(seeds, named_lines=zooms)
    assert look_of(look_document(look)) == look
    for table in TABLES:
        assert list(getattr(look, table)) == list(getattr(seeds, table))
    assert len(zooms) > 20


def test_every_standing_has_the_key_of_its_words_and_every_lineage_its_colour(atlas: Atlas) -> None:
    look = atlas.records.look
    assert standings(look).keys() == look.standings.keys()
    assert all(word.strip() for word in standings(look).values())
    assert set(look.lineages) == set(atlas.lineages)


def test_web_maps_have_a_style_for_every_way_of_drawing_a_line(atlas: Atlas) -> None:
    script = files("sovietpacific.maps.pages").joinpath("assets/land.js").read_text("utf-8")
    table = re.search(r"var lines = \{(.*?)\n  \};", script, re.DOTALL)
    assert table
    styled = re.findall(r'^ +"?([a-z-]+)"?: \[', table[1], re.MULTILINE)
    assert set(styled) == set(atlas.records.look.drawn_lines)
