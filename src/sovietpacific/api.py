"""The questions as plain functions of the shipped atlas; each is the method of `Atlas` of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sovietpacific.atlas import Atlas
from sovietpacific.loading import load_atlas
from sovietpacific.sovereignty import Sovereignty

if TYPE_CHECKING:
    import geopandas
    import pandas


def borders_at(
    when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine", context: bool = False
) -> geopandas.GeoDataFrame:
    return load_atlas().borders_at(when, view=view, region=region, detail=detail, context=context)


def tracts_at(when: Any, *, region: str | None = None, detail: str = "fine") -> geopandas.GeoDataFrame:
    return load_atlas().tracts_at(when, region=region, detail=detail)


def lines_at(when: Any, *, view: str = "control", region: str | None = None, detail: str = "fine") -> geopandas.GeoDataFrame:
    return load_atlas().lines_at(when, view=view, region=region, detail=detail)


def sovereignty_of(place: Any, when: Any, *, snap_km: float = 0.0, view: str | None = None) -> Sovereignty:
    return load_atlas().sovereignty_of(place, when, snap_km=snap_km, view=view)


def history_of(place: Any, *, view: str = "control") -> pandas.DataFrame:
    return load_atlas().history_of(place, view=view)


def changes_between(start: Any, end: Any, *, view: str = "control", region: str | None = None) -> geopandas.GeoDataFrame:
    return load_atlas().changes_between(start, end, view=view, region=region)


def epochs(view: str = "control") -> pandas.DataFrame:
    return load_atlas().epochs(view)


def instruments() -> pandas.DataFrame:
    return load_atlas().instruments()


def polities() -> pandas.DataFrame:
    return load_atlas().polities()


def places(name: str | None = None) -> pandas.DataFrame:
    return load_atlas().places(name)


def sources() -> pandas.DataFrame:
    return load_atlas().sources()


# One text for each question: what the method says holds for the function.
for _question in (
    *(borders_at, tracts_at, lines_at, sovereignty_of, history_of),
    *(changes_between, epochs, instruments, places, polities, sources),
):
    _question.__doc__ = getattr(Atlas, _question.__name__).__doc__
