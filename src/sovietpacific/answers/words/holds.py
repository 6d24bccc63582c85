"""Words who holds and how, for answers, cards, legends, pages and exports; each kind of hold reads
differently.

Knows standings and names, and nothing of where a sentence is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sovietpacific.answers.words.messages import (
    AND,
    Message,
    Words,
    listed,
    sentence,
    sentences,
)
from sovietpacific.facts.records import UNTOLD

if TYPE_CHECKING:
    from sovietpacific.answers.rows import BorderRow
    from sovietpacific.facts.records import Records

#: Who governed is known to history, but not to this atlas.
NOT_TOLD = sentence("hold.untold")

#: Nobody's land, or land whose holder was undetermined: the atlas tells it, and there is no holder.
_NOBODY, _NOBODYS = sentence("hold.nobody"), sentence("hold.nobodys")

#: Nobody, where it is said of whose land another holds, and that there is no knowing.
_OF_NOBODY, _UNDETERMINED = sentence("owner.nobody"), sentence("owner.undetermined")

#: Kinds of hold as they stand in brackets after a holder.
STANDINGS = sentences(
    "standing",
    *("sovereign", "condominium", "contested", "shared", "unassigned", "untold", "administered"),
    *("occupied", "leased", "protectorate", "puppet", "zone", "trusteeship"),
)

#: Several hold: in common, against each other, or each a part of it.
_IN_COMMON = sentence("hold.in_common", "holders")
_FOUGHT_OVER = sentence("hold.fought_over", "holders")
_DISPUTED = sentence("hold.disputed", "holders")
_DIVIDED = sentence("hold.divided", "holders")

#: One holds, in a way; and another's land.
_HOW = sentence("hold.how", "holder", "standing")
_HOW_OF = sentence("hold.how_of", "holder", "standing", "owner")
_OF = sentence("hold.of", "holder", "owner")

#: How a legend says that one holder holds in another's name or land.
_LEGEND = {
    standing: sentence(f"legend.{standing}", "holder")
    for standing in (
        *("sovereign", "administered", "occupied", "leased"),
        *("protectorate", "puppet", "zone", "trusteeship"),
    )
}
_ANOTHERS = sentence("legend.anothers", "owner", "held")
_BESIDE = sentence("legend.beside", "holder")

#: What stripes may mean; a legend names each of them in a row of its own.
STRIPES = sentence("legend.stripes")

#: Whose land it is in law, where it is more than one's; and a side of a line.
_COMMON_LAND = sentence("owner.in_common", "holders")
_LAND_OF, _NO_ONES_SIDE = sentence("side.several", "owners"), sentence("side.undetermined")


class Holding(NamedTuple):
    """How land is held: by which lineages and polities, in what standing, and whose it is.

    `owners` are lineages; `disputed` says that they dispute it with each other.
    """

    holders: tuple[str, ...]
    polities: tuple[str, ...]
    standing: str
    owners: tuple[str, ...]
    disputed: bool = False

    @classmethod
    def of_row(cls, row: BorderRow) -> Holding:
        """Return how the land of a row of borders is held."""
        return cls(row.holders, row.polities, row.standing, row.sovereigns, disputed=row.disputed)

    @property
    def anothers(self) -> bool:
        """Whether the land is another's than the holder's."""
        return self.holders != self.owners or self.disputed


def name_of(records: Records, holder: str) -> str:
    """Return the name of a polity, or of a lineage: a claim may be older than the polity that
    upholds it.
    """
    polity = records.polities.get(holder)
    return polity.name if polity else records.lineages.get(holder, holder)


def names_of(records: Records, holders: Sequence[str]) -> list[str]:
    """Return the names of polities or lineages."""
    return [name_of(records, holder) for holder in holders]


def lineage_names(records: Records, lineages: Sequence[str]) -> list[str]:
    """Return the names of lineages; KeyError for one that no record has."""
    return [records.lineages[lineage] for lineage in lineages]


def together(names: Sequence[str], standing: str, view: str) -> Message:
    """Say that several hold, and how; who contests land fights over it in control, and disputes it
    in every other view.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(together(["Japan", "Russia"], "condominium", "control"))
    'held in common by Japan and Russia'
    >>> text(together(["Japan", "Russia"], "contested", "title"))
    'disputed between Japan and Russia'
    """
    if standing == "contested":
        return (_FOUGHT_OVER if view == "control" else _DISPUTED)(listed(names, AND))
    return (_IN_COMMON if standing == "condominium" else _DIVIDED)(listed(names, AND))


def held(names: Sequence[str], standing: str, view: str) -> Words:
    """Say who holds, and how where it is not as sovereign.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(held(["Soviet Union"], "occupied", "control")), text(held([], "untold", "control"))
    ('Soviet Union (occupied)', 'not told by this atlas')
    """
    if not names:
        return nobody(standing)
    if len(names) > 1:
        return together(names, standing, view)
    return names[0] if standing == "sovereign" else how(names[0], standing)


def held_of(names: Sequence[str], standing: str, view: str, owner: Words) -> Words:
    """Say who holds as `held` does, and of whom where one holder holds another's land.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(held_of(["Soviet Union"], "occupied", "control", "Japan"))
    'Soviet Union (occupied, of Japan)'
    """
    if len(names) != 1 or standing == "sovereign":
        return held(names, standing, view)
    return _HOW_OF(names[0], standing_words(standing), owner)


def nobody(standing: str) -> Message:
    """Say that there is no holder, or that none is told."""
    return NOT_TOLD() if standing == UNTOLD else _NOBODY()


def how(holder: Words, standing: str) -> Message:
    """Say that one holds, with the standing in brackets."""
    return _HOW(holder, standing_words(standing))


def standing_words(standing: str) -> Words:
    """Say a standing; one that no record has is said as it is."""
    return STANDINGS[standing]() if standing in STANDINGS else standing


def of_owner(holder: Words, owner: Words) -> Message:
    """Say of whom a holder holds."""
    return _OF(holder, owner or _OF_NOBODY())


def owned(names: Sequence[str], *, disputed: bool) -> Words:
    """Say whose land is in law; empty for nobody's.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(owned(["Japan", "Russia"], disputed=True))
    'disputed between Japan and Russia'
    """
    if disputed:
        return _DISPUTED(listed(names, AND))
    return _COMMON_LAND(listed(names, AND)) if len(names) > 1 else "".join(names)


def owner_or_nobody(names: Sequence[str], *, disputed: bool) -> Words:
    """Say whose land is in law, or that it is nobody's."""
    return owned(names, disputed=disputed) or _OF_NOBODY()


def legend(records: Records, holding: Holding, view: str) -> Words:
    """Word one line of a legend, such as `China, occupied by Soviet Union`.

    Holders are called by the polity of the day, those whose land it is by their lineage.
    """
    names = names_of(records, holding.polities)
    if not names:
        return _nobodys(holding.standing)
    if len(names) > 1:
        return together(names, holding.standing, view)
    if not holding.anothers and holding.standing == "sovereign":
        return names[0]
    by_holder = _by_holder(names[0], holding.standing)
    return _of_owner(records, holding, by_holder) if holding.anothers else by_holder


def lasting(records: Records, holding: Holding, view: str, *, beside: bool) -> Words:
    """Word a fill by lineages, without the names and standings that change from day to day.

    `beside` says that a government beside the main one of its lineage holds.
    """
    names = lineage_names(records, holding.holders)
    if not names:
        return _nobodys(holding.standing)
    if len(names) > 1:
        return together(names, holding.standing, view)
    if holding.anothers:
        return _of_owner(records, holding, _LEGEND["sovereign"](names[0]))
    return _BESIDE(names[0]) if beside else names[0]


def _by_holder(holder: str, standing: str) -> Message:
    """Say who holds; a standing that only the seeds tell of stands in brackets."""
    return _LEGEND[standing](holder) if standing in _LEGEND else how(holder, standing)


def _of_owner(records: Records, holding: Holding, by_holder: Message) -> Message:
    owner = owned(lineage_names(records, holding.owners), disputed=holding.disputed)
    return _ANOTHERS(owner or _UNDETERMINED(), by_holder)


def _nobodys(standing: str) -> Message:
    return NOT_TOLD() if standing == UNTOLD else _NOBODYS()


def named(names: Sequence[str], standing: str) -> Words:
    """Say who holds by the names alone, however they hold."""
    return listed(names, AND) or _nobodys(standing)


def side(names: Sequence[str], *, disputed: bool) -> Words:
    """Say who holds one side of a line.

    >>> from sovietpacific.answers.words.wording import text
    >>> text(side([], disputed=False)), text(side(["Japan", "Russia"], disputed=True))
    ('undetermined land', 'land disputed between Japan and Russia')
    """
    owner = owned(names, disputed=disputed)
    return _LAND_OF(owner) if len(names) > 1 else owner or _NO_ONES_SIDE()
