"""Sheets are worth printing: names collide with nothing, islands are seen, the same sheet gives the
same bytes, text stays text.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

import sovietpacific as sp
from sovietpacific import (
    Atlas,
    DayError,
    OptionError,
    PlaceError,
    SovietPacificError,
    UnknownPlaceError,
    ViewError,
    maps,
)
from sovietpacific.answers.words import wording
from sovietpacific.facts.records import holder_text
from sovietpacific.facts.store import Store, find_data
from sovietpacific.maps.printed.captions import span_of
from sovietpacific.maps.printed.extent import extent_of
from sovietpacific.maps.printed.file import write_sheet
from sovietpacific.maps.printed.land import lines_on, rows_on
from sovietpacific.maps.printed.names_chosen import labels_for
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Room
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.differences import net_differences
from tests.support.sheet_ink import ink_of, lines_of, names_of

#: Signs that mean something to HTML, to TeX, to matplotlib and to the eye.
HOSTILE = (
    "</svg><script>alert(1)</script> $\\frac{1}{2}$ 50% & \\ \u202eevil\u2066 --> ]]> \U0001f5fa"
    + " very long" * 60
    + "x" * 300
)

CASES = (
    ("1931-01-01", {"region": "manchuria.liaodong.kwantung"}),
    ("2005-01-01", {"around": ("Heixiazi", 40)}),
    ("1939-08-01", {"around": ("Nomonhan", 60)}),
)
#: The files a sheet is written into; each writer is a sink of its own.
KINDS = ("svg", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("png", "pdf")))
MORE_CASES = (
    ("1950-01-01", {"region": "kurils.south"}),
    ("1945-09-02", {"region": "kurils"}),
    ("1856-01-01", {}),
    ("1933-06-01", {}),
    ("2026-01-01", {"view": "sovereignty"}),
    ("1951-01-10", {"region": "korea"}),
    ("1953-08-01", {"region": "korea"}),
    ("1905-09-05", {"region": "sakhalin"}),
    ("1933-06-01", {"region": "manchuria"}),
    ("1939-08-01", {"region": "mongolia", "view": "title"}),
)


def written(figure: Figure, kind: str, tmp_path: Path) -> bytes:
    path = tmp_path / f"sheet.{kind}"
    write_sheet(figure, path, kind, dpi=40)
    return path.read_bytes()


def check_names(axes: Axes) -> None:
    """See that no name lies on another or on a line, or leaves the frame."""
    names = names_of(axes)
    assert len(names) > 5
    frame = shapely.box(0, 0, axes.get_xlim()[1], axes.get_ylim()[1])
    lines = shapely.STRtree([line for line in lines_of(axes) if line.length > 0])
    for text, box in names.items():
        assert frame.contains(box), text.get_text()
        assert not len(lines.query(box, "intersects")), text.get_text()
    for (one, box), (other, second) in combinations(names.items(), 2):
        if (
            one.get_position()[0] != other.get_position()[0] or one.get_ha() != other.get_ha()
        ):  # the lines of one name
            assert box.intersection(second).area < 0.5, (one.get_text(), other.get_text())


@pytest.fixture(scope="module")
def whole(atlas: Atlas) -> Figure:
    """Give the whole sheet of one day."""
    return maps.sheet("1945-09-02", atlas=atlas)


@pytest.mark.parametrize(
    ("day", "window"),
    [*CASES, *(pytest.param(*case, marks=pytest.mark.slow) for case in MORE_CASES)],
)
def test_names_lie_on_no_other_and_on_no_border_and_within_the_frame(
    atlas: Atlas, day: str, window: dict[str, Any]
) -> None:
    check_names(maps.sheet(day, **window, atlas=atlas).axes[0])


def test_names_on_a_whole_sheet_collide_with_nothing_and_are_the_most_telling(
    whole: Figure,
) -> None:
    check_names(whole.axes[0])
    words = {text.get_text() for text in names_of(whole.axes[0])}
    assert {
        "Vladivostok",
        "Harbin",
        "Toyohara",
        "S O V I E T   U N I O N",
        "Sea of Okhotsk",
        "Kuril Islands",
    } <= words


@pytest.mark.slow
def test_a_town_has_no_name_before_it_was_founded(atlas: Atlas) -> None:
    def words(day: str) -> set[str]:
        sheet = maps.sheet(day, around=("Khabarovsk", 350), width=5, atlas=atlas)
        return {text.get_text() for text in names_of(sheet.axes[0])}

    assert "Komsomolsk-on-Amur" in words("1950-01-01")
    assert "Komsomolsk-on-Amur" not in words("1900-01-01")


def test_sheets_of_regions_name_places_in_a_second_script(atlas: Atlas) -> None:
    def words(**look: Any) -> str:
        return " ".join(
            text.get_text()
            for text in maps.sheet("1945-08-01", region="kurils.south", **look, atlas=atlas)
            .axes[0]
            .texts
        )

    assert "Etorofu" in words()
    assert "択捉島" in words()
    assert "択捉島" not in words(scripts=False)


def test_every_island_of_the_kurils_is_seen_in_its_holders_colour(
    atlas: Atlas, whole: Figure
) -> None:
    file = io.BytesIO()
    whole.savefig(file, format="png", dpi=110)
    pixels = np.asarray(Image.open(file).convert("RGB")).astype(int)
    axes = whole.axes[0]
    panel = Panel(atlas, extent_of(atlas), axes.get_xlim()[1])
    for tract in panel.seen:
        if atlas.tracts[tract].region.startswith("kurils"):
            holder = atlas.time.hold(tract, "control", date(1945, 9, 2)).holder
            told = atlas.records.look.lineages[holder].colour
            colour = np.array([int(told[i : i + 2], 16) for i in (1, 3, 5)])
            west, south, east, north = panel.land[tract].bounds
            corners = (
                axes.transData.transform([(west - 1, south - 1), (east + 1, north + 1)])
                * 110
                / whole.dpi
            )
            (left, low), (right, high) = corners.round().astype(int)
            shown = pixels[pixels.shape[0] - high : pixels.shape[0] - low, left:right].reshape(
                -1, 3
            )
            assert (np.abs(shown - colour).sum(axis=1) < 90).any(), tract


def test_the_legend_hides_next_to_no_land_in_scope(atlas: Atlas) -> None:
    for region in ("kurils", "korea", "manchuria.liaodong.kwantung"):
        panel = Panel(atlas, extent_of(atlas, region), 500.0)
        box = Room(panel, []).emptiest(120, 90)
        others = [
            Room(panel, []).hidden((x, y, x + 120, y + 90))
            for x in (7.0, 370.0)
            for y in (7.0, panel.high - 97)
        ]
        assert Room(panel, []).hidden(box) <= min(others) + 0.02


def test_on_a_narrow_sheet_the_legend_stands_below_the_map_before_it_hides_an_island(
    atlas: Atlas,
) -> None:
    for view in ("control", "title"):
        figure = maps.sheet("1950-01-01", region="kurils", view=view, width=4, atlas=atlas)
        assert len(figure.axes) == 2, view
    panel = Panel(atlas, extent_of(atlas, "kurils"), 232.0)
    urup = panel.land["urup"].bounds
    assert Room(panel, []).buries(urup)
    assert not Room(panel, []).buries((150.0, 10.0, 225.0, 90.0))


def test_lines_of_each_kind_are_told_apart(atlas: Atlas) -> None:
    korea = Panel(atlas, extent_of(atlas, "korea"), 400.0)
    assert {"front", "control", "railway"} <= {
        line.kind for line in lines_on(korea, DayMap(atlas, "control", date(1951, 1, 10)))
    }
    islands = Panel(atlas, extent_of(atlas, around=("Heixiazi", 40)), 400.0)
    assert "disputed" in {
        line.kind for line in lines_on(islands, DayMap(atlas, "control", date(2005, 1, 1)))
    }
    assert "sea" in {
        line.kind
        for line in lines_on(
            Panel(atlas, extent_of(atlas), 400.0), DayMap(atlas, "control", date(1950, 1, 1))
        )
    }


def test_a_window_has_its_own_projection_and_the_sheet_names_it(atlas: Atlas) -> None:
    figure = maps.sheet("1939-08-01", around=("Nomonhan", 60), title="Khalkhin Gol", atlas=atlas)
    words = " ".join(text.get_text() for text in figure.texts)
    for needed in (
        "Khalkhin Gol",
        "1 August 1939",
        "Control:",
        "central meridian 118.8° E",
        "OpenStreetMap",
        atlas.version,
    ):
        assert needed in words
    assert "fought over by Manchukuo and Mongolian People's" in " ".join(
        text.get_text() for text in figure.axes[-1].texts
    )
    extent = extent_of(atlas, around=((119.0, 47.7), 60))
    west, south, east, north = extent.degrees
    assert west < 119.0 < east
    assert south < 47.7 < north
    assert extent.high == pytest.approx(120_000)


@pytest.mark.slow
def test_the_widest_region_can_be_drawn(atlas: Atlas) -> None:
    axes = maps.sheet("1950-01-01", region="siberia", width=8, atlas=atlas).axes[0]
    assert "S O V I E T   U N I O N" in {text.get_text() for text in names_of(axes)}


def test_windows_that_are_none_are_refused(atlas: Atlas) -> None:
    for around, words in (
        (("Nomonhan", 0.1), "not between 2 and 1500"),
        ("Nomonhan", r"give \(place, km\)"),
        (("Nomonhan", "far"), r"give \(place, km\)"),
        (("Nomonhan", float("nan")), "not between 2 and 1500"),
        (((0, 0), 60), "land is drawn from 58 to 180° E and from 24 to 66° N only"),
        (((-175, 55), 60), "land is drawn from"),
    ):
        with pytest.raises(PlaceError, match=words):
            maps.sheet("1939-08-01", around=around, atlas=atlas)  # type: ignore[arg-type]
    with pytest.raises(PlaceError, match="two windows"):
        maps.sheet("1939-08-01", region="korea", around=("Seoul", 50), atlas=atlas)
    with pytest.raises(UnknownPlaceError, match="no tract or place is called"):
        maps.sheet("1939-08-01", around=("Atlantis", 50), atlas=atlas)
    for insets in ("kurils.south", 5, None):
        with pytest.raises(PlaceError, match="give a list"):
            maps.sheet("1939-08-01", insets=insets, atlas=atlas)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "width", [0, -1, float("nan"), float("inf"), 1.9, 3.9, 61, 1000, "wide", True]
)
def test_a_width_no_sheet_can_have_is_refused(atlas: Atlas, width: Any) -> None:
    with pytest.raises(SovietPacificError, match="a sheet is 4 to 60 inches wide"):
        maps.sheet("1945-09-02", region="kurils.south", width=width, atlas=atlas)
    with pytest.raises(SovietPacificError, match="a sheet is 4 to 60 inches wide"):
        maps.sheets(["1945-09-02", "1946-06-01"], region="kurils.south", width=width, atlas=atlas)
    with pytest.raises(SovietPacificError, match="a sheet is 4 to 60 inches wide"):
        maps.compare_sheet(
            "1945-09-02", "1945-09-05", region="kurils.south", width=width, atlas=atlas
        )


def test_columns_that_leave_no_map_to_be_read_are_refused(atlas: Atlas) -> None:
    days = [f"{year}-01-01" for year in range(1930, 1954)]
    for columns in (0, -1, 1.5, "2", float("nan")):
        with pytest.raises(SovietPacificError, match="24 maps stand in 1 to 24 columns"):
            maps.sheets(days, region="kurils.south", columns=columns, atlas=atlas)  # type: ignore[arg-type]
    with pytest.raises(
        SovietPacificError, match=r"24 maps side by side are too narrow on 11\.7 inches"
    ):
        maps.sheets(days, region="kurils.south", columns=24, atlas=atlas)


def test_insets_hide_no_land_in_scope_and_have_a_scale_of_their_own(
    atlas: Atlas, whole: Figure
) -> None:
    figure = whole
    inset = next(
        axes
        for axes in figure.axes[1:]
        if "Southern Kurils" in [text.get_text() for text in axes.texts]
    )
    assert "50 km" in [text.get_text() for text in inset.texts]
    assert "500 km" in [text.get_text() for text in figure.axes[0].texts]
    panel = Panel(atlas, extent_of(atlas), figure.axes[0].get_xlim()[1])
    (west, south), (east, north) = (
        figure.axes[0].transData.inverted().transform(inset.transAxes.transform(corner))
        for corner in ((0, 0), (1, 1))
    )
    assert Room(panel, []).hidden((west, south, east, north)) < 0.02
    inside = maps.sheet(
        "1945-09-02",
        region="kurils.south",
        insets=["kurils.south.habomai", ("Shikotan", 20)],
        atlas=atlas,
    )
    titles = {text.get_text() for axes in inside.axes[1:] for text in axes.texts}
    assert {"Habomai islands", "Around Shikotan"} <= titles


def test_the_last_change_is_of_what_is_seen(atlas: Atlas) -> None:
    panel = Panel(atlas, extent_of(atlas, "kurils.south.habomai"), 300.0)
    since, until, acts = span_of(panel, "control", date(1945, 9, 4))
    assert (since, until) == (date(1945, 9, 3), date(1945, 9, 5))
    assert acts


def texts_of(figure: Figure) -> Iterator[Any]:
    yield from figure.texts
    for axes in figure.axes:
        yield from axes.texts


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_title_stays_text_in_every_file(atlas: Atlas, kind: str, tmp_path: Path) -> None:
    figure = maps.sheet(
        "1945-09-02", region="kurils.south.habomai", title=HOSTILE, width=5, atlas=atlas
    )
    content = written(figure, kind, tmp_path)
    shown = " ".join(text.get_text() for text in figure.texts)
    assert "</svg><script>alert(1)</script> $\\frac{1}{2}$ 50% & \\" in shown
    assert not {"\u202e", "\u2066", "\U0001f5fa"} & set(shown)
    assert not any(text.get_parse_math() for text in texts_of(figure))
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    assert all(text.get_window_extent(renderer).x1 <= figure.bbox.x1 for text in figure.texts)
    if kind == "svg":
        root = ElementTree.fromstring(content)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert not [
            name
            for element in root.iter()
            for name in element.attrib
            if name.lower().startswith("on")
        ]


def test_a_title_with_another_day_does_not_take_the_day_from_a_sheet(atlas: Atlas) -> None:
    def second(title: str) -> str:
        figure = maps.sheet(
            "1945-09-02", region="kurils.south.habomai", title=title, width=5, atlas=atlas
        )
        return str(figure.texts[1].get_text())

    assert second("From 12 September 1945").startswith("2 September 1945.")
    assert second("On 2 September 1945").startswith("Control:")


def test_a_hostile_name_of_a_place_stays_text(tmp_path: Path) -> None:
    atlas = Atlas(Store(find_data()))
    place = atlas.records.places["kurilsk"]
    hostile = replace(
        place.names[0], text="<script>$x^2$</script>\u202e\\", official=True, since=None, until=None
    )
    atlas.records.places["kurilsk"] = replace(place, names=(hostile,))  # type: ignore[index]
    figure = maps.sheet("1945-09-02", region="kurils.south", atlas=atlas)
    assert "<script>$x^2$</script>\\" in [text.get_text() for text in names_of(figure.axes[0])]
    root = ElementTree.fromstring(written(figure, "svg", tmp_path))
    assert not [element for element in root.iter() if element.tag.endswith("script")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_sheet_gives_the_same_bytes(atlas: Atlas, kind: str, tmp_path: Path) -> None:
    first, second = (
        maps.sheet("1945-09-02", region="kurils.south.habomai", atlas=atlas) for _ in range(2)
    )
    assert written(first, kind, tmp_path) == written(second, kind, tmp_path)


@pytest.mark.parametrize(
    "style_of_plots",
    [
        {"text.usetex": True},
        {"axes.spines.right": False},
        {"path.sketch": (1, 100, 2)},
        {"lines.antialiased": False},
    ],
)
def test_a_users_style_of_plots_neither_changes_a_sheet_nor_is_changed(
    atlas: Atlas, style_of_plots: dict[str, Any], tmp_path: Path
) -> None:
    def content() -> bytes:
        return written(
            maps.sheet(
                "1945-09-02", region="kurils.south.habomai", title="$x$ \\", width=4, atlas=atlas
            ),
            "png",
            tmp_path,
        )

    usual = content()
    with matplotlib.rc_context(style_of_plots):
        before = dict(matplotlib.rcParams)
        assert content() == usual
        assert dict(matplotlib.rcParams) == before


def test_a_whole_sheet_is_less_than_a_megabyte_as_svg(whole: Figure, tmp_path: Path) -> None:
    content = written(whole, "svg", tmp_path)
    assert len(content) < 1_000_000
    assert ElementTree.fromstring(content).tag.endswith("svg")


def test_a_pdf_carries_its_fonts_as_outlines_it_can_embed(atlas: Atlas, tmp_path: Path) -> None:
    figure = maps.sheet(
        "1945-09-02", region="kurils.south.habomai", title="Habomai 歯舞群島 Хабомаи", atlas=atlas
    )
    content = written(figure, "pdf", tmp_path)
    assert b"FontFile2" in content
    assert {b"Sheet-Sans-Bold", b"Sheet-Sans-Wide-Regular"} <= set(
        re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", content)
    )


def test_the_words_of_a_legend_stay_in_its_box_however_the_sheet_is_drawn(atlas: Atlas) -> None:
    axes = maps.sheet("1904-06-01", around=("Port Arthur", 30), atlas=atlas).axes[0]
    axes.figure.savefig(io.BytesIO(), format="png", dpi=110)
    (box,) = [
        patch
        for patch in axes.get_children()
        if isinstance(patch, Rectangle) and patch.get_zorder() == 8 and patch.get_width() > 60
    ]
    legend = [text for text in axes.texts if text.get_zorder() == 8.2]
    assert len(legend) == 4
    assert all(ink_of(text).bounds[2] < box.get_x() + box.get_width() for text in legend)


def test_small_multiples_have_one_extent_one_legend_and_a_title_each(atlas: Atlas) -> None:
    days = ("1855-02-07", "1875-08-22", "1905-09-05", "1945-09-02")
    figure = maps.sheets(
        days,
        region="sakhalin",
        titles=["Shimoda", "St Petersburg", "$Portsmouth$", HOSTILE],
        columns=4,
        atlas=atlas,
    )
    panels = [axes for axes in figure.axes if axes.get_frame_on()]
    assert len(panels) == 4
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in panels}) == 1
    words = [text.get_text() for text in texts_of(figure)]
    assert {"Shimoda", "St Petersburg", "$Portsmouth$"} <= set(words)
    assert {"7 February 1855", "22 August 1875", "5 September 1905", "2 September 1945"} <= set(
        words
    ), "every map has its day"
    assert words.count("border: sovereigns differ") == 1
    assert sum(word.endswith(" km") for word in words) == 1
    figure.canvas.draw()
    with pytest.raises(OptionError, match="give one for each"):
        maps.sheets(days, titles=["one"], atlas=atlas)
    with pytest.raises(DayError, match="1 to 24"):
        maps.sheets([], atlas=atlas)
    for none in ("1945-09-02", None):
        with pytest.raises(DayError, match="is no list of days"):
            maps.sheets(none, atlas=atlas)  # type: ignore[arg-type]


def test_land_held_since_before_the_first_day_is_told_as_on_that_day(atlas: Atlas) -> None:
    figure = maps.sheets(
        ["1855-01-15", "1855-01-20"], region="sakhalin", width=4, columns=2, atlas=atlas
    )
    words = [text.get_text() for text in texts_of(figure)]
    assert words.count("as on 1 January 1855") == 2
    assert not any(word.startswith("since") for word in words)
    assert any(word.endswith(", 1855") for word in words), "one year is told once"


def test_what_stands_above_narrow_panels_is_broken_or_shortened_to_fit(atlas: Atlas) -> None:
    days = ["1905-10-15", "1945-09-02", "1945-09-05", "1956-12-12"]
    figure = maps.sheets(days, region="kurils.south", width=4, columns=4, atlas=atlas)
    for axes in (axes for axes in figure.axes if axes.get_frame_on()):
        above = [text for text in axes.texts if text.get_position()[1] > axes.get_ylim()[1]]
        assert all(ink_of(text).bounds[2] <= axes.get_xlim()[1] for text in above)
        assert above[-1].get_text().endswith("…")
    assert "1905" in " ".join(text.get_text() for text in figure.axes[0].texts)


def test_names_of_lands_stay_near_them_however_small_the_map(atlas: Atlas) -> None:
    for wide in (60.0, 150.0, 780.0):
        panel = Panel(atlas, extent_of(atlas), wide)
        labels = [
            label
            for label in labels_for(
                panel, Room(panel, []), [], DayMap(atlas, "control", date(1945, 9, 2)), False
            )
            if label.spots and not label.dot
        ]
        lands = [label for label in labels if label.lines[0].face == "bold"]
        assert "Kuril Islands" in {label.lines[0].text for label in lands}
        for label in lands:
            away = np.hypot(*(np.array(label.spots) - label.at).T)
            assert away.max() * panel.per_point <= 700_000


def test_a_comparison_measures_what_it_outlines(atlas: Atlas) -> None:
    figure = maps.compare_sheet("1945-08-08", "1945-09-06", region="kurils", atlas=atlas)
    found = net_differences(
        DayMap(atlas, "control", date(1945, 8, 8)),
        DayMap(atlas, "control", date(1945, 9, 6)),
        "kurils",
    )
    words = [one.get_text() for one in texts_of(figure)]
    assert f"{sum(difference.area_km2 for difference in found):,.0f}" in words
    assert {wording.text(difference.from_words) for difference in found} <= set(words)
    assert {wording.text(difference.to_words) for difference in found} <= set(words)
    assert words.count("1") == 3, "on both maps and in the table"
    still = maps.compare_sheet("1950-01-01", "1950-01-02", region="kurils.south", atlas=atlas)
    assert "nothing changed hands" in [text.get_text() for text in texts_of(still)]
    with pytest.raises(DayError, match="give the earlier day first"):
        maps.compare_sheet("1945-09-06", "1945-08-08", atlas=atlas)
    with pytest.raises(ViewError, match="'legal' is not a view"):
        maps.compare_sheet("1945-08-08", "1945-09-06", view="legal", atlas=atlas)


def test_a_comparison_around_a_place_counts_only_what_is_seen(atlas: Atlas) -> None:
    figure = maps.compare_sheet("1945-08-08", "1945-09-06", around=("Shikotan", 30), atlas=atlas)
    area = sum(
        atlas.tracts[tract].area_km2
        for tract in Panel(atlas, extent_of(atlas, around=("Shikotan", 30)), 300.0).seen
    )
    total = max(
        float(text.get_text().replace(",", ""))
        for text in figure.axes[2].texts
        if text.get_text().replace(",", "").isdigit()
    )
    assert 200 < total <= area


def test_rows_on_a_panel_are_those_of_the_borders(atlas: Atlas) -> None:
    panel = Panel(atlas, extent_of(atlas, "kurils"), 300.0)
    held = {
        tract: holder_text(row.holders, row.standing)
        for row in rows_on(panel, DayMap(atlas, "control", date(1945, 9, 2)))
        for tract in row.tracts
    }
    frame = sp.borders_at("1945-09-02", region="kurils", atlas=atlas)
    expected = {
        tract: row["holder"]
        for row in frame.to_dict("records")
        for tract in row["tracts"].split("; ")
    }
    assert {tract: held[tract] for tract in expected} == expected


def test_save_writes_sheets_and_refuses_a_window_on_a_web_map(tmp_path: Path) -> None:
    path = maps.save(tmp_path / "a.png", "1945-09-02", around=("Shikotan", 30), scripts=False)
    assert path.read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(PlaceError, match="is for sheets"):
        maps.save(tmp_path / "a.html", "1945-09-02", around=("Shikotan", 30))


@pytest.mark.parametrize("columns", [0, -1, 3])
def test_columns_no_sheet_has_are_refused(columns: int) -> None:
    with pytest.raises(SovietPacificError, match="2 maps stand in 1 to 2 columns"):
        maps.sheets(["1945-09-02", "1946-06-01"], region="kurils.south", columns=columns)


def test_a_comparison_is_saved_as_a_sheet_too(tmp_path: Path) -> None:
    made = maps.save_comparison(
        tmp_path / "war.svg",
        "1945-08-01",
        "1945-09-06",
        around=("Urup", 60),
        title="</svg><script>",
    )
    text = made.read_text(encoding="utf-8")
    assert "<script" not in text
    assert text.rstrip().endswith("</svg>")
    with pytest.raises(PlaceError, match=r"around=.* is for sheets"):
        maps.save_comparison(tmp_path / "war.html", "1945-08-01", "1945-09-06", around=("Urup", 60))
    assert [path.name for path in tmp_path.iterdir()] == ["war.svg"]


def test_a_sheet_shows_itself_in_a_notebook_sharp_and_as_wide_as_it_was_made(atlas: Atlas) -> None:
    figure = maps.sheet("1945-09-02", region="kurils.south", atlas=atlas)
    content, about = figure._repr_mimebundle_(include=None, exclude=None)  # type: ignore[attr-defined]
    picture = Image.open(io.BytesIO(base64.b64decode(content["image/png"])))
    assert about == {"image/png": {"width": round(figure.get_figwidth() * 72)}}
    assert picture.width == pytest.approx(2 * figure.get_figwidth() * 72, abs=2)
    assert content["text/plain"] == repr(figure)
