"""Load the TOML files of the seeds as plain tables.

Knows files and nothing of what stands in them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sovietpacific.builder.kinds import refuse_extremes
from sovietpacific.errors import SeedError, path_text


def load(path: Path) -> dict[str, Any]:
    """Return one TOML file of the seeds; raise `SeedError` if it is missing, broken or too deep."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as wrong:
        raise SeedError(f"{path.name} is missing: looked for it at {path_text(path)}") from wrong
    except OSError as wrong:
        raise SeedError(f"{path.name} cannot be read: {wrong}") from wrong
    except (
        ValueError,
        RecursionError,
    ) as wrong:  # no TOML, no UTF-8, a number of 5,000 digits, lists in lists without end
        raise SeedError(f"{path.name} cannot be read as TOML: {wrong}") from wrong
    refuse_extremes(document, path.name)
    return document
