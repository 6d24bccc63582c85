"""Find what stands on a map before it is drawn: lines, names, differences.

Knows the atlas and nothing of pages, paper and pictures.
"""
