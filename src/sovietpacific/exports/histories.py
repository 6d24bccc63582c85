"""Makes one feature per tract with its dated history inside, as `data/geojson` has it, with the limits of each day."""

from __future__ import annotations

from typing import Any

from sovietpacific.exports.files import plain_days
from sovietpacific.exports.selection import Selection
from sovietpacific.exports.tenures import Held, limit_columns, list_tenures
from sovietpacific.frames import joined, text_of
from sovietpacific.records import Claim


def tract_properties(selection: Selection) -> dict[str, dict[str, Any]]:
    """Give, per tract, what is told of it: names, region, area, claims, and per view the list of its tenures."""
    told: dict[str, dict[str, Any]] = {}
    for tract in selection.tracts:
        told[tract.id] = {
            "tract": tract.id,
            "name": tract.name,
            "names": dict(tract.names),
            "region": tract.region,
            "area_km2": tract.area_km2,
            **{view: [] for view in selection.views},
            "claims": [_claim(claim) for claim in tract.claims if selection.holds_any(claim.since, claim.until)],
            "version": selection.atlas.version,
        }
    for held in list_tenures(selection):
        told[held.tract.id][held.view].append(_entry(held))
    return told


def _entry(held: Held) -> dict[str, Any]:
    tenure = held.tenure
    limits = {**limit_columns("since", held.begins), **limit_columns("until", held.ends)}
    return {
        "since": held.since.isoformat(),
        "until": text_of(held.until),
        **plain_days(limits),
        "holder": held.hold.holder,
        "polity": joined(held.hold.polities),
        "standing": tenure.standing,
        "instrument": tenure.instrument,
        "on": tenure.on,
        "sources": list(tenure.sources),
        "certainty": tenure.certainty,
        "seen": tenure.seen,
        "note": tenure.note,
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
