"""Lists what the library promises, one fact a line: names, parameters, columns, commands, keys of
JSON, and every id.

A fact is `SUBJECT VERB VALUE`, such as `sovietpacific.borders_at(view) default 'control'`;
`release.compare` says what a changed one means for the version. `make facts` writes
`release/public_facts.txt`, which the tests compare with the library.
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
from sovietpacific.answers.atlas_frame import AtlasFrame
from sovietpacific.exports import LAYOUTS
from sovietpacific.facts.records import CERTAINTIES, Claim, Tenure, Tract
from sovietpacific.facts.store import SCHEMA
from sovietpacific.labels.files import FORMS
from sovietpacific.labels.labeller import LabelOptions
from sovietpacific.maps.saving import ENDINGS

SNAPSHOT = ROOT / "release" / "public_facts.txt"

#: Classes that are not asked for by name but come with answers.
ANSWERED = (AtlasFrame, Claim, Tenure, Tract)

#: What of the atlas may be read but is not promised: how it keeps its records, and what only the
#: questions ask of it, is its own affair.
UNPROMISED = {
    *("Atlas.records", "Atlas.names", "Atlas.time", "Atlas.shapes"),
    *("Atlas.about", "Atlas.judged_name", "Atlas.judged_tracts"),
    *("Atlas.kept_answers", "Atlas.kept_map"),
}


def list_facts() -> list[Fact]:
    """Return all facts of the library and the data as they lie, sorted."""
    return sorted({*_names(), *_columns(), *_exports(), *_commands(), *_keys(), *_ids(), *_needs()})


def _names() -> Iterator[Fact]:
    """Yield the public names of the package and its public modules, and the classes of answers."""
    root: types.ModuleType = sovietpacific
    members = [getattr(root, name) for name in root.__all__]
    for module in [root, *(member for member in members if isinstance(member, types.ModuleType))]:
        for name in module.__all__:
            member, subject = getattr(module, name), f"{module.__name__}.{name}"
            if isinstance(member, types.ModuleType):
                yield Fact(subject, "is", "module")
            elif inspect.isclass(member):
                yield from _class(member, subject)
            elif callable(member):
                yield from _function(member, subject)
            else:  # an alias of types, which says what may be given
                yield Fact(subject, "accepts", str(member))
    for kind in ANSWERED:
        yield from _class(kind, kind.__name__)
    yield Fact("LabelOptions", "is", "options")
    for option, annotation in LabelOptions.__annotations__.items():
        subject = f"LabelOptions({option})"
        yield Fact(subject, "is", "optional option")
        accepted = getattr(annotation, "__forward_arg__", str(annotation))
        yield Fact(subject, "accepts", accepted)


def _class(kind: type, subject: str) -> Iterator[Fact]:
    yield Fact(subject, "is", "class")
    for base in kind.__bases__:
        if base is not object:
            yield Fact(subject, "extends", base.__name__)
    for field in dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ():
        if field.repr:
            yield Fact(f"{subject}.{field.name}", "holds", str(field.type))
    for name, member in vars(kind).items():
        if name.startswith("_") or f"{kind.__name__}.{name}" in UNPROMISED:
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
    parameters = [
        parameter for parameter in signature.parameters.values() if parameter.name != "self"
    ]
    for place, parameter in enumerate(parameters, start=1):
        owned = f"{subject}({parameter.name})"
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            yield Fact(owned, "is", "rest")
        elif parameter.kind is parameter.KEYWORD_ONLY:
            yield Fact(owned, "is", "keyword")
        else:
            yield Fact(owned, "is", f"position {place}")
        yield Fact(owned, "accepts", str(parameter.annotation))
        if parameter.default is not parameter.empty:
            yield Fact(owned, "default", repr(parameter.default))


def _columns() -> Iterator[Fact]:
    """Yield the columns of every frame, of what kind their values are, and the keys of `.attrs`."""
    for name, frame in asked_frames():
        for column in frame.columns:
            yield Fact(f"{name}[{column}]", "is", _kind(frame[column]))
        for key in frame.attrs:
            yield Fact(f"{name}.attrs[{key}]", "is", "key")


def _kind(values: Any) -> str:
    """Return the kind of a column in words that do not change from one pandas to the next."""
    from pandas.api.types import infer_dtype

    if values.dtype == "geometry" or values.dtype == "category":
        return str(values.dtype)
    numbers = dict.fromkeys(("integer", "floating", "mixed-integer-float"), "number")
    return {"boolean": "bool", **numbers}.get(infer_dtype(values, skipna=True), "text")


def _exports() -> Iterator[Fact]:
    """Yield the layouts of exports, the forms each has, and the properties of its features."""
    for layout, forms in LAYOUTS.items():
        yield Fact(f"layout:{layout}", "is", "id")
        for form in forms:
            yield Fact(f"layout:{layout}[{form}]", "is", "form")
    for layout, feature in exported_features():
        for key in feature["properties"]:
            yield Fact(f"exported:{layout}[{key}]", "is", "property")


def _commands() -> Iterator[Fact]:
    """Yield the commands with their arguments and options."""
    import click

    from sovietpacific.cli.main import main

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
                is_flag = parameter.to_info_dict()["is_flag"]
                yield Fact(subject, "is", "flag" if is_flag else f"{needed} option")
            yield Fact(subject, "accepts", parameter.type.name)
            default = parameter.to_info_dict()["default"]
            # A flag is off unless it is given.
            if default is not None and parameter.type.name != "boolean":
                yield Fact(subject, "default", repr(default))


def _keys() -> Iterator[Fact]:
    """Yield the keys of what the commands print with `--json`."""
    from click.testing import CliRunner

    from sovietpacific.cli.main import main

    for words in COMMANDS:
        ran = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
        for path in _paths(json.loads(ran.stdout), f"json:{words[0]}"):
            yield Fact(path, "is", "key")


def _paths(document: Any, above: str) -> Iterator[str]:
    """Yield the path of every key.

    What the audit found differs from check to check and is no promise.
    """
    if isinstance(document, dict):
        for key, value in document.items():
            yield f"{above}.{key}"
            if key not in ("expected", "found", "verdicts"):
                yield from _paths(value, f"{above}.{key}")
    elif isinstance(document, list):
        for value in document:
            yield from _paths(value, f"{above}[]")


def _ids() -> Iterator[Fact]:
    """Yield every id and every fixed word a question may be asked with or an answer may give."""
    atlas = sovietpacific.load_atlas()
    records = atlas.records
    ids_by_kind: dict[str, Any] = {
        "view": atlas.views,
        "standing": records.look.standings,
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
    for kind, ids in ids_by_kind.items():
        for key in ids:
            yield Fact(f"{kind}:{key}", "is", "id")
    yield Fact("data:schema", "is", str(SCHEMA))


def _needs() -> Iterator[Fact]:
    """Yield what the library needs beside itself."""
    from packaging.requirements import Requirement

    project = read_project()
    yield Fact("needs:python", "is", project["requires-python"])
    for requirement in map(Requirement, project["dependencies"]):
        yield Fact(f"needs:{requirement.name}", "is", str(requirement.specifier))


def main(path: Path = SNAPSHOT) -> None:
    """Write the snapshot."""
    path.write_text(write_facts(list_facts()), encoding="utf-8")


if __name__ == "__main__":
    main()
