"""Adds to Sphinx what this site needs beside it: links from the code in docstrings, and the page of
the commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

import sovietpacific
from sovietpacific import maps
from sovietpacific.cli.main import main

#: Code that can only mean a public name: with an underscore, a dot, a capital or a bracket. A bare
#: `sources` may be a column.
_UNMISTAKABLE = re.compile(r"[_.(A-Z]")


def home_of(code: str) -> str:
    """Return the full name that `code` from a docstring has in the reference.

    It is "" where the code is no public name.

    >>> home_of("sovereignty_of(place, day)"), home_of("maps.web"), home_of("sources")
    ('sovietpacific.sovereignty_of', 'sovietpacific.maps.web', '')
    """
    name = code.partition("(")[0].removeprefix("sovietpacific.")
    if not _UNMISTAKABLE.search(code):
        return ""
    first, dot, rest = name.partition(".")
    if name in sovietpacific.__all__ or (first == "maps" and rest in maps.__all__):
        return f"sovietpacific.{name}"
    if first == "Atlas" and dot and hasattr(sovietpacific.Atlas, rest):
        return f"sovietpacific.{rest}" if rest in sovietpacific.__all__ else f"sovietpacific.{name}"
    return ""


class Code(SphinxRole):
    """The role of single backticks in docstrings: code, linked where it is a public name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the code, inside a reference where there is something to refer to."""
        code = nodes.literal(self.rawtext, self.text, classes=["code"])
        target = home_of(self.text)
        if not target:
            return [code], []
        link = pending_xref(
            self.rawtext,
            code,
            refdomain="py",
            reftype="obj",
            reftarget=target,
            refdoc=self.env.docname,
        )
        return [link], []


class Commands(SphinxDirective):
    """Every command with its help, arguments and options, as the command line itself has them."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each command."""
        return self.parse_text_to_nodes(
            "\n".join(describe_commands(main)), allow_section_headings=True
        )


def describe_commands(group: click.Group) -> Iterator[str]:
    """Yield the Markdown of all commands of a group, in the order in which `--help` lists them."""
    above = click.Context(group, info_name="sovietpacific")
    for name in group.list_commands(above):
        command = group.commands[name]
        context = click.Context(command, info_name=name, parent=above)
        usage = command.get_usage(context).removeprefix("Usage: ")
        yield from (
            f"## {name}",
            "",
            command.help or "",
            "",
            "```text",
            " ".join(usage.split()),
            "```",
            "",
        )
        options = [
            option.get_help_record(context)
            for option in command.params
            if isinstance(option, click.Option)
        ]
        rows = [f"| `{option}` | {words} |" for option, words in filter(None, options)]
        if rows:
            yield from ("| option | meaning |", "|---|---|", *rows, "")
        lines = [line.strip() for line in (command.epilog or "").splitlines()]
        examples = [line for line in lines if line.startswith("sovietpacific ")]
        if examples:
            yield from ("```sh", *examples, "```", "")


def show_no_making(*event: Any) -> tuple[str, None] | None:
    """Leave out what a class is made with: answers and frames are made by the library alone."""
    return ("", None) if event[1] == "class" else None


def end_at_the_last_line(_app: Sphinx, document: nodes.document) -> None:
    """Drop the empty line that tells doctest where an example ends; readers need none."""
    for block in document.findall(nodes.literal_block):
        text = block.astext()
        if (
            text.endswith("\n")
            and len(block.children) == 1
            and isinstance(block.children[0], nodes.Text)
        ):
            block.children = [nodes.Text(text.rstrip("\n"))]
            block.rawsource = text.rstrip("\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the role and the directive to Sphinx; return what it may do with them."""
    app.add_role("code-or-name", Code())
    app.add_directive("commands", Commands)
    app.connect("autodoc-process-signature", show_no_making)
    app.connect("doctree-read", end_at_the_last_line)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
