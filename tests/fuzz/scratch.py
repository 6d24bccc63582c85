"""Gives the files of a target a folder in memory, where there is one, and the small atlas that is
asked.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.compute as compute
import pyarrow.parquet as parquet

from sovietpacific import Atlas
from sovietpacific.facts.store import Store

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"

#: Names the folder to be used; who sets it removes the folder, also where the process is killed.
FOLDER_VARIABLE = "FUZZ_FOLDER"

#: The tracts of the small atlas: three islands of the Kurils, and land that is drawn but not
#: judged.
TRACTS = ("backdrop-usa", "iturup", "kunashir", "urup")
LINE = "iturup-urup-strait"


@cache
def folder() -> Path:
    """Give the folder for everything a process writes."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        made = Path(named)
    else:
        memory = Path("/dev/shm")
        made = Path(
            tempfile.mkdtemp(prefix="fuzz-", dir=memory if os.access(memory, os.W_OK) else None)
        )
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def keep_index_here() -> None:
    """Have the point index of this process kept among what it writes, and not in the user's cache
    folder.
    """
    os.environ["SOVIETPACIFIC_CACHE"] = str(folder() / "index")


def fresh(name: str) -> Path:
    """Give an empty folder of this name."""
    made = folder() / name
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return made


@cache
def small_atlas() -> Atlas:
    """Give the atlas of a few islands."""
    data = fresh("data")
    write_data(data, small_files())
    return Atlas(Store(data))


def write_data(data: Path, files: dict[str, bytes]) -> None:
    """Write files of data, and with them the list that says their checksums are right."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [
        {"path": name, "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    for name, content in files.items():
        (data / name).write_bytes(content)
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@cache
def small_files() -> dict[str, bytes]:
    """Give the files of the small atlas: the shipped data with all but a few tracts left out."""
    return {
        "records.json": _small_records().encode(),
        "atlas.parquet": _rows_of("atlas.parquet", "tract", TRACTS),
        "lines.parquet": _rows_of("lines.parquet", "line", (LINE,)),
    }


def small_records() -> dict[str, Any]:
    """Give `records.json` of the small atlas, with what its tracts name and no more; it may be
    changed.
    """
    made: dict[str, Any] = json.loads(_small_records())
    return made


@cache
def _small_records() -> str:
    document: dict[str, Any] = json.loads((DATA / "records.json").read_text(encoding="utf-8"))
    tracts = {key: document["tracts"][key] for key in TRACTS}
    timelines = [
        tract[view] for tract in tracts.values() for view in ("control", "sovereignty", "title")
    ]
    used = sorted({number for timeline in timelines for number in timeline})
    for timeline in timelines:
        timeline[:] = [used.index(number) for number in timeline]
    document["tracts"], document["tenures"] = (
        tracts,
        [document["tenures"][number] for number in used],
    )
    document["lines"] = {LINE: document["lines"][LINE]}
    document["places"] = {
        key: place for key, place in document["places"].items() if place["tract"] in TRACTS
    }
    document["regions"] = {
        key: region for key, region in document["regions"].items() if key.split(".")[0] == "kurils"
    }
    document["views"] = {"japan": document["views"]["japan"]}
    look = document["look"]
    look["named_lines"] = {LINE: look["named_lines"][LINE]}
    look["first_places"] = [one for one in look["first_places"] if one["id"] in document["places"]]
    told = json.dumps(
        [document[group] for group in ("tracts", "tenures", "lines", "views", "polities")]
    )
    for group in ("instruments", "sources"):
        document[group] = {
            key: entry for key, entry in document[group].items() if f'"{key}' in told
        }
    return json.dumps(document, ensure_ascii=False)


def _rows_of(name: str, column: str, kept: tuple[str, ...]) -> bytes:
    import pyarrow as pa

    table = parquet.read_table(DATA / name)
    buffer = pa.BufferOutputStream()
    parquet.write_table(table.filter(compute.is_in(table[column], pa.array(kept))), buffer)
    made: bytes = buffer.getvalue().to_pybytes()
    return made
