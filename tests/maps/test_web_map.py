"""A web map tells of each tract what the atlas answers, sorts its lines truly, and lets no added
text or layer do harm.
"""

from __future__ import annotations

import copy
import json
import random
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import folium
import pytest
from folium.plugins import FloatImage, HeatMap, MarkerCluster

import sovietpacific as sp
from sovietpacific import Atlas, NetworkError, maps
from sovietpacific.maps.pages.day import describe_day
from sovietpacific.maps.pages.guard import within_script
from sovietpacific.maps.pages.new_map import WHOLE, region_box
from sovietpacific.maps.pages.offline import OfflineMap, embed
from sovietpacific.maps.scene.day_map import DayMap

HOSTILE = "</script><script>flag(1)</script><img src=x onerror=flag(2)>{{ 7 * 191 }}{% raw %}`${flag(3)}\\`\u202e\u2028'\""

#: What a template makes of `HOSTILE` where it is run; not as part of the random names of elements.
RUN = re.compile("(?<![0-9a-f])1337(?![0-9a-f])")


def page_of(made: Any) -> str:
    page: str = made.get_root().render()
    return page


def payload_of(made: Any) -> Any:
    found = re.search(r"sovietpacific\.web\(map_\w+, (\{.*\})\);", page_of(made))
    assert found
    return json.loads(found[1])


def assert_harmless(page: str) -> None:
    assert not re.findall(r"</script\s*>\s*<script>flag", page)
    assert not RUN.search(page.split("sovietpacific.web(")[-1])
    assert "&#96;&#36;&#123;flag(3)&#125;" in page


def test_every_tract_tells_what_the_atlas_answers(atlas: Atlas) -> None:
    choice = random.Random(3)
    first, last = date(1875, 1, 1), atlas.as_of
    for view in ("control", "title", "japan"):
        day = first + timedelta(choice.randrange((last - first).days))
        day = max(day, atlas.time.first_day(view))
        sheet = describe_day(DayMap(atlas, view, day), WHOLE, fine=False)
        told = {tract["id"]: tract for tract in sheet["tracts"] if "id" in tract}
        assert set(told) == {tract.id for tract in atlas.tracts.values() if tract.judged}
        for tract in choice.sample(sorted(told), 20):
            answer = sp.sovereignty_of(tract, day, view=view, atlas=atlas)
            asked = answer.state_map or getattr(answer, view)
            rows = dict(told[tract]["rows"])
            who = next(iter(rows.values()))
            assert all(atlas.polity_names.get(polity, polity) in who for polity in asked.polities)
            assert rows["Since"].startswith(asked.since.isoformat())
            assert ("unverified" in rows["Sources"]) == (not asked.seen)
            assert all(source in rows["Sources"] for source in asked.sources)
            assert ("Claimed by" in rows) == bool(answer.claims)
            history = told[tract]["history"]
            assert [row[0] for row in history] == [
                hold.tenure.since.isoformat() for hold in atlas.time.holds(tract, view)
            ]
            assert [row[1] for row in history[:-1]] == [row[0] for row in history[1:]]


def kinds_on(atlas: Atlas, day: str, view: str = "control") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in DayMap(atlas, view, date.fromisoformat(day)).lines():
        found.setdefault(line.kind, set()).add(line.line)
    return found


def test_lines_are_of_the_kind_they_part(atlas: Atlas) -> None:
    assert "parallel-50" in kinds_on(atlas, "1930-01-01")["border"]
    assert "kwantung-limit" in kinds_on(atlas, "1930-01-01")["control"]
    assert "parallel-38" in kinds_on(atlas, "1946-01-01")["control"]
    assert "mongolia-south" in kinds_on(atlas, "1953-08-01")["border"], (
        "the claim of Taipei is not one of the other side"
    )
    assert "nemuro-strait" in kinds_on(atlas, "2026-01-01")["sea-disputed"]
    assert "la-perouse-strait" in kinds_on(atlas, "2026-01-01")["sea"]
    assert "smr-main" in kinds_on(atlas, "1933-06-01")["railway"]
    assert "front-1950-09-15" in kinds_on(atlas, "1950-09-20")["front"]
    assert "mdl" in kinds_on(atlas, "1953-08-01")["disputed"]
    assert {kind for day in ("1875-08-22", "1945-09-02") for kind in kinds_on(atlas, day)} <= set(
        atlas.records.look.drawn_lines
    )


@pytest.mark.parametrize(
    ("day", "view"), [("1875-08-22", "control"), ("1953-08-01", "control"), ("1950-01-01", "title")]
)
def test_no_stretch_of_a_line_is_lost_or_drawn_twice(atlas: Atlas, day: str, view: str) -> None:
    law = "sovereignty" if view == "control" else view
    given: dict[tuple[Any, ...], float] = {}
    for asked in (law, view):
        for row in sp.lines_at(day, view=asked, detail="light", atlas=atlas).to_dict("records"):
            if (asked == view or row["left"] != row["right"]) and (
                view == "control" or row["kind"] not in ("railway", "front")
            ):
                tracts = tuple(
                    sorted((row["left_tract"], row["right_tract"]))
                )  # which is the left one is the view's
                key = (*tracts, row["line"], row["kind"], row["accuracy_km"], row["geometry"].wkb)
                given[key] = row["geometry"].length
    lines = DayMap(atlas, view, date.fromisoformat(day)).lines()
    assert sum(line.geometry.length for line in lines) == pytest.approx(sum(given.values()))


def test_places_bear_the_names_of_the_day_and_lines_their_own() -> None:
    before, after = (payload_of(maps.web(day)) for day in ("1930-01-01", "1960-01-01"))
    assert "Toyohara" in {name["text"] for name in before["names"]}
    assert "Yuzhno-Sakhalinsk" in {name["text"] for name in after["names"]}
    assert "50th parallel on Sakhalin" in {
        name["text"] for name in before["names"] if name["kind"] == "line"
    }
    assert "Military Demarcation Line" in {
        name["text"] for name in after["names"] if name["kind"] == "line"
    }


def test_the_legend_explains_every_fill_and_every_kind_of_line(atlas: Atlas) -> None:
    sheet = payload_of(maps.web("1950-09-20"))
    assert {tract["entry"] for tract in sheet["tracts"] if "entry" in tract} == set(
        range(len(sheet["legend"]))
    )
    for tract in sheet["tracts"]:
        if "entry" in tract:
            assert tract["fill"] == sheet["legend"][tract["entry"]][0]
    assert [kind for kind, _ in sheet["kinds"]] == [
        kind
        for kind in atlas.records.look.drawn_lines
        if kind in {line["kind"] for line in sheet["lines"]}
    ]


def test_a_map_of_a_region_has_fine_shapes_and_its_own_bounds(atlas: Atlas) -> None:
    box = region_box(atlas, "kurils.south")
    whole, near = (
        describe_day(DayMap(atlas, "control", date(2026, 1, 1)), box, fine=fine)
        for fine in (False, True)
    )
    sizes = [
        {tract["id"]: len(tract["shape"]) for tract in sheet["tracts"] if "id" in tract}
        for sheet in (whole, near)
    ]
    assert sizes[1]["iturup"] > sizes[0]["iturup"]
    assert sizes[1]["seoul"] == sizes[0]["seoul"]
    assert "Southern Kurils: who held what on 1 January 2026" in page_of(
        maps.web("2026-01-01", region="kurils.south")
    )


@pytest.mark.parametrize(
    "plugin", [MarkerCluster(), HeatMap([(45.0, 147.0)])], ids=lambda plugin: plugin._name
)
def test_a_plugin_that_loads_from_the_network_is_refused_by_name(plugin: Any) -> None:
    made = OfflineMap(tiles=None)
    plugin.add_to(made)
    with pytest.raises(
        NetworkError, match=rf"{type(plugin).__name__} loads https://.* give online=True"
    ):
        page_of(made)
    made.online = True
    assert "https://cdn" in page_of(made)


def test_a_picture_of_the_network_in_a_popup_is_refused() -> None:
    made = OfflineMap(tiles=None)
    folium.Marker((45, 147), popup="<img src='https://pictures.example/a.png'>").add_to(made)
    with pytest.raises(NetworkError, match="Html loads https://pictures"):
        page_of(made)


def test_a_script_of_the_network_put_into_the_head_by_hand_is_refused() -> None:
    made = OfflineMap(tiles=None)
    made.get_root().header.add_child(
        folium.JavascriptLink("https://scripts.example/a.js"), name="by-hand"
    )
    with pytest.raises(NetworkError, match=r"by-hand.* loads https://scripts\.example"):
        page_of(made)
    assert "scripts.example" not in page_of(made)


@pytest.mark.parametrize(
    "layer",
    [
        folium.raster_layers.ImageOverlay("https://pictures.example/a.png", [[40, 140], [50, 150]]),
        folium.Marker((45, 147), icon=folium.CustomIcon("https://pictures.example/a.png")),
        folium.Marker((45, 147), icon=folium.DivIcon("<img src=//pictures.example/a.png>")),
    ],
    ids=lambda layer: layer._name,
)
def test_pictures_of_the_network_are_refused(layer: Any) -> None:
    made = OfflineMap(tiles=None)
    layer.add_to(made)
    with pytest.raises(NetworkError, match=r"loads (https:)?//\w+\.example"):
        page_of(made)


def policy_of(made: Any) -> str:
    found = re.search(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page_of(made)
    )
    assert found
    return found[1]


def test_a_page_without_tiles_tells_the_browser_to_load_nothing() -> None:
    made = OfflineMap(tiles=None)
    assert "default-src 'none'" in policy_of(made)
    assert "img-src data: blob:;" in policy_of(made)
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="tiles").add_to(made)
    assert "default-src 'none'" in policy_of(made)
    assert "img-src data: blob: https://*.tiles.example;" in policy_of(made), (
        "nothing but the tiles"
    )
    assert "default-src 'none'" not in policy_of(OfflineMap(tiles=None, online=True))
    figure = folium.Figure()
    figure.add_subplot(1, 2, 1).add_child(OfflineMap(tiles=None, online=True))
    figure.add_subplot(1, 2, 2).add_child(OfflineMap(tiles=None))
    assert "default-src 'none'" not in figure.render()


@pytest.mark.parametrize("online", [False, True])
def test_the_policy_names_every_script_of_the_page_and_lets_no_other_run(online: bool) -> None:
    made = maps.web("2026-01-01", region="kurils.south", online=online)
    add_hostile(made)
    made.get_root().html.add_child(folium.Element("<h3>A title<script>flag(1)</script></h3>"))
    for _ in range(2):  # a page rendered twice is not the same to the letter
        page = page_of(made)
        named = set(re.findall(r"'sha256-([^']+)'", page.split("<title>")[0]))
        scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
        assert named == {b64encode(sha256(script.encode()).digest()).decode() for script in scripts}
        assert "'unsafe-inline'" not in policy_of(made).partition("style-src")[0]
        assert not any("A title" in script for script in scripts)


def test_what_is_put_into_the_body_of_a_page_stands_there_as_text_until_it_is_cleaned() -> None:
    figure = folium.Figure(title="<script>flag(1)</script> & more")
    for number in (1, 2):
        part = figure.add_subplot(1, 2, number)
        part.add_child(OfflineMap(tiles=None))
        part.html.add_child(folium.Element("<h3 onclick='flag(2)'>{{ '{{ 7 * 191 }}' }}</h3>"))
    figure.html.add_child(folium.Element("<p>" + "</p><script>flag(3)</script>"))
    page = figure.render()
    assert page.count('class="sp-given"') == 3
    assert "<h3" not in page
    assert "<script>flag" not in page
    assert not RUN.search(page)
    assert "<title>&lt;script&gt;flag(1)&lt;/script&gt; &amp; more</title>" in page


def test_a_picture_of_the_network_in_the_body_of_a_page_is_refused() -> None:
    made = OfflineMap(tiles=None)
    FloatImage("https://pictures.example/a.png").add_to(made)
    with pytest.raises(NetworkError, match="FloatImage loads https://pictures"):
        page_of(made)
    made.online = True
    assert "pictures.example" in page_of(made)


def test_a_page_to_which_nothing_was_added_is_spared_what_cleans() -> None:
    assert all(
        "DOMPurify" not in page_of(made) for made in (maps.web("2026-01-01"), maps.timeline())
    )
    for name in ("marker", "body", "script"):
        made = maps.web("2026-01-01")
        if name == "marker":
            folium.Marker((45, 147)).add_to(made)
        else:
            getattr(made.get_root(), {"body": "html"}.get(name, name)).add_child(
                folium.Element("var mine = 1;")
            )
        assert "DOMPurify" in page_of(made), name
        assert "require-trusted-types-for 'script'" in policy_of(made), name


def add_hostile(made: folium.Map) -> list[Any]:
    """Add hostile texts by every way a Folium layer takes text."""
    marker = folium.Marker((45, 147), popup=HOSTILE, tooltip=HOSTILE).add_to(made)
    lazy = folium.CircleMarker(
        (46, 148), popup=folium.Popup(HOSTILE, parse_html=True, lazy=True)
    ).add_to(made)
    folium.Marker((47, 149), icon=folium.DivIcon(html=HOSTILE)).add_to(made)
    feature = {
        "type": "Feature",
        "properties": {"name": HOSTILE},
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[140, 40], [150, 40], [150, 50], [140, 40]]],
        },
    }
    shown = {
        "tooltip": folium.GeoJsonTooltip(["name"], aliases=[HOSTILE]),
        "popup": folium.GeoJsonPopup(["name"]),
    }
    folium.GeoJson(
        {"type": "FeatureCollection", "features": [feature]}, name=HOSTILE, **shown
    ).add_to(made)
    folium.FeatureGroup(name=HOSTILE).add_to(made)
    return [marker, lazy]


def test_no_added_text_leaves_its_place() -> None:
    made = maps.web("2026-01-01", title=HOSTILE)
    marker, _ = add_hostile(made)
    page = page_of(made)
    assert_harmless(page)
    title = payload_of(made)["title"][0]
    assert "{{ 7 * 191 }}" in title
    assert "\u202e" not in title
    tooltip = next(
        child for child in marker._children.values() if isinstance(child, folium.Tooltip)
    )
    assert tooltip.text == HOSTILE, "a layer is as it was once the page is made"
    assert_harmless(page_of(made))


def test_hostile_names_of_the_atlas_stay_plain_text(atlas: Atlas) -> None:
    hostile, records = copy.copy(atlas), atlas.records
    named = {
        kind: {key: replace(record, name=HOSTILE) for key, record in getattr(records, kind).items()}
        for kind in ("tracts", "instruments", "lines", "polities")
    }
    hostile.records = replace(records, **named)
    for made in (
        maps.web("1945-09-02", region="kurils", atlas=hostile),
        maps.compare("1904-01-01", "1945-09-02", region="kurils", atlas=hostile),
    ):
        page = page_of(made)
        assert not re.findall(r"</script\s*>\s*<script>flag", page)
        assert "\u202e" not in page
        assert "`${flag(3)}" in page
        assert not RUN.search(re.split(r"sovietpacific\.(?:web|compare)\(", page)[-1])


@pytest.mark.parametrize("text", ["{{{{{%{#", "a{", "{{ x }}{%%}", "</SCRIPT ><!--"])
def test_guarded_text_comes_out_of_a_template_as_it_went_in(text: str) -> None:
    from branca.element import Element

    assert Element(within_script(text)).render().replace(r"\x3c", "<") == text
    assert json.loads(Element(embed([text])).render()) == [text]


def test_the_control_of_layers_knows_layers_added_later() -> None:
    made = maps.web("2026-01-01")
    page_of(made)
    folium.FeatureGroup(name="my finds").add_to(made)
    page = page_of(made)
    control = page[page.index("overlays :") :]
    assert all(
        f'"{name}"' in control for name in ("Land", "Borders and lines", "Names", "my finds")
    )
    folium.LayerControl(collapsed=False).add_to(made)
    assert page_of(made).count("overlays :") == 1


def test_two_maps_can_stand_in_one_page() -> None:
    figure = folium.Figure()
    for number, day in enumerate(("1904-01-01", "1945-09-02")):
        figure.add_subplot(1, 2, number + 1).add_child(maps.web(day))
    page = figure.render()
    assert page.count("sovietpacific.web(") == 2
    assert page.count("window.sovietpacific = ") == 1


def test_the_page_says_its_language_and_shows_in_a_notebook() -> None:
    made = maps.web("2026-01-01", region="kurils.south")
    assert '<html lang="en">' in page_of(made)
    assert "<iframe srcdoc=" in made._repr_html_()


def test_scripts_of_ours_stay_readable() -> None:
    folder = Path(maps.__file__).parent / "pages" / "assets"
    for path in folder.glob("*.js"):
        if path.name not in ("dompurify.js", "leaflet.js"):
            lines = path.read_text(encoding="utf-8").splitlines()
            assert lines[0].startswith("/* "), f"{path.name} does not say what it is for"
            assert len(lines) <= 300, path.name
            assert max(map(len, lines)) <= 130, path.name
