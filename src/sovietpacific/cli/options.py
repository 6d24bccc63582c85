"""Share what the commands have in common: options in the same words everywhere, places as they are
typed, and refusals in one line.

Knows words typed and nothing of any one command.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from sovietpacific.cli.terminal import printable
from sovietpacific.errors import (
    ColumnError,
    DayError,
    OptionError,
    PlaceError,
    SovietPacificError,
    ViewError,
)


def _completing(what: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes a word in the shell with names that the atlas lists under `what`."""

    def complete(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
        from sovietpacific.loading import load_atlas

        return [name for name in getattr(load_atlas(), what) if name.startswith(typed)]

    return complete


VIEW = click.option(
    "--view",
    default="control",
    show_default=True,
    shell_complete=_completing("views"),
    help="control, sovereignty, title, or the map of a state: "
    "japan, russia, china, roc, rok, dprk, mongolia",
)
REGION = click.option(
    "--region", shell_complete=_completing("regions"), help="a dotted path, such as kurils.south"
)
AROUND = click.option(
    "--around",
    type=(str, float),
    help="a place and the km shown on every side of it, such as Nomonhan 60",
)
TITLE = click.option("--title", help="a title of your own")
JSON = click.option("--json", "as_json", is_flag=True, help="for machines")


def output_option(words: str) -> Callable[..., Any]:
    """Return the option of the file that a command writes, with `words` as its help."""
    return click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help=words,
    )


def examples(*lines: str) -> str:
    """Return the end of a command's help: lines that may be typed as they are."""
    return "\b\n" + "\n".join(("For example:", *(f"  {line}" for line in lines)))


def refusing_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose refusals are a line on stderr.

    It exits with 2 for a wrong day, view, place, column or option, with 1 where there is
    no answer or no file.
    """

    @wraps(command)
    def refusing(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except (DayError, ViewError, PlaceError, ColumnError, OptionError) as wrong:
            raise click.UsageError(printable(as_typed(str(wrong)))) from wrong
        except BrokenPipeError:  # whoever read the answer has read enough; click ends quietly
            raise
        # OSError: a file that cannot be read or written.
        except (SovietPacificError, OSError) as wrong:
            raise click.ClickException(printable(as_typed(str(wrong)))) from wrong

    return refusing


#: Options of points that messages name as Python does, with what follows them.
_POINT_OPTION = re.compile(r"(?<![\w'\"-])(snap_km|lon|lat|day|prefix)(?: = |=)([\w.-]*)")


def as_typed(message: str) -> str:
    """Return a message whose options of points are named as they are typed here.

    >>> as_typed("give snap_km=8, or name yours with lon=, lat= and day=")
    'give --snap-km 8, or name yours with --lon, --lat and --day'
    """

    def option_of(match: re.Match[str]) -> str:
        name, value = match.groups()
        return f"--{name.replace('_', '-')} {value}".rstrip()

    return _POINT_OPTION.sub(option_of, message).replace("to sovereignty_of", "to who")


def place_of(text: str) -> Any:
    """Return LON,LAT as a pair of numbers, any other text as it is: a name."""
    lon, comma, lat = text.partition(",")
    try:
        return (float(lon), float(lat)) if comma else text
    except ValueError:
        return text
