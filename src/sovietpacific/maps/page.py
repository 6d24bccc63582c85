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
from branca.element import Element

from sovietpacific.maps import style

#: The styles a page must hold before any layer of ours is drawn.
_STYLES = ("leaflet.css", "land.css")


class OfflineMap(folium.Map):
    """A `folium.Map` with Leaflet inlined: other Folium layers can be added, and the saved page asks nothing of the network."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium reads these lists; empty means no address to load from
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def render(self, **options: Any) -> Any:
        """Put the vendored Leaflet and our drawing into the page's head, under the names Folium's own links would have."""
        root: Any = self.get_root()
        styles = "".join(asset(name) for name in _STYLES) + f".leaflet-container{{background:{style.SEA}}}"
        root.header.add_child(Element(f"<style>{styles}</style>"), name="leaflet_css")
        scripts = [asset("leaflet.js"), _shims(), asset("land.js")]
        root.header.add_child(Element("".join(f"<script>{script}</script>" for script in scripts)), name="leaflet")
        return super().render(**options)  # type: ignore[no-untyped-call]


def plain(text: str) -> str:
    r"""Take from a text what would not be seen as it is: control signs, and marks that turn the direction of what follows.

    >>> plain("Kurils\u202e <b>\x07")
    'Kurils <b>'
    """
    return "".join(sign for sign in str(text) if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


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


def _shims() -> str:
    """Give markers their pictures from within the page, and Folium's popups the one jQuery call they make."""
    icon, shadow = picture("marker-icon.png"), picture("marker-shadow.png")
    icons = json.dumps({"iconUrl": icon, "iconRetinaUrl": icon, "shadowUrl": shadow})
    dollar = (
        'window.$=window.$||function(h){var t=document.createElement("template");'
        "t.innerHTML=h.trim();return[t.content.firstChild]};"
    )
    return f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({icons});{dollar}'
