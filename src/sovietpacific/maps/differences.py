"""Finds how the map of one day differs from that of another: what changed hands in the end, from whom to whom, and how large."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sovietpacific import frames
from sovietpacific.atlas import Atlas
from sovietpacific.dates import parse_day
from sovietpacific.errors import DayError
from sovietpacific.folds import fold_borders
from sovietpacific.maps import style
from sovietpacific.placenames import read_region
from sovietpacific.records import UNTOLD
from sovietpacific.wording import legend_words


class Difference(NamedTuple):
    """Land that had one holder and standing on the first day and another on the second.

    `from_words` and `to_words` read as in the legends of the two days; holders, polities (joined by `"; "`) and standings as in
    `borders_at`.  `tracts` are ids, `area_km2` is geodesic.
    """

    from_words: str
    to_words: str
    from_holder: str
    to_holder: str
    from_polity: str
    to_polity: str
    from_standing: str
    to_standing: str
    from_fill: style.Fill
    to_fill: style.Fill
    tracts: tuple[str, ...]
    area_km2: float


def net_differences(atlas: Atlas, first: Any, second: Any, view: str = "control", region: str | None = None) -> list[Difference]:
    """Give what differs between two days in one view, the largest first; what was lost and won back between them is not told.

    As in `Atlas.changes_between`, another standing of the same holder is a difference; one polity following another in its
    lineage is none, and neither is a change of the sovereign alone where the view is control.  Land of the same words on
    both days is one difference.  Of land that is not told on one of the days no difference is known (`untold_tracts`).  Raises
    `DayError` where `second` is before `first`, `ViewError`, `UnknownPlaceError`.
    """
    before, after = parse_day(first), parse_day(second)
    view, region = atlas.time.check_view(view, before, after), read_region(region, atlas.records.regions)
    if after < before:
        raise DayError(f"{after} is before {before}; give the earlier day first")
    tracts = [tract for tract in atlas.tracts.values() if tract.judged and (region is None or tract.lies_in(region))]
    held = [
        {tract: row for row in fold_borders(atlas.time, tracts, view, day) for tract in row["tracts"].split(frames.SEPARATOR)}
        for day in (before, after)
    ]
    grouped: dict[tuple[str, str], list[str]] = {}
    for tract in tracts:
        old, new = (rows[tract.id] for rows in held)
        same = (old["holder"], old["standing"]) == (new["holder"], new["standing"])
        if not same and UNTOLD not in (old["standing"], new["standing"]):
            words = tuple(legend_words(row, atlas.lineages, atlas.polity_names, view) for row in (old, new))
            grouped.setdefault((words[0], words[1]), []).append(tract.id)
    found = [_difference(atlas, words, members, held) for words, members in grouped.items()]
    return sorted(found, key=lambda difference: (-difference.area_km2, difference.from_words, difference.to_words))


def untold_tracts(atlas: Atlas, days: Iterable[date], view: str, region: str | None) -> list[str]:
    """Give the tracts that are not told on one or more of some days, so that these cannot be compared."""
    tracts = [tract for tract in atlas.tracts.values() if tract.judged and (region is None or tract.lies_in(region))]
    told = list(days)
    return [tract.id for tract in tracts if any(atlas.time.hold(tract.id, view, day).tenure.standing == UNTOLD for day in told)]


def _difference(atlas: Atlas, words: tuple[str, str], tracts: list[str], held: list[dict[str, dict[str, Any]]]) -> Difference:
    old, new = (rows[tracts[0]] for rows in held)
    return Difference(
        from_words=words[0],
        to_words=words[1],
        from_holder=old["holder"],
        to_holder=new["holder"],
        from_polity=old["polity"],
        to_polity=new["polity"],
        from_standing=old["standing"],
        to_standing=new["standing"],
        from_fill=style.fill_of(old["holder"], old["standing"], old["sovereign"], old["polity"]),
        to_fill=style.fill_of(new["holder"], new["standing"], new["sovereign"], new["polity"]),
        tracts=tuple(tracts),
        area_km2=sum(atlas.tracts[tract].area_km2 for tract in tracts),
    )
