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
# # A first look: who held Iturup?
#
# Whose land was one island, on one day, and how do we know? Five cells ask about Iturup, the
# largest of the Kuril Islands: who governed it, what its history is, what happened around it in the
# summer of 1945, whose it is on whose map, and how all of that looks. Everything comes from the
# data that are installed with the library; no network is needed. The atlas takes no position on any
# claim.
#
# ## One place, one day
#
# A place may be asked by any name it has borne, in any script, or by longitude and latitude. The
# answer has three views: who was in control, whose the place was in general practice, and whose it
# was by the instruments in force, strictly read.

# %%
import pandas as pd

import sovietpacific as sp

sp.sovereignty_of("Etorofu", "1945-08-29")

# %% [markdown]
# ## The history of a place
#
# Each row is a tenure: it holds from its first day, `since`, to the day before `until`. The act
# behind it and the sources it was taken from are named; `certainty` is that of the day.

# %%
history = sp.history_of("Iturup", view="control")
history[["since", "until", "holder", "standing", "instrument", "sources", "certainty"]].fillna("")

# %% [markdown]
# ## What changed hands
#
# The Kurils from 8 August to 5 September 1945, in the view `control`: a row for each day, holder
# and act. On the day of a change the new holder holds, for the whole day.

# %%
changes = sp.changes_between("1945-08-08", "1945-09-05", region="kurils")
changes[["day", "from", "to", "to_standing", "tracts", "certainty"]]

# %% [markdown]
# ## The same island today, on five maps
#
# Control, general practice, law strictly read, and the official maps of two states. The answers
# differ, which is why every answer names its view; `japan|russia` means that both hold it to be
# theirs.

# %%
views = ["control", "sovereignty", "title", "japan", "russia"]
now = pd.concat(
    {view: sp.history_of("Iturup", view=view).tail(1) for view in views}, names=["view"]
).droplevel(1)
now[["holder", "standing", "since", "instrument", "certainty"]]

# %% [markdown]
# ## A map
#
# Point at an island to see whose it was that day, by what act and on whose word; click for its
# whole history. `web.save("kurils.html")` writes the same map as one file that opens with no
# network.

# %%
web = sp.maps.web("1945-09-02", region="kurils")
web
