"""Whose land was this, on that day?  Boundaries, sovereignty and control around the Soviet Pacific, from 1855 to today.

One place:
    sovereignty_of(place, day)      whose land it was: an answer in three views, with acts and sources
    history_of(place)               all its tenures, first to last

One day, as frames with shapes (each also shows itself: `.map()`, `.explore()`, `.plot()`):
    borders_at(day)                 who held what, a row per holder
    tracts_at(day)                  every tract with its answers in all views
    lines_at(day)                   borders, demarcation lines, railways, fronts

Between days:
    changes_between(first, last)    what changed hands, by what act
    epochs(view)                    the spans in which the map does not change

Points by the million, each with its own day:
    label(frame)                    a pandas or GeoPandas frame
    label_batches(stream)           Arrow batches
    label_file(source, target)      Parquet, Arrow, CSV or GeoJSON
    label_dask(frame), label_parquet(source, folder, client)

Files for other programs (QGIS, R, DuckDB, OpenHistoricalMap, CShapes, Linked Places):
    export(path)                    the atlas or a part of it, by the file's ending

What it rests on:
    instruments(), polities(), places(name), sources()

Maps: see `help(sovietpacific.maps)`: `maps.web(day)`, `maps.timeline()`, `maps.sheet(day)`, `maps.save(path, day)`, ...

A place is a name in any script, the id of a tract, a pair (lon, lat), or a shapely Point.  A day is a local civil day: a date, or
text `YYYY-MM-DD`; on the day of a change the new holder holds.  The views are `control` (who governed), `sovereignty` (general
practice), `title` (instruments in force, strictly) and the own maps of states, such as `japan`.  Every refusal is a
`SovietPacificError` and says what is allowed; `load_atlas()` gives the atlas itself.

>>> import sovietpacific as sp
>>> answer = sp.sovereignty_of("Urup", "1950-01-01")
>>> answer.control.polities, answer.title.lineages
(('soviet-union',), ('japan',))
>>> sp.changes_between("1945-08-30", "1945-08-31", region="kurils")[["day", "from", "to", "tracts"]].values.tolist()
[['1945-08-31', 'japan', 'russia', 'urup']]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sovietpacific.version import __version__ as __version__

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

    import sovietpacific.forking  # noqa: F401 - before all else: a fork must wait for whatever is imported after it

    if name == "maps":
        return import_module("sovietpacific.maps")
    if name in _HOMES:
        return getattr(import_module(f"sovietpacific.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'sovietpacific' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
