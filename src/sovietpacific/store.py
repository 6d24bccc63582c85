"""Finds the data, refuses what is damaged or of another version, and reads it into records and geometries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from sovietpacific.article_claims import ArticleCheck, ArticleClaim
from sovietpacific.editions import Edition
from sovietpacific.errors import DataDamagedError, DataNotFoundError, path_text, shown
from sovietpacific.gazetteer import Place, PlaceName
from sovietpacific.record_checks import check_article, check_records
from sovietpacific.records import (
    VIEWS,
    Claim,
    Instrument,
    LineLife,
    NamedLine,
    Polity,
    Region,
    Source,
    StateView,
    Tenure,
    Tract,
)

#: The form of the data this library reads.
SCHEMA = 2

#: The longest an exception is repeated as it is.
_LONGEST_REASON = 1_000

_REMEDY = "reinstall sovietpacific, or run `make data` in a checkout"


@dataclass(frozen=True, slots=True)
class Records:
    """All of `records.json`: everything the atlas knows but the shapes."""

    version: str
    first_day: date
    as_of: date
    lineages: Mapping[str, str]
    polities: Mapping[str, Polity]
    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    regions: Mapping[str, Region]
    tracts: Mapping[str, Tract]
    lines: Mapping[str, NamedLine]
    views: Mapping[str, StateView]
    places: Mapping[str, Place]


def find_data() -> Path:
    """Give the folder the data lies in: inside an installed wheel, else `data/` of the checkout.

    Raises `DataNotFoundError` naming both places.
    """
    package = Path(str(files("sovietpacific")))
    installed, checkout = package / "_data", package.parents[1]
    if (installed / "datapackage.json").is_file():
        return installed
    if (checkout / "pyproject.toml").is_file() and (checkout / "data" / "datapackage.json").is_file():
        return checkout / "data"
    raise DataNotFoundError(f"no data in {installed} nor in {checkout / 'data'}; {_REMEDY}")


def _is_shipped(folder: Path) -> bool:
    try:
        return folder == find_data()
    except DataNotFoundError:  # where nothing is shipped this folder is none of ours
        return False


class Store:
    """One folder of data, each of whose files is checked against its SHA-256 when it is read."""

    def __init__(self, folder: Path) -> None:
        """Read `datapackage.json` of `folder`; refuse one that is not there, damaged, or of another schema."""
        self.folder = folder
        path = folder / "datapackage.json"
        content = _read(path)
        package = _parse(path, content)
        try:
            version, schema = package["version"], package["schema"]
            self._sums = {resource["path"]: resource["sha256"] for resource in package["resources"]}
            if not all(isinstance(text, str) for text in (version, *self._sums, *self._sums.values())):
                raise TypeError("a text where its version, a path or a checksum should be")
        except (KeyError, TypeError) as wrong:
            raise DataDamagedError(f"{path_text(path)} lacks {wrong}; {_REMEDY}") from wrong
        self.version: str = version
        _check_schema(path, schema)
        self.edition = Edition(version, hashlib.sha256(content).hexdigest(), "" if _is_shipped(folder) else str(folder))

    @property
    def shapes_sum(self) -> str:
        """The SHA-256 that the file of the tracts' shapes has."""
        return self._sum("atlas.parquet")

    def read_records(self) -> Records:
        """Read `records.json`; one that does not fit the rest of the data is refused."""
        path = self.folder / "records.json"
        document = _parse(path, self._checked("records.json"))
        _check_schema(path, document.get("schema"))
        if document.get("version") != self.version:
            raise DataDamagedError(
                f"{path_text(path)} is of version {document.get('version')}, the rest of the data of {self.version}; {_REMEDY}"
            )
        try:
            records = _records(document)
            check_records(records)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as wrong:
            raise DataDamagedError(f"{path_text(path)} cannot be read: {_reason(wrong)}; {_REMEDY}") from wrong
        return records

    def read_article(self) -> tuple[ArticleClaim, ...]:
        """Read `article.json`, the claims of the founding article in their order."""
        path = self.folder / "article.json"
        document = _parse(path, self._checked("article.json"))
        try:
            claims = tuple(_article_claim(table) for table in document["claims"])
            check_article(claims)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise DataDamagedError(f"{path_text(path)} cannot be read: {_reason(wrong)}; {_REMEDY}") from wrong
        return claims

    def read_table(self, name: str, columns: list[str]) -> dict[str, list[Any]]:
        """Read columns of a Parquet file of the data; geometry columns come as bytes (WKB)."""
        import pyarrow as pa
        import pyarrow.parquet as parquet

        content = self._checked(name)
        try:
            table: dict[str, list[Any]] = parquet.read_table(pa.BufferReader(content), columns=columns).to_pydict()
        except (pa.ArrowException, OSError, ValueError, OverflowError) as wrong:
            raise self.damaged(name, shown(wrong)) from wrong
        if missing := [column for column in columns if column not in table]:
            raise self.damaged(name, f"it has no column {missing[0]}")
        return table

    def _sum(self, name: str) -> str:
        if name not in self._sums:
            raise DataDamagedError(f"{path_text(self.folder / 'datapackage.json')} does not list {name}; {_REMEDY}")
        return str(self._sums[name])

    def damaged(self, name: str, what: str) -> DataDamagedError:
        """Word the refusal of a file of the data whose content cannot be."""
        return DataDamagedError(f"{path_text(self.folder / name)} cannot be used: {what}; {_REMEDY}")

    def _checked(self, name: str) -> bytes:
        path = self.folder / name
        known, content = self._sum(name), _read(path)
        if hashlib.sha256(content).hexdigest() != known:
            raise DataDamagedError(f"{path_text(path)} is damaged: its checksum is not the one datapackage.json gives; {_REMEDY}")
        return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as wrong:
        raise DataNotFoundError(f"{path_text(path)} is missing; {_REMEDY}") from wrong
    except OSError as wrong:
        raise DataNotFoundError(f"{path_text(path)} cannot be read: {wrong.strerror}; {_REMEDY}") from wrong


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
        if b"\\ud" in content.lower():  # half of a sign beyond 16 bits, which nothing can write, stands only in such an escape
            json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as wrong:
        raise DataDamagedError(f"{path_text(path)} is damaged: {wrong}; {_REMEDY}") from wrong
    if not isinstance(document, dict):
        raise DataDamagedError(f"{path_text(path)} holds no table; {_REMEDY}")
    return document


def _reason(wrong: Exception) -> str:
    """Word what an exception says, in one line that a terminal can show whatever the file holds."""
    text = str(wrong)
    return f"{type(wrong).__name__} {text if text.isprintable() and len(text) <= _LONGEST_REASON else shown(text)}"


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _check_schema(path: Path, schema: object) -> None:
    """Refuse data of another schema, saying which of the two is to be brought up to the other."""
    if type(schema) is not int:
        raise DataDamagedError(f"{path_text(path)} has {shown(schema)} for a schema, which is a whole number; {_REMEDY}")
    if schema > SCHEMA:
        remedy = "the data is newer than the library: install a newer sovietpacific, or the data that came with this one"
    else:
        remedy = "the data is older than the library: rebuild it with `make data`, or load the data that came with the library"
    if schema != SCHEMA:
        raise DataDamagedError(f"{path_text(path)} has schema {shown(schema)}, this library reads schema {SCHEMA}; {remedy}")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _records(document: Mapping[str, Any]) -> Records:
    tenures = [_tenure(table) for table in document["tenures"]]
    return Records(
        version=document["version"],
        first_day=date.fromisoformat(document["first_day"]),
        as_of=date.fromisoformat(document["as_of"]),
        lineages=document["lineages"],
        polities={key: _polity(key, table) for key, table in document["polities"].items()},
        instruments={key: _instrument(key, table) for key, table in document["instruments"].items()},
        sources={key: Source(id=key, **table) for key, table in document["sources"].items()},
        regions={key: Region(id=key, **{**table, "also": tuple(table["also"])}) for key, table in document["regions"].items()},
        tracts={key: _tract(key, table, tenures) for key, table in sorted(document["tracts"].items())},
        lines={key: _line(key, table) for key, table in document["lines"].items()},
        views={key: _view(key, table) for key, table in document["views"].items()},
        places={key: _place(key, table) for key, table in document["places"].items()},
    )


def _tenure(table: dict[str, Any]) -> Tenure:
    told = {**table, "holders": tuple(table["holders"]), "sources": tuple(table["sources"])}
    return Tenure(**{**told, "since": date.fromisoformat(table["since"])})


def _polity(key: str, table: dict[str, Any]) -> Polity:
    told = {**table, "since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return Polity(id=key, **{**told, "sources": tuple(table.get("sources", ()))})


def _instrument(key: str, table: dict[str, Any]) -> Instrument:
    days = {name: _day(table[name]) for name in ("signed", "in_force", "carried_out")}
    lists = {name: tuple(table[name]) for name in ("parties", "sources", "bears_on")}
    return Instrument(id=key, **{**table, **days, **lists})


def _line(key: str, table: dict[str, Any]) -> NamedLine:
    between = tuple(table["between"]) if table["between"] else None
    return NamedLine(id=key, **{**table, "between": between, "lives": tuple(_life(life) for life in table["lives"])})


def _life(table: dict[str, Any]) -> LineLife:
    days = {"since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return LineLife(**{**table, **days, "sources": tuple(table["sources"])})


def _view(key: str, table: dict[str, Any]) -> StateView:
    recognised = {key: date.fromisoformat(day) for key, day in table["recognised"].items()}
    told = {**table, "since": date.fromisoformat(table["since"]), "recognised": recognised}
    return StateView(id=key, **{**told, "claimants": tuple(table["claimants"]), "sources": tuple(table["sources"])})


def _place(key: str, table: dict[str, Any]) -> Place:
    return Place(id=key, **{**table, "names": tuple(PlaceName(*name) for name in table["names"])})


def _claim(table: dict[str, Any]) -> Claim:
    days = {"since": date.fromisoformat(table["since"]), "until": _day(table["until"])}
    return Claim(**{**table, **days, "sources": tuple(table["sources"])})


def _article_claim(table: Mapping[str, Any]) -> ArticleClaim:
    checks = tuple(ArticleCheck(**check) for check in table["checks"])
    lists = {name: tuple(table[name]) for name in ("instruments", "sources")}
    return ArticleClaim(**{**table, **lists, "checks": checks})


def _index(number: Any) -> int:
    """Refuse what Python would count from the end, or take for 0 or 1."""
    if type(number) is not int or number < 0:
        raise ValueError(f"{shown(number)} is no number of a tenure")
    return number


def _tract(key: str, table: dict[str, Any], tenures: list[Tenure]) -> Tract:
    told = {name: value for name, value in table.items() if name not in VIEWS}
    return Tract(
        id=key,
        **{
            **told,
            "also": tuple(table["also"]),
            "point": tuple(table["point"]),
            "bbox": tuple(table["bbox"]),
            "claims": tuple(_claim(claim) for claim in table["claims"]),
        },
        timelines={view: tuple(tenures[_index(index)] for index in table[view]) for view in VIEWS},
    )
