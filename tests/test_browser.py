"""A saved web map opens in a real browser with no network: nothing is asked for, nothing goes wrong, the land is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Browser, browser, needs_browser
from sovietpacific import maps

pytestmark = needs_browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maps.save(tmp_path_factory.mktemp("web") / "map.html", "1945-09-02")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_a_saved_map_opens_without_a_network(page: Path, seen: Browser, tmp_path: Path) -> None:
    seen.open(page)
    assert seen.run("return document.querySelectorAll('path.leaflet-interactive').length") >= 85
    assert seen.run("return document.querySelectorAll('pattern').length") >= 5
    assert seen.run("return document.querySelectorAll('.sp-box').length") == 2
    assert seen.shot("web-1945-09-02", tmp_path).stat().st_size > 20_000
    seen.check(page)


def test_what_a_page_asks_of_the_network_is_noticed(seen: Browser, tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text("<img src='https://example.org/a.png'>", encoding="utf-8")
    seen.open(asking)
    with pytest.raises(AssertionError, match=r"example\.org"):
        seen.check(asking)
