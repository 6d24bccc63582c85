"""Make one feature per tract with its dated history inside, as `data/geojson` has it, with the
limits of each day.

Knows tenures and nothing of layers: a history is no table.
"""

from __future__ import annotations

from typing import Any

from sovietpacific.answers.tables import tenure_columns
from sovietpacific.answers.texts import text_of
from sovietpacific.exports.files import plain_days
from sovietpacific.exports.selection import Selection
from sovietpacific.exports.tenures import WHO, WHY, Held, limit_columns, list_tenures
from sovietpacific.facts.records import Claim


def tract_properties(selection: Selection) -> dict[str, dict[str, Any]]:
    """Return, per tract, its properties: names, region, area, claims, and tenures view by view."""
    told: dict[str, dict[str, Any]] = {}
    for tract in selection.tracts:
        told[tract.id] = {
            "tract": tract.id,
            "name": tract.name,
            "names": dict(tract.names),
            "region": tract.region,
            "area_km2": tract.area_km2,
            **{view: [] for view in selection.views},
            "claims": [
                _claim(claim)
                for claim in tract.claims
                if selection.holds_any(claim.since, claim.until)
            ],
            "version": selection.atlas.version,
        }
    for held in list_tenures(selection):
        told[held.tract.id][held.view].append(_entry(held))
    return told


def _entry(held: Held) -> dict[str, Any]:
    columns = tenure_columns(held.hold)
    limits = {**limit_columns("since", held.begins), **limit_columns("until", held.ends)}
    return {
        "since": held.since.isoformat(),
        "until": text_of(held.until),
        **plain_days(limits),
        **{name: columns[name] for name in (*WHO, *WHY)},
        "sources": list(held.tenure.sources),  # in its place, as a list
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claimant": claim.claimant,
        "since": claim.since.isoformat(),
        "until": text_of(claim.until),
        "instrument": claim.instrument,
        "sources": list(claim.sources),
        "certainty": claim.certainty,
        "seen": claim.seen,
    }
