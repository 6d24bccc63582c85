"""Draws a frame of the atlas just as its rows stand: on a web map with all columns, or on matplotlib's axes."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas
import shapely

from sovietpacific.arguments import read_list, read_number
from sovietpacific.atlas import Atlas
from sovietpacific.errors import OptionError, shown
from sovietpacific.loading import load_atlas
from sovietpacific.maps import style
from sovietpacific.maps.encoding import encode_lines, encode_polygons
from sovietpacific.maps.page import Drawing, OfflineMap, Part, plain
from sovietpacific.maps.sheet_land import hatch_of
from sovietpacific.maps.web_map import WHOLE, corners, new_map
from sovietpacific.wording import held, legend_words, owners, partners_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How long the sides of a figure may be, in inches.
SIDES = (0.5, 200)

#: The fill of land whose frame names no holder.
NEUTRAL = style.Fill("#B9C4C9")

#: Where the kinds of frame hold holder, standing and sovereign; a change is shown as what it led to.
_HOLDS = (("holder", "standing", "sovereign"), ("control", "standing", "sovereignty"), ("to", "to_standing", "to"))


def explore(frame: geopandas.GeoDataFrame) -> OfflineMap:
    """Draw the rows of a frame on a web map that loads nothing; an empty frame gives an empty map that says so."""
    atlas = load_atlas()
    rows = _rows(frame)
    drawn = [
        (row, fill, words) for row, (fill, words) in zip(rows, _looks(atlas, rows, frame.attrs), strict=True) if _has_shape(row)
    ]
    legend = {words: list(fill) for _, fill, words in drawn if words}
    box = _box([row["geometry"] for row, _, _ in drawn])
    title = [plain(words) for words in _title(frame.attrs)]
    sheet = {
        "title": title,
        "credit": plain(frame.attrs.get("credit", atlas.credit)),
        "bounds": corners(box),
        "shapes": [_shape(row, fill) for row, fill, _ in drawn],
        "legend": [[fill, plain(words)] for words, fill in legend.items()],
        "message": "" if drawn else "There is nothing to draw: the frame has no rows with a shape.",
    }
    made = new_map(box, title[0])
    drawing = Drawing("frame", sheet, ("web.css", "web.js", "frame.js"))
    made.add_child(drawing)
    made.add_child(Part(drawing, "rows", "Rows of the frame"))
    return made


def plot(frame: geopandas.GeoDataFrame, ax: Axes | None = None, figsize: tuple[float, float] | None = None) -> Axes:
    """Plot the rows of a frame on matplotlib's axes in the colours of the atlas, with view, day and credit on them."""
    from matplotlib import pyplot, rc_context
    from matplotlib.axes import Axes
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Patch

    if ax is None:
        _, ax = pyplot.subplots(figsize=(9, 7) if figsize is None else _size(figsize), layout="constrained")
    elif not isinstance(ax, Axes):
        raise OptionError(f"ax={shown(ax)} are no axes; give what matplotlib's subplots() gives, or None")
    atlas = load_atlas()
    rows = [row for row in _rows(frame) if _has_shape(row)]
    looks = _looks(atlas, rows, frame.attrs)
    both = list(zip(rows, looks, strict=True))
    entries: dict[str, Patch] = {}
    ax.set_facecolor(style.SEA)
    with rc_context({"hatch.linewidth": 2.2}):
        for fill, words in dict.fromkeys(sorted(looks, key=lambda look: bool(look[0].stripe))):
            shapes = geopandas.GeoSeries([row["geometry"] for row, (own, said) in both if (own, said) == (fill, words)], crs=4326)
            if np.isin(shapes.geom_type, ("LineString", "MultiLineString")).all():
                shapes.plot(ax=ax, color=style.INK, linewidth=1.1, aspect=None)
                continue
            look = _ink(fill)
            shapes.plot(ax=ax, aspect=None, **look)
            if fill.stripe:
                shapes.plot(ax=ax, aspect=None, facecolor="none", edgecolor=style.COAST, linewidth=0.5)
            if words:
                entries[words] = Patch(label=words, **look)
        if entries:
            ax.legend(handles=list(entries.values()), fontsize=7, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
    for drawn in ax.collections:
        if isinstance(drawn, PatchCollection):  # GeoPandas makes its class within a function, where pickle cannot find it
            drawn.__class__ = PatchCollection
    if not rows:
        ax.text(0.5, 0.5, "nothing to draw: no rows with a shape", ha="center", va="center", transform=ax.transAxes)
    west, south, east, north = _box([row["geometry"] for row in rows])
    ax.set(xlim=(west, east), ylim=(south, north), xlabel="", ylabel="", aspect=1 / np.cos(np.radians((south + north) / 2)))
    ax.set_title(_broken(ax, _title(frame.attrs), 10), loc="left", fontsize=10, parse_math=False)
    credit = _broken(ax, [str(frame.attrs.get("credit") or atlas.credit)], 6.5)
    small: dict[str, Any] = {"fontsize": 6.5, "color": "#444444", "va": "top", "parse_math": False}
    ax.annotate(credit, (0, 0), (0, -22), "axes fraction", "offset points", **small)
    return ax


def _broken(ax: Axes, lines: list[str], points: float) -> str:
    """Break lines that are longer than the figure is wide: what stands beside the axes takes its room from the land."""
    wide = int(ax.figure.bbox.width / ax.figure.dpi * 72 / (0.52 * points))
    return "\n".join("\n".join(wrap(line, wide)) for line in lines)


def _size(figsize: Any) -> tuple[float, float]:
    """Read the size of a figure in inches."""
    sides = read_list(figsize, "figsize")
    if len(sides) != 2:
        raise OptionError(f"figsize={shown(figsize)} is no size; give (width, height) in inches")
    return read_number(sides[0], "figsize", *SIDES), read_number(sides[1], "figsize", *SIDES)


def _ink(fill: style.Fill) -> dict[str, Any]:
    """Say a fill as matplotlib wants it; stripes are hatches, which have the colour of the edge."""
    if not fill.stripe:
        return {"facecolor": fill.base, "edgecolor": style.COAST, "linewidth": 0.5}
    return {"facecolor": fill.base, "edgecolor": fill.stripe, "hatch": hatch_of(fill), "linewidth": 0}


def _rows(frame: geopandas.GeoDataFrame) -> list[dict[str, Any]]:
    """Give the rows as they stand, the geometry under its usual name, in degrees."""
    shown = frame.to_crs("EPSG:4326") if frame.crs is not None and frame.crs != "EPSG:4326" else frame
    columns: dict[Any, list[Any]] = {}
    for place, name in enumerate(shown.columns):
        if name != shown.geometry.name:
            key = name if name not in columns else f"{name} ({place + 1})"  # of two columns of one name each is shown
            columns[key] = [None if _is_missing(value) else value for value in shown.iloc[:, place].tolist()]
    columns["geometry"] = shown.geometry.tolist()
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _is_missing(value: Any) -> bool:
    return bool(pandas.api.types.is_scalar(value) and pandas.isna(value))


def _has_shape(row: Mapping[str, Any]) -> bool:
    """Tell whether a row can be drawn: a shape that is empty, or has no place, cannot."""
    shape = row["geometry"]
    return shape is not None and not shape.is_empty and bool(np.isfinite(shape.bounds).all())


def _looks(atlas: Atlas, rows: list[dict[str, Any]], about: Mapping[Any, Any]) -> list[tuple[style.Fill, str]]:
    """Give the fill and the words of every row; words are empty where there is no holder to tell of."""
    view = str(about.get("view", "control"))
    return [_look(atlas, row, "control" if view == "all views" else view) for row in rows]


def _look(atlas: Atlas, row: Mapping[str, Any], view: str) -> tuple[style.Fill, str]:
    names = next((names for names in _HOLDS if {*names} <= set(row)), None)
    if names is None:
        return NEUTRAL, ""
    holder, standing, sovereign = (str(row[name] or "") for name in names)
    if standing == "context":
        return style.Fill(style.BACKDROP), ""
    try:
        fill = style.fill_of(holder, standing, sovereign, str(row.get("polity") or ""))
        if "polity" not in row:
            words = held([atlas.lineages[part] for part in partners_in(holder)], standing, view)
            whose = "" if holder == sovereign else f", of {owners(sovereign, atlas.lineages) or 'nobody'}"
            return fill, words.removesuffix(")") + f"{whose})" if words.endswith(")") else words
        told = {"holder": holder, "standing": standing, "sovereign": sovereign, "polity": str(row["polity"] or "")}
        return fill, legend_words(told, atlas.lineages, atlas.polity_names, view)
    except KeyError:  # a holder or a standing of the user's own, which has no colour or no words
        return NEUTRAL, holder


def _title(about: Mapping[Any, Any]) -> list[str]:
    """Say of which days and view a frame is, as far as it still knows."""
    day, view = about.get("day"), about.get("view")
    if not day or not view:
        return ["Rows of a frame"]
    words = f"View: {view}" + (f"; data {about['version']}" if "version" in about else "")
    days = f"after {about['start']} up to {day}" if "start" in about else f"on {day}"
    return [f"Rows of a frame, {days}", f"{words}; no position is taken on any claim"]


def _box(shapes: list[Any]) -> tuple[float, float, float, float]:
    """Give the box of the shapes with a margin; where they reach all round that of a map of the whole, that one is enough."""
    if not shapes:
        return WHOLE
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
    if west < WHOLE[0] and south < WHOLE[1] and east > WHOLE[2] and north > WHOLE[3]:
        return WHOLE
    margin = max(0.05 * max(east - west, north - south), 0.02)
    south, north = max(south - margin, -85.0), min(north + margin, 85.0)
    return (west - margin, south, east + margin, north) if south < north else WHOLE


def _shape(row: dict[str, Any], fill: style.Fill) -> dict[str, Any]:
    """Give what a page draws of a row: its areas, lines and points, its fill, and all its columns as text."""
    parts = _simple_parts(row["geometry"])
    told = {name: value for name, value in row.items() if name != "geometry"}
    heading = str(told.get("name") or told.get("holder") or told.get("line") or "row")
    return {
        "areas": encode_polygons(shapely.multipolygons(parts["Polygon"])) if parts["Polygon"] else "",
        "lines": encode_lines(shapely.multilinestrings(parts["LineString"])) if parts["LineString"] else "",
        "points": [[round(part.y, 5), round(part.x, 5)] for part in parts["Point"]],
        "fill": list(fill),
        "name": plain(heading),
        "rows": [[plain(str(name)), plain(_text(value))] for name, value in told.items()],
    }


def _simple_parts(shape: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"Polygon": [], "LineString": [], "Point": []}
    waiting = [shape]
    while waiting:
        for part in shapely.get_parts(waiting.pop()):
            if part.geom_type in found:
                found[part.geom_type].append(part)
            elif part.geom_type == "LinearRing":
                found["LineString"].append(shapely.linestrings(shapely.get_coordinates(part)))
            else:
                waiting.append(part)
    return found


def _text(value: Any) -> str:
    """Write a value of a column, long lists of tracts shortened, missing ones as a dash."""
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    text = f"{value:,.2f}" if isinstance(value, float) else str(value)
    return text if len(text) <= 240 else text[:237] + " …"
