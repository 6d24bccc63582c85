"""Holds the answer to one question, whose land this was on that day, in all three views.

Knows one tract on one day, and nothing of how an answer is shown.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sovietpacific.answers.words import acts
from sovietpacific.answers.words import answer as words
from sovietpacific.answers.words.messages import Words
from sovietpacific.answers.words.wording import text
from sovietpacific.facts.records import VIEWS, Claim
from sovietpacific.timelines.timekeeper import Hold


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one view: who held, how, from when to when, by what act, on whose word.

    Attributes
    ----------
    polities : tuple of str
        Who held it: all partners of a condominium or shared hold, every side where it is contested;
        nobody where the land is nobody's or undetermined, and where the standing is ``untold``: who
        governed is not told by this atlas.
    lineages : tuple of str
        The lineages of these, such as ``russia``.
    standing : str
        The kind of hold.
    since : datetime.date
        The first day of the tenure.
    until : datetime.date or None
        The first day no longer held, None while the tenure is open.
    instrument : str
        The act by which it began, as in `instruments`.
    sources : tuple of str
        Where that was read, as in `sources`.
    certainty : str
        How sure it is.
    seen : bool
        Whether it was read in a source.
    edtf : str or None
        The first day where it is known only within limits.
    note : str
        What a reader should know of the tenure.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> answer = sp.sovereignty_of("Urup", "1950-01-01").control
    >>> answer.polities, answer.standing, str(answer.since), answer.until
    (('soviet-union',), 'administered', '1946-02-02', datetime.date(1952, 4, 28))

    """

    polities: tuple[str, ...]
    lineages: tuple[str, ...]
    standing: str
    since: date
    until: date | None
    instrument: str
    sources: tuple[str, ...]
    certainty: str
    seen: bool
    edtf: str | None = None
    note: str = ""

    @classmethod
    def of(cls, hold: Hold) -> Answer:
        """Make the answer of a hold."""
        tenure = hold.tenure
        return cls(
            polities=hold.polities,
            lineages=tenure.lineages,
            standing=tenure.standing,
            since=tenure.since,
            until=hold.until,
            instrument=tenure.instrument,
            sources=tenure.sources,
            certainty=tenure.certainty,
            seen=tenure.seen,
            edtf=tenure.edtf,
            note=tenure.note,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values that JSON can hold, days as ISO text.

        Returns
        -------
        dict
            A value per attribute, under its name; tuples are lists.

        Examples
        --------
        >>> import sovietpacific as sp
        >>> sp.sovereignty_of("Urup", "1950-01-01").control.to_dict()["polities"]
        ['soviet-union']

        """
        return {
            "polities": list(self.polities),
            "lineages": list(self.lineages),
            "standing": self.standing,
            "since": self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "instrument": self.instrument,
            "sources": list(self.sources),
            "certainty": self.certainty,
            "seen": self.seen,
            "edtf": self.edtf,
            "note": self.note,
        }

    def __str__(self) -> str:
        return text(self._worded("control"))

    def _worded(self, view: str) -> Words:
        """Return the answer in one line, worded for `view`."""
        return words.hold(
            self.polities,
            self.standing,
            (self.since, self.until, self.edtf),
            self.instrument,
            acts.certainty(self.certainty, seen=self.seen),
            self.note,
            view,
        )


class Card(Protocol):
    """What shows an answer in a notebook; `answer_card` has it."""

    def html(self, answer: Sovereignty) -> str:
        """Draw the answer as one piece of HTML that loads nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Sovereignty:
    """Whose land a place was on a day, in all three views, and the claims upheld that day.

    It prints as a few lines and shows itself as a card in a notebook.

    Attributes
    ----------
    place : str
        The place as it was asked for.
    tract : str
        The id of the tract it lies on.
    day : datetime.date
        The day that was asked for.
    distance_km : float
        0 where the place lies on the tract, else the geodesic distance it was snapped over.
    control : Answer
        Who governed or occupied it.
    sovereignty : Answer
        Whose it was in general practice.
    title : Answer
        Whose it was by instruments in force.
    claims : tuple of Claim
        The claims upheld that day.
    state : str
        The view of a single state, where one was asked for.
    state_map : Answer or None
        What the map of that state shows.
    names : tuple of str
        The official names, on that day, of the place that was asked for by name.
    name : str
        The name of the tract.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> answer = sp.sovereignty_of("Urup", "1950-01-01")
    >>> answer.tract, answer.control.polities, answer.title.lineages
    ('urup', ('soviet-union',), ('japan',))

    """

    place: str
    tract: str
    day: date
    distance_km: float
    control: Answer
    sovereignty: Answer
    title: Answer
    claims: tuple[Claim, ...]
    state: str = ""
    state_map: Answer | None = None
    names: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    card: Card | None = field(default=None, compare=False, repr=False)

    def _answers(self) -> list[tuple[str, Answer]]:
        told = [(view, getattr(self, view)) for view in VIEWS]
        return [*told, (self.state, self.state_map)] if self.state_map else told

    def to_dict(self) -> dict[str, Any]:
        """Return the whole answer as plain values that JSON can hold, days as ISO text.

        Returns
        -------
        dict
            The place, tract, day, distance and names, a dictionary per view, and a list of claims.

        Examples
        --------
        >>> import sovietpacific as sp
        >>> sp.sovereignty_of("Urup", "1950-01-01").to_dict()["control"]["standing"]
        'administered'

        """
        return {
            "place": self.place,
            "tract": self.tract,
            "day": self.day.isoformat(),
            "distance_km": self.distance_km,
            "names": list(self.names),
            **{view: answer.to_dict() for view, answer in self._answers()},
            "claims": [
                {
                    "claimant": claim.claimant,
                    "since": claim.since.isoformat(),
                    "until": None if claim.until is None else claim.until.isoformat(),
                    "sources": list(claim.sources),
                }
                for claim in self.claims
            ],
        }

    def __str__(self) -> str:
        called = self.names if self.name not in self.names else ()
        name = self.name or self.tract
        rows = [(view, answer._worded(view)) for view, answer in self._answers()]
        rows += [
            (text(words.claimed_by()), acts.claim(claim.claimant, claim.since))
            for claim in self.claims
        ]
        about = words.place(name, self.tract, self.day, self.distance_km, called)
        return "\n".join([text(about), *(f"  {heading:<12}{text(line)}" for heading, line in rows)])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self.card.html(self) if self.card else f"<pre>{html.escape(str(self))}</pre>"
