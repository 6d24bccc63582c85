"""Say who held a tract on a day: the timelines folded, and the own maps of states.

Knows records and days, and nothing of shapes, names and frames.
"""
