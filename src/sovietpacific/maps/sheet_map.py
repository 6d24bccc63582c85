"""Draws one day as a sheet for print: equal-area, neutral colours, every island seen, view, day, data and credit printed."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from sovietpacific.atlas import Atlas
from sovietpacific.loading import load_atlas
from sovietpacific.maps import style
from sovietpacific.maps.projection import WORDS, project, project_shape, window_around

if TYPE_CHECKING:
    import geopandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The rim of the Pacific a whole sheet shows, in degrees: west, south, east, north.
RIM = (108.0, 33.5, 156.0, 54.5)

#: Land smaller than this on the sheet gets a casing in its holder's colour, so that it is seen (square inches).
SMALL_INCHES = 0.012

#: Width of the stripes, in points.
STRIPE_POINTS = 2.6

#: A closed edge shorter than this on the sheet, around a town, says less than the blot it makes (inches).
SHORT_INCHES = 0.2

#: A line of the legend is broken after so many signs.
LEGEND_SIGNS = 44

_SEAS = (
    ("Sea of\nOkhotsk", 149.5, 53.3),
    ("Sea of\nJapan", 134.8, 39.7),
    ("Pacific Ocean", 150.5, 42.2),
    ("Yellow\nSea", 123.3, 35.8),
)
_LANDS = (("Sakhalin", 145.4, 49.4), ("Kuril Islands", 153.2, 45.6), ("Hokkaido", 142.8, 43.3), ("Manchuria", 126.3, 46.6))
_MORE_LANDS = (("Korea", 127.6, 38.9), ("Outer Mongolia", 110.8, 46.6), ("Primorye", 135.5, 45.6), ("Honshu", 138.9, 36.4))


def sheet(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    width: float = 11.7,
    atlas: Atlas | None = None,
) -> Figure:
    """Draw the map of one day as a matplotlib Figure, to be saved as PNG, SVG or PDF.

    `region` draws the land of one region at its own scale; `width` is in inches.  Land is filled in its holder's colour, striped
    on the sovereign's where it is another's; solid lines part sovereigns, dashed ones holders, fine dashes run at sea.  Raises
    what `Atlas.borders_at` raises.
    """
    from matplotlib.figure import Figure

    atlas = atlas or load_atlas()
    borders = atlas.borders_at(when, view=view, detail="fine" if region else "light", context=True)
    window = _window(atlas, region)
    height = width * 0.91 * (window[3] - window[1]) / (window[2] - window[0])
    figure = Figure(figsize=(width, height + 1.75))
    axes = figure.add_axes((0.045, 0.72 / (height + 1.75), 0.91, height / (height + 1.75)))
    _dress(axes, window, region is None)
    per_inch = (window[2] - window[0]) / (width * 0.91)
    seen = _draw_land(axes, borders, window, per_inch)
    _draw_lines(axes, atlas, when, view, window, per_inch)
    if region is None:
        _draw_names(axes, window)
    _draw_legend(axes, atlas, seen)
    _draw_scale(axes, window)
    day = borders.attrs["day"]
    place = f"{atlas.region_names[region]}: w" if region else "W"
    _draw_words(figure, title or f"{place}ho held what on {_long_day(day)}", view, atlas, height + 1.75)
    return figure


def _window(atlas: Atlas, region: str | None) -> tuple[float, float, float, float]:
    if region is None:
        west, south, east, north = window_around(*RIM)
        return west, south, east - 0.02 * (east - west), north - 0.10 * (north - south)
    boxes = np.array([tract.bbox for tract in atlas.tracts.values() if tract.judged and tract.lies_in(region)])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    left, bottom, right, top = window_around(west, south, east, north, margin=0.06)
    high, wide = top - bottom, right - left
    grow = max(0.0, 0.55 * wide - high) / 2, max(0.0, 1.15 * high - wide) / 2  # neither a strip nor a tower
    return left - grow[1], bottom - grow[0], right + grow[1], top + grow[0]


def _dress(axes: Axes, window: tuple[float, float, float, float], whole: bool) -> None:
    axes.set_facecolor(style.SEA)
    axes.set(xlim=(window[0], window[2]), ylim=(window[1], window[3]), xticks=[], yticks=[])
    axes.set_aspect("equal")
    step = 5 if whole else 1
    for lon in range(60, 181, step):
        axes.plot(*project(np.full(80, lon), np.linspace(24, 66, 80)), color="#B9CAD3", linewidth=0.45, zorder=0.6)
    for lat in range(24, 67, step):
        axes.plot(*project(np.linspace(58, 180, 200), np.full(200, lat)), color="#B9CAD3", linewidth=0.45, zorder=0.6)
    for spine in axes.spines.values():
        spine.set(linewidth=1.1, edgecolor=style.INK)


def _draw_land(
    axes: Axes, borders: geopandas.GeoDataFrame, window: tuple[float, float, float, float], per_inch: float
) -> list[dict[str, Any]]:
    """Fill the land and give the rows that are seen, for the legend."""
    frame, seen = shapely.box(*window), []
    for row in borders.to_dict("records"):
        shown = [part for part in shapely.get_parts(project_shape(row["geometry"])) if part.intersects(frame)]
        if not shown:
            continue
        land = style.fill_of(row["holder"], row["standing"], row["sovereign"])
        hatch = ("\\\\\\" if land.leaning_left else "///") if land.stripe else None
        _add_patches(axes, shown, facecolor=land.base, edgecolor=land.stripe or land.base, hatch=hatch, linewidth=0.0, zorder=2)
        small = [part for part in shown if part.area / per_inch**2 < SMALL_INCHES]
        if small and row["standing"] != "context":
            colour = land.stripe or land.base
            _add_patches(axes, small, facecolor=colour, edgecolor=style.COAST, linewidth=2.6, zorder=1.7)
            _add_patches(axes, small, facecolor=colour, edgecolor=colour, linewidth=2.0, zorder=1.8)
        _add_patches(axes, shown, facecolor="none", edgecolor=style.COAST, linewidth=0.3, zorder=3)
        if row["standing"] != "context":
            seen.append(row)
    return seen


def _add_patches(axes: Axes, polygons: list[Any], **look: Any) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    paths = [
        Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in shapely.get_rings(polygon)))
        for polygon in polygons
    ]
    if look.get("hatch"):  # a collection shares one hatch, a patch per row keeps the stripes of neighbours apart
        patch = PathPatch(Path.make_compound_path(*paths), **look)
        patch.set_hatch_linewidth(STRIPE_POINTS)
        axes.add_patch(patch)
    else:
        axes.add_collection(PathCollection(paths, **look), autolim=False)


def _draw_lines(
    axes: Axes, atlas: Atlas, when: Any, view: str, window: tuple[float, float, float, float], per_inch: float
) -> None:
    """Draw lines between sovereigns solid, between mere holders dashed, at sea in fine dashes."""
    solid = style.parting(atlas.lines_at(when, view="sovereignty" if view == "control" else view))
    drawn = {(row["left_tract"], row["right_tract"], row["line"]) for row in solid}
    layers = [(row, row["kind"] == "sea", False) for row in solid]
    if view == "control":
        for row in style.parting(atlas.lines_at(when, view=view)):
            if (row["left_tract"], row["right_tract"], row["line"]) not in drawn:
                layers.append((row, row["kind"] == "sea", True))
    for row, at_sea, dashed in layers:
        shape = project_shape(row["geometry"])
        parts = shapely.get_parts(shape)
        if shape.length < SHORT_INCHES * per_inch and shapely.is_ring(parts).all():
            continue
        for part in parts:
            x, y = shapely.get_coordinates(part).T
            if at_sea:
                axes.plot(x, y, color="#4A6C86", linewidth=0.8, linestyle=(0, (2, 2)), zorder=3.5)
                continue
            axes.plot(x, y, color="white", linewidth=2.4, alpha=0.75, zorder=3.9)
            axes.plot(x, y, color=style.INK, linewidth=1.0, linestyle=(0, (4, 2)) if dashed else "-", zorder=4)
    axes.set(xlim=(window[0], window[2]), ylim=(window[1], window[3]))


def _draw_names(axes: Axes, window: tuple[float, float, float, float]) -> None:
    from matplotlib.patheffects import withStroke

    looks: tuple[tuple[tuple[tuple[str, float, float], ...], dict[str, Any]], ...] = (
        (_SEAS, {"fontsize": 11, "color": "#44708C", "style": "italic", "family": "serif"}),
        (_LANDS + _MORE_LANDS, {"fontsize": 9, "color": style.INK, "fontweight": "bold"}),
    )
    for names, look in looks:
        for name, lon, lat in names:
            x, y = project(lon, lat)
            if window[0] < x < window[2] and window[1] < y < window[3]:
                halo = [withStroke(linewidth=2.2, foreground="white", alpha=0.85)]
                axes.text(x, y, name, ha="center", va="center", zorder=6, path_effects=halo, **look)


def _draw_legend(axes: Axes, atlas: Atlas, rows: list[dict[str, Any]]) -> None:
    """List each fill on the map once, the plain ones first, the larger before the smaller."""
    from matplotlib import rc_context
    from matplotlib.patches import Patch

    entries: dict[str, tuple[float, Patch]] = {}
    for row in rows:
        land = style.fill_of(row["holder"], row["standing"], row["sovereign"])
        words = style.words_of(row, atlas.lineages, atlas.polity_names)
        hatch = ("\\\\\\" if land.leaning_left else "///") if land.stripe else None
        patch = Patch(facecolor=land.base, edgecolor=land.stripe or "#777777", hatch=hatch, linewidth=0 if hatch else 0.5)
        area = row["area_km2"] + entries[words][0] if words in entries else row["area_km2"]
        entries[words] = (area, patch)
    ordered = sorted(entries.items(), key=lambda entry: (bool(entry[1][1].get_hatch()), -entry[1][0]))
    look: dict[str, Any] = {"fontsize": 7, "framealpha": 0.94, "edgecolor": style.INK, "fancybox": False, "loc": "lower right"}
    space: dict[str, Any] = {"handlelength": 2.2, "handleheight": 1.2, "borderpad": 0.8, "labelspacing": 0.45}
    broken = [fill(words, LEGEND_SIGNS) for words, _ in ordered]
    with rc_context({"hatch.linewidth": STRIPE_POINTS}):
        legend = axes.legend([patch for _, (_, patch) in ordered], broken, **look, **space)
    legend.set_zorder(8)


def _draw_scale(axes: Axes, window: tuple[float, float, float, float]) -> None:
    wide = window[2] - window[0]
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step * 1000 <= wide * 0.16)
    x, y = window[0] + wide * 0.02 + length * 1000, window[1] + (window[3] - window[1]) * 0.03
    axes.plot([x - length * 1000, x], [y, y], color=style.INK, linewidth=2.2, solid_capstyle="butt", zorder=8)
    axes.text(
        x - length * 500, y + (window[3] - window[1]) * 0.012, f"{length} km", ha="center", va="bottom", fontsize=7.5, zorder=8
    )


def _draw_words(figure: Figure, title: str, view: str, atlas: Atlas, height: float) -> None:
    figure.text(0.045, 1 - 0.42 / height, title, fontsize=18, fontweight="bold", color=style.INK, va="center", parse_math=False)
    words = f"{style.words_of_view(view, atlas.views)}.  Stripes: land that is another's, in common, shared or contested."
    figure.text(0.045, 1 - 0.78 / height, words, fontsize=9, color="#444444", va="center")
    lines = "Solid lines part sovereigns, dashed lines holders, fine dashes run at sea.  No position is taken on any claim."
    figure.text(0.045, 0.46 / height, f"{lines}  {WORDS}.", fontsize=6.8, color="#444444", va="center")
    figure.text(
        0.045,
        0.24 / height,
        f"{atlas.credit}.  Sources of every change: sovietpacific history PLACE.",
        fontsize=6.8,
        color="#444444",
    )


def _long_day(day: str) -> str:
    from datetime import date

    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%B %Y}"
