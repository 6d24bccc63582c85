"""The questions about one place: whose land it was on a day, and its whole history.

Knows the atlas and how a place is named; knows nothing of maps, though an answer shows a small one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sovietpacific.answers import tables
from sovietpacific.answers.card import AnswerCard
from sovietpacific.answers.sovereignty import Answer, Sovereignty
from sovietpacific.atlas import Atlas
from sovietpacific.dates import Day, parse_day
from sovietpacific.facts.records import VIEWS
from sovietpacific.loading import atlas_or_shipped
from sovietpacific.questions.arguments import read_km
from sovietpacific.questions.positions import Place, read_position

if TYPE_CHECKING:
    import pandas


def sovereignty_of(
    place: Place,
    day: Day,
    *,
    snap_km: float = 0.0,
    view: str | None = None,
    atlas: Atlas | None = None,
) -> Sovereignty:
    """Return whose land a place was on one day, in all three views.

    A point on a shared edge belongs to the tract whose id sorts first.

    Parameters
    ----------
    place : Place
        The id of a tract, a name of a tract or a place in any script, a pair (longitude, latitude)
        in degrees (EPSG:4326), or a shapely Point.
    day : Day
        The local civil day; on the day of a change the new holder holds.
    snap_km : float
        Let a point at sea be answered by the nearest judged land within so many km (at most 50);
        ``distance_km`` of the answer says how far it was.
    view : str, optional
        Answer by the map of one state as well, such as ``"japan"``: ``state_map`` of the answer.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    Sovereignty
        The answers ``control``, ``sovereignty`` and ``title``, each with holders, standing, span,
        act, sources and certainty, and the claims upheld that day.  It prints as a few lines and
        shows itself as a card in a notebook.

    Raises
    ------
    DayError
        For what is no day, a day before the atlas or the map of that state begins, or one after its
        edition was closed.
    PlaceError
        For coordinates that cannot be, or look swapped.
    UnknownPlaceError
        For a name nothing bears, or that several tracts bear; the choices are named.
    OutsideScopeError
        For a point at sea, and for land outside the atlas or drawn but not judged.
    ViewError
        For a view there is not.
    OptionError
        For a distance that is none.

    Examples
    --------
    >>> answer = sovereignty_of("Urup", "1950-01-01")
    >>> answer.control.polities, answer.title.lineages
    (('soviet-union',), ('japan',))

    """
    atlas = atlas_or_shipped(atlas)
    asked = atlas.time.check_told(parse_day(day))
    state = None if view is None else atlas.time.check_view(view, asked)
    snap_km = read_km(snap_km, "snap_km")
    if isinstance(place, str):
        (tract, places), name = atlas.judged_name(place), str.__str__(place)
        distance = max((known.distance_km for known in places), default=0.0)
    else:
        position = read_position(place)
        (tract, distance), places = atlas.shapes.tract_near(position, snap_km), ()
        name = f"{position.lon}, {position.lat}"
    control, sovereignty, title, claims = atlas.kept_answers(
        tract, asked, lambda: _answers_of(atlas, tract, asked)
    )
    on_map = None if state in (None, *VIEWS) else Answer.of(atlas.time.hold(tract, state, asked))
    return Sovereignty(
        place=name,
        tract=tract,
        day=asked,
        distance_km=distance,
        control=control,
        sovereignty=sovereignty,
        title=title,
        claims=claims,
        state=state if on_map and state else "",
        state_map=on_map,
        names=tuple(dict.fromkeys(word for known in places for word in known.names_on(asked))),
        name=atlas.records.tracts[tract].name,
        card=AnswerCard(atlas.records, atlas.shapes, tract),
    )


def _answers_of(atlas: Atlas, tract: str, day: date) -> tuple[Any, ...]:
    """Return the answers of the three views, and the claims upheld that day."""
    answers = (Answer.of(atlas.time.hold(tract, view, day)) for view in VIEWS)
    claims = tuple(c for c in atlas.records.tracts[tract].claims if c.stands_on(day))
    return (*answers, claims)


def history_of(
    place: Place, *, view: str = "control", atlas: Atlas | None = None
) -> pandas.DataFrame:
    """Return the tenures of a place in one view, first to last.

    Parameters
    ----------
    place : Place
        The id of a tract, a name of a tract or a place in any script, a pair (longitude, latitude)
        in degrees (EPSG:4326), or a shapely Point.
    view : str
        One of ``load_atlas().views``.
    atlas : Atlas, optional
        Another atlas than the shipped one.

    Returns
    -------
    pandas.DataFrame
        The columns ``since`` and ``until`` (ISO text, ``until`` missing while open), ``holder``,
        ``polity`` (on the first day), ``standing``, ``instrument``, ``on`` (which day of the
        instrument), ``sources``, ``certainty``, ``seen`` (bool), ``edtf`` (the day where it is
        known only within limits) and ``note``.

    Raises
    ------
    PlaceError
        For coordinates that cannot be, or look swapped.
    UnknownPlaceError
        For a name nothing bears, or that several tracts bear.
    OutsideScopeError
        For a point at sea, and for land outside the atlas or drawn but not judged.
    ViewError
        For a view there is not.

    Examples
    --------
    >>> history_of("Urup", view="sovereignty")["holder"].tolist()
    ['russia', 'japan', 'russia']

    """
    atlas = atlas_or_shipped(atlas)
    view = atlas.time.check_view(view)
    if isinstance(place, str):
        tract = atlas.judged_name(place).tract
    else:
        tract = atlas.shapes.tract_near(read_position(place), None)[0]
    rows = [tables.tenure_columns(hold) for hold in atlas.time.holds(tract, view)]
    about = {"view": view, "tract": tract, "version": atlas.version}
    return tables.table(rows, tables.HISTORY_COLUMNS, about)
