"""Shows an answer as a card in a notebook: all views with names, colours, days and acts, the claims, and a small map."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from sovietpacific.dates import long_day
from sovietpacific.editions import Edition, Unchanging
from sovietpacific.errors import DataDamagedError, DataNotFoundError
from sovietpacific.records import SERIES_START, holder_text
from sovietpacific.shapes import Shapes
from sovietpacific.sovereignty import QUESTIONS, Answer, Sovereignty
from sovietpacific.store import Records
from sovietpacific.wording import held

if TYPE_CHECKING:
    from sovietpacific.maps import style

_FRAME = (
    "display:flex;flex-wrap:wrap;gap:18px;align-items:flex-start;width:fit-content;max-width:800px;padding:12px 16px;"
    "border:1px solid #c4cace;border-radius:4px;background:#fff;color:#23282d;text-align:left;"
    "font:13px/1.4 system-ui,'Noto Sans','Noto Sans CJK SC',sans-serif"
)
_QUIET = "color:#4a5157;font-size:12px"
_CELL = (
    "padding:6px 14px 6px 0;border-top:1px solid #dfe3e6;vertical-align:top;text-align:left;white-space:normal;"
    "background:#fff;color:#23282d;font-size:13px"
)
_DOUBT = "border:1px solid #a3271b;color:#a3271b;border-radius:3px;padding:0 4px;font-size:11px;white-space:nowrap"
_SEA, _LAND, _COAST = "#EAF1F4", "#E9E6DD", "#6E7F8A"


class PostedCard(Unchanging):
    """The card of an answer that came out of a pickle: it looks for the atlas of the answer when it is shown."""

    def __init__(self, edition: Edition, tract: str) -> None:
        """Keep which data the answer was given from, which may not be here, and the tract."""
        self._edition, self._tract = edition, tract

    @property
    def _named(self) -> tuple[Edition, str]:
        return self._edition, self._tract

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PostedCard) and self._named == other._named

    def __hash__(self) -> int:
        return hash(self._named)

    def __reduce__(self) -> tuple[Any, ...]:
        """Give a pickle the name of the data and the tract, not all names and shapes."""
        return PostedCard, self._named

    def html(self, answer: Sovereignty) -> str:
        """Draw the card; where the atlas the answer comes from is not here, give the answer as text, and say so."""
        from sovietpacific.loading import atlas_of

        try:
            atlas = atlas_of(self._edition)
        except (DataNotFoundError, DataDamagedError) as wrong:
            return f"<pre>{html.escape(str(answer))}\n\nshown without its card: {html.escape(str(wrong))}</pre>"
        return AnswerCard(atlas.records, atlas.shapes, self._tract).html(answer)


class AnswerCard(PostedCard):
    """What a card needs beside the answer: the names of polities and acts, and the shapes for its small map."""

    def __init__(self, records: Records, shapes: Shapes, tract: str) -> None:
        """Keep where names and shapes are; nothing is drawn before the card is shown."""
        self._records, self._shapes, self._tract = records, shapes, tract

    @property
    def _named(self) -> tuple[Edition, str]:
        return self._shapes.edition, self._tract

    def html(self, answer: Sovereignty) -> str:
        """Draw the card; every text in it is escaped, and it loads nothing."""
        sovereign = _holder(answer.state_map or answer.sovereignty)
        told = [("control", answer.control, _holder(answer.sovereignty))]
        told += [(view, shown, _holder(shown)) for view, shown in (("sovereignty", answer.sovereignty), ("title", answer.title))]
        if answer.state_map:
            told.append((answer.state, answer.state_map, sovereign))
        rows = "".join(self._row(view, shown, owner) for view, shown, owner in told)
        picture = self._picture(answer.control, _holder(answer.sovereignty))
        return (
            f"<div style=\"{_FRAME}\">{picture}<div style='flex:1;min-width:300px'>{_heading(answer)}"
            f"<table style='border-collapse:collapse;margin:6px 0 0;border:0'>{rows}</table>{self._claims(answer)}</div></div>"
        )

    def _row(self, view: str, shown: Answer, sovereign: str) -> str:
        question = QUESTIONS.get(view) or self._records.views[view].name
        names = held([self._name(polity) for polity in shown.polities], shown.standing, view)
        doubt = "" if shown.seen else f" <span style='{_DOUBT}'>unverified</span>"
        span = f"{shown.since} – {shown.until or 'today'}"
        act = self._act(shown.instrument)
        sources = html.escape(", ".join(shown.sources))
        note = f"<div style='{_QUIET}'>{html.escape(shown.note)}</div>" if shown.note else ""
        return (
            f"<tr style='background:#fff'><th scope='row' style='{_CELL};font-weight:600'>{html.escape(view.capitalize())}"
            f"<div style='{_QUIET};font-weight:400;max-width:130px'>{html.escape(question)}</div></th>"
            f"<td style='{_CELL}'>{_swatch(_fill(shown, sovereign))} <b>{html.escape(names)}</b>"
            f"<div>{span}, {html.escape(act)}</div>"
            f"<div style='{_QUIET}'>{html.escape(shown.certainty)}{doubt}; {sources}</div>{note}</td></tr>"
        )

    def _claims(self, answer: Sovereignty) -> str:
        told = []
        for claim in answer.claims:
            doubt = "" if claim.seen else f" <span style='{_DOUBT}'>unverified</span>"
            until = f" until {claim.until}" if claim.until else ""
            told.append(f"{html.escape(self._name(claim.claimant))} since {claim.since}{until}{doubt}")
        return f"<div style='{_CELL}'><b>Claimed by</b> {'; '.join(told)}</div>" if told else ""

    def _name(self, holder: str) -> str:
        polity = self._records.polities.get(holder)
        return polity.name if polity else self._records.lineages.get(holder, holder)

    def _act(self, instrument: str) -> str:
        if instrument == SERIES_START:
            return "as things stood when the atlas begins"
        known = self._records.instruments.get(instrument)
        return known.name if known else instrument

    def _picture(self, control: Answer, sovereign: str) -> str:
        outlines, own = self._shapes.outlines_around(self._tract, self._records.tracts[self._tract].bbox)
        return card_picture(outlines, own, _fill(control, sovereign))


def _holder(answer: Answer) -> str:
    return holder_text(answer.lineages, answer.standing)


def _fill(shown: Answer, sovereign: str) -> style.Fill:
    from sovietpacific.maps import style

    return style.fill_of(_holder(shown), shown.standing, sovereign, "; ".join(shown.polities))


def _heading(answer: Sovereignty) -> str:
    about = [long_day(answer.day)]
    if answer.names and answer.name not in answer.names:
        about.append(f"then called {', '.join(answer.names)}")
    if answer.distance_km:
        about.append(f"{answer.distance_km:g} km from the place asked for")
    words = html.escape("; ".join(about))
    name = html.escape(answer.name or answer.tract)
    return f"<div style='font-size:17px;font-weight:700;line-height:1.25'>{name}</div><div>{words}</div>"


def _paint(fill: style.Fill) -> tuple[str, str]:
    """Give the definition of a pattern, empty for a plain fill, and what to fill with; the same fill has the same name."""
    base, stripe, left, crossed = fill
    if not stripe:
        return "", base
    name = f"sp-card-{'x' if crossed else 'l' if left else 'r'}{base[1:]}{stripe[1:]}"
    turn = -45 if left else 45
    bars = f"<path d='M1 0V8M0 1H8' stroke='{stripe}' stroke-width='1.4'/>" if crossed else ""
    bars = bars or f"<rect width='4' height='8' fill='{stripe}'/>"
    pattern = (
        f"<defs><pattern id='{name}' width='8' height='8' patternUnits='userSpaceOnUse' patternTransform='rotate({turn})'>"
        f"<rect width='8' height='8' fill='{base}'/>{bars}</pattern></defs>"
    )
    return pattern, f"url(#{name})"


def _swatch(fill: style.Fill) -> str:
    pattern, paint = _paint(fill)
    return (
        f"<svg width='24' height='14' aria-hidden='true' style='vertical-align:-2px;display:inline'>{pattern}"
        f"<rect x='.5' y='.5' width='23' height='13' fill='{paint}' stroke='{_COAST}'/></svg>"
    )


def card_picture(outlines: list[list[tuple[float, float]]], chosen: list[bool], fill: style.Fill, width: int = 190) -> str:
    """Draw outlines, of which some are the tract asked for, as a small inline SVG; positions are (lon, lat) degrees.

    The tract is filled as on the maps; a degree of longitude is as wide as it is at the middle of the picture.
    """
    from math import cos, radians

    if not outlines:
        return ""
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    west, north = min(xs), max(ys)
    narrow = cos(radians((min(ys) + north) / 2))
    scale = width / max((max(xs) - west) * narrow, max(ys) - min(ys), 1e-9)
    pattern, paint = _paint(fill)
    paths = []
    for outline, own in sorted(zip(outlines, chosen, strict=True), key=lambda pair: pair[1]):
        points = " ".join(f"{(x - west) * narrow * scale:.1f},{(north - y) * scale:.1f}" for x, y in outline)
        look = (
            f"fill='{paint}' stroke='#23282d' stroke-width='1.1' data-own=''"
            if own
            else f"fill='{_LAND}' stroke='{_COAST}' stroke-width='.5'"
        )
        paths.append(f"<polygon points='{points}' {look}/>")
    high, wide = (north - min(ys)) * scale, (max(xs) - west) * narrow * scale
    return (
        f"<svg width='{wide:.0f}' height='{high:.0f}' viewBox='0 0 {wide:.1f} {high:.1f}' role='img' aria-label='where it lies' "
        f"style='flex:none;background:{_SEA};border:1px solid #c4cace'>{pattern}{''.join(paths)}</svg>"
    )
