"""HTML that others give, by every way into a page, runs nothing and loads nothing in a real
browser, whatever is clicked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from sovietpacific import maps
from sovietpacific.maps.pages.offline import OfflineMap
from tests.support.browsing import Browser, browser, needs_browser

pytestmark = needs_browser

#: An address written so that no reader of plain text knows it for one; a browser does.
FAR, FAR_IN_STYLE = "&#104;ttps://beacon.example/", r"\68ttps://beacon.example/"

#: What runs or loads where HTML is taken as it is given: by kind, each with `§` where its mark
#: goes.
SNIPPETS: dict[str, str] = {
    "script": "<script>flag(§)</script>",
    "script of the network": f"<script src='{FAR}a.js'></script>",
    "handler of a picture": "<img src=x onerror=flag(§)>",
    "handler with a slash": "<img/src='x'/onerror='flag(§)'>",
    "handler of a drawing": "<svg onload=flag(§)><circle r=9 onclick=flag(§) /></svg>",
    "handler of details": "<details open ontoggle=flag(§)><summary>more</summary></details>",
    "handler that takes the focus": "<input autofocus onfocus=flag(§)><b tabindex=0 onfocus=flag(§)>b</b>",
    "handler of an animation": "<style>@keyframes z{}</style><b style='animation:z 1s' onanimationstart=flag(§)>b</b>",
    "address that runs": "<a href='javascript:flag(§)'>more</a>",
    "address that runs, in references": "<a href='&#106;av&#x09;ascript:flag(§)'>more</a>",
    "address that runs, after signs": "<a href='\x01 java\nscript:flag(§)'>more</a>",
    "address that runs in a new window": "<a target=_blank href='javascript:opener.flag(§)'>more</a>",
    "address of data": "<a href='data:text/html,<script>top.flag(§)</script>'>more</a>",
    "address of a place of a picture": "<img usemap=#m width=9 height=9><map name=m><area shape=default href='javascript:flag(§)'></map>",
    "animate to a value": "<svg><a><animate attributeName=href to='javascript:flag(§)' begin=0s fill=freeze /><text y=9>t</text></a></svg>",
    "animate by values": "<svg><a><animate attributeName=href values='#;javascript:flag(§)' dur=.01s fill=freeze /><text y=9>t</text></a></svg>",
    "animate by values, from": "<svg><a xlink:href=#><animate attributeName='xlink:href' from='#' values='javascript:flag(§);#' dur=9s /><text y=9>t</text></a></svg>",
    "set": "<svg><a href=#><set attributeName=href to='javascript:flag(§)' begin=0s /><text y=9>t</text></a></svg>",
    "set from afar": "<svg><a id=a§ href=#><text y=9>t</text></a><set href=#a§ attributeName=href to='javascript:flag(§)' /></svg>",
    "animateTransform": "<svg><circle r=9><animateTransform onbegin=flag(§) attributeName=transform dur=1s /></circle></svg>",
    "animateMotion": "<svg><circle r=9><animateMotion onbegin=flag(§) path='M0 0h9' dur=1s /></circle></svg>",
    "use of data": "<svg><use href='data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIGlkPSJ4Ij48L3N2Zz4=#x'/></svg>",
    "foreign object": "<svg><foreignObject><iframe srcdoc='<script>parent.flag(§)</script>'></iframe></foreignObject></svg>",
    "frame of its own text": "<iframe srcdoc='<script>parent.flag(§)</script>'></iframe>",
    "frame of an address that runs": "<iframe src='javascript:parent.flag(§)'></iframe>",
    "frame of the network": f"<iframe src='{FAR}frame'></iframe>",
    "object": "<object data='javascript:flag(§)'></object><embed src='javascript:flag(§)'>",
    "object of the network": f"<object data='{FAR}object'></object><embed src='{FAR}embed'>",
    "form": f"<form action='{FAR}form'><input type=submit value=more></form>",
    "form that runs": "<form action='javascript:flag(§)'><button>more</button></form>",
    "button with an address": f"<form id=f§></form><button form=f§ formaction='{FAR}button'>more</button>",
    "base": f"<base href='{FAR}'><img src=base.png><a href='#§'>more</a>",
    "refresh": f"<meta http-equiv=refresh content='0;url={FAR}refresh'>",
    "refresh that runs": "<meta http-equiv=refresh content='0;url=javascript:flag(§)'>",
    "picture": f"<img src='{FAR}img.png' srcset='{FAR}img2.png 2x'>",
    "picture of choice": f"<picture><source srcset='{FAR}source.png'><img></picture>",
    "picture of a drawing": f"<svg><image href='{FAR}image.png' width=9 height=9 /><filter id=f§><feImage href='{FAR}fe.png'/></filter></svg>",
    "film": f"<video src='{FAR}film.mp4' poster='{FAR}poster.png' autoplay></video><audio src='{FAR}tone.mp3' autoplay></audio>",
    "track": f"<video><track default src='{FAR}track.vtt'></video>",
    "background": f"<table background='{FAR}table.png'><tr><td>a</table>",
    "style of an element": f"<b style='background:url({FAR_IN_STYLE}style.png)'>b</b>",
    "style that imports": f"<style>@import '{FAR_IN_STYLE}import.css';</style>",
    "style that tells": f"<style>.leaflet-container{{background:url({FAR_IN_STYLE}rule.png)}} @font-face{{font-family:q;src:url({FAR_IN_STYLE}font)}} b{{font-family:q}}</style><b>b</b>",
    "style of lists": f"<ul style='list-style-image:url({FAR_IN_STYLE}list.png)'><li style='cursor:url({FAR_IN_STYLE}cursor),auto'>a</ul>",
    "link": f"<link rel=stylesheet href='{FAR}link.css'><link rel=prefetch href='{FAR}prefetch'><link rel=preconnect href='{FAR}'>",
    "ping": f"<a href='#§' ping='{FAR}ping'>more</a>",
    "math": "<math><maction actiontype=statusline xlink:href='javascript:flag(§)'>more</maction></math><math href='javascript:flag(§)'><mi>x</mi></math>",
    "template": "<template><img src=x onerror=flag(§)></template><div><template shadowrootmode=open><img src=x onerror=flag(§)></template></div>",
    "portal and marquee": "<marquee onstart=flag(§)>m</marquee><portal src='javascript:flag(§)'></portal>",
    "twice read: glyph": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=flag(§)&gt;">',
    "twice read: form": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=flag(§)></style></mglyph></form></mtext></math>",
    "twice read: paragraph": '<svg></p><style><a id="</style><img src=1 onerror=flag(§)>">',
    "twice read: noscript": '<noscript><p title="</noscript><img src=x onerror=flag(§)>">',
    "twice read: comment": '<svg><!--><style><img title="--></style><img src=x onerror=flag(§)>"></svg>',
    "twice read: xmp": '<xmp><p title="</xmp><img src=x onerror=flag(§)>">',
    "twice read: title": '<svg><title><style><img title="</style></title></svg><img src=x onerror=flag(§)>">',
    "twice read: annotation": "<math><annotation-xml encoding='text/html'><style><img src=x onerror=flag(§)></style></annotation-xml></math>",
    "twice read: select": '<select><template><style><!--</style><a rel="--></style></template></select><img id=x src onerror=flag(§)>">',
    "deep": "<div>" * 260
    + "<svg><style><img src=x onerror=flag(§)></style></svg>"
    + "</div>" * 260,
    "clobbering": "<form id=c§><input name=attributes><input name=childNodes><input name=parentNode></form><img name=getElementById src=x onerror=flag(§)>",
    "clobbering what cleans": "<a id=DOMPurify></a><a id=sovietpacificHtml name=fragment href='javascript:flag(§)'>more</a><a id=L></a>",
    "placed by our own means": "<div class=sp-given data-html='&lt;img src=x onerror=flag(§)&gt;'></div>",
    "card of ours": "<div class=sp-card><img src=x onerror=flag(§)></div>",
}


def page_with(snippets: list[str], *, online: bool = False) -> folium.Map:
    """Make a map with each snippet in every place a Folium page takes HTML."""
    made = maps.web("2026-01-01", region="kurils.south", online=online)
    group = folium.FeatureGroup(name="".join(snippets)).add_to(made)
    for number, text in enumerate(snippets):
        at = (43 + number / 100, 145 + number / 100)
        folium.Marker(at, popup=folium.Popup(text, max_width=400)).add_to(group)
        folium.CircleMarker(
            at, popup=folium.Popup(f"<p>{text}</p>", lazy=True), tooltip=folium.Tooltip(text)
        ).add_to(made)
        folium.Marker(at, icon=folium.DivIcon(html=text)).add_to(made)
        feature = {
            "type": "Feature",
            "properties": {"told": text},
            "geometry": {"type": "Point", "coordinates": at[::-1]},
        }
        told: dict[str, Any] = {
            "tooltip": folium.GeoJsonTooltip(["told"]),
            "popup": folium.GeoJsonPopup(["told"], aliases=[text]),
        }
        folium.GeoJson(
            {"type": "FeatureCollection", "features": [feature]}, attr=text, **told
        ).add_to(made)
        made.get_root().html.add_child(folium.Element(f"<h3>{text}</h3>"))
    return made


def marked(text: str, number: int) -> str:
    return text.replace("§", str(number))


def saved(made: folium.Map, folder: Path, *, older: bool) -> Path:
    """Save a page that counts what runs, for `older` browsers without Trusted Types."""
    page = folder / "page.html"
    made.save(str(page))
    text = page.read_text(encoding="utf-8")
    if older:
        text = (
            re.sub(
                r"; require-trusted-types-for 'script'|; trusted-types [a-z ]+",
                "",
                text.split("<title>")[0],
            )
            + text.partition("<title>")[2]
        )
        text = text.replace("<head>", "<head><script>delete window.trustedTypes</script>", 1)
    counting = "<script>window.flags=[];window.flag=function(mark){window.flags.push(mark)};window.alert=window.flag</script>"
    page.write_text(text.replace("<head>", f"<head>{counting}", 1), encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


#: Opens every tooltip and popup one after the other, and clicks at everything in it and in the body
#: of the page.
CLICK_ALL = """
var done = arguments[0], map = window[Object.keys(window).find(function (key) { return /^map_/.test(key); })], shown = 0;
function click(box) {
  if (!box) return;
  shown += 1;
  box.querySelectorAll('*').forEach(function (node) {
    ['mouseover', 'focus', 'click'].forEach(function (kind) {
      node.dispatchEvent(new MouseEvent(kind, {bubbles: kind !== 'focus', cancelable: true, view: window}));
    });
    if (node.focus) node.focus();
    if (node.localName === 'form') try { node.requestSubmit(); } catch (refused) { shown += 0; }
  });
}
var layers = [];
map.eachLayer(function (layer) { if (layer.getPopup && (layer.getPopup() || layer.getTooltip())) layers.push(layer); });
layers = layers.filter(function (layer) { return !layer.options.pane || !/^sp-/.test(layer.options.pane); });
function next() {
  var layer = layers.shift();
  if (!layer) {
    document.querySelectorAll('.leaflet-marker-icon, h3, .leaflet-control-attribution, .leaflet-control-layers').forEach(click);
    setTimeout(function () { done(shown); }, 400);
    return;
  }
  if (layer.getTooltip()) { layer.openTooltip(map.getCenter()); click(layer.getTooltip().getElement()); layer.closeTooltip(); }
  layer.fire('click', {latlng: map.getCenter()});
  if (layer.getPopup()) { layer.openPopup(map.getCenter()); click(layer.getPopup().getElement()); }
  setTimeout(next, 5);
}
next();
"""


def after_clicks(seen: Browser, page: Path) -> tuple[list[Any], list[str], int]:
    """Give what ran, what was asked of the network, and how many boxes were clicked through."""
    seen.open(page)
    shown = seen.driver.execute_async_script(CLICK_ALL)
    here = seen.driver.current_url
    ran = seen.run("return window.flags")
    seen._read_logs()
    own = ("data:image/", "blob:", page.as_uri(), "about:")
    asked = [address for address in seen.asked if not address.startswith(own)]
    for address in seen.kept:
        asked.remove(address)
    assert here.startswith(page.as_uri()), f"the page went to {here}"
    assert len(seen.driver.window_handles) == 1
    return ran, asked, shown


@pytest.mark.parametrize("older", [False, True], ids=["trusted", "older"])
def test_nothing_in_html_of_others_runs_or_loads_by_any_way_into_a_page(
    older: bool, seen: Browser, tmp_path: Path
) -> None:
    snippets = [marked(text, number) for number, text in enumerate(SNIPPETS.values())]
    ran, asked, shown = after_clicks(seen, saved(page_with(snippets), tmp_path, older=older))
    assert shown > 5 * len(SNIPPETS), "every box was opened"
    assert {list(SNIPPETS)[mark] for mark in ran} == set()
    assert asked == []


def test_nothing_in_html_of_others_runs_in_a_page_for_the_network(
    seen: Browser, tmp_path: Path
) -> None:
    made = page_with(
        [marked(text, number) for number, text in enumerate(SNIPPETS.values())], online=True
    )
    ran, asked, shown = after_clicks(seen, saved(made, tmp_path, older=False))
    assert shown > 5 * len(SNIPPETS)
    assert {list(SNIPPETS)[mark] for mark in ran} == set()
    code = (
        "a.js",
        "frame",
        "object",
        "embed",
        "form",
        "button",
        "base.png",
        "refresh",
        "link.css",
        "prefetch",
        "ping",
    )
    assert not [
        address for address in asked if address.startswith("https:") and address.endswith(code)
    ]
    assert any(address.endswith("img.png") for address in asked), (
        "pictures are what such a page may show"
    )


@pytest.mark.parametrize(
    "kind", ["animate by values", "set", "animate to a value", "address that runs"]
)
def test_a_click_of_the_mouse_at_an_address_that_runs_does_nothing(
    kind: str, seen: Browser, tmp_path: Path
) -> None:
    made = maps.web("2026-01-01", region="kurils.south")
    text = (
        marked(SNIPPETS[kind], 1)
        .replace("<svg>", "<svg width=99 height=30>")
        .replace("y=9>t", "y=20>more")
    )
    folium.Marker((44, 146), popup=folium.Popup(text, show=True)).add_to(made)
    seen.open(saved(made, tmp_path, older=False))
    node = seen.driver.find_element(
        By.CSS_SELECTOR, ".leaflet-popup-content " + ("text" if "<svg" in text else "a")
    )
    time.sleep(0.5)
    ActionChains(seen.driver).move_to_element(node).click().perform()
    time.sleep(0.2)
    assert seen.run("return window.flags") == []


def test_html_that_does_no_harm_is_shown_as_it_was_given(seen: Browser, tmp_path: Path) -> None:
    made = maps.web("2026-01-01", region="kurils.south")
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    text = f"<table class=mine style='color:#123456'><tr><td colspan=2>a &amp; b</td></tr></table><img src='{dot}' alt=dot>"
    text += "<a href='https://example.org/' target=_blank>more</a><svg><g fill=red><path d='M0 0h9'/></g></svg>"
    folium.Marker(
        (44, 146), popup=folium.Popup(text, show=True), icon=folium.DivIcon(html="<b id=own>13</b>")
    ).add_to(made)
    legend = "<style>#legend{position:fixed}</style><div id=legend data-mine=1><i style='background:#0f0'></i> mine</div>"
    made.get_root().html.add_child(folium.Element(legend))
    made.get_root().script.add_child(
        folium.Element("document.getElementById('legend').dataset.found = 'yes';")
    )
    page = saved(made, tmp_path, older=False)
    seen.open(page)
    shown = seen.run("return document.querySelector('.leaflet-popup-content').innerHTML")
    for part in (
        '<td colspan="2">a &amp; b</td>',
        'class="mine" style="color:#123456"',
        dot,
        '<path d="M0 0h9">',
        'href="https://example.org/"',
    ):
        assert part in shown
    assert 'rel="noopener noreferrer"' in shown
    assert seen.run("return document.getElementById('own').textContent") == "13"
    assert seen.run(
        "return [getComputedStyle(legend).position, legend.dataset.found, legend.dataset.mine]"
    ) == [
        "fixed",
        "yes",
        "1",
    ]
    seen.check(page)


def test_a_cell_of_a_notebook_opens_its_popups_and_runs_nothing(
    seen: Browser, tmp_path: Path
) -> None:
    made = maps.web("2026-01-01", region="kurils.south")
    text = "<b>Nemuro</b><img src=x onerror=top.flags.push(1)><a href='javascript:top.flags.push(2)'>more</a>"
    folium.Marker((43.33, 145.58), popup=folium.Popup(text, show=True)).add_to(made)
    page = tmp_path / "notebook.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset='utf-8'><script>flags=[]</script><body>{made._repr_html_()}",
        encoding="utf-8",
    )
    seen.open(page)
    seen.run(
        "document.querySelector('iframe').contentDocument.querySelector('.leaflet-popup-content a').click()"
    )
    time.sleep(0.2)
    told = "var page = document.querySelector('iframe').contentDocument; return [page.querySelector('.leaflet-popup-content').textContent"
    assert seen.run(told + ", page.querySelectorAll('.sp-box').length, flags]") == [
        "Nemuromore",
        2,
        [],
    ]


def test_base_layers_can_be_chosen_and_their_credit_has_its_link(
    seen: Browser, tmp_path: Path
) -> None:
    made = OfflineMap(tiles=None, layers=True, location=(45, 147), zoom_start=5)
    for name in ("one", "two"):
        credit = f"<a href='https://{name}.example/'>{name}</a><img src=x onerror=flag(1)>"
        folium.TileLayer(
            f"https://{name}.example/{{z}}/{{x}}/{{y}}.png", attr=credit, name=name
        ).add_to(made)
    folium.Marker((45, 147), popup="<img src='&#104;ttps://beacon.example/a.png'>").add_to(made)
    seen.open(saved(made, tmp_path, older=False))
    assert seen.run("return document.querySelectorAll('input[type=radio]').length") == 2
    seen.run(
        "var radio = document.querySelectorAll('input[type=radio]'); (radio[0].checked ? radio[1] : radio[0]).click()"
    )
    seen.run("document.querySelector('.leaflet-marker-icon').click()")
    links = seen.run(
        "return [].map.call(document.querySelectorAll('.leaflet-control-attribution a'), function (link) { return link.host; })"
    )
    assert set(links) & {"one.example", "two.example"}
    time.sleep(0.3)
    assert seen.run("return window.flags") == []
    seen._read_logs()
    hosts = {address.split("/")[2] for address in seen.asked if address.startswith("https:")}
    assert hosts <= {"one.example", "two.example"}
    assert hosts


#: Gives of every object of the browser what it can do, and whether it is the browser's own doing.
ABILITIES = """
var told = {};
Object.getOwnPropertyNames(window).forEach(function (name) {
  var made = Object.getOwnPropertyDescriptor(window, name).value, kind = typeof made === 'function' && made.prototype;
  if (!kind || !/\\[native code\\]/.test(Function.prototype.toString.call(made))) return;
  Reflect.ownKeys(kind).forEach(function (key) {
    var is = Object.getOwnPropertyDescriptor(kind, key);
    ['get', 'set', 'value'].forEach(function (part) {
      if (typeof is[part] === 'function') told[name + ' ' + String(key) + ' ' + part] = /\\[native code\\]/.test(Function.prototype.toString.call(is[part]));
    });
  });
});
return told;
"""


def test_no_ability_of_the_browser_is_changed(seen: Browser, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<!DOCTYPE html><title>empty</title>", encoding="utf-8")
    seen.open(empty)
    untouched = seen.run(ABILITIES)
    assert all(untouched.values())
    assert untouched["Element innerHTML set"]
    seen.open(saved(page_with([marked(SNIPPETS["set"], 1)]), tmp_path, older=False))
    assert seen.run(ABILITIES) == untouched


def test_no_script_of_ours_changes_what_all_elements_are_made_of() -> None:
    own = re.compile(
        r"\b(?:Element|Node|Document|DocumentFragment|Range|Window|EventTarget|(?:HTML|SVG)\w*|Object|Array|String)\.prototype\b(?!\.\w+\.(?:call|apply)\()"
    )
    for path in sorted((Path(maps.__file__).parent / "pages" / "assets").glob("*.js")):
        if path.name not in ("dompurify.js", "leaflet.js"):
            text = path.read_text(encoding="utf-8")
            assert not own.search(text), path.name
            assert not re.search(
                r"\bdefinePropert(y|ies)\(\w+\.prototype|__proto__|setPrototypeOf", text
            ), path.name


def test_a_script_written_into_a_page_later_does_not_run(seen: Browser, tmp_path: Path) -> None:
    page = saved(maps.web("2026-01-01", region="kurils.south"), tmp_path, older=False)
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("<body>", "<body><script>flag(1)</script><img src=x onerror=flag(2)>", 1),
        encoding="utf-8",
    )
    seen.open(page)
    seen.run(
        "var added = document.createElement('script'); added.textContent = 'flag(3)'; document.body.appendChild(added);"
        "var link = document.createElement('a'); link.href = 'javascript:flag(4)'; document.body.appendChild(link); link.click();"
    )
    time.sleep(0.2)
    assert seen.run("return window.flags") == []
    assert seen.run("return document.querySelectorAll('.sp-box').length") == 2


def test_the_wheel_button_of_folium_works_in_a_page_for_the_network(
    seen: Browser, tmp_path: Path
) -> None:
    from folium.plugins import ScrollZoomToggler

    made = maps.web("2026-01-01", region="kurils.south", online=True)
    button = ScrollZoomToggler().add_to(made)
    seen.open(saved(made, tmp_path, older=False))
    on = f"return {made.get_name()}.scrollWheelZoom.enabled()"
    before = seen.run(on)
    seen.driver.find_element(By.ID, button.get_name()).click()
    assert seen.run(on) is not before
