"""What is exported says of every tract and day what the atlas says, by the rule of each layout for
the end of a span.
"""

from __future__ import annotations

import doctest
import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import shapely

import sovietpacific as sp
from sovietpacific import Atlas, export
from sovietpacific.dates import parse_edtf
from sovietpacific.errors import (
    DayError,
    OptionError,
    SovietPacificError,
    UnknownPlaceError,
    ViewError,
)
from sovietpacific.exports import LAYOUTS
from tests.support.exporting import (
    Reader,
    days_around,
    has_gdal,
    held_half_open,
    held_inclusive,
    read_with_duckdb,
    read_with_gdal,
    read_with_pyogrio,
)

#: Hand-overs of one island each, in the view a layout shows by itself: Urup was taken on 31 August
#: 1945.
TAKEN = date(1945, 8, 31)
READERS: dict[str, Reader] = {
    "pyogrio": read_with_pyogrio,
    "duckdb": read_with_duckdb,
    "gdal": read_with_gdal,
}
needs_gdal = pytest.mark.skipif(
    not has_gdal(), reason="GDAL's programs are not installed (apt-get install gdal-bin)"
)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Export the Kurils in every layout and form, coarsely."""
    folder = tmp_path_factory.mktemp("exports")
    return {
        (layout, ending): export(
            folder / f"{layout}{ending}", layout, region="kurils", detail="light", view=view
        )
        for layout, endings in LAYOUTS.items()
        for ending in endings
        for view in ["control" if layout != "tracts" else None]
    }


def _readings(layout: str, *without: str) -> list[Any]:
    """Pair each form of a layout with the readers that can read it."""
    able = {
        "pyogrio": {".geojson", ".gpkg", ".topojson", ".csv"},
        "duckdb": {".geojson", ".parquet", ".csv"},
        "gdal": {".geojson", ".gpkg", ".topojson", ".csv"},
    }
    return [
        pytest.param(
            ending, reader, marks=needs_gdal if reader == "gdal" else (), id=f"{ending}-{reader}"
        )
        for ending in LAYOUTS[layout]
        for reader in READERS
        if ending in able[reader] and ending not in without
    ]


@pytest.mark.parametrize(("ending", "reader"), _readings("tenures"))
def test_a_tenure_holds_up_to_the_day_before_its_until(
    files: dict[tuple[str, str], Path], atlas: Atlas, ending: str, reader: str
) -> None:
    rows = [row for row in READERS[reader](files["tenures", ending]) if row["tract"] == "urup"]
    for day, holder in zip(days_around(TAKEN), ("japan", "russia", "russia"), strict=True):
        (row,) = held_half_open(rows, day)
        assert (
            row["holder"]
            == holder
            == sp.sovereignty_of("urup", day, atlas=atlas).control.lineages[0]
        )
    (taken,) = held_half_open(rows, TAKEN)
    assert (taken["since"], taken["since_edtf"], taken["certainty"]) == (
        "1945-08-31",
        "[1945-08-28..1945-08-31]",
        "probable",
    )
    (open_row,) = held_half_open(rows, atlas.as_of)
    assert open_row["until"] is None


@pytest.mark.parametrize(("ending", "reader"), _readings("openhistoricalmap"))
def test_end_date_of_openhistoricalmap_is_the_first_day_no_longer_held(
    files: dict[tuple[str, str], Path], ending: str, reader: str
) -> None:
    rows = [
        row for row in READERS[reader](files["openhistoricalmap", ending]) if row["name"] == "Urup"
    ]
    names = []
    for day in days_around(TAKEN):
        (row,) = held_half_open(rows, day, "start_date", "end_date")
        names.append(row["controlled_by"])
    assert names == ["Empire of Japan", "Soviet Union", "Soviet Union"]
    (before,) = held_half_open(rows, days_around(TAKEN)[0], "start_date", "end_date")
    (after,) = held_half_open(rows, TAKEN, "start_date", "end_date")
    assert before["end_date"] == after["start_date"] == "1945-08-31"
    assert before["end_date:edtf"] == after["start_date:edtf"] == "[1945-08-28..1945-08-31]"


@pytest.mark.parametrize(("ending", "reader"), _readings("cshapes"))
def test_end_of_cshapes_is_the_last_day_held(
    files: dict[tuple[str, str], Path], ending: str, reader: str
) -> None:
    rows = [
        row
        for row in READERS[reader](files["cshapes", ending])
        if "urup" in row["tracts"].split("; ")
    ]
    codes = []
    for day in days_around(TAKEN):
        (row,) = held_inclusive(rows, day)
        codes.append(int(row["gwcode"]))
    assert codes == [740, 365, 365]
    (before,) = held_inclusive(rows, days_around(TAKEN)[0])
    assert before["end"] == "1945-08-30"
    assert (
        before["end_edtf"] == "[1945-08-27..1945-08-30]"
    )  # the day before each of the days it may have been


@pytest.mark.parametrize("ending", LAYOUTS["tracts"])
def test_the_history_inside_a_tract_is_half_open(
    files: dict[tuple[str, str], Path], ending: str
) -> None:
    document = json.loads(files["tracts", ending].read_text(encoding="utf-8"))
    features = (
        document["features"]
        if ending == ".geojson"
        else document["objects"]["tracts"]["geometries"]
    )
    (urup,) = (feature for feature in features if feature["id"] == "urup")
    assert list(urup["properties"])[5:8] == ["control", "sovereignty", "title"]
    held = [held_half_open(urup["properties"]["control"], day) for day in days_around(TAKEN)]
    assert [[row["holder"] for row in rows] for rows in held] == [["japan"], ["russia"], ["russia"]]
    assert held[1][0]["since_earliest"] == "1945-08-28"
    assert {claim["claimant"] for claim in urup["properties"]["claims"]} <= {
        "japan",
        "russia",
        "usa",
    }


@pytest.mark.parametrize(
    "reader", [pytest.param(name, marks=needs_gdal if name == "gdal" else ()) for name in READERS]
)
def test_other_readers_find_the_history_inside_a_tract_and_the_places(
    files: dict[tuple[str, str], Path], reader: str
) -> None:
    rows = {row["tract"]: row for row in READERS[reader](files["tracts", ".geojson"])}
    assert {"urup", "iturup", "shumshu"} <= rows.keys()
    told = rows["urup"]["control"]
    history = json.loads(told) if isinstance(told, str) else told
    held = [held_half_open(history, day) for day in days_around(TAKEN)]
    assert [[row["holder"] for row in found] for found in held] == [
        ["japan"],
        ["russia"],
        ["russia"],
    ]
    places = {row["title"]: row for row in READERS[reader](files["linked-places", ".geojson"])}
    assert places["Urup"]["tract"] == "urup"


@pytest.mark.parametrize("ending", LAYOUTS["linked-places"])
def test_both_ends_of_a_span_of_linked_places_belong_to_it(
    files: dict[tuple[str, str], Path], atlas: Atlas, ending: str
) -> None:
    document = json.loads(files["linked-places", ending].read_text(encoding="utf-8"))
    assert document["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    (place,) = (
        feature
        for feature in document["features"]
        if feature["@id"] == "urn:sovietpacific:place:urup"
    )
    told = {relation["label"]: relation["when"]["timespans"][0] for relation in place["relations"]}
    before, after = (
        told["control: Empire of Japan (sovereign)"],
        told["control: Soviet Union (occupied)"],
    )
    assert before["end"] == {"earliest": "1945-08-27", "latest": "1945-08-30"}
    assert after["start"] == {"earliest": "1945-08-28", "latest": "1945-08-31"}
    last = place["relations"][-1]["when"]["timespans"][0]
    assert last["end"] == {
        "in": atlas.as_of.isoformat()
    }  # a span without an end would be as long as its start
    assert [geometry["type"] for geometry in place["geometry"]["geometries"]] == ["Point"]


def test_linked_places_have_what_the_format_requires(files: dict[tuple[str, str], Path]) -> None:
    document = json.loads(files["linked-places", ".jsonld"].read_text(encoding="utf-8"))
    assert len(document["features"]) > 40
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["title"]
        assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
        assert feature["names"]
        assert all(name["citations"][0]["label"] for name in feature["names"])
        for name in feature["names"]:
            for span in name.get("when", {"timespans": []})["timespans"]:
                assert set(span) == {"start", "end"}


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".topojson"])
def test_the_shapes_read_back_are_the_shapes_of_the_atlas(
    files: dict[tuple[str, str], Path], atlas: Atlas, ending: str
) -> None:
    import pyogrio

    frame = pyogrio.read_dataframe(files["tenures", ending], layer="tenures")
    if ending != ".topojson":  # which has no place for it
        assert frame.crs.to_epsg() == 4326
    for tract, shape in frame.groupby("tract").geometry.first().items():
        assert shapely.equals(
            shapely.normalize(shape), shapely.normalize(atlas.shapes.of(str(tract), "light"))
        )


def test_geoparquet_is_read_by_geopandas_with_days_and_coordinates(
    files: dict[tuple[str, str], Path], atlas: Atlas
) -> None:
    import geopandas
    import pyarrow.parquet as parquet

    frame = geopandas.read_parquet(files["tenures", ".parquet"])
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    assert frame["since"].iloc[0] == date(1855, 1, 1)
    assert frame.geometry.is_valid.all()
    metadata = parquet.read_schema(files["tenures", ".parquet"]).metadata
    assert metadata[b"version"].decode() == atlas.version
    assert b"OpenStreetMap" in metadata[b"credit"]
    assert b"GeoNames" in metadata[b"credit"]


def test_geojson_is_as_rfc_7946_has_it(files: dict[tuple[str, str], Path]) -> None:
    document = json.loads(files["tenures", ".geojson"].read_text(encoding="utf-8"))
    assert "crs" not in document
    ids = [feature["id"] for feature in document["features"]]
    assert len(set(ids)) == len(ids)
    for feature in document["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert feature["bbox"] == pytest.approx(shape.bounds, abs=1e-6)
        assert all(part.exterior.is_ccw for part in shapely.get_parts(shape))


def test_what_an_export_says_of_itself_names_view_version_and_credit(
    files: dict[tuple[str, str], Path], atlas: Atlas
) -> None:
    for layout, ending in (
        ("tenures", ".geojson"),
        ("tenures", ".topojson"),
        ("tracts", ".geojson"),
        ("linked-places", ".json"),
    ):
        about = json.loads(files[layout, ending].read_text(encoding="utf-8"))["about"]
        assert about["version"] == atlas.version
        assert about["region"] == "kurils"
        assert "OpenStreetMap" in about["credit"]
        assert "GeoNames (CC BY 4.0)" in about["credit"]
        assert "CC-BY-4.0" in about["licence"]
        assert about["view"] == ("control, sovereignty, title" if layout == "tracts" else "control")


def test_a_geopackage_has_lines_places_and_registers_too(
    files: dict[tuple[str, str], Path], atlas: Atlas
) -> None:
    import pyogrio

    layers = dict(pyogrio.list_layers(files["tenures", ".gpkg"]).tolist())
    assert list(layers) == [
        "tenures",
        "lines",
        "places",
        "instruments",
        "polities",
        "sources",
        "layer_styles",
    ]
    assert [layers[name] for name in ("tenures", "lines", "places", "sources")] == [
        "MultiPolygon",
        "MultiLineString",
        "Point",
        None,
    ]
    acts = {
        row["instrument"] for row in read_with_pyogrio(files["tenures", ".gpkg"], "instruments")
    }
    assert acts == set(atlas.records.instruments)
    lines = {row["line"] for row in read_with_pyogrio(files["tenures", ".gpkg"], "lines")}
    assert lines == {"first-kuril-strait", "iturup-urup-strait", "nemuro-strait"}


def test_qgis_finds_a_colour_for_every_holder_and_spans_to_play_in_a_geopackage(
    tmp_path: Path,
) -> None:
    package = export(tmp_path / "all.gpkg", view="all", region="korea", detail="light")
    with closing(sqlite3.connect(package)) as base:
        (geometry,) = set(base.execute("select column_name from gpkg_geometry_columns").fetchall())
        styles = base.execute(
            "select f_table_name, f_geometry_column, styleQML from layer_styles where useAsDefault = 1"
        ).fetchall()
        assert [name for name, *_ in styles] == [
            "tenures_control",
            "tenures_sovereignty",
            "tenures_title",
            "lines",
        ]
        for name, column, text in styles:
            assert (column,) == geometry
            style = ElementTree.fromstring(text)
            temporal = style.find("temporal")
            assert temporal is not None
            assert temporal.attrib["enabled"] == "1"
            assert (temporal.attrib["startField"], temporal.attrib["endField"]) == (
                "since",
                "until",
            )
            assert (
                temporal.attrib["limitMode"] == "0"
            )  # the start belongs to the span, the end does not
            if name != "lines":
                holders = {
                    holder for (holder,) in base.execute(f"select distinct holder from {name}")
                }
                assert {found.attrib["value"] for found in style.iter("category")} == holders
                assert len(list(style.iter("symbol"))) == len(holders)
    assert {"", "japan|rok"} <= holders  # of title, whose layer comes last


def test_views_lie_in_layers_of_their_own_in_a_geopackage_and_together_elsewhere(
    tmp_path: Path,
) -> None:
    import pyogrio

    package = export(tmp_path / "all.gpkg", view="all", region="kurils.south", detail="light")
    names = [name for name, _ in pyogrio.list_layers(package).tolist()]
    assert names[:3] == ["tenures_control", "tenures_sovereignty", "tenures_title"]
    table = read_with_duckdb(export(tmp_path / "all.csv", view="all", region="kurils.south"))
    assert {row["view"] for row in table} == {"control", "sovereignty", "title"}


def test_the_days_of_every_tenure_are_those_of_the_atlas(tmp_path: Path, atlas: Atlas) -> None:
    """Ask at every change, on the day before, the day and the day after, in every view and for
    every tract.
    """
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in read_with_duckdb(export(tmp_path / "all.csv", view="all")):
        rows.setdefault((row["tract"], row["view"]), []).append(row)
    assert len(rows) == 3 * sum(tract.judged for tract in atlas.tracts.values())
    for (tract, view), told in rows.items():
        for row in told[1:]:
            for day in days_around(date.fromisoformat(row["since"])):
                (held,) = held_half_open(told, day)
                hold = atlas.time.hold(tract, view, day)
                assert ((held["holder"] or ""), held["standing"], held["since"]) == (
                    hold.holder,
                    hold.tenure.standing,
                    hold.tenure.since.isoformat(),
                )


@pytest.mark.parametrize("view", ["control", "sovereignty", "japan"])
def test_the_states_of_cshapes_make_up_the_map_of_every_day(
    tmp_path: Path, atlas: Atlas, view: str
) -> None:
    told = read_with_duckdb(export(tmp_path / "states.csv", "cshapes", region="korea", view=view))
    edges = {date.fromisoformat(row["start"]) for row in told}
    first = min(edges)
    for edge in sorted(edges):
        for day in days_around(edge):
            if day < first:
                continue
            held = {
                tract: (row["holder"] or "", row["polity"] or "", row["status"])
                for row in held_inclusive(told, day)
                for tract in row["tracts"].split("; ")
            }
            holds = {
                tract.id: atlas.time.hold(tract.id, view, day)
                for tract in atlas.tracts.values()
                if tract.lies_in("korea")
            }
            shown = {
                key: (hold.holder, "; ".join(hold.polities), hold.tenure.standing)
                for key, hold in holds.items()
            }
            assert held == shown
            assert sum(len(row["tracts"].split("; ")) for row in held_inclusive(told, day)) == len(
                shown
            )


def test_states_are_told_once_for_every_extent_they_had(tmp_path: Path) -> None:
    rows = read_with_duckdb(export(tmp_path / "states.csv", "cshapes", region="korea"))
    south = [(row["start"], row["end"]) for row in rows if row["polity"] == "republic-of-korea"]
    assert [start for start, _ in south] == ["1948-08-15", "1953-07-27"]
    assert south[0][1] == "1953-07-26"
    japan = next(row for row in rows if row["start"] == "1910-08-29")
    assert (japan["gwcode"], japan["owner"], japan["status"]) == (740, 740, "sovereign")
    nobodys = [row for row in rows if row["status"] == "unassigned"]
    assert {row["gwcode"] for row in nobodys} == {None}


def test_a_lease_names_its_owner(tmp_path: Path) -> None:
    rows = read_with_duckdb(
        export(tmp_path / "k.csv", "cshapes", region="manchuria.liaodong.kwantung", view="control")
    )
    (lease,) = (
        row for row in held_inclusive(rows, date(1930, 1, 1)) if "port-arthur" in row["tracts"]
    )
    assert (lease["gwcode"], lease["owner"], lease["status"]) == (740, 710, "leased")


def test_every_layout_carries_certainty_and_the_limits_of_days(tmp_path: Path) -> None:
    options: dict[str, Any] = {
        "region": "manchuria.heilongjiang",
        "view": "control",
        "detail": "light",
    }
    heihe = "[1945-08-10..1945-08-13]"
    tenures = read_with_duckdb(export(tmp_path / "t.parquet", **options))
    (row,) = (row for row in tenures if row["tract"] == "heihe" and row["since"] == "1945-08-13")
    assert (row["since_edtf"], row["since_earliest"], row["since_latest"]) == (
        heihe,
        "1945-08-10",
        "1945-08-13",
    )
    assert (row["certainty"], row["seen"]) == ("approximate", True)
    for layout, ending in (
        ("tracts", ".geojson"),
        ("openhistoricalmap", ".geojson"),
        ("cshapes", ".geojson"),
    ):
        assert heihe in export(tmp_path / f"{layout}{ending}", layout, **options).read_text(
            encoding="utf-8"
        )
    places = export(tmp_path / "p.jsonld", "linked-places", **options).read_text(encoding="utf-8")
    assert '"start": {"earliest": "1945-08-10", "latest": "1945-08-13"}'.replace(
        " ", ""
    ) in places.replace(" ", "")


def test_limits_written_are_edtf_that_allows_the_day(tmp_path: Path) -> None:
    rows = read_with_duckdb(export(tmp_path / "all.csv", view="all"))
    uncertain = 0
    for row in rows:
        limits = parse_edtf(row["since_edtf"])
        assert limits.allow(date.fromisoformat(row["since"]))
        uncertain += limits.earliest != limits.latest
    assert uncertain > 1000
    assert {row["since_edtf"] for row in rows if row["instrument"] == "series-start"} == {
        "[..1855-01-01]"
    }


def test_a_map_of_one_state_is_told_from_its_first_day(tmp_path: Path, atlas: Atlas) -> None:
    rows = read_with_duckdb(export(tmp_path / "dprk.csv", view="dprk", region="korea"))
    assert (
        min(row["since"] for row in rows)
        == atlas.time.first_day("dprk").isoformat()
        == "1948-09-09"
    )
    assert {
        row["since_edtf"]
        for row in rows
        if row["since"] == "1948-09-09" and row["tract"] == "seoul"
    } <= {
        "[..1948-09-09]",
        "1948-09-09",
    }


def test_since_and_until_keep_what_held_in_between_and_cut_nothing(tmp_path: Path) -> None:
    rows = read_with_duckdb(
        export(tmp_path / "war.csv", region="kurils", since="1945-08-31", until="1945-09-01")
    )
    assert [row["since"] for row in rows if row["tract"] == "urup"] == ["1945-08-31"]
    before = read_with_duckdb(
        export(tmp_path / "war.csv", region="kurils", since="1945-08-30", until="1945-08-31")
    )
    assert [row["until"] for row in before if row["tract"] == "urup"] == ["1945-08-31"]


@pytest.mark.parametrize(
    ("layout", "ending"),
    [(layout, ending) for layout, endings in LAYOUTS.items() for ending in endings],
)
def test_the_same_export_gives_the_same_bytes(
    files: dict[tuple[str, str], Path], tmp_path: Path, layout: str, ending: str
) -> None:
    view = "control" if layout != "tracts" else None
    again = export(tmp_path / f"again{ending}", layout, region="kurils", detail="light", view=view)
    assert again.read_bytes() == files[layout, ending].read_bytes()


@pytest.mark.parametrize("ending", LAYOUTS["tenures"])
def test_nothing_lies_beside_an_export(tmp_path: Path, ending: str) -> None:
    made = export(tmp_path / f"x{ending}", region="kurils.south", detail="light")
    assert list(tmp_path.iterdir()) == [made]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (
            {"path": "x.shp"},
            OptionError,
            r"'x\.shp' does not end as a file of the layout 'tenures' does; allowed: \.geojson, \.gpkg",
        ),
        ({"path": "x.csv", "layout": "tracts"}, OptionError, r"allowed: \.geojson, \.topojson"),
        (
            {"path": "x.gpkg", "layout": "shapefile"},
            OptionError,
            "'shapefile' is not a layout; allowed: tenures, tracts",
        ),
        (
            {"path": "x.csv", "view": "legal"},
            ViewError,
            "'legal' is not a view; allowed: control.*, all",
        ),
        ({"path": "x.csv", "region": "korea.nowhere"}, UnknownPlaceError, "korea.nowhere"),
        ({"path": "x.csv", "since": "1945"}, DayError, "'1945' is not a day"),
        (
            {"path": "x.csv", "since": "1945-08-31", "until": "1945-08-31"},
            DayError,
            "until = 1945-08-31 is not after",
        ),
        (
            {"path": "x.csv", "detail": "rough"},
            OptionError,
            "'rough' is not a detail; allowed: fine, light",
        ),
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_written(
    tmp_path: Path, options: dict[str, Any], error: type[SovietPacificError], words: str
) -> None:
    target = tmp_path / str(options["path"])
    target.write_text("kept", encoding="utf-8")
    with pytest.raises(error, match=words):
        export(**{**options, "path": target})
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["kept"]


def test_topojson_without_its_package_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "topojson.core.topology", None)
    with pytest.raises(
        SovietPacificError, match=r"pip install 'sovietpacific\[topojson\]', or write a \.geojson"
    ):
        export(tmp_path / "x.topojson", region="kurils.south", detail="light")
    assert not list(tmp_path.iterdir())


def test_a_geopackage_that_cannot_be_written_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        export(tmp_path / "file" / "x.gpkg", region="kurils.south", detail="light")


@needs_gdal
def test_gdal_finds_the_days_of_a_geopackage_as_dates(files: dict[tuple[str, str], Path]) -> None:
    told = subprocess.run(
        ["ogrinfo", "-so", str(files["tenures", ".gpkg"]), "tenures"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "since: Date" in told
    assert "until: Date" in told
    assert "seen: Integer(Boolean)" in told


def test_the_page_on_exports_says_what_is_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = str(root / "docs" / "exports.md")
    ran = doctest.testfile(
        page, module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
    )
    assert (ran.failed, ran.attempted >= 6) == (0, True)
    told = (root / "docs" / "exports.md").read_text(encoding="utf-8")
    for layout, endings in LAYOUTS.items():
        row = next(line for line in told.splitlines() if line.startswith(f"| `{layout}`"))
        assert " ".join(f"`{ending}`" for ending in endings) in row


def test_an_ending_that_nothing_writes_is_refused_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LAYOUTS, "tenures", (*LAYOUTS["tenures"], ".kml"))
    with pytest.raises(OptionError, match=r"nothing writes tenures into \.kml; allowed: \.geojson"):
        export(tmp_path / "atlas.kml", region="kurils")
    assert not list(tmp_path.iterdir())
