"""Says how maps look and speak: colours by lineage that stay through time, fills, words for views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sovietpacific.records import UNTOLD, Tract
from sovietpacific.shapes import Edge
from sovietpacific.wording import partners_in

#: A colour per lineage, which it keeps through all its polities.  Any two differ by 12 or more (CIE76) as seen by normal, protan,
#: deutan and tritan eyes, also from the sea, the backdrop and the two colours of nobody's land; any two that are ever on one map
#: by 8 or more in CIEDE2000; tests measure it.  The largest holders are the palest.
COLOURS = {
    "russia": "#E9B3A6",
    "japan": "#B5A420",
    "china": "#C0CAE0",
    "korea": "#26B883",
    "rok": "#569F90",
    "dprk": "#B1E697",
    "mongolia": "#AEC068",
    "manchukuo": "#BA864A",
    "tuva": "#C990BA",
    "fer": "#D47C6D",
    "usa": "#A585D0",
    "unc": "#94B8E5",
}
SEA, BACKDROP, NOBODY, INK, COAST = "#EAF1F4", "#E9E6DD", "#FFFFFF", "#23282D", "#6E7F8A"

#: Borders that are contested or claimed.
DISPUTED = "#7A2E86"

#: The stripes on nobody's white.
NOBODYS_STRIPE = "#D4CACA"

#: Governments that held land of their own lineage beside its main one, and the stripes that tell their land: it keeps the colour
#: of the lineage.  The Nationalist government of China is plain, since it was the main one until 1949.
BESIDE = ("china/barga", "china/ccp", "china/mengjiang", "russia/priamur", "russia/white")
BESIDES_STRIPE = "#6B7280"

#: An island below this area (km²) has a rim in its own colour on pages, else it could not be seen.
SMALL_KM2 = 4000

#: What each view shows, in the words printed on every map.
VIEW_WORDS = {
    "control": "Control: who governed or occupied the ground",
    "sovereignty": "Sovereignty: whose it was in general practice",
    "title": "Title: whose it was by instruments in force, strictly read",
}


def words_of_view(view: str, views: Mapping[str, str]) -> str:
    """Say what a view shows; `views` are the atlas's views with their words, those of single states among them.

    >>> words_of_view("japan", {"japan": "as the official map of Japan has it"})
    'Map of one state: as the official map of Japan has it'
    """
    return VIEW_WORDS.get(view) or f"Map of one state: {views[view]}"


class Fill(NamedTuple):
    """How land is filled: a base colour, a stripe colour ("" for none), whether the stripes lean left, or run both ways."""

    base: str
    stripe: str = ""
    leaning_left: bool = False
    crossed: bool = False


#: How land is filled whose government is not told: white crossed with grey; nothing else is crossed, so grey print tells it.
UNTOLD_FILL = Fill(NOBODY, BESIDES_STRIPE, crossed=True)


def fill_of(holder: str, standing: str, sovereign: str, polity: str = "") -> Fill:
    """Give the fill of land: the holder's colour, on the sovereign's where the land is another's, both where two hold.

    `holder` and `sovereign` are holder texts (`japan`, `japan+russia`, `japan|russia`, empty), `polity` the ids of the polities
    as in `borders_at`.  Land held in common, shared or contested is striped with the colours of the first two holders, leaning
    left; land that is nobody's is white with grey, land that is not told crossed with grey; land held by a government beside
    the main one of its lineage is striped dark.
    """
    if standing == "context":
        return Fill(BACKDROP)
    if standing == UNTOLD:
        return UNTOLD_FILL
    holders = partners_in(holder)
    if not holders:
        return Fill(NOBODY, NOBODYS_STRIPE, leaning_left=True)
    if len(holders) > 1:
        return Fill(COLOURS[holders[0]], COLOURS[holders[1]], leaning_left=True)
    if holder == sovereign:
        return Fill(COLOURS[holder], BESIDES_STRIPE if polity in BESIDE else "")
    owners = [owner for owner in partners_in(sovereign) if owner != holder]
    return Fill(COLOURS[owners[0]] if owners else NOBODY, COLOURS[holder])


def small_islands(tracts: Iterable[Tract], edges: Iterable[Edge]) -> set[str]:
    """Give the ids of the tracts that are small and touch no other on land."""
    touching = {tract for edge in edges if not edge.free for tract in (edge.left, edge.right)}
    return {tract.id for tract in tracts if tract.area_km2 < SMALL_KM2 and tract.id not in touching}
