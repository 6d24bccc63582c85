"""Other ways to the holder of the land at many points on many days, each given its best."""

from __future__ import annotations

from rivals.common import Rival
from rivals.frames import TRACTS, VERSIONS
from rivals.prepared import BOXES

RIVALS: tuple[Rival, ...] = (VERSIONS, TRACTS, BOXES)
