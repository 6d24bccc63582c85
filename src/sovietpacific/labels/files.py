"""Label files of points, from file to file in constant memory: Parquet, Arrow, CSV and GeoJSON.

Knows which form a file has by its ending, and nothing of how each form is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sovietpacific.errors import (
    ColumnError,
    OptionError,
    SovietPacificError,
    choose,
    path_text,
    shown,
)
from sovietpacific.files.beside import beside
from sovietpacific.labels.ahead import ahead
from sovietpacific.labels.csv_files import label_csv
from sovietpacific.labels.geojson_files import label_geojson
from sovietpacific.labels.labeller import Labeller, label_stream
from sovietpacific.labels.parquet_reading import open_parquet, packing, read_batches

if TYPE_CHECKING:
    import pyarrow

#: The endings of files that can be labelled, and the form each means.
FORMS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".arrows": "arrow stream",
    ".csv": "csv",
    ".tsv": "csv",
    ".geojson": "geojson",
}

#: Rows of one row group of Parquet: enough to compress well, and few enough to hold.
ROW_GROUP = 1 << 20

#: The bytes after which a row group has fewer rows.
ROW_GROUP_BYTES = 1 << 26

#: Is told how much is done and how much there is, in rows or bytes.
Progress = Callable[[int, int], None]


class Source(NamedTuple):
    """A file that is being read."""

    reader: pyarrow.RecordBatchReader
    rows: int  # 0 where the file does not say how many
    packing: dict[str, Any]  # how its columns are packed


def label_file(
    labeller: Labeller,
    source: Path,
    target: Path,
    lon: str,
    lat: str,
    day: str,
    progress: Progress,
) -> None:
    """Label the points of `source` into `target`; all other columns pass through as they are.

    `target` is written beside its place and renamed. Parquet and Arrow go to either; CSV stays CSV
    and GeoJSON stays GeoJSON, text by text. Raise `OptionError` for an ending it does not know, and
    what labelling raises.
    """
    for path in (source, target):
        check_arrow_path(path)
    form, into = (
        FORMS[choose(path.suffix.lower(), "file ending", tuple(FORMS))] for path in (source, target)
    )
    if os.path.realpath(source) == os.path.realpath(target):
        raise OptionError(
            f"{path_text(source)} would be written over itself; "
            "give another name for the labelled file"
        )
    textual = {"csv": label_csv, "geojson": label_geojson}
    if (form in textual or into in textual) and form != into:
        raise OptionError(
            f"{path_text(source.name)} cannot become {path_text(target.name)}: "
            "CSV stays CSV and GeoJSON stays GeoJSON"
        )
    with beside(target) as part:
        if form in textual:
            textual[form](labeller, source, part, lon, lat, day, progress)
        else:
            _label_arrow(labeller, source, part, (lon, lat, day), (form, into), progress)


def check_arrow_path(path: Path) -> None:
    """Raise `OptionError` for a path that Arrow, whose names of files are UTF-8, cannot open."""
    try:
        str(path).encode()
    except UnicodeEncodeError as wrong:
        raise OptionError(
            f"{path_text(path)} is no name in UTF-8, which Arrow needs; rename the file"
        ) from wrong


@contextmanager
def refusing_damage(path: Path, form: str) -> Iterator[None]:
    """Turn what Arrow says of a damaged file into a `ColumnError` with the file's name."""
    import pyarrow as pa

    try:
        yield
    except SovietPacificError:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as wrong:
        # An error of the system has a number; where a packed page is damaged there is none.
        if getattr(wrong, "errno", None) is not None:
            raise
        raise ColumnError(
            f"{path_text(path)} cannot be read as {form}: {shown(str(wrong))[1:-1]}"
        ) from wrong


def _label_arrow(
    labeller: Labeller,
    source: Path,
    part: Path,
    names: tuple[str, str, str],
    forms: tuple[str, str],
    progress: Progress,
) -> None:
    """Read, label and write side by side.

    No stage holds more than a few batches or two row groups, however large their cells.
    """
    import pyarrow as pa

    with ExitStack() as stack:
        opened = stack.enter_context(_open_source(source, forms[0]))
        read = stack.enter_context(closing(ahead(opened.reader)))
        labelled = label_stream(
            labeller, pa.RecordBatchReader.from_batches(opened.reader.schema, read), *names
        )
        write = stack.enter_context(_open_target(part, forms[1], labelled.schema, opened.packing))
        done = 0
        for table in stack.enter_context(closing(ahead(_row_groups(labelled), depth=1))):
            write(table)
            done += len(table)
            progress(done, max(opened.rows, done))


def label_row_groups(
    labeller: Labeller,
    source: Path,
    groups: Sequence[int],
    target: Path,
    lon: str,
    lat: str,
    day: str,
) -> None:
    """Label some row groups of a Parquet file into a file of their own.

    One step follows the other: other processes do other groups meanwhile.
    """
    with beside(target) as part, _open_source(source, "parquet", groups) as opened:
        labelled = label_stream(labeller, opened.reader, lon, lat, day)
        with _open_target(part, "parquet", labelled.schema, opened.packing) as write:
            for table in _row_groups(labelled):
                write(table)


def _row_groups(batches: pyarrow.RecordBatchReader) -> Iterator[pyarrow.Table]:
    """Yield batches gathered into tables of about the size of a row group, one at least."""
    import pyarrow as pa

    group: list[pyarrow.RecordBatch] = []
    none_yet, size = True, 0
    for batch in batches:
        group.append(batch)
        size += batch.nbytes
        if sum(map(len, group)) >= ROW_GROUP or size >= ROW_GROUP_BYTES:
            yield pa.Table.from_batches(group)
            group, none_yet, size = [], False, 0
    if group or none_yet:
        yield pa.Table.from_batches(group, batches.schema)


@contextmanager
def _open_source(path: Path, form: str, groups: Sequence[int] | None = None) -> Iterator[Source]:
    import pyarrow as pa

    reading = partial(refusing_damage, path, form)
    with ExitStack() as stack:
        with reading():
            if form == "parquet":
                file = stack.enter_context(open_parquet(path))
                schema, rows, packed = file.schema_arrow, file.metadata.num_rows, packing(file)
                every_group = range(file.num_row_groups)
                batches = read_batches(path, file, every_group if groups is None else groups)
            elif form == "arrow":
                raw = stack.enter_context(pa.memory_map(str(path)))
                arrow = stack.enter_context(pa.ipc.open_file(raw))
                schema, rows, packed = arrow.schema, 0, {}
                batches = (
                    _sound(arrow.get_batch(index)) for index in range(arrow.num_record_batches)
                )
            else:
                raw = stack.enter_context(pa.OSFile(str(path)))
                stream = stack.enter_context(pa.ipc.open_stream(raw))
                schema, rows, packed = stream.schema, 0, {}
                batches = (_sound(batch) for batch in stream)
            _ = schema.names  # which may be no text

        def read() -> Iterator[pyarrow.RecordBatch]:
            with reading():
                yield from batches

        yield Source(pa.RecordBatchReader.from_batches(schema, read()), rows, packed)


def _sound(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """Return a batch once its buffers are known to hold what its columns say.

    To read outside them would end the process.
    """
    import pyarrow as pa

    batch.validate()
    for column in batch.columns:
        # Days of the type date64 that have hours are read as stamps, and do not validate in full.
        column.validate(full=not pa.types.is_date64(column.type))
    return batch


@contextmanager
def _open_target(
    path: Path, form: str, schema: pyarrow.Schema, packing: dict[str, Any]
) -> Iterator[Callable[[pyarrow.Table], None]]:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    if form != "parquet":
        make = pa.ipc.new_file if form == "arrow" else pa.ipc.new_stream
        with pa.OSFile(str(path), "wb") as raw, make(raw, schema) as writer:
            yield writer.write_table
        return
    compression = packing.get("compression", {})
    usual = next(iter(compression.values()), "zstd")
    texts = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    options = {
        "compression": {**{field.name: usual for field in schema}, **compression},
        "use_dictionary": [*packing["use_dictionary"], *texts] if packing else True,
        # The least and the greatest text of a row group help no search, and take as long to find as
        # the texts to write.
        "write_statistics": [field.name for field in schema if field.name not in texts],
    }
    try:
        parquet_writer = parquet.ParquetWriter(path, schema, **options)
    except pa.ArrowNotImplementedError as wrong:
        raise ColumnError(
            f"Parquet cannot hold these columns: {shown(str(wrong))[1:-1]}; write an .arrow file"
        ) from wrong
    with parquet_writer:
        yield lambda table: parquet_writer.write_table(table, ROW_GROUP)
