"""Films show a frame for every change of what is seen, in one palette, each with its day and its
act.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import sovietpacific as sp
from sovietpacific import Atlas, DayError, OptionError, PlaceError, SovietPacificError, maps
from sovietpacific.cli.main import main
from sovietpacific.maps.films.film import Palette, _days
from sovietpacific.maps.films.picture import FilmFrame
from sovietpacific.maps.printed.extent import extent_of

SPAN = ("1945-08-30", "1945-09-05")


def film(path: Path, atlas: Atlas, **look: Any) -> Path:
    return maps.animate(path, *SPAN, region="kurils.south", width=320, atlas=atlas, **look)


def test_a_gif_has_a_frame_for_every_change_seen_and_lingers_on_the_last(
    atlas: Atlas, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    path = film(
        tmp_path / "a.gif",
        atlas,
        seconds=0.5,
        progress=lambda done, total: told.append((done, total)),
    )
    frame = FilmFrame(atlas, extent_of(atlas, "kurils.south"), "control", 320, None)
    expected = _days(frame, date(1945, 8, 30), date(1945, 9, 5), "epochs")
    assert expected[-1] == date(1945, 9, 5)
    assert set(expected[1:-1]) <= {
        date.fromisoformat(day) for day in sp.epochs(atlas=atlas)["since"]
    }
    with Image.open(path) as image:
        assert image.n_frames == len(expected)
        assert image.size[0] == 320
        durations = []
        for number in range(image.n_frames):
            image.seek(number)
            durations.append(image.info["duration"])
    assert durations == [500] * (len(expected) - 1) + [2000]
    assert told[-1] == (len(expected), len(expected))
    assert [done for done, _ in told] == list(range(1, len(expected) + 1))


def test_frames_have_the_colours_of_the_holders_exactly(atlas: Atlas) -> None:
    frame = FilmFrame(
        atlas, extent_of(atlas, "kurils.south"), "control", 320, "Kurils $1$ <b>\u202e"
    )
    days = [date(1945, 8, 1), date(1950, 1, 1)]
    frame.prepare(days)
    before, after = (frame.picture(day) for day in days)
    assert not np.array_equal(before, after)
    assert np.array_equal(before, frame.picture(days[0])), (
        "a frame does not depend on those before it"
    )
    image = Palette(atlas.records.look, [before, after]).index(before).convert("RGB")
    japan = atlas.records.look.lineages["japan"].colour
    colours = {colour for _, colour in image.getcolors(100_000) or []}
    assert tuple(int(japan[i : i + 2], 16) for i in (1, 3, 5)) in colours
    assert (255, 255, 255) in colours


def test_steps_may_be_days_or_a_number_of_days(atlas: Atlas) -> None:
    frame = FilmFrame(atlas, extent_of(atlas, "kurils.south"), "control", 320, None)
    first, last = date(1945, 8, 30), date(1945, 9, 5)
    assert [day.day for day in _days(frame, first, last, 4)] == [30, 3, 5]
    assert [day.day for day in _days(frame, first, last, ["1945-09-02"])] == [30, 2, 5]
    with pytest.raises(OptionError, match="1 or more"):
        _days(frame, first, last, 0)
    for step in (1.5, None):
        with pytest.raises(OptionError, match="number of whole days"):
            _days(frame, first, last, step)  # type: ignore[arg-type]
    with pytest.raises(DayError, match="outside 1945-08-30 to 1945-09-05"):
        _days(frame, first, last, ["1950-01-01"])
    with pytest.raises(OptionError, match="'years' is not a step"):
        _days(frame, first, last, "years")
    with pytest.raises(OptionError, match="give a longer step"):
        _days(frame, date(1855, 1, 1), date(2020, 1, 1), 1)


@pytest.mark.slow
def test_webp_and_mp4_are_written_too(atlas: Atlas, tmp_path: Path) -> None:
    with Image.open(film(tmp_path / "a.webp", atlas)) as image:
        assert image.n_frames > 2
    content = film(tmp_path / "a.mp4", atlas, seconds=0.2).read_bytes()
    assert content[4:8] == b"ftyp"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "a.webp"]


def test_mp4_without_its_encoder_names_the_extra(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(SovietPacificError, match=r"sovietpacific\[mp4\]"):
        film(tmp_path / "a.mp4", atlas)
    assert not list(tmp_path.iterdir())


def test_films_that_cannot_be_are_refused(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(
        OptionError, match=r"'.avi' is not a film ending; allowed: .gif, .webp, .mp4"
    ):
        film(tmp_path / "a.avi", atlas)
    with pytest.raises(SovietPacificError, match="320 to 1920 pixels"):
        maps.animate(tmp_path / "a.gif", *SPAN, width=20, atlas=atlas)
    with pytest.raises(DayError, match="give the earlier day first"):
        maps.animate(tmp_path / "a.gif", "1950-01-01", "1949-01-01", atlas=atlas)
    with pytest.raises(PlaceError, match="not between"):
        maps.animate(tmp_path / "a.gif", *SPAN, around=("Urup", 9e9), atlas=atlas)


@pytest.mark.parametrize("ending", ["gif", "webp", "mp4"])
def test_a_film_that_breaks_off_leaves_the_older_one(
    atlas: Atlas, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"older")

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film(path, atlas, progress=stop)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_line_writes_films_and_sheets_around_places(tmp_path: Path) -> None:
    target = tmp_path / "a.gif"
    words = (
        "animate",
        *SPAN,
        "-o",
        str(target),
        "--around",
        "Shikotan",
        "40",
        "--width",
        "320",
        "--step",
        "3",
        "--quiet",
    )
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    with Image.open(target) as image:
        assert image.n_frames == 3
    sheet = tmp_path / "a.svg"
    result = CliRunner().invoke(
        main, ("map", SPAN[0], "-o", str(sheet), "--around", "146.7,43.8", "40", "--no-scripts")
    )
    assert result.exit_code == 0, result.output
    assert "around 146.7" not in result.output
    assert sheet.stat().st_size > 10_000
