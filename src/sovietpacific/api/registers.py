"""The registers every answer rests on: acts, polities, places and sources, as frames.

Knows the records of the atlas; knows nothing of days, shapes and maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sovietpacific.answers import registers
from sovietpacific.atlas import Atlas
from sovietpacific.loading import atlas_or_shipped

if TYPE_CHECKING:
    import pandas


def instruments(*, atlas: Atlas | None = None) -> pandas.DataFrame:
    """Return the acts behind the changes: treaties, decrees, surrenders, landings.

    Parameters
    ----------
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        A row per act: ``instrument`` (id), ``name``, the days of the act (ISO text, missing where
        there is none or it is not known), ``place``, ``parties`` and more.

    Raises
    ------
    OptionError
        For what is no atlas.

    Examples
    --------
    >>> acts = instruments().set_index("instrument")
    >>> acts.loc["portsmouth-1905", "signed"]
    '1905-09-05'

    """
    return registers.list_instruments(atlas_or_shipped(atlas).records)


def polities(*, atlas: Atlas | None = None) -> pandas.DataFrame:
    """Return the polities: the states and governments that hold land.

    Parameters
    ----------
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        A row per polity: ``polity`` (id), ``name``, ``lineage``, ``main`` (bool: of the main line
        of its lineage), ``since`` and ``until`` (ISO text, ``until`` missing while it lives), and
        its codes ``gw`` (Gleditsch and Ward) and ``cow`` (Correlates of War).

    Raises
    ------
    OptionError
        For what is no atlas.

    Examples
    --------
    >>> states = polities().set_index("polity")
    >>> states.loc["manchukuo", "since"]
    '1932-03-01'

    """
    return registers.list_polities(atlas_or_shipped(atlas).records)


def places(name: str | None = None, *, atlas: Atlas | None = None) -> pandas.DataFrame:
    """Return the gazetteer, a row per name; with a name, all names of the places that bear it.

    Parameters
    ----------
    name : str, optional
        The id or a name of a place in any script.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        The columns ``place`` (id), ``name``, ``language`` (``latn`` for old Western spellings),
        ``since`` and ``until`` (years, missing where open or not known), ``official`` (bool: in the
        state that held it in those years), ``kind``, ``lon`` and ``lat`` (degrees, EPSG:4326),
        ``tract``, ``source``, ``seen`` (bool: whether the name and its years were read there).

    Raises
    ------
    UnknownPlaceError
        For a name no place bears.
    OptionError
        For what is no atlas.

    Examples
    --------
    >>> sorted(places("Toyohara").query("language == 'ru'")["name"])[-1]
    'Южно-Сахалинск'

    """
    atlas = atlas_or_shipped(atlas)
    if name is None:
        return registers.list_places(atlas.records, atlas.records.places.values())
    called = atlas.names.places_called(name) or atlas.names.refuse_place(name)
    return registers.list_places(atlas.records, called)


def sources(*, atlas: Atlas | None = None) -> pandas.DataFrame:
    """Return the bibliography.

    Parameters
    ----------
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        A row per source: ``source`` (key), ``citation``, ``url``, ``kind``, ``seen`` (bool: whether
        the text itself was read).

    Raises
    ------
    OptionError
        For what is no atlas.

    Examples
    --------
    >>> {"source", "citation", "url"} <= set(sources().columns)
    True

    """
    return registers.list_sources(atlas_or_shipped(atlas).records)
