"""Draw pages that stand alone: a day, two days, the slider.

Knows HTML and what stands on a map, and nothing of paper and of `maps.printed`.
"""
