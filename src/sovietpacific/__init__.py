"""Whose land was this, on that day?  Boundaries, sovereignty and control around the Soviet Pacific, from 1855 to today.

Ask with `sovereignty_of(place, day)` and `borders_at(day)`; draw with `maps.web(day)` and `maps.sheet(day)`; write
files for other programs with `export(path)`.  A day is a local
civil day; the views are `control` (who governed), `sovereignty` (general practice) and `title` (instruments in force, strictly).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    import sovietpacific.maps as maps
    from sovietpacific.api import (
        borders_at,
        changes_between,
        epochs,
        history_of,
        instruments,
        label,
        label_batches,
        label_file,
        lines_at,
        places,
        polities,
        sources,
        sovereignty_of,
        tracts_at,
    )
    from sovietpacific.atlas import Atlas
    from sovietpacific.errors import (
        ColumnError,
        DataDamagedError,
        DataNotFoundError,
        DayError,
        NetworkError,
        OptionError,
        OutsideScopeError,
        PlaceError,
        SovietPacificError,
        UnansweredWarning,
        UnknownPlaceError,
        ViewError,
    )
    from sovietpacific.exports import export
    from sovietpacific.label_clusters import label_dask, label_parquet
    from sovietpacific.loading import load_atlas
    from sovietpacific.sovereignty import Sovereignty

#: Public names, and the module each comes from when it is first used.
_HOMES = {
    **dict.fromkeys(("borders_at", "tracts_at", "lines_at", "sovereignty_of", "history_of", "changes_between"), "api"),
    **dict.fromkeys(("instruments", "label", "label_batches", "label_file", "places", "polities", "sources", "epochs"), "api"),
    **dict.fromkeys(("DayError", "ViewError", "PlaceError", "UnknownPlaceError", "OutsideScopeError", "OptionError"), "errors"),
    **dict.fromkeys(
        (
            "SovietPacificError",
            "DataNotFoundError",
            "DataDamagedError",
            "ColumnError",
            "NetworkError",
            "UnansweredWarning",
        ),
        "errors",
    ),
    **dict.fromkeys(("label_dask", "label_parquet"), "label_clusters"),
    "Atlas": "atlas",
    "export": "exports",
    "Sovereignty": "sovereignty",
    "load_atlas": "loading",
}

__all__ = [
    "Atlas",
    "ColumnError",
    "DataDamagedError",
    "DataNotFoundError",
    "DayError",
    "NetworkError",
    "OptionError",
    "OutsideScopeError",
    "PlaceError",
    "Sovereignty",
    "SovietPacificError",
    "UnansweredWarning",
    "UnknownPlaceError",
    "ViewError",
    "borders_at",
    "changes_between",
    "epochs",
    "export",
    "history_of",
    "instruments",
    "label",
    "label_batches",
    "label_dask",
    "label_file",
    "label_parquet",
    "lines_at",
    "load_atlas",
    "maps",
    "places",
    "polities",
    "sources",
    "sovereignty_of",
    "tracts_at",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "maps":
        return import_module("sovietpacific.maps")
    if name in _HOMES:
        return getattr(import_module(f"sovietpacific.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'sovietpacific' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
