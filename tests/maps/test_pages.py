"""Pages hold shapes as they are and texts as texts: encoding can be undone, and no string breaks
out of its script.
"""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
import shapely
from branca.element import Element
from hypothesis import given
from hypothesis import strategies as st

from sovietpacific import Atlas
from sovietpacific.answers.texts import plain
from sovietpacific.maps.pages.encoding import encode_lines, encode_polygons
from sovietpacific.maps.pages.offline import embed
from sovietpacific.maps.scene.names import fixed_names, place_names


def decode(text: str) -> list[list[list[tuple[float, float]]]]:
    """Read what `encoding` wrote, as `land.js` does."""
    decimals, _, body = text.partition(":")
    return (
        [[run(ring, 10 ** int(decimals)) for ring in part.split(",")] for part in body.split(";")]
        if body
        else []
    )


def run(text: str, scale: int) -> list[tuple[float, float]]:
    numbers, value, shift = [], 0, 0
    for sign in text:
        bits = ord(sign) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    steps = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0) / scale
    return [(float(x), float(y)) for x, y in steps]


def test_every_tract_of_a_page_is_where_it_is(atlas: Atlas) -> None:
    for tract in atlas.tracts:
        shape = atlas.shapes.of(tract, "light")
        text = encode_polygons(shape)
        read = decode(text)
        parts = shapely.get_parts(shape)
        assert len(read) == len(parts), tract
        for rings, part in zip(read, parts, strict=True):
            assert len(rings) == 1 + len(part.interiors)
            assert all(len(ring) >= 3 for ring in rings), tract
            away = shapely.hausdorff_distance(shapely.linestrings(rings[0]), part.exterior)
            assert away <= 0.0015 or shapely.length(part.exterior) < 0.1, (tract, away)


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=40),
    st.integers(1, 5),
)
def test_lines_come_back_within_half_a_step(
    positions: list[tuple[float, float]], decimals: int
) -> None:
    [[read]] = decode(encode_lines(shapely.linestrings(positions), decimals))
    steps = np.rint(np.array(positions) * 10**decimals)
    kept = steps[np.r_[True, np.any(np.diff(steps, axis=0) != 0, axis=1)]]
    assert np.allclose(
        np.array(read) * 10**decimals, kept if len(kept) > 2 or len(steps) < 3 else steps
    )


@given(st.text())
def test_no_text_ends_the_script_it_stands_in(text: str) -> None:
    written = embed({"words": text})
    assert "<" not in written
    assert not {"\u2028", "\u2029"} & set(written)
    assert json.loads(written) == {"words": text}


@given(st.text(alphabet='{}%#"\\ 67*'))
def test_no_text_is_read_as_a_template(text: str) -> None:
    written = embed({"words": [text, {"more": {}}]})
    assert Element(written).render() == written
    assert json.loads(written) == {"words": [text, {"more": {}}]}


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\u2028", "\ufeff"])
def test_marks_that_turn_or_hide_text_are_taken_out(mark: str) -> None:
    assert plain(f"Kuril{mark} Islands") == "Kuril Islands"


def test_places_are_named_as_on_the_day(atlas: Atlas) -> None:
    look = atlas.records.look

    def texts(day: date) -> set[str]:
        return {name.text for name in place_names(look, atlas.records.places, day).values()}

    assert "Toyohara" in texts(date(1930, 1, 1))
    assert "Yuzhno-Sakhalinsk" in texts(date(1960, 1, 1))
    assert "Toyohara" not in texts(date(1960, 1, 1))
    assert len({name.text for name in fixed_names(look)}) == len(fixed_names(look))
