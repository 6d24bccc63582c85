"""Makes pages that stand alone: a Folium map with Leaflet and all drawing inlined, and data that cannot leave its script."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import Template as PageTemplate

from sovietpacific.maps import style
from sovietpacific.maps.added import descendants, guarded, reaches_out, refuse_links, refuse_loading

#: The styles a page must hold before any layer of ours is drawn.
_STYLES = ("leaflet.css", "land.css")

#: What `branca.Figure` writes, with the language of our words, and places in their order.
_PAGE = PageTemplate("""<!DOCTYPE html>
<html lang="en">
<head>
{% if this.title %}<title>{{this.title}}</title>{% endif %}
{{this.header.render(**kwargs)}}
</head>
<body>
{{this.html.render(**kwargs)}}
</body>
<script>
{{this.script.render(**kwargs)}}
</script>
</html>
""")

#: What a browser lets a page without tiles do: run and show what stands in it, and load nothing, whatever somebody put there.
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; font-src data:; connect-src data: blob:\">"
)


class Verbatim(Element):
    """A piece of a page that is written as it is; branca would read it as a template."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_options: Any) -> str:
        """Give the text."""
        return self.text


class Page(Figure):
    """The figure of a map; its template belongs to the class, since branca drops that of an object where it is pickled."""

    _template = _PAGE


class OfflineMap(folium.Map):
    """A `folium.Map` with Leaflet inlined: other Folium layers can be added, and the saved page asks nothing of the network.

    A Folium plugin brings links to scripts on the network (`folium.plugins.MarkerCluster`, `HeatMap`, …), which a page that opens
    without one cannot have: rendering raises `NetworkError`, naming plugin and address, unless the map was made with
    `online=True`.  Layers of tiles that are added are fetched by the reader's browser; a page without them also tells the
    browser to load nothing.  What is added may hold HTML in its tooltips and popups, but nothing that runs.  `layers=True` puts
    a control of all layers on the map, those added later too.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium reads these lists; empty means no address to load from
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, *, online: bool = False, layers: bool = False, **options: Any) -> None:
        """Make the map; `options` are those of `folium.Map`."""
        super().__init__(**options)
        self.online = online
        self._layers = folium.LayerControl(position="topright") if layers else None
        root: Any = self.get_root()
        if type(root) is Figure:
            root.__class__ = Page  # Folium makes the figure itself

    def render(self, **options: Any) -> Any:
        """Put the vendored Leaflet and our drawing into the page's head, under the names Folium's own links would have."""
        if not self.online:
            refuse_links(self)
        self._add_layer_control()
        root: Any = self.get_root()
        self._set_policy(root)
        styles = "".join(asset(name) for name in _STYLES) + f".leaflet-container{{background:{style.SEA}}}"
        root.header.add_child(Verbatim(f"<style>{styles}</style>"), name="leaflet_css")
        scripts = [asset("leaflet.js"), _icons(), asset("clean.js"), asset("land.js")]
        root.header.add_child(Verbatim("".join(f"<script>{script}</script>" for script in scripts)), name="leaflet")
        with guarded(self):
            super().render(**options)  # type: ignore[no-untyped-call]
        if not self.online:
            refuse_loading(root)

    def _set_policy(self, root: Any) -> None:
        """Have the browser keep the page from the network, unless a map of the page was meant to reach out."""
        whole = root
        while whole._parent is not None:  # a part of a page with several maps is a root of its own
            whole = whole._parent
        maps = [element for element in (self, *descendants(whole)) if isinstance(element, folium.Map)]
        closed = all(isinstance(element, OfflineMap) and not element.online and not reaches_out(element) for element in maps)
        if closed:
            root.header.add_child(Verbatim(_POLICY), name="policy")
        else:
            root.header._children.pop("policy", None)

    def _add_layer_control(self) -> None:
        """Put the control of layers behind all layers, where Folium has to find them; a user's own takes its place."""
        own = self._layers
        if own is None:
            return
        root: Any = self.get_root()
        self._children.pop(own.get_name(), None)
        root.script._children.pop(own.get_name(), None)  # of an earlier rendering, in front of layers added since
        if not any(isinstance(child, folium.LayerControl) for child in self._children.values()):
            self.add_child(own)


class Drawing(MacroElement):
    """Something of ours on a map: `sovietpacific.<call>(map, payload)`, with the scripts and styles it needs in the head."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = sovietpacific.{{ this.call }}({{ this._parent.get_name() }}, {{ this.payload }});"
        "{% endmacro %}"
    )

    def __init__(self, call: str, payload: Any, assets: tuple[str, ...]) -> None:
        """Keep the payload, all its texts plain, as JSON that cannot end the script it stands in."""
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
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = {{ this.drawing }}.{{ this.part }};{% endmacro %}"
    )

    def __init__(self, drawing: Drawing, part: str, name: str, *, show: bool = True) -> None:
        """Keep which part of which drawing it is, and the name a reader sees."""
        super().__init__(name=name, overlay=True, show=show)
        self._name = "Part"
        self.drawing, self.part = drawing.get_name(), part


def plain(text: str) -> str:
    r"""Take from a text what would not be seen as it is: control signs, and marks that turn the direction of what follows.

    >>> plain("Kurils\u202e <b>\x07")
    'Kurils <b>'
    """
    text = str(text)
    if text.isprintable():  # the most of them, and all shapes
        return text
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


def _plainly(value: Any) -> Any:
    """Make every text within a value plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plainly(one) for key, one in value.items()}
    return [_plainly(one) for one in value] if isinstance(value, list | tuple) else value


def embed(value: Any) -> str:
    r"""Write a value as JSON that can stand in a script of a page: no sign in it can end the script or start a comment.

    Nor can one be read as a template: branca renders what an element has written once more, so `{{`, `{%` and `{#`, which in JSON
    stand only within strings, are written otherwise.

    >>> embed({"title": "</script><!-- {{ 6 * 7 }}"})
    '{"title":"\\u003c/script>\\u003c!-- {\\u007b 6 * 7 }}"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"(?<=\{)[{%#]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def asset(name: str) -> str:
    """Read a script or a style sheet that is shipped with this package."""
    text = files("sovietpacific.maps").joinpath("assets", name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return re.sub(r"url\(images/([a-z-]+?)(?:-2x)?\.png\)", lambda found: f"url({picture(found[1] + '.png')})", text)
    return text.replace("</script", "<\\/script")


@cache
def picture(name: str) -> str:
    """Give a picture that is shipped with this package as a data address."""
    content = files("sovietpacific.maps").joinpath("assets", name).read_bytes()
    return "data:image/png;base64," + b64encode(content).decode()


def _icons() -> str:
    """Give markers their pictures from within the page."""
    icon, shadow = picture("marker-icon.png"), picture("marker-shadow.png")
    icons = json.dumps({"iconUrl": icon, "iconRetinaUrl": icon, "shadowUrl": shadow})
    return f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({icons});'
