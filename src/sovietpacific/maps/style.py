"""Says how maps look and speak: colours by lineage that stay through time, words for standings and views, the credit line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sovietpacific.records import Tract
from sovietpacific.shapes import Edge

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


#: How a legend says that a holder holds in another's name or land.
HELD_WORDS = {
    "sovereign": "held by",
    "administered": "administered by",
    "occupied": "occupied by",
    "leased": "leased by",
    "protectorate": "protectorate of",
    "puppet": "governed by",
    "zone": "treaty zone of",
    "trusteeship": "held in trust by",
}


class Fill(NamedTuple):
    """How a piece of land is filled: a base colour, a stripe colour ("" for none), and whether the stripes lean left."""

    base: str
    stripe: str = ""
    leaning_left: bool = False


def fill_of(holder: str, standing: str, sovereign: str, polity: str = "") -> Fill:
    """Give the fill of land: the holder's colour, on the sovereign's where the land is another's, both where two hold.

    `holder` and `sovereign` are holder texts (`japan`, `japan+russia`, `japan|russia`, empty), `polity` the ids of the polities
    as in `borders_at`.  Land held in common, shared or contested is striped with the colours of the first two holders, leaning
    left; land that is nobody's is white with grey; land held by a government beside the main one of its lineage is striped dark.
    """
    if standing == "context":
        return Fill(BACKDROP)
    holders = _split(holder)
    if not holders:
        return Fill(NOBODY, NOBODYS_STRIPE, leaning_left=True)
    if len(holders) > 1:
        return Fill(COLOURS[holders[0]], COLOURS[holders[1]], leaning_left=True)
    if holder == sovereign:
        return Fill(COLOURS[holder], BESIDES_STRIPE if polity in BESIDE else "")
    owners = [owner for owner in _split(sovereign) if owner != holder]
    return Fill(COLOURS[owners[0]] if owners else NOBODY, COLOURS[holder])


def _split(holder: str) -> list[str]:
    return [part for part in holder.replace("|", "+").split("+") if part]


def words_of(row: Mapping[str, Any], lineages: Mapping[str, str], polities: Mapping[str, str]) -> str:
    """Word one line of a legend, such as `China, occupied by Soviet Union`, from a row of `borders_at`.

    Holders are called by the polity of the day, those whose land it is by their lineage; `lineages` and `polities`
    give names by id.
    """
    holder, standing, sovereign = (str(row[name]) for name in ("holder", "standing", "sovereign"))
    holders: list[str] = [polities.get(key, key) for key in str(row["polity"]).split("; ") if key]
    if not holders:
        return "nobody's, or undetermined"
    if standing == "contested":
        return "contested: " + " and ".join(holders)
    if len(holders) > 1:
        return ("held in common: " if standing == "condominium" else "shared: ") + " and ".join(holders)
    if holder == sovereign:
        return holders[0] + ("" if standing == "sovereign" else f", {standing}")
    owners = " and ".join(lineages[part] for part in _split(sovereign))
    if "|" in sovereign or "+" in sovereign:
        owners = ("disputed by " if "|" in sovereign else "in common of ") + owners
    return f"{owners or 'undetermined'}, {HELD_WORDS[standing]} {holders[0]}"


def small_islands(tracts: Iterable[Tract], edges: Iterable[Edge]) -> set[str]:
    """Give the ids of the tracts that are small and touch no other on land."""
    touching = {tract for edge in edges if not edge.free for tract in (edge.left, edge.right)}
    return {tract.id for tract in tracts if tract.area_km2 < SMALL_KM2 and tract.id not in touching}
