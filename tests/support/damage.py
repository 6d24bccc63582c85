"""Damages a copy of the data in a chosen way, makes its checksums right again where asked, and puts
questions to it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.audit import audit_article
from sovietpacific.facts.store import Store

DATA = Path(__file__).parents[2] / "data"
#: The files of the data that the library reads.
FILES = ("datapackage.json", "records.json", "atlas.parquet", "lines.parquet", "article.json")


def copy_data(folder: Path) -> Path:
    """Copy what the library reads into a folder, and give it."""
    folder.mkdir()
    for name in FILES:
        shutil.copyfile(DATA / name, folder / name)
    return folder


def set_sum(data: Path, name: str) -> None:
    """Make datapackage.json agree with a file that was changed."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["path"] == name:
            resource["sha256"] = hashlib.sha256((data / name).read_bytes()).hexdigest()
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@cache
def text_of(name: str) -> str:
    """Give the text of a file of the good data."""
    return (DATA / name).read_text(encoding="utf-8")


def spoil_json(data: Path, name: str, change: Callable[[Any], Any]) -> None:
    """Change a JSON file of the data, in place or into what `change` gives, and make its checksum
    right.
    """
    document = json.loads(text_of(name))
    made = change(document)
    (data / name).write_text(
        json.dumps(made if isinstance(made, dict) else document), encoding="utf-8"
    )
    if name != "datapackage.json":
        set_sum(data, name)


def answers(data: Path) -> list[Any]:
    """Put questions that need every file to the atlas of a folder, and give the answers as plain
    values.
    """
    store = Store(data)
    atlas = Atlas(store)
    points = pd.DataFrame(
        {"lon": [142.7, 146.1], "lat": [47.0, 43.9], "date": ["1905-07-01", "1946-06-01"]}
    )
    lines = sp.lines_at("1945-09-02", region="korea", atlas=atlas)
    return [
        sp.sovereignty_of("urup", "1950-01-01", view="japan", atlas=atlas).to_dict(),
        sp.history_of("kaesong", atlas=atlas).values.tolist(),
        sp.borders_at("1904-01-01", region="kurils", atlas=atlas)
        .drop(columns="geometry")
        .values.tolist(),
        lines.drop(columns="geometry").values.tolist(),
        lines.bounds.round(6).values.tolist(),
        [
            atlas.shapes.of(tract, detail).bounds
            for tract in ("urup", "iturup")
            for detail in ("fine", "light")
        ],
        sp.label(points, atlas=atlas)["holder"].tolist(),
        len(sp.places(atlas=atlas)),
        len(sp.epochs(atlas=atlas)),
        audit_article(atlas, store.read_article()).to_dict()["counts"],
    ]
