"""Asks an installed sovietpacific a question of each kind and draws a map of each kind, in every
environment of `make packages`.

It runs alone (`python -I smoke.py`), with nothing but the library and what that needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import dask.dataframe
import pandas
import pyarrow

import sovietpacific as sp
from sovietpacific.exports import LAYOUTS

DAY, REGION = "1945-09-02", "kurils.south"


def ask() -> None:
    """Put every question."""
    answer = sp.sovereignty_of("Etorofu", "1945-08-28", view="japan")
    assert answer.control.polities == ("soviet-union",)
    assert answer.state_map is not None
    assert "Iturup" in answer._repr_html_()
    frame = sp.borders_at(DAY)
    assert 1e7 < frame["area_km2"].sum() < 2e7
    assert type(frame[frame["holder"] == "russia"]) is type(frame)
    assert len(sp.tracts_at(DAY, region=REGION)) > 5
    assert {"edge", "front"} <= set(sp.lines_at("1951-07-10")["status"])
    assert sp.history_of((147.9, 45.0))["since"].iloc[0] == "1855-01-01"
    assert sp.changes_between("1945-08-30", "1945-08-31", region="kurils")["tracts"].tolist() == [
        "urup"
    ]
    assert len(sp.epochs("title")) > 10
    for register in (sp.instruments(), sp.polities(), sp.places("Dairen"), sp.sources()):
        assert len(register) > 1


def label(folder: Path) -> None:
    """Label frames, streams and files of every form."""
    log = pandas.DataFrame(
        {
            "lon": [142.74, 126.55, 147.0],
            "lat": [46.96, 37.97, 44.3],
            "date": ["1905-07-01", "1949-06-01", DAY],
        }
    )
    tracts = ["yuzhno-sakhalinsk", "kaesong"]
    labelled = sp.label(log)
    assert labelled["tract"].tolist()[:2] == tracts
    assert labelled["holder"].tolist()[:2] == ["russia", "rok"]
    assert labelled["holder"].isna().tolist() == [False, False, True]
    snapped = sp.label(log, snap_km=50.0)
    assert snapped["distance_km"].gt(10).tolist() == [False, False, True]
    assert snapped["holder"].iloc[2] == "russia"
    stream = sp.label_batches(pyarrow.Table.from_pandas(log))
    assert stream.read_all()["tract"].to_pylist()[:2] == tracts
    from_pandas: Any = dask.dataframe.from_pandas
    on_a_cluster = sp.label_dask(from_pandas(log, npartitions=2)).compute(scheduler="synchronous")  # type: ignore[no-untyped-call]
    assert on_a_cluster["tract"].tolist()[:2] == tracts
    log.to_csv(folder / "log.csv", index=False)
    log.to_parquet(folder / "log.parquet")
    log.to_feather(folder / "log.arrow")
    for form, read in (
        ("csv", pandas.read_csv),
        ("parquet", pandas.read_parquet),
        ("arrow", pandas.read_feather),
    ):
        sp.label_file(folder / f"log.{form}", folder / f"labelled.{form}")
        assert read(folder / f"labelled.{form}")["tract"].tolist()[:2] == tracts
    feature = {
        "type": "Feature",
        "properties": {"date": "1905-07-01"},
        "geometry": {"type": "Point", "coordinates": [142.74, 46.96]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    (folder / "log.geojson").write_text(json.dumps(collection), encoding="utf-8")
    sp.label_file(folder / "log.geojson", folder / "labelled.geojson")
    document = json.loads((folder / "labelled.geojson").read_text(encoding="utf-8"))
    assert document["features"][0]["properties"]["tract"] == tracts[0]


def draw(folder: Path) -> None:
    """Draw every kind of map into every kind of file."""
    for ending in ("html", "png", "svg", "pdf"):
        assert sp.maps.save(folder / f"day.{ending}", DAY, region=REGION).stat().st_size > 10_000
    sp.maps.save_comparison(folder / "two.html", "1945-08-01", DAY, region=REGION)
    sp.maps.save_comparison(folder / "two.png", "1945-08-01", DAY, region=REGION)
    sp.maps.save_timeline(folder / "all.html", region=REGION)
    sp.maps.sheets(["1905-01-01", DAY], region=REGION).savefig(folder / "small.png")
    sp.maps.sheet(DAY, around=("Nomonhan", 60)).savefig(folder / "window.png")
    for ending in ("gif", "webp", "mp4"):
        sp.maps.animate(
            folder / f"film.{ending}", "1945-08-27", "1945-08-29", region=REGION, width=320
        )
    frame = sp.borders_at(DAY, region=REGION)
    for page in (frame.map(), frame.explore()):
        assert "leaflet" in page.get_root().render()
    assert frame.plot().figure is not None


def export(folder: Path) -> None:
    """Write every layout in every form."""
    for layout, endings in LAYOUTS.items():
        for ending in endings:
            path = sp.export(folder / f"{layout}{ending}", layout, region=REGION, detail="light")
            assert path.stat().st_size > 500
    rows = pandas.read_csv(folder / "tenures.csv")
    assert "1945-08-28" in set(rows.loc[rows["tract"] == "iturup", "since"])


def command(folder: Path) -> None:
    """Run the command line as it was installed."""
    program = Path(sys.executable).with_name("sovietpacific")
    ran = subprocess.run(
        [program, "who", "Urup", "1950-01-01", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"standing": "administered"' in ran.stdout
    refused = subprocess.run(
        [program, "at", "1840-01-01"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "the first day of this atlas" in refused.stderr


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        ask()
        label(Path(name))
        draw(Path(name))
        export(Path(name))
        command(Path(name))
    sys.stdout.write(f"{sp.load_atlas().version} from {Path(sp.__file__).parent}\n")
