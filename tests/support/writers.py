"""Every way in which the library writes a file, by what it writes, in the least size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet

import sovietpacific as sp
from sovietpacific import maps
from tests.support.questions import POINTS

DAYS = ("1945-08-30", "1945-09-02")


def write_sources(folder: Path, rows: int = 2) -> None:
    """Write points to label, `points` with each ending."""
    points = {name: (values * rows)[:rows] for name, values in POINTS.items()}
    frame, table = pd.DataFrame(points), pa.table(points)
    frame.to_csv(folder / "points.csv", index=False)
    frame.to_csv(folder / "points.tsv", index=False, sep="\t")
    parquet.write_table(table, folder / "points.parquet")
    feather.write_feather(table, folder / "points.arrow", compression="uncompressed")
    with ipc.new_stream(folder / "points.arrows", table.schema) as stream:
        stream.write_table(table)
    features = (
        f'{{"type":"Feature","properties":{{"date":"{day}"}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}'
        for lon, lat, day in zip(*points.values(), strict=True)
    )
    text = '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
    (folder / "points.geojson").write_text(text, encoding="utf-8")


def _label(ending: str) -> Callable[[Path, Path], object]:
    return lambda folder, target: sp.label_file(folder / f"points{ending}", target)


def _save(_: Path, target: Path) -> object:
    around = None if target.suffix == ".html" else ("Iturup", 60)
    return maps.save(target, DAYS[1], region=None if around else "kurils.south", around=around)


def _compare(_: Path, target: Path) -> object:
    around = None if target.suffix == ".html" else ("Iturup", 60)
    return maps.save_comparison(
        target, *DAYS, region=None if around else "kurils.south", around=around
    )


def _animate(_: Path, target: Path) -> object:
    return maps.animate(target, *DAYS, around=("Iturup", 60), width=320)


def _export(layout: str) -> Callable[[Path, Path], object]:
    return lambda _, target: sp.export(target, layout, region="kurils.south", detail="light")


#: What writes a file of a name: given a folder with points, and the file. Names tell what is
#: written, and have its ending.
WRITERS: dict[str, Callable[[Path, Path], object]] = {
    **{
        f"label{ending}": _label(ending)
        for ending in (".csv", ".tsv", ".geojson", ".parquet", ".arrow", ".arrows")
    },
    **{f"map{ending}": _save for ending in (".html", ".png", ".svg", ".pdf")},
    "timeline.html": lambda _, target: maps.save_timeline(target, region="kurils.south"),
    **{f"compare{ending}": _compare for ending in (".html", ".svg")},
    **{f"film{ending}": _animate for ending in (".gif", ".webp", ".mp4")},
    **{
        f"tenures{ending}": _export("tenures")
        for ending in (".geojson", ".gpkg", ".parquet", ".topojson", ".csv")
    },
    "tracts.geojson": _export("tracts"),
    "openhistoricalmap.geojson": _export("openhistoricalmap"),
    "cshapes.csv": _export("cshapes"),
    "linked-places.jsonld": _export("linked-places"),
}
#: One of each kind that is written in no time.
QUICK = ["label.csv", "label.parquet", "tenures.csv"]
