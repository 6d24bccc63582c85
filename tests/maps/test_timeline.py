"""The slider's page knows what the atlas knows: every look, tenure, line and name of its payload is
the atlas's own answer.
"""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import folium
import pytest
from click.testing import CliRunner

from sovietpacific import Atlas, DayError, OptionError, UnknownPlaceError, ViewError, maps
from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.wording import text
from sovietpacific.cli.main import main
from sovietpacific.maps.pages.cards import held_words
from sovietpacific.maps.pages.encoding import encode_lines, encode_polygons
from sovietpacific.maps.pages.offline import OfflineMap, asset, embed
from sovietpacific.maps.pages.slider import Timeline
from sovietpacific.maps.pages.slider_data import timeline_payload
from sovietpacific.maps.scene.border_lines import drawn_edges
from sovietpacific.maps.scene.names import names_shown

ZERO = date(1855, 1, 1)
HOSTILE = "</script><script>alert(1)</script>\u202e'\"`{{ 7919 * 7907 }}{% raw %}${1}<img src=x onerror=alert(2)>"


class Page:
    """Reads a payload as the page does."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.index = {tract[0]: place for place, tract in enumerate(data["tracts"])}
        self.runs = [(list(accumulate(run[::2])), run[1::2]) for run in data["runs"]]

    def _run(self, kind: str, view: str, index: int) -> tuple[list[int], list[int]]:
        return self.runs[self.data["views"][view][kind][index]]

    def look(self, view: str, tract: str, day: date) -> list[Any]:
        """Give how a tract is filled, worded and held."""
        days, places = self._run("looks", view, self.index[tract])
        return self.data["looks"][places[bisect_right(days, (day - ZERO).days) - 1]]

    def tenure(self, view: str, tract: str, day: date) -> tuple[date, date | None, list[Any]]:
        """Give since when, until when, and the row of the tenure."""
        days, places = self._run("tenures", view, self.index[tract])
        at = bisect_right(days, (day - ZERO).days) - 1
        until = ZERO + timedelta(days[at + 1]) if at + 1 < len(days) else None
        return ZERO + timedelta(days[at]), until, self.data["tenures"][places[at]]

    def changes(self, view: str) -> list[date]:
        """Give the days of a view on which any look changes."""
        found = {
            day for index in range(len(self.index)) for day in self._run("looks", view, index)[0]
        }
        return [ZERO + timedelta(day) for day in sorted(found)]

    def lines(self, view: str, day: date) -> dict[str, str]:
        """Give the lines drawn on a day, by their course."""
        drawn = {}
        for place, edge in enumerate(self.data["edges"]):
            days, ways = self._run("lines", view, place)
            at = bisect_right(days, (day - ZERO).days) - 1
            if at >= 0 and ways[at]:
                drawn[edge[3]] = self.data["ways"][ways[at]]
        return drawn

    def names(self, day: date) -> dict[str, tuple[str, ...]]:
        """Give the names shown for every place on a day, by its position."""
        found = {}
        for lon, lat, *_, runs in self.data["places"]:
            (*_, names) = [names for year, names in runs if year <= day.year]
            found[f"{lon} {lat}"] = tuple(names)
        return found


@pytest.fixture(scope="module")
def page(atlas: Atlas) -> Page:
    return Page(timeline_payload(atlas))


@pytest.fixture(scope="module")
def rendered() -> str:
    return str(maps.timeline(day="1945-09-02", view="title").get_root().render())


def epochs(atlas: Atlas) -> Iterator[tuple[str, date, str]]:
    judged = [tract.id for tract in atlas.tracts.values() if tract.judged]
    return (
        (view, day, tract)
        for view in atlas.time.views
        for day in atlas.time.edges(view)
        for tract in judged
    )


def test_every_tract_has_on_every_edge_of_every_view_the_atlass_own_look(
    atlas: Atlas, page: Page
) -> None:
    told = cache(
        lambda row, view: (
            palette.fill_of_row(atlas.records.look, row),
            text(holds.legend(atlas.records, holds.Holding.of_row(row), view)),
        )
    )
    for view, day, tract in epochs(atlas):
        hold, sovereign = atlas.time.hold(tract, view, day), atlas.time.sovereign(tract, view, day)
        fill, words, *look, who, land = page.look(view, tract, day)
        standing = hold.tenure.standing
        assert tuple(look) == (hold.holder, hold.polities, standing, sovereign.holder), (
            view,
            day,
            tract,
        )
        expected = told(BorderRow.of(hold, sovereign), view)
        assert (page.data["fills"][fill], page.data["words"][words]) == expected, (view, day, tract)
        assert page.data["words"][who] == text(held_words(atlas.records, hold, view))
        lineages = holds.lineage_names(atlas.records, hold.tenure.lineages)
        assert page.data["words"][land] == text(holds.held(lineages, standing, view))


def test_every_tract_has_on_every_edge_of_every_view_the_atlass_own_tenure(
    atlas: Atlas, page: Page
) -> None:
    sources, acts = page.data["sources"], page.data["instruments"]
    for view, day, tract in epochs(atlas):
        hold = atlas.time.hold(tract, view, day)
        since, until, (act, told, certainty, seen, edtf, _, note) = page.tenure(view, tract, day)
        tenure = hold.tenure
        assert (since, until, acts[act][0] if act >= 0 else "") == (
            tenure.since,
            hold.until,
            tenure.instrument,
        ), (
            view,
            day,
            tract,
        )
        evidence = (
            tuple(sources[place] for place in told),
            certainty,
            bool(seen),
            edtf or None,
            note,
        )
        assert evidence == (
            tenure.sources,
            tenure.certainty,
            tenure.seen,
            tenure.edtf,
            tenure.note,
        ), (view, day, tract)


def test_the_page_steps_through_the_edges_of_each_view(atlas: Atlas, page: Page) -> None:
    for view in atlas.time.views:
        assert page.changes(view) == list(atlas.time.edges(view))
        assert page.data["views"][view]["first"] == (atlas.time.first_day(view) - ZERO).days


def test_claims_are_those_upheld_on_the_day(atlas: Atlas, page: Page) -> None:
    for day in (date(1860, 1, 1), date(1932, 5, 1), date(1950, 1, 1), date(2020, 1, 1)):
        number = (day - ZERO).days
        for tract in page.index:
            rows = [
                page.data["claims"][place] for place in page.data["tracts"][page.index[tract]][5]
            ]
            shown = sorted(
                row[0] for row in rows if row[1] <= number and (row[2] is None or number < row[2])
            )
            upheld = [
                claim.claimant for claim in atlas.tracts[tract].claims if claim.stands_on(day)
            ]
            assert shown == sorted(
                atlas.lineages.get(key) or atlas.polity_names[key] for key in upheld
            )


@pytest.mark.parametrize(
    "day", ["1856-01-01", "1906-01-01", "1945-08-20", "1950-09-15", "1960-01-01", "2020-01-01"]
)
@pytest.mark.parametrize("view", ["control", "title", "japan"])
def test_the_lines_drawn_are_those_of_a_map_of_that_day(
    atlas: Atlas, page: Page, view: str, day: str
) -> None:
    lines = drawn_edges(atlas, date.fromisoformat(day), view)
    expected = {encode_lines(edge.light): kind for kind, _, edge in lines if kind != "named"}
    assert page.lines(view, date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    "day", ["1855-01-01", "1905-12-31", "1930-06-01", "1945-09-02", "1946-12-31", "2026-01-01"]
)
def test_places_bear_the_names_of_the_day(atlas: Atlas, page: Page, day: str) -> None:
    when = date.fromisoformat(day)
    expected = {
        f"{round(p.lon, 3)} {round(p.lat, 3)}": names_shown(atlas.records.look, p, when)
        for p in atlas.records.places.values()
    }
    assert len(expected) == len(atlas.records.places)
    assert page.names(when) == expected


def test_the_slider_stands_beside_other_folium_layers_and_on_other_maps() -> None:
    made = maps.timeline(region="kurils")
    folium.Marker((45.0, 147.9), popup="Etorofu").add_to(made)
    page = made.get_root().render()
    assert page.count("window.sovietpacific = window.sovietpacific ||") == 1
    assert "Etorofu" in page
    stock = folium.Map()
    Timeline(region="kurils").add_to(stock)
    page = stock.get_root().render()
    assert (
        page.index("leaflet.js")
        < page.index("window.sovietpacific = window.sovietpacific ||")
        < page.index("sp.timelineAnswers =")
    )


def test_no_script_or_style_of_ours_is_read_as_a_template(rendered: str) -> None:
    for name in (
        f"timeline{part}" for part in (".css", ".js", "_answers.js", "_cards.js", "_export.js")
    ):
        assert rendered.count(asset(name)) == 1
    strange = Timeline(region="kurils")
    strange._assets = ("timeline.css",)
    made = OfflineMap(tiles=None).add_child(strange)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "sovietpacific.maps.pages.offline.asset", lambda name: asset(name) + "{{ 7 * 191 }}"
        )
        assert "{{ 7 * 191 }}" in made.get_root().render()


def test_each_shape_stands_in_the_page_once(atlas: Atlas, page: Page, rendered: str) -> None:
    kuril = encode_polygons(atlas.shapes.of("urup", "light"))
    assert page.data["tracts"][page.index["urup"]][6] == kuril
    assert rendered.count(embed(kuril)) == 1


def test_the_page_stays_small(rendered: str) -> None:
    assert len(rendered.encode()) < 1_500_000


def test_the_page_says_what_it_shows(atlas: Atlas, rendered: str) -> None:
    for needed in (
        *(
            "Who held what, 1855 to today",
            "no position is taken on any claim",
            atlas.version,
            "OpenStreetMap contributors",
        ),
        *("Title: whose it was by instruments in force", "Treaty of Portsmouth"),
    ):
        assert needed in rendered
    assert not re.findall(
        r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""",
        rendered.replace('href="https://leafletjs.com"', ""),
    )


def test_a_region_keeps_its_tracts_and_opens_on_them(atlas: Atlas) -> None:
    kurils = timeline_payload(atlas, region="kurils")
    assert {tract[0] for tract in kurils["tracts"]} == {
        t.id for t in atlas.tracts.values() if t.judged and t.lies_in("kurils")
    }
    west, south, east, north = kurils["bounds"]
    assert 145 < west < east < 157
    assert 43 < south < north < 51.5
    assert kurils["where"] == atlas.region_names["kurils"]


def test_hostile_text_stays_text(atlas: Atlas) -> None:
    hostile = copy.copy(atlas)
    tracts = {key: replace(tract, name=HOSTILE) for key, tract in atlas.records.tracts.items()}
    acts = {key: replace(act, name=HOSTILE) for key, act in atlas.records.instruments.items()}
    places = {
        key: replace(place, names=tuple(replace(name, text=HOSTILE) for name in place.names))
        for key, place in atlas.records.places.items()
    }
    lines = {key: replace(line, name=HOSTILE) for key, line in atlas.records.lines.items()}
    hostile.records = replace(
        atlas.records, tracts=tracts, instruments=acts, places=places, lines=lines
    )
    written = maps.timeline(title=HOSTILE, atlas=hostile, region="kurils").get_root().render()
    assert "<script>alert" not in written
    assert "<img src=x" not in written
    assert "\u202e" not in written
    assert "62615533" not in written
    assert "{\\u007b 7919 * 7907 }}" in written


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"day": "1840-01-01"}, DayError, "1840-01-01 is before"),
        ({"day": "1945"}, DayError, "YYYY-MM-DD"),
        ({"view": "legal"}, ViewError, "'legal' is not a view"),
        ({"view": "rok", "day": "1900-01-01"}, DayError, "ask 'sovereignty' instead"),
        ({"region": "atlantis"}, UnknownPlaceError, "atlantis"),
    ],
)
def test_what_borders_refuse_the_slider_refuses(
    asked: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        maps.timeline(**asked)


def test_the_page_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "kurils.html"
    run = CliRunner().invoke(
        main,
        [
            "timeline",
            "-o",
            str(target),
            "--day",
            "1945-09-02",
            "--region",
            "kurils",
            "--title",
            "A & B",
        ],
    )
    assert run.exit_code == 0, run.output
    assert "<title>A &amp; B</title>" in target.read_text(encoding="utf-8")
    assert [path.name for path in target.parent.iterdir()] == ["kurils.html"]
    wrong = CliRunner().invoke(
        main, ["timeline", "-o", str(tmp_path / "x.html"), "--day", "1945-13-01"]
    )
    assert wrong.exit_code == 2
    assert not (tmp_path / "x.html").exists()
    with pytest.raises(OptionError, match=r"'\.png' is not a file ending"):
        maps.save_timeline(tmp_path / "x.png")
