"""Draw the frames of a film: land, lines and legend anew for each day, everything else once.

Knows the printed map and nothing of how films are packed.

It makes pixels of days; which days a film has, and its file, are `film`'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sovietpacific.answers import palette
from sovietpacific.answers.rows import BorderRow
from sovietpacific.answers.words import sheets, views
from sovietpacific.answers.words.wording import text
from sovietpacific.atlas import Atlas
from sovietpacific.maps.printed import captions, graticule, legends
from sovietpacific.maps.printed.extent import Extent
from sovietpacific.maps.printed.land import (
    Drawn,
    draw_land,
    draw_lines,
    lines_on,
    obstacles,
    rows_on,
)
from sovietpacific.maps.printed.names_chosen import labels_for
from sovietpacific.maps.printed.names_set import draw_names, set_names
from sovietpacific.maps.printed.panel import Panel
from sovietpacific.maps.printed.room import Room
from sovietpacific.maps.printed.typefaces import look_of, printable, setting, shortened, wrapped
from sovietpacific.maps.scene.day_map import DayMap

#: Dots an inch in a frame, its margin, and the sizes of day, act and small print in points.
DPI, MARGIN, DAY, ACT, SMALL = 100, 12.0, 17.0, 8.6, 5.8

#: Height of the line of time under the map, in points.
TIME = 16.0


class FilmFrame:
    """One figure that is drawn day after day.

    Above the map stand its day and act, below it the line of time, the day's legend and the credit.
    """

    def __init__(
        self, atlas: Atlas, extent: Extent, view: str, width: int, title: str | None
    ) -> None:
        """Keep what is the same on all frames."""
        self.atlas, self.view, self.title = atlas, view, title
        wide = width / DPI * 72
        self.panel = Panel(atlas, extent, round(wide - 2 * MARGIN, 1))
        self._width = width

    def held(self, day: date) -> tuple[BorderRow, ...]:
        """Give how the land that is seen is held on `day`; frames of days that are alike in this
        look alike.
        """
        return tuple(rows_on(self.panel, self._map_of(day)))

    def _map_of(self, day: date) -> DayMap:
        """Return the map of a day; it is not kept, since a film may have thousands of days."""
        return DayMap(self.atlas, self.view, day)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of a frame in pixels."""
        wide, high = self._canvas.get_width_height()
        return int(high), int(wide)

    def prepare(self, days: Sequence[date]) -> None:
        """Draw what stays: frame, graticule and names, the line of time, the small print."""
        panel = self.panel
        self._days = days
        self._find(days)
        self._legends = {day: self._legend_of(day) for day in days}
        tall = max(legend.high for legend in self._legends.values())
        small = wrapped(printable(self._small_print()), SMALL, panel.wide * 0.97)
        below = TIME + tall + SMALL * 1.4 * len(small) + MARGIN
        self._make_figure(below)
        with setting():
            axes = self._axes = graticule.axes_on(self.figure, panel, MARGIN, below)
            graticule.draw_graticule(axes, panel, degrees=False)
            under = set(axes.get_children())
            self._draw_names()
            self._make_strip(below - TIME - tall, tall)
            for number, line in enumerate(reversed(small)):
                y = MARGIN * 0.7 + number * SMALL * 1.4
                self._write(MARGIN, y, line, SMALL, "sans", "#444444")
            self._draw_time(below - TIME)
            spines = axes.spines.values()
            every = axes.get_children()
            self._keep([artist for artist in every if artist not in under or artist in spines])
        top = self._high - MARGIN
        self._day = self._write(MARGIN, top - DAY * 0.8, "", DAY, "bold", palette.INK)
        self._act = self._write(MARGIN, top - DAY * 1.1 - ACT, "", ACT, "sans", "#444444")

    def _make_figure(self, below: float) -> None:
        """Make the figure, with so much room below the map; its height in pixels is even."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        wide, above = self._width / DPI * 72, MARGIN + DAY * 1.15 + ACT * 1.5
        high = round((above + self.panel.high + below) / 72 * DPI / 2) * 2 / DPI * 72
        self.figure = Figure(figsize=(wide / 72, high / 72), dpi=DPI, facecolor="white")
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._high, self._wide = high, wide

    def _draw_names(self) -> None:
        """Draw the scale bar and the names of seas and land, clear of the first and last lines.

        Towns have no names on a film: they would have to change with the day.
        """
        panel = self.panel
        lines = [line for day in (self._days[0], self._days[-1]) for line in self._lines[day]]
        room = Room(panel, obstacles(lines))
        scale = graticule.place_scale(panel, room, 0.16)
        graticule.draw_scale(self._axes, panel, scale, 0.16)
        labels = labels_for(panel, room, [], self._map_of(self._days[0]), False, 0.85)
        lasting = [label for label in labels if not label.dot]
        draw_names(self._axes, set_names(room, lasting, panel.shore_tree))

    def _find(self, days: Sequence[date]) -> None:
        """Find the rows and the lines of all days that are seen."""
        self._rows: dict[date, list[BorderRow]] = {}
        self._lines: dict[date, list[Drawn]] = {}
        for day in days:
            day_map = self._map_of(day)
            self._rows[day] = rows_on(self.panel, day_map)
            self._lines[day] = lines_on(self.panel, day_map)

    def _keep(self, over: Sequence[Any]) -> None:
        """Draw once what lies under the land, and once what lies over it (`over`).

        Both are laid under and over the land of each frame.
        """
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
        shown, projection = views.shown(self.atlas.records, self.view), self.panel.extent.projection
        return text(views.apart(shown, views.neutral(), projection.words, self.atlas.credit))

    def _write(self, x: float, y: float, words: str, size: float, face: str, colour: str) -> Any:
        look: dict[str, Any] = {"fontsize": size, "color": colour, "va": "baseline"}
        look |= look_of(face)
        return self.figure.text(x / self._wide, y / self._high, words, **look)

    def _legend_of(self, day: date) -> legends.Legend:
        kinds = [line.kind for line in self._lines[day]]
        entries = legends.entries_of(self._rows[day], kinds, self.atlas, self.view, 120)
        return legends.below(entries, self.panel.wide)

    def _make_strip(self, bottom: float, tall: float) -> None:
        """Make room under the map for the tallest legend of all days."""
        across, wide = self.panel.wide, self._wide
        box = (MARGIN / wide, bottom / self._high, across / wide, tall / self._high)
        bare: dict[str, Any] = {"frame_on": False, "xticks": [], "yticks": []}
        self._strip = self.figure.add_axes(box, xlim=(0, across), ylim=(0, tall), **bare)

    def _draw_time(self, bottom: float) -> None:
        """Draw the line of time with a tick for every frame, and the mark that moves along it."""
        from matplotlib.lines import Line2D

        y = (bottom + TIME / 2) / self._high
        ends = [self._at(self._days[0]), self._at(self._days[-1])]
        look: dict[str, Any] = {"transform": self.figure.transFigure, "solid_capstyle": "butt"}
        self.figure.add_artist(Line2D(ends, [y, y], color="#999999", linewidth=0.8, **look))
        ticks: dict[str, Any] = {"marker": "|", "markersize": 4, "markeredgewidth": 0.5}
        ticks |= {"linestyle": "", "color": "#777777"}
        places = [self._at(day) for day in self._days]
        self.figure.add_artist(Line2D(places, [y] * len(places), **ticks, **look))
        self._mark = Line2D(ends[:1], [y], marker="o", markersize=5, color=palette.INK, **look)
        self._mark.set_figure(self.figure)

    def _at(self, day: date) -> float:
        """Return where a day lies on the line of time, in widths of the figure."""
        first, last = self._days[0].toordinal(), self._days[-1].toordinal()
        share = (day.toordinal() - first) / (last - first) if last > first else 0.0
        return (MARGIN + 4 + share * (self.panel.wide - 8)) / self._wide

    def picture(self, day: date) -> NDArray[np.uint8]:
        """Draw the frame of one of the days; return its pixels as rows of red, green and blue."""
        lasting = {*self._axes.get_children(), *self._strip.get_children()}
        legend = self._legends[day]
        with setting():
            draw_land(self._axes, self.panel, self._rows[day])
            draw_lines(self._axes, self._lines[day])
            bottom = self._strip.get_ylim()[1] - legend.high
            legends.draw_legend(self._strip, legend, -6, bottom, framed=False)
            since, _, acts = captions.span_of(self.panel, self.view, day)
            self._day.set_text(self._heading(day))
            self._act.set_text(
                shortened(text(sheets.act_or_day(since, acts)), ACT, self.panel.wide)
            )
            self._mark.set_xdata([self._at(day)])
            self._canvas.restore_region(self._under)
            every = [*self._axes.get_children(), *self._strip.get_children()]
            new = [artist for artist in every if artist not in lasting]
            new.sort(key=lambda artist: float(artist.zorder))
            for artist in (*new, self._mark, self._day, self._act):
                artist.draw(self._canvas.get_renderer())
        for artist in new:
            artist.remove()
        pixels = np.asarray(self._canvas.buffer_rgba())[:, :, :3] * self._through + self._over
        return (pixels // 255).astype(np.uint8)

    def _heading(self, day: date) -> str:
        place = self.title or self.panel.extent.name
        return shortened(text(sheets.day_of(day, place)), DAY, self.panel.wide, "bold")
