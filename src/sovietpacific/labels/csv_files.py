"""Label CSV files, in which every text that was there stays as it was.

Knows the grammar of CSV and nothing of what is in the columns added.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from sovietpacific.errors import ColumnError, path_text, shown
from sovietpacific.labels.csv_lines import CountedRows, is_blank
from sovietpacific.labels.labeller import BatchLabeller, Labeller, warn_of
from sovietpacific.labels.text_files import chunks, encoding_refusal
from sovietpacific.points.missing_words import is_missing

if TYPE_CHECKING:
    import pyarrow

#: The longest a field may be: a quotation mark that is never closed makes one of all that follows.
LONGEST_FIELD = 1 << 26

#: Signs that separate fields in some files, and how they are called in refusals.
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def label_csv(
    labeller: Labeller,
    source: Path,
    part: Path,
    lon: str,
    lat: str,
    day: str,
    progress: Callable[[int, int], None],
) -> None:
    """Label a CSV file (.tsv: tabs) with a line of names.

    Blank lines are skipped; words such as NA count as missing.
    """
    mark = "\t" if source.suffix.lower() == ".tsv" else ","
    size = source.stat().st_size
    with (
        source.open("rb") as raw,
        part.open("w", encoding="utf-8", newline="") as out,
        _long_fields(),
    ):
        lines = _Lines(raw)
        reader = csv.reader(lines, delimiter=mark, strict=True)
        writer = _Writer(out, mark)
        with _refusing_csv(source, reader):
            names = _read_names(reader)
            counted = CountedRows(reader)
            _check_mark(source, names, mark, (lon, lat, day))
            places = [names.index(name) for name in (lon, lat, day) if name in names]
            schema = _typed(names, [], places, (lon, lat), 0).schema
            batches = BatchLabeller(labeller, schema, lon, lat, day)
            writer.write([[*names, *batches.columns.names]], lines.returns)
            for chunk in chunks(iter(counted), raw.tell):
                _check_lengths(chunk, len(names), counted)
                with counted.naming_lines():
                    batch = _typed(names, chunk, places, (lon, lat), batches.tally.rows)
                    columns = [_texts(array) for array in batches.labels_of(batch)]
                rows = zip(chunk, zip(*columns, strict=True), strict=True)
                writer.write(([*row, *labels] for row, labels in rows), lines.returns)
                progress(raw.tell(), size)
    warn_of(batches.tally)


@contextmanager
def _refusing_csv(source: Path, reader: Any) -> Iterator[None]:
    """Turn what goes wrong in reading a CSV file into a `ColumnError` that names file and line."""
    try:
        yield
    except UnicodeDecodeError as wrong:
        raise ColumnError(f"{path_text(source)} {encoding_refusal(source)}") from wrong
    except csv.Error as wrong:
        raise ColumnError(
            f"{path_text(source)}, line {reader.line_num + 1}, cannot be read as CSV: {wrong}"
        ) from wrong


def _read_names(reader: Iterable[list[str]]) -> list[str]:
    """Return the line of names: the first that is not blank; nothing where there is none."""
    names = next((row for row in reader if not is_blank(row)), [])
    # A byte order mark may follow blank lines too.
    names[:1] = [name.removeprefix("\ufeff") for name in names[:1]]
    return names


class _FieldLimit:
    """Counts who reads long fields, since the limit is one for all that Python reads as CSV."""

    lock, readers, before = Lock(), 0, 0


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let fields be long, and set the limit back to what it was when nobody needs it any more."""
    with _FieldLimit.lock:
        if not _FieldLimit.readers:
            _FieldLimit.before = csv.field_size_limit()
            csv.field_size_limit(max(LONGEST_FIELD, _FieldLimit.before))
        _FieldLimit.readers += 1
    try:
        yield
    finally:
        with _FieldLimit.lock:
            _FieldLimit.readers -= 1
            if not _FieldLimit.readers:
                csv.field_size_limit(_FieldLimit.before)


class _Lines:
    """The lines of a file, decoded one by one, so that its position is how much has been read."""

    def __init__(self, raw: IO[bytes]) -> None:
        """Keep the file."""
        self._raw = raw
        #: Whether a line with a carriage return of its own has been seen.
        self.returns = False

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, the first one without its byte order mark."""
        first = self._raw.readline()
        self.returns = b"\r" in first.rstrip(b"\r\n")
        yield first.decode("utf-8-sig")
        for line in iter(self._raw.readline, b""):
            if b"\r" in line and (line.count(b"\r") > 1 or not line.endswith(b"\r\n")):
                self.returns = True
            yield line.decode()


class _Writer:
    """Writes rows of CSV with plain ends of lines."""

    def __init__(self, out: IO[str], mark: str) -> None:
        """Make a writer for usual rows, and one for those with a carriage return."""
        self._usual = csv.writer(out, delimiter=mark, lineterminator="\n")
        # Some versions of Python do not quote a carriage return.
        self._quoted = csv.writer(out, delimiter=mark, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write(self, rows: Iterable[list[str]], returns: bool) -> None:
        """Write rows, among which there may be carriage returns if `returns`."""
        if not returns:
            self._usual.writerows(rows)
            return
        for row in rows:
            (self._quoted if "\r" in "".join(row) else self._usual).writerow(row)


def _check_mark(source: Path, names: Sequence[str], mark: str, wanted: Sequence[str]) -> None:
    """Raise `ColumnError` if another sign than `mark` seems to separate the names."""
    if len(names) != 1 and any(name in names for name in wanted):
        return
    line = mark.join(names)
    for other, signs in _MARKS.items():
        if other == mark:
            continue
        parts = [part.strip().strip('"') for part in line.split(other)]
        if len(parts) > 1 and (len(names) == 1 or any(name in parts for name in wanted)):
            advice = "give it the ending .tsv" if other == "\t" else f"save it with {_MARKS[mark]}"
            raise ColumnError(
                f"the fields of {path_text(source)} are not separated by {_MARKS[mark]} but, "
                f"it seems, by {signs}: its names are {shown(line)}; {advice}"
            )


def _check_lengths(rows: Sequence[Sequence[str]], names: int, counted: CountedRows) -> None:
    """Raise `ColumnError` if a row has not a field for each name."""
    for place, row in enumerate(rows):
        if len(row) != names:
            raise ColumnError(
                f"line {counted.line_of(place)} has {len(row)} fields, "
                f"the line of names has {names}"
            )


def _typed(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    places: Sequence[int],
    numbers: Sequence[str],
    done: int,
) -> pyarrow.RecordBatch:
    """Return a batch of all columns, those of points (at `places`) with their types.

    The others are empty: only their names matter. `done` rows of the file came before.
    """
    import pyarrow as pa

    arrays = []
    for place, name in enumerate(names):
        if place not in places:
            arrays.append(pa.nulls(len(rows)))
            continue
        array = pa.array([row[place].strip() or None for row in rows], pa.string())
        arrays.append(_as_numbers(array, name, done) if name in numbers else array)
    return pa.RecordBatch.from_arrays(arrays, names=list(names))


def _as_numbers(array: pyarrow.Array, name: str, done: int) -> pyarrow.Array:
    import pyarrow as pa

    try:
        return array.cast(pa.float64())
    except pa.ArrowInvalid:
        pass  # some text is no number, but may be a word for what is missing
    texts = [None if text is None or is_missing(text) else text for text in array.to_pylist()]
    try:
        return pa.array(texts, pa.string()).cast(pa.float64())
    except pa.ArrowInvalid as wrong:
        for row, text in enumerate(texts):
            if text is not None and not _is_number(text):
                raise ColumnError(
                    f"row {done + row} of column {shown(name)} is {shown(text)}, not a number; "
                    "give degrees"
                ) from wrong
        raise ColumnError(
            f"column {shown(name)} cannot be read as numbers: {shown(str(wrong))}"
        ) from wrong


def _is_number(text: str) -> bool:
    import pyarrow as pa

    try:
        pa.array([text], pa.string()).cast(pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def _texts(array: pyarrow.Array) -> list[str]:
    import pyarrow as pa

    if not pa.types.is_dictionary(array.type):
        return ["" if value is None else str(value) for value in array.to_pylist()]
    texts: list[Any] = [*array.dictionary.to_pylist(), ""]
    return [texts[place] for place in array.indices.fill_null(len(texts) - 1).to_pylist()]
