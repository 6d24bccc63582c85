"""Draw a frame of the atlas just as its rows stand.

Knows frames and nothing of how their rows were found.

A web map shows all columns; matplotlib's axes show shapes and colours. Rows may have been filtered,
renamed or made by the user; nothing is asked of the atlas for a day again.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas
import shapely

from sovietpacific.answers import palette
from sovietpacific.answers.palette import hatch_of
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.tables import read_border
from sovietpacific.answers.texts import plain
from sovietpacific.answers.words import holds, pages, views
from sovietpacific.answers.words.messages import Words
from sovietpacific.answers.words.wording import text, wording
from sovietpacific.atlas import Atlas
from sovietpacific.errors import OptionError, shown
from sovietpacific.facts.records import Records
from sovietpacific.loading import load_atlas
from sovietpacific.maps.pages.encoding import encode_lines, encode_polygons
from sovietpacific.maps.pages.new_map import WHOLE, corners, new_map
from sovietpacific.maps.pages.offline import Drawing, OfflineMap, Part
from sovietpacific.questions.arguments import read_list, read_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How long the sides of a figure may be, in inches.
SIDES = (0.5, 200)

#: The fill of land whose frame names no holder.
NEUTRAL = palette.Fill("#B9C4C9")

#: Where the kinds of frame hold holder, standing and sovereign; a change shows what it led to.
_HOLDS = (
    ("holder", "standing", "sovereign"),
    ("control", "standing", "sovereignty"),
    ("to", "to_standing", "to"),
)


def explore(frame: geopandas.GeoDataFrame) -> OfflineMap:
    """Return the rows of a frame as a web map that loads nothing.

    An empty frame gives an empty map that says so.
    """
    atlas = load_atlas()
    rows = _rows(frame)
    drawn = [
        (row, fill, words)
        for row, (fill, words) in zip(rows, _looks(atlas, rows, frame.attrs), strict=True)
        if _has_shape(row)
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
        "message": "" if drawn else text(pages.empty_frame()),
        "texts": pages.patterns("frame", wording()),
    }
    page = new_map(box, title[0])
    drawing = Drawing("frame", sheet, ("web.css", "web.js", "frame.js"))
    page.add_child(drawing)
    page.add_child(Part(drawing, "rows", text(pages.layer("rows"))))
    return page


def plot(
    frame: geopandas.GeoDataFrame,
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
) -> Axes:
    """Plot the rows of a frame on matplotlib's axes in the colours of the atlas.

    View, day and credit stand on them.
    """
    from matplotlib import pyplot
    from matplotlib.axes import Axes
    from matplotlib.collections import PatchCollection

    if ax is None:
        size = (9, 7) if figsize is None else _size(figsize)
        _, ax = pyplot.subplots(figsize=size, layout="constrained")
    elif not isinstance(ax, Axes):
        raise OptionError(
            f"ax={shown(ax)} are no axes; give what matplotlib's subplots() gives, or None"
        )
    atlas = load_atlas()
    rows = [row for row in _rows(frame) if _has_shape(row)]
    ax.set_facecolor(palette.SEA)
    _draw_rows(ax, rows, _looks(atlas, rows, frame.attrs))
    for drawn in ax.collections:
        # GeoPandas makes its class within a function, where pickle cannot find it.
        if isinstance(drawn, PatchCollection):
            drawn.__class__ = PatchCollection
    if not rows:
        words = text(pages.nothing_to_draw())
        ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes)
    west, south, east, north = _box([row["geometry"] for row in rows])
    aspect = 1 / np.cos(np.radians((south + north) / 2))
    ax.set(xlim=(west, east), ylim=(south, north), xlabel="", ylabel="", aspect=aspect)
    ax.set_title(_broken(ax, _title(frame.attrs), 10), loc="left", fontsize=10, parse_math=False)
    credit = _broken(ax, [str(frame.attrs.get("credit") or atlas.credit)], 6.5)
    small: dict[str, Any] = {"fontsize": 6.5, "color": "#444444", "va": "top", "parse_math": False}
    ax.annotate(credit, (0, 0), (0, -22), "axes fraction", "offset points", **small)
    return ax


def _draw_rows(ax: Axes, rows: list[dict[str, Any]], looks: list[tuple[palette.Fill, str]]) -> None:
    """Draw rows in their looks, plain fills first, and the legend of what has words."""
    from matplotlib import rc_context
    from matplotlib.patches import Patch

    together: dict[tuple[palette.Fill, str], list[Any]] = {}
    for row, look in zip(rows, looks, strict=True):
        together.setdefault(look, []).append(row["geometry"])
    entries: dict[str, Patch] = {}
    with rc_context({"hatch.linewidth": 2.2}):
        for fill, words in sorted(together, key=lambda look: bool(look[0].stripe)):
            shapes = geopandas.GeoSeries(together[fill, words], crs=4326)
            if np.isin(shapes.geom_type, ("LineString", "MultiLineString")).all():
                shapes.plot(ax=ax, color=palette.INK, linewidth=1.1, aspect=None)
                continue
            ink = _ink(fill)
            shapes.plot(ax=ax, aspect=None, **ink)
            if fill.stripe:  # the edge of a hatched patch has the colour of its stripes
                coast = {"facecolor": "none", "edgecolor": palette.COAST, "linewidth": 0.5}
                shapes.plot(ax=ax, aspect=None, **coast)
            if words:
                entries[words] = Patch(label=words, **ink)
        if entries:
            beside: dict[str, Any] = {
                "loc": "upper left",
                "bbox_to_anchor": (1.01, 1),
                "frameon": False,
            }
            ax.legend(handles=list(entries.values()), fontsize=7, **beside)


def _broken(ax: Axes, lines: list[str], points: float) -> str:
    """Break lines that are longer than the figure is wide.

    What stands beside the axes would take its room from the land.
    """
    wide = int(ax.figure.bbox.width / ax.figure.dpi * 72 / (0.52 * points))
    return "\n".join("\n".join(wrap(line, wide)) for line in lines)


def _size(figsize: Any) -> tuple[float, float]:
    """Read the size of a figure in inches."""
    sides = read_list(figsize, "figsize")
    if len(sides) != 2:
        raise OptionError(f"figsize={shown(figsize)} is no size; give (width, height) in inches")
    return read_number(sides[0], "figsize", *SIDES), read_number(sides[1], "figsize", *SIDES)


def _ink(fill: palette.Fill) -> dict[str, Any]:
    """Return a fill as matplotlib wants it; stripes are hatches, in the colour of the edge."""
    if not fill.stripe:
        return {"facecolor": fill.base, "edgecolor": palette.COAST, "linewidth": 0.5}
    return {
        "facecolor": fill.base,
        "edgecolor": fill.stripe,
        "hatch": hatch_of(fill),
        "linewidth": 0,
    }


def _rows(frame: geopandas.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the rows as they stand, the geometry under its usual name, in degrees.

    Of two columns of one name each is shown, the later one with its place.
    """
    if frame.crs is not None and frame.crs != "EPSG:4326":
        frame = frame.to_crs("EPSG:4326")
    columns: dict[Any, list[Any]] = {}
    for place, name in enumerate(frame.columns):
        if name != frame.geometry.name:
            key = name if name not in columns else f"{name} ({place + 1})"
            values = frame.iloc[:, place].tolist()
            columns[key] = [None if _is_missing(value) else value for value in values]
    columns["geometry"] = frame.geometry.tolist()
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _is_missing(value: Any) -> bool:
    return bool(pandas.api.types.is_scalar(value) and pandas.isna(value))


def _has_shape(row: Mapping[str, Any]) -> bool:
    """Return whether a row can be drawn; an empty shape, or one with no place, cannot."""
    shape = row["geometry"]
    return shape is not None and not shape.is_empty and bool(np.isfinite(shape.bounds).all())


def _looks(
    atlas: Atlas, rows: list[dict[str, Any]], about: Mapping[Any, Any]
) -> list[tuple[palette.Fill, str]]:
    """Return the fill and the words of every row; words are empty where there is no holder."""
    view = str(about.get("view", "control"))
    return [_look(atlas, row, "control" if view == "all views" else view) for row in rows]


def _look(atlas: Atlas, row: Mapping[str, Any], view: str) -> tuple[palette.Fill, str]:
    names = next((names for names in _HOLDS if {*names} <= set(row)), None)
    if names is None:
        return NEUTRAL, ""
    columns = dict(zip(_HOLDS[0], (row[name] for name in names), strict=True))
    held_as = read_border({**columns, "polity": row.get("polity")})
    if held_as.standing == "context":
        return palette.Fill(palette.BACKDROP), ""
    try:
        fill = palette.fill_of_row(atlas.records.look, held_as)
        if "polity" not in row:
            return fill, text(_by_lineage(atlas.records, held_as, view))
        return fill, text(holds.legend(atlas.records, holds.Holding.of_row(held_as), view))
    except KeyError:  # a holder or a standing of the user's own, which has no colour or no words
        return NEUTRAL, str(columns["holder"] or "")


def _by_lineage(records: Records, row: BorderRow, view: str) -> Words:
    """Say who holds by lineages, and of whom where another's land is held."""
    names = holds.lineage_names(records, row.holders)
    if row.holders == row.sovereigns:
        return holds.held(names, row.standing, view)
    owners = holds.lineage_names(records, row.sovereigns)
    owner = holds.owner_or_nobody(owners, disputed=row.disputed)
    return holds.held_of(names, row.standing, view, owner)


def _title(about: Mapping[Any, Any]) -> list[str]:
    """Return of which days and view a frame is, as far as it still knows."""
    return [text(words) for words in views.frame_title(about)]


def _box(shapes: list[Any]) -> tuple[float, float, float, float]:
    """Return the box of the shapes with a margin, or that of the whole map.

    That one is enough where the shapes reach all round it.
    """
    if not shapes:
        return WHOLE
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
    if west < WHOLE[0] and south < WHOLE[1] and east > WHOLE[2] and north > WHOLE[3]:
        return WHOLE
    margin = max(0.05 * max(east - west, north - south), 0.02)
    south, north = max(south - margin, -85.0), min(north + margin, 85.0)
    return (west - margin, south, east + margin, north) if south < north else WHOLE


def _shape(row: dict[str, Any], fill: palette.Fill) -> dict[str, Any]:
    """Return what a page draws of a row: areas, lines, points, fill, and its columns as text."""
    parts = _simple_parts(row["geometry"])
    areas, lines, points = (parts[kind] for kind in ("Polygon", "LineString", "Point"))
    columns = {name: value for name, value in row.items() if name != "geometry"}
    heading = str(columns.get("name") or columns.get("holder") or columns.get("line") or "row")
    return {
        "areas": encode_polygons(shapely.multipolygons(areas)) if areas else "",
        "lines": encode_lines(shapely.multilinestrings(lines)) if lines else "",
        "points": [[round(point.y, 5), round(point.x, 5)] for point in points],
        "fill": list(fill),
        "name": plain(heading),
        "rows": [[plain(str(name)), plain(_text(value))] for name, value in columns.items()],
    }


def _simple_parts(shape: Any) -> dict[str, list[Any]]:
    """Return the polygons, lines and points of a shape, from within collections too."""
    parts: dict[str, list[Any]] = {"Polygon": [], "LineString": [], "Point": []}
    waiting = [shape]
    while waiting:
        for part in shapely.get_parts(waiting.pop()):
            if part.geom_type in parts:
                parts[part.geom_type].append(part)
            elif part.geom_type == "LinearRing":
                parts["LineString"].append(shapely.linestrings(shapely.get_coordinates(part)))
            else:
                waiting.append(part)
    return parts


def _text(value: Any) -> str:
    """Write a value of a column, a missing one as a dash, a long text shortened."""
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    text = f"{value:,.2f}" if isinstance(value, float) else str(value)
    return text if len(text) <= 240 else text[:237] + " …"
