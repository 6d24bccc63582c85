"""A saved web map opens in a real browser with no network: nothing is asked for, nothing goes
wrong, every control works.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import folium
import pytest
from selenium.webdriver import ActionChains, Keys

import sovietpacific as sp
from sovietpacific import Atlas, maps
from tests.maps.test_web_map import HOSTILE, add_hostile
from tests.support.browsing import Browser, browser, needs_browser

pytestmark = needs_browser

#: The maps whose pictures are kept: day and region.
SHOWN = (
    *(("1875-08-22", None), ("1933-06-01", None), ("1945-09-02", None), ("1950-09-20", "korea")),
    *(("1953-08-01", "korea"), ("2026-11-01", None), ("2026-11-01", "kurils.south")),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maps.save(tmp_path_factory.mktemp("web") / "map.html", "1945-09-02")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def until(told: Callable[[], Any]) -> Any:
    """Ask again until something true is told, for five seconds at most."""
    end = time.monotonic() + 5
    while not (answer := told()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def saved(made: folium.Map, folder: Path) -> Path:
    made.save(str(folder / "page.html"))
    return folder / "page.html"


@pytest.mark.parametrize(("day", "region"), SHOWN)
def test_a_saved_map_opens_without_a_network(
    day: str, region: str | None, seen: Browser, tmp_path: Path
) -> None:
    page = maps.save(tmp_path / "map.html", day, region=region)
    seen.open(page)
    assert (
        seen.run(
            "return document.querySelectorAll('.leaflet-sp-land-pane path.leaflet-interactive').length"
        )
        >= 180
    )
    assert seen.run("return document.querySelectorAll('.sp-box').length") == 2
    assert until(lambda: seen.run("return document.querySelectorAll('.sp-name').length")) >= 5
    assert seen.shot(f"web-{day}-{region or 'all'}", tmp_path).stat().st_size > 20_000
    seen.check(page)


#: Runs in the page: gives the Leaflet map, and the layer whose tooltip has a heading.
MAP = "var map = window[Object.keys(window).find(function (key) { return /^map_/.test(key); })];"
LAYER = (
    MAP + "function find(name) { var found; map.eachLayer(function (layer) {"
    "var tip = layer.getTooltip && layer.getTooltip(), told = tip && tip._content;"
    "if (typeof told === 'function' && told(layer).firstChild.textContent === name) found = found || layer; }); return found; }"
)


def test_what_a_page_tells_is_what_the_atlas_answers(
    seen: Browser, atlas: Atlas, tmp_path: Path
) -> None:
    choice = random.Random(7)
    days = [atlas.as_of - timedelta(choice.randrange(60_000)) for _ in range(4)]
    for day, view in zip(days, ("control", "sovereignty", "title", "control"), strict=True):
        seen.open(saved(maps.web(day, view=view), tmp_path))
        told = seen.run(
            MAP
            + "var found = []; map.eachLayer(function (layer) { var tip = layer.getTooltip && layer.getTooltip();"
            "if (tip && typeof tip._content === 'function') found.push([].map.call(tip._content(layer).children,"
            "function (row) { return row.textContent; })); }); return found;"
        )
        cards = {card[0]: card[1:] for card in told}
        for tract in choice.sample([tract for tract in atlas.tracts.values() if tract.judged], 50):
            answer = getattr(sp.sovereignty_of(tract.id, day, atlas=atlas), view)
            names = [atlas.polity_names.get(polity, polity) for polity in answer.polities]
            assert all(
                name in cards[tract.name][0] for name in names or ["nobody, or undetermined"]
            ), (tract.id, day, view)
            assert f"Since{answer.since}" in " ".join(cards[tract.name])


def test_land_lines_and_names_tell_of_themselves(page: Path, seen: Browser) -> None:
    seen.open(page)
    tip = "return ([].slice.call(document.querySelectorAll('.leaflet-tooltip')).pop() || {}).textContent"
    seen.run(LAYER + "find('Urup').openTooltip(map.getCenter())")
    told = seen.run(tip)
    assert all(
        words in told
        for words in ("Urup", "Soviet Union (occupied)", "SovereignEmpire of Japan", "Sources")
    )
    seen.run(
        LAYER + "find('Urup').closeTooltip(); find('38th parallel').openTooltip(map.getCenter())"
    )
    assert all(
        words in seen.run(tip)
        for words in ("38th parallel", "General Order No. 1", "Accuracyabout")
    )
    seen.run(
        LAYER + "find('38th parallel').closeTooltip(); find('Urup').openPopup(map.getCenter())"
    )
    assert until(lambda: seen.run("return document.querySelectorAll('.sp-history li').length")) >= 6
    now = "return document.querySelector('.sp-history .sp-now').textContent"
    assert "1945-08-31" in seen.run(now)
    seen.run(MAP + "map.closePopup(); map.setView([45.5, 139], 5, {animate: false})")
    assert until(
        lambda: not seen.run("return document.querySelector('.leaflet-popup, .leaflet-tooltip')")
    )
    name = seen.driver.find_element(
        "xpath", "//span[contains(@class,'sp-told')][text()='Toyohara']"
    )
    ActionChains(seen.driver).move_to_element(name).perform()
    assert "豊原" in until(lambda: seen.run(tip))
    seen.check(page)


def test_land_is_reached_opened_and_closed_by_keyboard(page: Path, seen: Browser) -> None:
    seen.open(page)

    def press(*keys: str) -> None:
        ActionChains(seen.driver).send_keys(*keys).perform()

    focused = "return document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    reached = []
    while not (told := seen.run(focused)).startswith("Urup. ") and len(reached) < 250:
        reached.append(told)
        press(Keys.TAB)
    assert seen.run(focused) == "Urup. Holder: Soviet Union (occupied). Sovereign: Empire of Japan"
    assert reached.index("Legend") < next(
        place for place, told in enumerate(reached) if ". Holder: " in told
    )
    assert seen.run("return getComputedStyle(document.activeElement).strokeWidth") == "4px"
    assert seen.run(
        "return [].slice.call(document.querySelectorAll('.leaflet-tooltip')).pop().textContent"
    ).startswith("UrupHolder")
    press(Keys.ENTER)
    assert seen.run("return document.activeElement.className") == "sp-card"
    press(Keys.TAB)
    assert seen.run(focused) == "Timeline"
    press(Keys.ESCAPE)
    assert until(lambda: not seen.run("return document.querySelector('.leaflet-popup')"))
    assert seen.run(focused).startswith("Urup. ")
    seen.check(page)


def test_layers_and_legend_can_be_switched(page: Path, seen: Browser) -> None:
    seen.open(page)
    count = "return document.querySelectorAll(arguments[0]).length"
    for name, where in (
        ("Names", ".sp-name"),
        ("Borders and lines", ".sp-hit"),
        ("Land", ".leaflet-sp-land-pane path"),
    ):
        assert until(lambda where=where: seen.run(count, where)) > 5  # type: ignore[misc]
        click = "[].find.call(document.querySelectorAll('.leaflet-control-layers-overlays label'), function (label) {"
        click += "return label.textContent.trim() === arguments0; }).querySelector('input').click()".replace(
            "arguments0", f"'{name}'"
        )
        seen.run(click)
        assert seen.run(count, where) == 0
        seen.run(click)
        assert seen.run(count, where) > 5
    assert seen.run("return document.querySelector('.sp-legend').open")
    seen.driver.find_element("css selector", ".sp-legend summary").click()
    assert not seen.run("return document.querySelector('.sp-legend').open")
    seen.check(page)


def test_the_legend_keeps_to_what_is_in_sight(page: Path, seen: Browser) -> None:
    seen.open(page)
    rows = "return [].filter.call(document.querySelectorAll('.sp-legend li'), function (row) { return !row.hidden; }).length"
    before = seen.run(rows)
    seen.run(MAP + "map.setView([45.9, 150], 8, {animate: false})")
    assert until(lambda: seen.run(rows) < before)
    seen.check(page)


def test_added_layers_show_and_hostile_ones_do_nothing(seen: Browser, tmp_path: Path) -> None:
    made = maps.web("2026-01-01", title=HOSTILE)
    add_hostile(made)
    folium.Marker(
        (43, 146), popup="<b>Nemuro</b>", tooltip="a town", icon=folium.Icon(color="green")
    ).add_to(made)
    literal_text = folium.Popup("<i>`{x}` & ${y} \\</i>", parse_html=True)
    folium.CircleMarker((44, 150), radius=7, popup=literal_text).add_to(made)
    page = saved(made, tmp_path)
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace(
            "<head>", "<head><script>window.flags=[];function flag(x){flags.push(x)}</script>", 1
        ),
        encoding="utf-8",
    )
    seen.open(page)
    seen.run(
        MAP
        + "map.eachLayer(function (layer) { if (layer.getTooltip && layer.getTooltip()) layer.openTooltip();"
        "if (layer.getPopup && layer.getPopup()) { layer.fire('click', {latlng: map.getCenter()}); layer.openPopup(); } });"
        "document.querySelector('.leaflet-control-layers-toggle').focus();"
    )
    seen.run(
        MAP
        + "map.eachLayer(function (layer) { if (layer.feature) { layer.openTooltip(); layer.openPopup(); } })"
    )
    time.sleep(0.4)
    assert seen.run("return window.flags") == []
    assert "{{ 7 * 191 }}" in seen.run("return document.querySelector('.sp-title').textContent")
    assert "1337" not in seen.run("return document.body.innerText")
    assert "\u202e" not in seen.run("return document.body.innerText")
    assert seen.run("return document.querySelectorAll('.sp-pin svg').length") == 1
    assert (
        seen.run(
            "return document.querySelectorAll('.leaflet-control-layers-overlays label').length"
        )
        == 4
    )
    literal = (
        MAP
        + "map.eachLayer(function (layer) { if (layer.getPopup && layer.getRadius && layer.getRadius() === 7) layer.openPopup(); });"
    )
    seen.run(literal)
    assert until(lambda: "<i>`{x}` & ${y} \\</i>" in seen.run("return document.body.innerText"))
    asked = seen.run(
        "return performance.getEntriesByType('resource').map(function (entry) { return entry.name; })"
    )
    assert not [address for address in asked if address.startswith("http")]


def test_the_browser_itself_keeps_a_page_from_the_network(page: Path, seen: Browser) -> None:
    seen.open(page)
    seen.run(
        "window.kept = []; document.addEventListener('securitypolicyviolation', function (event) { kept.push(event.blockedURI); });"
        "new Image().src = 'https://pictures.example/a.png'; fetch('https://data.example/b').catch(function () {});"
    )
    assert until(lambda: len(seen.run("return kept")) == 2)


def test_a_phone_has_room_for_the_map(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path / "profile", phone=True) as phone:
        phone.open(page)
        assert not phone.run("return document.querySelector('.sp-legend').open")
        assert phone.run("return document.documentElement.scrollWidth") <= 390
        phone.shot("web-1945-09-02-phone", tmp_path)
        phone.check(page)


def test_what_a_page_asks_of_the_network_is_noticed(seen: Browser, tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text("<img src='https://example.org/a.png'>", encoding="utf-8")
    seen.open(asking)
    with pytest.raises(AssertionError, match=r"example\.org"):
        seen.check(asking)


def test_a_frame_is_explored_and_an_answer_shown_without_a_network(
    seen: Browser, atlas: Atlas, tmp_path: Path
) -> None:
    frame = sp.tracts_at("1945-09-02", region="kurils", atlas=atlas)
    page = saved(frame.explore(), tmp_path)
    seen.open(page)
    assert seen.run("return document.querySelectorAll('.leaflet-sp-rows-pane path').length") == len(
        frame
    )
    seen.run(LAYER + "find('Urup').openTooltip(map.getCenter())")
    told = seen.run("return document.querySelector('.leaflet-tooltip').textContent")
    assert all(words in told for words in ("tracturup", "controlrussia", "standingoccupied"))
    seen.shot("explore-kurils", tmp_path)
    seen.check(page)
    seen.open(saved(frame[:0].explore(), tmp_path))
    assert "nothing to draw" in seen.run("return document.querySelector('.sp-message').textContent")
    seen.check(page)
    cards = tmp_path / "cards.html"
    asked = (
        ("Iturup", "1950-01-01", "japan"),
        ("豊原", "1945-09-02", None),
        ("Zhenbao", "1969-03-02", None),
    )
    body = "".join(
        sp.sovereignty_of(place, day, view=view, atlas=atlas)._repr_html_()
        for place, day, view in asked
    )
    cards.write_text(f"<!DOCTYPE html><meta charset='utf-8'><body>{body}", encoding="utf-8")
    seen.open(cards)
    assert seen.run("return document.querySelectorAll('tr').length") == 10
    seen.shot("cards", tmp_path)
    seen.check(cards)


def test_two_maps_of_one_page_do_not_disturb_each_other(seen: Browser, tmp_path: Path) -> None:
    figure = folium.Figure()
    for number, day in enumerate(("1904-01-01", "1945-09-02")):
        figure.add_subplot(1, 2, number + 1).add_child(maps.web(day))
    page = tmp_path / "two.html"
    figure.save(str(page))
    seen.open(page)
    titles = seen.run(
        "return [].map.call(document.querySelectorAll('.sp-title b'), function (title) { return title.textContent; })"
    )
    assert titles == ["Who held what on 1 January 1904", "Who held what on 2 September 1945"]
    fills = "return [].every.call(document.querySelectorAll('path[fill^=url]'), function (path) {"
    fills += "return document.getElementById(path.getAttribute('fill').slice(5, -1)); })"
    assert seen.run(fills)
    seen.check(page)


def test_two_cells_of_a_notebook_show_their_maps(
    seen: Browser, atlas: Atlas, tmp_path: Path
) -> None:
    page = tmp_path / "notebook.html"
    frame = sp.borders_at("1945-09-02", region="kurils", detail="light", atlas=atlas)
    cells = [maps.web("1945-09-02", region="kurils")._repr_html_(), frame.explore()._repr_html_()]
    page.write_text(
        f"<!DOCTYPE html><meta charset='utf-8'><body>{''.join(cells)}", encoding="utf-8"
    )
    seen.open(page)
    boxes = "return [].map.call(document.querySelectorAll('iframe'), function (frame) {"
    boxes += "return frame.contentDocument.querySelectorAll('.sp-box').length; })"
    assert until(lambda: seen.run(boxes) == [2, 2])
    seen.check(page)


def test_the_open_legend_hides_no_island_of_the_kurils(
    atlas: Atlas, page: Path, seen: Browser
) -> None:
    names = [tract.name for tract in atlas.tracts.values() if tract.lies_in("kurils")]
    seen.open(page)
    boxes, islands = seen.run(
        "const rect = node => { const r = node.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };"
        "const all = css => [...document.querySelectorAll(css)];"
        "const kurils = all('path[aria-label]').filter(node => arguments[0].some(name => node.getAttribute('aria-label').startsWith(name)));"
        "return [all('.sp-box, .leaflet-bar').map(rect), kurils.map(rect)]",
        names,
    )
    assert len(islands) >= len(names)
    assert any(right - left > 200 and bottom - top > 200 for left, top, right, bottom in boxes), (
        "the legend is open"
    )
    for left, top, right, bottom in islands:
        assert 0 <= left <= right <= 1280
        assert not any(
            left <= b[2] and b[0] <= right and top <= b[3] and b[1] <= bottom for b in boxes
        )
