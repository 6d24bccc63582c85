"""Colours keep apart for every eye, stay with their lineage through time, and let text be read."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from sovietpacific import Atlas
from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow, fold_borders
from sovietpacific.loading import load_atlas
from sovietpacific.maps.printed.names_chosen import SEA_INK

#: How eyes that lack one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009, full
#: severity).
EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
LOOK = load_atlas().records.look
LINEAGES = {key: lineage.colour for key, lineage in LOOK.lineages.items()}
NOBODYS = LOOK.standings["unassigned"].colours
GROUND = {
    "sea": palette.SEA,
    "backdrop": palette.BACKDROP,
    "nobody": LOOK.nobody,
    "nobody's stripe": NOBODYS[1],
}
COLOURS = {**LINEAGES, **GROUND}
NAMES = {LOOK.beside: "beside", **{colour: name for name, colour in COLOURS.items()}}

#: How far apart two colours must be, in CIE76 and in CIEDE2000.
APART, APART_2000 = 12, 8


def linear(colour: str) -> Any:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


@cache
def lab(colour: str, eye: str) -> Any:
    rgb = linear(colour) @ EYES[eye].T
    xyz = (
        np.clip(rgb, 0, 1)
        @ np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]).T
    )
    f = np.cbrt(np.maximum(xyz / [0.9505, 1.0, 1.089], 0.008856))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(first: Any, second: Any) -> float:
    """Measure the colour difference of ISO/CIE 11664-6, as Sharma, Wu and Dalal (2005) write it."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180
    light, chroma, hue = (l1 + l2) / 2, (c1 + c2) / 2, (h1 + turn / 2) % 360
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(weight * np.cos(np.radians(times * hue + shift)) for weight, times, shift in waves)
    d_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    d_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * bend
    return float(np.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + rotation * d_chroma * d_hue))


def contrast(text: str, ground: str) -> float:
    """Measure the contrast of WCAG 2."""
    dark, light = sorted(
        float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (text, ground)
    )
    return (light + 0.05) / (dark + 0.05)


def nearest(pairs: set[tuple[str, str]], measure: Any) -> tuple[float, str, str, str]:
    """Find the two colours that one eye sees least apart."""
    assert pairs
    return min(
        (measure(lab(a, eye), lab(b, eye)), eye, NAMES[a], NAMES[b])
        for a, b in pairs
        for eye in EYES
    )


def cie76(first: Any, second: Any) -> float:
    return float(np.linalg.norm(first - second))


@pytest.fixture(scope="module")
def drawn(atlas: Atlas) -> list[list[tuple[BorderRow, palette.Fill]]]:
    """Fold the rows of every map of every view, with their fills."""
    judged = [tract for tract in atlas.tracts.values() if tract.judged]
    return [
        [
            (row, palette.fill_of_row(LOOK, row))
            for row in fold_borders(atlas.time, judged, view, day)
        ]
        for view in atlas.views
        for day in atlas.time.edges(view)
    ]


def test_any_two_holders_differ_for_every_eye_and_from_sea_backdrop_and_nobodys_land() -> None:
    pairs = {(a, b) for a, b in combinations(COLOURS, 2) if a in LINEAGES}
    far, *which = nearest({(COLOURS[a], COLOURS[b]) for a, b in pairs}, cie76)
    assert far >= APART, (far, which)


def test_the_two_colours_of_every_stripe_of_the_atlas_differ_for_every_eye(drawn: Any) -> None:
    striped = {(fill.base, fill.stripe) for rows in drawn for _, fill in rows if fill.stripe}
    assert NOBODYS in striped
    for measure, apart in ((cie76, APART), (ciede2000, APART_2000)):
        far, *which = nearest(striped, measure)
        assert far >= apart, (far, which)


def test_what_is_ever_on_one_map_differs_for_every_eye_by_the_newer_measure_too(drawn: Any) -> None:
    together = set()
    for rows in drawn:
        colours = {colour for _, fill in rows for colour in (fill.base, fill.stripe) if colour}
        together |= set(combinations(sorted(colours), 2))
    assert len(together) > 50
    far, *which = nearest(together, ciede2000)
    assert far >= APART_2000, (far, which)


def test_ciede2000_is_that_of_the_published_table() -> None:
    for first, second, difference in (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ):
        assert ciede2000(first, second) == pytest.approx(difference, abs=5e-5)


def test_every_lineage_has_a_colour_and_no_other_has_it(atlas: Atlas) -> None:
    assert set(LINEAGES) == set(atlas.lineages)
    assert len(NAMES) == len(COLOURS) + 1


def test_a_holder_keeps_its_colour_through_time(drawn: Any) -> None:
    seen: dict[str, set[str]] = {}
    polities: dict[str, set[tuple[str, ...]]] = {}
    for row, fill in (entry for rows in drawn for entry in rows):
        if len(row.holders) == 1:  # on the sovereign's ground its colour is the stripe's
            own = fill.base if fill.stripe == LOOK.beside else fill.stripe or fill.base
            seen.setdefault(row.holders[0], set()).add(own)
            polities.setdefault(row.holders[0], set()).add(row.polities)
    assert seen == {holder: {LINEAGES[holder]} for holder in LINEAGES}
    assert len(polities["russia"]) >= 4
    assert len(polities["china"]) >= 3


@pytest.mark.parametrize("name", COLOURS)
def test_text_can_be_read_on_every_colour(name: str) -> None:
    assert contrast(palette.INK, COLOURS[name]) >= 4.5


def test_every_text_of_the_style_sheets_can_be_read_on_its_ground() -> None:
    """Where a rule sets no ground, boxes are white; names of seas stand on the sea, those of lines
    and polities on any land.
    """
    checked = 0
    for sheet in files("sovietpacific.maps.pages").joinpath("assets").iterdir():
        if not sheet.name.endswith(".css") or sheet.name == "leaflet.css":
            continue
        for selector, rule in re.findall(
            r"([^{}]+)\{([^{}]*)\}", sheet.read_text(encoding="utf-8")
        ):
            text = re.search(r"(?<![-\w])color:(#[0-9a-f]{3,6})", rule)
            own = re.search(r"background(?:-color)?:(#[0-9a-f]{3,6})", rule)
            if text:
                grounds = (
                    [own[1]] if own else [palette.SEA] if ".sp-sea" in selector else ["#ffffff"]
                )
                grounds += (
                    LINEAGES.values() if selector.strip() in (".sp-line", ".sp-polity") else ()
                )
                assert min(contrast(_six(text[1]), _six(ground)) for ground in grounds) >= 4.5, (
                    sheet.name,
                    selector,
                )
                checked += len(grounds)
    assert contrast(SEA_INK, palette.SEA) >= 4.5
    assert checked >= 5 + 2 * len(LINEAGES)


def _six(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])
