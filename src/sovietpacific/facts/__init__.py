"""Define the nouns of the field; read the data that holds them, and check it.

Knows days and nothing of shapes, of questions, or of how anything is drawn.
"""
