"""Other ways to the holder of the land at many points on many days, each given its best."""

from __future__ import annotations

from rivals import duck, frames, postgis, prepared, sedona
from rivals.common import Rival

#: All rivals, those that keep to arrays and frames first.
RIVALS: tuple[Rival, ...] = (
    *(frames.VERSIONS, frames.CHUNKS, frames.TRACTS, prepared.BOXES),
    *(duck.JOIN, duck.CELLS, sedona.JOIN, sedona.CELLS, postgis.JOIN, postgis.CELLS),
)
