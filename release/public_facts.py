"""Lists what the library promises, one fact a line: names, parameters, columns, commands, keys of JSON, and every id.

A fact is `SUBJECT VERB VALUE`, such as `sovietpacific.borders_at(view) default 'control'`; `release.compare` says what a changed
one means for the version.  `make facts` writes `release/public_facts.txt`, which the tests compare with the library.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import sovietpacific
from release.facts import Fact, write_facts
from release.questions import COMMANDS, asked_frames, exported_features
from release.versions import ROOT, read_project
from sovietpacific.border_frame import AtlasFrame
from sovietpacific.exports import LAYOUTS
from sovietpacific.label_files import FORMS
from sovietpacific.labelling import LabelOptions
from sovietpacific.maps.saving import ENDINGS
from sovietpacific.records import CERTAINTIES, CONTROL_STANDINGS, Claim, Tenure, Tract
from sovietpacific.sovereignty import Answer
from sovietpacific.store import SCHEMA

SNAPSHOT = ROOT / "release" / "public_facts.txt"

#: Classes that are not asked for by name but come with answers.
ANSWERED = (Answer, AtlasFrame, Claim, Tenure, Tract)

#: What of the atlas may be read but is not promised: how it keeps its records is its own affair.
UNPROMISED = {"Atlas.records", "Atlas.time", "Atlas.shapes", "Atlas.labeller"}


def list_facts() -> list[Fact]:
    """List all facts of the library and the data as they lie, sorted."""
    return sorted({*_names(), *_columns(), *_exports(), *_commands(), *_keys(), *_ids(), *_needs()})


def _names() -> Iterator[Fact]:
    """Tell the public names of the package and of the modules it offers, and the classes answers are made of."""
    modules = [sovietpacific]
    modules += [found for name in sovietpacific.__all__ if isinstance(found := getattr(sovietpacific, name), types.ModuleType)]
    for module in modules:
        for name in module.__all__:
            found, subject = getattr(module, name), f"{module.__name__}.{name}"
            if isinstance(found, types.ModuleType):
                yield Fact(subject, "is", "module")
            elif inspect.isclass(found):
                yield from _class(found, subject)
            elif callable(found):
                yield from _function(found, subject)
            else:
                yield Fact(subject, "is", type(found).__name__)
    for answered in ANSWERED:
        yield from _class(answered, answered.__name__)
    yield Fact("LabelOptions", "is", "options")
    for option, kind in LabelOptions.__annotations__.items():
        yield Fact(f"LabelOptions({option})", "is", "optional option")
        yield Fact(f"LabelOptions({option})", "accepts", getattr(kind, "__forward_arg__", str(kind)))


def _class(found: type, subject: str) -> Iterator[Fact]:
    yield Fact(subject, "is", "class")
    for base in found.__bases__:
        if base is not object:
            yield Fact(subject, "extends", base.__name__)
    for field in dataclasses.fields(found) if dataclasses.is_dataclass(found) else ():
        if field.repr:
            yield Fact(f"{subject}.{field.name}", "holds", str(field.type))
    for name, member in vars(found).items():
        if name.startswith("_") or f"{found.__name__}.{name}" in UNPROMISED:
            continue
        getter = member.fget if isinstance(member, property) else getattr(member, "func", None)
        if isinstance(member, property | cached_property) and getter is not None:
            yield Fact(f"{subject}.{name}", "holds", getter.__annotations__["return"])
        elif inspect.isfunction(member):
            yield from _function(member, f"{subject}.{name}")


def _function(function: Any, subject: str) -> Iterator[Fact]:
    signature = inspect.signature(function)
    yield Fact(subject, "is", "function")
    yield Fact(subject, "returns", str(signature.return_annotation))
    parameters = [parameter for parameter in signature.parameters.values() if parameter.name != "self"]
    for place, parameter in enumerate(parameters, start=1):
        owned = f"{subject}({parameter.name})"
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            yield Fact(owned, "is", "rest")
        else:
            yield Fact(owned, "is", "keyword" if parameter.kind is parameter.KEYWORD_ONLY else f"position {place}")
        yield Fact(owned, "accepts", str(parameter.annotation))
        if parameter.default is not parameter.empty:
            yield Fact(owned, "default", repr(parameter.default))


def _columns() -> Iterator[Fact]:
    """Tell the columns of every frame, of what kind their values are, and the keys of `.attrs`."""
    for name, frame in asked_frames():
        for column in frame.columns:
            yield Fact(f"{name}[{column}]", "is", _kind(frame[column]))
        for key in frame.attrs:
            yield Fact(f"{name}.attrs[{key}]", "is", "key")


def _kind(values: Any) -> str:
    """Name the kind of a column in words that do not change from one pandas to the next."""
    from pandas.api.types import infer_dtype

    if values.dtype == "geometry" or values.dtype == "category":
        return str(values.dtype)
    told = infer_dtype(values, skipna=True)
    return {"boolean": "bool", "integer": "number", "floating": "number", "mixed-integer-float": "number"}.get(told, "text")


def _exports() -> Iterator[Fact]:
    """Tell the layouts of exports, the forms each has, and the properties of its features."""
    for layout, forms in LAYOUTS.items():
        yield Fact(f"layout:{layout}", "is", "id")
        for form in forms:
            yield Fact(f"layout:{layout}[{form}]", "is", "form")
    for layout, feature in exported_features():
        for key in feature["properties"]:
            yield Fact(f"exported:{layout}[{key}]", "is", "property")


def _commands() -> Iterator[Fact]:
    """Tell the commands with their arguments and options."""
    import click

    from sovietpacific.cli import main

    for name, command in main.commands.items():
        yield Fact(f"cli:{name}", "is", "command")
        arguments = 0
        for parameter in command.params:
            needed = "required" if parameter.required else "optional"
            if isinstance(parameter, click.Argument):
                arguments += 1
                subject = f"cli:{name}({str(parameter.name).upper()})"
                yield Fact(subject, "is", f"{needed} argument {arguments}")
            else:
                subject = f"cli:{name}({'/'.join((*parameter.opts, *parameter.secondary_opts))})"
                yield Fact(subject, "is", "flag" if parameter.to_info_dict()["is_flag"] else f"{needed} option")
            yield Fact(subject, "accepts", parameter.type.name)
            default = parameter.to_info_dict()["default"]
            if default is not None and parameter.type.name != "boolean":  # a flag is off unless it is given
                yield Fact(subject, "default", repr(default))


def _keys() -> Iterator[Fact]:
    """Tell the keys of what the commands print with `--json`."""
    from click.testing import CliRunner

    from sovietpacific.cli import main

    for words in COMMANDS:
        ran = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
        for path in _paths(json.loads(ran.stdout), f"json:{words[0]}"):
            yield Fact(path, "is", "key")


def _paths(document: Any, above: str) -> Iterator[str]:
    """Give the path of every key; what the audit found differs from check to check and is no promise."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield f"{above}.{key}"
            if key not in ("expected", "found", "verdicts"):
                yield from _paths(value, f"{above}.{key}")
    elif isinstance(document, list):
        for value in document:
            yield from _paths(value, f"{above}[]")


def _ids() -> Iterator[Fact]:
    """Tell every id and every fixed word a question may be asked with or an answer may give."""
    atlas = sovietpacific.load_atlas()
    records = atlas.records
    named: dict[str, Any] = {
        "view": atlas.views,
        "standing": CONTROL_STANDINGS,
        "certainty": CERTAINTIES,
        "lineage": atlas.lineages,
        "region": atlas.regions,
        "tract": records.tracts,
        "instrument": records.instruments,
        "polity": records.polities,
        "place": records.places,
        "source": records.sources,
        "line": records.lines,
        "label_ending": FORMS,
        "map_ending": ENDINGS,
    }
    for kind, ids in named.items():
        for key in ids:
            yield Fact(f"{kind}:{key}", "is", "id")
    yield Fact("data:schema", "is", str(SCHEMA))


def _needs() -> Iterator[Fact]:
    """Tell what the library needs beside itself."""
    from packaging.requirements import Requirement

    project = read_project()
    yield Fact("needs:python", "is", project["requires-python"])
    for text in project["dependencies"]:
        needed = Requirement(text)
        yield Fact(f"needs:{needed.name}", "is", str(needed.specifier))


def main(path: Path = SNAPSHOT) -> None:
    """Write the snapshot."""
    path.write_text(write_facts(list_facts()), encoding="utf-8")


if __name__ == "__main__":
    main()
