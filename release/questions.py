"""Asks one question of each kind, so that the columns of every frame and the keys of every answer
in JSON can be listed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Every command that prints JSON, with words that bring out all its keys.
COMMANDS = (
    ("article",),
    ("at", "1945-09-02", "--region", "kurils"),
    ("changes", "1945-08-30", "1945-09-03", "--region", "kurils"),
    ("history", "Urup"),
    ("places", "Dairen"),
    ("who", "Kunashir", "1960-01-01"),
)


def asked_frames() -> Iterator[tuple[str, Any]]:
    """Yield every frame the library answers with, by the name of the function."""
    import pandas

    import sovietpacific as sp
    from sovietpacific.labels.labeller import LABEL_COLUMNS

    day, region = "1945-09-02", "kurils"
    yield "borders_at", sp.borders_at(day, region=region)
    yield "tracts_at", sp.tracts_at(day, region=region)
    yield "lines_at", sp.lines_at("1951-07-10", region="korea")
    yield "history_of", sp.history_of("Urup")
    yield "changes_between", sp.changes_between("1945-08-30", "1945-09-03", region=region)
    for question in (sp.epochs, sp.instruments, sp.places, sp.polities, sp.sources):
        yield question.__name__, question()
    points = pandas.DataFrame({"lon": [142.74], "lat": [46.96], "date": ["1905-07-01"]})
    yield "label", sp.label(points, columns=LABEL_COLUMNS, snap_km=1.0).drop(columns=list(points))


def exported_features() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every feature of a small export in each layout, by the name of the layout."""
    import sovietpacific as sp
    from sovietpacific.exports import LAYOUTS

    with tempfile.TemporaryDirectory() as name:
        for layout in LAYOUTS:
            path = sp.export(
                Path(name) / f"{layout}.geojson", layout, region="kurils.south", detail="light"
            )
            for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                yield layout, feature
