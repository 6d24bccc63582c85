"""Asks every public question, writes every kind of file and runs every command, and tells what was
touched meanwhile.

Run as `python -m tests.support.everything FOLDER`, in a process of its own whose home, temporary files and cache
lie in FOLDER: an audit hook sees every file that Python opens for writing, makes, moves or removes,
every process and every connection. Prints JSON: what was touched that should not have been, and how
much was looked at.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1] if __name__ == "__main__" else ".").resolve()
#: Where anything may be written: the point index, and matplotlib's own list of fonts.
OPEN = [FOLDER / "cache", FOLDER / "matplotlib"]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: What is done to a path, by the name of the event; `os.rename` has two.
CHANGES = {
    "os.remove": 1,
    "os.rename": 2,
    "os.mkdir": 1,
    "os.rmdir": 1,
    "os.link": 2,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.chmod": 1,
}
FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.sendto",
    "urllib.Request",
    "os.system",
    "os.exec",
)

#: Programs that only list what there is, run by Python itself to find a library and by matplotlib
#: to find fonts.
LISTING = ("ldconfig", "fc-list", "system_profiler")

touched: list[str] = []
seen: Counter[str] = Counter()
now: dict[str, Any] = {"what": "the start", "targets": []}


def may_write(path: Any) -> bool:
    """Tell whether what is asked now may write there: its target, a part beside it, a folder above
    it that is not there yet.
    """
    if not isinstance(path, str | bytes | os.PathLike):
        return True  # a descriptor, which was opened under its name before
    place = Path(os.fsdecode(path))
    place = place if place.is_absolute() else Path.cwd() / place
    if str(place) == os.devnull or any(place.is_relative_to(folder) for folder in OPEN):
        return True
    for target in now["targets"]:
        beside = place.parent == target.parent and place.name.startswith(f".{target.stem[:40]}.")
        if (
            place == target
            or beside
            or target.is_relative_to(place)
            or place.is_relative_to(target)
        ):
            return True
    return False


def watch(event: str, values: tuple[Any, ...]) -> None:
    """See one event, and note what should not be."""
    if event == "open":
        path, mode, flags = values
        writes = (
            any(sign in mode for sign in "wax+")
            if isinstance(mode, str)
            else bool((flags or 0) & WRITING)
        )
        if writes:
            seen["opened for writing"] += 1
            if not may_write(path):
                touched.append(f"{now['what']} opened {path!a}")
    elif event in CHANGES:
        seen[event] += 1
        touched.extend(
            f"{now['what']}: {event} {path!a}"
            for path in values[: CHANGES[event]]
            if not may_write(path)
        )
    elif event == "subprocess.Popen":
        seen[event] += 1
        program = Path(os.fsdecode(values[0])).name
        if program not in LISTING and not (
            program.startswith("ffmpeg") and now["what"].endswith(".mp4")
        ):
            touched.append(f"{now['what']} ran {values[0]!a}")
    elif event in FORBIDDEN:
        touched.append(f"{now['what']}: {event} {values!a}")


def ask_everything() -> None:
    """Ask, write and run everything once, each into a folder of its own."""
    from click.testing import CliRunner

    from sovietpacific.cli.main import main
    from tests.cli.test_hostile_command_line import good_words
    from tests.support.questions import QUESTIONS, File, write_points
    from tests.support.writers import WRITERS, write_sources

    here = FOLDER / "here"
    now["targets"] = [here]
    here.mkdir()
    write_points(here)
    write_sources(here)
    os.chdir(here)
    for name, question in QUESTIONS.items():
        given = question.values(here)
        named = [
            given[key]
            for key, value in question.good.items()
            if isinstance(value, File) and key not in ("source",)
        ]
        now.update(what=name, targets=named)
        answer = question.ask(**given)
        for show in ("_repr_html_", "__str__"):
            getattr(answer, show, str)()
    for name, write in WRITERS.items():
        target = FOLDER / "out" / name
        now.update(what=name, targets=[target])
        write(here, target)
    for name in set(main.commands) - {"build"}:
        words = good_words(name)
        now.update(
            what=f"the command {name}",
            targets=[here / words[words.index("-o") + 1]] if "-o" in words else [],
        )
        result = CliRunner().invoke(main, [name, *words])
        assert result.exit_code in (0, 1), (name, result.output)


if __name__ == "__main__":
    sys.addaudithook(watch)
    import matplotlib

    matplotlib.use("Agg")
    warnings.simplefilter("ignore")
    ask_everything()
    found = list(touched)
    now.update(what="a probe", targets=[])
    with (FOLDER / "elsewhere").open("w") as probe:
        probe.write("x")
    sys.stdout.write(
        json.dumps({"touched": found, "seen": dict(seen), "probe": touched[len(found) :]}) + "\n"
    )
