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
# # Beside CShapes and Cliopatria: where answers differ, and why
#
# Two widely used data sets draw the borders of the past for the whole world: CShapes 2.0, the
# states and dependencies of 1886 to 2019, and Cliopatria, the polities of 3400 BCE to 2024 CE.
# Asked about Northeast Asia they and this atlas give different answers on some days. Most of these
# are differences of purpose, not errors: each project decides what a border is, who counts as a
# holder, and how finely time is told. This notebook holds **none of their data**, only a small
# table of our own about how they behave. Each line says where it was read; what nobody has checked
# says so.

# %%
from datetime import timedelta

import pandas as pd

import sovietpacific as sp

pd.set_option("display.max_colwidth", None)

# %% [markdown]
# ## What was read
#
# The numbers in brackets below are those of this list.
#
# 1. The [manual page of `cshp()`](https://rdrr.io/cran/cshapes/man/cshp.html) of the R package
#    cshapes 2.0, and its [ChangeLog](https://stat.ethz.ch/CRAN/web/packages/cshapes/ChangeLog) of
#    31 May 2021.
# 2. The package itself as it is on CRAN, read and measured by the makers of this atlas.
# 3. Names, days and outlines of CShapes 2.0 as others [copied
#    them](https://github.com/rwmqx7dwb5-arch/IntMap) (`data/cshapes.js` at commit 10791b9),
#    rounded, without status and owner. East Asia was read, and Russia since 1940.
# 4. Notes on CShapes in the documentation of the R function `cshp_gw_modifications()`, by users who
#    say that they are not of its team.
# 5. A page that serves CShapes 2.0 and names its licence:
#    [demo.ldproxy.net/cshapes](https://demo.ldproxy.net/cshapes).
# 6. The README (commit 0aaa672) and the licence of
#    [Cliopatria](https://github.com/Seshat-Global-History-Databank/cliopatria).
# 7. Its makers on members and relations of polities: issues
#    [36](https://github.com/Seshat-Global-History-Databank/seshat/issues/36) and
#    [224](https://github.com/Seshat-Global-History-Databank/seshat/issues/224) of Seshat.
#
# **Not checked**: the codebook of CShapes, the data file of Cliopatria, and the articles on
# [CShapes](https://doi.org/10.1177/00220027211013563) and on
# [Cliopatria](https://www.nature.com/articles/s41597-025-04516-9) (of the second only the opening)
# were not at hand.
#
# ## What each is made for
#
# A line of this table explains most differences between answers.
#
# | | this atlas | CShapes 2.0 | Cliopatria |
# |---|---|---|---|
# | where | Northeast Asia | the world [1] | the world [6] |
# | when | 1855 to today | 1886 to 2019 [1] | 3400 BCE to 2024 CE [6] |
# | a row is | a hold of one tract | a state or dependency, unchanged [3] | a polity, likewise [6] |
# | time is told by | the day | the day [1] | the year [6] |
# | a span ends | before its last date | with its last date [2] | with its last year [6] |
# | a holder is | in control, by practice or by law | a listed state [1] | a polity, versioned [6] |
# | dependencies | leased, zone, puppet, … | on request, with owner [1] | members, components [7] |
# | occupation in war | by the day of each town | mostly not, by Gleditsch-Ward [4] | not checked |
# | states' own claims | seven official maps | none [2] | not checked |
# | sources | for each tenure | none for each row [2] | a Wikipedia article for each row [6] |
# | licence of shapes | ODbL 1.0 | CC BY-NC-SA 4.0 [5] | CC BY 4.0 [6] |
#
# ## What they do better
#
# - **Both** cover the whole world, and are described in articles of scholarly journals; this atlas
#   ends at the edge of its map.
# - **CShapes** follows published lists of states, so that its rows join with conflict and trade
#   data by their codes; it gives capitals and distances between states, and one answer for each
#   place and day, where this atlas makes you choose a view.
# - **Cliopatria** reaches back five thousand years, links its polities to the Seshat databank, and
#   its licence asks for no more than credit.
# - For a panel of country-years, or for anything beyond Northeast Asia, use one of them. For a day,
#   a town, an occupation or a claim around these seas, use this one, and say which view.
#
# ## What the end of a span means
#
# The same hold written in the three ways. Read with the wrong rule, the day of the change has two
# holders, or none.

# %%
hold = sp.history_of("Kaesong", view="control").query("holder == 'rok'").iloc[0]
since, until = pd.Timestamp(hold["since"]), pd.Timestamp(hold["until"])
ends = {
    "this atlas": (f"{since:%Y-%m-%d}", f"{until:%Y-%m-%d}", "the first day of the next holder"),
    "as CShapes writes it": (
        f"{since:%Y-%m-%d}",
        f"{until - timedelta(days=1):%Y-%m-%d}",
        "the last day of this holder",
    ),
    "as Cliopatria writes it": (
        f"{since:%Y}",
        f"{until:%Y} or {until.year - 1}",
        "the last year, its own or the next holder's",
    ),
}
pd.DataFrame(ends, index=["from", "to", "what the end is"]).T.rename_axis(
    "Kaesong, held by the Republic of Korea"
)

# %% [markdown]
# ## What a year cannot tell
#
# Days of one year by holder, in the view `control`. A map by years has to give the whole year to
# one of them.


# %%
def days_of(place, year):
    """Return on how many days of a year each holder held a place, as a text."""
    first, last = pd.Timestamp(f"{year}-01-01"), pd.Timestamp(f"{year + 1}-01-01")
    rows = sp.history_of(place, view="control")
    begins = pd.to_datetime(rows["since"]).clip(first, last)
    lengths = (pd.to_datetime(rows["until"]).fillna(last).clip(first, last) - begins).dt.days
    days_by_holder = lengths.groupby(rows["holder"]).sum().sort_values(ascending=False)
    held = days_by_holder[days_by_holder > 0]
    return ", ".join(f"{holder} {days}" for holder, days in held.items())


years = [
    ("Toyohara", 1905),
    ("Changchun", 1932),
    ("Harbin", 1945),
    ("Shumshu", 1945),
    ("Kaesong", 1950),
    ("Seoul", 1950),
]
pd.Series(
    {f"{place}, {year}": days_of(place, year) for place, year in years},
    name="days of the year by holder",
).to_frame()

# %% [markdown]
# ## Eight questions
#
# What this atlas answers is asked here and now; what CShapes has for the same place and day is told
# in our words, from what was read. Cliopatria could not be asked: its data file was not at hand.

# %%
questions = """
Iturup, 1938-01-01
not Japan's, whose one outline, 1886 to 2019, ends at Hokkaido [3]
no Kuril island changes hands there

Toyohara, 1905-09-20
a unit Southern Sakhalin from 5 September 1905 [3]
signing there, capture, then entry into force here

Toyohara, 1945-08-20
the Soviet Union, from 15 August 1945 [3]
one day for all there, the day of each town here

Seoul, 1910-08-25
Korea, in a new row from 23 August 1910 [3]
the day after the signing there, entry into force here

Changchun, 1938-01-01
China; no Manchukuo [3]
close to general practice here, not to control

Dalian, 1914-01-01
no unit for the lease was found [3]
close to general practice here, not to control

Kaesong, 1949-06-01
North Korea, as on every day from 15 August 1945 [3]
the line of 1953 throughout there, the parallel here

Honshu, 1947-01-01
Japan [3]; the occupation is not coded [4]
as general practice here, not as control
"""


# %%
def answer(place, day, view):
    """Return one answer of this atlas in words: the polities and the standing."""
    held = getattr(sp.sovereignty_of(place, day), view)
    return f"{' and '.join(held.polities) or 'undetermined'} ({held.standing})"


rows = []
for question in questions.strip().split("\n\n"):
    where, theirs, why = question.splitlines()
    place, day = where.split(", ")
    ours = [answer(place, day, view) for view in ("control", "sovereignty")]
    rows.append((place, day, *ours, theirs, why))
columns = [
    "place",
    "day",
    "this atlas: control",
    "this atlas: sovereignty",
    "CShapes 2.0, in our words",
    "why they differ",
]
look = [{"selector": "th, td", "props": "text-align: left; vertical-align: top; padding: 4px 8px"}]
table = pd.DataFrame(rows, columns=columns).style.hide().set_table_styles(look)
table.set_properties(subset=["place", "day"], **{"white-space": "nowrap"})
