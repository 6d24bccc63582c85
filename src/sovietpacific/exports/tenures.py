"""List the tenures one by one, each with the days on which it began and ended and the limits of
both.

Knows tenures and their limits, and nothing of the forms of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sovietpacific.answers.tables import tenure_columns
from sovietpacific.dates import DayLimits
from sovietpacific.exports.layers import DAY, FLAG, NUMBER, TEXT, Layer
from sovietpacific.exports.selection import Selection
from sovietpacific.facts.records import Tenure, Tract
from sovietpacific.timelines.timekeeper import Hold

#: The columns of a tenure; `since` and `until` are half-open, the limits include both their days.
TENURE_COLUMNS = {
    **dict.fromkeys(("tract", "name", "region", "view", "holder", "polity", "standing"), TEXT),
    "since": DAY,
    "until": DAY,
    "since_edtf": TEXT,
    "until_edtf": TEXT,
    **dict.fromkeys(("since_earliest", "since_latest", "until_earliest", "until_latest"), DAY),
    "instrument": TEXT,
    "on": TEXT,
    "sources": TEXT,
    "certainty": TEXT,
    "seen": FLAG,
    "note": TEXT,
    "area_km2": NUMBER,
    "lon": NUMBER,
    "lat": NUMBER,
    "version": TEXT,
}


#: Of the columns of a tenure, who held and how; and by what act, and on whose word.
WHO = ("holder", "polity", "standing")
WHY = ("instrument", "on", "sources", "certainty", "seen", "note")


class Held(NamedTuple):
    """One tenure of a tract in a view over `[since, until)`, with the limits of these days."""

    tract: Tract
    view: str
    hold: Hold
    since: date
    until: date | None
    begins: DayLimits
    ends: DayLimits | None

    @property
    def tenure(self) -> Tenure:
        """The tenure itself."""
        return self.hold.tenure

    @property
    def id(self) -> str:
        """A name for it that stays: tract, view and first day."""
        return f"{self.tract.id}/{self.view}/{self.since}"


def list_tenures(selection: Selection) -> Iterator[Held]:
    """Yield the tenures selected, by tract and view, first to last.

    Those of a state's own map begin with its first day.
    """
    time = selection.atlas.time
    for tract in selection.tracts:
        for view in selection.views:
            first = time.first_day(view)
            for hold, after in pairwise([*time.holds(tract.id, view), None]):
                if hold is None or (hold.until is not None and hold.until <= first):
                    continue
                cut = hold.tenure.since < first
                since = first if cut else hold.tenure.since
                begins = DayLimits(None, first) if cut else hold.tenure.limits
                if selection.holds_any(since, hold.until):
                    yield Held(
                        tract, view, hold, since, hold.until, begins, after and after.tenure.limits
                    )


def tenures_layer(selection: Selection) -> Layer:
    """Return a layer with a row of `TENURE_COLUMNS` per tenure, with the shape of its tract."""
    held = list(list_tenures(selection))
    return Layer(
        name="tenures",
        columns=TENURE_COLUMNS,
        rows=[tenure_row(one, selection.atlas.version) for one in held],
        geometries=[selection.shape(one.tract.id) for one in held],
        ids=[one.id for one in held],
        holders={one.hold.holder: one.tenure.lineages for one in held},
    )


def tenure_row(held: Held, version: str) -> dict[str, Any]:
    """Return the row of one tenure.

    The polities are those of its first day; the point lies in the tract's land.
    """
    tract = held.tract
    columns = tenure_columns(held.hold)
    return {
        "tract": tract.id,
        "name": tract.name,
        "region": tract.region,
        "view": held.view,
        **{name: columns[name] for name in WHO},
        "since": held.since,
        "until": held.until,
        **limit_columns("since", held.begins),
        **limit_columns("until", held.ends),
        **{name: columns[name] for name in WHY},
        "area_km2": tract.area_km2,
        "lon": tract.point[0],
        "lat": tract.point[1],
        "version": version,
    }


def limit_columns(name: str, limits: DayLimits | None) -> dict[str, Any]:
    """Return the limits of the day `name` as EDTF and as two days.

    All are missing for an end that has not come.
    """
    return {
        f"{name}_edtf": limits and str(limits),
        f"{name}_earliest": limits and limits.earliest,
        f"{name}_latest": limits and limits.latest,
    }
