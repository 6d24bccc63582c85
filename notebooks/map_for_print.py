# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A map for print
#
# How does one get a map of one day into a book, a lecture or a newspaper, at the right size, sharp,
# with a caption that is true? A sheet is drawn with equal areas, says its view, its day and its
# credit, and can be saved as PDF, SVG or PNG. This notebook takes one page of a book from the first
# look to the files, and ends with two days side by side, measured. Nothing is fetched from the
# network, and no position is taken on any claim.

# %%
import tempfile
from pathlib import Path

import pandas as pd
from IPython.display import Markdown

import sovietpacific as sp

day = "1905-10-15"

# %% [markdown]
# ## The whole map
#
# A sheet is the value of a cell, and shows itself. Its size is that of a page of A4 laid flat;
# `width` gives another, in inches. The southern Kurils have an inset; names are the official ones
# of the day, and those without room are left out.

# %%
sp.maps.sheet(day, view="control")

# %% [markdown]
# ## One region, as wide as the type area
#
# `region` draws one region at its own scale, in a projection that suits it. A type area of 12 cm is
# 4.7 inches: the words keep their size, and fewer names find room. `scripts=True` adds the name in
# Cyrillic, kanji or hangul.

# %%
centimetres = 12
page = sp.maps.sheet(
    day,
    view="control",
    region="sakhalin",
    width=centimetres / 2.54,
    scripts=True,
    title="Sakhalin after the peace",
)
page

# %% [markdown]
# ## The surroundings of a place
#
# `around` takes any place of the gazetteer, or a point, and the kilometres to every side. Small
# windows are drawn with fine shapes.

# %%
sp.maps.sheet(
    "1939-08-01", view="control", around=("Nomonhan", 60), title="Khalkhin Gol, summer of 1939"
)

# %% [markdown]
# ## Another view is another map
#
# The same day in law. Two views must never be mixed on a page without saying so, and each sheet
# names its own below the title.

# %%
sp.maps.sheet(day, view="title", region="manchuria.liaodong")

# %% [markdown]
# ## The files
#
# For a printer, PDF or SVG: lines stay lines at any size. The PDF carries its fonts, and its words
# can be searched; text in an SVG is outlines. For a slide, PNG. The same call with the same data
# gives the same bytes, so that two copies can be compared. Here they go to a temporary folder; name
# one of your own.

# %%
folder = Path(tempfile.mkdtemp(prefix="maps-"))
for ending in ("pdf", "svg", "png"):
    sp.maps.save(
        folder / f"sakhalin-1905.{ending}",
        day,
        view="control",
        region="sakhalin",
        title="Sakhalin after the peace",
    )
files = sorted(folder.iterdir())
pd.DataFrame(
    {
        "file": [file.name for file in files],
        "kB": [round(file.stat().st_size / 1000) for file in files],
    }
)

# %% [markdown]
# ## The caption
#
# A caption says what is shown, on which day, in which view, and whose the shapes are. The atlas
# knows all of it.

# %%
atlas = sp.load_atlas()
names = sp.polities().set_index("polity")["name"]
borders = sp.borders_at(day, view="control", region="sakhalin")
held = "; ".join(
    f"{names[row.polity]} {row.area_km2:,.0f} km² ({row.standing})" for row in borders.itertuples()
)
Markdown(f"> **Sakhalin on {day}.** Control, {atlas.views['control']}: {held}. {atlas.credit}.")

# %% [markdown]
# ## Two days, compared and measured
#
# What changed hands between two days is outlined and numbered on the maps, and measured in a table
# below them. `maps.sheets` draws three days or more as small maps of one extent, with one legend.

# %%
sp.maps.compare_sheet(
    "1904-01-01",
    "1945-09-03",
    view="control",
    title="What changed hands, 1 January 1904 to 3 September 1945",
)
