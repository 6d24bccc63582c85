"""Write files: a few forms that several rooms use, and the safe way to write any file.

Knows rows and shapes, and nothing of tenures, views or what a row means.
"""
