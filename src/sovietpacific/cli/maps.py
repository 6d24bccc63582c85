"""Offer the commands that draw: maps of a day, of two days compared, of all days with a slider, and
films.

Knows what `maps` saves and nothing of how it is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sovietpacific.cli.options import (
    AROUND,
    REGION,
    TITLE,
    VIEW,
    examples,
    output_option,
    place_of,
    refusing_plainly,
)
from sovietpacific.cli.terminal import progress_bar, tell_written


@click.command(
    "map",
    short_help="Draw DAY as a web map or a sheet.",
    epilog=examples(
        "sovietpacific map 1945-09-02 -o day.html",
        "sovietpacific map 1939-08-20 -o nomonhan.png --around Nomonhan 60",
    ),
)
@click.argument("day")
@output_option(".html, .png, .svg or .pdf")
@VIEW
@REGION
@AROUND
@TITLE
@click.option(
    "--scripts/--no-scripts",
    default=None,
    help="names in a second script too; on sheets of regions by default",
)
@refusing_plainly
def draw(day: str, output: Path, around: tuple[str, float] | None, **options: Any) -> None:
    """Draw DAY as a web map (.html, opens with no network) or a sheet (.png, .svg, .pdf)."""
    from sovietpacific import maps

    maps.save(output, day, around=_window(around), **options)
    tell_written(output)


@click.command(
    short_help="Write a film of the map from FIRST to LAST.",
    epilog=examples("sovietpacific animate 1945-08-08 1945-09-05 -o august.gif"),
)
@click.argument("first")
@click.argument("last")
@output_option(".gif, .webp or .mp4")
@VIEW
@REGION
@AROUND
@click.option(
    "--step",
    help="every so many days, in place of every day on which what is seen changes",
    type=int,
)
@click.option("--width", default=900, show_default=True, help="of a frame, in pixels")
@click.option("--seconds", default=0.8, show_default=True, help="how long a frame stands")
@TITLE
@click.option("--quiet", is_flag=True, help="no progress bar")
@refusing_plainly
def animate(
    first: str,
    last: str,
    output: Path,
    around: tuple[str, float] | None,
    step: int | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Write a film of the map from FIRST to LAST, a frame for every change."""
    from sovietpacific import maps

    every = "epochs" if step is None else step
    with progress_bar(output.name, quiet) as progress:
        maps.animate(
            output, first, last, around=_window(around), step=every, progress=progress, **options
        )
    tell_written(output)


@click.command(
    short_help="Draw all days as one page with a slider.",
    epilog=examples("sovietpacific timeline -o all.html"),
)
@output_option("the page, .html")
@click.option("--day", help="the day the page opens with; the last where none is given")
@VIEW
@REGION
@TITLE
@refusing_plainly
def timeline(
    output: Path, day: str | None, view: str, region: str | None, title: str | None
) -> None:
    """Draw all days as one web page with a slider (.html, opens with no network)."""
    from sovietpacific import maps

    maps.save_timeline(output, day=day, view=view, region=region, title=title)
    tell_written(output)


@click.command(
    short_help="Draw two days, what changed hands measured.",
    epilog=examples("sovietpacific compare 1904-01-01 1945-09-03 -o war.html"),
)
@click.argument("first")
@click.argument("last")
@output_option(".html, .png, .svg or .pdf")
@VIEW
@REGION
@AROUND
@TITLE
@click.option("--scripts", is_flag=True, help="names in a second script too, on sheets")
@refusing_plainly
def compare(
    first: str, last: str, output: Path, around: tuple[str, float] | None, **options: Any
) -> None:
    """Draw the days FIRST and LAST as one web map (.html) or one sheet.

    What changed hands is marked and measured.
    """
    from sovietpacific import maps

    maps.save_comparison(output, first, last, around=_window(around), **options)
    tell_written(output)


COMMANDS = (draw, animate, timeline, compare)


def _window(around: tuple[str, float] | None) -> tuple[Any, float] | None:
    return around and (place_of(around[0]), around[1])
