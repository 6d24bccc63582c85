"""Offer the questions as commands, in the same words; answers go to stdout, messages to stderr, and
the exit code is 0, 1 or 2.

Knows the questions and nothing of the rooms that answer them.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from sovietpacific.cli import files, maps, questions, upkeep
from sovietpacific.cli.options import examples
from sovietpacific.cli.terminal import Commands
from sovietpacific.version import __version__


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
    help="Whose land was this, on that day?  "
    "Around Sakhalin, the Kurils, Manchuria and Korea, 1855 to today.",
    epilog=examples(
        "sovietpacific who Iturup 1945-08-29", "sovietpacific map 1945-09-02 -o day.html"
    ),
)
@click.version_option(__version__, prog_name="sovietpacific")
def main() -> None:
    """Run the command whose words are given."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal without kanji still gets its answer.
            stream.reconfigure(errors="backslashreplace")


for module in (questions, maps, files, upkeep):
    for command in module.COMMANDS:
        main.add_command(command)
