"""Read columns of points, strictly: longitudes, latitudes and days.

Knows Arrow, pandas and the frame of the atlas, and nothing of who held anything.
"""
