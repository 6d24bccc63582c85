"""Whatever happens to a file of the data, the atlas answers as before or says which file is no good
and what to do.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import DataDamagedError, DataNotFoundError, load_atlas
from sovietpacific.facts.store import Store
from tests.support.damage import DATA, FILES, answers, copy_data


@pytest.fixture(scope="module")
def good_answers() -> list[Any]:
    return answers(DATA)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of good data, which each test must leave as it was."""
    return copy_data(tmp_path_factory.mktemp("damaged") / "data")


@cache
def content_of(name: str) -> bytes:
    return (DATA / name).read_bytes()


def read(data: Path, name: str) -> None:
    """Read a file of the data as the library does."""
    store = Store(data)
    if name.endswith(".parquet"):
        store.read_table(name, ["geometry"])
    elif name == "article.json":
        store.read_article()
    else:
        store.read_records()


def refused(data: Path, name: str, content: bytes | None) -> bool:
    """Put other content, or none, in the place of a file; tell whether it is refused by name and
    with what to do.
    """
    path, words = data / name, ""
    try:
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        read(data, name)
    except (DataDamagedError, DataNotFoundError) as refusal:
        words = str(refusal)
    finally:
        path.write_bytes(content_of(name))
    return str(data / name) in words and (
        "reinstall sovietpacific" in words or "install them together" in words
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_or_empty_or_another_is_refused(data: Path, name: str) -> None:
    assert refused(data, name, None)
    others = [content_of(other) for other in FILES if other != name]
    for content in (
        b"",
        b"\0" * 4096,
        b"{}",
        b"[]",
        b"null",
        b"[" * 200_000,
        b"\xff\xfe",
        b'{"a": NaN}',
        *others,
    ):
        assert refused(data, name, content)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_refused(data: Path, name: str) -> None:
    path = data / name
    path.unlink()
    path.mkdir()
    try:
        with pytest.raises(DataNotFoundError, match=f"{name} cannot be read: "):
            read(data, name)
    finally:
        path.rmdir()
        path.write_bytes(content_of(name))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_anywhere_is_refused(data: Path, name: str, share: float) -> None:
    content = content_of(name)
    assert refused(data, name, content[: min(int(len(content) * share), len(content) - 3)])


@pytest.mark.parametrize("name", FILES[1:])
@settings(max_examples=5)
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(data: Path, name: str, share: float, bit: int) -> None:
    content = bytearray(content_of(name))
    content[int(len(content) * share)] ^= 1 << bit
    assert refused(data, name, bytes(content))


@pytest.mark.slow
@settings(max_examples=8, phases=[Phase.generate])
@given(place=st.integers(0, len(content_of("datapackage.json")) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_in_the_list_of_files_is_noticed_or_does_no_harm(
    data: Path, good_answers: list[Any], place: int, bit: int
) -> None:
    content = bytearray(content_of("datapackage.json"))
    content[place] ^= 1 << bit
    (data / "datapackage.json").write_bytes(content)
    try:
        found, words = answers(data), ""
    except (DataDamagedError, DataNotFoundError) as refusal:
        found, words = [], str(refusal)
    finally:
        (data / "datapackage.json").write_bytes(content_of("datapackage.json"))
    assert str(data) in words or found == good_answers


def test_data_is_not_answered_from_before_it_was_damaged(tmp_path: Path) -> None:
    data = copy_data(tmp_path / "data")
    (data / "records.json").write_bytes(b"{}")
    for _ in range(2):
        with pytest.raises(DataDamagedError):
            load_atlas(data)
    (data / "records.json").write_bytes(content_of("records.json"))
    assert sp.sovereignty_of("urup", "1950-01-01", atlas=load_atlas(data)).control.lineages == (
        "russia",
    )
