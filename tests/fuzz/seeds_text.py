"""Tries files of the seeds: a small folder of them, some of whose files are replaced by what is
given.

The bytes are files, each after a line `=== name`; what stands before the first such line is the
file of tracts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import pyarrow.compute as compute
import pyarrow.parquet as parquet

from sovietpacific.builder.article import article_document, read_article
from sovietpacific.builder.citations import find_uncited
from sovietpacific.builder.fronts import read_fronts
from sovietpacific.builder.gazetteer import read_gazetteer
from sovietpacific.builder.lines import check_lines, cited, read_lines
from sovietpacific.builder.seeds import Seeds, read_seeds
from sovietpacific.builder.timeline import make_timelines
from tests.fuzz.outcome import answered
from tests.fuzz.scratch import ROOT, fresh
from tests.fuzz.trees import changed, simpler, write_toml
from tests.support.small_seeds import EDITION, INSTRUMENTS, LOOK, POLITIES, SOURCES, TRACTS, VIEWS

ARTICLE = """
[one]
claim = "The island was Russia's in 1950"
verdict = "confirmed"
fact = "It was"
instruments = ["landing-1945"]
sources = ["book-1974"]
check = [
    { ask = "sovereignty_of", place = [150.0, 45.0], day = 1950-01-01, view = "control", holder = "russia" },
    { ask = "polity", id = "soviet-union", since = 1917-09-14 },
]
"""
LINES = """
[parallel-45]
name = "45th parallel"
kind = "parallel"
latitude = 45
within = [148.0, 151.0]
cuts = true
accuracy_km = 0.1
drawn = "exactly"
sources = ["book-1974"]
certainty = "firm"
seen = true
lives = [{ since = 1875-08-22, until = 1945-08-18, basis = "treaty-1875", note = "Between" }]
[strait]
name = "Strait"
kind = "sea"
file = "strait"
between = ["east", "west"]
accuracy_km = 2.0
"""
FRONTS = """
[war]
basis = "landing-1945"
region = "chain"
until = 1945-09-05
[front-one]
name = "Front"
since = 1945-08-18
accuracy_km = 5
points = [[149.0, 45.0], [150.0, 45.1], [151.0, 45.0]]
sources = ["book-1974"]
certainty = "firm"
seen = false
[front-two]
name = "Front"
since = 1945-08-20
accuracy_km = 5
points = [[149.0, 45.1], [150.0, 45.2]]
sources = ["book-1974"]
certainty = "probable"
seen = false
edtf = "[1945-08-19..1945-08-21]"
"""
PLACES = "place,lon,lat,kind,accuracy_km,source,note\ncape,150.0,45.0,cape,1,book,\ntown,149.0,45.0,town,0.5,book,small\n"
NAMES = (
    "place,name,language,since,until,official,source,seen\ncape,Cape,en,,,false,book,false\ncape,Мыс,ru,1875,1945,true,book,true\n"
    "town,Town,en,1946,,true,book,false\n"
)
STRAIT = "lon,lat,accuracy_km,source,licence\n149.5,44.5,1,own,CC0-1.0\n149.5,45.5,1,own,CC0-1.0\n"

#: The files of the folder that may be replaced, and what they hold unless they are.
FILES = {
    "tracts/chain.toml": TRACTS,
    "polities.toml": POLITIES,
    "instruments.toml": INSTRUMENTS,
    "sources.toml": SOURCES,
    "views.toml": VIEWS,
    "edition.toml": EDITION,
    "look.toml": LOOK,
    "article.toml": ARTICLE,
    "lines.toml": LINES,
    "fronts.toml": FRONTS,
    "places.csv": PLACES,
    "place_names.csv": NAMES,
    "lines/strait.csv": STRAIT,
}
STARTS = tuple(f"=== {name}\n{text}".encode() for name, text in FILES.items())

_HEAD = re.compile(rb"^=== ([a-z_/]+\.[a-z]+)\n", re.MULTILINE)


def try_it(data: bytes) -> bool:
    """Read everything the folder holds, as `sovietpacific check` does."""
    given = files_of(data)
    folder = fresh("seeds")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(given.get(name, text.encode()))
    (folder / "coast").symlink_to(_coast())
    with_lines = bool(
        {"lines.toml", "lines/strait.csv"} & set(given)
    )  # these also read the coast, which takes its time
    return answered(lambda: _read(folder, with_lines))


def _read(folder: Path, with_lines: bool) -> None:
    seeds = read_seeds(folder)
    timelines, _ = make_timelines(seeds)
    seeds.shapes()
    seeds.common_lands()
    article_document(read_article(folder, seeds.registers))
    lines = read_fronts(folder) | (read_lines(folder) if with_lines else {})
    check_lines(lines, seeds)
    find_uncited(seeds, timelines, *cited(lines))
    read_gazetteer(folder, seeds.registers.look)
    assert isinstance(seeds, Seeds)


@cache
def _coast() -> Path:
    """Give a folder of the base layers with a few small rows of each, since the whole would be read
    again and again.
    """
    made = fresh("coast")
    for name in ("land.parquet", "provinces.parquet"):
        table = parquet.read_table(ROOT / "seeds" / "coast" / name)
        sizes = compute.binary_length(table["geometry"])
        parquet.write_table(table.take(compute.sort_indices(sizes)[:4]), made / name)
    return made


def files_of(data: bytes) -> dict[str, bytes]:
    """Give the files that the bytes hold; a file of another name than those of the folder counts
    for nothing.
    """
    first, *rest = _HEAD.split(data)
    given = {"tracts/chain.toml": first} if first else {}
    return given | {name.decode(): text for name, text in zip(rest[::2], rest[1::2], strict=True)}


def joined(files: dict[str, bytes]) -> bytes:
    """Write files as the bytes that hold them."""
    return b"".join(f"=== {name}\n".encode() + text for name, text in files.items())


def change(data: bytes, chance: Random) -> bytes:
    """Change the tree of a TOML file, or a piece of another file, or put in a file that is not
    there yet.
    """
    files = files_of(data)
    if not files or chance.randrange(8) == 0:
        files.setdefault(name := chance.choice(list(FILES)), FILES[name].encode())
    name = chance.choice(list(files))
    if name.endswith(".toml"):
        try:
            files[name] = write_toml(changed(tomllib.loads(files[name].decode()), chance))
        except (ValueError, RecursionError, AttributeError):
            return data
    else:
        cells = re.split(rb"([,\n])", files[name])
        cells[chance.randrange(len(cells))] = chance.choice(
            (b"", b",", b"\n", b'"', b"\0", b"nan", b"1e999", b"-1", b"\xff", b"9" * 5_000, b"cape")
        )
        files[name] = b"".join(cells)
    return joined(files)


def less(data: bytes) -> Iterator[bytes]:
    """Give the folder with a file less, or with a smaller tree in a file."""
    files = files_of(data)
    for name in files:
        yield joined({other: text for other, text in files.items() if other != name})
    for name, text in files.items():
        if name.endswith(".toml"):
            with suppress(ValueError, RecursionError, AttributeError):  # it is no TOML
                yield from (
                    joined(files | {name: write_toml(tree)})
                    for tree in simpler(tomllib.loads(text.decode()))
                )
