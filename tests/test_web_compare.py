"""Two days compared: what differs is what the two maps say, from whom to whom, each piece of land once, with its area."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovietpacific import Atlas, DayError, UnknownPlaceError, ViewError, maps
from sovietpacific.cli import main
from sovietpacific.maps import style
from sovietpacific.maps.differences import net_differences
from test_maps import LOADED


def test_what_changed_hands_in_the_end_is_told_with_its_area(atlas: Atlas) -> None:
    found = net_differences(atlas, "1904-01-01", "1945-09-03")
    told = {(one.from_words, one.to_words): set(one.tracts) for one in found}
    assert {"iturup", "shumshu", "shikotan"} <= told["Empire of Japan", "Japan, occupied by Soviet Union"]
    assert "yuzhno-sakhalinsk" in told["Russian Empire", "Japan, occupied by Soviet Union"]
    assert not any("sakhalin-north" in tracts for tracts in told.values())
    areas = [one.area_km2 for one in found]
    assert areas == sorted(areas, reverse=True)
    for one in found:
        assert one.area_km2 == pytest.approx(sum(atlas.tracts[tract].area_km2 for tract in one.tracts))


@pytest.mark.parametrize("view", ["control", "sovereignty", "title", "japan"])
def test_each_tract_differs_just_where_its_two_answers_do(atlas: Atlas, view: str) -> None:
    days = ("1904-06-01", "1933-06-01", "1945-09-02", "1953-08-01")
    for first, second in pairwise(days):
        found = net_differences(atlas, first, second, view)
        told = [tract for one in found for tract in one.tracts]
        assert len(told) == len(set(told))
        held = [
            {
                tract: (row["holder"], row["standing"])
                for row in atlas.borders_at(day, view=view, detail="light").drop(columns="geometry").to_dict("records")
                for tract in row["tracts"].split("; ")
            }
            for day in (first, second)
        ]
        assert set(told) == {tract for tract in held[0] if held[0][tract] != held[1][tract]}
        for one in found:
            for tract in one.tracts:
                assert held[0][tract] == (one.from_holder, one.from_standing)
                assert held[1][tract] == (one.to_holder, one.to_standing)


def test_land_lost_and_won_back_and_a_new_name_of_a_state_are_no_difference(atlas: Atlas) -> None:
    seoul = [one for one in net_differences(atlas, "1950-06-01", "1951-04-01", region="korea") if "seoul" in one.tracts]
    assert not seoul
    assert not net_differences(atlas, "1990-01-01", "1993-01-01", region="sakhalin")
    assert not net_differences(atlas, "1945-09-02", "1945-09-02")


def test_a_comparison_refuses_days_in_reverse_and_what_there_is_not(atlas: Atlas) -> None:
    with pytest.raises(DayError, match="1904-01-01 is before 1945-09-02; give the earlier day first"):
        net_differences(atlas, "1945-09-02", "1904-01-01")
    with pytest.raises(ViewError, match="'legal' is not a view"):
        net_differences(atlas, "1904-01-01", "1945-09-02", "legal")
    with pytest.raises(UnknownPlaceError):
        net_differences(atlas, "1904-01-01", "1945-09-02", region="atlantis")


def payload_of(page: str) -> Any:
    found = re.search(r"sovietpacific\.compare\(map_\w+, (\{.*\})\);", page)
    assert found
    return json.loads(found[1])


def test_a_comparison_holds_both_days_one_legend_and_what_changed(atlas: Atlas) -> None:
    page = maps.compare("1904-01-01", "1945-09-03").get_root().render()
    sheet = payload_of(page)
    for side, day in (("first", "1904-01-01"), ("second", "1945-09-03")):
        words = {tract["name"]: sheet["legend"][tract["entry"]][1] for tract in sheet[side]["tracts"] if "entry" in tract}
        for row in atlas.borders_at(day, detail="light").drop(columns="geometry").to_dict("records"):
            for tract in row["tracts"].split("; "):
                assert words[atlas.tracts[tract].name] == style.words_of(row, atlas.lineages, atlas.polity_names)
    assert [change["from"][1] for change in sheet["changes"]] == [
        one.from_words for one in net_differences(atlas, "1904-01-01", "1945-09-03")
    ]
    assert sheet["days"] == ["1 January 1904", "3 September 1945"]
    assert not LOADED.findall(page)
    assert len(page.encode()) < 1_500_000


def test_a_comparison_without_a_difference_says_so() -> None:
    sheet = payload_of(maps.compare("1990-01-01", "1991-01-01", region="kurils").get_root().render())
    assert sheet["changes"] == []
    assert sheet["told"].startswith("Nothing has another holder or standing between 1 January 1990 and 1 January 1991")


def test_a_comparison_takes_its_title_as_text() -> None:
    hostile = "</script><script>flag(1)</script>{{ 7 * 191 }}<!--\u202e"
    page = maps.compare("1904-01-01", "1945-09-03", region="kurils", title=hostile).get_root().render()
    assert "<script>flag" not in page
    assert payload_of(page)["title"][0] == hostile.replace("\u202e", "")


def test_the_command_line_compares_two_days(tmp_path: Path) -> None:
    target = tmp_path / "made" / "compare.html"
    run = CliRunner().invoke(main, ["compare", "1904-01-01", "1945-09-03", "-o", str(target), "--region", "kurils"])
    assert run.exit_code == 0, run.output
    assert payload_of(target.read_text(encoding="utf-8"))["changes"]
    wrong = CliRunner().invoke(main, ["compare", "1945-09-03", "1904-01-01", "-o", str(target)])
    assert wrong.exit_code == 2
    assert "give the earlier day first" in wrong.output
    odd = CliRunner().invoke(main, ["compare", "1904-01-01", "1945-09-03", "-o", str(tmp_path / "compare.txt")])
    assert odd.exit_code == 2
    assert ".html" in odd.output
