"""Read Parquet files batch by batch, so few rows at a time that memory is bounded by bytes,
whatever the cells hold.

Knows row groups and bytes, and nothing of points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovietpacific.labels.labeller import ROWS

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile

#: The bytes that the rows of one batch may come to.
BATCH_BYTES = 1 << 25

#: The packings that a file may name, each as a writer calls it; any other is packed as usual.
_PACKINGS = {
    "UNCOMPRESSED": "none",
    **{name.upper(): name for name in ("snappy", "gzip", "brotli", "zstd", "lz4")},
}
_USUAL = "zstd"

#: What a number takes at most.
_NUMBER = 16


def open_parquet(path: Path, **options: Any) -> ParquetFile:
    """Return a Parquet file opened so that a row group of any size is read page by page."""
    import pyarrow.parquet as parquet

    return parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20, **options)


def read_batches(
    path: Path, file: ParquetFile, groups: Sequence[int]
) -> Iterator[pyarrow.RecordBatch]:
    """Yield the batches of some row groups of a file opened from `path`.

    Groups whose cells are small are read together, all others each by itself, few rows at a time.
    """
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
    """Return the options of a writer that packs a copy as the file is packed.

    They say how each column is compressed, and which are dictionaries.
    """
    if not file.num_row_groups:
        return {}
    _first_row(file, 0)
    group = file.metadata.row_group(0)
    columns = [group.column(index) for index in range(group.num_columns)]
    return {
        "compression": {
            column.path_in_schema: _PACKINGS.get(column.compression, _USUAL) for column in columns
        },
        "use_dictionary": [
            column.path_in_schema for column in columns if column.has_dictionary_page
        ],
    }


def _first_row(file: ParquetFile, group: int) -> pyarrow.RecordBatch | None:
    """Return the first row of a row group, None where it has none.

    Where the group is damaged an error is raised here; asked for what it says of a damaged column,
    pyarrow ends the process.
    """
    return next(file.iter_batches(1, row_groups=[group], use_threads=False), None)


class _Sizes:
    """How large the cells of a file are, by its metadata and by the dictionaries in it."""

    def __init__(self, path: Path, file: ParquetFile) -> None:
        """Keep the file, and open it once more to find the longest text of each dictionary."""
        import pyarrow as pa

        self._metadata = file.metadata
        texts = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
        names = [field.name for field in file.schema_arrow if field.type in texts]
        self._file = open_parquet(path, metadata=file.metadata, read_dictionary=names)

    def rows_at_a_time(self, group: int) -> int:
        """Return how many rows of a row group may be read at a time."""
        about = self._metadata.row_group(group)
        if about.total_byte_size * min(about.num_rows, ROWS) <= BATCH_BYTES:
            return ROWS  # even if each cell were as large as the whole group
        longest = self._longest_texts(group)
        size = 0
        for index in range(about.num_columns):
            column = about.column(index)
            size += max(column.total_uncompressed_size, column.num_values * _NUMBER)
            if column.physical_type == "BYTE_ARRAY" and column.has_dictionary_page:
                # Below the surface, in lists, a text may be as long as all of them.
                size += column.num_values * longest.get(
                    column.path_in_schema, column.total_uncompressed_size
                )
        return max(1, min(ROWS, int(BATCH_BYTES * about.num_rows // max(size, 1))))

    def _longest_texts(self, group: int) -> dict[str, int]:
        """Return the length of the longest text in each dictionary of a row group, by column."""
        import pyarrow as pa
        import pyarrow.compute as compute

        first = _first_row(self._file, group)
        if first is None:
            return {}
        return {
            name: compute.max(compute.binary_length(column.dictionary)).as_py() or 0
            for name, column in zip(first.schema.names, first.columns, strict=True)
            if pa.types.is_dictionary(column.type) and len(column.dictionary)
        }
