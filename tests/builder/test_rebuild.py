"""The committed data is what the committed seeds give: rebuilding writes the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sovietpacific.builder.pipeline import _stale as is_stale
from sovietpacific.builder.pipeline import build, check
from sovietpacific.builder.write import relative_files, sha256_of

ROOT = Path(__file__).parents[2]


def test_the_committed_data_says_that_it_was_built_from_the_committed_seeds(tmp_path: Path) -> None:
    assert is_stale(ROOT / "seeds", ROOT / "data") == []
    (tmp_path / "seeds").mkdir()
    assert is_stale(tmp_path / "seeds", ROOT / "data") == [
        "data/ was built from other seeds than those in seeds/; run `make data`"
    ]


@pytest.mark.slow
def test_the_committed_seeds_and_data_pass_every_check() -> None:
    assert check(ROOT / "seeds", ROOT / "data") == []


@pytest.mark.slow
def test_a_changed_seed_is_noticed(tmp_path: Path) -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["seeds_sha256"] = "0" * 64
    for path in relative_files(ROOT / "data"):
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).symlink_to(ROOT / "data" / path)
    (tmp_path / "data" / "datapackage.json").unlink()
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert check(ROOT / "seeds", tmp_path / "data") == [
        "data/ was built from other seeds than those in seeds/; run `make data`"
    ]


@pytest.mark.slow
def test_rebuilding_from_the_seeds_gives_the_same_bytes(tmp_path: Path) -> None:
    build(ROOT / "seeds", tmp_path / "data")
    assert relative_files(tmp_path / "data") == relative_files(ROOT / "data")
    for path in relative_files(ROOT / "data"):
        assert sha256_of(tmp_path / "data" / path) == sha256_of(ROOT / "data" / path), path
