"""Shape what comes back: answers, rows, frames, their words and their colours.

Knows records, shapes and timelines, and nothing of the atlas that is asked, of maps and exports.
"""
