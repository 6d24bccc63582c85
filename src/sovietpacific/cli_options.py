"""What the commands share: options in the same words everywhere, places as they are typed, and refusals in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from sovietpacific.cli_terminal import printable
from sovietpacific.errors import ColumnError, DayError, OptionError, PlaceError, SovietPacificError, ViewError


def _completing(what: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Complete in the shell what the atlas lists under `what`; the atlas is loaded only then."""

    def complete(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
        from sovietpacific.loading import load_atlas

        return [name for name in getattr(load_atlas(), what) if name.startswith(typed)]

    return complete


VIEW = click.option(
    "--view",
    default="control",
    show_default=True,
    shell_complete=_completing("views"),
    help="control, sovereignty, title, or the map of a state: japan, russia, china, roc, rok, dprk, mongolia",
)
REGION = click.option("--region", shell_complete=_completing("regions"), help="a dotted path, such as kurils.south")
AROUND = click.option("--around", type=(str, float), help="a place and the km shown on every side of it, such as Nomonhan 60")
TITLE = click.option("--title", help="a title of your own")
JSON = click.option("--json", "as_json", is_flag=True, help="for machines")


def examples(*lines: str) -> str:
    """Write lines that may be typed as they are, to stand at the end of a command's help, one below the other."""
    return "\b\n" + "\n".join(("For example:", *(f"  {line}" for line in lines)))


def refusing_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Turn refusals into a line on stderr: exit 2 for a wrong day, view or place, 1 where there is no answer or no file."""

    @wraps(command)
    def refusing(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except (DayError, ViewError, PlaceError, ColumnError, OptionError) as wrong:
            raise click.UsageError(printable(as_typed(str(wrong)))) from wrong
        except BrokenPipeError:  # whoever read the answer has read enough; click ends quietly
            raise
        except (SovietPacificError, OSError) as wrong:  # OSError: a file that cannot be read or written
            raise click.ClickException(printable(as_typed(str(wrong)))) from wrong

    return refusing


#: Options of points that messages name as Python does, with what follows them.
_POINT_OPTION = re.compile(r"(?<![\w'\"-])(snap_km|lon|lat|when|prefix)(?: = |=)([\w.-]*)")


def as_typed(message: str) -> str:
    """Write the options of points that a message names, `snap_km=8`, as they are typed here, `--snap-km 8`.

    >>> as_typed("give snap_km=8, or name yours with lon= and lat=")
    'give --snap-km 8, or name yours with --lon and --lat'
    """
    told = _POINT_OPTION.sub(lambda found: f"--{found[1].replace('_', '-')} {found[2]}".rstrip(), message)
    return told.replace("to sovereignty_of", "to who")


def place_of(text: str) -> Any:
    """Read LON,LAT as a pair of numbers; anything else is a name."""
    lon, comma, lat = text.partition(",")
    try:
        return (float(lon), float(lat)) if comma else text
    except ValueError:
        return text
