"""Names every way in which sovietpacific refuses: one base class, one class per kind of bad input."""


class SovietPacificError(Exception):
    """Stand above every error this library raises on purpose."""


class DayError(SovietPacificError, ValueError):
    """Refuse a day: wrong type, wrong form, zone-aware, or none of the days this edition tells."""


class ViewError(SovietPacificError, ValueError):
    """Refuse a view or another choice from a short list that is not in the list."""


class PlaceError(SovietPacificError, ValueError):
    """Refuse a place whose form is wrong: swapped or impossible coordinates, an empty point."""


class UnknownPlaceError(SovietPacificError, LookupError):
    """Refuse a name or id that no tract or region of the atlas bears, or that several bear."""


class ColumnError(SovietPacificError, ValueError):
    """Refuse a frame, a stream or a file of points: a column that is missing, of a wrong type, or in the way of an answer."""


class OptionError(SovietPacificError, ValueError):
    """Refuse an option that is of a wrong kind or size: a flag that is neither True nor False, a title that is no text."""


class UnansweredWarning(UserWarning):
    """Tell how many rows of a frame, a stream or a file have no answer, by reason."""


class OutsideScopeError(SovietPacificError, LookupError):
    """Refuse to judge a point at sea, outside the atlas, or on land that is drawn but not judged."""


class DataNotFoundError(SovietPacificError, FileNotFoundError):
    """Report that the data of the atlas is not where it is looked for."""


class DataDamagedError(SovietPacificError, ValueError):
    """Report a data file that is missing, changed or of another version than the atlas expects."""


class NetworkError(SovietPacificError, ValueError):
    """Refuse a layer that would have a page load from the network, where the page is to open without one."""


class SeedError(SovietPacificError, ValueError):
    """Refuse a seed, naming file, tract and row."""


#: The longest a refusal shows of what was given.
_MOST_SHOWN = 120


def shown(given: object) -> str:
    """Show what was given in a refusal: its `repr` in one line, shortened, and in words where it cannot be shown.

    >>> shown("1945"), shown("x" * 1000)[-14:]
    ("'1945'", 'xxxxxxxxxxxx …')
    """
    try:
        text = repr(given[:_MOST_SHOWN] if type(given) in (str, bytes, list, tuple) else given)  # type: ignore[index]
    except Exception:  # noqa: BLE001 - objects of others may raise whatever they like, and so does int for too many digits
        return f"a {type(given).__name__} that cannot be shown"
    text = " ".join(text.splitlines())
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 2] + " …"


def path_text(path: object) -> str:
    """Write a path in a refusal as it is; where it has signs that a terminal would obey, or is endless, as `shown` does."""
    text = str(path)
    return text if text.isprintable() and len(text) <= 4 * _MOST_SHOWN else shown(text)


def choose(given: object, kind: str, allowed: tuple[str, ...]) -> str:
    """Give the one of `allowed` that `given` is, as a plain text; `ViewError` naming them otherwise.

    >>> choose("title", "view", ("control", "title"))
    'title'
    """
    if isinstance(given, str) and (told := str.__str__(given)) in allowed:
        return told
    raise ViewError(name_choices(given, kind, allowed))


def name_choices(given: object, kind: str, allowed: tuple[str, ...]) -> str:
    """Word the refusal of `given`, which is none of `allowed`.

    >>> name_choices("legal", "view", ("control", "title"))
    "'legal' is not a view; allowed: control, title"
    """
    return f"{shown(given)} is not a {kind}; allowed: {', '.join(allowed)}"
