"""Reads how a tenure names its sources, a key and the place in the text, into the citation a reader outside can follow."""

from __future__ import annotations

from sovietpacific.records import Source
from sovietpacific.store import Records


def cited_source(text: str, records: Records) -> tuple[Source, str]:
    """Give the source that a text such as `stephan-1974 p. 3` names, and its citation with the place in it."""
    key, _, locator = text.partition(" ")
    source = records.sources[key]
    return source, source.citation + (f", {locator}" if locator else "")
