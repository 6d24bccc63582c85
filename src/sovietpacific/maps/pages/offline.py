"""Make pages that stand alone.

Knows Folium and nothing of what the map shows.

A page is a Folium map with Leaflet and all drawing inlined, and with data that cannot leave its
script. What the data say is not known here.
"""

from __future__ import annotations

import json
import re
import tomllib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from sovietpacific.answers import palette
from sovietpacific.answers.texts import plain
from sovietpacific.maps.pages.guard import guarded, refuse_links, refuse_loading
from sovietpacific.maps.pages.whole_page import Page, holds_more, top_of

#: The styles a page must hold before any layer of ours is drawn.
_STYLES = ("leaflet.css", "land.css")

#: Where a script was made from, for those who look into it; a browser that does would ask for the
#: file.
_MAP_OF_SOURCE = re.compile(r"\n//# sourceMappingURL=\S+\s*$")

#: BSD asks that its conditions go with every copy, MPL that every copy says where the source is.
_NOTICES = {
    "leaflet.js": "Leaflet {version}, https://leafletjs.com\n\n{licence}",
    "dompurify.js": "DOMPurify {version}, unchanged, here under the Mozilla Public License 2.0, "
    "https://mozilla.org/MPL/2.0/\nIts source: https://github.com/cure53/DOMPurify/tree/{version}",
}


class Verbatim(Element):
    """A piece of a page that is written as it is; branca would read it as a template."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_options: Any) -> str:
        """Return the text."""
        return self.text


class OfflineMap(folium.Map):
    """A `folium.Map` with Leaflet inlined, whose saved page asks nothing of the network.

    Other Folium layers can be added. A Folium plugin brings links to scripts on the network
    (`folium.plugins.MarkerCluster`, `HeatMap`, …), which a page that opens without one cannot have:
    rendering raises `NetworkError`, naming plugin and address, unless the map was made with
    `online=True`. Layers of tiles that are added are fetched by the reader's browser; a page
    without them also tells the browser to load nothing. What is added may hold HTML in its
    tooltips, popups and icons, and so may the body of the page, but nothing in it runs: DOMPurify
    cleans it as it is shown, and the browser runs only the scripts the page was saved with.
    `layers=True` puts a control of all layers on the map, those added later too.
    """

    # Folium reads these lists; empty ones mean that there is no address to load from.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, *, online: bool = False, layers: bool = False, **options: Any) -> None:
        """Make the map; `options` are those of `folium.Map`."""
        super().__init__(**options)
        self.online = online
        self._layers = folium.LayerControl(position="topright") if layers else None

    def render(self, **options: Any) -> Any:
        """Put the vendored Leaflet and our drawing into the page's head.

        They stand there under the names of Folium's own links, and so take their place.
        """
        if not self.online:
            refuse_links(self)
        self._add_layer_control()
        root: Any = self.get_root()
        styles = "".join(asset(name) for name in _STYLES)
        styles += f".leaflet-container{{background:{palette.SEA}}}"
        root.header.add_child(Verbatim(f"<style>{styles}</style>"), name="leaflet_css")
        root.header.add_child(Verbatim(self._scripts(root)), name="leaflet")
        Page.take_over(root)
        with guarded(self):
            super().render(**options)  # type: ignore[no-untyped-call]
        if not self.online:
            refuse_loading(root)

    def _scripts(self, root: Any) -> str:
        """Write the scripts every page needs.

        Where somebody has added something, those that clean it come with them.
        """
        scripts = ["leaflet.js", "land.js"]
        if holds_more(top_of(root), is_ours):
            scripts = ["dompurify.js", "harmless.js", "leaflet.js", "added.js", "land.js"]
        icons = {"leaflet.js": _icons()}
        return "".join(
            f"{_notice(name)}<script>{asset(name)}{icons.get(name, '')}</script>"
            for name in scripts
        )

    def _add_layer_control(self) -> None:
        """Put the control of layers behind all layers, where Folium has to find them.

        A control of the user's own takes its place.
        """
        own = self._layers
        if own is None:
            return
        root: Any = self.get_root()
        # An earlier rendering has left it in front of the layers added since.
        self._children.pop(own.get_name(), None)
        root.script._children.pop(own.get_name(), None)
        if not any(isinstance(child, folium.LayerControl) for child in self._children.values()):
            self.add_child(own)


class Drawing(MacroElement):
    """Something of ours on a map: `sovietpacific.<call>(map, payload)`.

    The scripts and styles it needs stand in the head.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = sovietpacific.{{ this.call }}"
        "({{ this._parent.get_name() }}, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(self, call: str, payload: Any, assets: tuple[str, ...]) -> None:
        """Keep the payload, all texts plain, as JSON that cannot end the script it stands in."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        self.call, self.payload, self._assets = call, embed(_plainly(payload)), assets

    def render(self, **options: Any) -> Any:
        """Put the assets into the head, once a page, then the call."""
        root: Any = self.get_root()
        for name in self._assets:
            tag = "style" if name.endswith(".css") else "script"
            root.header.add_child(Verbatim(f"<{tag}>{asset(name)}</{tag}>"), name=name)
        super().render(**options)  # type: ignore[no-untyped-call]


class Part(folium.map.Layer):
    """One part of a drawing as a layer of Folium's, so that a control of layers can switch it."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = {{ this.drawing }}.{{ this.part }};"
        "{% endmacro %}"
    )

    def __init__(self, drawing: Drawing, part: str, name: str, *, show: bool = True) -> None:
        """Keep which part of which drawing it is, and the name a reader sees."""
        super().__init__(name=name, overlay=True, show=show)
        self._name = "Part"
        self.drawing, self.part = drawing.get_name(), part


def is_ours(element: Any) -> bool:
    """Return whether an element of a map is drawn from the atlas alone.

    Such an element has no text that others gave as HTML.
    """
    return isinstance(element, OfflineMap | Drawing | Part | folium.LayerControl) or isinstance(
        element._parent, Part
    )


def _plainly(value: Any) -> Any:
    """Return a value with every text within it made plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plainly(one) for key, one in value.items()}
    return [_plainly(one) for one in value] if isinstance(value, list | tuple) else value


def embed(value: Any) -> str:
    r"""Write a value as JSON for a script of a page, which nothing in it can end.

    Nor can it start a comment, or be read as a template: branca renders what an element has written
    once more, so `{{`, `{%` and `{#`, which in JSON stand only within strings, are written
    otherwise.

    >>> embed({"title": "</script><!-- {{ 6 * 7 }}"})
    '{"title":"\\u003c/script>\\u003c!-- {\\u007b 6 * 7 }}"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"(?<=\{)[{%#]", lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def asset(name: str) -> str:
    """Read a script or a style sheet that is shipped with this package."""
    text = _read(name)
    if name.endswith(".css"):
        pictures = r"url\(images/([a-z-]+?)(?:-2x)?\.png\)"
        return re.sub(pictures, lambda match: f"url({_picture(match[1] + '.png')})", text)
    return _MAP_OF_SOURCE.sub("", text).replace("</script", "<\\/script")


@cache
def _notice(name: str) -> str:
    """Return the comment that the licence of another's script asks for; none for ours.

    It stands in each page that holds the script.
    """
    if name not in _NOTICES:
        return ""
    package = name.removesuffix(".js")
    version = tomllib.loads(_read("vendored.toml"))[package]["version"]
    words = _NOTICES[name].format(version=version, licence=_read(f"LICENSE-{package}.txt").strip())
    return f"<!--\n{words}\n-->"


def _read(name: str) -> str:
    return files("sovietpacific.maps.pages").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _picture(name: str) -> str:
    """Return a picture that is shipped with this package as a data address."""
    content = files("sovietpacific.maps.pages").joinpath("assets", name).read_bytes()
    return "data:image/png;base64," + b64encode(content).decode()


def _icons() -> str:
    """Write the script that gives markers their pictures from within the page."""
    icon, shadow = _picture("marker-icon.png"), _picture("marker-shadow.png")
    icons = json.dumps({"iconUrl": icon, "iconRetinaUrl": icon, "shadowUrl": shadow})
    return f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({icons});'
