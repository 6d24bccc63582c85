"""Say where a point lies: shapes, the point index, the nearest shore.

Knows the records for ids and boxes, and nothing of who held the land.
"""
