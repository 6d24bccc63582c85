"""Folds the timelines of many tracts on one day into rows: borders, tracts, lines.

Rows are values: holders, polities, tracts and sources are tuples, days are days.  Knows nothing of
frames and texts, which `answers.tables` makes of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sovietpacific.facts.records import UNTOLD, VIEWS, LineLife, NamedLine, Tract
from sovietpacific.land.edges import Edge
from sovietpacific.timelines.timekeeper import Hold, Timekeeper


@dataclass(frozen=True, slots=True)
class BorderRow:
    """Land that is held in one way: by whom, how, and whose it is.

    `holders` and `sovereigns` are lineages, `polities` those of the day; `tracts` are ids, and
    `area_km2` is geodesic.
    """

    holders: tuple[str, ...]
    polities: tuple[str, ...]
    standing: str
    sovereigns: tuple[str, ...]
    sovereign_standing: str
    tracts: tuple[str, ...] = ()
    area_km2: float = 0.0

    @classmethod
    def of(cls, hold: Hold, sovereign: Hold, tracts: Collection[Tract] = ()) -> BorderRow:
        """Return the row of tracts that are all held so; areas are summed, never measured anew."""
        return cls(
            holders=hold.tenure.lineages,
            polities=hold.polities,
            standing=hold.tenure.standing,
            sovereigns=sovereign.tenure.lineages,
            sovereign_standing=sovereign.tenure.standing,
            tracts=tuple(tract.id for tract in tracts),
            area_km2=sum(tract.area_km2 for tract in tracts),
        )

    @property
    def disputed(self) -> bool:
        """Whether those whose land it is dispute it with each other."""
        return self.sovereign_standing == "contested" and len(self.sovereigns) > 1

    @classmethod
    def backdrop(cls, tracts: Collection[Tract]) -> BorderRow:
        """Return the row of land that is drawn but not judged."""
        area = sum(tract.area_km2 for tract in tracts)
        return cls((), (), "context", (), "", tuple(tract.id for tract in tracts), area)


@dataclass(frozen=True, slots=True)
class TractRow:
    """One tract on a day: how it is held in each of the three views, and who claims it."""

    tract: Tract
    holds: Mapping[str, Hold]
    claimants: tuple[str, ...]


class Side(NamedTuple):
    """Who holds one side of a line, by lineages, and whether they dispute it with each other."""

    holders: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    """A stretch of a line on one day.

    The two sides stand in the order of the alphabet, each with its tract; those of a line that
    parts no tracts are empty.  `status` is `edge`, `line` or `front`, as in `lines_at`.
    """

    line: str
    name: str
    kind: str
    left: Side
    right: Side
    left_tract: str
    right_tract: str
    since: date
    accuracy_km: float
    status: str
    basis: str = ""
    sources: tuple[str, ...] = ()
    certainty: str = ""
    seen: bool = False
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> bool:
        """Whether the two sides have different holders."""
        return self.left != self.right


def fold_borders(
    time: Timekeeper, tracts: Iterable[Tract], view: str, day: date
) -> list[BorderRow]:
    """Group tracts by who held them on `day`, how, and whose they were; sorted by these."""
    grouped: dict[tuple[Any, ...], tuple[Hold, Hold, list[Tract]]] = {}
    for tract in tracts:
        hold, sovereign = time.hold(tract.id, view, day), time.sovereign(tract.id, view, day)
        key = (hold.holder, hold.tenure.standing, sovereign.holder, hold.polities)
        grouped.setdefault(key, (hold, sovereign, []))[2].append(tract)
    return [BorderRow.of(*grouped[key]) for key in sorted(grouped)]


def fold_tract(time: Timekeeper, tract: Tract, day: date) -> TractRow:
    """Return how one tract is held on `day` in all views, and its claimants, sorted."""
    return TractRow(
        tract=tract,
        holds={view: time.hold(tract.id, view, day) for view in VIEWS},
        claimants=tuple(sorted({c.claimant for c in tract.claims if c.stands_on(day)})),
    )


def is_asked(
    edge: Edge, lines: Mapping[str, NamedLine], judged: Collection[str], region: str | None
) -> bool:
    """Tell whether an edge lies between `judged` tracts, or a line that parts no tracts belongs to
    `region`.
    """
    if edge.left:
        return edge.left in judged and edge.right in judged
    return region is None or lines[edge.line].lies_in(region)


def side_of(hold: Hold) -> Side:
    """Return who holds the land on one side of a line."""
    lineages = hold.tenure.lineages
    return Side(lineages, hold.tenure.standing == "contested" and len(lineages) > 1)


def fold_line(
    time: Timekeeper, edge: Edge, record: NamedLine | None, view: str, day: date
) -> LineRow | None:
    """Return the row of an edge or a free line on `day`, None where two holders did not meet and
    no named line was in force.

    An edge is given its name only on the days the line was in force: before 1953 no edge is the
    Military Demarcation Line. A line without lives has its name always. A line at sea between two
    tracts is given while these have different holders. The two holders stand in the order of the
    alphabet, each with its tract, so that a pair of holders is one pair everywhere. Where a side is
    not told, no two holders are known to meet.
    """
    ids = [tract for tract in (edge.left, edge.right) if tract]
    sides = sorted((time.hold(tract, view, day).holder, tract) for tract in ids)
    holds = [time.hold(tract, view, day) for _, tract in sides]
    told = UNTOLD not in [hold.tenure.standing for hold in holds]
    apart = bool(holds) and told and side_of(holds[0]) != side_of(holds[1])
    life = record.life_on(day) if record else None
    in_force = life is not None or (record is not None and not record.lives)
    at_sea = edge.free and bool(holds)
    if not (apart and in_force if at_sea else (apart and not edge.free) or life is not None):
        return None
    named = record if in_force else None
    begins = [hold.tenure.since for hold in holds] if apart else []
    if life and (edge.free or not apart):
        begins.append(life.since)
    is_edge = apart and not edge.free
    return LineRow(
        line=edge.line if named else "",
        name=named.name if named else "",
        kind=edge.kind,
        left=side_of(holds[0]) if holds else Side(),
        right=side_of(holds[1]) if holds else Side(),
        left_tract=sides[0][1] if sides else "",
        right_tract=sides[1][1] if sides else "",
        since=max(begins),
        accuracy_km=edge.accuracy_km,
        status="front" if edge.kind == "front" else "edge" if is_edge else "line",
        **_line_evidence(named, life),
    )


def _line_evidence(record: NamedLine | None, life: LineLife | None) -> dict[str, Any]:
    """Return the basis of a line in force and what it rests on; an edge that no line in force runs
    along has none.
    """
    notes = tuple(one.note for one in (record, life) if one is not None and one.note)
    if life is None:
        return {"notes": notes}
    return {
        "basis": life.basis,
        "sources": life.sources,
        "certainty": life.certainty,
        "seen": life.seen,
        "notes": notes,
    }
