"""Says whose land it was for millions of points, each with its own day, as a stream of Arrow record batches."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from sovietpacific.arguments import read_km, read_list, read_name
from sovietpacific.errors import ColumnError, OptionError, UnansweredWarning, choose, shown
from sovietpacific.grid import Floats
from sovietpacific.point_columns import PointReader, Points
from sovietpacific.shapes import Shapes
from sovietpacific.timetable import COLUMNS, Timetable
from sovietpacific.unanswered import Reasoned, Reasons, Tally

if TYPE_CHECKING:
    import pyarrow

#: What a label may tell, and what it tells unless asked otherwise.
LABEL_COLUMNS = ("tract", *COLUMNS, "unanswered")
USUAL_COLUMNS = ("tract", "holder", "lineage", "standing", "sovereign", "certainty")

#: The column that is added where points are snapped.
DISTANCE = "distance_km"

#: Rows that are labelled at a time.
ROWS = 1 << 17


class LabelOptions(TypedDict, total=False):
    """The options of `label`, where they are handed on to other processes."""

    view: str
    snap_km: float
    columns: Sequence[str]
    prefix: str


class Labels(NamedTuple):
    """The answers to points: the numbers of tracts and of the timetable's answers, and km to the tract where points are snapped.

    A number is 0 where there is none; on land that is drawn but not judged there is a tract, and no answer.  `reason` says why
    there is no answer, as `Reasons` does; None where all are answered.
    """

    tract: NDArray[np.int16]
    answer: NDArray[np.int16]
    km: Floats | None
    reason: Reasoned | None


class TextColumn(NamedTuple):
    """One column of the labels: its texts, and the place of its text per number, -1 for none; `of` tells which number."""

    name: str
    of: Literal["tract", "answer", "reason"]
    texts: list[str]
    place: NDArray[np.signedinteger[Any]]

    @classmethod
    def make(cls, name: str, of: Literal["tract", "answer", "reason"], texts: list[str], place: NDArray[np.int16]) -> TextColumn:
        """Make a column whose places are of the smallest type that holds them, as pandas keeps them too."""
        return cls(name, of, texts, place.astype(np.int8) if len(texts) < 128 else place)

    def places(self, labels: Labels) -> NDArray[np.signedinteger[Any]]:
        """Give the places of the texts of labels, -1 where there is none."""
        if self.of != "reason":
            return self.place.take(labels.tract if self.of == "tract" else labels.answer)
        return np.full(len(labels.tract), -1, np.int8) if labels.reason is None else labels.reason


class Labeller:
    """Labels points in one view; which columns it gives, under which names, and how far it snaps is settled at the start."""

    def __init__(
        self,
        shapes: Shapes,
        timetable: Timetable,
        about: Mapping[str, str],
        *,
        snap_km: float = 0.0,
        columns: Sequence[str] = USUAL_COLUMNS,
        prefix: str = "",
    ) -> None:
        """Keep what answers; `ViewError` for a column it cannot give, `PlaceError`, `OptionError` for other options."""
        self._shapes, self.timetable, self.about = shapes, timetable, dict(about)
        self._snap_km, self._prefix = read_km(snap_km, "snap_km"), read_name(prefix, "prefix")
        self._columns = [choose(name, "column", LABEL_COLUMNS) for name in read_list(columns, "columns")]
        if twice := [name for name in LABEL_COLUMNS if self._columns.count(name) > 1]:
            raise OptionError(f"columns names {twice[0]!r} more than once; give each column once")
        self.reasons = Reasons(timetable.first_day, timetable.last_day, self._snap_km)
        if not self._columns and not self._snap_km:
            raise OptionError(f"columns names nothing to tell; give some of {', '.join(LABEL_COLUMNS)}")

    @property
    def distance_name(self) -> str | None:
        """The name of the column of distances, None where points are not snapped."""
        return f"{self._prefix}{DISTANCE}" if self._snap_km else None

    @property
    def options(self) -> LabelOptions:
        """The options it was made with, as plain values that can be sent to other processes."""
        return {"view": self.about["view"], "snap_km": self._snap_km, "columns": tuple(self._columns), "prefix": self._prefix}

    @cached_property
    def text_columns(self) -> list[TextColumn]:
        """The columns of the labels, but for the distance."""
        return [self._text_column(name) for name in self._columns]

    def _text_column(self, name: str) -> TextColumn:
        called = f"{self._prefix}{name}"
        if name == "tract":
            return TextColumn.make(called, "tract", *self._shapes.judged_places)
        if name == "unanswered":
            return TextColumn.make(called, "reason", self.reasons.texts, np.arange(len(self.reasons.texts), dtype=np.int16))
        return TextColumn.make(called, "answer", *self.timetable.column(name))

    def refuse_taken(self, present: Sequence[Any]) -> None:
        """Refuse a frame or stream that already has a column of the name of an answer."""
        names = [*(column.name for column in self.text_columns), self.distance_name]
        taken = [name for name in names if name in present]
        if taken:
            raise ColumnError(f"there is already a column called {taken[0]!r}; rename it, or give a prefix= for the answers")

    def ask(self, points: Points) -> Labels:
        """Answer for points as arrays; this is the whole of the work, all else carries columns."""
        tract, km, near_unjudged = self._shapes.locator.numbers_at(points.lon, points.lat), None, None
        if self._snap_km:
            tract, km, near_unjudged = self._shapes.snapped(tract, points.lon, points.lat, self._snap_km)
        answer = self.timetable.answers_on(tract, points.day)
        return Labels(tract, answer, km, self.reasons.of(points, tract, answer, near_unjudged, self.timetable.first_untold))


class BatchLabeller:
    """Labels the record batches of one schema, one after the other, and counts what has no answer."""

    def __init__(self, labeller: Labeller, schema: pyarrow.Schema, lon: str, lat: str, when: str) -> None:
        """Find the columns of points; refuse a schema without them, or with the name of an answer among its own."""
        labeller.refuse_taken(schema.names)
        self._labeller, self._points, self.tally = labeller, PointReader(schema, lon, lat, when), Tally(labeller.reasons)
        self.columns = ArrowColumns(labeller)

    def labels_of(self, batch: pyarrow.RecordBatch) -> list[pyarrow.Array]:
        """Give the columns of the labels of one batch."""
        labels = self._labeller.ask(self._points.read(batch, self.tally.rows))
        self.tally.add(len(batch), labels.reason)
        return self.columns.of(labels)


def label_stream(labeller: Labeller, reader: Any, lon: str, lat: str, when: str) -> pyarrow.RecordBatchReader:
    """Give a stream of record batches with the columns of the labels added, labelled as it is read."""
    import pyarrow as pa

    try:
        source = reader if isinstance(reader, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(reader)
    except (TypeError, pa.ArrowException) as wrong:
        raise ColumnError(f"{shown(reader)} ({type(reader).__name__}) is no table or stream of batches: {wrong}") from wrong
    try:
        _ = source.schema.names
    except UnicodeDecodeError as wrong:
        raise ColumnError(f"a name of a column is no text in UTF-8: {shown(wrong.object)}") from wrong
    batches = BatchLabeller(labeller, source.schema, lon, lat, when)
    schema = batches.columns.added_to(source.schema)

    def labelled() -> Iterator[pyarrow.RecordBatch]:
        for batch in source:
            for start in range(0, len(batch), ROWS):
                part = batch.slice(start, ROWS)
                yield pa.RecordBatch.from_arrays([*part.columns, *batches.labels_of(part)], schema=schema)
        warn_of(batches.tally)

    return pa.RecordBatchReader.from_batches(schema, labelled())


def warn_of(tally: Tally) -> None:
    """Give one warning that counts the rows without an answer by reason, none where there are none."""
    if tally.unanswered:
        warnings.warn(str(tally), UnansweredWarning, stacklevel=4)


class ArrowColumns:
    """The columns of labels as Arrow arrays: dictionaries of texts, the same in every batch, and distances."""

    def __init__(self, labeller: Labeller) -> None:
        """Make the dictionaries once."""
        import pyarrow as pa

        self._columns = labeller.text_columns
        self._types = [pa.dictionary(pa.from_numpy_dtype(column.place.dtype), pa.string()) for column in self._columns]
        self._texts = [pa.array(column.texts, pa.string()) for column in self._columns]
        self._fields = [pa.field(column.name, kind) for column, kind in zip(self._columns, self._types, strict=True)]
        if labeller.distance_name:
            self._fields.append(pa.field(labeller.distance_name, pa.float64()))
        self._about = {b"sovietpacific": json.dumps(labeller.about, ensure_ascii=False).encode()}

    @property
    def names(self) -> list[str]:
        """The names of the columns, in their order."""
        return [field.name for field in self._fields]

    def added_to(self, schema: pyarrow.Schema) -> pyarrow.Schema:
        """Give a schema with the columns added, and with the view, the data version and the credit in its metadata."""
        import pyarrow as pa

        return pa.schema([*schema, *self._fields], {**(schema.metadata or {}), **self._about})

    def of(self, labels: Labels) -> list[pyarrow.Array]:
        """Give labels as arrays."""
        import pyarrow as pa

        rows = len(labels.tract)
        arrays = []
        for column, kind, texts in zip(self._columns, self._types, self._texts, strict=True):
            places = column.places(labels)
            # A text is missing where its place is negative; what lies under a missing entry must still be a place.
            valid = pa.py_buffer(np.packbits(places >= 0, bitorder="little"))
            places = np.maximum(places, 0)
            arrays.append(pa.DictionaryArray.from_buffers(kind, rows, [valid, pa.py_buffer(places)], texts))
        if labels.km is not None:
            arrays.append(pa.array(labels.km, from_pandas=True))
        return arrays
