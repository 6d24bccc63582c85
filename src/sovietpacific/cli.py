"""The command line: the same questions in the same words; answers to stdout, messages to stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from sovietpacific import cli_maps
from sovietpacific.arguments import read_path
from sovietpacific.cli_options import JSON, REGION, VIEW, as_typed, examples, place_of, refusing_plainly
from sovietpacific.cli_terminal import Commands, tell, tell_json, tell_written
from sovietpacific.errors import UnansweredWarning, path_text
from sovietpacific.version import __version__
from sovietpacific.wording import held


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
    epilog=examples("sovietpacific who Iturup 1945-08-29", "sovietpacific map 1945-09-02 -o day.html"),
)
@click.version_option(__version__, prog_name="sovietpacific")
def main() -> None:
    """Whose land was this, on that day?  Around Sakhalin, the Kurils, Manchuria and Korea, 1855 to today."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without kanji still gets its answer


for command in (cli_maps.draw, cli_maps.timeline, cli_maps.compare, cli_maps.animate):
    main.add_command(command)


@main.command(epilog=examples("sovietpacific at 1922-06-01", "sovietpacific at 1950-01-01 --view title --region kurils"))
@click.argument("day")
@VIEW
@REGION
@JSON
@refusing_plainly
def at(day: str, view: str, region: str | None, as_json: bool) -> None:
    """Print who held what on DAY."""
    from sovietpacific.loading import load_atlas

    atlas = load_atlas()
    frame = atlas.borders_at(day, view=view, region=region).drop(columns="geometry")
    if as_json:
        tell_json({**frame.attrs, "rows": frame.to_dict("records")})
        return
    tell(f"{view} on {frame.attrs['day']}, data {atlas.version}")
    rows = sorted(frame.to_dict("records"), key=lambda row: -row["area_km2"])
    cells = [(_held(row), row["standing"], _area(row["area_km2"]), _some(row["tracts"])) for row in rows]
    _print_table(("holder", "standing", "km²", "tracts"), cells)


@main.command(
    context_settings={"ignore_unknown_options": True},
    short_help="Print whose land PLACE was on DAY.",
    epilog=examples("sovietpacific who Iturup 1945-08-29", "sovietpacific who 147.0,44.9 1945-08-29 --snap-km 20"),
)
@click.argument("place")
@click.argument("day")
@click.option(
    "--snap-km",
    default=0.0,
    show_default=True,
    help="answer for a point at sea with the nearest land, up to so far away, 50 at most",
)
@JSON
@refusing_plainly
def who(place: str, day: str, snap_km: float, as_json: bool) -> None:
    """Print whose land PLACE was on DAY; PLACE is a name, a tract id, or LON,LAT."""
    from sovietpacific.loading import load_atlas

    answer = load_atlas().sovereignty_of(place_of(place), day, snap_km=snap_km)
    if as_json:
        tell_json(answer.to_dict())
    else:
        tell(str(answer))


@main.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples("sovietpacific history Uruppu", "sovietpacific history 豊原 --view japan --json"),
)
@click.argument("place")
@VIEW
@JSON
@refusing_plainly
def history(place: str, view: str, as_json: bool) -> None:
    """Print all tenures of PLACE, first to last."""
    from sovietpacific.loading import load_atlas

    frame = load_atlas().history_of(place_of(place), view=view)
    rows = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    if as_json:
        tell_json({**frame.attrs, "rows": rows})
        return
    tell(f"{view} of {frame.attrs['tract']}, data {frame.attrs['version']}")
    columns = ("since", "until", "holder", "standing", "instrument", "certainty", "sources")
    marked = [{**row, "certainty": row["certainty"] + ("" if row["seen"] else ", unverified")} for row in rows]
    _print_table(columns, [tuple(str(row[name] or "") for name in columns) for row in marked])


@main.command(short_help="Print all names of a place, or all places.", epilog=examples("sovietpacific places Dairen"))
@click.argument("name", required=False)
@JSON
@refusing_plainly
def places(name: str | None, as_json: bool) -> None:
    """Print the places of the gazetteer, or all names of NAME with the years they were in use."""
    from sovietpacific.loading import load_atlas

    frame = load_atlas().places(name)
    rows = [{column: _plain(value) for column, value in row.items()} for row in frame.astype(object).to_dict("records")]
    if as_json:
        tell_json({**frame.attrs, "rows": rows})
        return
    columns = ("place", "kind", "lon", "lat", "tract")
    if name is None:
        cells = dict.fromkeys(tuple(str(row[column]) for column in columns) for row in rows)
        _print_table(columns, list(cells))
        return
    columns = ("place", "name", "language", "since", "until")
    cells = {
        (*(str(row[c] or "") for c in columns), "official" if row["official"] else "", "" if row["seen"] else "unverified"): None
        for row in rows
    }
    _print_table((*columns, "", ""), list(cells))


@main.command(
    short_help="Print what changed hands between two days.",
    epilog=examples("sovietpacific changes 1945-08-09 1945-09-06 --region kurils"),
)
@click.argument("start")
@click.argument("end")
@VIEW
@REGION
@click.option("--certain-only", is_flag=True, help="only changes whose day is firm, read in a source, and surely in the span")
@JSON
@refusing_plainly
def changes(start: str, end: str, as_json: bool, **options: Any) -> None:
    """Print what changed hands after START, up to and on END."""
    from sovietpacific.loading import load_atlas

    atlas = load_atlas()
    frame = atlas.changes_between(start, end, **options).drop(columns="geometry")
    rows = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    if as_json:
        tell_json({**frame.attrs, "rows": rows})
        return
    about = frame.attrs
    tell(f"changes of {about['view']} after {about['start']} up to {about['day']}, data {about['version']}")
    columns = ("day", "from", "to", "to_standing", "instrument")
    _print_table((*columns, "tracts"), [(*(str(row[name]) or "-" for name in columns), _some(row["tracts"])) for row in rows])


@main.command(short_help="Print the audit of the founding article.", epilog=examples("sovietpacific article"))
@JSON
@refusing_plainly
def article(as_json: bool) -> None:
    """Print the audit of the founding article: every claim, its verdict, and whether the atlas's own answers bear it out."""
    from sovietpacific.article import audit_article, load_article
    from sovietpacific.loading import load_atlas

    audit = audit_article(load_atlas(), load_article())
    if as_json:
        tell_json(audit.to_dict())
    else:
        tell(str(audit))
    if audit.failed:
        raise click.ClickException(f"{len(audit.failed)} checks failed")


@main.command(
    short_help="Say whose land each point of a file was.",
    epilog=examples(
        "sovietpacific label log.parquet -o labelled.parquet",
        "sovietpacific label log.csv -o labelled.csv --lon x --lat y --when day --columns tract,holder",
    ),
)
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="the labelled file")
@click.option("--lon", default="lon", show_default=True, help="the column of longitudes")
@click.option("--lat", default="lat", show_default=True, help="the column of latitudes")
@click.option("--when", default="date", show_default=True, help="the column of days; in GeoJSON the property")
@VIEW
@click.option(
    "--snap-km",
    default=0.0,
    show_default=True,
    help="answer for points at sea with the nearest land, up to so far away, 50 at most",
)
@click.option("--columns", help="what to tell, joined by commas: tract, holder, …, and unanswered (why not)")
@click.option("--prefix", default="", help="put before the names of the new columns")
@click.option("--quiet", is_flag=True, help="no progress bar")
@refusing_plainly
def label(source: Path, output: Path, lon: str, lat: str, when: str, columns: str | None, quiet: bool, **options: Any) -> None:
    """Say whose land each point of SOURCE was on its day (.parquet, .arrow, .arrows, .csv, .tsv, .geojson)."""
    import warnings

    from sovietpacific.api import label_file

    if columns:
        options["columns"] = [name.strip() for name in columns.split(",")]
    with (
        warnings.catch_warnings(record=True) as told,
        click.progressbar(length=1, file=sys.stderr, hidden=quiet, label=path_text(source.name), show_percent=True) as bar,
    ):
        warnings.simplefilter("always", UnansweredWarning)

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        label_file(source, output, lon, lat, when, progress=progress, **options)
    for warning in told:
        tell(as_typed(str(warning.message)), err=True)
    tell_written(output)


@main.command(
    short_help="Write the atlas for other programs.",
    epilog=examples(
        "sovietpacific export -o rim.gpkg --view all", "sovietpacific export -o states.csv --layout cshapes --since 1931-01-01"
    ),
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="the file; its ending is its form"
)
@click.option(
    "--layout", default="tenures", show_default=True, help="tenures, tracts, openhistoricalmap, cshapes or linked-places"
)
@click.option("--view", help="a view as elsewhere, or all; control (tracts: all, cshapes: sovereignty) where none is given")
@REGION
@click.option("--since", help="only what held on this day or later")
@click.option("--until", help="only what held before this day")
@click.option("--detail", default="fine", show_default=True, help="fine, or light (about 1 km)")
@refusing_plainly
def export(output: Path, **options: Any) -> None:
    """Write the atlas for other programs: .geojson, .gpkg, .parquet, .topojson, .csv, .jsonld (see docs/exports.md)."""
    from sovietpacific.exports import export as write

    write(output, **options)
    tell_written(output)


@main.command(short_help="Build the data from the seeds.", epilog=examples("sovietpacific build --seeds seeds --data data"))
@click.option("--seeds", default="seeds", show_default=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--data", default="data", show_default=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--coast", is_flag=True, help="clip the base layers anew first (takes two packages from the registries)")
@refusing_plainly
def build(seeds: Path, data: Path, coast: bool) -> None:
    """Build the data from the seeds: no network, no clock, the same bytes every time.

    The folder of the data is empty, new, or that of an earlier build; one that holds anything else is refused and left alone.
    """
    from sovietpacific.build import pipeline
    from sovietpacific.build.coast import make_coast
    from sovietpacific.build.folder import check_folder

    seeds, data = read_path(seeds, "seeds"), read_path(data, "data")
    check_folder(data, seeds)  # before the base layers are touched too
    if coast:
        make_coast(seeds)
    for remark in pipeline.build(seeds, data):
        tell(remark, err=True)
    tell(f"built {path_text(data)}", err=True)


@main.command(epilog=examples("sovietpacific check"))
@click.option("--seeds", default="seeds", show_default=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--data", default="data", show_default=True, type=click.Path(path_type=Path, file_okay=False))
@refusing_plainly
def check(seeds: Path, data: Path) -> None:
    """Check seeds and data as they lie; name every problem."""
    from sovietpacific.build import pipeline

    problems = pipeline.check(read_path(seeds, "seeds"), read_path(data, "data"))
    for problem in problems:
        tell(problem)
    if problems:
        raise click.ClickException(f"{len(problems)} found wrong")
    tell("seeds and data are in order", err=True)


def _held(row: dict[str, Any]) -> str:
    holder = row["holder"] or held((), row["standing"], "")
    return holder if row["sovereign"] == row["holder"] else f"{holder} (of {row['sovereign'] or 'nobody'})"


def _area(km2: float) -> str:
    return f"{km2:,.0f}" if km2 >= 10 else f"{km2:.2g}"


def _some(tracts: str) -> str:
    names = tracts.split("; ")
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _plain(value: Any) -> Any:
    return None if value != value else value


def _print_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(cell) for cell in cells) for cells in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        tell("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
