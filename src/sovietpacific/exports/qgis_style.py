"""Write the look of a GeoPackage's layers as QGIS keeps it inside: the colours of the holders, and
spans it can play.

Knows the XML of QGIS and nothing of how a GeoPackage is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from xml.etree import ElementTree

from sovietpacific.answers.palette import COAST, INK, Fill, fill_of
from sovietpacific.answers.words.holds import named
from sovietpacific.answers.words.wording import text
from sovietpacific.exports.layers import FLAG, TEXT, Layer
from sovietpacific.facts.look import Look
from sovietpacific.facts.records import UNTOLD

#: The table QGIS looks for, and what it finds there; texts it compares must be empty, not missing.
_STYLE_COLUMNS = {
    **dict.fromkeys(
        ("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column"), TEXT
    ),
    **dict.fromkeys(("styleName", "styleQML", "styleSLD"), TEXT),
    "useAsDefault": FLAG,
    "description": TEXT,
    "owner": TEXT,
    "update_time": TEXT,
}


#: What tenures are coloured by, as QGIS reads it.
_LOOK = f"if(\"standing\" = '{UNTOLD}', '{UNTOLD}', \"holder\")"


def style_layer(layers: Sequence[Layer], look: Look, day: date) -> Layer:
    """Return the table of styles for the layers that have spans: tenures by holder, lines plain.

    QGIS takes the style when it opens a layer; its temporal controller plays `[since, until)` with
    no further setting.
    """
    styled = [
        layer for layer in layers if layer.geometries is not None and "since" in layer.columns
    ]
    rows = [
        {
            **dict.fromkeys(_STYLE_COLUMNS, ""),
            "f_table_name": layer.name,
            "f_geometry_column": "geom",
            "styleName": "by holder" if "holder" in layer.columns else "lines",
            "styleQML": _document(layer, look),
            "useAsDefault": True,
            "description": "sovietpacific",
            "update_time": f"{day}T00:00:00.000Z",
        }
        for layer in styled
    ]
    return Layer("layer_styles", _STYLE_COLUMNS, rows, None)


def _document(layer: Layer, look: Look) -> str:
    root = ElementTree.Element("qgis", version="3.22", styleCategories="Symbology|Temporal")
    temporal = {
        "enabled": "1",
        "mode": "2",
        "limitMode": "0",
        "startField": "since",
        "endField": "until",
    }
    ElementTree.SubElement(root, "temporal", temporal)
    if "holder" in layer.columns:
        kinds = {UNTOLD if row["standing"] == UNTOLD else row["holder"] for row in layer.rows}
        fills = {kind: _fill(look, kind, layer.holders) for kind in sorted(kinds)}
        _add_renderer(root, fills)
    else:
        single = ElementTree.SubElement(root, "renderer-v2", type="singleSymbol")
        symbols = ElementTree.SubElement(single, "symbols")
        _add_symbol(
            symbols,
            0,
            "line",
            [("SimpleLine", {"line_color": _rgba(INK), "line_width": "0.3", "line_style": "dash"})],
        )
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ElementTree.tostring(
        root, encoding="unicode"
    )


def _add_renderer(root: ElementTree.Element, fills: Mapping[str, Fill]) -> None:
    """Add what colours by holder.

    Land that is not told has no holder, nor has nobody's: its standing tells it apart.
    """
    renderer = ElementTree.SubElement(root, "renderer-v2", type="categorizedSymbol", attr=_LOOK)
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    for number, (kind, fill) in enumerate(fills.items()):
        label = text(named([kind] if kind and kind != UNTOLD else [], kind))
        told = {"value": kind, "label": label, "symbol": str(number), "render": "true"}
        ElementTree.SubElement(categories, "category", told)
        _add_symbol(symbols, number, "fill", list(_fills(fill)))


def _fill(look: Look, kind: str, holders: Mapping[str, tuple[str, ...]]) -> Fill:
    if kind == UNTOLD:
        return fill_of(look, (), UNTOLD, ())
    return fill_of(look, holders[kind], "", holders[kind])


def _fills(fill: Fill) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the fills that QGIS lays over each other, as maps fill land."""
    edge = {"outline_color": _rgba(COAST), "outline_width": "0.1", "outline_style": "solid"}
    yield "SimpleFill", {"color": _rgba(fill.base), "style": "solid", **edge}
    if fill.stripe:
        brush = "diagonal_x" if fill.crossed else "b_diagonal"
        yield "SimpleFill", {"color": _rgba(fill.stripe), "style": brush, "outline_style": "no"}


def _add_symbol(
    symbols: ElementTree.Element,
    number: int,
    kind: str,
    fills: Iterable[tuple[str, dict[str, str]]],
) -> None:
    symbol = ElementTree.SubElement(
        symbols, "symbol", name=str(number), type=kind, alpha="1", clip_to_extent="1"
    )
    for name, properties in fills:
        layer = ElementTree.SubElement(
            symbol, "layer", {"class": name, "enabled": "1", "pass": "0", "locked": "0"}
        )
        options = ElementTree.SubElement(layer, "Option", type="Map")
        for key, value in properties.items():
            ElementTree.SubElement(options, "Option", name=key, value=value, type="QString")
            ElementTree.SubElement(layer, "prop", k=key, v=value)  # versions before 3.26 read these


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return f"{red},{green},{blue},255"
