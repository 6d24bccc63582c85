"""Open GeoJSON files, read what stands beside the features, and refuse what cannot be gone through
feature by feature.

Knows the grammar of GeoJSON and nothing of labels.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sovietpacific.errors import ColumnError, path_text, shown
from sovietpacific.labels.text_files import encoding_refusal

#: How deep objects and lists may lie in one another.
DEEPEST = 200

#: A pair of escapes that make one sign together; half such a pair, which makes none; any other
#: escape.
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\.",
    re.DOTALL,
)
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_PAIR = 12
_BLOCK = 1 << 20

#: How much deeper or less deep things lie after an event of the parser.
_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


@contextmanager
def reading_json(source: Path) -> Iterator[None]:
    """Turn what the parser says of `source` into a `ColumnError` in one line."""
    import ijson

    try:
        yield
    except (ijson.JSONError, UnicodeDecodeError) as wrong:
        if encoding := encoding_refusal(source):
            raise ColumnError(f"{path_text(source)} {encoding}") from wrong
        message = wrong.args[0] if wrong.args else ""
        text = message.decode(errors="replace") if isinstance(message, bytes) else str(wrong)
        raise ColumnError(
            f"{path_text(source)} cannot be read as GeoJSON: {shown(text.splitlines()[0])[1:-1]}"
        ) from wrong


def open_features(source: Path) -> IO[bytes]:
    """Return a file opened behind its byte order mark, if it has one."""
    raw = source.open("rb")
    if raw.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        raw.seek(0)
    return raw


def other_members(source: Path) -> dict[str, Any]:
    """Return the members of the collection beside its features, without holding these.

    Raise `ColumnError` for a file that is no FeatureCollection with one list of features, in which
    things lie too deep in one another, or which has half of a sign.
    """
    import ijson
    from ijson.common import ObjectBuilder

    _check_escapes(source)
    members: dict[str, Any] = {}
    lists = depth = 0
    key, builder, whole = "", None, False
    with open_features(source) as raw:
        try:
            for event, value in ijson.basic_parse(raw, use_float=True):
                step = _STEPS.get(event, 0)
                if depth > 1 and builder is None and not step:
                    continue  # within the features
                if depth == 1 and event == "map_key":
                    key, builder = value, None if value == "features" else ObjectBuilder()
                    continue
                if depth == 1 and builder is None and step >= 0:
                    _check_list(source, event, lists)
                    lists += 1
                elif depth == 0 and event != "start_map":
                    raise _no_collection(source, "a list or a single value")
                depth += min(step, 0)
                whole = depth == 0
                if builder is not None and depth:
                    builder.event(event, value)
                    if depth == 1 and step <= 0:
                        members[key], builder = builder.value, None
                depth += max(step, 0)
                if depth > DEEPEST:
                    raise ColumnError(
                        f"{path_text(source)} has things that lie more than {DEEPEST} deep "
                        "in one another"
                    )
        except ijson.JSONError as wrong:
            if not whole:
                raise
            raise ColumnError(
                f"{path_text(source)} goes on after its first value: it seems to have one feature "
                "a line; put the features into the list of one FeatureCollection"
            ) from wrong
    _check_type(source, members.get("type"), lists)
    return members


def _no_collection(source: Path, kind: str) -> ColumnError:
    """Return the refusal of a file that is something else, `kind`."""
    return ColumnError(f"{path_text(source)} is no GeoJSON FeatureCollection but {kind}")


def _check_list(source: Path, event: str, lists: int) -> None:
    if event != "start_array":
        raise ColumnError(f"the member 'features' of {path_text(source)} is no list")
    if lists:
        raise ColumnError(f"{path_text(source)} has more than one member 'features'; leave one")


def _check_type(source: Path, kind: Any, lists: int) -> None:
    if kind == "Feature":
        raise _no_collection(source, "a single Feature; put it into the list 'features' of one")
    if kind != "FeatureCollection":
        raise ColumnError(
            f"{path_text(source)} is no GeoJSON FeatureCollection; its type is {shown(kind)}"
        )
    if not lists:
        raise ColumnError(
            f"{path_text(source)} is a FeatureCollection without a list of 'features'"
        )


def _check_escapes(source: Path) -> None:
    """Raise `ColumnError` for half of a pair of escapes: no sign, it could not be written again."""
    with source.open("rb") as raw:
        end = b""
        for block in iter(lambda: raw.read(_BLOCK), b""):
            if _HALF.search(end + block):
                break
            end = block[-_PAIR:]
        else:
            return  # as nearly all files
        raw.seek(0)
        left, line = b"", 1
        while block := raw.read(_BLOCK):
            text, done = left + block, 0
            for escape in _ESCAPES.finditer(text):
                if escape.start() > len(text) - _PAIR and len(block) == _BLOCK:
                    break  # it may go on in the next block
                if escape[1]:
                    line += text.count(b"\n", 0, escape.start())
                    raise ColumnError(
                        f"{path_text(source)}, line {line}, has {escape[1].decode()}, "
                        "which is half of a sign; write it anew"
                    )
                done = escape.end()
            done = max(done, len(text) - _PAIR)
            line += text.count(b"\n", 0, done)
            left = text[done:]
