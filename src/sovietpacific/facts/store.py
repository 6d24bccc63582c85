"""Find the data, and read its files; what is damaged or of another version is refused.

Knows the files of `data/` and nothing of what is asked of them.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from sovietpacific.errors import DataDamagedError, DataNotFoundError, path_text, shown
from sovietpacific.facts.article import ArticleClaim
from sovietpacific.facts.checks import check_article, check_records
from sovietpacific.facts.editions import Edition
from sovietpacific.facts.reading import article_claim_of, records_of
from sovietpacific.facts.records import Records

#: The schema of the data this library reads and builds; raise it when a reader must change.
SCHEMA = 3

#: The longest an exception is repeated as it is.
_LONGEST_REASON = 1_000

_REMEDY = "reinstall sovietpacific, or run `make data` in a checkout"


def find_data() -> Path:
    """Return the folder of the data: inside an installed wheel, else `data/` of the checkout.

    Raise `DataNotFoundError` naming both places if it is in neither.
    """
    package = Path(str(files("sovietpacific")))
    installed, checkout = package / "_data", package.parents[1]
    if (installed / "datapackage.json").is_file():
        return installed
    if (checkout / "pyproject.toml").is_file() and (
        checkout / "data" / "datapackage.json"
    ).is_file():
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
        """Read `datapackage.json` of `folder`.

        Raise `DataNotFoundError` if it is not there, and `DataDamagedError` if it is damaged or of
        another schema.
        """
        self.folder = folder
        path = folder / "datapackage.json"
        content = _read(path)
        package = _parse(path, content)
        try:
            version, schema = package["version"], package["schema"]
            self._sums = {resource["path"]: resource["sha256"] for resource in package["resources"]}
            if not all(
                isinstance(text, str) for text in (version, *self._sums, *self._sums.values())
            ):
                raise TypeError("a text where its version, a path or a checksum should be")
        except (KeyError, TypeError) as wrong:
            raise DataDamagedError(f"{path_text(path)} lacks {wrong}; {_REMEDY}") from wrong
        self.version: str = version
        _check_schema(path, schema)
        self.edition = Edition(
            version, hashlib.sha256(content).hexdigest(), "" if _is_shipped(folder) else str(folder)
        )

    @property
    def shapes_sum(self) -> str:
        """The SHA-256 that the file of the tracts' shapes has."""
        return self._sum("atlas.parquet")

    def read_records(self) -> Records:
        """Return what `records.json` holds.

        Raise `DataDamagedError` if it is damaged or does not fit the rest of the data.
        """
        path = self.folder / "records.json"
        document = _parse(path, self._checked("records.json"))
        _check_schema(path, document.get("schema"))
        if document.get("version") != self.version:
            raise DataDamagedError(
                f"{path_text(path)} is of version {document.get('version')}, "
                f"the rest of the data of {self.version}; {_REMEDY}"
            )
        try:
            records = records_of(document)
            check_records(records)
        except (
            KeyError,
            TypeError,
            ValueError,
            IndexError,
            AttributeError,
            OverflowError,
        ) as wrong:
            raise DataDamagedError(
                f"{path_text(path)} cannot be read: {_reason(wrong)}; {_REMEDY}"
            ) from wrong
        return records

    def read_article(self) -> tuple[ArticleClaim, ...]:
        """Return the claims of the founding article in their order, read from `article.json`."""
        path = self.folder / "article.json"
        document = _parse(path, self._checked("article.json"))
        try:
            claims = tuple(article_claim_of(table) for table in document["claims"])
            check_article(claims)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise DataDamagedError(
                f"{path_text(path)} cannot be read: {_reason(wrong)}; {_REMEDY}"
            ) from wrong
        return claims

    def read_table(self, name: str, columns: list[str]) -> dict[str, list[Any]]:
        """Return columns of a Parquet file of the data; geometry columns come as bytes (WKB)."""
        import pyarrow as pa
        import pyarrow.parquet as parquet

        content = self._checked(name)
        try:
            table: dict[str, list[Any]] = parquet.read_table(
                pa.BufferReader(content), columns=columns
            ).to_pydict()
        except (pa.ArrowException, OSError, ValueError, OverflowError) as wrong:
            raise self.damaged(name, shown(wrong)) from wrong
        if missing := [column for column in columns if column not in table]:
            raise self.damaged(name, f"it has no column {missing[0]}")
        return table

    def _sum(self, name: str) -> str:
        if name not in self._sums:
            raise DataDamagedError(
                f"{path_text(self.folder / 'datapackage.json')} does not list {name}; {_REMEDY}"
            )
        return str(self._sums[name])

    def damaged(self, name: str, what: str) -> DataDamagedError:
        """Return the error that says what is wrong with a file of the data."""
        return DataDamagedError(
            f"{path_text(self.folder / name)} cannot be used: {what}; {_REMEDY}"
        )

    def _checked(self, name: str) -> bytes:
        path = self.folder / name
        known, content = self._sum(name), _read(path)
        if hashlib.sha256(content).hexdigest() != known:
            raise DataDamagedError(
                f"{path_text(path)} is damaged: "
                f"its checksum is not the one datapackage.json gives; {_REMEDY}"
            )
        return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as wrong:
        raise DataNotFoundError(f"{path_text(path)} is missing; {_REMEDY}") from wrong
    except OSError as wrong:
        raise DataNotFoundError(
            f"{path_text(path)} cannot be read: {wrong.strerror}; {_REMEDY}"
        ) from wrong


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
        # Half of a sign beyond 16 bits, which nothing can write, stands only in such an escape.
        if b"\\ud" in content.lower():
            json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as wrong:
        raise DataDamagedError(f"{path_text(path)} is damaged: {wrong}; {_REMEDY}") from wrong
    if not isinstance(document, dict):
        raise DataDamagedError(f"{path_text(path)} holds no table; {_REMEDY}")
    return document


def _reason(wrong: Exception) -> str:
    """Return what an exception says, in a line a terminal can show whatever the file holds."""
    text = str(wrong)
    return (
        f"{type(wrong).__name__} "
        f"{text if text.isprintable() and len(text) <= _LONGEST_REASON else shown(text)}"
    )


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _check_schema(path: Path, schema: object) -> None:
    """Raise `DataDamagedError` for another schema, saying which of the two is to be brought up."""
    if type(schema) is not int:
        raise DataDamagedError(
            f"{path_text(path)} has {shown(schema)} for a schema, "
            f"which is a whole number; {_REMEDY}"
        )
    if schema > SCHEMA:
        remedy = (
            "the data is newer than the library: "
            "install a newer sovietpacific, or the data that came with this one"
        )
    else:
        remedy = (
            "the data is older than the library: "
            "rebuild it with `make data`, or load the data that came with the library"
        )
    if schema != SCHEMA:
        raise DataDamagedError(
            f"{path_text(path)} has schema {shown(schema)}, "
            f"this library reads schema {SCHEMA}; {remedy}"
        )
