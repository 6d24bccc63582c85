"""Words who holds and how, for every reader: answers, cards, legends, pages, exports; each kind of hold reads differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: Who governed is known to history, but not to this atlas.
UNTOLD_WORDS = "not told by this atlas"

#: Nobody's land, or land whose holder was undetermined: the atlas tells it, and there is no holder.
NOBODY_WORDS, NOBODYS_WORDS = "nobody, or undetermined", "nobody's, or undetermined"

#: How a legend says that one holder holds in another's name or land.
HELD_WORDS = {
    "sovereign": "held by",
    "administered": "administered by",
    "occupied": "occupied by",
    "leased": "leased by",
    "protectorate": "protectorate of",
    "puppet": "held by the dependent state",
    "zone": "under treaty rights of",
    "trusteeship": "administered pending a settlement by",
}

#: What stripes may mean; a legend names each of them in a row of its own.
STRIPES_WORDS = "Stripes: land that is another’s, in common, divided or contested."


def together(names: Sequence[str], standing: str, view: str) -> str:
    """Say that several hold, and how; who contests land fights over it in control, and disputes it in every other view.

    >>> together(["Japan", "Russia"], "condominium", "control")
    'held in common by Japan and Russia'
    >>> together(["Japan", "Russia"], "contested", "control"), together(["Japan", "Russia"], "contested", "title")
    ('fought over by Japan and Russia', 'disputed between Japan and Russia')
    """
    both = " and ".join(names)
    if standing == "contested":
        return f"fought over by {both}" if view == "control" else f"disputed between {both}"
    return f"held in common by {both}" if standing == "condominium" else f"divided between {both}, line not drawn yet"


def held(names: Sequence[str], standing: str, view: str) -> str:
    """Say who holds, and how where it is not as sovereign.

    >>> held(["Soviet Union"], "occupied", "control"), held([], "untold", "control")
    ('Soviet Union (occupied)', 'not told by this atlas')
    """
    if not names:
        return UNTOLD_WORDS if standing == "untold" else NOBODY_WORDS
    if len(names) > 1:
        return together(names, standing, view)
    return names[0] + ("" if standing == "sovereign" else f" ({standing})")


def partners_in(holder: str) -> list[str]:
    """Split a text of holders as frames have it.

    >>> partners_in("japan|russia"), partners_in("")
    (['japan', 'russia'], [])
    """
    return [part for part in holder.replace("|", "+").split("+") if part]


def owners(holder: str, lineages: Mapping[str, str]) -> str:
    """Say whose land is in law, from a text of holders; empty for nobody's.

    >>> owners("japan|russia", {"japan": "Japan", "russia": "Russia"})
    'disputed between Japan and Russia'
    """
    names = [lineages[part] for part in partners_in(holder)]
    if "|" in holder:
        return together(names, "contested", "sovereignty")
    return f"in common of {' and '.join(names)}" if len(names) > 1 else "".join(names)


def legend_words(row: Mapping[str, Any], lineages: Mapping[str, str], polities: Mapping[str, str], view: str) -> str:
    """Word one line of a legend, such as `China, occupied by Soviet Union`, from a row of `borders_at` in `view`.

    Holders are called by the polity of the day, those whose land it is by their lineage; `lineages` and `polities`
    give names by id.
    """
    holder, standing, sovereign = (str(row[name]) for name in ("holder", "standing", "sovereign"))
    names = [polities.get(key, key) for key in str(row["polity"]).split("; ") if key]
    if not names:
        return UNTOLD_WORDS if standing == "untold" else NOBODYS_WORDS
    if len(names) > 1:
        return together(names, standing, view)
    if holder == sovereign:
        return names[0] if standing == "sovereign" else f"{HELD_WORDS[standing]} {names[0]}"
    return f"{owners(sovereign, lineages) or 'undetermined'}, {HELD_WORDS[standing]} {names[0]}"


def lasting_words(row: Mapping[str, Any], lineages: Mapping[str, str], view: str, *, beside: bool) -> str:
    """Word a fill by lineages, without the names and standings that change from day to day.

    `beside` says that a government beside the main one of its lineage holds.
    """
    names = [lineages[part] for part in partners_in(str(row["holder"]))]
    if not names:
        return UNTOLD_WORDS if row["standing"] == "untold" else NOBODYS_WORDS
    if len(names) > 1:
        return together(names, str(row["standing"]), view)
    if row["holder"] == row["sovereign"]:
        return names[0] + (", a government beside the main one" if beside else "")
    return f"{owners(str(row['sovereign']), lineages) or 'undetermined'}, held by {names[0]}"


def side_words(holder: str, lineages: Mapping[str, str]) -> str:
    """Say who holds one side of a line, by lineages.

    >>> side_words("", {}), side_words("japan|russia", {"japan": "Japan", "russia": "Russia"})
    ('undetermined land', 'land disputed between Japan and Russia')
    """
    told = owners(holder, lineages)
    return f"land {told}" if len(partners_in(holder)) > 1 else told or "undetermined land"
