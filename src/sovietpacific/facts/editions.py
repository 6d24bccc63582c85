"""Name an edition of the data, so that what was made of it is pickled by that name and found again
in another process.

Knows a version and a folder; it knows nothing of what was made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from sovietpacific import upstairs

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Edition:
    """The data an atlas was read from: its version, and the digest of its `datapackage.json`.

    That file lists all the rest. `folder` is where it lay, "" for the data shipped with the
    library, which lies elsewhere on another machine.
    """

    version: str
    digest: str
    folder: str


class Unchanging:
    """What is made of one edition of the data and never changes: it is its own deep copy."""

    __slots__ = ()

    def __deepcopy__(self, _memo: object) -> Self:
        return self


class Register(Unchanging, Mapping[str, Entry]):
    """Records by id, to be read only."""

    __slots__ = ("_records",)

    def __init__(self, records: Mapping[str, Entry]) -> None:
        """Keep the records, which whoever made them must not change either."""
        self._records = records

    def __getitem__(self, key: str) -> Entry:
        return self._records[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._records!r})"


class Rebuilt(Unchanging):
    """What is pickled by the name of its edition.

    Reading it back loads that data, once in each process.
    """

    __slots__ = ()

    edition: Edition

    def __copy__(self) -> Self:
        # Not by way of the pickle, which would find this very one again.
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        return copied

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuild, (self.edition, type(self))


def rebuild(edition: Edition, kind: type) -> Any:
    """Return the atlas of an edition of the data, or its shapes: that is how a pickle is read."""
    return upstairs.find("atlases").made_of(edition, kind)
