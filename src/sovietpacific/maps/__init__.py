"""Draw the atlas: pages that need no network, sheets for print, films.

A page (Folium map; `.save(path)`, or the value of a notebook's cell):
    web(day)                        one day: each piece of land with its act, sources and history
    timeline()                      all days, with a slider
    compare(first, last)            two days under one handle, what changed hands measured

A sheet (matplotlib Figure; `.savefig(path)`):
    sheet(day)                      one day
    sheets([day, day, ...])         small maps side by side
    compare_sheet(first, last)      two days, what changed hands measured

A file, by its ending:
    save(path, day)                 .html, .png, .svg or .pdf
    save_comparison(path, first, last)
    save_timeline(path)             .html
    animate(path, first, last)      .gif, .webp or .mp4

All take `view`, `region` and `title`; sheets and films also `around=(place, km)`.

Knows the ways of drawing, and nothing of exports or the command line.
"""

import lazy_loader

# What is public stands once, in `__init__.pyi`; each name is imported when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
