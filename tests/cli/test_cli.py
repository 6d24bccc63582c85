"""The command line answers in the same words, keeps messages off stdout, and ends with 0, 1 or 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovietpacific.cli.main import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_at_prints_who_held_what() -> None:
    result = run("at", "1945-09-02")
    assert result.exit_code == 0
    assert "control on 1945-09-02, data 2026" in result.stdout
    assert "russia (of china)" in result.stdout


def test_at_prints_json_for_machines() -> None:
    document = json.loads(
        run("at", "1945-09-02", "--view", "title", "--region", "kurils", "--json").stdout
    )
    assert document["view"] == "title"
    assert {row["holder"] for row in document["rows"]} == {"japan"}


def test_who_prints_the_answer_as_a_dict() -> None:
    document = json.loads(run("who", "Shumshu", "1945-08-20", "--json").stdout)
    assert document["tract"] == "shumshu"
    assert document["control"]["standing"] == "contested"


def test_messages_name_options_as_they_are_typed(tmp_path: Path) -> None:
    assert (
        "away: give --snap-km 17 to have it answer" in run("who", "141.0,46.2", "1945-08-29").stderr
    )
    assert (
        "away: give --snap-km 17 to who, or ask for 'moneron'"
        in run("history", "141.0,46.2").stderr
    )
    assert (
        "--snap-km -1.0 is not a distance"
        in run("who", "141.0,46.2", "1945-08-29", "--snap-km", "-1").stderr
    )
    points, target = tmp_path / "points.csv", str(tmp_path / "labelled.csv")
    points.write_text("x,lat,date\n141.0,46.2,1945-08-29\n", encoding="utf-8")
    assert (
        "name yours with --lon, --lat and --day" in run("label", str(points), "-o", target).stderr
    )
    told = run("label", str(points), "-o", target, "--lon", "x").stderr
    assert (
        "of 1 rows some have no answer: 1 at sea; --snap-km answers points at sea up to 50 km off"
        in told
    )
    refused = run("label", target, "-o", str(tmp_path / "again.csv"), "--lon", "x").stderr
    assert (
        "there is already a column called 'tract'; rename it, or give a --prefix for the answers"
        in refused
    )


def test_a_name_that_reads_like_an_option_stays_as_it_was_given() -> None:
    assert "'snap_km=8'" in run("who", "snap_km=8", "1945-08-29").stderr


def test_who_takes_a_point() -> None:
    assert "[iturup]" in run("who", "147.9,45.0", "1945-08-29").stdout
    assert run("who", "141.0,46.2", "1945-08-29").exit_code == 1
    assert "[moneron]" in run("who", "141.0,46.2", "1945-08-29", "--snap-km", "20").stdout


def test_a_point_in_the_west_is_a_place_and_no_option() -> None:
    result = run("who", "-147.9,45.0", "1945-08-29")
    assert result.exit_code == 1
    assert "is outside this atlas, which knows land from" in result.stderr


def test_changes_can_be_those_that_are_certain() -> None:
    span = ("changes", "1945-08-08", "1945-09-05", "--region", "manchuria", "--json")
    taken, certain = (
        json.loads(run(*span, *more).stdout)["rows"] for more in ((), ("--certain-only",))
    )
    assert 0 < len(certain) < len(taken)
    assert [row["edtf"] for row in taken if row["tracts"] == "heihe"] == [
        "[1945-08-10..1945-08-13]"
    ]
    assert [row["edtf"] for row in certain if row["tracts"].startswith("dalian")] == [None]


def test_export_writes_a_file_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "kurils.csv"
    result = run(
        "export",
        "-o",
        str(target),
        "--region",
        "kurils",
        "--since",
        "1945-08-31",
        "--until",
        "1945-09-01",
    )
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote {target}\n")
    assert (
        "urup,Urup,kurils.north,control,russia,soviet-union,occupied,1945-08-31,"
        in target.read_text(encoding="utf-8")
    )


def test_export_refuses_an_ending_it_does_not_know(tmp_path: Path) -> None:
    result = run("export", "-o", str(tmp_path / "kurils.shp"))
    assert result.exit_code == 2
    assert "allowed: .geojson, .gpkg, .parquet, .topojson, .csv" in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_package_runs_as_the_command_does() -> None:
    words = ["who", "Iturup", "1945-08-29"]
    command = [sys.executable, "-m", "sovietpacific", *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == run(*words).stdout
    usage = subprocess.run(
        [*command[:3], "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert usage.startswith("Usage: sovietpacific [OPTIONS] COMMAND")


def test_history_and_changes_print_tables() -> None:
    assert "1945-08-31" in run("history", "Uruppu").stdout
    assert json.loads(run("history", "Uruppu", "--json").stdout)["rows"][0]["since"] == "1855-01-01"
    assert (
        "kuril-landing-1945"
        in run("changes", "1945-08-09", "1945-09-06", "--region", "kurils").stdout
    )
    assert (
        len(
            json.loads(
                run("changes", "1945-08-30", "1945-08-31", "--region", "kurils", "--json").stdout
            )["rows"]
        )
        == 1
    )


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("at", "1840-01-01"), 2, "1840-01-01 is before 1855-01-01, the first day of this atlas"),
        (("at", "1945"), 2, 'give "YYYY-MM-DD"'),
        (("at", "1945-09-02", "--view", "legal"), 2, "'legal' is not a view"),
        (("at", "1945-09-02", "--region", "kuril"), 1, "no region is called 'kuril'"),
        (("who", "Atlantis", "1945-09-02"), 1, "no tract or place is called 'Atlantis'"),
        (("who", "45.0,147.9", "1945-09-02"), 2, "looks swapped"),
        (("changes", "1945-09-02", "1945-09-01"), 2, "give the earlier day first"),
        (
            ("map", "1945-09-02", "-o", "x.gif"),
            2,
            "'.gif' is not a file ending; allowed: .html, .png, .svg, .pdf",
        ),
        (("map", "1945-09-02"), 2, "Missing option"),
        (("map", "1945-09-02", "-o", __file__ + "/day.html"), 1, "test_cli.py"),
        (
            ("animate", "1945-09-01", "1945-09-02", "-o", "x.gif", "--step", "0", "--quiet"),
            2,
            "step=0 is no number of days",
        ),
    ],
)
def test_what_is_wrong_is_said_on_stderr(words: tuple[str, ...], code: int, complaint: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert complaint in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_map_writes_the_file_and_nothing_else(tmp_path: Path, ending: str) -> None:
    target = tmp_path / "deep" / f"day.{ending}"
    result = run("map", "1945-09-02", "-o", str(target), "--region", "kurils.south")
    assert result.exit_code == 0
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert "1945" in target.read_text(encoding="utf-8")


def test_a_map_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "day.html"
    target.write_text("old", encoding="utf-8")
    assert run("map", "1840-01-01", "-o", str(target)).exit_code == 2
    assert target.read_text(encoding="utf-8") == "old"


@pytest.mark.slow
def test_check_finds_the_committed_seeds_and_data_in_order(root: Path) -> None:
    result = run("check", "--seeds", str(root / "seeds"), "--data", str(root / "data"))
    assert result.exit_code == 0, result.output


def test_check_names_what_is_wrong(root: Path, tmp_path: Path) -> None:
    result = run("check", "--seeds", str(root / "seeds"), "--data", str(tmp_path))
    assert result.exit_code == 1
    assert "datapackage.json is missing; run `make data`" in result.stdout


def test_a_build_from_broken_seeds_writes_nothing(tmp_path: Path) -> None:
    from tests.support.small_seeds import TRACTS, write_small_seeds

    write_small_seeds(
        tmp_path / "seeds", tracts=TRACTS.replace('was = "japan"', 'was = "russia"', 1)
    )
    result = run("build", "--seeds", str(tmp_path / "seeds"), "--data", str(tmp_path / "data"))
    assert result.exit_code == 1
    assert "the seeds cannot be used, 1 found wrong" in result.stderr
    assert not (tmp_path / "data").exists()


def test_help_names_every_command() -> None:
    for command in ("at", "who", "history", "changes", "article", "map", "build", "check"):
        assert command in run("--help").stdout
        assert run(command, "--help").exit_code == 0
