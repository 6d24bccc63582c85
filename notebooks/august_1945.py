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
# # August 1945, day by day
#
# The Soviet Union declared war on Japan on 8 August 1945; by 5 September its forces held Manchuria,
# northern Korea, southern Sakhalin and the Kurils. What was held on which day, and how well is each
# day known? This notebook lists the changes of control from day to day, draws how much of each
# region was held by whom, and ends with six days on the map. All of it is the view `control`, who
# governed or occupied the ground; what these days changed in the two other views is told in a
# section of its own.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.dates import DateFormatter

import sovietpacific as sp

pd.set_option("display.max_colwidth", 90)
first, last = "1945-08-08", "1945-09-05"
atlas = sp.load_atlas()
COLOURS = atlas.colours

# %% [markdown]
# ## What changed hands on each day
#
# A row is a day, an old and a new holder, and an act. The day a town was taken is used for the land
# around it, its district; so the day is the town's, and the edge of the land is good to 10 to 25
# km.

# %%
changes = sp.changes_between(first, last, view="control")
table = changes[["day", "from", "to", "to_standing", "area_km2", "certainty", "tracts"]]
table.style.format({"area_km2": "{:,.0f}"}).hide().set_properties(
    subset=["day"], **{"white-space": "nowrap"}
)

# %% [markdown]
# ## How well the days are known
#
# The atlas keeps, for every row, whether its day is firm, probable or approximate, and whether the
# fact was read in a source.

# %%
rows = pd.concat(
    [
        sp.history_of(tract, view="control").assign(tract=tract)
        for tract in changes["tracts"].str.split("; ").explode().unique()
    ]
)
days = rows[(rows["since"] > first) & (rows["since"] <= last)]
known = pd.crosstab(
    days["certainty"],
    days["seen"].map({True: "read in a source", False: "unverified"}),
    margins=True,
    margins_name="all",
)
known

# %% [markdown]
# ## How the regions changed hands
#
# For each day, the share of each region's land that each held. The Sakhalin row is the part south
# of the 50th parallel. Contested means fought over on that day.

# %%
regions = ["manchuria", "korea", "sakhalin.south", "kurils"]
calendar = pd.date_range(first, last)


def held_on(day, region):
    """Return the land of a region by holder on one day, in km²."""
    tracts = sp.tracts_at(day, region=region, detail="light")
    return tracts.groupby("control")["area_km2"].sum()


held = {
    region: pd.DataFrame({day: held_on(day, region) for day in calendar}).T.fillna(0)
    for region in regions
}

# %%
names = {
    "russia": "Soviet Union",
    "japan|russia": "fought over",
    "japan": "Japan",
    "manchukuo": "Manchukuo",
}
figure, axes = plt.subplots(4, 1, figsize=(9, 7.5), dpi=110, sharex=True, layout="constrained")
for axis, region in zip(axes, regions, strict=True):
    share = 100 * held[region].div(held[region].sum(axis=1), axis=0)
    share = share[
        [*(holder for holder in names if holder in share), *share.columns.difference(list(names))]
    ]
    below = 0
    for holder in share:
        colour = COLOURS.get(holder, "#F4F1E8")
        axis.bar(
            calendar,
            share[holder],
            1.0,
            bottom=below,
            color=colour,
            edgecolor=colour,
            label=names.get(holder, holder),
        )
        below = below + share[holder]
    total = held[region].sum(axis=1).iloc[0]
    axis.set_title(
        f"{atlas.region_names[region]} ({total:,.0f} km²)", loc="left", fontsize=10, weight="bold"
    )
    axis.set_ylim(0, 100)
    axis.set_ylabel("%")
    axis.margins(x=0)
    axis.spines[["top", "right"]].set_visible(False)
entries = {
    label: mark
    for axis in axes
    for mark, label in zip(*axis.get_legend_handles_labels(), strict=True)
}
figure.legend(
    entries.values(), entries.keys(), loc="outside lower center", ncols=len(entries), frameon=False
)
axes[-1].set_xlabel(f"view control; sovietpacific, data {atlas.version}", fontsize=8, loc="right")
axes[-1].xaxis.set_major_formatter(DateFormatter("%d %b"))
plt.show()

# %% [markdown]
# ## Law and general practice
#
# The same days in the two other views. Most of what changed hands on the ground changed neither in
# general practice nor in law on these days.

# %%
others = {view: sp.changes_between(first, last, view=view) for view in ("sovereignty", "title")}
pd.concat(others, names=["view"])[
    ["day", "from", "to", "from_standing", "to_standing", "instrument", "area_km2"]
].droplevel(1).round()

# %% [markdown]
# ## All days with a slider
#
# Drag, play, or type a day; point at land to see its holder, the act and the sources. The page
# keeps all days from 1855 to today and needs no network; `sp.maps.save_timeline("all.html")` writes
# it as one file.

# %%
sp.maps.timeline(day="1945-08-09", view="control")

# %% [markdown]
# ## Six days
#
# The same extent and one legend for all; below each day stands the last change seen on its map.

# %%
days = ["1945-08-08", "1945-08-14", "1945-08-18", "1945-08-22", "1945-08-26", "1945-09-03"]
sp.maps.sheets(days, view="control", title="Northeast Asia, 8 August to 3 September 1945")
