"""The commands that write what other programs read: labelled files of points, and exports.

Knows what is asked for and nothing of how a file is written.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import click

from sovietpacific.cli.options import (
    REGION,
    VIEW,
    as_typed,
    examples,
    output_option,
    refusing_plainly,
)
from sovietpacific.cli.terminal import progress_bar, tell, tell_written
from sovietpacific.errors import UnansweredWarning


@click.command(
    short_help="Say whose land each point of a file was.",
    epilog=examples(
        "sovietpacific label log.parquet -o labelled.parquet",
        "sovietpacific label log.csv -o labelled.csv "
        "--lon x --lat y --day day --columns tract,holder",
    ),
)
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@output_option("the labelled file")
@click.option("--lon", default="lon", show_default=True, help="the column of longitudes")
@click.option("--lat", default="lat", show_default=True, help="the column of latitudes")
@click.option(
    "--day", default="date", show_default=True, help="the column of days; in GeoJSON the property"
)
@VIEW
@click.option(
    "--snap-km",
    default=0.0,
    show_default=True,
    help="answer for points at sea with the nearest land, up to so far away, 50 at most",
)
@click.option(
    "--columns", help="what to tell, joined by commas: tract, holder, …, and unanswered (why not)"
)
@click.option("--prefix", default="", help="put before the names of the new columns")
@click.option("--quiet", is_flag=True, help="no progress bar")
@refusing_plainly
def label(
    source: Path,
    output: Path,
    lon: str,
    lat: str,
    day: str,
    columns: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Say whose land each point of SOURCE was on its day.

    SOURCE ends in .parquet, .arrow, .arrows, .csv, .tsv or .geojson.
    """
    from sovietpacific.api.points import label_file

    if columns:
        options["columns"] = [name.strip() for name in columns.split(",")]
    with (
        warnings.catch_warnings(record=True) as caught,
        progress_bar(source.name, quiet) as progress,
    ):
        warnings.simplefilter("always", UnansweredWarning)
        label_file(source, output, lon, lat, day, progress=progress, **options)
    for warning in caught:
        tell(as_typed(str(warning.message)), err=True)
    tell_written(output)


@click.command(
    short_help="Write the atlas for other programs.",
    epilog=examples(
        "sovietpacific export -o rim.gpkg --view all",
        "sovietpacific export -o states.csv --layout cshapes --since 1931-01-01",
    ),
)
@output_option("the file; its ending is its form")
@click.option(
    "--layout",
    default="tenures",
    show_default=True,
    help="tenures, tracts, openhistoricalmap, cshapes or linked-places",
)
@click.option(
    "--view",
    help="a view as elsewhere, or all; "
    "control (tracts: all, cshapes: sovereignty) where none is given",
)
@REGION
@click.option("--since", help="only what held on this day or later")
@click.option("--until", help="only what held before this day")
@click.option("--detail", default="fine", show_default=True, help="fine, or light (about 1 km)")
@refusing_plainly
def export(output: Path, **options: Any) -> None:
    """Write the atlas for other programs (see docs/exports.md).

    The file ends in .geojson, .gpkg, .parquet, .topojson, .csv or .jsonld.
    """
    from sovietpacific.exports import export as write

    write(output, **options)
    tell_written(output)


COMMANDS = (label, export)
