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
# # A million dated points: what does the day change?
#
# Letters, battles, ships' logs, weather stations, births: each is a longitude, a latitude and a
# day. Whose land was each on its own day, and how often is the answer another one if a single map
# is used for all days, that of 1914, of 1938, or of today? The points here are **invented**: a
# seeded generator strews them around real towns, so that everybody gets the same million. The
# shares below say how much the choice of map matters for points like these; they say nothing about
# any real archive.

# %%
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import Markdown

import sovietpacific as sp

atlas = sp.load_atlas()

# %% [markdown]
# ## A million invented points
#
# Each lies near a town of the gazetteer, about a tenth of a degree off, on a day drawn at random
# between 1860 and 1959.

# %%
random = np.random.default_rng(1945)
count = 1_000_000
towns = (
    sp.places().drop_duplicates("place").query("kind in ('city', 'town')").reset_index(drop=True)
)
near = random.integers(len(towns), size=count)
points = pd.DataFrame(
    {
        "town": near,
        "lon": towns["lon"].to_numpy()[near] + random.normal(0, 0.1, count),
        "lat": towns["lat"].to_numpy()[near] + random.normal(0, 0.1, count),
        "date": np.datetime64("1860-01-01")
        + random.integers(100 * 365, size=count).astype("timedelta64[D]"),
    }
)
points.head(3)

# %% [markdown]
# ## Whose land was each, on its own day?
#
# One call labels them all, exactly: the view is `control`, who governed or occupied. What has no
# answer, points at sea and land and days that are not told, is counted in one warning, kept here to
# be printed, and left out from here on.

# %%
with warnings.catch_warnings(record=True) as counted:
    warnings.simplefilter("always")
    labelled = sp.label(points, view="control")
print(*(warning.message for warning in counted))
on_land = labelled[labelled["tract"].notna() & (labelled["standing"] != "untold")]
on_land[["lon", "lat", "date", "tract", "holder", "standing", "sovereign", "certainty"]].head(5)

# %%
Markdown(
    f"Of {count:,} points around {len(towns)} towns **{len(on_land):,}** "
    "lie on land that the atlas judges. "
    f"For {(on_land['standing'] != 'sovereign').mean():.0%} of them the hold was not "
    "sovereign: leased, occupied, a zone."
)

# %% [markdown]
# ## The same points on one map for all days
#
# The same question with every date replaced by a single one. Russian Empire, Soviet Union and
# Russia count as one holder, and so do the governments of Japan and of China; Korea before 1910 and
# the two states since 1948 do not. Where a map does not tell who governed, as of China in 1938, it
# is not held against it.

# %%
warnings.simplefilter(
    "ignore", sp.UnansweredWarning
)  # of land that is not told, which was counted above
single = {
    "map of 1914": "1914-01-01",
    "map of 1938": "1938-01-01",
    "map of today": str(atlas.as_of),
}
own = on_land["holder"].astype(str)
answers = {
    name: sp.label(on_land.assign(date=day)[["lon", "lat", "date"]], columns=["holder"])[
        "holder"
    ].astype(str)
    for name, day in single.items()
}
differs = pd.DataFrame(
    {name: (held != own) & (held != "") for name, held in answers.items()}
).assign(town=on_land["town"], year=on_land["date"].dt.year)
differs[list(single)].mean().map("{:.1%}".format).rename("another holder").to_frame()

# %% [markdown]
# ## What the map of today would say instead
#
# The commonest pairs: who held the land on the day of the point, and whose it is by today's
# control.

# %%
pairs = pd.DataFrame({"on its own day": own, "by the map of today": answers["map of today"]})
wrong = pairs[differs["map of today"]].value_counts().head(10).rename("points").reset_index()
wrong.assign(share=(wrong["points"] / len(own)).map("{:.1%}".format))

# %% [markdown]
# ## By decade
#
# A single map does well only in the decades nearest to the state of affairs it shows.

# %%
by_decade = 100 * differs.groupby(differs["year"] // 10 * 10)[list(single)].mean()
figure, axis = plt.subplots(figsize=(9, 4.2), dpi=110, layout="constrained")
for name, colour in zip(single, ["#8C6D1F", "#A3271B", "#1F5C8C"], strict=True):
    axis.plot(by_decade.index + 5, by_decade[name], marker="o", color=colour)
    axis.annotate(
        name,
        (by_decade.index[-1] + 5, by_decade[name].iloc[-1]),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=colour,
    )
axis.set(xlim=(1860, 1972), ylim=(0, None), ylabel="% of points with another holder")
axis.set_xticks(by_decade.index)
axis.set_title("How often one map for all days gives another holder", loc="left", weight="bold")
axis.set_xlabel(
    f"invented points; view control; sovietpacific, data {atlas.version}", fontsize=8, loc="right"
)
axis.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# ## Where the map of today misleads
#
# The towns the points lie around, coloured by the share of their points that today's map gives to
# another holder.

# %%
share = 100 * differs.groupby("town")["map of today"].mean()
shown = towns.loc[share.index]
figure, axis = plt.subplots(figsize=(9, 6.6), dpi=110, layout="constrained")
axis.set_facecolor("#EAF1F4")
sp.borders_at(atlas.as_of, detail="light").plot(
    ax=axis, color="#F7F5EF", edgecolor="#6E7F8A", linewidth=0.6
)
dots = axis.scatter(
    shown["lon"],
    shown["lat"],
    c=share,
    cmap="YlOrRd",
    vmin=0,
    vmax=100,
    s=42,
    edgecolor="#23282D",
    linewidth=0.5,
)
figure.colorbar(dots, ax=axis, shrink=0.7, label="% of points with another holder than today")
axis.set(
    xlim=(103, 158),
    ylim=(32, 56),
    aspect=1 / np.cos(np.radians(45)),
    xticks=[],
    yticks=[],
    ylabel="",
)
axis.set_title(
    "Invented points, 1860 to 1959: where the map of today names another holder",
    loc="left",
    weight="bold",
    fontsize=11,
)
axis.set_xlabel(f"view control; {atlas.credit}", fontsize=8, loc="right")
plt.show()
