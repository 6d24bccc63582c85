"""Write the gazetteer in the Linked Places format: every name with its years and its source, and
who held the place when.

Knows the gazetteer and nothing of layers: a place is no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sovietpacific.answers.words import exports as words
from sovietpacific.answers.words.wording import text
from sovietpacific.dates import DayLimits, day_before
from sovietpacific.exports.citing import cited_source
from sovietpacific.exports.selection import Selection
from sovietpacific.facts.places import NamedPlace, PlaceName
from sovietpacific.facts.records import UNTOLD, Records

#: Where the words of the format are defined; a name, which nothing here opens.
CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)

#: GeoNames classes by kind of place: P populated places, S sites, T land forms.
FEATURE_CLASSES = {
    **dict.fromkeys(("city", "town", "village"), "P"),
    **dict.fromkeys(("station", "site"), "S"),
    **dict.fromkeys(("island", "rock", "cape", "mountain", "pass"), "T"),
}

#: The words of the format for how certain a statement is.
CERTAINTY_WORDS = {"firm": "certain", "probable": "less-certain", "approximate": "uncertain"}


def place_features(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield a feature per place of the selected tracts, sorted by id.

    In this format both ends of a span belong to it, and a span without an end is as long as its
    start: one that is still open ends with the edition of the facts.
    """
    atlas = selection.atlas
    tracts = {tract.id for tract in selection.tracts}
    for key, place in sorted(atlas.records.places.items()):
        if place.tract in tracts:
            relations = [
                told
                for view in selection.views
                for told in _relations(place.tract, view, selection)
            ]
            untold = [
                words for view in selection.views for words in _untold(place.tract, view, selection)
            ]
            described = [*([place.note] if place.note else []), *untold]
            yield _feature(key, place, relations, described, selection)


def _feature(
    key: str,
    place: NamedPlace,
    relations: list[dict[str, Any]],
    described: list[str],
    selection: Selection,
) -> dict[str, Any]:
    atlas = selection.atlas
    holders = atlas.time.hold(place.tract, "sovereignty", atlas.as_of).polities
    codes = sorted(
        {
            code
            for holder in holders
            if (code := atlas.records.polities[holder].codes.get("iso_3166_1"))
        }
    )
    return {
        "@id": f"urn:sovietpacific:place:{key}",
        "type": "Feature",
        "properties": {
            "title": place.name,
            "ccodes": codes,
            "fclasses": [FEATURE_CLASSES[place.kind]],
            "tract": place.tract,
            "version": atlas.version,
        },
        "names": [_name(name, atlas.as_of.year) for name in place.names],
        "types": [{"label": place.kind, "sourceLabels": [{"label": place.kind, "lang": "en"}]}],
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "type": "Point",
                    "coordinates": [place.lon, place.lat],
                    "certainty": "certain" if place.accuracy_km <= 1 else "less-certain",
                    "citations": [{"label": place.source}],
                }
            ],
        },
        "relations": relations,
        **(
            {"descriptions": [{"value": words, "lang": "en"} for words in described]}
            if described
            else {}
        ),
    }


def _name(name: PlaceName, last_year: int) -> dict[str, Any]:
    language = {"latn": "und-Latn"}.get(name.language, name.language)
    told: dict[str, Any] = {
        "toponym": name.text,
        "lang": language,
        "citations": [{"label": name.source}],
    }
    if name.since is None and name.until is None:
        return told
    start = {"latest": f"{name.until:04d}"} if name.since is None else {"in": f"{name.since:04d}"}
    end = {"in": f"{last_year if name.until is None else name.until:04d}"}
    certainty = {"certainty": "certain" if name.seen else "uncertain"}
    return {**told, "when": {"timespans": [{"start": start, "end": end}], **certainty}}


def _relations(tract: str, view: str, selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield a relation per span and polity that held the land of `tract`.

    Land that was nobody's, or is not told, has none.
    """
    records, as_of = selection.atlas.records, selection.atlas.as_of
    for span, after in pairwise([*selection.atlas.time.spans(tract, view), None]):
        if span is None or not selection.holds_any(span.since, span.until):
            continue
        tenure = span.hold.tenure
        ends = DayLimits(as_of, as_of) if after is None else after.begins.day_before()
        for polity in span.hold.polities:
            yield {
                "relationType": "gvp:broaderPartitive",
                "relationTo": _address(polity, records),
                "label": text(words.held(view, records.polities[polity].name, tenure.standing)),
                "when": {"timespans": [{"start": _day(span.begins), "end": _day(ends)}]},
                "citations": [_citation(source, records) for source in tenure.sources],
                "certainty": CERTAINTY_WORDS[tenure.certainty] if tenure.seen else "uncertain",
            }


def _untold(tract: str, view: str, selection: Selection) -> Iterator[str]:
    """Yield words for each span in which it is not told who held the land of `tract`, and why."""
    for hold in selection.atlas.time.holds(tract, view):
        if hold.tenure.standing == UNTOLD and selection.holds_any(hold.tenure.since, hold.until):
            last = day_before(hold.until) if hold.until else selection.atlas.as_of
            yield text(words.not_told(view, hold.tenure.since, last, hold.tenure.note))


def _day(limits: DayLimits) -> dict[str, str]:
    if limits.earliest == limits.latest:
        return {"in": f"{limits.earliest}{limits.mark}"}
    ends = {"earliest": limits.earliest, "latest": limits.latest}
    return {name: f"{day}{limits.mark}" for name, day in ends.items() if day}


def _address(polity: str, records: Records) -> str:
    code = records.polities[polity].codes.get("wikidata")
    return f"wd:{code}" if code else f"urn:sovietpacific:polity:{polity}"


def _citation(text: str, records: Records) -> dict[str, str]:
    source, label = cited_source(text, records)
    return {"label": label, **({"@id": source.url} if source.url else {})}
