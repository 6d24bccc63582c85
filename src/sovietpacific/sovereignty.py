"""Holds the answer to one question, whose land this was on that day, in all three views, and shows it well."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sovietpacific.records import VIEWS, Claim
from sovietpacific.timekeeping import Hold

#: What each view asks, in the words used wherever an answer is shown.
QUESTIONS = {
    "control": "who governed or occupied it",
    "sovereignty": "whose it was in general practice",
    "title": "whose it was by instruments in force",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one view: who held, how, from when to when, by what act, on whose word.

    `polities` and `lineages` are both empty where the land is nobody's or undetermined; they list all partners of a
    condominium or shared hold and every side where it is contested.  `until` is None while the tenure is open.
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
        }

    def __str__(self) -> str:
        who = ", ".join(self.polities) or "nobody or undetermined"
        until = self.until.isoformat() if self.until else "today"
        checked = "" if self.seen else ", unverified"
        return f"{who} ({self.standing}) {self.since} to {until} by {self.instrument} [{self.certainty}{checked}]"


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
    picture: object = field(default="", compare=False, repr=False)

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
        lines += [f"  {view:<12}{answer}" for view, answer in self._answers()]
        lines += [f"  claimed by  {claim.claimant} since {claim.since}" for claim in self.claims]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<tr><th style='text-align:left' title='{html.escape(QUESTIONS.get(view, 'its own map'))}'>{view}</th>"
            f"<td style='text-align:left'>{html.escape(str(answer))}</td></tr>"
            for view, answer in self._answers()
        )
        claims = "".join(f"<div>claimed by {html.escape(c.claimant)} since {c.since}</div>" for c in self.claims)
        title = f"<b>{html.escape(self.name or self.tract)}</b> on {self.day}"
        style = "display:flex;gap:1em;align-items:center"
        return f"<div style='{style}'>{self.picture}<div>{title}<table>{cells}</table>{claims}</div></div>"


def card_picture(outlines: list[list[tuple[float, float]]], chosen: list[bool], width: int = 160) -> str:
    """Draw outlines, of which some are the tract asked for, as a small inline SVG; positions are (lon, lat) degrees."""
    if not outlines:
        return ""
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    west, north = min(xs), max(ys)
    scale = width / max(max(xs) - west, max(ys) - min(ys), 1e-9)
    paths = []
    for outline, own in sorted(zip(outlines, chosen, strict=True), key=lambda pair: pair[1]):
        points = " ".join(f"{(x - west) * scale:.1f},{(north - y) * scale:.1f}" for x, y in outline)
        paths.append(f"<polygon points='{points}' fill='{'#b5651d' if own else '#d9d9d4'}' stroke='#777' stroke-width='.4'/>")
    height = (north - min(ys)) * scale
    return f"<svg width='{width}' height='{height:.0f}' role='img' aria-label='mini-map'>{''.join(paths)}</svg>"
