"""The land on disk: valid, gapless, cut where it should be, each town on its own bank, each island
of its right size.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.builder.base import read_ring
from sovietpacific.builder.checks import check_areas, check_coverage
from sovietpacific.builder.noding import area_km2, edge_table, faces_of, shared_lengths
from sovietpacific.errors import SeedError

DATA = Path(__file__).parents[1] / "data"
SEEDS = Path(__file__).parents[2] / "seeds"

#: Which towns lie on the wrong bank, and why: at most two of 81.
WRONG_BANK = {"Dangbizhen": "its coordinate is doubtful, 330 m from the border at Lake Khanka"}

#: The country the base layer gives the land of a region to; tracts that differ stand after.
COUNTRIES = {
    "manchuria": "CHN",
    "china": "CHN",
    "japan": "JPN",
    "sakhalin": "RUS",
    "kurils": "RUS",
    "amur": "RUS",
    "siberia": "RUS",
    "korea": "KOR",
    "korea.north": "PRK",
    "korea.south-to-north": "PRK",
}
TRACT_COUNTRIES = {
    **dict.fromkeys(("heixiazi-west", "tarabarov", "zhenbao", "tianchi"), "CHN"),
    **dict.fromkeys(("dmz-north-west", "dmz-north-east", "cho-do", "chonji"), "PRK"),
    "tuva": "RUS",
    "outer-mongolia": "MNG",
}


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def country_of(region: str) -> str:
    return COUNTRIES.get(region) or country_of(region.rpartition(".")[0])


@pytest.fixture(scope="module")
def shapes(atlas: Atlas) -> dict[str, Any]:
    frame = sp.tracts_at("2026-01-01", atlas=atlas)
    return dict(zip(frame["tract"], frame.geometry, strict=True))


def test_every_town_lies_on_its_own_bank(atlas: Atlas) -> None:
    wrong = set()
    for town in rows_of("towns.csv"):
        tract = sp.sovereignty_of(
            (float(town["lon"]), float(town["lat"])), "2026-01-01", atlas=atlas
        ).tract
        country = TRACT_COUNTRIES.get(tract) or country_of(atlas.tracts[tract].region)
        if country != town["country"]:
            wrong.add(town["name"])
    assert wrong == set(WRONG_BANK)
    assert len(WRONG_BANK) <= 2


def test_every_island_has_its_published_size_or_a_reason(atlas: Atlas) -> None:
    reasons = {row["tract"]: row["reason"] for row in rows_of("areas.csv")}
    off = {
        key
        for key, tract in atlas.tracts.items()
        if tract.published_km2 and abs(tract.area_km2 / tract.published_km2 - 1) > 0.05
    }
    assert off == set(reasons)
    assert all(reasons.values())


def test_every_kuril_island_of_the_list_is_a_tract_of_its_own(atlas: Atlas) -> None:
    north, south = (
        {key for key, tract in atlas.tracts.items() if tract.lies_in(region)}
        for region in ("kurils.north", "kurils.south")
    )
    assert len(north) == 20
    assert south == {
        "iturup",
        "kunashir",
        "shikotan",
        "tanfilyev",
        "yuri",
        "anuchin",
        "polonsky",
        "zeleny",
        "demin",
        "signalny",
    }


@pytest.mark.parametrize(
    ("north", "south", "parallel"),
    [
        ("sakhalin-north", "pobedino", 50.0),
        ("haeju", "yeonan", 38.0),
        ("haeju", "ongjin", 38.0),
        ("inje", "chuncheon", 38.0),
        ("dmz-south-east", "dmz-south-west", 38.0),
    ],
)
def test_land_is_cut_exactly_on_the_parallel(
    shapes: dict[str, Any], north: str, south: str, parallel: float
) -> None:
    assert shapes[north].bounds[1] == parallel
    assert shapes[south].bounds[3] == parallel
    shared = shapely.intersection(shapes[north], shapes[south])
    assert shared.length > 0.03
    assert set(shapely.get_coordinates(shared)[:, 1]) == {parallel}


def test_the_outline_of_manchukuo_is_of_one_piece(shapes: dict[str, Any], atlas: Atlas) -> None:
    tracts = [key for key, tract in atlas.tracts.items() if tract.lies_in("manchuria")]
    parts = shapely.get_parts(shapely.coverage_union_all([shapes[key] for key in tracts]))
    assert max(map(area_km2, parts)) / sum(map(area_km2, parts)) > 0.998


def test_fine_and_light_shapes_are_valid_coverages(atlas: Atlas) -> None:
    for detail in ("fine", "light"):
        frame = sp.borders_at("1945-09-02", detail=detail, context=True, atlas=atlas)
        assert shapely.is_valid(frame.geometry.to_numpy()).all()
        assert shapely.coverage_is_valid(frame.geometry.to_numpy())


def test_no_tract_is_lost_in_the_light_shapes(atlas: Atlas) -> None:
    light = sp.tracts_at("2026-01-01", detail="light", atlas=atlas)
    assert not light.geometry.is_empty.any()
    assert set(light["tract"]) == {key for key, tract in atlas.tracts.items() if tract.judged}


def test_a_gap_an_overlap_and_a_wrong_sum_are_found() -> None:
    squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], object)
    areas = np.array([area_km2(square) for square in squares])
    assert check_coverage("squares", ["a", "b"], squares, areas) == []
    overlapping = np.array([squares[0], shapely.box(0.9, 0, 2, 1)], object)
    assert "overlap or do not meet" in check_coverage("squares", ["a", "b"], overlapping, areas)[0]
    assert "sum up to" in check_coverage("squares", ["a", "b"], squares, areas * 1.001)[0]
    bow = np.array([shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), squares[1]], object)
    assert (
        "the shape of a is Self-intersection"
        in check_coverage("squares", ["a", "b"], bow, areas)[0]
    )


def test_a_country_that_runs_into_its_neighbour_is_found() -> None:
    assert check_areas({"tuva": 168_604.0}, {"tuva": "tuva-region"}) == []
    assert "Tuva has 200000 km²" in check_areas({"tuva": 200_000.0}, {"tuva": "tuva-region"})[0]


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=6, unique=True))
def test_lines_across_a_square_cut_it_without_loss(cuts: list[float]) -> None:
    faces = faces_of(
        [
            shapely.box(0, 0, 1, 1).exterior,
            *(shapely.LineString([(x, -0.1), (1 - x / 3, 1.1)]) for x in cuts),
        ]
    )
    assert shapely.coverage_is_valid(faces)
    assert abs(sum(face.area for face in faces) - 1) < 1e-9
    segments, pairs = edge_table(faces)
    assert len(segments) == len(pairs)
    assert (pairs[:, 0] < pairs[:, 1]).all()


def test_shared_edges_are_measured_on_parts_of_multipolygons_too() -> None:
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    assert shared_lengths([two, shapely.box(1, 0, 2, 1)])[0][1] == pytest.approx(1)


def test_edges_follow_named_lines(atlas: Atlas) -> None:
    rows = sp.lines_at("1990-01-01", atlas=atlas).to_dict("records")
    regions = {key: tract.region.split(".")[0] for key, tract in atlas.tracts.items()}
    china_russia = {
        row["line"]
        for row in rows
        if {regions[row["left_tract"]], regions[row["right_tract"]]} == {"amur", "manchuria"}
    }
    assert china_russia >= {"amur", "argun", "ussuri", "khanka", "primorye-border"}
    assert {row["line"] for row in rows} >= {
        "amur",
        "argun",
        "ussuri",
        "yalu",
        "tumen",
        "mdl",
        "nemuro-strait",
        "la-perouse-strait",
    }


def test_an_outline_that_crosses_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rings").mkdir()
    rows = [
        "lon,lat,name,why,accuracy_km,source,licence",
        *(f"{x},{y},p,,1,own,CC0-1.0" for x, y in ((0, 0), (1, 1), (1, 0), (0, 1))),
    ]
    (tmp_path / "rings" / "bow.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(SeedError, match=r"rings/bow\.csv is not a simple outline"):
        read_ring(tmp_path, "bow")
    with pytest.raises(SeedError, match=r"rings/knot\.csv is missing"):
        read_ring(tmp_path, "knot")
