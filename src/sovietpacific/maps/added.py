"""Keeps what a user adds to a map from doing harm: its texts stay in their place, and no page loads from the network unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import folium
from branca.element import CssLink, JavascriptLink
from markupsafe import Markup, escape

from sovietpacific.errors import NetworkError

#: What starts a statement of a template, and what ends or hides the script a text stands in.
_STATEMENT = re.compile(r"\{[{%#]")
_SCRIPT = re.compile(r"<(?=/script|!--|script)", re.IGNORECASE)

#: What ends a template literal of JavaScript, or is read in one; as a character reference it means the same in a page.
_LITERAL = re.compile(r"[`\\{}$]")

#: An address that a page fetches by itself, not one a reader may click.
_FETCHED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data)\s*=\s*\\?["']?|url\(\s*["']?|@import\s+["'])((?:https?:)?//[^\s"'\\)>]+)""", re.I
)


def descendants(element: Any) -> Iterator[Any]:
    """Give all elements below one, what stands in popups included, first to last."""
    for child in _children(element):
        yield child
        yield from descendants(child)


def _children(element: Any) -> list[Any]:
    within = element.html._children.values() if isinstance(element, folium.Popup) else ()
    return [*element._children.values(), *within]


def refuse_links(made: Any) -> None:
    """Raise `NetworkError` where an element of the map would have the page load anything from the network: code, data, pictures.

    Layers of tiles are let pass: nobody adds one without asking for its address.
    """
    for element in descendants(made):
        if isinstance(element, _TILES):
            continue
        links = [address for _, address in (*getattr(element, "default_js", ()), *getattr(element, "default_css", ()))]
        links += [str(getattr(element, name, "")) for name in ("url", "embed_link")]
        options = getattr(element, "options", {})
        links += [value for value in options.values() if isinstance(value, str)] if isinstance(options, dict) else []
        words = [str(getattr(element, name, "")) for name in ("text", "data", "html") if isinstance(element, _TEXTUAL)]
        links += [found[1] for text in (*words, *links) for found in _FETCHED.finditer(text)]
        addresses = [link for link in links if link.startswith(("http:", "https:", "//"))]
        if addresses:
            raise _refusal(type(element).__name__, addresses[0])


def refuse_pictures(what: str, text: str) -> None:
    """Raise `NetworkError` where HTML for the body of a page would have it load anything from the network."""
    found = _FETCHED.search(text)
    if found:
        raise _refusal(what, found[1])


def listeners(made: Any) -> Iterator[str]:
    """Give as statements what Folium has its button for the wheel do in an attribute, where no policy lets it run."""
    for element in descendants(made):
        if type(element).__name__ == "ScrollZoomToggler":
            button, owner = element.get_name(), element._parent.get_name()
            yield f'document.getElementById("{button}").addEventListener("click", function () {{ {owner}.toggleScroll(); }});'


def reaches_out(made: Any) -> bool:
    """Tell whether a map has layers of tiles, which the reader's browser is to fetch."""
    return any(isinstance(element, _TILES) for element in descendants(made))


def tile_addresses(made: Any) -> list[str]:
    """Give the addresses of the layers of tiles of a map, as they were given."""
    layers = [element for element in descendants(made) if isinstance(element, _TILES)]
    return [str(getattr(layer, "tiles", None) or getattr(layer, "url", "")) for layer in layers]


def refuse_loading(root: Any) -> None:
    """Raise `NetworkError` where a link to the network got into the head of the page all the same, and take it out."""
    for key, child in list(root.header._children.items()):
        if isinstance(child, JavascriptLink | CssLink) and child.url.startswith(("http:", "https:", "//")):
            del root.header._children[key]
            raise _refusal(f"an added layer ({key})", child.url)


def _refusal(what: str, address: str) -> NetworkError:
    return NetworkError(
        f"{what} loads {address[:200]} from the network, and this page is to open without one: leave it out, or give "
        "online=True to have the reader's browser fetch it"
    )


_TILES = (folium.TileLayer, folium.WmsTileLayer)
_TEXTUAL = (folium.Tooltip, folium.Html, folium.DivIcon)


class _Guarded:
    """A template whose output cannot end the script it stands in, nor be read as a template once more."""

    def __init__(self, template: Any) -> None:
        self._template = template

    @property
    def module(self) -> SimpleNamespace:
        """The macros of the template, that of the script guarded; a template without macros has no such module."""
        told = self._template.module.__dict__
        macros = {name: told[name] for name in ("header", "html", "script") if name in told}
        if "script" in macros:
            macros["script"] = lambda *values: within_script(str(told["script"](*values)))
        return SimpleNamespace(**macros)

    def render(self, *values: Any, **options: Any) -> str:
        return within_script(str(self._template.render(*values, **options)))


def within_script(text: str) -> str:
    r"""Write script text so that it means the same, and neither ends its script nor holds statements for branca's templates.

    >>> within_script('var a = "</script>{{ 7 * 7 }}"')
    'var a = "\\x3c/script>{{\'{{\'}} 7 * 7 }}"'
    """
    return _STATEMENT.sub(lambda found: "{{'" + found[0] + "'}}", _SCRIPT.sub(r"\\x3c", text))


@contextmanager
def guarded(made: Any) -> Iterator[None]:
    """For the time of one rendering, guard the scripts and the texts of all elements of a map; then put them back.

    Folium writes the texts of tooltips and popups into scripts as they are, and branca reads every script as a template; so a
    backtick, a `</script>` or a `{{` in a user's text would be run.
    """
    undo: list[tuple[Any, str, Any]] = []

    def put(element: Any, name: str, value: Any) -> None:
        undo.append((element, name, element.__dict__.get(name, undo)))
        setattr(element, name, value)

    def guard(element: Any) -> None:
        if isinstance(element, folium.Tooltip):
            put(element, "text", _referred(element.text))
        put(element, "_template", _Guarded(element._template))
        for child in element._children.values():
            guard(child)
        if isinstance(element, folium.Popup):  # what stands in it is part of its own script, which is guarded as a whole
            for within in descendants(element):
                if isinstance(within, folium.Html):
                    put(within, "data", _popup_text(within))

    try:
        for child in made._children.values():
            guard(child)
        yield
    finally:
        for element, name, value in reversed(undo):
            if value is undo:
                delattr(element, name)
            else:
                setattr(element, name, value)


def _popup_text(within: Any) -> str:
    """Give what stands in a popup: HTML as it is, plain text escaped here, since Folium would escape the references too."""
    text = within.data.replace("\\`", "`")  # Folium has escaped backticks already, and not well
    return _referred(text) if within.script else Markup(_referred(str(escape(text))))


def _referred(text: str) -> str:
    """Write the signs that mean something in a template literal as character references."""
    return _LITERAL.sub(lambda found: f"&#{ord(found[0])};", text)
