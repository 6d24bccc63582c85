"""Land that is not told is never answered firmly, and says so, with its note, wherever the atlas is
asked or drawn.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest
from click.testing import CliRunner

import sovietpacific as sp
from sovietpacific import Atlas, label, maps
from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow, fold_borders
from sovietpacific.answers.words.holds import Holding, held, legend
from sovietpacific.answers.words.wording import text
from sovietpacific.cli.main import main
from sovietpacific.exports import LAYOUTS, export
from sovietpacific.facts.records import Tenure
from sovietpacific.maps.pages.day import describe_day
from sovietpacific.maps.pages.new_map import WHOLE
from sovietpacific.maps.scene.border_lines import drawn_edges
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.differences import net_differences, untold_tracts
from sovietpacific.timelines.timekeeper import Hold

#: Where and when the atlas was once wrong and sure of it: place, day, and whose the land was in
#: law.
SAMPLES = [
    ((116.4, 39.9), "1940-01-01", "china"),
    ("Hohhot", "1940-01-01", "china"),
    ((120.38, 36.07), "1905-06-01", "china"),
    ((104.3, 52.28), "1919-06-01", "russia"),
    ((135.0, 60.0), "1922-06-01", "russia"),
    ((118.78, 32.06), "1860-01-01", "china"),
    ((109.5, 36.6), "1940-01-01", "china"),
    ("Kyzyl", "1919-10-01", "china"),
]
SAID = "not told by this atlas"
NOT_TOLD = re.compile(r"\bnot told\b|\bout of scope\b|\bis not found\b")
ROOT = Path(__file__).parents[2]


def control(atlas: Atlas) -> Iterator[tuple[str, Tenure]]:
    return (
        (tract.id, tenure)
        for tract in atlas.tracts.values()
        for tenure in tract.timelines["control"]
    )


@pytest.mark.parametrize(("place", "day", "sovereign"), SAMPLES)
def test_a_place_whose_government_is_not_told_says_so(
    atlas: Atlas, place: Any, day: str, sovereign: str
) -> None:
    answer = sp.sovereignty_of(place, day, atlas=atlas)
    assert (answer.control.standing, answer.control.polities, answer.control.lineages) == (
        "untold",
        (),
        (),
    )
    assert answer.control.certainty == "approximate"
    assert NOT_TOLD.search(answer.control.note)
    for law in (answer.sovereignty, answer.title):
        assert (law.lineages, law.standing, law.certainty) == ((sovereign,), "sovereign", "firm")


def test_no_land_whose_note_says_it_is_not_told_is_answered_firmly(atlas: Atlas) -> None:
    assert not [
        tract.id for tract in atlas.tracts.values() if NOT_TOLD.search(tract.note) and tract.judged
    ]
    found = [
        (tract, tenure)
        for tract, tenure in control(atlas)
        if tenure.standing == "untold" or NOT_TOLD.search(tenure.note)
    ]
    assert len({tract for tract, _ in found}) > 10
    assert not [(tract, tenure.since) for tract, tenure in found if tenure.certainty == "firm"]
    assert all(tenure.note for _, tenure in found)


def test_the_occupation_of_china_is_answered_as_the_theory_says(atlas: Atlas) -> None:
    theory = " ".join((ROOT / "THEORY.md").read_text(encoding="utf-8").split())
    sentence = "The Japanese occupation of 1937–45 in China proper and Inner Mongolia is not told: control is `untold` there."
    assert sentence in theory
    for tract in ("china-proper", "shandong", "lower-yangtze", "northwest-china", "inner-mongolia"):
        for day in ("1938-01-01", "1940-01-01", "1945-08-01"):
            answer = sp.sovereignty_of(tract, day, atlas=atlas)
            assert answer.control.standing == "untold", (tract, day)
            assert answer.sovereignty.lineages == answer.title.lineages == ("china",)
    assert sp.sovereignty_of("china-proper", "1936-01-01", atlas=atlas).control.certainty != "firm"
    assert sp.sovereignty_of("china-proper", "1950-01-01", atlas=atlas).control.certainty == "firm"


def test_the_spans_that_are_not_told_are_those_the_theory_lists(atlas: Atlas) -> None:
    theory = (ROOT / "THEORY.md").read_text(encoding="utf-8").replace("–", "-").replace("\n", " ")
    told = theory[theory.index("**Land that is not told.**") : theory.index("## Known errors")]
    for tract, tenure in control(atlas):
        if tenure.standing == "untold":
            hold = atlas.time.hold(tract, "control", tenure.since)
            assert hold.until is not None, "what is not told today is not in an atlas of today"
            until = hold.until.year - (tract in ("northwest-china",) and hold.until.month == 1)
            since = tenure.since.year
            span = f"{since}-(?:{until}|{until % 100:02d})" if until > since else f"{since}"
            assert re.search(rf"\b{span}\b", told), (
                tract,
                tenure.since,
            )


def test_who_prints_and_gives_the_note() -> None:
    said = CliRunner().invoke(main, ["who", "Hohhot", "1940-01-01"]).output
    assert f"control     {SAID} (untold)" in said
    assert "Mengjiang and the Japanese" in said
    assert "sovereignty republic-of-china (sovereign)" in said
    document = json.loads(
        CliRunner().invoke(main, ["who", "Hohhot", "1940-01-01", "--json"]).output
    )
    assert document["control"]["standing"] == "untold"
    assert "Mengjiang" in document["control"]["note"]


def untold_fill(atlas: Atlas) -> palette.Fill:
    return palette.fill_of(atlas.records.look, (), "untold", ())


def test_the_card_tells_that_it_does_not_tell_and_crosses_the_land(atlas: Atlas) -> None:
    card = sp.sovereignty_of("Hohhot", "1940-01-01", atlas=atlas)._repr_html_()
    assert f"<b>{SAID}</b>" in card
    assert "Mengjiang and the Japanese" in card
    fill = untold_fill(atlas)
    assert f"sp-card-x{fill.base[1:]}{fill.stripe[1:]}" in card


def test_frames_tell_the_standing_and_the_note(atlas: Atlas) -> None:
    tracts = sp.tracts_at("1940-01-01", atlas=atlas).set_index("tract")
    assert tracts.loc["inner-mongolia", ["control", "sovereignty", "standing"]].tolist() == [
        "",
        "china",
        "untold",
    ]
    assert "Mengjiang" in tracts.loc["inner-mongolia", "note"]
    borders = sp.borders_at("1940-01-01", atlas=atlas)
    (row,) = borders[borders["standing"] == "untold"].to_dict("records")
    assert (row["holder"], row["polity"], row["sovereign"]) == ("", "", "china")
    assert {"china-proper", "inner-mongolia", "shandong"} <= set(row["tracts"].split("; "))
    history = sp.history_of("inner-mongolia", atlas=atlas).set_index("standing")
    assert history.loc["untold", "note"].iloc[-1].startswith("Mengjiang")
    points = pandas.DataFrame(
        {"lon": [116.4, 116.4], "lat": [39.9, 39.9], "date": ["1940-01-01", "2000-01-01"]}
    )
    told = (
        label(points)[["holder", "standing", "sovereign", "certainty"]].astype(str).values.tolist()
    )
    assert told == [
        ["", "untold", "china", "approximate, unverified"],
        ["china", "sovereign", "china", "firm"],
    ]


def test_where_the_telling_stops_or_begins_nothing_changes_hands(atlas: Atlas) -> None:
    changes = sp.changes_between("1855-01-01", "1960-01-01", atlas=atlas)
    untold = changes[(changes["from_standing"] == "untold") | (changes["to_standing"] == "untold")]
    assert len(untold) > 15
    assert set(untold.loc[untold["to_standing"] == "untold", "instrument"]) == {"telling"}
    assert not (untold["certainty"] == "firm").where(untold["to_standing"] == "untold", False).any()
    certain = sp.changes_between("1855-01-01", "1960-01-01", certain_only=True, atlas=atlas)
    assert len(certain) > 100
    assert "untold" not in {*certain["from_standing"], *certain["to_standing"]}
    day_maps = [DayMap(atlas, "control", date(*day)) for day in ((1930, 12, 1), (1940, 1, 1))]
    found = net_differences(*day_maps)
    assert found
    assert "untold" not in {
        standing for one in found for standing in (one.before.standing, one.after.standing)
    }
    left_out = set(untold_tracts(day_maps))
    assert "china-proper" in left_out
    assert not left_out & {tract for one in found for tract in one.tracts}
    page = maps.compare("1930-12-01", "1940-01-01").get_root().render()
    assert f"{SAID} on one of the days or both." in page
    assert "Not compared:" in page
    assert "Not compared:" not in maps.compare("1990-01-01", "1991-01-01").get_root().render()


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_of_the_exports_has_the_note(tmp_path: Path, layout: str) -> None:
    ending = ".jsonld" if layout == "linked-places" else ".geojson"
    path = tmp_path / f"rim{ending}"
    export(path, layout=layout, view="control", region="china", detail="light")
    written = path.read_text(encoding="utf-8")
    assert "Mengjiang and the Japanese from December 1935" in written
    assert "untold" in written or f"control, 1935-12-01 to 1949-09-30: {SAID}." in written
    if ".csv" in LAYOUTS[layout]:
        export(tmp_path / "rim.csv", layout=layout, view="control", region="china", detail="light")
        with (tmp_path / "rim.csv").open(encoding="utf-8", newline="") as file:
            assert any("Mengjiang" in cell for row in csv.DictReader(file) for cell in row.values())


def test_a_state_that_is_not_told_has_no_code_in_cshapes(tmp_path: Path) -> None:
    export(
        tmp_path / "states.csv", layout="cshapes", view="control", region="china", detail="light"
    )
    frame = pandas.read_csv(tmp_path / "states.csv")
    untold = frame[frame["status"] == "untold"]
    assert set(untold["country_name"]) == {SAID}
    assert untold["gwcode"].isna().all()
    assert (untold["owner"] == 710).all()


@pytest.mark.parametrize("day", ["1855-01-01", "1905-06-01", "1919-06-01", "1940-01-01"])
def test_every_map_draws_it_crossed_with_a_row_of_its_own_in_the_legend(
    atlas: Atlas, day: str
) -> None:
    figure = maps.sheet(day, atlas=atlas)
    words = [one.get_text() for axes in figure.axes for one in axes.texts]
    assert words.count(SAID) == 1
    sheet = describe_day(DayMap(atlas, "control", date.fromisoformat(day)), WHOLE, fine=False)
    assert [list(untold_fill(atlas)), SAID] in sheet["legend"]
    (entry,) = [number for number, (_, told) in enumerate(sheet["legend"]) if told == SAID]
    cards = [dict(tract["rows"]) for tract in sheet["tracts"] if tract.get("entry") == entry]
    assert cards
    assert all(card["Holder"] == SAID and NOT_TOLD.search(card["Note"]) for card in cards)


def test_nothing_else_is_crossed_and_a_day_that_is_told_has_no_row(atlas: Atlas) -> None:
    judged = [tract for tract in atlas.tracts.values() if tract.judged]
    for view in atlas.time.views:
        for day in atlas.time.edges(view):
            for row in fold_borders(atlas.time, judged, view, day):
                fill = palette.fill_of_row(atlas.records.look, row)
                assert fill.crossed == (row.standing == "untold")
    figure = maps.sheet("2020-01-01", atlas=atlas)
    assert SAID not in [one.get_text() for axes in figure.axes for one in axes.texts]


def test_no_border_of_holders_runs_round_land_that_is_not_told(atlas: Atlas) -> None:
    for written in ("1905-06-01", "1919-06-01", "1940-01-01"):
        day = date.fromisoformat(written)

        def standing(tract: str, day: date = day) -> str:
            hold: Hold = atlas.time.hold(tract, "control", day)
            return hold.tenure.standing

        beside = [
            kind
            for kind, _, edge in drawn_edges(atlas, day, "control")
            if not edge.free and "untold" in (standing(edge.left), standing(edge.right))
        ]
        assert "control" not in beside
        lines = sp.lines_at(day, atlas=atlas)
        edges = lines[lines["status"] == "edge"]
        assert "untold" not in {
            standing(tract) for tract in (*edges["left_tract"], *edges["right_tract"])
        }


def test_each_way_to_hold_together_reads_differently(atlas: Atlas) -> None:
    names = ["Japan", "Russia"]
    said = {
        text(held(names, "condominium", "control")),
        text(held(names, "shared", "control")),
        text(held(names, "contested", "control")),
        text(held(names, "contested", "title")),
        text(held([], "unassigned", "control")),
        text(held([], "untold", "control")),
    }
    assert len(said) == 6
    rows = [
        BorderRow(("japan", "russia"), ("japan", "russia"), standing, ("japan", "russia"), standing)
        for standing in ("condominium", "shared", "contested")
    ]
    words = {
        text(legend(atlas.records, Holding.of_row(row), view))
        for row in rows
        for view in ("control", "title")
    }
    assert words == {
        "held in common by Japan and Russia",
        "divided between Japan and Russia, line not drawn yet",
        "fought over by Japan and Russia",
        "disputed between Japan and Russia",
    }


def test_the_scripts_of_the_pages_have_no_words_of_their_own_for_holders() -> None:
    for path in (ROOT / "src" / "sovietpacific" / "maps" / "pages" / "assets").glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert "nobody, or" not in script, path.name
        assert "undetermined" not in script, path.name
        assert '.join(" and ")' not in script, path.name
