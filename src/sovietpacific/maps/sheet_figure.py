"""Makes the figure of a sheet: one that looks the same however it is shown or saved."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from sovietpacific.maps.typefaces import setting


class SheetFigure(Figure):
    """A matplotlib Figure that is always drawn and saved under the settings its words were measured with.

    Otherwise text would be hinted, run wider than it was measured, and leave its boxes; and an SVG would differ each time.
    """

    def draw(self, renderer: Any) -> None:
        """Draw the figure."""
        with setting():
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure; options are matplotlib's."""
        with setting():
            super().savefig(fname, **options)


def make_figure(wide: float, high: float) -> SheetFigure:
    """Make an empty figure of a size in points."""
    return SheetFigure(figsize=(wide / 72, high / 72), facecolor="white")
