"""Tags each tenure as OpenHistoricalMap tags a boundary: `start_date`, an exclusive `end_date`,
EDTF where a day is uncertain.

Knows the tags of OpenHistoricalMap and nothing of the forms of files.
"""

from __future__ import annotations

from sovietpacific.dates import DayLimits
from sovietpacific.exports.citing import cited_source
from sovietpacific.exports.layers import TEXT, Layer
from sovietpacific.exports.selection import Selection, spans_meet
from sovietpacific.exports.tenures import Held, list_tenures
from sovietpacific.facts.records import NO_ACTS, Records

#: The keys of tags, in order; names in other languages follow as `name:ja` and the like.
TAGS = (
    "type",
    "boundary",
    "name",
    "start_date",
    "start_date:edtf",
    "end_date",
    "end_date:edtf",
    "start_event",
    "controlled_by",
    "is_in:country",
    "wikidata:country",
    "claimed_by",
    "source",
    "source:url",
    "license",
    "attribution",
    "ref:sovietpacific",
    "sovietpacific:view",
    "sovietpacific:standing",
    "sovietpacific:holder",
    "sovietpacific:certainty",
    "sovietpacific:seen",
    "sovietpacific:note",
    "sovietpacific:version",
)


def historical_map_layer(selection: Selection) -> Layer:
    """Return a layer with a row of tags per tenure; a key that does not apply is missing.

    Who holds stands in `controlled_by` in the view `control`, in `is_in:country` in every other.
    """
    held = list(list_tenures(selection))
    languages = sorted(selection.atlas.records.look.languages_of_tracts())
    keys = [*TAGS, *(f"name:{language}" for language in languages)]
    return Layer(
        name="boundaries",
        columns=dict.fromkeys(keys, TEXT),
        rows=[{**dict.fromkeys(keys), **_tags(one, selection)} for one in held],
        geometries=[selection.shape(one.tract.id) for one in held],
        ids=[one.id for one in held],
    )


def _tags(held: Held, selection: Selection) -> dict[str, str]:
    records, tract, tenure = selection.atlas.records, held.tract, held.tenure
    has_no_act = tenure.instrument in NO_ACTS
    tags = {
        "type": "boundary",
        "boundary": "disputed" if tenure.standing == "contested" else "administrative",
        "name": tract.name,
        "start_date": held.since.isoformat(),
        "start_date:edtf": _edtf(held.begins),
        "end_date": held.until.isoformat() if held.until else "",
        "end_date:edtf": _edtf(held.ends),
        "start_event": "" if has_no_act else records.instruments[tenure.instrument].name,
        **_parties(held, records),
        **_sources(held, records),
        "license": "ODbL-1.0",
        "attribution": selection.atlas.credit,
        "ref:sovietpacific": held.id,
        "sovietpacific:view": held.view,
        "sovietpacific:standing": tenure.standing,
        "sovietpacific:holder": held.hold.holder,
        "sovietpacific:certainty": tenure.certainty,
        "sovietpacific:seen": "yes" if tenure.seen else "no",
        "sovietpacific:note": tenure.note,
        "sovietpacific:version": selection.atlas.version,
        **{f"name:{language}": name for language, name in sorted(tract.names.items())},
    }
    return {key: value for key, value in tags.items() if value}


def _parties(held: Held, records: Records) -> dict[str, str]:
    """Return the tags that say who held the land, and who claimed it meanwhile."""
    polities = [records.polities[key] for key in held.hold.polities]
    codes = [polity.codes["wikidata"] for polity in polities if "wikidata" in polity.codes]
    claimants = {
        claim.claimant
        for claim in held.tract.claims
        if spans_meet(held.since, held.until, claim.since, claim.until)
    }
    holders = "controlled_by" if held.view == "control" else "is_in:country"
    return {
        holders: ";".join(polity.name for polity in polities),
        "wikidata:country": ";".join(codes),
        "claimed_by": ";".join(_name_of(claimant, records) for claimant in sorted(claimants)),
    }


def _sources(held: Held, records: Records) -> dict[str, str]:
    """Return the tags that say what a tenure was taken from."""
    cited = [cited_source(text, records) for text in held.tenure.sources]
    addresses = {source.id: source.url for source, _ in cited}.values()
    return {
        "source": ";".join(citation.replace(";", ",") for _, citation in cited),
        "source:url": ";".join(address for address in addresses if address),
    }


def _edtf(limits: DayLimits | None) -> str:
    """Return the limits of a day that is uncertain, an empty text for one that is known."""
    if limits is None or (
        limits.earliest == limits.latest and not (limits.approximate or limits.uncertain)
    ):
        return ""
    return str(limits)


def _name_of(claimant: str, records: Records) -> str:
    return (
        records.polities[claimant].name
        if claimant in records.polities
        else records.lineages[claimant]
    )
