"""Times sheets for print, from the call to the written file, beside the plain plot geopandas makes of the same frame."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from map_data import paint
from timing import Cost, median, table, timed

from sovietpacific import maps
from sovietpacific.atlas import Atlas

DAY = "1945-09-02"

#: What is drawn: everything, and a region of many small islands.
REGIONS = (None, "kurils")

FORMATS = ("png", "svg", "pdf")

#: Inches wide, and dots an inch: those of `maps.save`.
WIDTH, DOTS = 11.7, 170


def plain_plot(path: Path, atlas: Atlas, region: str | None) -> None:
    """Let geopandas plot the land by holder: no names, legend, lines, stripes or projection; the least a figure can take."""
    from matplotlib.figure import Figure

    frame = atlas.borders_at(DAY, region=region, detail="fine" if region else "light", context=True)
    figure = Figure(figsize=(WIDTH, WIDTH * 0.8))
    frame.plot(ax=figure.add_subplot(), color=[paint(holder) for holder in frame["holder"]], edgecolor="#6E7F8A", linewidth=0.3)
    figure.savefig(path, dpi=DOTS)


def sheet_table(atlas: Atlas, folder: Path, repeat: int) -> str:
    """Draw each sheet in turn with its plot; the first round warms what both keep."""
    costs: dict[tuple[Any, ...], list[Cost]] = defaultdict(list)
    sizes = {}
    for turn in range(repeat + 1):
        for region in REGIONS:
            for ending in FORMATS:
                ours, theirs = folder / f"ours-{region}.{ending}", folder / f"plot-{region}.{ending}"
                first = timed(lambda ours=ours, region=region: maps.save(ours, DAY, region=region))[0]
                second = timed(lambda theirs=theirs, region=region: plain_plot(theirs, atlas, region))[0]
                if turn:
                    costs[region, ending, "ours"].append(first)
                    costs[region, ending, "plot"].append(second)
                sizes[region, ending] = ours.stat().st_size, theirs.stat().st_size
    rows = []
    for (region, ending), (our_size, their_size) in sizes.items():
        ours_took, plot_took = (median(costs[region, ending, way]).wall for way in ("ours", "plot"))
        what = f"{region or 'whole'}, {ending.upper()}"
        rows.append(
            [what, f"{ours_took:.2f} s", f"{our_size / 1e3:,.0f} kB", f"{plot_took:.2f} s", f"{their_size / 1e3:,.0f} kB"]
        )
    return table(["sheet", "maps.sheet", "file", "GeoDataFrame.plot()", "file"], rows)
