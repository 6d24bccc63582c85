"""Data that is missing, damaged, or of another version is refused by name, with the remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import sovietpacific as sp
from sovietpacific import Atlas, DataDamagedError, DataNotFoundError, load_atlas
from sovietpacific.builder.document import SCHEMA as BUILT_SCHEMA
from sovietpacific.facts.store import SCHEMA, Store
from tests.support.damage import set_sum


@pytest.fixture
def data(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("geojson"))
    return tmp_path / "data"


def test_a_whole_folder_loads_and_answers(data: Path) -> None:
    assert sp.sovereignty_of("urup", "1945-08-31", atlas=load_atlas(data)).control.polities == (
        "soviet-union",
    )
    assert load_atlas(data) is load_atlas(str(data))


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(
        DataNotFoundError, match=r"nowhere/datapackage\.json is missing; .*make data"
    ):
        load_atlas(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["records.json", "atlas.parquet", "lines.parquet"])
def test_a_missing_file_is_refused_by_name(data: Path, name: str) -> None:
    (data / name).unlink()
    with pytest.raises(
        DataNotFoundError, match=f"{name} is missing; reinstall sovietpacific, or run `make data`"
    ):
        sp.borders_at("1945-09-02", atlas=Atlas(Store(data)))


@pytest.mark.parametrize("name", ["records.json", "atlas.parquet", "lines.parquet"])
@pytest.mark.parametrize("spoil", ["flip", "cut", "empty"])
def test_a_damaged_file_is_refused_by_name(data: Path, name: str, spoil: str) -> None:
    content = bytearray((data / name).read_bytes())
    if spoil == "flip":
        content[len(content) // 2] ^= 1
    (data / name).write_bytes(
        b"" if spoil == "empty" else bytes(content[:-10] if spoil == "cut" else content)
    )
    with pytest.raises(DataDamagedError, match=f"{name} is damaged"):
        sp.borders_at("1945-09-02", atlas=Atlas(Store(data)))


def test_records_of_another_version_are_refused(data: Path) -> None:
    document = json.loads((data / "records.json").read_text(encoding="utf-8"))
    (data / "records.json").write_text(
        json.dumps({**document, "version": "1999.01.0"}), encoding="utf-8"
    )
    set_sum(data, "records.json")
    with pytest.raises(
        DataDamagedError, match=r"is of version 1999\.01\.0, the rest of the data of 2026"
    ):
        load_atlas(data)


def test_records_that_lack_something_are_refused(data: Path) -> None:
    document = json.loads((data / "records.json").read_text(encoding="utf-8"))
    del document["tracts"]["urup"]["control"]
    (data / "records.json").write_text(json.dumps(document), encoding="utf-8")
    set_sum(data, "records.json")
    with pytest.raises(DataDamagedError, match=r"records\.json cannot be read: KeyError 'control'"):
        load_atlas(data)


@pytest.mark.parametrize("name", ["datapackage.json", "records.json"])
@pytest.mark.parametrize(
    ("by", "remedy"),
    [
        (1, "the data is newer than the library: install a newer sovietpacific"),
        (-1, "the data is older than the library: rebuild it with `make data`"),
    ],
)
def test_data_of_another_schema_is_refused_with_the_way_to_go(
    data: Path, name: str, by: int, remedy: str
) -> None:
    told = json.loads((data / name).read_text(encoding="utf-8"))
    (data / name).write_text(json.dumps({**told, "schema": SCHEMA + by}), encoding="utf-8")
    set_sum(data, name)
    with pytest.raises(DataDamagedError) as refused:
        load_atlas(data)
    assert f"{name} has schema {SCHEMA + by}, this library reads schema {SCHEMA}; {remedy}" in str(
        refused.value
    )


@pytest.mark.parametrize("schema", [None, str(SCHEMA), True, 2.5, [SCHEMA]])
def test_a_schema_that_is_no_whole_number_is_refused(data: Path, schema: object) -> None:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    (data / "datapackage.json").write_text(
        json.dumps({**package, "schema": schema}), encoding="utf-8"
    )
    with pytest.raises(
        DataDamagedError, match="for a schema, which is a whole number; reinstall sovietpacific"
    ):
        load_atlas(data)


def test_the_build_writes_the_schema_that_the_store_reads(root: Path) -> None:
    assert BUILT_SCHEMA == SCHEMA
    for name in ("datapackage.json", "records.json"):
        assert json.loads((root / "data" / name).read_text(encoding="utf-8"))["schema"] == SCHEMA


@pytest.mark.parametrize("content", ["", "[1]", '{"version": "x"}', "{"])
def test_a_broken_datapackage_is_refused(data: Path, content: str) -> None:
    (data / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataDamagedError, match=r"datapackage\.json"):
        load_atlas(data)
