"""Fill land in the colours of the look, which stay with a lineage through time.

Knows colours and fills, and nothing of who holds what, or of pages and paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sovietpacific.facts.look import NOBODY, ONE, SEVERAL, Look, LookStanding
from sovietpacific.facts.records import UNASSIGNED, Tract
from sovietpacific.land.edges import Edge

if TYPE_CHECKING:
    from sovietpacific.answers.rows import BorderRow

SEA, BACKDROP, INK, COAST = "#EAF1F4", "#E9E6DD", "#23282D", "#6E7F8A"

#: An island below this area (km²) has a rim in its own colour on pages, else it could not be seen.
SMALL_KM2 = 4000


class Fill(NamedTuple):
    """How land is filled: a base colour, and a stripe colour ("" for none).

    Stripes lean right, or left, or run both ways.
    """

    base: str
    stripe: str = ""
    leaning_left: bool = False
    crossed: bool = False


def fill_of(
    look: Look,
    holders: tuple[str, ...],
    standing: str,
    sovereigns: tuple[str, ...],
    polities: tuple[str, ...] = (),
) -> Fill:
    """Return the fill of land: the holder's colour, on the sovereign's where the land is another's,
    both where two hold.

    `holders` and `sovereigns` are lineages. Land of several has the colours of the first two; land
    without a holder has the colours of its standing; land held by a government beside the main one
    of its lineage is striped dark. How stripes run is told by the standing; one there is not is
    taken for a usual one. Raise `KeyError` for a holder there is not.
    """
    if standing == "context":
        return Fill(BACKDROP)
    known = look.standings.get(standing)
    if known and known.holders == NOBODY:
        return _unheld(known)
    if not holders:
        return _unheld(look.standings[UNASSIGNED])
    colours = look.lineages
    if len(holders) > 1:
        pattern = _pattern(look, known, SEVERAL)
        return _striped(colours[holders[0]].colour, colours[holders[1]].colour, pattern)
    pattern, own = _pattern(look, known, ONE), colours[holders[0]].colour
    if holders == sovereigns:
        return _striped(own, look.beside, pattern) if is_beside(look, polities) else Fill(own)
    owners = [owner for owner in sovereigns if owner not in holders]
    return _striped(colours[owners[0]].colour if owners else look.nobody, own, pattern)


def fill_of_row(look: Look, row: BorderRow) -> Fill:
    """Return the fill of the land of one row."""
    return fill_of(look, row.holders, row.standing, row.sovereigns, row.polities)


def is_beside(look: Look, polities: tuple[str, ...]) -> bool:
    """Tell whether a government beside the main one of its lineage holds alone."""
    return len(polities) == 1 and polities[0] in look.striped


def _unheld(standing: LookStanding) -> Fill:
    ground, stripe = standing.colours
    return _striped(ground, stripe, standing.pattern)


def _pattern(look: Look, standing: LookStanding | None, many: str) -> str:
    """Return how the stripes of a standing run; where it is not of so many holders, as usual."""
    if standing is not None and standing.holders == many:
        return standing.pattern
    return next(usual.pattern for usual in look.standings.values() if usual.holders == many)


def _striped(base: str, stripe: str, pattern: str) -> Fill:
    return Fill(base, stripe, pattern == "left", pattern == "crossed")


def hatch_of(fill: Fill) -> str | None:
    """Return the hatch of a fill as matplotlib writes it; none for a plain one."""
    if not fill.stripe:
        return None
    if fill.crossed:
        return "xx"
    return "\\\\\\" if fill.leaning_left else "///"


def small_islands(tracts: Iterable[Tract], edges: Iterable[Edge]) -> set[str]:
    """Return the ids of the tracts that are small and touch no other on land."""
    touching = {tract for edge in edges if not edge.free for tract in (edge.left, edge.right)}
    return {tract.id for tract in tracts if tract.area_km2 < SMALL_KM2 and tract.id not in touching}
