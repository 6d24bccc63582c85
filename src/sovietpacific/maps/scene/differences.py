"""Find how the map of one day differs from that of another: what changed hands in the end, from
whom to whom, and how large.

Knows the rows of both days and nothing of where they are outlined.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.messages import Words
from sovietpacific.answers.words.wording import text
from sovietpacific.errors import DayError
from sovietpacific.facts.records import UNTOLD, Tract
from sovietpacific.maps.scene.day_map import DayMap


class Difference(NamedTuple):
    """Land that was held in one way on the first day and in another on the second.

    `from_words` and `to_words` read as in the legends of the two days; `before` and `after` are
    rows of a tract of it, `tracts` the ids of them all; `area_km2` is geodesic.
    """

    from_words: Words
    to_words: Words
    before: BorderRow
    after: BorderRow
    from_fill: palette.Fill
    to_fill: palette.Fill
    tracts: tuple[str, ...]
    area_km2: float


def net_differences(first: DayMap, last: DayMap, region: str | None = None) -> list[Difference]:
    """Return what differs between the maps of two days in one view, the largest first; what was
    lost and won back between them is not told.

    As in `changes_between`, another standing of the same holder is a difference; one polity
    following another in its lineage is none, and neither is a change of the sovereign alone where
    the view is control. Land of the same words on both days is one difference. Of land that is not
    told on one of the days no difference is known (`untold_tracts`). Raise `DayError` where the
    last day is before the first.
    """
    if last.day < first.day:
        raise DayError(f"{last.day} is before {first.day}; give the earlier day first")
    atlas, view = first.atlas, first.view
    grouped: dict[tuple[Words, Words], list[Tract]] = {}
    for tract in atlas.judged_tracts(region):
        old, new = first.row_of[tract.id], last.row_of[tract.id]
        same = (old.holders, old.standing) == (new.holders, new.standing)
        if not same and UNTOLD not in (old.standing, new.standing):
            from_words, to_words = (
                holds.legend(atlas.records, holds.Holding.of_row(row), view) for row in (old, new)
            )
            grouped.setdefault((from_words, to_words), []).append(tract)
    differences = []
    for (from_words, to_words), members in grouped.items():
        before, after = (one.row_of[members[0].id] for one in (first, last))
        differences.append(
            Difference(
                from_words=from_words,
                to_words=to_words,
                before=before,
                after=after,
                from_fill=palette.fill_of_row(atlas.records.look, before),
                to_fill=palette.fill_of_row(atlas.records.look, after),
                tracts=tuple(tract.id for tract in members),
                area_km2=sum(tract.area_km2 for tract in members),
            )
        )
    return sorted(
        differences,
        key=lambda one: (-one.area_km2, text(one.from_words), text(one.to_words)),
    )


def untold_tracts(day_maps: Sequence[DayMap], region: str | None = None) -> list[str]:
    """Return the tracts that are not told on one or more of some days, so that these cannot be
    compared.
    """
    return [
        tract.id
        for tract in day_maps[0].atlas.judged_tracts(region)
        if any(one.row_of[tract.id].standing == UNTOLD for one in day_maps)
    ]
