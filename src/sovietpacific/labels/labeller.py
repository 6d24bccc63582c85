"""Say whose land it was for millions of points, each with its own day, as a stream of Arrow record
batches.

Knows batches of Arrow and nothing of pandas, files and clusters.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sovietpacific.atlas import Atlas
from sovietpacific.errors import ColumnError, OptionError, UnansweredWarning, choose, shown
from sovietpacific.labels.timetable import COLUMNS, Timetable
from sovietpacific.land.grid import Floats
from sovietpacific.land.shapes import Shapes
from sovietpacific.points.columns import PointReader, Points
from sovietpacific.points.unanswered import Reasoned, Reasons, Tally
from sovietpacific.questions.arguments import read_km, read_list, read_name

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
    """The answers to points: the number of the tract and of the timetable's answer for each.

    A number is 0 where there is none; on land that is drawn but not judged there is a tract, and no
    answer. `km` is how far the tract is where points are snapped, else None. `reason` says why
    there is no answer, as `Reasons` does; None where all are answered.
    """

    tract: NDArray[np.int16]
    answer: NDArray[np.int16]
    km: Floats | None
    reason: Reasoned | None


class TextColumn(NamedTuple):
    """One column of the labels: its texts, and the place of its text per number, -1 for none.

    `of` names the number: that of the tract, of the answer or of the reason.
    """

    name: str
    of: Literal["tract", "answer", "reason"]
    texts: list[str]
    place: NDArray[np.signedinteger[Any]]

    @classmethod
    def make(
        cls,
        name: str,
        of: Literal["tract", "answer", "reason"],
        texts: list[str],
        place: NDArray[np.int16],
    ) -> TextColumn:
        """Return a column whose places are of the smallest type that does, as pandas has them."""
        return cls(name, of, texts, place.astype(np.int8) if len(texts) < 128 else place)

    def places(self, labels: Labels) -> NDArray[np.signedinteger[Any]]:
        """Return the places of the texts of labels, -1 where there is none."""
        if self.of != "reason":
            return self.place.take(labels.tract if self.of == "tract" else labels.answer)
        return np.full(len(labels.tract), -1, np.int8) if labels.reason is None else labels.reason


class Labeller:
    """Labels points in one view, in columns and with a snapping that are settled at the start."""

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
        """Keep what answers; raise `OptionError` for what is no option of a label."""
        self._shapes, self.timetable, self.about = shapes, timetable, dict(about)
        self._snap_km, self._prefix = read_km(snap_km, "snap_km"), read_name(prefix, "prefix")
        self._columns = [
            choose(name, "column", LABEL_COLUMNS) for name in read_list(columns, "columns")
        ]
        if twice := [name for name in LABEL_COLUMNS if self._columns.count(name) > 1]:
            raise OptionError(f"columns names {twice[0]!r} more than once; give each column once")
        self.reasons = Reasons(timetable.first_day, timetable.last_day, self._snap_km)
        if not self._columns and not self._snap_km:
            raise OptionError(
                f"columns names nothing to tell; give some of {', '.join(LABEL_COLUMNS)}"
            )

    @property
    def distance_name(self) -> str | None:
        """The name of the column of distances, None where points are not snapped."""
        return f"{self._prefix}{DISTANCE}" if self._snap_km else None

    @property
    def options(self) -> LabelOptions:
        """The options it was made with, as plain values that can be sent to other processes."""
        return {
            "view": self.about["view"],
            "snap_km": self._snap_km,
            "columns": tuple(self._columns),
            "prefix": self._prefix,
        }

    @cached_property
    def text_columns(self) -> list[TextColumn]:
        """The columns of the labels, but for the distance."""
        return [self._text_column(name) for name in self._columns]

    def _text_column(self, name: str) -> TextColumn:
        header = f"{self._prefix}{name}"
        if name == "tract":
            return TextColumn.make(header, "tract", *self._shapes.judged_places)
        if name == "unanswered":
            texts = self.reasons.texts
            return TextColumn.make(header, "reason", texts, np.arange(len(texts), dtype=np.int16))
        return TextColumn.make(header, "answer", *self.timetable.column(name))

    def refuse_taken(self, present: Sequence[Any]) -> None:
        """Raise `ColumnError` if a column among `present` has the name of an answer."""
        names = [*(column.name for column in self.text_columns), self.distance_name]
        taken = [name for name in names if name in present]
        if taken:
            raise ColumnError(
                f"there is already a column called {taken[0]!r}; "
                "rename it, or give a prefix= for the answers"
            )

    def ask(self, points: Points) -> Labels:
        """Return the labels of points; this is the whole of the work, all else carries columns."""
        tract = self._shapes.locator.numbers_at(points.lon, points.lat)
        km, near_unjudged = None, None
        if self._snap_km:
            tract, km, near_unjudged = self._shapes.snapped(
                tract, points.lon, points.lat, self._snap_km
            )
        answer = self.timetable.answers_on(tract, points.day)
        reason = self.reasons.of(points, tract, answer, near_unjudged, self.timetable.first_untold)
        return Labels(tract, answer, km, reason)


#: The timetables of each atlas, one a view; they go when the atlas goes.
_timetables: WeakKeyDictionary[Atlas, dict[str, Timetable]] = WeakKeyDictionary()


def labeller_of(
    atlas: Atlas,
    *,
    view: str = "control",
    snap_km: float = 0.0,
    columns: Sequence[str] = USUAL_COLUMNS,
    prefix: str = "",
) -> Labeller:
    """Return what labels points by the million in one view; `label` says what its columns are."""
    view = atlas.time.check_view(view)
    kept = _timetables.setdefault(atlas, {})
    if view not in kept:
        kept[view] = Timetable(atlas.time, atlas.records.tracts, view)
    about = {"view": view, "version": atlas.version, "credit": atlas.credit}
    return Labeller(
        atlas.shapes, kept[view], about, snap_km=snap_km, columns=columns, prefix=prefix
    )


class BatchLabeller:
    """Labels the record batches of one schema one by one, and counts what has no answer."""

    def __init__(
        self, labeller: Labeller, schema: pyarrow.Schema, lon: str, lat: str, day: str
    ) -> None:
        """Find the columns of points.

        Raise `ColumnError` for a schema without them, or one with the name of an answer.
        """
        labeller.refuse_taken(schema.names)
        self._labeller = labeller
        self._points = PointReader(schema, lon, lat, day)
        self.tally = Tally(labeller.reasons)
        self.columns = ArrowColumns(labeller)

    def labels_of(self, batch: pyarrow.RecordBatch) -> list[pyarrow.Array]:
        """Return the columns of the labels of one batch."""
        labels = self._labeller.ask(self._points.read(batch, self.tally.rows))
        self.tally.add(len(batch), labels.reason)
        return self.columns.of(labels)


def label_stream(
    labeller: Labeller, reader: Any, lon: str, lat: str, day: str
) -> pyarrow.RecordBatchReader:
    """Return a stream of record batches with the labels added, which labels as it is read."""
    import pyarrow as pa

    try:
        source = (
            reader
            if isinstance(reader, pa.RecordBatchReader)
            else pa.RecordBatchReader.from_stream(reader)
        )
    except (TypeError, pa.ArrowException) as wrong:
        raise ColumnError(
            f"{shown(reader)} ({type(reader).__name__}) is no table or stream of batches: {wrong}"
        ) from wrong
    try:
        _ = source.schema.names
    except UnicodeDecodeError as wrong:
        raise ColumnError(
            f"a name of a column is no text in UTF-8: {shown(wrong.object)}"
        ) from wrong
    batches = BatchLabeller(labeller, source.schema, lon, lat, day)
    schema = batches.columns.added_to(source.schema)

    def labelled() -> Iterator[pyarrow.RecordBatch]:
        for batch in source:
            for start in range(0, len(batch), ROWS):
                part = batch.slice(start, ROWS)
                yield pa.RecordBatch.from_arrays(
                    [*part.columns, *batches.labels_of(part)], schema=schema
                )
        warn_of(batches.tally)

    return pa.RecordBatchReader.from_batches(schema, labelled())


def warn_of(tally: Tally) -> None:
    """Warn once, counting the rows without an answer by reason; not at all where there are none."""
    if tally.unanswered:
        warnings.warn(str(tally), UnansweredWarning, stacklevel=4)


class ArrowColumns:
    """The columns of labels as Arrow arrays: distances, and texts with one dictionary for all."""

    def __init__(self, labeller: Labeller) -> None:
        """Make the dictionaries once."""
        import pyarrow as pa

        self._columns = labeller.text_columns
        self._types = [
            pa.dictionary(pa.from_numpy_dtype(column.place.dtype), pa.string())
            for column in self._columns
        ]
        self._texts = [pa.array(column.texts, pa.string()) for column in self._columns]
        self._fields = [
            pa.field(column.name, kind)
            for column, kind in zip(self._columns, self._types, strict=True)
        ]
        if labeller.distance_name:
            self._fields.append(pa.field(labeller.distance_name, pa.float64()))
        self._about = {b"sovietpacific": json.dumps(labeller.about, ensure_ascii=False).encode()}

    @property
    def names(self) -> list[str]:
        """The names of the columns, in their order."""
        return [field.name for field in self._fields]

    def added_to(self, schema: pyarrow.Schema) -> pyarrow.Schema:
        """Return a schema with the columns added, and view, data version and credit as metadata."""
        import pyarrow as pa

        return pa.schema([*schema, *self._fields], {**(schema.metadata or {}), **self._about})

    def of(self, labels: Labels) -> list[pyarrow.Array]:
        """Return labels as arrays."""
        import pyarrow as pa

        rows = len(labels.tract)
        arrays = []
        for column, kind, texts in zip(self._columns, self._types, self._texts, strict=True):
            places = column.places(labels)
            # A text is missing where its place is negative; what lies under a missing entry must
            # still be a place.
            valid = pa.py_buffer(np.packbits(places >= 0, bitorder="little"))
            places = np.maximum(places, 0)
            arrays.append(
                pa.DictionaryArray.from_buffers(kind, rows, [valid, pa.py_buffer(places)], texts)
            )
        if labels.km is not None:
            arrays.append(pa.array(labels.km, from_pandas=True))
        return arrays
