"""Write one layout of a selection into one file, beside its place first.

Knows which module makes which layout, and nothing of what is in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sovietpacific.errors import OptionError
from sovietpacific.exports.country_spans import countries_layer
from sovietpacific.exports.files import (
    plain_days,
    write_csv,
    write_geojson,
    write_geopackage,
    write_parquet,
)
from sovietpacific.exports.historical_map_tags import historical_map_layer
from sovietpacific.exports.histories import tract_properties
from sovietpacific.exports.layers import Layer
from sovietpacific.exports.linked_places import CONTEXT, place_features
from sovietpacific.exports.qgis_style import style_layer
from sovietpacific.exports.registers import register_layers
from sovietpacific.exports.selection import Selection
from sovietpacific.exports.tenures import list_tenures, tenure_row, tenures_layer
from sovietpacific.exports.topology import write_topojson
from sovietpacific.files.beside import beside
from sovietpacific.files.geojson import feature, write_features

_MAKERS = {
    "tenures": tenures_layer,
    "openhistoricalmap": historical_map_layer,
    "cshapes": countries_layer,
}


def write(target: Path, layout: str, selection: Selection) -> None:
    """Write `layout` of the selection into `target`, in the form its ending says.

    An older file stays until the new one is whole.
    """
    with beside(target) as part:
        if layout == "linked-places":
            write_features(
                part, place_features(selection), {"@context": CONTEXT, "about": selection.about}
            )
        elif target.suffix == ".topojson":
            _write_topology(part, layout, selection)
        elif layout == "tracts":
            told = tract_properties(selection)
            features = (
                feature(key, selection.shape(key), properties) for key, properties in told.items()
            )
            write_features(part, features, {"about": selection.about})
        else:
            _write_layer(part, target.suffix, _MAKERS[layout](selection), selection)


def _write_layer(part: Path, ending: str, layer: Layer, selection: Selection) -> None:
    if ending not in _WRITERS:
        raise OptionError(
            f"nothing writes {layer.name} into {ending}; allowed: {', '.join(_WRITERS)}"
        )
    _WRITERS[ending](part, layer, selection)


def _write_package(part: Path, layer: Layer, selection: Selection) -> None:
    """Write a GeoPackage, which alone has several layers, the registers and the styles too."""
    layers = [
        *_by_view(layer, selection),
        *(register_layers(selection) if layer.name == "tenures" else ()),
    ]
    layers.append(style_layer(layers, selection.atlas.records.look, selection.atlas.as_of))
    write_geopackage(
        part, [layer for layer in layers if layer.rows], selection.about, selection.atlas.as_of
    )


#: What writes a layer into a file of each ending.
_WRITERS: dict[str, Callable[[Path, Layer, Selection], None]] = {
    ".geojson": lambda part, layer, selection: write_geojson(part, layer, selection.about),
    ".gpkg": _write_package,
    ".parquet": lambda part, layer, selection: write_parquet(part, layer, selection.about),
    ".csv": lambda part, layer, _: write_csv(part, layer),
}


def _by_view(layer: Layer, selection: Selection) -> Iterator[Layer]:
    """Yield a layer of several views view by view, so that no shape lies on one of another view."""
    if len(selection.views) == 1:
        yield layer
        return
    column = "view" if "view" in layer.columns else "sovietpacific:view"
    for view in selection.views:
        kept = [number for number, row in enumerate(layer.rows) if row[column] == view]
        shapes = layer.geometries or []
        yield replace(
            layer,
            name=f"{layer.name}_{view}",
            rows=[layer.rows[number] for number in kept],
            geometries=[shapes[number] for number in kept],
            ids=[layer.ids[number] for number in kept],
        )


def _write_topology(part: Path, layout: str, selection: Selection) -> None:
    if layout == "tracts":
        told = tract_properties(selection)
        objects = [(key, key, properties) for key, properties in told.items()]
        tracts = list(told)
    else:
        held = list(list_tenures(selection))
        version = selection.atlas.version
        objects = [(one.id, one.tract.id, plain_days(tenure_row(one, version))) for one in held]
        tracts = sorted({one.tract.id for one in held})
    write_topojson(
        part, layout, {key: selection.shape(key) for key in tracts}, objects, selection.about
    )
