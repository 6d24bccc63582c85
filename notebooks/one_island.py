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
# # One island through time: Shumshu and its sources
#
# Shumshu is the Kuril island nearest to Kamchatka. Whose was it, since when, by what act, and who
# says so? This notebook reads the island's whole history in three views and on two states' maps,
# follows every row to the act behind it and to the texts it was taken from, and ends with the
# history on one page. Each table and picture names its view; no position is taken on any claim.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown

import sovietpacific as sp

COLOURS = sp.load_atlas().colours

pd.set_option("display.max_colwidth", None)
island = "Shumshu"
sp.sovereignty_of(island, "1945-08-20")

# %% [markdown]
# ## Three questions, three histories
#
# Who governed it (`control`), whose it was in general practice (`sovereignty`), and whose it was by
# the instruments in force, strictly read (`title`). A row holds from `since` to the day before
# `until`; an empty holder means nobody's, or undetermined.

# %%
views = ["control", "sovereignty", "title"]
history = pd.concat(
    {view: sp.history_of(island, view=view) for view in views}, names=["view"]
).reset_index("view")
history[["view", "since", "until", "holder", "standing", "on", "certainty", "edtf"]].fillna("")

# %% [markdown]
# The days on which the three histories change are not the same. Control changes on the day of a
# hand-over or a landing; title changes on the day an act enters into force. `on` says which of its
# days an act is told by, and `edtf` keeps the limits of a day that no source gives exactly.
#
# ## The act behind each row
#
# Every row names its instrument: a treaty, a decree, a landing, a hand-over.

# %%
acts = sp.instruments().set_index("instrument")
behind = acts[acts.index.isin(history["instrument"])]
behind[["name", "signed", "in_force", "carried_out", "articles"]].fillna("")

# %% [markdown]
# ## The sources of each row
#
# A row cites its sources by key, with the article or page where one was used. What those who wrote
# the row have not read themselves says so.

# %%
cited = history["sources"].str.split("; ").explode()
keys = cited.str.split(" ").str[0].drop_duplicates()
bibliography = sp.sources().set_index("source").loc[keys].fillna("")


def entry(key, source):
    """Return a line of the bibliography, linked where the source has an address."""
    citation = f"[{source.citation}]({source.url})" if source.url else source.citation
    return f"- `{key}`: {citation} ({source.kind}{'' if source.seen else '; **not read**'})"


lines = [entry(key, source) for key, source in bibliography.iterrows()]
firm, read = (history["certainty"] == "firm").sum(), bibliography["seen"].sum()
head = (
    f"{len(history)} rows, {firm} of them with a firm day, "
    f"rest on {len(lines)} sources; {read} were read:"
)
Markdown("\n".join([head, "", *lines]))

# %% [markdown]
# ## What the island was called
#
# Maps use the official name of their day. The years of most historical names are general knowledge,
# and the table says so.

# %%
names = sp.places(island)[["name", "language", "since", "until", "official", "source", "seen"]]
names.astype({"since": object, "until": object}).fillna("")

# %% [markdown]
# ## Four days on the map
#
# The strait and its islands in the view `control`: each panel names the act of the last change seen
# on it.

# %%
days = ["1870-01-01", "1890-01-01", "1945-08-20", "1950-01-01"]
sp.maps.sheets(days, around=(island, 60), view="control")

# %% [markdown]
# ## The whole history on one page
#
# Five rows, one for each view and for the official maps of Japan and of Russia: above over all the
# years of the atlas, below over the years in which most of the changes lie. A holder keeps its
# colour through all its governments; white is nobody's or undetermined, and a bar is divided where
# two hold or claim. The word in a bar is the standing.


# %%
def draw_history(axes, first, last):
    """Draw a bar for every tenure of the island between two days, a row for each view."""
    for row, view in enumerate(["control", "sovereignty", "title", "japan", "russia"]):
        for tenure in sp.history_of(island, view=view).itertuples():
            since = max(first, pd.Timestamp(tenure.since))
            until = pd.Timestamp(tenure.until) if isinstance(tenure.until, str) else last
            wide = min(last, until) - since
            if wide.days <= 0:
                continue
            holders = tenure.holder.split("|")
            high = 0.7 / len(holders)
            look = {"align": "edge", "edgecolor": "#23282D", "linewidth": 0.6}
            for part, holder in enumerate(holders):
                colour, top = COLOURS.get(holder, "white"), row - 0.35 + part * high
                axes.barh(top, wide, high, left=since, color=colour, **look)
            if wide > (last - first) / 9:
                middle = since + wide / 2
                axes.text(middle, row, tenure.standing, ha="center", va="center", fontsize=8)
    axes.set(xlim=(first, last), ylim=(4.5, -0.5))
    axes.set_yticks(range(5), ["control", "sovereignty", "title", "map of Japan", "map of Russia"])
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False)


# %%
figure, (whole, close) = plt.subplots(2, 1, figsize=(9, 5.6), dpi=110, layout="constrained")
draw_history(whole, pd.Timestamp("1855-01-01"), pd.Timestamp(sp.load_atlas().as_of))
draw_history(close, pd.Timestamp("1945-07-01"), pd.Timestamp("1952-12-31"))
whole.set_title("Shumshu: who governed it, and whose it was", loc="left", weight="bold")
close.set_title("July 1945 to 1952", loc="left", fontsize=11)
credit = f"sovietpacific, data {sp.load_atlas().version}; no position is taken on any claim"
close.set_xlabel(credit, fontsize=8, loc="right")
colours = {
    "Russia, Soviet Union": COLOURS["russia"],
    "Japan": COLOURS["japan"],
    "nobody's or undetermined": "white",
}
marks = [
    plt.Rectangle((0, 0), 1, 1, facecolor=colour, edgecolor="#23282D", linewidth=0.6)
    for colour in colours.values()
]
figure.legend(marks, list(colours), loc="outside lower center", ncols=3, frameon=False)
plt.show()
