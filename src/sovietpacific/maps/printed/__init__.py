"""Draw sheets for print: one day, several days, two days compared.

Knows matplotlib and what stands on a map, and nothing of HTML and of `maps.pages`.
"""
