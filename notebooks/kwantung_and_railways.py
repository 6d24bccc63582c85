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
# # Kwantung and the railway zones
#
# From 1898 to 1955 foreign powers held a corner of Liaodong, the Kwantung lease, and ran railways
# through Manchuria, each with settlements of its own. Who leased or occupied the ports, which
# railway was held or guarded under which act, and who governed the settlements along it? Leases and
# zones are a matter of control; this notebook also asks whose the land was meanwhile.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from pyproj import Geod

import sovietpacific as sp

COLOURS = sp.load_atlas().colours

pd.set_option("display.max_colwidth", 90)
lease = "manchuria.liaodong.kwantung"
sp.maps.sheet("1914-01-01", view="control", region=lease)

# %% [markdown]
# ## Port Arthur and Dalian
#
# The histories of the two ports in the view `control`, side by side. `zone` is a hold under treaty
# rights without government of the whole.

# %%
ports = pd.concat(
    {port: sp.history_of(port, view="control") for port in ("port-arthur", "dalian")},
    names=["port"],
)
ports.reset_index("port")[
    ["port", "since", "until", "holder", "standing", "instrument", "certainty"]
].fillna("")

# %% [markdown]
# ## Whose it was meanwhile
#
# In this atlas a lease changes who governs, not whose the land is. In general practice
# (`sovereignty`) and by the instruments in force (`title`) Dalian has a shorter history.

# %%
law = pd.concat(
    {view: sp.history_of("dalian", view=view) for view in ("sovereignty", "title")}, names=["view"]
)
law.reset_index("view")[
    ["view", "since", "until", "holder", "standing", "instrument", "on"]
].fillna("")

# %% [markdown]
# ## The railways
#
# A railway is a dated line, never land: it is drawn while it was held or guarded by treaty. The
# table asks for the lines in force on 1 January of each year and tells the first and the last of
# these days for each act. Lengths are those of the lines as they are drawn here.

# %%
years = range(1896, 1957)
lines = {
    year: sp.lines_at(f"{year}-01-01", view="control", region="manchuria").query(
        "kind == 'railway'"
    )
    for year in years
}
railways = pd.concat(
    {year: found for year, found in lines.items() if len(found)}, names=["year"]
).reset_index("year")
railways["km"] = [Geod(ellps="WGS84").geometry_length(line) / 1000 for line in railways.geometry]
railways["act"] = railways["basis"].map(sp.instruments().set_index("instrument")["name"])
table = railways.groupby(["name", "act"]).agg(
    first=("year", "min"), last=("year", "max"), km=("km", "first")
)
table.sort_values(["name", "first"]).astype({"km": int})

# %% [markdown]
# ## The settlements
#
# The towns of the railways had governments of their own. A bar is a tenure in the view `control`,
# to the day; a bar is divided where two shared. The colour tells the holder, the word the standing:
# `zone` is a hold under treaty rights, `puppet` is how the atlas classes Manchukuo's control.


# %%
def draw_history(axis, row, tract, first, last):
    """Draw a bar in a row for every tenure of a tract between two days."""
    for tenure in sp.history_of(tract, view="control").itertuples():
        since = max(first, pd.Timestamp(tenure.since))
        until = pd.Timestamp(tenure.until) if isinstance(tenure.until, str) else last
        wide = min(last, until) - since
        holders = tenure.holder.split("+")
        for part, holder in enumerate(holders if wide.days > 0 else []):
            top, high = row - 0.4 + 0.8 * part / len(holders), 0.8 / len(holders)
            look = {"color": COLOURS[holder], "edgecolor": "#23282D", "linewidth": 0.4}
            axis.barh(top, wide, high, left=since, align="edge", **look)
        if wide.days > 2500:
            axis.text(since + wide / 2, row, tenure.standing, ha="center", va="center", fontsize=7)


# %%
places = [
    *sp.tracts_at("1914-01-01", region=lease).itertuples(),
    *sp.tracts_at("1914-01-01", region="manchuria.railway").itertuples(),
]
first, last = pd.Timestamp("1894-01-01"), pd.Timestamp("1957-01-01")
figure, axis = plt.subplots(figsize=(9.5, 6.2), dpi=110, layout="constrained")
for row, place in enumerate(places):
    draw_history(axis, row, place.tract, first, last)
names = [
    place.name.replace("the ", "").replace(" settlement", "").replace(": railway", "").split(",")[0]
    for place in places
]
axis.set_yticks(range(len(places)), names)
axis.set(xlim=(first, last), ylim=(len(places) - 0.4, -0.6))
axis.axhline(3.5, color="#23282D", linewidth=1.2)
axis.set_title(
    "Kwantung (above the line) and the railway settlements: who governed them",
    loc="left",
    weight="bold",
    fontsize=11,
)
axis.set_xlabel(
    f"view control; sovietpacific, data {sp.load_atlas().version}", fontsize=8, loc="right"
)
axis.spines[["top", "right", "left"]].set_visible(False)
axis.tick_params(left=False)
holders = {
    "China": "china",
    "Russia, Soviet Union": "russia",
    "Japan": "japan",
    "Manchukuo": "manchukuo",
}
marks = [
    plt.Rectangle((0, 0), 1, 1, facecolor=COLOURS[key], edgecolor="#23282D", linewidth=0.4)
    for key in holders.values()
]
figure.legend(marks, list(holders), loc="outside lower center", ncols=4, frameon=False, fontsize=9)
plt.show()

# %% [markdown]
# ## Manchuria in 1931, with its railways
#
# The lease and the surroundings of Harbin stand in insets at their own scale.

# %%
sp.maps.sheet("1931-01-01", view="control", region="manchuria", insets=[lease, ("Harbin", 12)])
