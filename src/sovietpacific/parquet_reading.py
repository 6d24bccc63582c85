"""Reads Parquet files batch by batch, so few rows at a time that memory is bounded by bytes, whatever the cells hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.labelling import ROWS

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile

#: The bytes that the rows of one batch may come to.
BATCH_BYTES = 1 << 25

#: How the packings that a file may name are called where one is written; another is packed as usual.
_PACKINGS = {"UNCOMPRESSED": "none", **{name.upper(): name for name in ("snappy", "gzip", "brotli", "zstd", "lz4")}}
_USUAL = "zstd"

#: What a number takes at most.
_NUMBER = 16


def open_parquet(path: Path, **options: Any) -> ParquetFile:
    """Open a Parquet file, buffered, so that a row group of any size is read page by page."""
    import pyarrow.parquet as parquet

    return parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20, **options)


def read_batches(path: Path, file: ParquetFile, groups: Sequence[int]) -> Iterator[pyarrow.RecordBatch]:
    """Give the batches of some row groups of a file opened from `path`; those that need no care are read together."""
    sizes = _Sizes(path, file)
    together: list[int] = []
    for group in groups:
        rows = sizes.rows_at_a_time(group)
        if rows == ROWS:
            together.append(group)
            continue
        if together:
            yield from file.iter_batches(ROWS, row_groups=together)
            together = []
        yield from file.iter_batches(rows, row_groups=[group])
    if together:
        yield from file.iter_batches(ROWS, row_groups=together)


def packing(file: ParquetFile) -> dict[str, Any]:
    """Tell how the columns of a file are compressed, and which are dictionaries, so that a copy is packed alike."""
    if not file.num_row_groups:
        return {}
    _first_rows(file, 0)
    group = file.metadata.row_group(0)
    columns = [group.column(index) for index in range(group.num_columns)]
    return {
        "compression": {column.path_in_schema: _PACKINGS.get(column.compression, _USUAL) for column in columns},
        "use_dictionary": [column.path_in_schema for column in columns if column.has_dictionary_page],
    }


def _first_rows(file: ParquetFile, group: int) -> pyarrow.RecordBatch | None:
    """Read the first row of a row group.

    Where the group is damaged an error is raised here; asked for what it says of a damaged column, pyarrow ends the process.
    """
    return next(file.iter_batches(1, row_groups=[group], use_threads=False), None)


class _Sizes:
    """Tells how large the cells of a file are, from what it says of its columns and from their dictionaries."""

    def __init__(self, path: Path, file: ParquetFile) -> None:
        """Keep the file, and open it once more, to see which text of a dictionary is the longest."""
        import pyarrow as pa

        self._metadata = file.metadata
        texts = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
        names = [field.name for field in file.schema_arrow if field.type in texts]
        self._file = open_parquet(path, metadata=file.metadata, read_dictionary=names)

    def rows_at_a_time(self, group: int) -> int:
        """Tell how many rows of a row group may be read at a time."""
        told = self._metadata.row_group(group)
        if told.total_byte_size * min(told.num_rows, ROWS) <= BATCH_BYTES:
            return ROWS  # even if each cell were as large as the whole group
        longest = self._longest_texts(group)
        size = 0
        for index in range(told.num_columns):
            column = told.column(index)
            size += max(column.total_uncompressed_size, column.num_values * _NUMBER)
            if column.physical_type == "BYTE_ARRAY" and column.has_dictionary_page:
                # Below the surface, in lists, a text may be as long as all of them.
                size += column.num_values * longest.get(column.path_in_schema, column.total_uncompressed_size)
        return max(1, min(ROWS, int(BATCH_BYTES * told.num_rows // max(size, 1))))

    def _longest_texts(self, group: int) -> dict[str, int]:
        """Give the length of the longest text of each dictionary of a row group, by the name of its column."""
        import pyarrow as pa
        import pyarrow.compute as compute

        first = _first_rows(self._file, group)
        return (
            {
                name: compute.max(compute.binary_length(column.dictionary)).as_py() or 0
                for name, column in zip(first.schema.names, first.columns, strict=True)
                if pa.types.is_dictionary(column.type) and len(column.dictionary)
            }
            if first is not None
            else {}
        )
