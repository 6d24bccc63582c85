"""Shows an answer as a card in a notebook: all views with names, colours, days and acts, the
claims, and a small map.

Knows HTML and nothing of Folium and pages.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from sovietpacific import upstairs
from sovietpacific.answers.sovereignty import Answer, Sovereignty
from sovietpacific.answers.words import acts, days, holds, views
from sovietpacific.answers.words import answer as words
from sovietpacific.answers.words.messages import COMMA, Words, listed
from sovietpacific.answers.words.wording import text
from sovietpacific.errors import DataDamagedError, DataNotFoundError
from sovietpacific.facts.editions import Edition, Unchanging
from sovietpacific.facts.records import Records
from sovietpacific.land.shapes import Shapes

if TYPE_CHECKING:
    from sovietpacific.answers import palette
    from sovietpacific.facts.look import Look

_FRAME = (
    "display:flex;flex-wrap:wrap;gap:18px;align-items:flex-start;width:fit-content;"
    "max-width:800px;padding:12px 16px;"
    "border:1px solid #c4cace;border-radius:4px;background:#fff;color:#23282d;text-align:left;"
    "font:13px/1.4 system-ui,'Noto Sans','Noto Sans CJK SC',sans-serif"
)
_QUIET = "color:#4a5157;font-size:12px"
_CELL = (
    "padding:6px 14px 6px 0;border-top:1px solid #dfe3e6;vertical-align:top;text-align:left;"
    "white-space:normal;"
    "background:#fff;color:#23282d;font-size:13px"
)
_DOUBT = (
    "border:1px solid #a3271b;color:#a3271b;border-radius:3px;padding:0 4px;font-size:11px;"
    "white-space:nowrap"
)
_SEA, _LAND, _COAST = "#EAF1F4", "#E9E6DD", "#6E7F8A"


class PostedCard(Unchanging):
    """The card of an answer that came out of a pickle: it looks for the atlas of the answer when it
    is shown.
    """

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
        """Draw the card; where the atlas the answer comes from is not here, give the answer as
        text, and say so.
        """
        try:
            atlas = upstairs.find("atlases").atlas_of(self._edition)
        except (DataNotFoundError, DataDamagedError) as wrong:
            return f"<pre>{html.escape(str(answer))}\n\n{_safe(words.no_card(str(wrong)))}</pre>"
        return AnswerCard(atlas.records, atlas.shapes, self._tract).html(answer)


class AnswerCard(PostedCard):
    """What a card needs beside the answer: the names of polities and acts, and the shapes for its
    small map.
    """

    def __init__(self, records: Records, shapes: Shapes, tract: str) -> None:
        """Keep where names and shapes are; nothing is drawn before the card is shown."""
        self._records, self._shapes, self._tract = records, shapes, tract

    @property
    def _named(self) -> tuple[Edition, str]:
        return self._shapes.edition, self._tract

    def html(self, answer: Sovereignty) -> str:
        """Draw the card; every text in it is escaped, and it loads nothing."""
        shown = [("control", answer.control, answer.sovereignty)]
        for view, own in (("sovereignty", answer.sovereignty), ("title", answer.title)):
            shown.append((view, own, own))
        if answer.state_map:
            shown.append((answer.state, answer.state_map, answer.state_map))
        rows = "".join(self._row(view, held_as, owner) for view, held_as, owner in shown)
        picture = self._picture(answer.control, answer.sovereignty)
        return (
            f'<div style="{_FRAME}">{picture}'
            f"<div style='flex:1;min-width:300px'>{_heading(answer)}"
            f"<table style='border-collapse:collapse;margin:6px 0 0;border:0'>{rows}</table>"
            f"{self._claims(answer)}</div></div>"
        )

    def _row(self, view: str, shown: Answer, sovereign: Answer) -> str:
        names = holds.names_of(self._records, shown.polities)
        act = acts.act(self._records, shown.instrument)
        swatch = _swatch(_fill(self._records.look, shown, sovereign))
        note = f"<div style='{_QUIET}'>{html.escape(shown.note)}</div>" if shown.note else ""
        return (
            f"<tr style='background:#fff'><th scope='row' style='{_CELL};font-weight:600'>"
            f"{_safe(views.name(view))}"
            f"<div style='{_QUIET};font-weight:400;max-width:130px'>"
            f"{_safe(views.question_of(self._records, view))}</div></th>"
            f"<td style='{_CELL}'>{swatch} <b>{_safe(holds.held(names, shown.standing, view))}</b>"
            f"<div>{_safe(words.by_act(days.dates(shown.since, shown.until), act))}</div>"
            f"<div style='{_QUIET}'>{_safe(acts.certainty_alone(shown.certainty))}"
            f"{_doubt(shown.seen)}; "
            f"{_safe(listed(shown.sources, COMMA))}</div>{note}</td></tr>"
        )

    def _claims(self, answer: Sovereignty) -> str:
        if not answer.claims:
            return ""
        upheld = "; ".join(
            _safe(acts.claim(holds.name_of(self._records, one.claimant), one.since, one.until))
            + _doubt(one.seen)
            for one in answer.claims
        )
        return f"<div style='{_CELL}'><b>{_safe(words.claimed())}</b> {upheld}</div>"

    def _picture(self, control: Answer, sovereign: Answer) -> str:
        outlines, own = self._shapes.outlines_around(
            self._tract, self._records.tracts[self._tract].bbox
        )
        return card_picture(outlines, own, _fill(self._records.look, control, sovereign))


def _safe(sentence: Words) -> str:
    """Return a sentence as text that can stand in HTML."""
    return html.escape(text(sentence))


def _doubt(seen: bool) -> str:
    """Return the mark of what nobody has read in a source."""
    return "" if seen else f" <span style='{_DOUBT}'>{_safe(acts.unverified())}</span>"


def _fill(look: Look, shown: Answer, sovereign: Answer) -> palette.Fill:
    from sovietpacific.answers import palette

    return palette.fill_of(
        look, shown.lineages, shown.standing, sovereign.lineages, polities=shown.polities
    )


def _heading(answer: Sovereignty) -> str:
    called = answer.names if answer.name not in answer.names else ()
    about = _safe(words.day_and_place(answer.day, answer.distance_km, called))
    name = html.escape(answer.name or answer.tract)
    return (
        f"<div style='font-size:17px;font-weight:700;line-height:1.25'>{name}</div>"
        f"<div>{about}</div>"
    )


def _paint(fill: palette.Fill) -> tuple[str, str]:
    """Give the definition of a pattern, empty for a plain fill, and what to fill with; the same
    fill has the same name.
    """
    base, stripe, left, crossed = fill
    if not stripe:
        return "", base
    name = f"sp-card-{'x' if crossed else 'l' if left else 'r'}{base[1:]}{stripe[1:]}"
    turn = -45 if left else 45
    bars = f"<path d='M1 0V8M0 1H8' stroke='{stripe}' stroke-width='1.4'/>" if crossed else ""
    bars = bars or f"<rect width='4' height='8' fill='{stripe}'/>"
    pattern = (
        f"<defs><pattern id='{name}' width='8' height='8' patternUnits='userSpaceOnUse' "
        f"patternTransform='rotate({turn})'>"
        f"<rect width='8' height='8' fill='{base}'/>{bars}</pattern></defs>"
    )
    return pattern, f"url(#{name})"


def _swatch(fill: palette.Fill) -> str:
    pattern, paint = _paint(fill)
    return (
        "<svg width='24' height='14' aria-hidden='true' "
        f"style='vertical-align:-2px;display:inline'>{pattern}"
        f"<rect x='.5' y='.5' width='23' height='13' fill='{paint}' stroke='{_COAST}'/></svg>"
    )


def card_picture(
    outlines: list[list[tuple[float, float]]],
    chosen: list[bool],
    fill: palette.Fill,
    width: int = 190,
) -> str:
    """Draw outlines, of which some are the tract asked for, as a small inline SVG; positions are
    (lon, lat) degrees.

    The tract is filled as on the maps; a degree of longitude is as wide as it is at the middle of
    the picture.
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
        points = " ".join(
            f"{(x - west) * narrow * scale:.1f},{(north - y) * scale:.1f}" for x, y in outline
        )
        look = (
            f"fill='{paint}' stroke='#23282d' stroke-width='1.1' data-own=''"
            if own
            else f"fill='{_LAND}' stroke='{_COAST}' stroke-width='.5'"
        )
        paths.append(f"<polygon points='{points}' {look}/>")
    high, wide = (north - min(ys)) * scale, (max(xs) - west) * narrow * scale
    return (
        f"<svg width='{wide:.0f}' height='{high:.0f}' viewBox='0 0 {wide:.1f} {high:.1f}' "
        f"role='img' aria-label='{_safe(words.where())}' "
        f"style='flex:none;background:{_SEA};border:1px solid #c4cace'>"
        f"{pattern}{''.join(paths)}</svg>"
    )
