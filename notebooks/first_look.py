# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
# ---

# %% [markdown]
# # A first look: who held Iturup?
# Paired text: open it as a notebook with jupytext, or run it as it is.  No network is needed.

# %%
import sovietpacific as sp

print(sp.sovereignty_of("Etorofu", "1945-08-29"))

# %% Every tenure of the island, with the act and the sources behind each
print(sp.history_of("Iturup")[["since", "until", "holder", "standing", "instrument", "sources"]].to_string())

# %% What changed hands in the Kurils between the Soviet declaration of war and the last landing
changes = sp.changes_between("1945-08-08", "1945-09-05", region="kurils")
print(changes[["day", "from", "to", "to_standing", "tracts"]].to_string())

# %% The same day in law: title was Japan's until the San Francisco treaty
print(sp.borders_at("1945-09-05", view="title", region="kurils")[["holder", "standing", "area_km2"]].to_string())

# %% A map in the notebook; in a script, save it
web = sp.maps.web("1945-09-02", region="kurils")
web
