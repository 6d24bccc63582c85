"""Write films of the atlas, with a frame for every day on which the map changes.

Knows days and files, and nothing of how a picture is drawn.

A film is a GIF, a WebP or an MP4. How a frame is drawn is `picture`'s matter; here are the days,
the palette and the file.
"""

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

from sovietpacific.answers import palette
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.errors import DayError, OptionError, choose, shown
from sovietpacific.facts.look import Look
from sovietpacific.files.beside import beside
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.maps.films.encoder import encode_mp4, find_ffmpeg
from sovietpacific.maps.films.picture import FilmFrame
from sovietpacific.maps.printed.extent import extent_of
from sovietpacific.maps.printed.land import levels
from sovietpacific.maps.printed.names_chosen import SEA_INK
from sovietpacific.questions.arguments import (
    is_number,
    read_callback,
    read_list,
    read_number,
    read_path,
    read_title,
    read_whole,
)
from sovietpacific.questions.positions import Place

#: The file endings a film may have.
ENDINGS = (".gif", ".webp", ".mp4")

#: A step of more days than this is longer than any film.
_MOST_DAYS = 1_000_000

#: Widths a frame may have in pixels, and how many frames a film may have.
LEAST_WIDE, MOST_WIDE, MOST_FRAMES = 320, 1920, 2000

#: How long a frame may stand, in seconds.
_STANDS = (0.02, 60)

#: How many times longer the last frame stands than the others, and from how many frames a palette
#: is taken.
LINGER, SAMPLES = 4, 12


def animate(
    path: str | Path,
    first: Day,
    last: Day,
    *,
    view: str = "control",
    region: str | None = None,
    around: tuple[Place, float] | None = None,
    step: str | int | Sequence[Day] = "epochs",
    width: int = 900,
    seconds: float = 0.8,
    title: str | None = None,
    progress: Progress | None = None,
    atlas: Atlas | None = None,
) -> Path:
    """Write a film of the map, and return its path.

    Every picture bears its day and the act of the last change.  The film is written beside its
    place and renamed when it is whole.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, by its ending a ``.gif``, a ``.webp`` or an ``.mp4``.
    first, last : Day
        The first and the last day, which are always shown.
    view : str
        One of ``load_atlas().views``: ``"control"``, ``"sovereignty"``, ``"title"``, or the map of
        one state, such as ``"japan"``.
    region : str, optional
        A dotted path, such as ``"kurils.south"``: its land alone, at its own scale.
    around : tuple, optional
        A place and a distance in km, such as ``("Nomonhan", 60)``: its surroundings on every side.
    step : str, int or sequence of Day
        ``"epochs"`` for every day on which what is seen changes, a number for every so many days,
        or the days themselves.
    width : int
        The width of the pictures in pixels.
    seconds : float
        How long a picture stands.
    title : str, optional
        A title of your own.
    progress : callable, optional
        Called with how many pictures are done, and how many there are.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pathlib.Path
        The path of the film.

    Raises
    ------
    DayError
        For what is no day, one the atlas does not tell of, a `last` before `first`, or too many
        days.
    ViewError
        For a view there is not.
    UnknownPlaceError
        For a region or a place there is not.
    OptionError
        For an option of the wrong kind or size.
    PlaceError
        For an `around` that is no window.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "kurils.gif"
    >>> animate(path, "1945-08-17", "1945-08-18", region="kurils", width=320).name
    'kurils.gif'

    """
    atlas, target = atlas_or_shipped(atlas), read_path(path, "path")
    ending = choose(target.suffix.lower(), "film ending", ENDINGS)
    width = read_whole(width, "width", LEAST_WIDE, MOST_WIDE, "pixels")
    seconds = read_number(seconds, "seconds", *_STANDS)
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
    """Return the days of the frames in order, the first and the last day among them."""
    if isinstance(step, str):
        choose(step, "step", ("epochs",))
        days = _days_of_change(frame, start, end)
    elif isinstance(step, Integral):
        if not is_number(step, Integral) or not 1 <= (every := int(step)) <= _MOST_DAYS:
            raise OptionError(
                f"step={shown(step)} is no number of days; "
                "give 1 or more, 'epochs', or the days themselves"
            )
        count = (end - start).days // every + 1
        days = [start + timedelta(days=every * number) for number in range(count)]
    elif not isinstance(step, Iterable):
        raise OptionError(
            f"step={shown(step)} is no step; "
            "give 'epochs', a number of whole days, or the days themselves"
        )
    else:
        days = sorted({parse_day(day) for day in read_list(step, "step")} | {start, end})
        if days[0] < start or days[-1] > end:
            raise DayError(f"step has days from {days[0]} to {days[-1]}, outside {start} to {end}")
    days = days if days[-1] == end else [*days, end]
    if len(days) > MOST_FRAMES:
        raise OptionError(
            f"{len(days)} frames are asked for; a film has up to {MOST_FRAMES}: give a longer step"
        )
    return days


def _days_of_change(frame: FilmFrame, start: date, end: date) -> list[date]:
    """Return the first day, and every later one on which what is seen is held otherwise."""
    edges = [day for day in frame.atlas.time.edges(frame.view) if start < day <= end]
    pairs = pairwise([start, *edges])
    return [start, *(day for before, day in pairs if frame.held(before) != frame.held(day))]


#: Is called with how many frames are done, and how many there are.
Progress = Callable[[int, int], None]

_Writer = Callable[[Path, FilmFrame, list[date], float, Progress | None], None]


def _frames(
    frame: FilmFrame, days: list[date], progress: Progress | None
) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames of some days, and report each to `progress`."""
    for number, day in enumerate(days, start=1):
        yield frame.picture(day)
        if progress:
            progress(number, len(days))


class Palette:
    """One palette for all frames, so that nothing flickers: their most frequent colours, exactly.

    One place is left free: a GIF marks with it what did not change since the frame before.
    """

    def __init__(self, look: Look, samples: Sequence[NDArray[np.uint8]]) -> None:
        """Take the palette from some frames."""
        colours, counts = np.unique(
            np.concatenate([_codes(sample).ravel() for sample in samples]), return_counts=True
        )
        by_frequency = colours[np.argsort(-counts, kind="stable")].tolist()
        self._colours = _parts(np.array(list(dict.fromkeys([*_inks(look), *by_frequency]))[:255]))
        # Of every colour its nearest in the palette, looked up when the colour is first met.
        self._places = np.full(1 << 24, -1, np.int16)

    def index(self, picture: NDArray[np.uint8]) -> Image.Image:
        """Return a frame in the nearest colours of the palette, without dithering."""
        codes = _codes(picture)
        unmet = np.unique(codes[self._places[codes] < 0])
        for some in np.array_split(unmet, len(unmet) // 4096 + 1):
            away = ((_parts(some)[:, None, :] - self._colours[None, :, :]) ** 2).sum(axis=2)
            self._places[some] = away.argmin(axis=1)
        image = Image.fromarray(self._places[codes].astype(np.uint8))
        image.putpalette(self._colours.astype(np.uint8).ravel().tolist())
        return image


def _inks(look: Look) -> list[int]:
    """Return the colours of fills, lines and names, and their blends at edges.

    They are kept however rare they are, since each means something.
    """
    strokes = [stroke.colour for way in levels(look) for stroke in way.strokes]
    fills = [lineage.colour for lineage in look.lineages.values()]
    inks = [*fills, palette.SEA, palette.INK, SEA_INK, *strokes]
    found = []
    for ink in dict.fromkeys(inks):
        parts = np.array([int(ink[place : place + 2], 16) for place in (1, 3, 5)])
        found += [
            int(np.dot(np.round(parts + (255 - parts) * share), (1 << 16, 1 << 8, 1)))
            for share in (0.0, 0.4, 0.7)
        ]
    return [0xFFFFFF, *found]


def _codes(picture: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return each pixel as one number, red highest."""
    wide = picture.astype(np.int32)
    codes: NDArray[np.int32] = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    return codes


def _parts(codes: NDArray[Any]) -> NDArray[np.int32]:
    """Return red, green and blue of colours, a row each."""
    return np.column_stack([codes >> 16, codes >> 8 & 255, codes & 255]).astype(np.int32)


def _palette(frame: FilmFrame, days: list[date]) -> Palette:
    """Return the palette of a film, taken from up to `SAMPLES` of its frames."""
    spread = np.linspace(0, len(days) - 1, min(SAMPLES, len(days)))
    chosen = sorted({*map(round, spread)})
    return Palette(frame.atlas.records.look, [frame.picture(days[number]) for number in chosen])


def _durations(count: int, seconds: float) -> list[int]:
    """Return how long each frame is shown, in milliseconds."""
    each = round(seconds * 1000)
    return [each] * (count - 1) + [each * LINGER]


def _write_gif(
    part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None
) -> None:
    palette = _palette(frame, days)
    images = (palette.index(picture) for picture in _frames(frame, days, progress))
    options: dict[str, Any] = {"loop": 0, "disposal": 1, "optimize": True}
    options["duration"] = _durations(len(days), seconds)
    with part.open("wb") as sink:
        next(images).save(sink, format="GIF", save_all=True, append_images=images, **options)


def _write_webp(
    part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None
) -> None:
    palette = _palette(frame, days)
    first, *rest = (palette.index(picture) for picture in _frames(frame, days, progress))
    options: dict[str, Any] = {"loop": 0, "lossless": True, "method": 3}
    options["duration"] = _durations(len(days), seconds)
    first.save(part, format="WEBP", save_all=True, append_images=rest, **options)


def _mp4_writer() -> _Writer:
    """Return what writes MP4, or raise `SovietPacificError` if imageio-ffmpeg is not installed."""
    ffmpeg = find_ffmpeg()

    def write(
        part: Path, frame: FilmFrame, days: list[date], seconds: float, progress: Progress | None
    ) -> None:
        high, wide = (side - side % 2 for side in frame.size)

        def pictures() -> Iterator[NDArray[np.uint8]]:
            for number, picture in enumerate(_frames(frame, days, progress), start=1):
                yield from [picture[:high, :wide]] * (LINGER if number == len(days) else 1)

        encode_mp4(ffmpeg, part, (wide, high), seconds, pictures())

    return write
