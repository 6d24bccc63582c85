"""Writes films of the atlas: a frame for every day on which the map changes, as GIF, WebP or MP4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sovietpacific.arguments import is_number, read_callback, read_list, read_number, read_path, read_title, read_whole
from sovietpacific.atlas import Atlas
from sovietpacific.beside import beside
from sovietpacific.dates import parse_day
from sovietpacific.errors import DayError, choose, shown
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps import style
from sovietpacific.maps.film_encoder import encode_mp4, find_ffmpeg
from sovietpacific.maps.film_frame import FilmFrame
from sovietpacific.maps.sheet_extent import extent_of
from sovietpacific.maps.sheet_labels import SEA_INK
from sovietpacific.maps.sheet_land import LINES

#: The file endings a film may have.
ENDINGS = (".gif", ".webp", ".mp4")

#: A step of more days than this is longer than any film.
MOST_DAYS = 1_000_000

#: Widths a frame may have in pixels, and how many frames a film may have.
LEAST_WIDE, MOST_WIDE, MOST_FRAMES = 320, 1920, 2000

#: How long a frame may stand, in seconds.
STANDS = (0.02, 60)

#: How much longer the last frame stands than the others, and from how many frames the palette of a GIF is taken.
LINGER, SAMPLES = 4, 12


def animate(
    first: Any,
    last: Any,
    path: str | Path,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Any, float] | None = None,
    step: str | int | Sequence[Any] = "epochs",
    width: int = 900,
    seconds: float = 0.8,
    title: str | None = None,
    progress: Progress | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Write a film of the map; `maps.animate` says how and of what."""
    atlas, target = atlas_or_shipped(atlas), read_path(path, "path")
    ending = choose(target.suffix.lower(), "film ending", ENDINGS)
    width, seconds = read_whole(width, "width", LEAST_WIDE, MOST_WIDE, "pixels"), read_number(seconds, "seconds", *STANDS)
    title, progress = read_title(title), read_callback(progress, "progress")
    write = _mp4_writer() if ending == ".mp4" else _write_gif if ending == ".gif" else _write_webp
    start, end = parse_day(first), parse_day(last)
    if end < start:
        raise DayError(f"{end} is before {start}; give the earlier day first")
    view = atlas.time.check_view(view, start, end)
    frame = FilmFrame(atlas, extent_of(atlas, region, around), view, width, title)
    days = _days(frame, start, end, step)
    frame.prepare(days)
    with beside(target) as part:
        write(part, frame, days, seconds, progress)
    return target


def _days(frame: FilmFrame, start: date, end: date, step: str | int | Sequence[Any]) -> list[date]:
    """Give the days of the frames, in order, the first and the last among them."""
    if isinstance(step, str):
        choose(step, "step", ("epochs",))
        edges = [day for day in frame.atlas.time.edges(frame.view) if start < day <= end]
        chosen = [start, *edges]
        days = [chosen[0], *(day for before, day in pairwise(chosen) if frame.held(before) != frame.held(day))]
    elif isinstance(step, Integral):
        if not is_number(step, Integral) or not 1 <= (every := int(step)) <= MOST_DAYS:
            raise DayError(f"step={shown(step)} is no number of days; give 1 or more, 'epochs', or the days themselves")
        days = [start + timedelta(days=every * number) for number in range((end - start).days // every + 1)]
    elif not isinstance(step, Iterable):
        raise DayError(f"step={shown(step)} is no step; give 'epochs', a number of whole days, or the days themselves")
    else:
        days = sorted({parse_day(day) for day in read_list(step, "step")} | {start, end})
        if days[0] < start or days[-1] > end:
            raise DayError(f"step has days from {days[0]} to {days[-1]}, outside {start} to {end}")
    days = days if days[-1] == end else [*days, end]
    if len(days) > MOST_FRAMES:
        raise DayError(f"{len(days)} frames are asked for; a film has up to {MOST_FRAMES}: give a longer step")
    return days


#: Is told how many frames are done, and how many there are.
Progress = Callable[[int, int], None]

Writer = Callable[[Path, FilmFrame, list[date], float, Progress | None], None]


def _frames(frame: FilmFrame, days: list[date], progress: Progress | None) -> Iterator[NDArray[np.uint8]]:
    for number, day in enumerate(days, start=1):
        yield frame.picture(day)
        if progress:
            progress(number, len(days))


class Palette:
    """One palette for all frames, so that nothing flickers: the colours that are most frequent in some of them, exactly.

    One place is left free: a GIF marks with it what did not change since the frame before.
    """

    def __init__(self, samples: Sequence[NDArray[np.uint8]]) -> None:
        """Take the palette from some frames."""
        colours, counts = np.unique(np.concatenate([_codes(sample).ravel() for sample in samples]), return_counts=True)
        often = np.array(list(dict.fromkeys([*_inks(), *colours[np.argsort(-counts, kind="stable")].tolist()]))[:255])
        self._colours = np.column_stack([often >> 16, often >> 8 & 255, often & 255]).astype(np.int32)
        self._places = np.full(1 << 24, -1, np.int16)  # of every colour its nearest in the palette, found when it is first met

    def index(self, picture: NDArray[np.uint8]) -> Image.Image:
        """Write a frame in the colours of the palette, the nearest for each pixel, without dithering."""
        codes = _codes(picture)
        unmet = np.unique(codes[self._places[codes] < 0])
        for some in np.array_split(unmet, len(unmet) // 4096 + 1):
            parts = np.column_stack([some >> 16, some >> 8 & 255, some & 255]).astype(np.int32)
            away = ((parts[:, None, :] - self._colours[None, :, :]) ** 2).sum(axis=2)
            self._places[some] = away.argmin(axis=1)
        image = Image.fromarray(self._places[codes].astype(np.uint8))
        image.putpalette(self._colours.astype(np.uint8).ravel().tolist())
        return image


def _inks() -> list[int]:
    """Give the colours that fills, lines and names are drawn in, and what they blend to at their edges; rare ones must not go."""
    strokes = [stroke[0] for strokes in LINES.values() for stroke in strokes]
    inks = [*style.COLOURS.values(), style.SEA, style.INK, SEA_INK, *strokes]
    found = []
    for ink in dict.fromkeys(ink for ink in inks if ink != "white"):
        parts = np.array([int(ink[place : place + 2], 16) for place in (1, 3, 5)])
        found += [int(np.dot(np.round(parts + (255 - parts) * share), (1 << 16, 1 << 8, 1))) for share in (0.0, 0.4, 0.7)]
    return [0xFFFFFF, *found]


def _codes(picture: NDArray[np.uint8]) -> NDArray[np.int32]:
    wide = picture.astype(np.int32)
    codes: NDArray[np.int32] = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    return codes


def _palette(frame: FilmFrame, days: list[date]) -> Palette:
    chosen = sorted({round(place) for place in np.linspace(0, len(days) - 1, min(SAMPLES, len(days)))})
    return Palette([frame.picture(days[number]) for number in chosen])


def _durations(count: int, seconds: float) -> list[int]:
    each = round(seconds * 1000)
    return [each] * (count - 1) + [each * LINGER]


def _write_gif(part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None) -> None:
    palette = _palette(frame, days)
    made = (palette.index(picture) for picture in _frames(frame, days, progress))
    options: dict[str, Any] = {"duration": _durations(len(days), seconds), "loop": 0, "disposal": 1, "optimize": True}
    with part.open("wb") as sink:
        next(made).save(sink, format="GIF", save_all=True, append_images=made, **options)


def _write_webp(part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None) -> None:
    palette = _palette(frame, days)
    made = [palette.index(picture) for picture in _frames(frame, days, progress)]
    options: dict[str, Any] = {"duration": _durations(len(days), seconds), "loop": 0, "lossless": True, "method": 3}
    made[0].save(part, format="WEBP", save_all=True, append_images=made[1:], **options)


def _mp4_writer() -> Writer:
    """Give what writes MP4; `SovietPacificError` naming the extra where imageio-ffmpeg is not installed."""
    ffmpeg = find_ffmpeg()

    def write(part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None) -> None:
        high, wide = (side - side % 2 for side in frame.size)

        def pictures() -> Iterator[NDArray[np.uint8]]:
            for number, picture in enumerate(_frames(frame, days, progress), start=1):
                yield from [picture[:high, :wide]] * (LINGER if number == len(days) else 1)

        encode_mp4(ffmpeg, part, (wide, high), seconds, pictures())

    return write
