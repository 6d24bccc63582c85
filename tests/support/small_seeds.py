"""Makes a seeds folder of two islands and one region, small enough to be read at a glance, for the
tests to spoil.
"""

from __future__ import annotations

from pathlib import Path

POLITIES = """
[lineages]
russia = "Russia"
japan = "Japan"
[polities.russian-empire]
name = "Russian Empire"
lineage = "russia"
main = true
since = 1721-11-02
until = 1917-09-14
[polities.soviet-union]
name = "Soviet Union"
lineage = "russia"
main = true
since = 1917-09-14
[polities."russia/white"]
name = "Whites"
lineage = "russia"
striped = true
since = 1918-06-29
until = 1922-06-17
[polities.japan]
name = "Japan"
lineage = "japan"
main = true
since = 1603-03-24
"""

INSTRUMENTS = """
[series-start]
name = "First day of this atlas"
signed = 1855-01-01
[treaty-1875]
name = "Treaty"
signed = 1875-05-07
in_force = 1875-08-22
old_style = "1875-04-25"
parties = ["russia", "japan"]
[landing-1945]
name = "Landing"
signed = 1945-08-18
"""

SOURCES = """
[book-1974]
citation = "A book"
kind = "monograph"
seen = true
"""

VIEWS = """
[japan]
name = "as the official map of Japan has it"
base = "title"
claimants = ["japan"]
since = 1855-01-01
sources = ["book-1974"]
"""

LOOK = """
nobody = "#FFFFFF"
beside = "#6B7280"
first_places = []
[lineages]
russia = { colour = "#E9B3A6", language = "ru" }
japan = { colour = "#B5A420", language = "ja" }
[standings]
sovereign = { holders = "one", views = "all", pattern = "right", named = true, word = "sovereign" }
condominium = { holders = "several", views = "all", pattern = "left", named = false, word = "both" }
contested = { holders = "several", views = "all", pattern = "left", named = false, word = "contested" }
shared = { holders = "several", views = "all", pattern = "left", named = false, word = "shared" }
occupied = { holders = "one", views = "control", pattern = "right", named = false, word = "occupied" }
administered = { holders = "one", views = "control", pattern = "right", named = false, word = "run" }
[standings.unassigned]
holders = "none"
views = "all"
pattern = "left"
colours = ["#FFFFFF", "#D4CACA"]
named = false
word = "unassigned"
[standings.untold]
holders = "none"
views = "control"
pattern = "crossed"
colours = ["#FFFFFF", "#6B7280"]
named = false
word = "untold"
[languages]
en = { scripts = ["LATIN"], tracts = false }
ru = { scripts = ["CYRILLIC"], tracts = true }
ja = { scripts = ["CJK", "HIRAGANA", "KATAKANA"], tracts = true }
latn = { scripts = ["LATIN"], tracts = false }
[place_kinds]
town = { zoom = 7, dot = true, natural = false, own_name = true }
island = { zoom = 7, dot = false, natural = true, own_name = true }
cape = { zoom = 8, dot = true, natural = true, own_name = false }
[line_kinds]
parallel = { views = "all" }
river = { views = "all" }
survey = { views = "all" }
traced = { views = "all" }
province = { views = "all" }
sea = { views = "all", drawn = "sea", disputed = "disputed" }
front = { views = "control", drawn = "front" }
[drawn_lines]
border = { level = 2, strokes = [{ colour = "#FFFFFF", width = 2.6 }, { colour = "#23282D", width = 1 }] }
control = { level = 1, strokes = [{ colour = "#23282D", width = 0.95, dashes = [4.2, 2.2] }] }
disputed = { level = 2, strokes = [{ colour = "#7A2E86", width = 1.15, dashes = [5, 1.6] }] }
sea = { level = 1, strokes = [{ colour = "#4A6C86", width = 0.9, dashes = [2.2, 2.2] }] }
named = { level = 1, strokes = [] }
front = { level = 3, strokes = [{ colour = "#8A1C4A", width = 1.7 }], zoom = 6 }
[seas."Sea of Islands"]
outline = [[149.2, 44.8], [149.8, 44.8], [149.8, 45.2]]
page = { lines = ["Sea of", "Islands"], at = [149.5, 45.0], zoom = 3 }
[lands]
Chain = { at = [149.5, 45.0], zoom = 4 }
"""

EDITION = """
version = "2000.01.0"
as_of = 2000-01-01
"""

START = '{ since = 1855-01-01, holder = "russia", standing = "sovereign", by = "series-start", sources = ["book-1974"], certainty = "firm", seen = true }'
TREATY = '{ since = 1875-08-22, holder = "japan", standing = "sovereign", by = "treaty-1875", on = "in force", was = "russia", sources = ["book-1974 p. 3"], certainty = "firm", seen = true }'
LANDING = '{ since = 1945-08-18, holder = "russia", standing = "occupied", by = "landing-1945", on = "carried out", was = "japan", sources = ["book-1974"], certainty = "probable", seen = false }'

TRACTS = f"""
[chain]
name = "Chain"
control = [
    {START},
    {TREATY},
]
[chain.east]
name = "East island"
names = {{ ru = "Восточный", ja = "東島" }}
shape = {{ island = [150.0, 45.0] }}
control = [
    {LANDING},
]
[chain.west]
name = "West island"
shape = {{ island = [149.0, 45.0] }}
control = [
    {LANDING},
]
"""


def write_small_seeds(folder: Path, **spoiled: str) -> Path:
    """Write the small seeds into `folder`; a keyword (`tracts`, `polities`, `views`, …) replaces a
    text.
    """
    texts = {
        "polities": POLITIES,
        "instruments": INSTRUMENTS,
        "sources": SOURCES,
        "views": VIEWS,
        "edition": EDITION,
        "look": LOOK,
    }
    texts |= {"tracts": TRACTS} | spoiled
    (folder / "tracts").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / ("tracts/chain.toml" if name == "tracts" else f"{name}.toml")
        path.write_text(text, encoding="utf-8")
    return folder
