"""Say which part of the atlas is exported: the views, the region, the days and the detail asked
for.

Knows the atlas and nothing of layouts and the forms of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sovietpacific.atlas import Atlas
from sovietpacific.dates import parse_day
from sovietpacific.errors import DayError, ViewError, choose
from sovietpacific.facts.records import VIEWS, Tract
from sovietpacific.land.shapes import DETAILS
from sovietpacific.questions.names import read_region

#: What may be done with an export; which place is of GeoNames says its source.
LICENCE = (
    "ODbL-1.0 (shapes), CC0-1.0 (facts), CC-BY-4.0 (coordinates and names of places from GeoNames)"
)

#: Asks for control, sovereignty and title at once.
ALL_VIEWS = "all"


def spans_meet(
    since: date | None, until: date | None, other_since: date, other_until: date | None
) -> bool:
    """Return whether two half-open spans have a day in common; None is an open end."""
    return (until is None or other_since < until) and (
        since is None or other_until is None or since < other_until
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of an atlas."""

    atlas: Atlas
    views: tuple[str, ...]
    region: str | None  # None: all
    since: date | None  # the days are [since, until); None: open
    until: date | None
    detail: str  # of shapes

    @property
    def tracts(self) -> Iterator[Tract]:
        """The judged tracts of the region, sorted by id."""
        for tract in self.atlas.tracts.values():
            if tract.judged and (self.region is None or tract.lies_in(self.region)):
                yield tract

    @property
    def about(self) -> dict[str, str]:
        """What every export says of itself: views, region, data version, credit and licence."""
        region = {} if self.region is None else {"region": self.region}
        credit = {
            "version": self.atlas.version,
            "as_of": self.atlas.as_of.isoformat(),
            "credit": self.atlas.credit,
        }
        return {"view": ", ".join(self.views), **region, **credit, "licence": LICENCE}

    def holds_any(self, since: date, until: date | None) -> bool:
        """Return whether the span `[since, until)` has a day in common with the days asked for."""
        return spans_meet(self.since, self.until, since, until)

    def shape(self, tract: str) -> Any:
        """Return the shape of a tract in the detail asked for."""
        return self.atlas.shapes.of(tract, self.detail)


def select(
    atlas: Atlas,
    *,
    view: str,
    region: str | None = None,
    since: Any = None,
    until: Any = None,
    detail: str = "fine",
) -> Selection:
    """Read what is asked for; raise for a day, a view, a region or a detail there is not."""
    chosen = choose(view, "view", (*atlas.views, ALL_VIEWS), ViewError)
    views = VIEWS if chosen == ALL_VIEWS else (chosen,)
    region = read_region(region, atlas.records.regions)
    first, last = (None if day is None else parse_day(day) for day in (since, until))
    if first is not None:
        atlas.time.check_told(first)
    if first is not None and last is not None and last <= first:
        raise DayError(
            f"until = {last} is not after since = {first}; the days asked for are [since, until)"
        )
    return Selection(atlas, views, region, first, last, choose(detail, "detail", DETAILS))
