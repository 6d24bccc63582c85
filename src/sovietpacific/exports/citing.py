"""Read how a tenure names its sources, a key and the place in the text, into the citation a reader
outside can follow.

Knows the sources and nothing of layouts.
"""

from __future__ import annotations

from sovietpacific.facts.records import Records, Source


def cited_source(text: str, records: Records) -> tuple[Source, str]:
    """Return the source that a text such as `stephan-1974 p. 3` names, and its citation.

    The citation ends with the place in the source: `p. 3`.
    """
    key, _, locator = text.partition(" ")
    source = records.sources[key]
    return source, source.citation + (f", {locator}" if locator else "")
