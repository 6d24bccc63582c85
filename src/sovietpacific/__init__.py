"""Whose land was this, on that day? Boundaries, sovereignty and control around the Soviet Pacific,
from 1855 to today.

One place:
    sovereignty_of(place, day)      whose land it was: in three views, with acts and sources
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
    label_file(source, path)        Parquet, Arrow, CSV or GeoJSON
    label_dask(frame), label_parquet(source, folder, client)

Files for other programs (QGIS, R, DuckDB, OpenHistoricalMap, CShapes, Linked Places):
    export(path)                    the atlas or a part of it, by the file's ending

What it rests on:
    instruments(), polities(), places(name), sources()

Maps: see `help(sovietpacific.maps)`: `maps.web(day)`, `maps.timeline()`, `maps.sheet(day)`,
`maps.save(path, day)`, ...

A place is a name in any script, the id of a tract, a pair (lon, lat), or a shapely Point. A day is
a local civil day: a date, or text `YYYY-MM-DD`; on the day of a change the new holder holds. The
views are `control` (who governed), `sovereignty` (general practice), `title` (instruments in force,
strictly) and the own maps of states, such as `japan`. Every refusal is a `SovietPacificError` and
says what is allowed; `load_atlas()` gives the atlas itself.

>>> import sovietpacific as sp
>>> answer = sp.sovereignty_of("Urup", "1950-01-01")
>>> answer.control.polities, answer.title.lineages
(('soviet-union',), ('japan',))
>>> changes = sp.changes_between("1945-08-30", "1945-08-31", region="kurils")
>>> changes[["day", "from", "to", "tracts"]].values.tolist()
[['1945-08-31', 'japan', 'russia', 'urup']]
"""

import lazy_loader

from sovietpacific import upstairs
from sovietpacific.version import __version__ as __version__

# What is public stands once, in `__init__.pyi`; each name is imported when it is first used.
_import_name, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    # Before all else: a fork must wait for whatever is imported after this.
    import sovietpacific.forking  # noqa: F401

    found: object = _import_name(name)
    return found


# The rooms that those below find late.
upstairs.name("atlases", "sovietpacific.loading")
upstairs.name("frames", "sovietpacific.maps.pages.rows")
upstairs.name("maps", "sovietpacific.maps")
