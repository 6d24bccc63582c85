"""Turns checked seeds and the partition into the plain tables of `data/`: records.json,
timeline.txt, feature properties.

Knows the tables of `data/` and nothing of how they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import shapely

from sovietpacific.answers.words import acts, holds
from sovietpacific.answers.words.wording import text
from sovietpacific.builder.lines import NamedLineSeed
from sovietpacific.builder.partition import Partition
from sovietpacific.builder.seeds import Seeds, TractSeed
from sovietpacific.builder.shares import count_seen, table_of
from sovietpacific.builder.timeline import Timelines, group_by_identity
from sovietpacific.dates import FIRST_DAY
from sovietpacific.facts.look import Look, look_document
from sovietpacific.facts.places import NamedPlace
from sovietpacific.facts.records import VIEWS, Claim, LineLife, Tenure, holder_text
from sovietpacific.facts.store import SCHEMA

_NO_TIMELINES = Timelines((), (), ())


def make_records(
    seeds: Seeds,
    timelines: Mapping[str, Timelines],
    partition: Partition,
    lines: Mapping[str, NamedLineSeed],
    places: Mapping[str, NamedPlace],
) -> dict[str, Any]:
    """Return the document that `records.json` holds; docs/data.md describes its form."""
    registers = seeds.registers
    tenures = group_by_identity(timelines)
    number = {tenure: index for index, tenure in enumerate(tenures)}
    return {
        "schema": SCHEMA,
        "version": registers.edition.version,
        "first_day": FIRST_DAY.isoformat(),
        "as_of": registers.edition.as_of.isoformat(),
        "lineages": dict(registers.lineages),
        "polities": {key: plain(polity, "id") for key, polity in registers.polities.items()},
        "instruments": {
            key: plain(instrument, "id") for key, instrument in registers.instruments.items()
        },
        "sources": {key: plain(source, "id") for key, source in registers.sources.items()},
        "regions": {key: plain(region, "id") for key, region in seeds.regions.items()},
        "tenures": [plain(tenure) for tenure in tenures],
        "tracts": dict(_tracts(seeds, timelines, partition, number)),
        "lines": {key: plain(line.record, "id") for key, line in lines.items()},
        "views": {key: plain(view, "id") for key, view in registers.views.items()},
        "places": {
            key: {**plain(place, "id"), "names": _name_rows(place)} for key, place in places.items()
        },
        "look": look_document(_whole_look(registers.look, lines)),
    }


def _whole_look(look: Look, lines: Mapping[str, NamedLineSeed]) -> Look:
    """Return the look with the lines that have their names from a zoom on."""
    zooms = {key: line.name_from_zoom for key, line in lines.items() if line.name_from_zoom}
    return replace(look, named_lines=zooms)


def _name_rows(place: NamedPlace) -> list[list[Any]]:
    """Return the names of a place as rows without keys, which would be longer than the names."""
    return [list(plain(name).values()) for name in place.names]


def plain(record: Any, *without: str) -> dict[str, Any]:
    """Return a record as a dict that JSON can hold: days as ISO text, tuples as lists."""
    fields = (name for name in record.__slots__ if name not in without)
    return {name: _plain_value(getattr(record, name)) for name in fields}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(entry) if isinstance(entry, LineLife) else entry for entry in value]
    if isinstance(value, Mapping):
        return {key: _plain_value(entry) for key, entry in value.items()}
    return value


def _tracts(
    seeds: Seeds,
    timelines: Mapping[str, Timelines],
    partition: Partition,
    number: Mapping[Tenure, int],
) -> Iterator[tuple[str, dict[str, Any]]]:
    light_areas = partition.light_area_km2
    for index, key in enumerate(partition.tracts):
        geometry = partition.fine[index]
        point = shapely.point_on_surface(max(shapely.get_parts(geometry), key=shapely.area))
        folded = timelines.get(key, _NO_TIMELINES)
        yield (
            key,
            {
                **_described(seeds.tracts.get(key), key),
                "area_km2": round(float(partition.area_km2[index]), 6),
                "light_area_km2": round(float(light_areas[index]), 6),
                "point": [round(point.x, 6), round(point.y, 6)],
                "bbox": [round(float(bound), 6) for bound in geometry.bounds],
                **{
                    view: [number[tenure] for tenure in tenures]
                    for view, tenures in zip(VIEWS, folded, strict=True)
                },
            },
        )


def _described(tract: TractSeed | None, key: str) -> dict[str, Any]:
    """Return what the seeds say of a tract.

    Land no seed names is backdrop, called by the country code in its id.
    """
    if tract is None:
        code = key.removeprefix("backdrop-").upper()
        return {
            "name": f"Backdrop ({code})",
            "names": {},
            "also": [],
            "region": "backdrop",
            "file": "context",
            "judged": False,
            "published_km2": None,
            "accuracy_km": None,
            "claims": [],
            "note": "Land outside the scope of this atlas: drawn, not judged",
        }
    return {
        "name": tract.name,
        "names": dict(tract.names),
        "also": list(tract.also),
        "region": tract.region,
        "file": tract.file,
        "judged": True,
        "published_km2": tract.published_km2,
        "accuracy_km": tract.accuracy_km,
        "note": tract.note,
        "claims": [plain(claim) for claim in _in_order(tract.claims)],
    }


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.since, claim.claimant))


def make_timeline(seeds: Seeds, timelines: Mapping[str, Timelines]) -> str:
    """Return who held what as a reader reads it: by region and tract, a line per tenure and view.

    The head tells how much of it was seen in a source. A view whose timeline is that of the view
    before is not written twice.
    """
    shares = count_seen(timelines, {key: seeds.tracts[key].region for key in timelines})
    edition = seeds.registers.edition
    lines = [
        f"# Who held what since {FIRST_DAY}, in the edition {edition.version} of {edition.as_of}.",
        "# A line holds from its day to the day before the next line's.  "
        "A day known only within limits is followed by them.",
        "#",
        "# Seen in a source (seen/all):",
        *(f"#   {line}" for line in table_of(shares)),
    ]
    order = sorted(timelines, key=lambda key: (seeds.tracts[key].region, key))
    region = ""
    for key in order:
        tract = seeds.tracts[key]
        if tract.region != region:
            region = tract.region
            lines += ["", "", f"## {region}: {seeds.regions[region].name}"]
        lines += ["", f"{tract.name} [{key}]", *_views(timelines[key])]
    return "\n".join(lines) + "\n"


def _views(timelines: Timelines) -> Iterator[str]:
    before: tuple[Tenure, ...] = ()
    for view, tenures in zip(VIEWS, timelines, strict=True):
        if tenures == before:
            yield f"  {view}: the same"
            continue
        before = tenures
        yield f"  {view}"
        rows = [_columns(tenure) for tenure in tenures]
        widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
        for row in rows:
            yield (
                "    "
                + "  ".join(
                    cell.ljust(width) for cell, width in zip(row, widths, strict=True)
                ).rstrip()
            )


def _columns(tenure: Tenure) -> tuple[str, ...]:
    day = tenure.edtf or tenure.since.isoformat()
    since = (
        tenure.since.isoformat()
        if day == tenure.since.isoformat()
        else f"{tenure.since.isoformat()} ({day})"
    )
    checked = text(acts.certainty(tenure.certainty, seen=tenure.seen))
    act = tenure.instrument + (f" ({tenure.on})" if tenure.on else "")
    holders = holder_text(tenure.holders, tenure.standing)
    holders = holders or text(holds.nobody(tenure.standing))
    return (since, holders, tenure.standing, act, checked, "; ".join(tenure.sources))


def spans_apart(first: Sequence[Tenure], second: Sequence[Tenure]) -> list[list[str | None]]:
    """Return the spans `[since, until)` on which two timelines of a view have different holders.

    Days are ISO text; None is open.
    """
    days = sorted({tenure.since for tenure in (*first, *second)})
    spans: list[list[str | None]] = []
    for day in days:
        apart = _holder_on(first, day) != _holder_on(second, day)
        if apart and (not spans or spans[-1][1] is not None):
            spans.append([day.isoformat(), None])
        elif not apart and spans and spans[-1][1] is None:
            spans[-1][1] = day.isoformat()
    return spans


def _holder_on(tenures: Sequence[Tenure], day: date) -> str:
    tenure = [tenure for tenure in tenures if tenure.since <= day][-1]
    return holder_text(tenure.lineages, tenure.standing)


def dated_history(tenures: Sequence[Tenure]) -> list[dict[str, Any]]:
    """Return one view of one tract as GeoJSON properties hold it: half-open spans and reasons."""
    untils = [*(tenure.since.isoformat() for tenure in tenures[1:]), None]
    return [
        {
            "since": tenure.since.isoformat(),
            "until": until,
            "holder": holder_text(tenure.holders, tenure.standing),
            "standing": tenure.standing,
            "instrument": tenure.instrument,
            "sources": list(tenure.sources),
            "certainty": tenure.certainty,
            "seen": tenure.seen,
            **({"edtf": tenure.edtf} if tenure.edtf else {}),
            **({"note": tenure.note} if tenure.note else {}),
        }
        for tenure, until in zip(tenures, untils, strict=True)
    ]
