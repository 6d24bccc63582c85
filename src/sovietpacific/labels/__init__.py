"""Label points by the million, each with its own day: frames, streams, files, clusters.

Knows the atlas and the columns of `points`, and nothing of maps.
"""
