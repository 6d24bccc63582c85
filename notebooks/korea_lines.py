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
# # The 38th parallel and the Military Demarcation Line
#
# From September 1945 to June 1950 Korea was divided at the 38th parallel; since 27 July 1953 it has
# been divided at the Military Demarcation Line, which crosses the parallel. Which land lies between
# the two, when did each town change hands, and how did the land under each side's control grow and
# shrink in the war? The view is named at each table and picture; the two states' own official maps
# are asked too.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.dates import DateFormatter

import sovietpacific as sp

pd.set_option("display.max_colwidth", 90)
atlas = sp.load_atlas()
COLOURS = atlas.colours

# %% [markdown]
# ## Two lines, each in force on its own days
#
# A named line is given only on the days on which it was in force. `status` tells whether it parted
# two holders that day; `basis` is the act that drew it.

# %%
days = [
    "1945-09-01",
    "1945-09-20",
    "1949-01-01",
    "1950-12-01",
    "1953-07-26",
    "1953-07-27",
    "2020-01-01",
]
lines = pd.concat(
    {day: sp.lines_at(day, view="control", region="korea") for day in days}, names=["day"]
).reset_index("day")
named = lines[lines["line"].isin(["parallel-38", "mdl", "dmz-limits"])]
named.groupby(["day", "name", "status", "basis"]).agg(
    parts=("line", "size"), since=("since", "min"), accuracy_km=("accuracy_km", "max")
)

# %% [markdown]
# ## The land between the lines
#
# In the west the Demarcation Line runs south of the parallel, in the east north of it. So some land
# changed sides in each direction. Areas are geodesic.

# %%
regions = ["korea.south-to-north", "korea.north-to-south", "korea.dmz"]
land = pd.concat(
    {atlas.region_names[region]: sp.tracts_at("1960-01-01", region=region) for region in regions},
    names=["region"],
)
land.groupby("region").agg(
    tracts=("tract", "; ".join), area_km2=("area_km2", "sum"), held_in_1960=("control", "unique")
).round()

# %% [markdown]
# ## Two towns, one on each side
#
# Kaesong lies south of the parallel and north of the Demarcation Line; Sokcho north of the parallel
# and south of the line. View: control.

# %%
towns = pd.concat(
    {town: sp.history_of(town, view="control") for town in ("Kaesong", "Sokcho")}, names=["town"]
)
towns = towns[towns["until"].fillna("9999") > "1945-08-01"].reset_index("town")
towns[["town", "since", "until", "holder", "standing", "instrument", "certainty", "edtf"]].fillna(
    ""
)

# %% [markdown]
# ## The war as areas
#
# The land of Korea by who held it from June 1950 to July 1951, in the view `control`: a figure for
# each epoch, a span of days in which nothing changed. Districts change hands whole, on the day of
# their town, so the steps are rougher than the front was.

# %%
begin, end = "1950-06-01", "1951-08-01"
epochs = sp.epochs("control")["since"]
war = [begin, *epochs[epochs.between(begin, end, inclusive="neither")], end]
areas = {
    day: sp.borders_at(day, view="control", region="korea", detail="light")
    .groupby("holder")["area_km2"]
    .sum()
    for day in war
}
held = pd.DataFrame(areas).T.fillna(0).set_index(pd.to_datetime(war)) / 1000

# %%
sides = {
    "Democratic People's Republic of Korea": (["dprk"], COLOURS["dprk"]),
    "contested, shared, others": (held.columns.difference(["dprk", "unc", "rok"]), "#F4F1E8"),
    "United Nations Command": (["unc"], COLOURS["unc"]),
    "Republic of Korea": (["rok"], COLOURS["rok"]),
}
stack = [held[columns].sum(axis=1) for columns, _ in sides.values()]
figure, axis = plt.subplots(figsize=(9, 4.6), dpi=110, layout="constrained")
axis.stackplot(
    held.index,
    stack,
    step="post",
    labels=list(sides),
    colors=[colour for _, colour in sides.values()],
)
axis.set(
    xlim=(held.index[0], held.index[-1]), ylim=(0, held.sum(axis=1).max()), ylabel="thousand km²"
)
axis.set_title("Korea, June 1950 to July 1951: who held the land", loc="left", weight="bold")
axis.xaxis.set_major_formatter(DateFormatter("%b %Y"))
axis.spines[["top", "right"]].set_visible(False)
axis.set_xlabel(f"view control; sovietpacific, data {atlas.version}", fontsize=8, loc="right")
figure.legend(
    *axis.get_legend_handles_labels(),
    loc="outside lower center",
    ncols=4,
    frameon=False,
    fontsize=9,
)
plt.show()

# %% [markdown]
# After these months the front still moved, but no town with its district. What the atlas tells from
# here to the day before the armistice:

# %%
later = sp.changes_between(end, "1953-07-26", view="control", region="korea")
later[["day", "from", "to", "to_standing", "instrument", "tracts", "area_km2"]].round(1)

# %% [markdown]
# ## One Korea, two Koreas
#
# The answer depends on the view and on the day. Control, general practice and title follow the
# Demarcation Line; the official maps of the two states have each shown the whole peninsula, and one
# of them has changed since. Thousand km²; an empty holder is undetermined.

# %%
cases = [("control", "2020-01-01"), ("sovereignty", "2020-01-01"), ("title", "2020-01-01")]
cases += [(state, day) for state in ("rok", "dprk") for day in ("2020-01-01", str(atlas.as_of))]
land = {
    (view, day): sp.borders_at(day, view=view, region="korea").groupby("holder")["area_km2"].sum()
    for view, day in cases
}
(pd.DataFrame(land).T.fillna(0) / 1000).round(1).rename_axis(["view", "day"])

# %%
sp.history_of("Suwon", view="dprk")[["since", "until", "holder", "instrument", "sources"]].tail(2)

# %% [markdown]
# ## Four days on the map
#
# The parallel, the Pusan Perimeter, the farthest advance of the autumn of 1950, and the armistice.
# The red line is the front as it was last drawn from a source; nothing between two drawings is
# interpolated.

# %%
days = ["1947-01-01", "1950-09-14", "1950-11-24", "1953-08-01"]
sp.maps.sheets(
    days,
    view="control",
    region="korea",
    title="Korea: from the 38th parallel to the Military Demarcation Line",
)
