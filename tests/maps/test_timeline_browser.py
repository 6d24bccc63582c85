"""The slider works in a real browser with no network: every control, every key, links, cards,
exports, phones, and its answers.
"""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import folium
import pytest
from branca.element import Figure
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

import sovietpacific as sp
from sovietpacific import Atlas, maps
from sovietpacific.answers import palette
from sovietpacific.answers.rows import is_asked
from sovietpacific.answers.tables import read_border
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.wording import text
from sovietpacific.dates import FIRST_DAY
from sovietpacific.maps.pages.slider_lines import way_on
from sovietpacific.maps.scene.names import names_shown
from tests.support.browsing import Browser, browser, needs_browser

pytestmark = needs_browser

HOSTILE = "<img src=x onerror=window.struck=1></script><script>window.struck=2</script>\u202e\"'`{{ 7919 * 7907 }}"
SHOTS = (
    "1856-01-01",
    "1876-01-01",
    "1906-01-01",
    "1922-06-01",
    "1933-06-01",
    "1945-08-20",
    "1945-09-02",
    "1950-09-15",
    "1953-08-01",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maps.save_timeline(tmp_path_factory.mktemp("slider") / "slider.html", day="1945-09-02")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile"), height=900) as made:
        made.driver.set_script_timeout(30)
        yield made


@pytest.fixture
def seen(started: Browser, page: Path) -> Iterator[Browser]:
    """Give the page newly opened; whatever a test does, nothing was asked of the network and
    nothing went wrong.
    """
    started.open(page)
    yield started
    started.check(page)


def on(seen: Browser, script: str, *values: Any) -> Any:
    return seen.run(
        "const t = sovietpacific.timelines[0], page = t.page; return " + script, *values
    )


def do(seen: Browser, script: str, *values: Any) -> None:
    seen.run("const t = sovietpacific.timelines[0], page = t.page; " + script, *values)


def wait_for(told: Callable[[], Any]) -> Any:
    until = time.monotonic() + 20
    while not (found := told()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
    return found


def part(seen: Browser, css: str) -> Any:
    return seen.driver.find_element(By.CSS_SELECTOR, css)


def caption(seen: Browser) -> str:
    return str(part(seen, ".sp-caption").text)


def press(seen: Browser, *keys: str) -> None:
    chain = ActionChains(seen.driver)
    for key in keys:
        chain = (
            chain.key_down(Keys.SHIFT).send_keys(key[1:]).key_up(Keys.SHIFT)
            if key[0] == "^"
            else chain.send_keys(key)
        )
    chain.perform()


def card_rows(seen: Browser, css: str) -> dict[str, str]:
    """Give the rows of a card by their first word."""
    wait_for(lambda: seen.run("return document.querySelector(arguments[0] + ' .sp-card')", css))
    rows = seen.run(
        "return [...document.querySelectorAll(arguments[0] + ' .sp-row-of-card')].map(r => [...r.children].map(c => c.textContent))",
        css,
    )
    return {row[0]: row[1] for row in rows if row}


def shown_day(seen: Browser) -> str:
    return str(on(seen, "t.day"))


def test_the_page_opens_without_a_network(atlas: Atlas, seen: Browser) -> None:
    assert shown_day(seen) == "1945-09-02"
    assert seen.driver.title == "Who held what, 1855 to today"
    assert seen.run("return document.documentElement.lang") == "en"
    words = part(seen, ".sp-title").text
    for needed in (
        "2 September 1945",
        "Control: who governed",
        f"Data {atlas.version}",
        "no position is taken on any claim",
    ):
        assert needed in words
    assert "OpenStreetMap contributors" in part(seen, ".leaflet-control-attribution").text
    known = "const frame = document.body.appendChild(document.createElement('iframe')), own = Object.keys(frame.contentWindow); frame.remove();"
    ours = set(seen.run(known + "return Object.keys(window).filter(key => !own.includes(key))"))
    of_others = (
        "map_",
        "L",
        "$",
        "leaflet",
        "_leaflet",
        "ret_nodes",
        "se_",
    )  # Folium's, Leaflet's, and the driver's own
    assert {key for key in ours if not key.startswith(of_others)} == {"sovietpacific"}


def test_200_random_answers_are_the_atlass_own(atlas: Atlas, seen: Browser) -> None:
    chance = random.Random(1945)
    tracts = sorted(tract.id for tract in atlas.tracts.values() if tract.judged)
    asked = []
    for _ in range(200):
        view = chance.choice(atlas.time.views)
        first = atlas.time.first_day(view)
        asked.append(
            (
                chance.choice(tracts),
                str(first + timedelta(chance.randrange((atlas.as_of - first).days))),
                view,
            )
        )
    told = on(
        seen,
        "arguments[0].map(([tract, day, view]) => { t.view(view); t.set(day); return t.answer(tract); })",
        asked,
    )
    for (tract, day, view), answer in zip(asked, told, strict=True):
        when = date.fromisoformat(day)
        hold, tenure = atlas.time.hold(tract, view, when), atlas.time.hold(tract, view, when).tenure
        assert answer["day"] == day
        assert answer["view"] == view
        assert (answer["holder"], tuple(answer["polities"]), answer["standing"]) == (
            hold.holder,
            hold.polities,
            tenure.standing,
        )
        assert answer["sovereign"] == atlas.time.sovereign(tract, view, when).holder
        assert (answer["since"], answer["until"]) == (
            str(tenure.since),
            str(hold.until) if hold.until else None,
        )
        assert (answer["instrument"], tuple(answer["sources"])) == (
            tenure.instrument,
            tenure.sources,
        )
        assert (answer["certainty"], answer["seen"]) == (tenure.certainty, tenure.seen)
        upheld = [
            atlas.lineages.get(c.claimant) or atlas.polity_names[c.claimant]
            for c in atlas.tracts[tract].claims
            if c.stands_on(when)
        ]
        assert sorted(answer["claims"]) == sorted(upheld)


@pytest.mark.parametrize(
    ("day", "view"),
    [
        ("1856-06-01", "control"),
        ("1945-08-20", "control"),
        ("1960-01-01", "japan"),
        ("1905-10-15", "title"),
    ],
)
def test_land_lines_and_legend_are_drawn_as_python_has_them(
    atlas: Atlas, seen: Browser, day: str, view: str
) -> None:
    do(seen, "t.view(arguments[1]); t.set(arguments[0])", day, view)
    rows = sp.borders_at(day, view=view, detail="light", atlas=atlas).to_dict("records")
    held = [holds.Holding.of_row(read_border(row)) for row in rows]
    words = {text(holds.legend(atlas.records, one, view)) for one in held}
    assert set(on(seen, "t.legend()")) == words
    assert words <= set(part(seen, ".sp-legend").text.split("\n"))
    fills = on(
        seen,
        "Object.fromEntries(page.tracts.map((land, i) => [page.data.tracts[i][0], land.getElement().getAttribute('fill')]))",
    )
    patterns = on(
        seen,
        "Object.fromEntries([...page.defs.children].map(p => [p.id, [...p.children].map(r => r.getAttribute('fill'))]))",
    )
    for row in rows:
        fill = palette.fill_of_row(atlas.records.look, read_border(row))
        for tract in row["tracts"].split("; "):
            drawn = (
                patterns[fills[tract][5:-1].strip('"#')]
                if fills[tract].startswith("url")
                else [fills[tract]]
            )
            assert (
                list(dict.fromkeys(drawn)) == [fill.base, fill.stripe][: 1 + bool(fill.stripe)]
            ), tract
    when, records = date.fromisoformat(day), atlas.records.lines
    judged = {tract.id for tract in atlas.tracts.values() if tract.judged}
    ways = [
        way_on(atlas, edge, view, when)
        for edge in atlas.shapes.edges
        if is_asked(edge, records, judged, None)
    ]
    assert sorted(filter(None, on(seen, "t.lines()"))) == sorted(filter(None, ways))
    visible = on(
        seen,
        "page._edges.filter(pair => pair && pair[1].getElement().style.display !== 'none').length",
    )
    assert visible == len([way for way in ways if way])


def test_places_bear_the_names_of_the_day(atlas: Atlas, seen: Browser) -> None:
    for day in ("1870-05-01", "1930-01-01", "1946-06-01", "2020-01-01"):
        do(seen, "t.set(arguments[0])", day)
        told = sorted((name["text"], *name["more"]) for name in on(seen, "t.names()"))
        when = date.fromisoformat(day)
        shown = (
            names_shown(atlas.records.look, place, when) for place in atlas.records.places.values()
        )
        assert told == sorted(names for names in shown if names)
    assert "Toyohara" not in part(seen, ".sp-names").get_attribute("textContent")


def test_no_name_is_cut_or_covered(seen: Browser) -> None:
    # In September 1945 only the Soviet Union holds land of its own in sight: Japan is occupied,
    # China not told.
    for day, place, least in (
        ("1945-09-02", [46, 134, 4], 1),
        ("1870-01-01", [45, 120, 5], 2),
        ("1953-08-01", [38, 127, 7], 2),
    ):
        do(
            seen,
            "t.set(arguments[0]); t.map.setView(arguments[1].slice(0, 2), arguments[1][2], {animate: false})",
            day,
            place,
        )
        words, boxes = (
            seen.run("""const rect = node => node.getBoundingClientRect(), all = css => [...document.querySelectorAll(css)];
            const words = all('.sp-name').map(node => { const r = document.createRange(); r.selectNodeContents(node); return rect(r); });
            return [words, all('.sp-box, .sp-bar, .leaflet-bar').map(rect)].map(list => list.map(r => [r.left, r.top, r.right, r.bottom]))""")
        )
        assert len(words) >= 12
        assert seen.run("return document.querySelectorAll('.sp-polity').length") >= least
        for at, word in enumerate(words):
            assert 0 <= word[0] < word[2] <= 1280, (day, word)
            for other in (*boxes, *words[:at]):
                assert (
                    word[0] >= other[2] - 2
                    or other[0] >= word[2] - 2
                    or word[1] >= other[3] - 2
                    or other[1] >= word[3] - 2
                ), (
                    day,
                    word,
                    other,
                )


def test_only_what_changes_is_touched(seen: Browser) -> None:
    touched = seen.driver.execute_async_script("""
        const done = arguments[0], t = sovietpacific.timelines[0], page = t.page, found = new Set();
        t.set("1945-08-31");
        const before = page.data.tracts.map(row => JSON.stringify(t.answer(row[0]).words));
        setTimeout(() => {
          const watcher = new MutationObserver(list => list.forEach(entry => found.add(entry.target)));
          page.tracts.forEach(land => watcher.observe(land.getElement(), {attributes: true}));
          t.set("1945-09-01");
          setTimeout(() => done([page.tracts.map((land, i) => found.has(land.getElement()) ? page.data.tracts[i][0] : "").filter(Boolean),
            page.data.tracts.filter((row, i) => JSON.stringify(t.answer(row[0]).words) !== before[i]).map(row => row[0])]), 50);
        }, 50);""")
    assert set(touched[0]) <= set(touched[1])
    assert "kunashir" in touched[0]


def test_buttons_step_from_change_to_change(atlas: Atlas, seen: Browser) -> None:
    edges = [str(day) for day in atlas.time.edges("control")]
    assert on(seen, "t.changes") == edges
    part(seen, "[data-does=next]").click()
    assert shown_day(seen) == edges[edges.index("1945-09-02") + 1] == "1945-09-03"
    part(seen, "[data-does=previous]").click()
    part(seen, "[data-does=previous]").click()
    assert shown_day(seen) == "1945-09-01"
    assert "Kunashir" in caption(seen)
    assert "Soviet landings on the Kuril Islands" in caption(seen)


def test_play_goes_on_until_it_is_paused(seen: Browser) -> None:
    seen.run("document.querySelector('.sp-paces select').value = '450'")
    play = part(seen, "[data-does=play]")
    play.click()
    assert play.get_attribute("aria-label") == "Pause"
    assert part(seen, ".sp-caption").get_attribute("aria-live") == "off"
    wait_for(lambda: shown_day(seen) >= "1945-09-05")
    play.click()
    assert part(seen, ".sp-caption").get_attribute("aria-live") == "polite"
    day = shown_day(seen)
    time.sleep(0.7)
    assert shown_day(seen) == day
    do(seen, "t.set('2026-01-01')")
    play.click()
    assert shown_day(seen) == "1855-01-01"


def test_keys_do_what_the_buttons_do(atlas: Atlas, seen: Browser) -> None:
    for target in ("body", ".sp-range"):
        do(seen, "t.set('1945-09-02')")
        if target == ".sp-range":
            seen.run("document.querySelector('.sp-range').focus()")
        for keys, day in (
            ((Keys.ARROW_RIGHT,), "1945-09-03"),
            ((Keys.ARROW_LEFT, Keys.ARROW_LEFT), "1945-09-01"),
            (("^" + Keys.ARROW_RIGHT,), "1945-09-02"),
            (("^" + Keys.ARROW_LEFT, "^" + Keys.ARROW_LEFT), "1945-08-31"),
            ((Keys.HOME,), "1855-01-01"),
            ((Keys.END,), str(atlas.as_of)),
        ):
            press(seen, *keys)
            assert shown_day(seen) == day, (target, keys)
        press(seen, Keys.SPACE)
        assert part(seen, "[data-does=play]").get_attribute("aria-label") == "Pause"
        press(seen, Keys.SPACE)
        assert part(seen, "[data-does=play]").get_attribute("aria-label") == "Play"


def test_keys_are_left_to_what_is_typed_or_scrolled(seen: Browser) -> None:
    part(seen, "[data-does=play]").click()
    field = part(seen, ".sp-input")
    field.click()
    assert part(seen, "[data-does=play]").get_attribute("aria-label") == "Play", (
        "a day is not written over while it is typed"
    )
    centre = on(seen, "t.map.getCenter().lat")
    for css in (".sp-caption", ".sp-legend summary"):
        seen.run("document.querySelector(arguments[0]).focus()", css)
        press(seen, Keys.ARROW_DOWN)
    time.sleep(0.4)
    assert on(seen, "t.map.getCenter().lat") == centre
    do(
        seen,
        "page.tracts[page.answers.indexOf.iturup].openPopup(); document.querySelector('.sp-history').open = true",
    )
    time.sleep(0.6)
    centre = on(seen, "t.map.getCenter().lat")
    seen.run("document.querySelector('.leaflet-popup .sp-card').focus()")
    press(seen, *[Keys.ARROW_DOWN] * 3)
    wait_for(lambda: seen.run("return document.querySelector('.leaflet-popup .sp-card').scrollTop"))
    time.sleep(0.4)
    assert on(seen, "t.map.getCenter().lat") == centre


def test_the_space_bar_ticks_the_box_of_an_added_layer(started: Browser, tmp_path: Path) -> None:
    made = maps.timeline(region="kurils")
    folium.FeatureGroup(name="mine").add_to(made)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(str(tmp_path / "layers.html"))
    started.open(tmp_path / "layers.html")
    started.run("document.querySelector('.leaflet-control-layers-overlays input').focus()")
    press(started, Keys.SPACE)
    assert not started.run("return document.activeElement.checked")
    assert part(started, "[data-does=play]").get_attribute("aria-label") == "Play"
    started.check(tmp_path / "layers.html")


def test_every_control_can_be_reached_and_seen_by_keyboard(seen: Browser) -> None:
    reached = []
    for _ in range(24):
        press(seen, Keys.TAB)
        reached.append(
            seen.run(
                "const a = document.activeElement, label = a.closest('label');"
                "return [a.tagName, a.getAttribute('aria-label') || (label && label.textContent) || a.textContent, getComputedStyle(a).outlineStyle]"
            )
        )
    names = " ".join(f"{tag} {name}" for tag, name, _ in reached)
    for needed in (
        "Previous change",
        "Play",
        "Next change",
        "Day: year",
        "View",
        "Pace of play",
        "BUTTON SVG",
        "BUTTON PNG",
        "INPUT Day",
        "SUMMARY",
    ):
        assert needed in names
    assert all(
        outline != "none" for tag, _, outline in reached if tag in ("BUTTON", "SELECT", "INPUT")
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1905", "1905-01-01"),
        ("1905-10", "1905-10-01"),
        ("1905-10-15", "1905-10-15"),
        (" 1952-04-28", "1952-04-28"),
    ],
)
def test_a_typed_day_is_shown(seen: Browser, typed: str, day: str) -> None:
    field = part(seen, ".sp-input")
    field.clear()
    field.send_keys(typed, Keys.ENTER)
    assert shown_day(seen) == day
    assert field.get_attribute("value") == day
    assert field.get_attribute("aria-invalid") is None


@pytest.mark.parametrize(
    "typed", ["1905-13", "1905-02-30", "1854-12-31", "2999", "5 May", "<b>", "1905-1-1"]
)
def test_a_typed_day_that_is_none_keeps_the_day_and_says_what_is_allowed(
    atlas: Atlas, seen: Browser, typed: str
) -> None:
    field = part(seen, ".sp-input")
    field.clear()
    field.send_keys(typed, Keys.ENTER)
    assert shown_day(seen) == "1945-09-02"
    said = part(seen, ".sp-wrong")
    for needed in (typed, "1945-09-02", f"from 1855-01-01 to {atlas.as_of}"):
        assert needed in said.text
    assert said.get_attribute("role") == "alert"
    assert field.get_attribute("aria-invalid") == "true"
    part(seen, "[data-does=next]").click()
    assert part(seen, ".sp-wrong").text == ""


def test_the_slider_reaches_every_day_and_names_its_ticks(atlas: Atlas, seen: Browser) -> None:
    slider = part(seen, ".sp-range")
    seen.run("const s = document.querySelector('.sp-range'); s.value = arguments[0]; s.dispatchEvent(new Event('input', {bubbles: true}))",
             (date(1905, 9, 1) - FIRST_DAY).days)  # fmt: skip
    assert shown_day(seen) == "1905-09-01"
    assert slider.get_attribute("aria-valuetext").startswith("1 September 1905. ")
    do(seen, "t.set('1905-10-15')")
    assert "Treaty of Portsmouth" in slider.get_attribute("aria-valuetext")
    box = on(
        seen, "page.map.getContainer().querySelector('.sp-ticks').getBoundingClientRect().toJSON()"
    )
    x = round(
        box["left"]
        + box["width"] * (date(1905, 10, 15) - FIRST_DAY).days / (atlas.as_of - FIRST_DAY).days
    )
    chain = ActionChains(seen.driver)
    chain.w3c_actions.pointer_action.move_to_location(x, round(box["top"] + 6))
    chain.perform()
    assert "1905: " in part(seen, ".sp-bubble").text
    do(seen, "t.set('1930-01-01')")
    ActionChains(seen.driver).click().perform()
    assert abs(date.fromisoformat(shown_day(seen)) - date(1905, 10, 15)).days < 400
    seen.run("document.querySelector('.sp-range').focus()")
    press(seen, Keys.HOME, *[Keys.ARROW_RIGHT] * 2)
    assert part(seen, ".sp-bubble").is_displayed()


def test_the_view_is_switched(seen: Browser) -> None:
    do(seen, "t.set('1950-01-01')")
    assert on(seen, "t.answer('urup').holder") == "russia"
    select = part(seen, ".sp-views select")
    assert len(select.find_elements(By.TAG_NAME, "option")) == 10
    select.find_element(By.CSS_SELECTOR, "option[value=title]").click()
    assert on(seen, "t.answer('urup').holder") == "japan"
    assert "Title: whose it was by instruments in force" in part(seen, ".sp-title").text
    assert on(seen, "[t.view('legal'), page.view]") == [False, "title"]


def test_before_a_states_first_map_the_page_says_so(atlas: Atlas, seen: Browser) -> None:
    do(seen, "t.view('rok'); t.set('1900-01-01')")
    assert "its first map is of 15 August 1948. Shown faded: Sovereignty: whose it was" in caption(
        seen
    )
    assert "sp-before" in seen.run("return document.querySelector('.sp-timeline').className")
    assert on(seen, "[t.answer('seoul').view, t.answer('seoul').holder]") == [
        "sovereignty",
        "korea",
    ]
    do(seen, "t.set('1948-08-15')")
    assert "sp-before" not in seen.run("return document.querySelector('.sp-timeline').className")
    assert on(seen, "t.answer('seoul').view") == "rok"
    assert on(seen, "t.changes") == [str(day) for day in atlas.time.edges("rok")]


def test_links_are_read(started: Browser, page: Path) -> None:
    started.open(page, "#day=1905-10-15&view=title&map=5/46.00/134.00")
    assert on(started, "[t.day, page.view, t.map.getZoom(), t.map.getCenter().lat, t.map.getCenter().lng]") == [
        "1905-10-15", "title", 5, 46, 134]  # fmt: skip
    started.run("location.hash = '#day=1952-04-28&view=japan'")
    wait_for(lambda: shown_day(started) == "1952-04-28")
    assert on(started, "page.view") == "japan"
    assert started.run("return document.querySelector('.sp-views select').value") == "japan"
    for wrong in (
        "#day=1905-13-01&view=constructor&map=a/b",
        "#day=%3Cimg%3E&map=99/999/999",
        "#%E0%A4%A",
    ):
        started.open(page, wrong)
        assert on(started, "[t.day, page.view]") == ["1945-09-02", "control"]
    started.check(page)


def test_links_are_written(seen: Browser) -> None:
    do(
        seen,
        "t.set('1938-08-11'); t.view('sovereignty'); t.map.setView([42.5, 130.5], 7, {animate: false})",
    )
    wait_for(
        lambda: (
            seen.run("return location.hash")
            == "#day=1938-08-11&view=sovereignty&map=7/42.50/130.50"
        )
    )


def test_the_legend_folds(seen: Browser) -> None:
    assert "Empire of Japan" in part(seen, ".sp-legend").text
    part(seen, ".sp-legend summary").click()
    assert "Empire of Japan" not in part(seen, ".sp-legend").text


def test_a_tap_tells_all_of_a_tract(atlas: Atlas, seen: Browser) -> None:
    do(seen, "page.tracts[page.answers.indexOf.iturup].openPopup()")
    card = wait_for(lambda: part(seen, ".leaflet-popup").text)
    for needed in (
        "Iturup, 2 September 1945",
        "Control: who governed",
        "Japan, occupied by Soviet Union",
    ):
        assert needed in card
    told = card_rows(seen, ".leaflet-popup")
    assert told["Holder"] == "Soviet Union (occupied)"
    assert (told["Sovereign"], told["Title"]) == ("Japan", "Japan")
    assert (told["Since"], told["Until"]) == ("28 August 1945", "2 February 1946")
    assert told["By"] == "Soviet landings on the Kuril Islands (firm)"
    assert told["Sources"] == "; ".join(
        atlas.time.hold("iturup", "control", date(1945, 9, 2)).tenure.sources
    )
    assert "Shana" in told["Places then"]
    part(seen, ".sp-history summary").click()
    rows = seen.driver.find_elements(By.CSS_SELECTOR, ".sp-history li")
    history = atlas.time.timeline("iturup", "control")
    assert [row.text[:10] for row in rows] == [str(tenure.since) for tenure in history]
    rows[1].find_element(By.TAG_NAME, "button").click()
    assert shown_day(seen) == str(history[1].since)
    assert "Iturup" in part(seen, ".leaflet-popup").text
    assert seen.run("return document.activeElement.className") == "sp-day"
    do(
        seen,
        "t.map.closePopup(); t.set('1952-05-01'); page.tracts[page.answers.indexOf.iturup].openPopup()",
    )
    assert (
        card_rows(seen, ".leaflet-popup")["Claimed by"]
        == "Russia since 1946-02-02; Japan since 1951-09-07"
    )


def test_land_that_is_not_told_says_so_and_why(seen: Browser) -> None:
    do(seen, "t.set('1940-01-01'); page.tracts[page.answers.indexOf['inner-mongolia']].openPopup()")
    told = card_rows(seen, ".leaflet-popup")
    untold = "not told by this atlas"
    assert (told["Holder"], told["Sovereign"], told["Title"]) == (untold, "China", "China")
    assert told["Note"].startswith("Mengjiang and the Japanese from December 1935")
    assert on(seen, "t.legend()").count(untold) == 1
    assert (
        on(
            seen,
            "page.answers.passed('control', page.answers.indexOf['china-proper'], page.answers.changes('control').days[0])",
        )
        is False
    )
    crossed = on(
        seen, "page.tracts[page.answers.indexOf['china-proper']].getElement().getAttribute('fill')"
    )
    assert (
        len(
            seen.run(
                "return [...document.querySelector(arguments[0].slice(4, -1)).children]",
                crossed.replace('"', ""),
            )
        )
        == 3
    )


@pytest.mark.parametrize(
    ("tract", "day", "view", "told"),
    [
        ("iturup", "1960-01-01", "sovereignty", "disputed between Japan and Russia"),
        (
            "zhenbao",
            "1969-03-02",
            "control",
            "fought over by People's Republic of China and Soviet Union",
        ),
        ("sakhalin-north", "1860-01-01", "sovereignty", "held in common by Japan and Russia"),
        (
            "khalkhin-gol",
            "1939-06-01",
            "control",
            "fought over by Manchukuo and Mongolian People's Republic",
        ),
        ("chita", "1919-01-01", "control", "line not drawn yet"),
    ],
)
def test_each_way_to_hold_together_reads_differently(
    seen: Browser, tract: str, day: str, view: str, told: str
) -> None:
    do(seen, "t.view(arguments[0]); t.set(arguments[1])", view, day)
    shown = on(seen, "t.answer(arguments[0])", tract)
    assert told in shown["who"] or told in shown["land"]


def test_a_card_opens_and_closes_by_keyboard(seen: Browser) -> None:
    do(seen, "page.tracts[page.answers.indexOf.iturup].getElement().focus()")
    assert (
        seen.run("return document.activeElement.getAttribute('aria-label')")
        == "Iturup: Japan, occupied by Soviet Union"
    )
    press(seen, Keys.ENTER)
    assert "Iturup, 2 September" in seen.run("return document.activeElement.textContent")
    press(seen, Keys.ARROW_RIGHT)
    assert "Iturup, 3 September" in seen.run("return document.activeElement.textContent")
    press(seen, Keys.ESCAPE)
    wait_for(lambda: not on(seen, "page._open"))
    assert seen.run("return document.activeElement.getAttribute('aria-label')").startswith("Iturup")
    press(seen, "+", Keys.ARROW_DOWN)
    wait_for(lambda: on(seen, "t.map.getZoom()") >= 5)


def test_the_history_stays_open_and_keeps_the_focus_as_the_day_changes(seen: Browser) -> None:
    do(seen, "page.tracts[page.answers.indexOf.iturup].openPopup()")
    do(
        seen,
        "const list = document.querySelector('.sp-history'); list.open = true; list.querySelector('.sp-day').focus(); t.set('1946-02-02')",
    )
    assert seen.run("return document.querySelector('.sp-history').open")
    assert seen.run("return document.activeElement.className") == "sp-day"


def test_land_that_is_reached_by_keyboard_comes_into_sight(seen: Browser) -> None:
    do(seen, "t.map.setView([36, 127], 7, {animate: false})")
    press(seen, Keys.TAB)
    do(seen, "page.tracts[page.answers.indexOf.iturup].getElement().focus()")
    wait_for(lambda: on(seen, "t.map.getBounds().contains([45, 147.9])"))


def test_the_pointer_is_told_whose_land_and_which_line_it_is_over(seen: Browser) -> None:
    def hover(lat: float, lon: float) -> str:
        at = on(seen, "(p => { const b = t.map.getContainer().getBoundingClientRect(); return [b.left + p.x, b.top + p.y]; })"
                "(t.map.latLngToContainerPoint([arguments[0], arguments[1]]))", lat, lon)  # fmt: skip
        chain = ActionChains(seen.driver)
        chain.w3c_actions.pointer_action.move_to_location(round(at[0]) - 2, round(at[1]))
        chain.w3c_actions.pointer_action.move_to_location(round(at[0]), round(at[1]))
        chain.perform()
        return str(
            wait_for(
                lambda: seen.run(
                    "return [...document.querySelectorAll('.leaflet-tooltip')].map(t => t.textContent).join()"
                )
            )
        )

    do(seen, "t.map.setView([38, 127.5], 8, {animate: false})")
    seen.run("document.querySelector('.sp-legend').open = false")
    words = hover(37.2, 127.6)
    assert "Wonju" in words
    assert "HolderEmpire of Japan (trusteeship)" in words
    assert "Since2 September 1945" in words
    line = hover(38.0, 127.25)
    for needed in (
        "38th parallel",
        "In force2 September 1945 to 27 July 1953",
        "General Order No. 1",
    ):
        assert needed in line


def test_the_drawing_stands_alone(atlas: Atlas, seen: Browser) -> None:
    do(seen, "t.view('title'); t.set('1905-10-15')")
    drawing = ElementTree.fromstring(on(seen, "t.svg()"))
    words = " ".join(
        "".join(node.itertext()) for node in drawing.iter("{http://www.w3.org/2000/svg}text")
    )
    for needed in (
        "Who held what, 1855 to today",
        "15 October 1905",
        "Title: whose it was",
        f"Data {atlas.version}",
        atlas.credit,
        "Empire of Japan",
        "Sea of",
    ):
        assert needed in words
    assert len(list(drawing.iter("{http://www.w3.org/2000/svg}path"))) > 200
    ids = {node.get("id") for node in drawing.iter() if node.get("id")}
    used = {
        node.get("fill", "")[5:-1].strip("\"#'")
        for node in drawing.iter()
        if node.get("fill", "").startswith("url")
    }
    assert {key.removeprefix("#") for key in used} <= ids


def test_saved_files_are_named_by_day_and_view(seen: Browser) -> None:
    seen.run(
        "window.kept = []; HTMLAnchorElement.prototype.click = function () { kept.push(this.download); }"
    )
    do(seen, "t.view('title'); t.set('1905-10-15')")
    part(seen, "[data-does=SVG]").click()
    part(seen, "[data-does=PNG]").click()
    assert wait_for(lambda: (found := seen.run("return kept")) and len(found) == 2 and found) == [
        "sovietpacific-1905-10-15-title.svg",
        "sovietpacific-1905-10-15-title.png",
    ]
    size = seen.driver.execute_async_script(
        "const done = arguments[0]; sovietpacific.timelines[0].png().then(blob => done([blob.type, blob.size]), wrong => done([String(wrong), 0]))"
    )
    assert size[0] == "image/png"
    assert size[1] > 50_000


def test_the_days_of_the_gallery_are_pictured(atlas: Atlas, seen: Browser, tmp_path: Path) -> None:
    for day in (*SHOTS, str(atlas.as_of)):
        do(seen, "t.set(arguments[0])", day)
        assert seen.shot(f"timeline-{day}", tmp_path).stat().st_size > 50_000


def test_a_phone_has_room_for_all_of_it(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path / "profile", phone=True) as seen:
        seen.open(page)
        assert seen.run(
            "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        ) == [390, 844]
        boxes = seen.run("""return [...document.querySelectorAll('.sp-bar button, .sp-bar select, .sp-bar input, .leaflet-bar a, .sp-legend summary')]
            .map(node => [node.className || node.tagName, node.getBoundingClientRect().toJSON()])""")
        assert len(boxes) >= 11
        for name, box in boxes:
            least = (
                28 if name == "sp-range" else 44
            )  # the slider's knob is as high as the slider; its ticks below answer too
            assert box["height"] >= least or name == "SUMMARY", (name, box)
            assert box["width"] >= 44, (name, box)
            assert box["left"] >= 0, (name, box)
            assert box["right"] <= 390, (name, box)
            assert box["bottom"] <= 844, (name, box)
        controls = [box for name, box in boxes if name in ("sp-button", "SELECT", "sp-input")]
        for one in controls:
            for other in controls:
                apart = (
                    one["right"] <= other["left"]
                    or other["right"] <= one["left"]
                    or one["bottom"] <= other["top"]
                    or other["bottom"] <= one["top"]
                )
                assert apart or one == other
        assert not seen.run("return document.querySelector('.sp-legend').open")
        kurils = on(
            seen,
            "['shumshu', 'urup', 'iturup', 'shikotan'].map(id => page.tracts[page.answers.indexOf[id]].getElement().getBoundingClientRect().toJSON())",
        )
        over = seen.run(
            "return [...document.querySelectorAll('.sp-box, .sp-bar')].map(node => node.getBoundingClientRect().toJSON())"
        )
        for island in kurils:
            assert 0 < island["left"] < island["right"] < 390
            assert not any(
                b["left"] < island["right"]
                and island["left"] < b["right"]
                and b["top"] < island["bottom"]
                and island["top"] < b["bottom"]
                for b in over
            )
        assert seen.shot("timeline-phone", tmp_path).stat().st_size > 30_000
        spot = on(
            seen, "(p => [p.x, p.y].map(Math.round))(t.map.latLngToContainerPoint([43.4, 142.8]))"
        )
        tap = ActionChains(seen.driver)
        tap.w3c_actions.pointer_action.move_to_location(*spot).click()
        tap.perform()
        time.sleep(0.6)
        assert "Hokkaido, 2 September 1945" in part(seen, ".leaflet-popup").text
        assert seen.run("return document.querySelectorAll('.leaflet-tooltip').length") == 0
        card = seen.run(
            "return document.querySelector('.leaflet-popup .sp-card').getBoundingClientRect().toJSON()"
        )
        assert card["left"] >= 0
        assert card["right"] <= 390
        assert all(
            b["bottom"] <= card["top"]
            or b["top"] >= card["bottom"]
            or b["left"] >= card["right"]
            or b["right"] <= card["left"]
            for b in over
        )
        seen.check(page)


def test_who_asked_for_little_motion_gets_little(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path / "profile", reduced=True) as seen:
        seen.open(page)
        assert on(
            seen,
            "[page.still, t.map.options.zoomAnimation, t.map.options.fadeAnimation, t.map._zoomAnimated]",
        ) == [
            True,
            False,
            False,
            False,
        ]
        before = on(seen, "t.map.getCenter().lng")
        assert on(seen, "[t.map.panBy([200, 0]), t.map.getCenter().lng][1]") > before + 1
        assert on(seen, "t.map.setZoom(6).getZoom()") == 6
        part(seen, "[data-does=play]").click()
        wait_for(lambda: shown_day(seen) > "1945-09-02")
        seen.check(page)


def test_hostile_words_are_shown_as_words(atlas: Atlas, started: Browser, tmp_path: Path) -> None:
    hostile = copy.copy(atlas)
    tracts = {key: replace(tract, name=HOSTILE) for key, tract in atlas.records.tracts.items()}
    acts = {key: replace(act, name=HOSTILE) for key, act in atlas.records.instruments.items()}
    places = {
        key: replace(place, names=tuple(replace(name, text=HOSTILE) for name in place.names))
        for key, place in atlas.records.places.items()
    }
    lines = {key: replace(line, name=HOSTILE) for key, line in atlas.records.lines.items()}
    hostile.records = replace(
        atlas.records, tracts=tracts, instruments=acts, places=places, lines=lines
    )
    page = maps.save_timeline(
        tmp_path / "hostile.html", day="1945-09-02", title=HOSTILE, atlas=hostile
    )
    started.open(page)
    shown = HOSTILE.replace("\u202e", "")
    assert started.driver.title == shown
    assert shown in part(started, ".sp-title").text
    assert "<img src=x" in caption(started)
    do(
        started,
        "t.map.setView([45, 147.9], 8, {animate: false}); page.tracts[page.answers.indexOf.iturup].openPopup()",
    )
    assert shown in wait_for(lambda: part(started, ".leaflet-popup").text)
    do(started, "page.tracts[page.answers.indexOf.urup].openTooltip()")
    do(
        started,
        "page._edges.forEach((pair, edge) => pair && page.data.edges[edge][0] >= 0 && pair[0].getLatLngs().length && pair[0].openTooltip(pair[0].getLatLngs()[0][0]))",
    )
    press(started, Keys.ARROW_RIGHT)
    assert shown in on(started, "t.svg()").replace("&lt;", "<").replace("&gt;", ">")
    ElementTree.fromstring(on(started, "t.svg()"))
    assert started.run(
        "return [typeof window.struck, document.querySelectorAll('img[src=x]').length]"
    ) == ["undefined", 0]
    started.check(page)


def test_two_maps_stand_on_one_page(atlas: Atlas, started: Browser, tmp_path: Path) -> None:
    figure = Figure()
    for region, day in (("kurils", "1945-09-02"), ("sakhalin", "1905-10-15")):
        made = maps.timeline(region=region, day=day)
        made.height = (50.0, "%")
        folium.Marker((45.0, 147.9), tooltip="here").add_to(made)
        figure.add_child(made)
    page = tmp_path / "two.html"
    page.write_text(figure.render(), encoding="utf-8")
    started.open(page, "#day=1945-08-29")
    assert started.run("return sovietpacific.timelines.map(t => t.day)") == [
        "1945-08-29",
        "1905-10-15",
    ]
    ids = started.run("return [...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(ids) == len(set(ids))
    assert started.run("return document.querySelectorAll('.leaflet-marker-icon').length") == 2
    started.run("document.querySelectorAll('.sp-range')[1].focus()")
    press(started, Keys.END)
    assert started.run("return sovietpacific.timelines.map(t => t.day)") == [
        "1945-08-29",
        str(atlas.as_of),
    ]
    started.run("document.activeElement.blur()")
    press(started, Keys.HOME)
    assert started.run("return sovietpacific.timelines.map(t => t.day)") == [
        "1945-08-29",
        "1855-01-01",
    ]
    started.check(page)


def test_a_slider_and_a_web_map_on_one_page_keep_their_own_looks(
    started: Browser, tmp_path: Path
) -> None:
    looks = "const look = css => { const of = getComputedStyle(document.querySelector(css)); return [of.maxHeight, of.display]; };"
    looks += "return [look('.sp-timeline .sp-history'), look('.sp-timeline .sp-legend'), look('#%s .sp-legend'), look('#%s .sp-history li')]"
    told = []
    for slider_first in (True, False):
        slider, web = maps.timeline(region="kurils"), maps.web("1945-09-02", region="kurils")
        figure = Figure()
        for made in (slider, web) if slider_first else (web, slider):
            made.height = (50.0, "%")
            figure.add_child(made)
        page = tmp_path / "both.html"
        page.write_text(figure.render(), encoding="utf-8")
        started.open(page)
        do(started, "page.tracts[page.answers.indexOf.iturup].openPopup()")
        started.run("const map = window[arguments[0]]; let land; map.eachLayer(one => { if (one.getPopup && one.getPopup()) land = land || one; });"
                    "land.openPopup(map.getCenter())", web.get_name())  # fmt: skip
        told.append(started.run(looks % (web.get_name(), web.get_name())))
        started.check(page)
    assert told[0] == told[1], "the order of the maps makes no difference"
    whole, legend, other, entry = told[0]
    assert whole[0] == "none", "the slider's history is as long as its card"
    assert "none" not in (legend[0], other[0])
    assert entry[1] == "list-item"


def test_a_notebooks_frame_holds_the_slider(started: Browser, tmp_path: Path) -> None:
    page = tmp_path / "notebook.html"
    page.write_text(
        f"<!DOCTYPE html><title>notebook</title>{maps.timeline(region='kurils')._repr_html_()}",
        encoding="utf-8",
    )
    started.open(page)
    started.driver.switch_to.frame(part(started, "iframe"))
    try:
        do(started, "t.set('1945-08-29')")
        time.sleep(0.5)
        part(started, "[data-does=next]").click()
        assert shown_day(started) == "1945-08-31"
    finally:
        started.driver.switch_to.default_content()
    started.check(page)
