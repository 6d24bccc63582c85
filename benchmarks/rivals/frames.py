"""Answers with GeoPandas, the way most do today: by a spatial join."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import geopandas
import numpy as np

from rivals.common import Ask, Codes, Days, Floats, Rival, read_land, spread
from sovietpacific.atlas import Atlas

#: Points that are joined at a time in the better way: a join of all at once needs many gigabytes at
#: ten million, and is slower.
CHUNK = 1 << 17


def _in_chunks(ask: Ask) -> Ask:
    def ask_in_chunks(lon: Floats, lat: Floats, day: Days) -> Codes:
        parts = [slice(start, start + CHUNK) for start in range(0, len(lon), CHUNK)]
        return np.concatenate([ask(lon[part], lat[part], day[part]) for part in parts])

    return ask_in_chunks


def _points(lon: Floats, lat: Floats, day: Days) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"day": day}, geometry=geopandas.points_from_xy(lon, lat), crs="EPSG:4326"
    )


@contextmanager
def versions_joined(atlas: Atlas) -> Iterator[Ask]:
    """Join with a polygon for every tract and tenure, all points at once, and filter by day."""
    yield _ask_versions(atlas)


@contextmanager
def versions_joined_in_chunks(atlas: Atlas) -> Iterator[Ask]:
    """Do the same with few points at a time."""
    yield _in_chunks(_ask_versions(atlas))


def _ask_versions(atlas: Atlas) -> Ask:
    land = read_land(atlas)
    tract, since, until, holder = land.tenures
    versions = geopandas.GeoDataFrame(
        {"since": since, "until": until, "holder": holder},
        geometry=land.shapes[tract],
        crs="EPSG:4326",
    )

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        pairs = geopandas.sjoin(_points(lon, lat, day), versions, predicate="within")
        fits = pairs[(pairs["day"] >= pairs["since"]) & (pairs["day"] < pairs["until"])]
        return spread(len(lon), fits.index.to_numpy(), fits["holder"].to_numpy())

    return ask


@contextmanager
def tracts_joined(atlas: Atlas) -> Iterator[Ask]:
    """Join with the tracts, each once, then find all tenures by one search in sorted keys."""
    land = read_land(atlas)
    tracts = geopandas.GeoDataFrame(
        {"tract": np.arange(len(land.shapes))}, geometry=land.shapes, crs="EPSG:4326"
    )
    status = land.status

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        pairs = geopandas.sjoin(_points(lon, lat, day), tracts, predicate="within")
        return spread(
            len(lon),
            pairs.index.to_numpy(),
            status(pairs["tract"].to_numpy(), pairs["day"].to_numpy()),
        )

    yield _in_chunks(ask)


PACKAGES = ("geopandas", "shapely")
VERSIONS = Rival(
    "a",
    "today's way: sjoin with polygon versions, filter by day",
    PACKAGES,
    versions_joined,
    gives_frame=True,
)
CHUNKS = Rival(
    "a-chunks",
    "the same, 131,072 points at a time",
    PACKAGES,
    versions_joined_in_chunks,
    gives_frame=True,
)
TRACTS = Rival("b", "sjoin with tracts, searchsorted", PACKAGES, tracts_joined, gives_frame=True)
