"""Write a page as a whole: its policy, its scripts, and the texts others put into it.

Knows HTML and nothing of the atlas.

The policy says which scripts may run, by their hashes, and what the page may load. What is drawn is
not known here.
"""

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

from sovietpacific.maps.pages.guard import (
    descendants,
    listeners,
    reaches_out,
    refuse_pictures,
    tile_addresses,
    within_script,
)

#: What `branca.Figure` writes, with the language of our words, the policy before all that it rules,
#: and a script that places what was given.
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

#: Puts what stands in `sp-given` into the page, once cleaned; runs before any script that may look
#: for it.
_PLACING = "sovietpacificHtml.place();"

#: A page for no network may run the scripts it was saved with, show what stands in it, and no more.
_CLOSED = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
    "img-src data: blob:{pictures}; media-src data: blob:; "
    "font-src data:; connect-src data: blob:; base-uri 'none'; form-action 'none'"
)

#: In a page whose plugins come from the network their scripts too may load and make code, but
#: nothing else that is written in the page.
_OPEN = (
    "script-src https: http: 'unsafe-eval' {scripts}; worker-src https: http: blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)

#: Has the browser refuse to read a text as HTML or code but through harmless.js.
_TRUSTED = "; require-trusted-types-for 'script'"
_POLICIES = "; trusted-types default dompurify"

_INLINE = re.compile(r"<script(?![^>]*\ssrc\b)(?:\s[^>]*)?>(.*?)</script[\s/>]", re.S | re.I)

#: Names in the head that a map of ours puts there by itself.
_OUR_HEAD = {"meta_http", "leaflet_css", "leaflet"}


class Page:
    """The template of a figure: it joins what branca renders by pieces, and adds the policy."""

    @staticmethod
    def take_over(root: Any) -> None:
        """Have this class write the figure that holds a map, and the page as a whole."""
        whole = top_of(root)
        if isinstance(whole, Figure) and not isinstance(whole, Div):
            whole._template = Page()
        root.html._template = _Body()
        whole.html._template = _Body()

    def render(self, *, this: Any, kwargs: dict[str, Any]) -> str:
        """Write the page of a figure whose elements have been rendered."""
        online = _is_online(this)
        header, body = this.header.render(**kwargs), this.html.render(**kwargs)
        script = "\n".join(("", this.script.render(**kwargs), *listeners(this), ""))
        placing = _PLACING if 'class="sp-given"' in body else ""
        inline = [*_inline_scripts(header), *([placing] if placing else []), script]
        policy = _policy(this, inline, online=online, cleans="sovietpacificHtml" in header)
        written: str = _PAGE.render(
            policy=f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            title=html.escape(html.unescape(this.title or "")),
            online=online,
            header=header,
            body=body,
            placing=placing,
            script=script,
        )
        return written


def _policy(whole: Any, inline: list[str], *, online: bool, cleans: bool) -> str:
    """Return the policy of a page with some scripts, of which one may clean what others gave."""
    policy = _OPEN if online else _CLOSED
    if cleans:
        policy += _TRUSTED if online else _TRUSTED + _POLICIES
    scripts = " ".join(dict.fromkeys(map(_hashed, inline)))
    sources = [source for element in _maps_of(whole) for source in _picture_sources(element)]
    return policy.format(scripts=scripts, pictures="".join(f" {source}" for source in sources))


class _Body:
    """The template of the body of a figure.

    What is no map is put there as a text, to be cleaned.
    """

    def render(self, *, this: Any, kwargs: dict[str, Any]) -> str:
        """Write the maps as they are, and all else as the text of an attribute."""
        figure, whole = this._parent, top_of(this._parent)
        online = _is_online(whole)
        elements = {element.get_name(): element for element in descendants(whole)}
        parts = []
        for name, child in this._children.items():
            part = child.render(**kwargs)
            element = elements.get(name, child)
            if not isinstance(element, folium.Map | Figure) and part.strip():
                if not online:
                    refuse_pictures(type(element).__name__, part)
                part = f'<div class="sp-given" data-html="{html.escape(part)}"></div>'
                if isinstance(figure, Div):  # whose body is read as a template once more
                    part = within_script(part)
            parts.append(part)
        return "\n".join(parts)


def top_of(root: Any) -> Any:
    """Return the page that a root is part of.

    Each part of a page with several maps is a root of its own.
    """
    while root._parent is not None:
        root = root._parent
    return root


def _maps_of(whole: Any) -> list[Any]:
    return [element for element in descendants(whole) if isinstance(element, folium.Map)]


def _is_online(whole: Any) -> bool:
    """Return whether any map of a page may fetch what it likes.

    That is a map that was made so, or one that is no map of ours.
    """
    return not all(getattr(element, "online", None) is False for element in _maps_of(whole))


def holds_more(whole: Any, is_ours: Callable[[Any], bool]) -> bool:
    """Return whether a page holds layers, HTML or scripts that others added."""
    elements = list(descendants(whole))
    ours = {element.get_name() for element in elements} | _OUR_HEAD
    if not all(is_ours(element) or isinstance(element, Figure) for element in elements):
        return True
    figures = [whole, *(element for element in elements if isinstance(element, Figure))]
    pieces = [piece for figure in figures for piece in (figure.header, figure.html, figure.script)]
    return any(
        key not in ours and type(child).__name__ != "Verbatim"
        for piece in pieces
        for key, child in piece._children.items()
    )


def _inline_scripts(text: str) -> Iterator[str]:
    """Yield the scripts that stand in a piece of a page, as a browser reads them.

    >>> list(_inline_scripts('<script>a < b</script><script src="x.js"></script>'))
    ['a < b']
    """
    return (match[1] for match in _INLINE.finditer(text))


def _hashed(script: str) -> str:
    """Return the hash of a script as a policy names it.

    A browser hashes a script after making each end of a line one sign, so we do too.
    """
    read = script.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return f"'sha256-{b64encode(sha256(read.encode()).digest()).decode()}'"


def _picture_sources(element: Any) -> list[str]:
    """Return where the tiles of a map may come from, as a policy names it.

    That is anywhere where an address does not say.
    """
    if not reaches_out(element):
        return []
    return sorted({_source_of(address) for address in tile_addresses(element)})


def _source_of(address: str) -> str:
    """Return the host of an address of tiles, whose letters for servers may be any.

    >>> _source_of("https://{s}.tile.example/{z}/{x}/{y}.png")
    'https://*.tile.example'
    >>> _source_of("//mt{s}.maps.example:8000/"), _source_of("tiles/{z}")
    ('https://*.maps.example:8000', "'self' file: https: http:")
    """
    match = re.match(r"(https?:)?//([^/?#]+)", address)
    host = match[2] if match else ""
    if "{" in host:
        kept = host[host.rindex("}") :].partition(".")[2]
        host = f"*.{kept}" if kept else ""
    if not match or not re.fullmatch(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?", host):
        return "'self' file: https: http:"
    return f"{match[1] or 'https:'}//{host}"
