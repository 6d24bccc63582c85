"""Name every way in which this library refuses: one base class, a class per kind of bad input.

Knows how a refusal is worded and nothing of what refuses.
"""


class SovietPacificError(Exception):
    """Stand above every error this library raises on purpose.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> try:
    ...     sp.sovereignty_of("Atlantis", "1945-09-02")
    ... except sp.SovietPacificError as refusal:
    ...     print(type(refusal).__name__)
    UnknownPlaceError

    """


class DayError(SovietPacificError, ValueError):
    """Refuse a day: wrong type, wrong form, zone-aware, or none of the days this edition tells.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.borders_at("1945-02-30")
    Traceback (most recent call last):
    sovietpacific.errors.DayError: '1945-02-30' is not a day of the calendar: ...

    """


class ViewError(SovietPacificError, ValueError):
    """Refuse a view there is not, naming those there are.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.borders_at("1945-09-02", view="legal")
    Traceback (most recent call last):
    sovietpacific.errors.ViewError: 'legal' is not a view; allowed: control, sovereignty, ...

    """


class PlaceError(SovietPacificError, ValueError):
    """Refuse a place whose form is wrong: swapped or impossible coordinates, an empty point.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.sovereignty_of((47.0, 142.7), "1945-09-02")
    Traceback (most recent call last):
    sovietpacific.errors.PlaceError: (47.0, 142.7) looks swapped: ...

    """


class UnknownPlaceError(SovietPacificError, LookupError):
    """Refuse a name or id that no tract or region of the atlas bears, or that several bear.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.history_of("Atlantis")
    Traceback (most recent call last):
    sovietpacific.errors.UnknownPlaceError: no tract or place is called 'Atlantis'; ...

    """


class ColumnError(SovietPacificError, ValueError):
    """Refuse a frame, a stream or a file of points.

    A column is missing, is of a wrong type or stands in the way of an answer, or what was given
    cannot be read as rows at all.

    Examples
    --------
    >>> import pandas
    >>> import sovietpacific as sp
    >>> sp.label(pandas.DataFrame({"x": [142.7], "y": [47.0]}))
    Traceback (most recent call last):
    sovietpacific.errors.ColumnError: no column is called 'lon'; the columns are x, y: ...

    """


class OptionError(SovietPacificError, ValueError):
    """Refuse an option: of a wrong kind or size, or none of those there are.

    Such are a flag that is neither True nor False, a title that is no text, a detail, a layout, a
    column of labels or the ending of a file that this library does not know.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.borders_at("1945-09-02", detail="coarse")
    Traceback (most recent call last):
    sovietpacific.errors.OptionError: 'coarse' is not a detail; allowed: fine, light

    """


class UnansweredWarning(UserWarning):
    """Tell how many rows of a frame, a stream or a file have no answer, by reason.

    Examples
    --------
    >>> import warnings
    >>> import pandas
    >>> import sovietpacific as sp
    >>> at_sea = pandas.DataFrame({"lon": [146.0], "lat": [48.0], "date": ["1945-09-02"]})
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     labelled = sp.label(at_sea)
    >>> str(caught[0].message).partition(";")[0]
    'of 1 rows some have no answer: 1 at sea'

    """


class OutsideScopeError(SovietPacificError, LookupError):
    """Refuse to judge a point at sea, outside the atlas, or on land that is not judged.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.sovereignty_of((146.0, 48.0), "1945-09-02")
    Traceback (most recent call last):
    sovietpacific.errors.OutsideScopeError: (146.0, 48.0) is at sea or off the atlas; ...

    """


class DataNotFoundError(SovietPacificError, FileNotFoundError):
    """Report that the data of the atlas is not where it is looked for.

    Examples
    --------
    >>> import sovietpacific as sp
    >>> sp.load_atlas("a folder without data")
    Traceback (most recent call last):
    sovietpacific.errors.DataNotFoundError: .../datapackage.json is missing; ...

    """


class DataDamagedError(SovietPacificError, ValueError):
    """Report a data file that is missing, changed or of another version than the atlas expects.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import sovietpacific as sp
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "datapackage.json").write_text("{")
    >>> sp.load_atlas(folder)
    Traceback (most recent call last):
    sovietpacific.errors.DataDamagedError: .../datapackage.json is damaged: ...

    """


class NetworkError(SovietPacificError, ValueError):
    """Refuse a layer that would have a page load from the network.

    A page of this library opens without one, unless ``online=True`` or `tiles` are asked for.

    Examples
    --------
    >>> from folium.plugins import Fullscreen
    >>> import sovietpacific as sp
    >>> page = sp.maps.web("1945-09-02", region="kurils")
    >>> _ = Fullscreen().add_to(page)
    >>> page.get_root().render()
    Traceback (most recent call last):
    sovietpacific.errors.NetworkError: Fullscreen loads https://... from the network, ...

    """


class SeedError(SovietPacificError, ValueError):
    """Refuse a seed, naming file, tract and row."""


#: The longest a refusal shows of what was given.
_MOST_SHOWN = 120


def shown(given: object) -> str:
    """Show what was given in a refusal: its `repr` in one line, shortened, and in words where it
    cannot be shown.

    >>> shown("1945"), shown("x" * 1000)[-14:]
    ("'1945'", 'xxxxxxxxxxxx …')
    """
    try:
        sliced = type(given) in (str, bytes, list, tuple)
        text = repr(given[:_MOST_SHOWN] if sliced else given)  # type: ignore[index]
    # Objects of others may raise whatever they like, and so does int for too many digits.
    except Exception:  # noqa: BLE001
        return f"a {type(given).__name__} that cannot be shown"
    text = " ".join(text.splitlines())
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 2] + " …"


def path_text(path: object) -> str:
    """Write a path in a refusal as it is; where it has signs that a terminal would obey, or is
    endless, as `shown` does.
    """
    text = str(path)
    return text if text.isprintable() and len(text) <= 4 * _MOST_SHOWN else shown(text)


def choose(
    given: object,
    kind: str,
    allowed: tuple[str, ...],
    refusal: type[SovietPacificError] = OptionError,
) -> str:
    """Return the one of `allowed` that `given` is, as a plain text; raise `refusal` otherwise.

    >>> choose("title", "view", ("control", "title"))
    'title'
    """
    if isinstance(given, str) and (choice := str.__str__(given)) in allowed:
        return choice
    raise refusal(name_choices(given, kind, allowed))


def name_choices(given: object, kind: str, allowed: tuple[str, ...]) -> str:
    """Word the refusal of `given`, which is none of `allowed`.

    >>> name_choices("legal", "view", ("control", "title"))
    "'legal' is not a view; allowed: control, title"
    """
    return f"{shown(given)} is not a {kind}; allowed: {', '.join(allowed)}"
