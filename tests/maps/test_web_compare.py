"""The page of two days compared holds both days and what differs, tells it, and takes titles as
text.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import sovietpacific as sp
from sovietpacific import Atlas, maps
from sovietpacific.answers.tables import read_border
from sovietpacific.answers.words import holds
from sovietpacific.answers.words.wording import text
from sovietpacific.cli.main import main
from sovietpacific.maps.scene.day_map import DayMap
from sovietpacific.maps.scene.differences import net_differences
from tests.maps.test_maps import LOADED


def payload_of(page: str) -> Any:
    found = re.search(r"sovietpacific\.compare\(map_\w+, (\{.*\})\);", page)
    assert found
    return json.loads(found[1])


def test_a_comparison_holds_both_days_one_legend_and_what_changed(atlas: Atlas) -> None:
    page = maps.compare("1904-01-01", "1945-09-03").get_root().render()
    sheet = payload_of(page)
    for side, day in (("first", "1904-01-01"), ("second", "1945-09-03")):
        words = {
            tract["name"]: sheet["legend"][tract["entry"]][1]
            for tract in sheet[side]["tracts"]
            if "entry" in tract
        }
        for row in (
            sp.borders_at(day, detail="light", atlas=atlas)
            .drop(columns="geometry")
            .to_dict("records")
        ):
            for tract in row["tracts"].split("; "):
                holding = holds.Holding.of_row(read_border(row))
                assert words[atlas.tracts[tract].name] == text(
                    holds.legend(atlas.records, holding, "control")
                )
    assert [change["from"][1] for change in sheet["changes"]] == [
        text(one.from_words)
        for one in net_differences(
            DayMap(atlas, "control", date(1904, 1, 1)), DayMap(atlas, "control", date(1945, 9, 3))
        )
    ]
    assert sheet["days"] == ["1 January 1904", "3 September 1945"]
    assert not LOADED.findall(page)
    assert len(page.encode()) < 1_500_000


def test_a_comparison_without_a_difference_says_so() -> None:
    sheet = payload_of(
        maps.compare("1990-01-01", "1991-01-01", region="kurils").get_root().render()
    )
    assert sheet["changes"] == []
    assert sheet["told"].startswith(
        "Nothing has another holder or standing between 1 January 1990 and 1 January 1991"
    )


def test_a_comparison_takes_its_title_as_text() -> None:
    hostile = "</script><script>flag(1)</script>{{ 7 * 191 }}<!--\u202e"
    page = (
        maps.compare("1904-01-01", "1945-09-03", region="kurils", title=hostile).get_root().render()
    )
    assert "<script>flag" not in page
    assert payload_of(page)["title"][0] == hostile.replace("\u202e", "")


def test_the_command_line_compares_two_days(tmp_path: Path) -> None:
    target = tmp_path / "made" / "compare.html"
    run = CliRunner().invoke(
        main, ["compare", "1904-01-01", "1945-09-03", "-o", str(target), "--region", "kurils"]
    )
    assert run.exit_code == 0, run.output
    assert payload_of(target.read_text(encoding="utf-8"))["changes"]
    wrong = CliRunner().invoke(main, ["compare", "1945-09-03", "1904-01-01", "-o", str(target)])
    assert wrong.exit_code == 2
    assert "give the earlier day first" in wrong.output
    odd = CliRunner().invoke(
        main, ["compare", "1904-01-01", "1945-09-03", "-o", str(tmp_path / "compare.txt")]
    )
    assert odd.exit_code == 2
    assert ".html" in odd.output
