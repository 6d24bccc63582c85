"""Read what a user passes in: options, names and positions. This is the only gate for odd objects.

Knows the records and nothing of answers: what comes out are plain values.
"""
