"""Files of points come out labelled, with all else in them as it was, or not at all."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

import sovietpacific as sp
from sovietpacific.cli.main import main
from sovietpacific.labels.ahead import ahead

COLUMNS = ["tract", "holder", "lineage", "standing", "sovereign", "certainty"]


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    draw = np.random.default_rng(3)
    rows = 3000
    return pd.DataFrame(
        {
            "ship": draw.choice(["Нева", 'the "Diana"', "三笠, 2nd", ""], rows),
            "lon": draw.uniform(124, 150, rows).round(3),
            "lat": draw.uniform(36, 51, rows).round(3),
            "date": (np.datetime64("1855-01-01") + draw.integers(0, 62_000, rows)).astype(
                "datetime64[s]"
            ),
            "depth": draw.normal(size=rows),
        }
    )


def texts(frame: pd.DataFrame, column: str) -> list[str]:
    return frame[column].astype(object).fillna("").tolist()


@pytest.fixture
def table(log: pd.DataFrame) -> pa.Table:
    made = pa.Table.from_pandas(log.assign(date=log["date"].dt.date), preserve_index=False)
    return made.replace_schema_metadata({b"whose": b"ours"})


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
def test_a_file_of_columns_keeps_its_columns_types_and_metadata(
    log: pd.DataFrame, table: pa.Table, tmp_path: Path, ending: str
) -> None:
    source, target = tmp_path / f"log{ending}", tmp_path / f"labelled{ending}"
    if ending == ".parquet":
        parquet.write_table(
            table, source, row_group_size=700, compression="gzip", use_dictionary=["ship"]
        )
    elif ending == ".arrow":
        feather.write_feather(table, source, chunksize=700)
    else:
        with pa.ipc.new_stream(source, table.schema) as writer:
            writer.write_table(table, 700)
    sp.label_file(source, target)
    made = {
        ".parquet": lambda: parquet.read_table(target),
        ".arrow": lambda: feather.read_table(target),
        ".arrows": lambda: pa.ipc.open_stream(target.read_bytes()).read_all(),
    }[ending]()
    assert made.select(table.column_names).equals(table)
    assert made.schema.metadata[b"whose"] == b"ours"
    assert json.loads(made.schema.metadata[b"sovietpacific"])["view"] == "control"
    expected, frame = sp.label(log), made.to_pandas()
    for column in COLUMNS:
        assert texts(frame, column) == texts(expected, column)
    if ending == ".parquet":
        packed = parquet.ParquetFile(target).metadata.row_group(0)
        assert {packed.column(index).compression for index in range(packed.num_columns)} == {"GZIP"}
        assert [packed.column(index).has_dictionary_page for index in range(5)] == [
            True,
            False,
            False,
            False,
            False,
        ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([source.name, target.name])


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_every_text_of_a_csv_file_stays_as_it_was(
    log: pd.DataFrame, tmp_path: Path, ending: str
) -> None:
    source, target = tmp_path / f"log{ending}", tmp_path / f"labelled{ending}"
    mark = "\t" if ending == ".tsv" else ","
    log.assign(
        lon=log["lon"].map("{:.4f}".format), date=log["date"].dt.strftime("%Y-%m-%d")
    ).to_csv(source, index=False, sep=mark)
    sp.label_file(source, target, snap_km=30)
    before, after = (
        list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter=mark))
        for path in (source, target)
    )
    assert [row[:5] for row in after] == before
    assert after[0][5:] == [*COLUMNS, "distance_km"]
    expected = sp.label(log, snap_km=30)
    for place, column in enumerate(COLUMNS, start=5):
        assert [row[place] for row in after[1:]] == texts(expected, column)
    assert [float(row[-1] or "nan") for row in after[1:]] == pytest.approx(
        expected["distance_km"].tolist(), nan_ok=True
    )


def feature(lon: float, lat: float, day: str | None, **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": 7,
        "geometry": {"type": "Point", "coordinates": [lon, lat, 3]},
        "properties": {"date": day, **more},
    }


def test_geojson_keeps_all_members_and_gains_properties(tmp_path: Path) -> None:
    source, target = tmp_path / "log.geojson", tmp_path / "labelled.geojson"
    nested = {"a": [1, {"b": None}], "c": "й"}
    given = {
        "type": "FeatureCollection",
        "name": "log",
        "features": [
            feature(142.7, 47.0, "1945-08-01", deep=nested),
            feature(142.7, 47.0, None),
            feature(-150.0, 0.0, "1945-08-01"),
        ],
        "bbox": [0, 1, 2, 3],
        "more": nested,
    }
    source.write_text(json.dumps(given), encoding="utf-8")
    with pytest.warns(sp.UnansweredWarning, match="1 without a day"):
        sp.label_file(source, target)
    made = json.loads(target.read_text(encoding="utf-8"))
    assert {name: made[name] for name in ("type", "name", "bbox", "more")} == {
        name: given[name] for name in ("type", "name", "bbox", "more")
    }
    for before, after in zip(given["features"], made["features"], strict=True):
        assert {**after, "properties": None} == {**before, "properties": None}
        assert after["properties"].items() >= before["properties"].items()
    assert [told["properties"]["holder"] for told in made["features"]] == ["japan", None, None]


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("log.csv", "lon,lat,date\n142.7,47.0\n", sp.ColumnError, "line 2 has 2 fields"),
        (
            "log.csv",
            "lon,lat,date\n142.7,47.0,1945-08-01\neast,47.0,1945-08-01\n",
            sp.ColumnError,
            "row 1 of column 'lon' is 'east'",
        ),
        (
            "log.csv",
            "lon,lat,date\n142.7,47.0,1945-8-1\n",
            sp.DayError,
            "row 0 of column 'date' is '1945-8-1'",
        ),
        (
            "log.csv",
            "x,lat,date\n142.7,47.0,1945-08-01\n",
            sp.ColumnError,
            "no column is called 'lon'",
        ),
        (
            "log.csv",
            "lon,lat,date,holder\n142.7,47.0,1945-08-01,me\n",
            sp.ColumnError,
            "already a column called 'holder'",
        ),
        (
            "log.csv",
            'lon,lat,date\n"142.7,47.0,1945-08-01\n',
            sp.ColumnError,
            "cannot be read as CSV",
        ),
        ("log.csv", "", sp.ColumnError, "no column is called 'lon'"),
        ("log.geojson", '{"type": "Feature"}', sp.ColumnError, "no GeoJSON FeatureCollection"),
        (
            "log.geojson",
            '{"type": "FeatureCollection", "features": [',
            sp.ColumnError,
            "cannot be read as GeoJSON",
        ),
        (
            "log.geojson",
            json.dumps(
                {"type": "FeatureCollection", "features": [feature(1.0, 2.0, None, tract="x")]}
            ),
            sp.ColumnError,
            "'tract'",
        ),
        ("log.parquet", "no parquet", sp.ColumnError, "cannot be read as parquet"),
    ],
)
def test_a_file_that_cannot_be_labelled_is_refused_and_leaves_nothing(
    tmp_path: Path, name: str, text: str, error: type[Exception], words: str
) -> None:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    target = tmp_path / "out" / name
    target.parent.mkdir()
    target.write_text("older", encoding="utf-8")
    with pytest.raises(error, match=words):
        sp.label_file(source, target)
    assert [path.name for path in target.parent.iterdir()] == [name]
    assert target.read_text(encoding="utf-8") == "older"


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_one_who_breaks_off_the_work_finds_no_half_file(
    table: pa.Table, log: pd.DataFrame, tmp_path: Path, ending: str
) -> None:
    source, target = tmp_path / f"log{ending}", tmp_path / f"labelled{ending}"
    if ending == ".parquet":
        parquet.write_table(table, source)
    else:
        log.assign(date=log["date"].dt.strftime("%Y-%m-%d")).to_csv(source, index=False)

    def break_off(done: int, total: int) -> None:
        assert 0 < done <= total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sp.label_file(source, target, progress=break_off)
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_forms_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "log.csv"
    source.write_text("lon,lat,date\n", encoding="utf-8")
    with pytest.raises(sp.OptionError, match="CSV stays CSV"):
        sp.label_file(source, tmp_path / "log.parquet")
    with pytest.raises(sp.OptionError, match="file ending"):
        sp.label_file(source, tmp_path / "log.xlsx")
    with pytest.raises(sp.OptionError, match="over itself"):
        sp.label_file(source, source)


def test_the_command_writes_the_file_and_says_what_had_no_answer(tmp_path: Path) -> None:
    source, target = tmp_path / "log.csv", tmp_path / "out.csv"
    source.write_text("x,y,day\n142.7,47.0,1945-08-01\n142.7,47.0,\n", encoding="utf-8")
    names = [
        "--lon",
        "x",
        "--lat",
        "y",
        "--day",
        "day",
        "--columns",
        "polity,instrument",
        "--prefix",
        "t_",
        "--view",
        "title",
    ]
    ran = CliRunner().invoke(main, ["label", str(source), "-o", str(target), *names])
    assert ran.exit_code == 0, ran.output
    assert "of 2 rows some have no answer: 1 without a day" in ran.stderr
    assert target.read_text(encoding="utf-8").splitlines() == [
        "x,y,day,t_polity,t_instrument",
        "142.7,47.0,1945-08-01,empire-of-japan,portsmouth-1905",
        "142.7,47.0,,,",
    ]
    wrong = CliRunner().invoke(main, ["label", str(source), "-o", str(target)])
    assert (wrong.exit_code, "no column is called 'lon'" in wrong.stderr) == (2, True)


def test_what_goes_wrong_in_a_stage_is_raised_where_its_items_are_taken() -> None:
    def items() -> Any:
        yield 1
        raise KeyboardInterrupt

    taken = []
    with pytest.raises(KeyboardInterrupt):
        for item in ahead(items()):
            taken.append(item)
    assert taken == [1]


def test_a_stage_that_nobody_takes_from_any_more_ends() -> None:
    ended = []

    def items() -> Any:
        try:
            yield from range(1000)
        finally:
            ended.append(True)

    stage = ahead(items())
    assert next(stage) == 0
    stage.close()
    del stage
    assert ended == [True]


CLUSTER = """
import sys
import dask.dataframe
import pyarrow.parquet
from dask.distributed import Client, LocalCluster
import sovietpacific

if __name__ == "__main__":
    source, folder = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
        files = sovietpacific.label_parquet(source, folder, client, groups_a_file=2)
        assert len(files) == 3, files
        whole = sovietpacific.label(pyarrow.parquet.read_table(source).to_pandas())
        for made in (pyarrow.parquet.read_table(folder).to_pandas(), sovietpacific.label_dask(dask.dataframe.read_parquet(source)).compute()):
            for column in whole.columns:
                assert made[column].astype(object).fillna("").tolist() == whole[column].astype(object).fillna("").tolist(), column
        try:
            sovietpacific.label_parquet(source, folder, client)
        except sovietpacific.OptionError as refused:
            assert "is not empty" in str(refused)
        else:
            raise AssertionError("a folder that holds files was written to")
"""


@pytest.mark.slow
def test_two_processes_of_a_cluster_give_the_same_rows(table: pa.Table, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    parquet.write_table(table, tmp_path / "log.parquet", row_group_size=600)
    (tmp_path / "cluster.py").write_text(CLUSTER, encoding="utf-8")
    # A process of its own: the workers are reached over the loopback, which the tests' guard
    # against the network refuses too.
    command = [sys.executable, "cluster.py", "log.parquet", "labelled"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("bad", "error", "said"),
    [
        (
            "142.7,47.0,1945-13-01,",
            sp.DayError,
            "line {line}: row {row} of column 'date' is '1945-13-01', not a day",
        ),
        (
            "142.7,east,1945-09-02,",
            sp.ColumnError,
            "line {line}: row {row} of column 'lat' is 'east', not a number",
        ),
        (
            "46.96,142.74,1945-09-02,",
            sp.PlaceError,
            "line {line}: 'lon' and 'lat' look swapped: row {row} has longitude 46.96",
        ),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 5, 40_000])
def test_a_refusal_names_the_line_of_a_csv_as_its_user_counts(
    tmp_path: Path, bad: str, error: type[Exception], said: str, before: int
) -> None:
    many = (
        before if error is not sp.PlaceError else 0
    )  # a chunk with more good points than swapped ones is not refused
    lines = [
        "lon,lat,date,note",
        *["142.7,47.0,1945-09-02,"] * many,
        '1.0,2.0,1945-09-02,"two\nlines"',
        bad,
    ]
    source = tmp_path / "points.csv"
    source.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(error, match=said.format(line=many + 4, row=many + 1)):
        sp.label_file(source, tmp_path / "labelled.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["points.csv"]


def test_a_byte_order_mark_after_blank_lines_is_no_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(
        "\n\r\n\ufefflon,lat,date\n142.74,46.96,1905-07-01\n".encode()
    )
    sp.label_file(tmp_path / "in.csv", tmp_path / "out.csv", columns=["holder"])
    assert (tmp_path / "out.csv").read_text(
        encoding="utf-8"
    ) == "lon,lat,date,holder\n142.74,46.96,1905-07-01,russia\n"
