"""Maps say what they show, show every island, and load nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import folium
import pytest

from sovietpacific import Atlas, DayError, ViewError, maps
from sovietpacific.folds import fold_borders
from sovietpacific.maps import style
from sovietpacific.maps.border_lines import drawn_edges
from sovietpacific.maps.projection import WHOLE
from sovietpacific.maps.sheet_map import sheet
from sovietpacific.store import Store, find_data
from sovietpacific.timekeeping import Timekeeper
from sovietpacific.wording import legend_words

#: What a page loads by itself; links a person may click are no part of it.
LOADED = re.compile(r"""<link[^>]*href\s*=\s*["']?(?:https?:)?//|src\s*=\s*["']?(?:https?:)?//""")


def test_every_hold_of_the_atlas_can_be_filled_and_worded(atlas: Atlas) -> None:
    records = Store(find_data()).read_records()
    time = Timekeeper(records.tracts, records.polities, records.views)
    judged = [tract for tract in records.tracts.values() if tract.judged]
    for view in time.views:
        assert style.words_of_view(view, atlas.views)
        for day in time.edges(view):
            for row in fold_borders(time, judged, view, day):
                fill = style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])
                assert fill.base
                assert legend_words(row, atlas.lineages, atlas.polity_names, view)
                if row["standing"] != "sovereign" and view == "control" and row["holder"] not in ("", row["sovereign"]):
                    assert fill.stripe, row["holder"]


def test_land_held_of_another_is_striped_on_the_sovereigns_colour() -> None:
    assert style.fill_of("japan", "sovereign", "japan") == (style.COLOURS["japan"], "", False, False)
    assert style.fill_of("russia", "occupied", "china") == (style.COLOURS["china"], style.COLOURS["russia"], False, False)
    assert style.fill_of("japan|russia", "contested", "japan")[2]
    lineages = {"russia": "Russia", "china": "China", "japan": "Japan"}
    cases = (
        ("russia", "soviet-union", "occupied", "china", "China, occupied by Soviet Union"),
        (
            "russia",
            "soviet-union",
            "administered",
            "japan|russia",
            "disputed between Japan and Russia, administered by Soviet Union",
        ),
        ("russia", "soviet-union", "administered", "japan+russia", "in common of Japan and Russia, administered by Soviet Union"),
        ("russia", "soviet-union", "trusteeship", "", "undetermined, administered pending a settlement by Soviet Union"),
        ("russia", "soviet-union", "administered", "russia", "administered by Soviet Union"),
        ("", "", "unassigned", "japan", "nobody's, or undetermined"),
        ("", "", "untold", "china", "not told by this atlas"),
    )
    for holder, polity, standing, sovereign, words in cases:
        row = {"holder": holder, "polity": polity, "standing": standing, "sovereign": sovereign}
        assert legend_words(row, lineages, {"soviet-union": "Soviet Union"}, "control") == words


def test_the_projection_keeps_areas_true(atlas: Atlas) -> None:
    frame = atlas.tracts_at("2026-01-01", detail="fine")
    for row in frame[frame["tract"].isin(["hokkaido", "outer-mongolia", "kamchatka", "jeju"])].to_dict("records"):
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
    for needed in ("Who held what on 2 September 1945", "Control: who governed", "OpenStreetMap contributors"):
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
    assert "tiles.example" in maps.web("1945-09-02", region="kurils", tiles=tiles).get_root().render()


def test_two_governments_of_one_lineage_are_told_apart(atlas: Atlas) -> None:
    for day, region, beside in (("1948-01-01", "manchuria", "china/ccp"), ("1922-06-01", "amur", "russia/priamur")):
        rows = atlas.borders_at(day, region=region).to_dict("records")
        fills = {
            row["polity"]: style.fill_of(row["holder"], row["standing"], row["sovereign"], row["polity"])
            for row in rows
            if row["holder"] == row["sovereign"]
        }
        assert len(fills) >= 2
        assert len(set(fills.values())) == len(fills)
        assert fills[beside] == (style.COLOURS[beside.split("/")[0]], style.BESIDES_STRIPE, False, False)
        held = {tract: row["polity"] for row in rows for tract in row["tracts"].split("; ")}
        met = {
            (held[edge.left], held[edge.right], row["drawn"])
            for row, edge in drawn_edges(atlas, date.fromisoformat(day), "control")
            if {edge.left, edge.right} <= set(held) and row["left"] == row["right"] and held[edge.left] != held[edge.right]
        }
        assert {kind for *_, kind in met} <= {"control"}
        assert all(beside in {left, right} for left, right, _ in met)
        assert met or day != "1948-01-01"


def test_every_polity_beside_the_main_one_of_its_lineage_is_known(atlas: Atlas) -> None:
    beside = {key for key, polity in atlas.records.polities.items() if not polity.main}
    assert set(style.BESIDE) <= beside
    assert beside - set(style.BESIDE) == {"china/roc", "japan/chosen"}, "which of these hold land beside the main one?"
