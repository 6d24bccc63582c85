"""The site of the pages: built strictly and without a network, whole, and loading nothing from
elsewhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.ui import WebDriverWait

import sovietpacific
from sovietpacific import maps
from tests.support.browsing import browser, needs_browser

pytest.importorskip(
    "sphinx", reason="the site is built by Sphinx, which is in requirements/develop.txt"
)

ROOT = Path(__file__).parents[2]
DOOR = "docs/index.html"
#: Pages nothing but the theme links to.
OWN_DOORS = {"index.html", "search.html", "genindex.html", "py-modindex.html"}
pytestmark = pytest.mark.slow

#: Put where Python looks first: no process of the build, kernels included, reaches beyond this
#: machine.
NO_NETWORK = '''"""Refuses every connection but those within this machine."""
import socket

_connect, _look_up = socket.socket.connect, socket.getaddrinfo


def _check(host):
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise AssertionError(f"the build must not use the network: {host}")


def connect(made, address):
    _check(address[0] if isinstance(address, tuple) else "localhost")
    _connect(made, address)


def look_up(host, *args, **options):
    _check(host)
    return _look_up(host, *args, **options)


socket.socket.connect, socket.getaddrinfo = connect, look_up
'''

#: The attributes that load something when a page is opened; a link (`a`) loads when a person
#: follows it.
LOADING = {
    *(
        ("script", "src"),
        ("img", "src"),
        ("iframe", "src"),
        ("source", "src"),
        ("video", "src"),
        ("audio", "src"),
    ),
    *(
        ("embed", "src"),
        ("object", "data"),
        ("input", "src"),
        ("link", "href"),
        ("image", "href"),
        ("use", "href"),
    ),
}
#: What loads from within a sheet of style or a script.
IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?!data:)[^"')\s;]+)""")
IN_SCRIPT = re.compile(
    r"""(?:\bfetch|\bimport|importScripts|Worker|\.open)\(\s*(?:["'`]GET["'`],\s*)?["'`](\w+:)?//|\.src\s*=\s*["'`](\w+:)?//"""
)


class Page(HTMLParser):
    """What a page loads, where its links lead, and the places in it that links may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loads: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = set()
        self.scripts: list[str] = []
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort the attributes of an element by what they do."""
        self._within = tag
        for name, value in attrs:
            if value is None:
                continue
            if (tag, name.removeprefix("xlink:")) in LOADING:
                self.loads.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)
            elif name in ("id", "name"):
                self.places.add(value)
            elif name == "style":
                self.loads += IN_STYLE.findall(value)
            elif name == "srcset":
                self.loads += [part.split()[0] for part in value.split(",")]
            elif name == "srcdoc":
                within = Page(value)
                self.loads += filter(
                    is_foreign, within.loads
                )  # a page within a page has no files of its own
                self.scripts += within.scripts

    def handle_endtag(self, _tag: str) -> None:
        """Forget within which element the text stands."""
        self._within = ""

    def handle_data(self, data: str) -> None:
        """Read style and script."""
        if self._within == "style":
            self.loads += IN_STYLE.findall(data)
        elif self._within == "script":
            self.scripts.append(data)


def is_foreign(address: str) -> bool:
    return address.startswith("//") or (
        ":" in address.split("/")[0] and not address.startswith(("data:", "blob:", "about:"))
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site from the checkout, as strictly as can be, with the network refused."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "first").mkdir()
    (folder / "first" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    paths = os.pathsep.join(filter(None, (str(folder / "first"), os.environ.get("PYTHONPATH"))))
    strictly = (
        "-W",
        "--keep-going",
        "-n",
        "-j",
        "2",
        "-E",
        "-c",
        "docs",
        "-d",
        str(folder / "doctrees"),
    )
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", *strictly, ".", str(folder / "pages")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
    return folder / "pages"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Read all pages by their path on the site."""
    found = sorted(site.rglob("*.html"))
    assert len(found) > 20
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in found
    }


def test_the_refusal_of_the_network_refuses(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    ask = [
        sys.executable,
        "-c",
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
    ]
    ran = subprocess.run(
        ask, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert "must not use the network: 192.0.2.1" in ran.stderr


def test_a_page_that_loads_is_told_from_one_that_links() -> None:
    loads = '<img src="https://a/b.png"><p style="background:url(//c/d)"><iframe srcdoc="<script src=\'http://e/f.js\'></script>">'
    page = Page(
        f'{loads}</iframe><style>@import "https://g/h.css";</style><a href="https://i/">i</a>'
    )
    assert [address for address in page.loads if is_foreign(address)] == [
        *("https://a/b.png", "//c/d", "http://e/f.js", "https://g/h.css")
    ]
    assert not any(
        is_foreign(address)
        for address in ("../a.png", "#here", "data:image/png;base64,AA", "_static/b.css?v=1")
    )
    assert IN_SCRIPT.search("fetch('https://a/b')")
    assert IN_SCRIPT.search('image.src = "//a/b.png"')
    assert not IN_SCRIPT.search("fetch(requestUrl)")


def test_no_page_loads_anything_from_elsewhere(site: Path, pages: dict[str, Page]) -> None:
    foreign = {
        (name, address)
        for name, page in pages.items()
        for address in page.loads
        if is_foreign(address)
    }
    foreign |= {
        (name, script[:60])
        for name, page in pages.items()
        for script in page.scripts
        if IN_SCRIPT.search(script)
    }
    for path in site.rglob("*.css"):
        foreign |= {
            (path.name, address)
            for address in IN_STYLE.findall(path.read_text("utf-8"))
            if is_foreign(address)
        }
    foreign |= {
        (path.name, "script")
        for path in site.rglob("*.js")
        if IN_SCRIPT.search(path.read_text("utf-8"))
    }
    assert not foreign


def is_lost(name: str, address: str, site: Path, pages: dict[str, Page]) -> bool:
    """Tell whether an address within the site, on the page `name`, leads to no file, or to no place
    in it.
    """
    path, place = urldefrag(address)
    there = (
        ((site / name).parent / unquote(path.partition("?")[0])).resolve() if path else site / name
    )
    if not there.is_file():
        return True
    return (
        bool(place)
        and there.suffix == ".html"
        and unquote(place) not in pages[there.relative_to(site).as_posix()].places
    )


def test_every_link_within_the_site_leads_to_something(site: Path, pages: dict[str, Page]) -> None:
    told = {
        (name, address) for name, page in pages.items() for address in (*page.loads, *page.links)
    }
    within = {
        (name, address)
        for name, address in told
        if not is_foreign(address) and not address.startswith("data:")
    }
    assert len(within) > 500
    assert not {(name, address) for name, address in within if is_lost(name, address, site, pages)}


def test_every_page_is_reached_from_the_door(site: Path, pages: dict[str, Page]) -> None:
    reached, ahead = set(), [DOOR]
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        for address in pages[name].links:
            path = urldefrag(address).url
            there = ((site / name).parent / unquote(path)).resolve()
            if path and not is_foreign(address) and there.suffix == ".html":
                ahead.append(there.relative_to(site).as_posix())
    assert set(pages) - reached <= OWN_DOORS
    assert f'url={DOOR}"' in (site / "index.html").read_text(encoding="utf-8")


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    head, _, packed = (site / "objects.inv").read_bytes().partition(b"zlib.\n")
    assert b"sovietpacific" in head
    known = {line.split(" ")[0] for line in zlib.decompress(packed).decode().splitlines()}
    assert {f"sovietpacific.{name}" for name in sovietpacific.__all__} <= known
    assert {f"sovietpacific.maps.{name}" for name in maps.__all__} <= known


def test_every_command_is_on_the_page_of_commands(site: Path) -> None:
    from sovietpacific.cli.main import main

    text = (site / "docs" / "commands.html").read_text(encoding="utf-8")
    for name in main.commands:
        assert f">{name}<a" in text, name


def test_notebooks_stand_with_what_they_gave(site: Path) -> None:
    for notebook in (ROOT / "notebooks").glob("*.py"):
        text = (site / "notebooks" / f"{notebook.stem}.html").read_text(encoding="utf-8")
        assert "cell_output" in text, notebook.name


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.skipif(*needs_browser[1].args, **needs_browser[1].kwargs)
def test_in_a_browser_pages_ask_for_nothing_beyond_the_site_and_fit_the_screen(
    site: Path, pages: dict[str, Page], tmp_path: Path, phone: bool
) -> None:
    with browser(tmp_path, phone=phone) as seen:
        for name in sorted(set(pages) - {"index.html"}):
            seen.open(site / name)
            wide, room = seen.run(
                "return [document.documentElement.scrollWidth, window.innerWidth]"
            )
            assert wide <= room, f"{name} is wider than the screen"
            seen.check(site)
        seen.open(site / "index.html")
        title = "return (document.querySelector('h1') || {textContent: ''}).textContent"
        there = WebDriverWait(
            seen.driver, 30, ignored_exceptions=(WebDriverException,)
        )  # the page changes under the question
        assert there.until(lambda driver: driver.execute_script(title).startswith("Start here"))
        assert seen.driver.current_url == (site / DOOR).as_uri()
