"""Draws the frames of a film: land, lines and legend anew for each day, everything else once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sovietpacific.atlas import Atlas
from sovietpacific.dates import long_day
from sovietpacific.maps import sheet_frame, sheet_legend, sheet_page, style
from sovietpacific.maps.sheet_extent import Extent
from sovietpacific.maps.sheet_labels import labels_for
from sovietpacific.maps.sheet_land import draw_land, draw_lines, lines_on, obstacles, rows_on
from sovietpacific.maps.sheet_names import draw_names, set_names
from sovietpacific.maps.sheet_panel import Panel
from sovietpacific.maps.sheet_room import Room
from sovietpacific.maps.typefaces import look_of, printable, setting, shortened, wrapped

#: Dots an inch in a frame, its margin, and the sizes of day, act and small print in points.
DPI, MARGIN, DAY, ACT, SMALL = 100, 12.0, 17.0, 8.6, 5.8

#: Height of the line of time under the map, in points.
TIME = 16.0


class FilmFrame:
    """One figure that is drawn day after day: a map, its day and act above it, below it time, the day's legend and credit."""

    def __init__(self, atlas: Atlas, extent: Extent, view: str, width: int, title: str | None) -> None:
        """Keep what is the same on all frames."""
        self.atlas, self.view, self.title = atlas, view, title
        wide = width / DPI * 72
        self.panel = Panel(atlas, extent, round(wide - 2 * MARGIN, 1))
        self._width = width

    def held(self, day: date) -> tuple[Any, ...]:
        """Give how the land that is seen is held on `day`; frames of days that are alike in this look alike."""
        rows = rows_on(self.panel, self.view, day)
        return tuple((row["holder"], row["standing"], row["sovereign"], row["polity"], row["tracts"]) for row in rows)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of a frame in pixels."""
        wide, high = self._canvas.get_width_height()
        return int(high), int(wide)

    def prepare(self, days: Sequence[date]) -> None:
        """Draw what stays: frame, graticule and names, the line of time, the small print."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        panel, wide = self.panel, self._width / DPI * 72
        self._days = days
        self._rows = {day: rows_on(panel, self.view, day) for day in days}
        self._lines = {day: lines_on(panel, self.view, day) for day in days}
        lines = [line for day in (days[0], days[-1]) for line in self._lines[day]]
        self._legends = {day: self._legend_of(day) for day in days}
        tall = max(legend.high for legend in self._legends.values())
        small = wrapped(printable(self._small_print()), SMALL, panel.wide * 0.97)
        above, below = MARGIN + DAY * 1.15 + ACT * 1.5, TIME + tall + SMALL * 1.4 * len(small) + MARGIN
        high = round((above + panel.high + below) / 72 * DPI / 2) * 2 / DPI * 72
        self.figure = Figure(figsize=(wide / 72, high / 72), dpi=DPI, facecolor="white")
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._high, self._wide = high, wide
        with setting():
            axes = self._axes = sheet_frame.axes_on(self.figure, panel, MARGIN, below)
            sheet_frame.draw_graticule(axes, panel, degrees=False)
            under = set(axes.get_children())
            room = Room(panel, obstacles(lines))
            scale = sheet_frame.place_scale(panel, room, 0.16)
            sheet_frame.draw_scale(axes, panel, scale, 0.16)
            labels = [label for label in labels_for(panel, room, [], days[0], False, 0.85) if not label.dot]
            draw_names(axes, set_names(room, labels, panel.shore_tree))
            self._make_strip(below - TIME - tall, tall)
            for number, line in enumerate(reversed(small)):
                self._write(MARGIN, MARGIN * 0.7 + number * SMALL * 1.4, line, SMALL, "sans", "#444444")
            self._draw_time(below - TIME)
            over = [artist for artist in axes.get_children() if artist not in under or artist in axes.spines.values()]
            self._keep(over)
        self._day = self._write(MARGIN, high - MARGIN - DAY * 0.8, "", DAY, "bold", style.INK)
        self._act = self._write(MARGIN, high - MARGIN - DAY * 1.1 - ACT, "", ACT, "sans", "#444444")

    def _keep(self, over: Sequence[Any]) -> None:
        """Draw once what lies under the land, and once what lies over it (`over`), to be laid under and over each frame."""
        for artist in over:
            artist.set_visible(False)
        self._canvas.draw()
        self._under = self._canvas.copy_from_bbox(self.figure.bbox)
        self._canvas.get_renderer().clear()
        for artist in sorted(over, key=lambda artist: float(artist.zorder)):
            artist.set_visible(True)
            self._axes.draw_artist(artist)
        layer = np.asarray(self._canvas.buffer_rgba()).astype(np.uint16)
        self._over, self._through = layer[:, :, :3] * layer[:, :, 3:], 255 - layer[:, :, 3:]
        for artist in over:
            artist.set_visible(False)

    def _small_print(self) -> str:
        words = style.words_of_view(self.view, self.atlas.views)
        return f"{words}.  No position is taken on any claim.  {self.panel.extent.projection.words}.  {self.atlas.credit}."

    def _write(self, x: float, y: float, words: str, size: float, face: str, colour: str) -> Any:
        look = look_of(face)
        return self.figure.text(x / self._wide, y / self._high, words, fontsize=size, color=colour, va="baseline", **look)

    def _legend_of(self, day: date) -> sheet_legend.Legend:
        kinds = [line.kind for line in self._lines[day]]
        return sheet_legend.below(sheet_legend.entries_of(self._rows[day], kinds, self.atlas, self.view, 120), self.panel.wide)

    def _make_strip(self, bottom: float, tall: float) -> None:
        """Make room under the map for the legends of all days, the longest among them."""
        box = (MARGIN / self._wide, bottom / self._high, self.panel.wide / self._wide, tall / self._high)
        self._strip = self.figure.add_axes(box, xlim=(0, self.panel.wide), ylim=(0, tall), frame_on=False, xticks=[], yticks=[])

    def _draw_time(self, bottom: float) -> None:
        """Draw the line of time with a tick at every frame, and the mark that moves along it."""
        from matplotlib.lines import Line2D

        y = (bottom + TIME / 2) / self._high
        ends = [self._at(self._days[0]), self._at(self._days[-1])]
        look: dict[str, Any] = {"transform": self.figure.transFigure, "solid_capstyle": "butt"}
        self.figure.add_artist(Line2D(ends, [y, y], color="#999999", linewidth=0.8, **look))
        marks: dict[str, Any] = {"marker": "|", "markersize": 4, "markeredgewidth": 0.5, "linestyle": "", "color": "#777777"}
        self.figure.add_artist(Line2D([self._at(day) for day in self._days], [y] * len(self._days), **marks, **look))
        self._mark = Line2D(ends[:1], [y], marker="o", markersize=5, color=style.INK, **look)
        self._mark.set_figure(self.figure)

    def _at(self, day: date) -> float:
        """Give where a day lies on the line of time, in widths of the figure."""
        first, last = self._days[0].toordinal(), self._days[-1].toordinal()
        share = (day.toordinal() - first) / (last - first) if last > first else 0.0
        return (MARGIN + 4 + share * (self.panel.wide - 8)) / self._wide

    def picture(self, day: date) -> NDArray[np.uint8]:
        """Draw the frame of one of the days and give its pixels, as rows of red, green and blue."""
        lasting = {*self._axes.get_children(), *self._strip.get_children()}
        legend = self._legends[day]
        with setting():
            draw_land(self._axes, self.panel, self._rows[day])
            draw_lines(self._axes, self._lines[day])
            sheet_legend.draw_legend(self._strip, legend, -6, self._strip.get_ylim()[1] - legend.high, framed=False)
            since, _, acts = sheet_page.span_of(self.panel, self.view, day)
            self._day.set_text(self._heading(day))
            self._act.set_text(shortened(acts[0] if acts else f"as on {long_day(since)}", ACT, self.panel.wide))
            self._mark.set_xdata([self._at(day)])
            self._canvas.restore_region(self._under)
            new = [artist for axes in (self._axes, self._strip) for artist in axes.get_children() if artist not in lasting]
            for artist in (*sorted(new, key=lambda artist: float(artist.zorder)), self._mark, self._day, self._act):
                artist.draw(self._canvas.get_renderer())
        for artist in new:
            artist.remove()
        pixels = np.asarray(self._canvas.buffer_rgba())[:, :, :3] * self._through + self._over
        return (pixels // 255).astype(np.uint8)

    def _heading(self, day: date) -> str:
        place = self.title or self.panel.extent.name
        words = long_day(day)
        return shortened(f"{words}: {place}" if place else words, DAY, self.panel.wide, "bold")
