"""Holds the answer to one question, whose land this was on that day, in all three views."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sovietpacific.records import UNTOLD, VIEWS, Claim
from sovietpacific.timekeeping import Hold
from sovietpacific.wording import held

#: What each view asks, in the words used wherever an answer is shown.
QUESTIONS = {
    "control": "who governed or occupied it",
    "sovereignty": "whose it was in general practice",
    "title": "whose it was by instruments in force",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one view: who held, how, from when to when, by what act, on whose word.

    `polities` and `lineages` are both empty where the land is nobody's or undetermined, and where its standing is
    `untold`: who governed is not told by this atlas; they list all partners of a condominium or shared hold and every side where
    it is contested.  `until` is None while the tenure is open; `edtf` is the first day where it is known only within limits;
    `note` is what a reader should know of the tenure.
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
        """Give the answer as plain values that JSON can hold, days as ISO text."""
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
        return self._told("control")

    def _told(self, view: str) -> str:
        """Give the answer in one line, worded for `view`; the standing stands in brackets, and after it why nothing is told."""
        who = held(self.polities, "sovereign" if len(self.polities) == 1 else self.standing, view)
        until = self.until.isoformat() if self.until else "today"
        checked = "" if self.seen else ", unverified"
        since = f"{self.since} ({self.edtf})" if self.edtf else str(self.since)
        line = f"{who} ({self.standing}) {since} to {until} by {self.instrument} [{self.certainty}{checked}]"
        return f"{line}: {self.note}" if self.standing == UNTOLD else line


class Card(Protocol):
    """What shows an answer in a notebook; `answer_card` has it."""

    def html(self, answer: Sovereignty) -> str:
        """Draw the answer as one piece of HTML that loads nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Sovereignty:
    """Whose land a place was on a day: control, sovereignty and title, and the claims upheld that day.

    `distance_km` is 0 where the place lies on the tract, else the geodesic distance it was snapped over.  Where the map of one
    state was asked for, `state` names that view and `state_map` is what it shows.  `names` are the official names, on that
    day, of the place that was asked for by name.
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
        """Give the whole answer as plain values that JSON can hold, days as ISO text."""
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
        where = f", {self.distance_km} km from the place asked for" if self.distance_km else ""
        called = f", then called {', '.join(self.names)}" if self.names and self.name not in self.names else ""
        lines = [f"{self.name or self.tract} [{self.tract}] on {self.day}{where}{called}"]
        lines += [f"  {view:<12}{answer._told(view)}" for view, answer in self._answers()]
        lines += [f"  claimed by  {claim.claimant} since {claim.since}" for claim in self.claims]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self.card.html(self) if self.card else f"<pre>{html.escape(str(self))}</pre>"
