"""Keep what a user adds to a map from doing harm.

Knows Folium and nothing of the atlas.

Added texts stay text, and no page loads from the network unasked. It knows Folium and branca, but
neither the atlas nor how its land is drawn.
"""

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

#: What ends a template literal of JavaScript, or is read in one; as a character reference it means
#: the same in a page.
_LITERAL = re.compile(r"[`\\{}$]")

#: An address that a page fetches by itself, not one a reader may click.
_FETCHED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data)\s*=\s*\\?["']?|url\(\s*["']?|@import\s+["'])"""
    r"""((?:https?:)?//[^\s"'\\)>]+)""",
    re.I,
)

#: How an address on the network begins.
_REMOTE = ("http:", "https:", "//")


def descendants(element: Any) -> Iterator[Any]:
    """Yield all elements below one, first to last, with those in its popups."""
    for child in _children(element):
        yield child
        yield from descendants(child)


def _children(element: Any) -> list[Any]:
    within = element.html._children.values() if isinstance(element, folium.Popup) else ()
    return [*element._children.values(), *within]


def refuse_links(made: Any) -> None:
    """Raise `NetworkError` if an element of the map would load code, data or pictures.

    Layers of tiles are let pass: nobody adds one without asking for its address.
    """
    for element in descendants(made):
        if isinstance(element, _TILES):
            continue
        links = _links_of(element)
        texts: list[str] = []
        if isinstance(element, _TEXTUAL):
            texts = [str(getattr(element, name, "")) for name in ("text", "data", "html")]
        links += [match[1] for text in (*texts, *links) for match in _FETCHED.finditer(text)]
        address = next((link for link in links if link.startswith(_REMOTE)), None)
        if address is not None:
            raise _refusal(type(element).__name__, address)


def _links_of(element: Any) -> list[str]:
    """Return what an element may load: scripts, styles, its address, texts among its options."""
    vendored = (*getattr(element, "default_js", ()), *getattr(element, "default_css", ()))
    links = [address for _, address in vendored]
    links += [str(getattr(element, name, "")) for name in ("url", "embed_link")]
    options = getattr(element, "options", {})
    if isinstance(options, dict):
        links += [value for value in options.values() if isinstance(value, str)]
    return links


def refuse_pictures(what: str, text: str) -> None:
    """Raise `NetworkError` if HTML for the body of a page loads from the network."""
    fetched = _FETCHED.search(text)
    if fetched:
        raise _refusal(what, fetched[1])


def listeners(made: Any) -> Iterator[str]:
    """Yield statements that give Folium's button for the wheel its action.

    Folium writes that action into an attribute, where the page's policy lets no script run.
    """
    for element in descendants(made):
        if type(element).__name__ == "ScrollZoomToggler":
            button, owner = element.get_name(), element._parent.get_name()
            yield (
                f'document.getElementById("{button}").addEventListener("click", '
                f"function () {{ {owner}.toggleScroll(); }});"
            )


def reaches_out(made: Any) -> bool:
    """Return whether a map has layers of tiles, which the reader's browser fetches."""
    return any(isinstance(element, _TILES) for element in descendants(made))


def tile_addresses(made: Any) -> list[str]:
    """Return the addresses of the layers of tiles of a map, as they were given."""
    layers = [element for element in descendants(made) if isinstance(element, _TILES)]
    return [str(getattr(layer, "tiles", None) or getattr(layer, "url", "")) for layer in layers]


def refuse_loading(root: Any) -> None:
    """Raise `NetworkError` if the head of the page holds a link to the network; take it out.

    This is the last look, at what came in by no way `refuse_links` knows.
    """
    for key, child in list(root.header._children.items()):
        if isinstance(child, JavascriptLink | CssLink) and child.url.startswith(_REMOTE):
            del root.header._children[key]
            raise _refusal(f"an added layer ({key})", child.url)


def _refusal(what: str, address: str) -> NetworkError:
    """Return the error for an element that loads from an address."""
    return NetworkError(
        f"{what} loads {address[:200]} from the network, and this page is to open without one: "
        "leave it out, or give online=True to have the reader's browser fetch it"
    )


_TILES = (folium.TileLayer, folium.WmsTileLayer)
_TEXTUAL = (folium.Tooltip, folium.Html, folium.DivIcon)


class _Guarded:
    """A template whose output cannot end its script, nor be read as a template once more."""

    def __init__(self, template: Any) -> None:
        self._template = template

    @property
    def module(self) -> SimpleNamespace:
        """The macros of the template, with that of the script guarded.

        A template without macros has no such module.
        """
        names = self._template.module.__dict__
        macros = {name: names[name] for name in ("header", "html", "script") if name in names}
        if "script" in macros:
            macros["script"] = lambda *values: within_script(str(names["script"](*values)))
        return SimpleNamespace(**macros)

    def render(self, *values: Any, **options: Any) -> str:
        return within_script(str(self._template.render(*values, **options)))


def within_script(text: str) -> str:
    r"""Write script text so that it means the same, and neither ends its script nor holds
    statements for branca's templates.

    >>> within_script('var a = "</script>{{ 7 * 7 }}"')
    'var a = "\\x3c/script>{{\'{{\'}} 7 * 7 }}"'
    """
    harmless = _SCRIPT.sub(r"\\x3c", text)
    return _STATEMENT.sub(lambda match: "{{'" + match[0] + "'}}", harmless)


@contextmanager
def guarded(made: Any) -> Iterator[None]:
    """Guard the scripts and texts of all elements of a map while it is rendered once.

    Folium writes the texts of tooltips and popups into scripts as they are, and branca reads every
    script as a template; so a backtick, a `</script>` or a `{{` in a user's text would be run.
    Afterwards all is put back.
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
        # What stands in a popup is part of the popup's script, which is guarded as a whole.
        if isinstance(element, folium.Popup):
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
    """Return what stands in a popup: HTML as it is, plain text escaped.

    It is escaped here, since Folium would escape the character references too.
    """
    text = within.data.replace("\\`", "`")  # Folium has escaped backticks already, and not well
    return _referred(text) if within.script else Markup(_referred(str(escape(text))))


def _referred(text: str) -> str:
    """Write what has a meaning in a template literal as character references."""
    return _LITERAL.sub(lambda match: f"&#{ord(match[0])};", text)
