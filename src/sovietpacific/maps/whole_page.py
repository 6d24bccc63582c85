"""Writes a page as a whole: which scripts may run in it, by their hashes, what it may load, and the texts others put into it."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import folium
from branca.element import Div, Figure
from jinja2 import Template

from sovietpacific.maps.added import descendants, listeners, reaches_out, refuse_pictures, tile_addresses, within_script

#: What `branca.Figure` writes, with the language of our words, the policy before all it rules, and places in their order.
_PAGE = Template("""<!DOCTYPE html>
<html lang="en"{% if online %} data-sp-online{% endif %}>
<head>
<meta charset="utf-8">
{{policy}}
{% if title %}<title>{{title}}</title>{% endif %}
{{header}}
</head>
<body>
{{body}}
{% if placing %}<script>{{placing}}</script>{% endif %}
</body>
<script>{{script}}</script>
</html>
""")

#: Puts what stands in `sp-given` into the page, once cleaned; runs before any script that may look for it.
_PLACING = "sovietpacificHtml.place();"

#: What a browser lets a page do that is for no network: run the scripts it was saved with, show what stands in it, and no more.
_CLOSED = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:{pictures}; media-src data: blob:; "
    "font-src data:; connect-src data: blob:; base-uri 'none'; form-action 'none'"
)

#: And one whose plugins come from the network: their scripts too may load and make code, but nothing written in the page else.
_OPEN = (
    "script-src https: http: 'unsafe-eval' {scripts}; worker-src https: http: blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'"
)

#: Has the browser refuse to read a text as HTML or code but through harmless.js.
_TRUSTED = "; require-trusted-types-for 'script'"
_POLICIES = "; trusted-types default dompurify"

_INLINE = re.compile(r"<script(?![^>]*\ssrc\b)(?:\s[^>]*)?>(.*?)</script[\s/>]", re.S | re.I)

#: Names in the head that a map of ours puts there by itself.
_OUR_HEAD = {"meta_http", "leaflet_css", "leaflet"}


class Page:
    """Takes the place of the template of a figure: what branca renders by pieces is joined here, and gets its policy."""

    @staticmethod
    def take_over(root: Any) -> None:
        """Have the figure that holds a map, and the page as a whole, written by this class."""
        whole = top_of(root)
        if isinstance(whole, Figure) and not isinstance(whole, Div):
            whole._template = Page()
        root.html._template = Body()
        whole.html._template = Body()

    def render(self, *, this: Any, kwargs: dict[str, Any]) -> str:
        """Write the page of a figure whose elements have been rendered."""
        maps, online = _maps_of(this), is_online(this)
        header, body = this.header.render(**kwargs), this.html.render(**kwargs)
        script = "\n".join(("", this.script.render(**kwargs), *listeners(this), ""))
        placing = _PLACING if 'class="sp-given"' in body else ""
        policy = _CLOSED if not online else _OPEN
        policy += _TRUSTED * ("sovietpacificHtml" in header) + _POLICIES * ("sovietpacificHtml" in header and not online)
        scripts = " ".join(dict.fromkeys(_hashed(text) for text in (*inline_scripts(header), *[placing] * bool(placing), script)))
        pictures = "".join(f" {source}" for element in maps for source in picture_sources(element))
        written: str = _PAGE.render(
            policy=f'<meta http-equiv="Content-Security-Policy" content="{policy.format(scripts=scripts, pictures=pictures)}">',
            title=html.escape(html.unescape(this.title or "")),
            online=online,
            header=header,
            body=body,
            placing=placing,
            script=script,
        )
        return written


class Body:
    """Takes the place of the template of the body of a figure: what is no map is put there as a text, to be cleaned."""

    def render(self, *, this: Any, kwargs: dict[str, Any]) -> str:
        """Write the maps as they are, all else as the text of an attribute."""
        figure, whole = this._parent, top_of(this._parent)
        online = is_online(whole)
        elements = {element.get_name(): element for element in descendants(whole)}
        parts = []
        for name, child in this._children.items():
            part = child.render(**kwargs)
            element = elements.get(name, child)
            if not isinstance(element, folium.Map | Figure) and part.strip():
                if not online:
                    refuse_pictures(type(element).__name__, part)
                part = f'<div class="sp-given" data-html="{html.escape(part)}"></div>'
                part = within_script(part) if isinstance(figure, Div) else part  # which is read as a template once more
            parts.append(part)
        return "\n".join(parts)


def top_of(root: Any) -> Any:
    """Give the page a root is part of: a part of a page with several maps is a root of its own."""
    while root._parent is not None:
        root = root._parent
    return root


def _maps_of(whole: Any) -> list[Any]:
    return [element for element in descendants(whole) if isinstance(element, folium.Map)]


def is_online(whole: Any) -> bool:
    """Tell whether any map of a page is to fetch what it likes: one that was made so, or one that is no map of ours."""
    return not all(getattr(element, "online", None) is False for element in _maps_of(whole))


def holds_more(whole: Any, is_ours: Callable[[Any], bool]) -> bool:
    """Tell whether a page holds anything that is not drawn from the atlas alone: layers, HTML or scripts that others added."""
    elements = list(descendants(whole))
    ours = {element.get_name() for element in elements} | _OUR_HEAD
    if not all(is_ours(element) or isinstance(element, Figure) for element in elements):
        return True
    figures = [whole, *(element for element in elements if isinstance(element, Figure))]
    pieces = [piece for figure in figures for piece in (figure.header, figure.html, figure.script)]
    return any(
        key not in ours and type(child).__name__ != "Verbatim" for piece in pieces for key, child in piece._children.items()
    )


def inline_scripts(text: str) -> Iterator[str]:
    """Give the scripts that stand in a piece of a page, as a browser reads them.

    >>> list(inline_scripts('<script>a < b</script><script src="x.js"></script>'))
    ['a < b']
    """
    return (found[1] for found in _INLINE.finditer(text))


def _hashed(script: str) -> str:
    """Write the hash of a script as a policy names it; a browser has made one sign of the end of a line by then."""
    read = script.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return f"'sha256-{b64encode(sha256(read.encode()).digest()).decode()}'"


def picture_sources(made: Any) -> list[str]:
    """Give where the tiles of a map may come from, as a policy names it; anywhere where the address does not say."""
    return sorted({_source_of(address) for address in tile_addresses(made)}) if reaches_out(made) else []


def _source_of(address: str) -> str:
    """Give the host of an address of tiles, whose letters for servers may be any.

    >>> _source_of("https://{s}.tile.example/{z}/{x}/{y}.png"), _source_of("//mt{s}.maps.example:8000/"), _source_of("tiles/{z}")
    ('https://*.tile.example', 'https://*.maps.example:8000', "'self' file: https: http:")
    """
    found = re.match(r"(https?:)?//([^/?#]+)", address)
    host = found[2] if found else ""
    if "{" in host:
        kept = host[host.rindex("}") :].partition(".")[2]
        host = f"*.{kept}" if kept else ""
    if not found or not re.fullmatch(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?", host):
        return "'self' file: https: http:"
    return f"{found[1] or 'https:'}//{host}"
