"""Files and tables of strangers are labelled rightly or refused by one of our errors, by whatever
way they come in.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific.cli.main import main
from tests.support.hostile_files import (
    CSV,
    DAY,
    GEOJSON,
    TABLES,
    Outcome,
    collection,
    feature,
    geo,
    parquet_bytes,
    wkb,
)
from tests.support.questions import Here

#: The longest a refusal may be.
MOST = 900


def holders_in(path: Path) -> list[str | None]:
    """Give the holders a labelled file tells."""
    if path.suffix == ".geojson":
        return [
            told["properties"]["holder"]
            for told in json.loads(path.read_text(encoding="utf-8"))["features"]
        ]
    if path.suffix == ".csv":
        told = pd.read_csv(path, dtype=str, keep_default_na=False)["holder"]
        return [holder or None for holder in told]
    table = parquet.read_table(path) if path.suffix == ".parquet" else feather.read_table(path)
    return table["holder"].to_pylist()


def check_refusal(told: str, words: str) -> None:
    """Check that a refusal says these words, in one line that any terminal can show."""
    assert words in told
    assert len(told) <= MOST
    assert told.isprintable()


def check_file(source: Path, outcome: Outcome) -> None:
    """Label a file from Python and from the command line, and check what it comes to."""
    target = source.with_name(f"labelled{source.suffix}")
    ran = CliRunner().invoke(main, ["label", str(source), "-o", str(target), "--quiet"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    assert ran.exit_code == (2 if isinstance(outcome, str) else 0), ran.output
    if isinstance(outcome, str):
        with pytest.raises(sp.SovietPacificError) as refusal:
            sp.label_file(source, target)
        check_refusal(str(refusal.value).replace(str(source), source.name), outcome)
        assert [path.name for path in source.parent.iterdir()] == [source.name]
        return
    target.unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        sp.label_file(source, target)
    assert holders_in(target) == list(outcome)


@pytest.mark.parametrize("name", GEOJSON)
def test_a_geojson_file_is_labelled_or_refused(name: str, tmp_path: Path) -> None:
    content, outcome = GEOJSON[name]
    (tmp_path / "log.geojson").write_bytes(content)
    check_file(tmp_path / "log.geojson", outcome)


@pytest.mark.parametrize("name", CSV)
def test_a_csv_file_is_labelled_or_refused(name: str, tmp_path: Path) -> None:
    content, outcome = CSV[name]
    (tmp_path / "log.csv").write_bytes(content)
    check_file(tmp_path / "log.csv", outcome)


@pytest.mark.parametrize("ending", [".parquet", ".arrow"])
@pytest.mark.parametrize("name", TABLES)
def test_a_file_of_columns_is_labelled_or_refused(name: str, ending: str, tmp_path: Path) -> None:
    make, outcome = TABLES[name]
    table = make()
    if name == "texts that are no UTF-8" and ending == ".arrow":
        outcome = "cannot be read as arrow"  # Arrow itself looks at them
    source = tmp_path / f"log{ending}"
    try:
        parquet.write_table(table, source) if ending == ".parquet" else feather.write_feather(
            table, source
        )
    except pa.ArrowException:
        pytest.skip("this form has no such type")
    check_file(source, outcome)


@pytest.mark.parametrize("name", TABLES)
def test_a_stream_of_columns_is_labelled_or_refused(name: str) -> None:
    make, outcome = TABLES[name]
    if isinstance(outcome, str):
        with pytest.raises(sp.SovietPacificError) as refusal:
            sp.label_batches(make()).read_all()
        check_refusal(str(refusal.value), outcome)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        assert sp.label_batches(make()).read_all()["holder"].to_pylist() == list(outcome)


def test_a_frame_of_another_library_is_named_with_its_library() -> None:
    frame = type("DataFrame", (), {"__module__": "polars.dataframe.frame"})()
    with pytest.raises(
        sp.ColumnError, match=r"polars\.DataFrame is no DataFrame or GeoDataFrame; .* label_batches"
    ):
        sp.label(frame)


def test_a_partition_of_dask_has_words_for_nothing_and_stamps() -> None:
    dask = pytest.importorskip("dask.dataframe")
    frame = pd.DataFrame(
        {"lon": [142.74] * 3, "lat": [46.96] * 3, "date": [DAY, "NA", f"{DAY} 10:00:00"]}
    )
    with pytest.warns(sp.UnansweredWarning, match="1 without a day"):
        labelled = sp.label_dask(dask.from_pandas(frame, npartitions=1)).compute()
    assert labelled["holder"].astype(object).where(labelled["holder"].notna(), None).tolist() == [
        "japan",
        None,
        "japan",
    ]
    frame["date"] = [DAY, "soon", DAY]
    with pytest.raises(sp.DayError, match="row 1 of column 'date' is 'soon'"):
        sp.label_dask(dask.from_pandas(frame, npartitions=1)).compute()


def test_coordinates_in_geojson_come_out_as_they_went_in(tmp_path: Path) -> None:
    given = [
        feature({"type": "Point", "coordinates": [142.7400000001, 46, 3]}, x="й"),
        feature(None),
    ]
    (tmp_path / "log.geojson").write_bytes(b"\xef\xbb\xbf" + collection(*given))
    with pytest.warns(sp.UnansweredWarning, match="1 without coordinates"):
        sp.label_file(tmp_path / "log.geojson", tmp_path / "out.geojson")
    made = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert [{**one, "properties": {"date": one["properties"]["date"]}} for one in made] == given


def test_a_carriage_return_in_a_field_of_csv_comes_out_as_it_went_in(tmp_path: Path) -> None:
    note = "one\rtwo"
    (tmp_path / "log.csv").write_bytes(f'lon,lat,date,note\n142.74,46.96,{DAY},"{note}"\n'.encode())
    sp.label_file(tmp_path / "log.csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == [note]


def test_the_limit_of_fields_of_csv_is_as_before(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (tmp_path / "log.csv").write_bytes(CSV["a field of 200 kB"][0])
    sp.label_file(tmp_path / "log.csv", tmp_path / "out.csv")
    (tmp_path / "log.csv").write_bytes(CSV["a mark that is not closed"][0])
    with pytest.raises(sp.ColumnError):
        sp.label_file(tmp_path / "log.csv", tmp_path / "out.csv")
    assert csv.field_size_limit() == before


def test_rows_of_large_fields_are_labelled_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("sovietpacific.labels.text_files.BYTES", 1 << 18)
    for ending, text in (
        (".csv", ("lon,lat,date,x\n" + f"142.74,46.96,{DAY},{'x' * 9000}\n" * 500).encode()),
        (".geojson", collection(*[feature(properties={"date": DAY, "x": "x" * 9000})] * 500)),
    ):
        (tmp_path / f"log{ending}").write_bytes(text)
        sp.label_file(
            tmp_path / f"log{ending}",
            tmp_path / f"out{ending}",
            progress=lambda done, _: asked.append(done),
        )
        assert len(asked) > 3, ending
        assert holders_in(tmp_path / f"out{ending}") == ["japan"] * 500
        asked.clear()


def large_cells(rows: int, form: str) -> pa.Table:
    """Give a table whose cells take little room in a file, and much when they are read."""
    text = "x" * 400_000
    cells = {"text": [text] * rows, "list": [[text, text]] * rows, "struct": [{"a": text}] * rows}[
        form
    ]
    return pa.table(
        {"lon": [142.74] * rows, "lat": [46.96] * rows, "date": [DAY] * rows, "cells": cells}
    )


@pytest.mark.parametrize("dictionary", [True, False])
@pytest.mark.parametrize("form", ["text", "list", "struct"])
def test_large_cells_of_parquet_are_read_few_at_a_time(
    form: str, dictionary: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sovietpacific.labels import files, parquet_reading

    monkeypatch.setattr(parquet_reading, "BATCH_BYTES", 1 << 21)
    monkeypatch.setattr(files, "ROW_GROUP_BYTES", 1 << 22)
    table = large_cells(60, form)
    parquet.write_table(
        table,
        tmp_path / "log.parquet",
        row_group_size=50,
        use_dictionary=dictionary,
        compression="zstd",
    )
    with parquet_reading.open_parquet(tmp_path / "log.parquet") as file:
        batches = list(parquet_reading.read_batches(tmp_path / "log.parquet", file, range(2)))
    assert max(batch.nbytes for batch in batches) <= 1 << 21
    assert pa.Table.from_batches(batches).equals(table)
    sp.label_file(tmp_path / "log.parquet", tmp_path / "out.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").select(table.column_names).equals(table)
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups > 3


def test_small_row_groups_of_parquet_are_read_together(tmp_path: Path) -> None:
    from sovietpacific.labels import parquet_reading

    table = pa.table(
        {
            "lon": [142.74] * 3000,
            "lat": [46.96] * 3000,
            "name": ["Toyohara", "Otomari", "Maoka"] * 1000,
        }
    )
    parquet.write_table(table, tmp_path / "log.parquet", row_group_size=100)
    with parquet_reading.open_parquet(tmp_path / "log.parquet") as file:
        assert [
            len(batch)
            for batch in parquet_reading.read_batches(tmp_path / "log.parquet", file, range(30))
        ] == [3000]


#: Labels damaged copies of a file in a process of its own, which a fault in a library may end; says
#: each as it begins.
DAMAGED = """
import random, sys, warnings
from pathlib import Path
import sovietpacific as sp

warnings.simplefilter("ignore")
source, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
good, bad = source.read_bytes(), source.with_name("bad" + source.suffix)
for seed in range(first, last):
    print(seed, flush=True)
    chance, damaged = random.Random(seed), bytearray(good)
    begin = len(good) - 8 - int.from_bytes(good[-8:-4], "little") if seed % 3 and source.suffix == ".parquet" else 0
    for _ in range(chance.randint(1, 4)):
        damaged[chance.randrange(begin, len(good))] = chance.randrange(256)
    bad.write_bytes(damaged)
    try:
        sp.label_file(bad, source.with_name("out" + source.suffix))
    except sp.SovietPacificError as refusal:
        assert str(refusal).isprintable() and len(str(refusal)) < 900, refusal
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
def test_a_damaged_file_of_columns_is_refused_and_ends_no_process(
    ending: str, tmp_path: Path
) -> None:
    table = pa.table(
        {
            "lon": [142.74] * 40,
            "lat": [46.96] * 40,
            "date": [DAY] * 40,
            "name": ["Toyohara", "豊原"] * 20,
        }
    )
    source = tmp_path / f"log{ending}"
    if ending == ".parquet":
        parquet.write_table(table, source)
    elif ending == ".arrow":
        feather.write_feather(table, source)
    else:
        with pa.ipc.new_stream(source, table.schema) as writer:
            writer.write_table(table)
    ran = subprocess.run(
        [sys.executable, "-c", DAMAGED, source, "0", "1200"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"copy {ran.stdout.split()[-1]}: {ran.stderr[-1500:]}"


@pytest.mark.parametrize("packing", ["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
def test_a_parquet_file_comes_out_packed_as_it_was(packing: str, tmp_path: Path) -> None:
    table = pa.table({"lon": [142.74], "lat": [46.96], "date": [DAY]})
    parquet.write_table(table, tmp_path / "log.parquet", compression=packing)
    sp.label_file(tmp_path / "log.parquet", tmp_path / "out.parquet")
    packed = [
        parquet.ParquetFile(tmp_path / name).metadata.row_group(0).column(0).compression
        for name in ("log.parquet", "out.parquet")
    ]
    assert packed[0] == packed[1]


def test_columns_that_parquet_cannot_hold_are_refused(tmp_path: Path) -> None:
    table = pa.table(
        {
            "lon": [142.74],
            "lat": [46.96],
            "date": [DAY],
            "span": pa.array([(1, 2, 3)], pa.month_day_nano_interval()),
        }
    )
    feather.write_feather(table, tmp_path / "log.arrow")
    with pytest.raises(sp.ColumnError, match="Parquet cannot hold these columns"):
        sp.label_file(tmp_path / "log.arrow", tmp_path / "out.parquet")


def test_a_damaged_parquet_file_for_a_cluster_is_refused(tmp_path: Path) -> None:
    good = bytearray(parquet_bytes(pa.table({"lon": [142.74], "lat": [46.96], "date": [DAY]})))
    place = good.rindex(b"date")
    good[place] = 0xFF
    (tmp_path / "log.parquet").write_bytes(good)
    with pytest.raises(sp.ColumnError, match="cannot be read as parquet"):
        sp.label_file(tmp_path / "log.parquet", tmp_path / "out.parquet")
    with pytest.raises(sp.ColumnError, match="cannot be read as parquet"):
        sp.label_parquet(tmp_path / "log.parquet", tmp_path / "out", Here())


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from([DAY, "NA", "Point"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "geometry", "properties", "coordinates", "date", "crs", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def refusal_of(work: Callable[[], object]) -> str:
    """Do the work, and give how it was refused, nothing where it was not; any error but our own
    passes through.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sp.UnansweredWarning)
        try:
            work()
        except sp.SovietPacificError as refusal:
            return str(refusal)
    return ""


def check_file_of_anything(source: Path) -> None:
    """Label a file whatever it holds."""
    told = refusal_of(lambda: sp.label_file(source, source.with_name(f"out{source.suffix}")))
    check_refusal(told.replace(str(source), source.name), "")


@settings(max_examples=150, deadline=None)
@given(
    features=st.lists(
        JSON
        | st.fixed_dictionaries({"type": st.just("Feature"), "geometry": JSON, "properties": JSON}),
        max_size=3,
    ),
    crs=JSON,
)
def test_no_feature_breaks_a_label(
    features: list[Any], crs: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = tmp_path_factory.getbasetemp() / "any.geojson"
    members = {} if crs is None else {"crs": crs}
    source.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8"
    )
    check_file_of_anything(source)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60))
def test_no_bytes_break_a_csv_or_a_geojson_file(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name, text in (
        ("any.csv", content),
        ("rows.csv", b"lon,lat,date\n" + content),
        ("any.geojson", content),
        ("in.geojson", b'{"type":"FeatureCollection","features":[' + content + b"]}"),
    ):
        (folder / name).write_bytes(text)
        check_file_of_anything(folder / name)


@settings(max_examples=200, deadline=None)
@given(
    points=st.lists(
        st.none()
        | st.binary(max_size=48)
        | st.tuples(st.integers(0, 2), st.integers(0, 2**32 - 1), st.binary(max_size=40)).map(
            lambda told: bytes([told[0]]) + told[1].to_bytes(4, "little") + told[2]
        ),
        max_size=4,
    )
)
def test_no_bytes_break_what_reads_points(points: list[bytes | None]) -> None:
    check_refusal(refusal_of(lambda: sp.label_batches(wkb(*points)).read_all()), "")


@settings(max_examples=200, deadline=None)
@given(
    told=st.binary(max_size=20)
    | JSON.map(lambda crs: json.dumps({"columns": {"geometry": {"crs": crs}}}).encode())
    | JSON.map(lambda any_value: json.dumps({"columns": any_value}).encode())
)
def test_no_metadata_break_what_reads_points(told: bytes) -> None:
    holders: list[str | None] = []
    told_why = refusal_of(
        lambda: holders.extend(sp.label_batches(geo(told)).read_all()["holder"].to_pylist())
    )
    check_refusal(told_why, "")
    assert told_why or holders == ["japan"]


def test_binary_points_are_read_as_shapely_reads_them() -> None:
    import numpy as np
    import shapely

    from sovietpacific.points.binary import read_binary_points

    chance = random.Random(5)
    points, srids = [], []
    for number in range(400):
        place = [chance.uniform(-180, 180) for _ in range(chance.choice((2, 3)))]
        srids.append(chance.choice((0, 4326)))
        point = shapely.set_srid(shapely.Point(*(place if number % 9 else [])), srids[-1])
        flavor = "extended" if srids[-1] else chance.choice(("iso", "extended"))
        points.append(
            None
            if number % 7 == 3
            else shapely.to_wkb(
                point, byte_order=chance.randint(0, 1), flavor=flavor, include_srid=bool(srids[-1])
            )
        )
    for column in (
        pa.array(points),
        pa.array(points).slice(3, 90),
        pa.array(points, pa.large_binary()),
        pa.array([], pa.binary()),
    ):
        read, known = (
            read_binary_points(column, "geometry", 0),
            shapely.from_wkb(column.to_pylist()),
        )
        places = [
            (point.x, point.y) if point is not None and not point.is_empty else (np.nan, np.nan)
            for point in known
        ]
        np.testing.assert_array_equal(
            np.column_stack([read.x, read.y]), np.array(places).reshape(-1, 2)
        )
        np.testing.assert_array_equal(read.srid, np.maximum(shapely.get_srid(known), 0))
