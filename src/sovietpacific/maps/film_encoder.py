"""Has ffmpeg pack pictures into an MP4, and says so where it could not: a film it broke off is no film."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import SovietPacificError

#: H.264 that every browser plays from its first bytes on, at a quality at which borders stay sharp.
_PACKING = [
    "-an",
    "-vcodec",
    "libx264",
    "-pix_fmt",
    "yuv420p",
    "-r",
    "25",
    "-crf",
    "18",
    "-preset",
    "fast",
    "-movflags",
    "+faststart",
]


def find_ffmpeg() -> str:
    """Give the ffmpeg that comes with imageio-ffmpeg; `SovietPacificError` naming the extra where that is not installed."""
    try:
        import imageio_ffmpeg
    except ImportError as missing:
        raise SovietPacificError(
            "MP4 needs imageio-ffmpeg: pip install 'sovietpacific[mp4]', or write a .gif or a .webp"
        ) from missing
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def encode_mp4(ffmpeg: str, film: Path, size: tuple[int, int], seconds: float, pictures: Iterable[NDArray[np.uint8]]) -> None:
    """Write pictures of `size` (width and height, even), each of which stands `seconds`, into a file; `OSError` if that fails."""
    told: list[bytes] = []
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", f"{1 / seconds:.6f}", "-i", "-"]
    command = [ffmpeg, "-y", "-v", "error", *source, *_PACKING, str(film.absolute())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        listener = Thread(target=lambda said: told.append(said.read()), args=(process.stderr,), daemon=True)
        listener.start()
        try:
            for picture in pictures:
                process.stdin.write(picture.tobytes())
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended before its time, and tells why
        except BaseException:
            process.kill()
            raise
        failed = process.wait()
        listener.join()
    if failed:
        why = b"".join(told).decode("utf-8", "replace").strip().splitlines()
        raise OSError(f"ffmpeg ended with {failed}: {why[-1] if why else 'it does not say why'}")
