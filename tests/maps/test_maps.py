"""Maps say what they show, show every island, and load nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import folium
import pytest

import sovietpacific as sp
from sovietpacific import Atlas, DayError, ViewError, maps
from sovietpacific.answers import palette
from sovietpacific.answers.rows import fold_borders
from sovietpacific.answers.tables import read_border
from sovietpacific.answers.words import holds, views
from sovietpacific.answers.words.wording import text
from sovietpacific.facts.store import Store, find_data
from sovietpacific.maps.printed.one_day import sheet
from sovietpacific.maps.printed.projection import WHOLE
from sovietpacific.maps.scene.border_lines import drawn_edges
from sovietpacific.timelines.timekeeper import Timekeeper

#: What a page loads by itself; links a person may click are no part of it.
LOADED = re.compile(r"""<link[^>]*href\s*=\s*["']?(?:https?:)?//|src\s*=\s*["']?(?:https?:)?//""")


def test_every_hold_of_the_atlas_can_be_filled_and_worded() -> None:
    records = Store(find_data()).read_records()
    time = Timekeeper(records.tracts, records.polities, records.views)
    judged = [tract for tract in records.tracts.values() if tract.judged]
    for view in time.views:
        assert text(views.shown(records, view))
        for day in time.edges(view):
            for row in fold_borders(time, judged, view, day):
                fill = palette.fill_of_row(records.look, row)
                assert fill.base
                assert text(holds.legend(records, holds.Holding.of_row(row), view))
                if (
                    row.standing != "sovereign"
                    and view == "control"
                    and row.holders not in ((), row.sovereigns)
                ):
                    assert fill.stripe, row.holders


def test_land_held_of_another_is_striped_on_the_sovereigns_colour(atlas: Atlas) -> None:
    look = atlas.records.look
    assert palette.fill_of(look, ("japan",), "sovereign", ("japan",)) == (
        look.lineages["japan"].colour,
        "",
        False,
        False,
    )
    assert palette.fill_of(look, ("russia",), "occupied", ("china",)) == (
        look.lineages["china"].colour,
        look.lineages["russia"].colour,
        False,
        False,
    )
    assert palette.fill_of(look, ("japan", "russia"), "contested", ("japan",)).leaning_left
    lineages = {"russia": "Russia", "china": "China", "japan": "Japan"}
    records = replace(atlas.records, lineages=lineages)
    cases = (
        ("russia", "soviet-union", "occupied", "china", "China, occupied by Soviet Union"),
        (
            "russia",
            "soviet-union",
            "administered",
            "japan|russia",
            "disputed between Japan and Russia, administered by Soviet Union",
        ),
        (
            "russia",
            "soviet-union",
            "administered",
            "japan+russia",
            "in common of Japan and Russia, administered by Soviet Union",
        ),
        (
            "russia",
            "soviet-union",
            "trusteeship",
            "",
            "undetermined, administered pending a settlement by Soviet Union",
        ),
        ("russia", "soviet-union", "administered", "russia", "administered by Soviet Union"),
        ("", "", "unassigned", "japan", "nobody's, or undetermined"),
        ("", "", "untold", "china", "not told by this atlas"),
    )
    for holder, polity, standing, sovereign, words in cases:
        row = {"holder": holder, "polity": polity, "standing": standing, "sovereign": sovereign}
        holding = holds.Holding.of_row(read_border(row))
        assert text(holds.legend(records, holding, "control")) == words


def test_the_projection_keeps_areas_true(atlas: Atlas) -> None:
    frame = sp.tracts_at("2026-01-01", detail="fine", atlas=atlas)
    for row in frame[
        frame["tract"].isin(["hokkaido", "outer-mongolia", "kamchatka", "jeju"])
    ].to_dict("records"):
        assert WHOLE.shape(row["geometry"]).area / 1e6 == pytest.approx(row["area_km2"], rel=2e-3)


def test_a_sheet_prints_day_view_data_and_credit(atlas: Atlas) -> None:
    figure = sheet("1945-09-02", view="title", region="kurils")
    words = " ".join(text.get_text() for text in figure.texts)
    for needed in (
        "2 September 1945",
        "Title:",
        "Kuril Islands",
        atlas.version,
        "OpenStreetMap",
        "GeoNames (CC BY 4.0)",
        "Natural Earth",
    ):
        assert needed in words
    assert "Empire of Japan" in [text.get_text() for text in figure.axes[0].texts]


def test_a_sheets_own_title_is_taken_as_text() -> None:
    figure = sheet("1945-09-02", region="kurils.south", title=r"50% of $x_1$ & <b>")
    assert r"50% of $x_1$ & <b>" in [text.get_text() for text in figure.texts]
    figure.canvas.draw()


@pytest.mark.parametrize("draw", [maps.web, maps.sheet])
def test_maps_refuse_what_borders_refuse(draw: Any) -> None:
    with pytest.raises(DayError, match="1840-01-01 is before"):
        draw("1840-01-01")
    with pytest.raises(ViewError, match="'legal' is not a view"):
        draw("1945-09-02", view="legal")


def test_a_web_page_names_no_address_it_loads() -> None:
    page = maps.web("1945-09-02").get_root().render()
    assert not LOADED.findall(page)
    assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", page)
    assert "@import" not in page
    for needed in (
        "Who held what on 2 September 1945",
        "Control: who governed",
        "OpenStreetMap contributors",
    ):
        assert needed in page


def test_a_web_map_stays_small() -> None:
    assert len(maps.web("1945-09-02").get_root().render().encode()) < 1_500_000


def test_hostile_text_stays_text() -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u202e'\"`${1}"
    page = maps.web("1945-09-02", title=hostile).get_root().render()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u2028" not in page.split("</title>")[1]


def test_other_folium_layers_can_be_added() -> None:
    made = maps.web("1945-09-02", region="kurils")
    folium.Marker((45.0, 147.9), popup="Etorofu", tooltip="here").add_to(made)
    page = made.get_root().render()
    assert "Etorofu" in page
    assert not LOADED.findall(page)


def test_tiles_come_only_when_asked_for() -> None:
    address = "https://tiles.example/{z}/{x}/{y}.png"
    assert "tiles.example" not in maps.web("1945-09-02", region="kurils").get_root().render()
    tiles = folium.TileLayer(address, attr="tiles")
    assert (
        "tiles.example" in maps.web("1945-09-02", region="kurils", tiles=tiles).get_root().render()
    )


def test_two_governments_of_one_lineage_are_told_apart(atlas: Atlas) -> None:
    for day, region, beside in (
        ("1948-01-01", "manchuria", "china/ccp"),
        ("1922-06-01", "amur", "russia/priamur"),
    ):
        rows = sp.borders_at(day, region=region, atlas=atlas).to_dict("records")
        fills = {
            row["polity"]: palette.fill_of_row(atlas.records.look, read_border(row))
            for row in rows
            if row["holder"] == row["sovereign"]
        }
        assert len(fills) >= 2
        assert len(set(fills.values())) == len(fills)
        assert fills[beside] == (
            atlas.records.look.lineages[beside.split("/")[0]].colour,
            atlas.records.look.beside,
            False,
            False,
        )
        held = {tract: row["polity"] for row in rows for tract in row["tracts"].split("; ")}
        met = {
            (held[edge.left], held[edge.right], kind)
            for kind, row, edge in drawn_edges(atlas, date.fromisoformat(day), "control")
            if {edge.left, edge.right} <= set(held)
            and not row.parts
            and held[edge.left] != held[edge.right]
        }
        assert {kind for *_, kind in met} <= {"control"}
        assert all(beside in {left, right} for left, right, _ in met)
        assert met or day != "1948-01-01"


def test_every_polity_beside_the_main_one_of_its_lineage_is_known(atlas: Atlas) -> None:
    beside = {key for key, polity in atlas.records.polities.items() if not polity.main}
    assert set(atlas.records.look.striped) <= beside
    assert beside - set(atlas.records.look.striped) == {"china/roc", "japan/chosen"}, (
        "which of these hold land beside the main one?"
    )
