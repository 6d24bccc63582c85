"""Asks this library in the two ways that the bulk benchmark compares: arrays to arrays, and a frame to a frame."""

from __future__ import annotations

import numpy as np
import pandas
from rivals.common import Ask, Codes, Days, Floats

from sovietpacific import label
from sovietpacific.atlas import Atlas

CORE, LABEL = "ours, arrays", "ours, label(frame)"


def array_core(atlas: Atlas) -> Ask:
    """Give what finds holders on arrays: the point index, the timetable, and one read of the holder's number."""
    locator, timetable = atlas.shapes.locator, atlas.labeller().timetable
    code_of = (timetable.column("holder")[1] + 1).astype(np.int16)

    def ask(lon: Floats, lat: Floats, day: Days) -> Codes:
        codes: Codes = code_of.take(timetable.answers_on(locator.numbers_at(lon, lat), day))
        return codes

    return ask


def frame_of(lon: Floats, lat: Floats, day: Days) -> pandas.DataFrame:
    """Give points as users have them, in a frame."""
    return pandas.DataFrame({"lon": lon, "lat": lat, "date": day.astype("datetime64[D]").astype("datetime64[s]")})


def by_label(lon: Floats, lat: Floats, day: Days) -> Codes:
    """Label a frame with the six usual columns."""
    labelled = label(frame_of(lon, lat, day))
    return (labelled["holder"].cat.codes.to_numpy() + 1).astype(np.int16)
