"""Asks this library in the two ways that the bulk benchmark compares: arrays to arrays, and a frame
to a frame.
"""

from __future__ import annotations

import numpy as np
import pandas
from rivals.common import Ask, Codes, Days, Floats

from sovietpacific import label
from sovietpacific.atlas import Atlas
from sovietpacific.labels.labeller import labeller_of

CORE, LABEL = "ours, arrays", "ours, label(frame)"


def array_core(atlas: Atlas) -> Ask:
    """Return what finds holders on arrays: the index, the timetable, and the holder's number."""
    locator, timetable = atlas.shapes.locator, labeller_of(atlas).timetable
    code_of = (timetable.column("holder")[1] + 1).astype(np.int16)

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        codes: Codes = code_of.take(timetable.answers_on(locator.numbers_at(lon, lat), day))
        return codes

    return ask


def frame_of(lon: Floats, lat: Floats, day: Days) -> pandas.DataFrame:
    """Return points as users have them, in a frame."""
    return pandas.DataFrame(
        {"lon": lon, "lat": lat, "date": day.astype("datetime64[D]").astype("datetime64[s]")}
    )


def by_label(lon: Floats, lat: Floats, day: Days) -> Codes:
    """Return the holders of points by labelling a frame with the six usual columns."""
    labelled = label(frame_of(lon, lat, day))
    return (labelled["holder"].cat.codes.to_numpy() + 1).astype(np.int16)
