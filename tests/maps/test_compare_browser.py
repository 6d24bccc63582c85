"""A comparison works in a real browser: the handle parts two days by pointer, touch and keys, the
list marks its land.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Keys

from sovietpacific import maps
from tests.maps.test_browser import MAP
from tests.support.browsing import Browser, browser, needs_browser

pytestmark = needs_browser

#: What is seen at a place of the page: "first", "second", or nothing of either day.
SIDE_AT = """
var seen = document.elementsFromPoint(arguments[0], arguments[1]).find(function (node) { return node.tagName === "path"; });
var pane = seen && seen.closest(".leaflet-sp-first-pane, .leaflet-sp-second-pane");
return pane ? (pane.className.match(/sp-(first|second)-pane/) || [])[1] : "";
"""
#: Lets the rim fill the map, so that land lies at the places asked about.
RIM = MAP + "map.fitBounds([[34, 114], [54, 161]], {animate: false})"
VALUE = "return +document.querySelector('.sp-swipe').getAttribute('aria-valuenow')"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maps.save_comparison(
        tmp_path_factory.mktemp("compare") / "compare.html", "1904-01-01", "1945-09-03"
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_each_side_of_the_handle_shows_its_day(page: Path, seen: Browser, tmp_path: Path) -> None:
    seen.open(page)
    seen.run(RIM)
    assert seen.run(SIDE_AT, 470, 190) == "first"
    assert seen.run(SIDE_AT, 690, 190) == "second"
    handle = seen.driver.find_element("css selector", ".sp-knob")
    ActionChains(seen.driver).click_and_hold(handle).move_by_offset(128, 0).release().perform()
    assert seen.run(VALUE) == 60
    assert seen.run(SIDE_AT, 690, 190) == "first"
    ActionChains(seen.driver).click_and_hold(handle).move_by_offset(-256, 0).release().perform()
    assert seen.run(VALUE) == 40
    assert seen.run(SIDE_AT, 690, 190) == "second"
    seen.run(MAP + "map.panBy([60, 0], {animate: false})")
    assert seen.run(SIDE_AT, 470, 190) == "first"
    assert seen.run(SIDE_AT, 570, 190) == "second"
    assert seen.shot("compare-1904-1945", tmp_path).stat().st_size > 20_000
    seen.check(page)


def test_the_handle_is_a_slider_for_keys_and_screen_readers(page: Path, seen: Browser) -> None:
    seen.open(page)
    seen.run(RIM)
    handle = seen.driver.find_element("css selector", "[role=slider]")
    assert handle.get_attribute("aria-label")
    assert "1 January 1904" in str(handle.get_attribute("aria-valuetext"))
    handle.send_keys(Keys.ARROW_RIGHT)
    assert seen.run(VALUE) == 52
    handle.send_keys(Keys.PAGE_DOWN, Keys.ARROW_LEFT)
    assert seen.run(VALUE) == 40
    handle.send_keys(Keys.HOME)
    assert seen.run(VALUE) == 0
    assert seen.run(SIDE_AT, 470, 190) == "second"
    handle.send_keys(Keys.END)
    assert seen.run(VALUE) == 100
    assert seen.run(SIDE_AT, 690, 190) == "first"
    seen.check(page)


def test_the_list_marks_its_land_and_goes_there(page: Path, seen: Browser) -> None:
    seen.open(page)
    marked = "return [].filter.call(document.querySelectorAll('.leaflet-sp-changes-pane path'), function (path) {"
    marked += "return +path.getAttribute('fill-opacity') > 0; }).length"
    rows = seen.driver.find_elements("css selector", ".sp-changes tbody tr")
    assert len(rows) > 10
    assert seen.run(marked) == 0
    ActionChains(seen.driver).move_to_element(rows[1]).perform()
    assert seen.run(marked) == 1
    zoom = MAP + "return map.getZoom()"
    before = seen.run(zoom)
    rows[3].send_keys(Keys.ENTER)
    assert seen.run(zoom) != before
    seen.check(page)


def test_a_finger_moves_the_handle_on_a_phone(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path / "profile", phone=True) as phone:
        phone.open(page)
        assert phone.run(VALUE) == 50
        at = {"x": 195, "y": 422}
        phone.driver.execute_cdp_cmd(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]}
        )
        phone.driver.execute_cdp_cmd(
            "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 312, "y": 422}]}
        )
        phone.driver.execute_cdp_cmd(
            "Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []}
        )
        assert phone.run(VALUE) == 80
        assert phone.run("return document.documentElement.scrollWidth") <= 390
        phone.shot("compare-phone", tmp_path)
        phone.check(page)
