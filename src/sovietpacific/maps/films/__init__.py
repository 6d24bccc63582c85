"""Write films: a picture for every day on which the map changes.

Knows the printed map and nothing of pages.
"""
