"""Pack pictures into an MP4 with ffmpeg.

Knows pictures of one size and nothing of what they show.

A film that ffmpeg broke off is an error with ffmpeg's own reason. It knows pixels and files, no
maps and no days.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from sovietpacific.errors import SovietPacificError

#: H.264 that every browser plays from its first bytes on, at a quality at which borders stay sharp.
_PACKING = "-an -vcodec libx264 -pix_fmt yuv420p -r 25 -crf 18 -preset fast -movflags +faststart"


def find_ffmpeg() -> str:
    """Return the path of the ffmpeg that comes with imageio-ffmpeg.

    Raise `SovietPacificError`, naming the extra, where that is not installed.
    """
    try:
        import imageio_ffmpeg
    except ImportError as missing:
        raise SovietPacificError(
            "MP4 needs imageio-ffmpeg: pip install 'sovietpacific[mp4]', or write a .gif or a .webp"
        ) from missing
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def encode_mp4(
    ffmpeg: str,
    film: Path,
    size: tuple[int, int],
    seconds: float,
    pictures: Iterable[NDArray[np.uint8]],
) -> None:
    """Write pictures of `size` (width and height, even), each shown for `seconds`, into a file.

    Raise `OSError` if ffmpeg fails.
    """
    messages: list[bytes] = []
    frames = f"-f rawvideo -pix_fmt rgb24 -s {size[0]}x{size[1]} -r {1 / seconds:.6f} -i -"
    options = f"-y -v error {frames} {_PACKING}".split()
    command = [ffmpeg, *options, str(film.absolute())]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        listener = Thread(
            target=lambda errors: messages.append(errors.read()),
            args=(process.stderr,),
            daemon=True,
        )
        listener.start()
        try:
            for picture in pictures:
                process.stdin.write(picture.tobytes())
            process.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg ended too early; its exit status and its message are read below
        except BaseException:
            process.kill()
            raise
        failed = process.wait()
        listener.join()
    if failed:
        why = b"".join(messages).decode("utf-8", "replace").strip().splitlines()
        raise OSError(f"ffmpeg ended with {failed}: {why[-1] if why else 'it does not say why'}")
