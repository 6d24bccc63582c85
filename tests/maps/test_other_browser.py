"""What is kept from running and loading in Chromium is kept from it in Firefox too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sovietpacific import maps
from tests.maps.test_hostile_html import CLICK_ALL, SNIPPETS, marked, page_with, saved
from tests.support.other_browser import Firefox, firefox, needs_firefox

pytestmark = needs_firefox


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_what_runs_and_what_is_asked_of_the_network_is_noticed(
    seen: Firefox, tmp_path: Path
) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text(
        "<script>flags=[]</script><img src=none onerror=flags.push(1)><img src=https://beacon.example/>",
        encoding="utf-8",
    )
    seen.open(asking)
    assert seen.run("window.flags") == [1]
    assert "https://beacon.example/" in seen.asked


def test_nothing_in_html_of_others_runs_or_loads_by_any_way_into_a_page(
    seen: Firefox, tmp_path: Path
) -> None:
    page = saved(
        page_with([marked(text, number) for number, text in enumerate(SNIPPETS.values())]),
        tmp_path,
        older=False,
    )
    seen.asked.clear()
    seen.open(page)
    shown = seen.run(f"new Promise(function () {{ {CLICK_ALL} }})")
    assert shown > 5 * len(SNIPPETS)
    assert {list(SNIPPETS)[mark] for mark in seen.run("window.flags")} == set()
    assert seen.run("location.href").startswith(page.as_uri())
    assert [
        address
        for address in seen.asked
        if not address.startswith(("data:", "blob:", page.as_uri(), "about:"))
    ] == []


def test_a_map_and_the_slider_open_without_a_network(seen: Firefox, tmp_path: Path) -> None:
    for page in (
        maps.save(tmp_path / "map.html", "1945-09-02"),
        maps.save_timeline(tmp_path / "slider.html"),
    ):
        seen.asked.clear()
        seen.open(page)
        assert seen.run("document.querySelectorAll('path.leaflet-interactive').length") >= 180
        assert [
            address
            for address in seen.asked
            if not address.startswith(("data:", "blob:", page.as_uri(), "about:"))
        ] == []
