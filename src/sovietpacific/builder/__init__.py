"""Build `data/` from `seeds/`; only the command line imports this room.

Knows seeds, nouns and days, and nothing of the atlas that will read what is built.
"""
