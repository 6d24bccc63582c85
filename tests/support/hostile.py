"""Hostile values of every kind, for the tests of the worst day: what nobody should give, and
somebody will.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from hypothesis import strategies as st

import sovietpacific as sp


class Unspeakable:
    """An object every question to which raises."""

    def _refuse(self, *_values: Any) -> Any:
        raise RuntimeError("asked what may not be asked")

    __eq__ = __ne__ = __hash__ = __repr__ = __str__ = __bool__ = __len__ = __iter__ = _refuse  # type: ignore[assignment]
    __float__ = __int__ = __index__ = __fspath__ = __contains__ = __getitem__ = __lt__ = __le__ = (
        __format__
    ) = _refuse


class Mute:
    """An object that cannot be shown, and is fine otherwise."""

    def __repr__(self) -> str:
        raise RuntimeError("it cannot be shown")


class Liar(str):
    """A text that says it is every other text, and cannot be shown."""

    __slots__ = ()

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        return "control"

    def __repr__(self) -> str:
        raise RuntimeError("it cannot be shown")

    def casefold(self) -> str:
        """Say that it is Urup."""
        return "urup"


class OddDay(datetime.date):
    """A day that is before and after every other."""

    def __lt__(self, _other: object) -> bool:
        return False

    def __gt__(self, _other: object) -> bool:
        return False


TEXTS = (
    *(
        "",
        " ",
        "\0",
        "urup\0",
        "\ud800",
        "\udcff",
        "\u202e\u2066urup",
        "u\u0301\u0301\u0301rup",
        "<script>alert(1)</script>",
    ),
    *(
        "../../etc/passwd",
        "/",
        "\\",
        "--help",
        "-o",
        "--view=title",
        "x" * 100_000,
        "\u0301" * 5_000,
        "٠١",
        "１９４５-０９-０２",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% raw %}",
        "%s%n",
        "'; DROP TABLE tracts; --",
        "None",
        "nan",
        "NaT",
        "1e999",
        "\r\n",
        "\x1b[31m",
        "control ",
    ),
    *(
        "1945-02-30",
        "0000-00-00",
        "9999-12-31",
        "1854-12-31",
        "1945-09-02T00:00:00",
        "19450902",
        "142,47",
        "CONTROL",
        "\U0010ffff",
    ),
)

#: What is given in the place of something else; made anew for each question, since some of it can
#: be changed.
VALUES: Mapping[str, Callable[[], Any]] = {
    **{
        f"text {number} {text[:12]!r}": (lambda text=text: text)
        for number, text in enumerate(TEXTS)
    },
    **{
        repr(value)[:24]: (lambda value=value: value)
        for value in (None, True, False, 0, 1, -1, 1.5, 1e308, -0.0, 2**31, 2**63)
    },
    **{
        repr(value): (lambda value=value: value)
        for value in (float("nan"), float("inf"), -float("inf"), ..., NotImplemented)
    },
    "huge": lambda: 10**400,
    "too huge to show": lambda: 10**5000,
    "complex": lambda: 1 + 2j,
    "decimal": lambda: decimal.Decimal("1.5"),
    "decimal sNaN": lambda: decimal.Decimal("sNaN"),
    "fraction": lambda: fractions.Fraction(1, 3),
    "bytes": lambda: b"urup",
    "bytearray": lambda: bytearray(b"urup"),
    "memory": lambda: memoryview(b"urup"),
    "empty list": list,
    "empty tuple": tuple,
    "empty dict": dict,
    "empty set": set,
    "list of a view": lambda: ["control"],
    "nested lists": lambda: [[["control"]]],
    "deep list": lambda: deep(500),
    "pair of texts": lambda: ("142", "47"),
    "pair of None": lambda: (None, None),
    "pair of NaN": lambda: (float("nan"), 47.0),
    "pair of huge": lambda: (10**400, 47),
    "pair of pairs": lambda: ((142.0, 47.0), (142.0, 47.0)),
    "pair swapped": lambda: (47.0, 142.0),
    "triple": lambda: (142.0, 47.0, 0.0),
    "generator": lambda: (value for value in (142.0, 47.0)),
    "endless": lambda: iter(int, 1),
    "dict": lambda: {"lon": 142.0, "lat": 47.0},
    "function": lambda: len,
    "class": lambda: str,
    "module": lambda: sp,
    "object": object,
    "exception": lambda: ValueError("x"),
    "unspeakable": Unspeakable,
    "mute": Mute,
    "pair of unspeakable": lambda: (Unspeakable(), Unspeakable()),
    "liar": lambda: Liar("kurils"),
    "empty liar": lambda: Liar(""),
    "numpy text": lambda: np.str_("nowhere"),
    "numpy int": lambda: np.int64(3),
    "numpy float": lambda: np.float32(1.5),
    "numpy NaN": lambda: np.float64("nan"),
    "numpy bool": lambda: np.bool_(True),
    "numpy NaT": lambda: np.datetime64("NaT", "D"),
    "numpy day": lambda: np.datetime64("1945-09-02"),
    "numpy far day": lambda: np.datetime64("99999-01-01"),
    "numpy old day": lambda: np.datetime64("-500-01-01"),
    "numpy generic stamp": lambda: np.datetime64("1945-09-02T12", "ns"),
    "numpy duration": lambda: np.timedelta64(3, "D"),
    "empty array": lambda: np.array([]),
    "array": lambda: np.array([142.0, 47.0]),
    "array of texts": lambda: np.array(["control", "title"]),
    "zero-dimensional array": lambda: np.array("control"),
    "matrix": lambda: np.zeros((2, 2)),
    "record": lambda: np.zeros(1, [("x", float), ("y", float)])[0],
    "NA": lambda: pd.NA,
    "NaT": lambda: pd.NaT,
    "stamp": lambda: pd.Timestamp("1945-09-02"),
    "zoned stamp": lambda: pd.Timestamp("1945-09-02", tz="Asia/Tokyo"),
    "far stamp": lambda: pd.Timestamp.max,
    "series": lambda: pd.Series(["control"]),
    "empty frame": pd.DataFrame,
    "categorical": lambda: pd.Categorical(["a"]),
    "period": lambda: pd.Period("1945-09"),
    "interval": lambda: pd.Interval(0, 1),
    "Arrow text": lambda: pa.scalar("control"),
    "Arrow array": lambda: pa.array([1.0, 2.0]),
    "point": lambda: shapely.Point(142.7, 47.0),
    "empty point": lambda: shapely.Point(),
    "NaN point": lambda: shapely.Point(float("nan"), 1.0),
    "line": lambda: shapely.LineString([(0, 0), (1, 1)]),
    "polygon": lambda: shapely.box(0, 0, 1, 1),
    "empty collection": lambda: shapely.GeometryCollection(),
    "multipoint": lambda: shapely.MultiPoint([(0, 0), (1, 1)]),
    "day": lambda: datetime.date(1945, 9, 2),
    "first of days": lambda: datetime.date.min,
    "last of days": lambda: datetime.date.max,
    "odd day": lambda: OddDay(1, 1, 1),
    "time": lambda: datetime.time(12),
    "stamp with zone": lambda: datetime.datetime(1945, 9, 2, tzinfo=datetime.UTC),
    "duration": lambda: datetime.timedelta(days=1),
    "path": lambda: Path("nowhere"),
    "uuid": lambda: uuid.UUID(int=0),
    "range": lambda: range(10**12),
}

#: Paths no file can have, or should; each is completed with the ending that is right.
STEMS = (
    "\0",
    "a\0b",
    "\ud800",
    "\udcff",
    "x" * 300,
    "x/" * 3000,
    "nowhere/\0/x",
    "\u202e",
    "-o",
    "a\nb",
    " ",
)


def deep(depth: int) -> list[Any]:
    """Give a list in a list in a list."""
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


#: Anything: the values above, and what hypothesis thinks of.
ANYTHING = st.one_of(
    st.sampled_from(sorted(VALUES)).map(lambda name: VALUES[name]()),
    st.text(max_size=40),
    st.floats(),
    st.integers(),
    st.binary(max_size=8),
    st.dates().map(str),
    st.tuples(st.floats(), st.floats()),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=6,
    ),
)
