"""Make the figure of a sheet, which looks the same however it is shown or saved.

Knows matplotlib and nothing of maps.

What is drawn on it is not known here.
"""

from __future__ import annotations

import base64
import io
from typing import Any

from matplotlib.figure import Figure

from sovietpacific.maps.printed.typefaces import setting

#: Dots of a notebook's picture to a point of the sheet: sharp on fine screens too.
_SHARP = 2


class SheetFigure(Figure):
    """A matplotlib Figure that is drawn and saved under the settings its words were measured with.

    Otherwise text would be hinted, run wider than it was measured, and leave its boxes; and an SVG
    would differ each time.
    """

    def draw(self, renderer: Any) -> None:
        """Draw the figure."""
        with setting():
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure; options are matplotlib's."""
        with setting():
            super().savefig(fname, **options)

    def _repr_mimebundle_(self, **_asked: Any) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
        """Return the figure as a picture for a notebook.

        Without this it is a line of text there, unless pyplot is in use.
        """
        content = io.BytesIO()
        self.savefig(content, format="png", dpi=72 * _SHARP)
        picture = base64.b64encode(content.getvalue()).decode("ascii")
        about = {"image/png": {"width": round(self.get_figwidth() * 72)}}
        return {"image/png": picture, "text/plain": repr(self)}, about


def make_figure(wide: float, high: float) -> SheetFigure:
    """Make an empty figure of a size in points."""
    return SheetFigure(figsize=(wide / 72, high / 72), facecolor="white")
