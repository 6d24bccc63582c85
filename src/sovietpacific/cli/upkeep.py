"""The commands for those who keep the data: build it, check it, audit the founding article.

Knows the build as a whole and nothing of its steps.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sovietpacific.cli.options import JSON, examples, refusing_plainly
from sovietpacific.cli.terminal import tell, tell_json
from sovietpacific.errors import path_text
from sovietpacific.questions.arguments import read_path


@click.command(
    short_help="Print the audit of the founding article.", epilog=examples("sovietpacific article")
)
@JSON
@refusing_plainly
def article(as_json: bool) -> None:
    """Print the audit of the founding article.

    Every claim, its verdict, and whether the atlas's own answers bear it out.
    """
    from sovietpacific.audit import audit_article, load_article
    from sovietpacific.loading import load_atlas

    audit = audit_article(load_atlas(), load_article())
    if as_json:
        tell_json(audit.to_dict())
    else:
        tell(str(audit))
    if audit.failed:
        raise click.ClickException(f"{len(audit.failed)} checks failed")


def _folder_option(name: str) -> Callable[..., Any]:
    """Return the option of a folder that is called as the option is, unless another is given."""
    folder = click.Path(path_type=Path, file_okay=False)
    return click.option(f"--{name}", default=name, show_default=True, type=folder)


@click.command(
    short_help="Build the data from the seeds.",
    epilog=examples("sovietpacific build --seeds seeds --data data"),
)
@_folder_option("seeds")
@_folder_option("data")
@click.option(
    "--coast",
    is_flag=True,
    help="clip the base layers anew first (takes two packages from the registries)",
)
@refusing_plainly
def build(seeds: Path, data: Path, coast: bool) -> None:
    """Build the data from the seeds: no network, no clock, the same bytes every time.

    The folder of the data is empty, new, or that of an earlier build; one that holds anything else
    is refused and left alone.
    """
    from sovietpacific.builder import pipeline
    from sovietpacific.builder.coast import make_coast
    from sovietpacific.builder.folder import check_folder

    seeds, data = read_path(seeds, "seeds"), read_path(data, "data")
    check_folder(data, seeds)  # before the base layers are touched too
    if coast:
        make_coast(seeds)
    for remark in pipeline.build(seeds, data):
        tell(remark, err=True)
    tell(f"built {path_text(data)}", err=True)


@click.command(epilog=examples("sovietpacific check"))
@_folder_option("seeds")
@_folder_option("data")
@refusing_plainly
def check(seeds: Path, data: Path) -> None:
    """Check seeds and data as they lie; name every problem."""
    from sovietpacific.builder import pipeline

    problems = pipeline.check(read_path(seeds, "seeds"), read_path(data, "data"))
    for problem in problems:
        tell(problem)
    if problems:
        raise click.ClickException(f"{len(problems)} found wrong")
    tell("seeds and data are in order", err=True)


COMMANDS = (article, build, check)
