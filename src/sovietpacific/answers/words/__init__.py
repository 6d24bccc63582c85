"""Every sentence a reader meets about a hold, made once and ready for other languages.

Knows standings and nothing of where a sentence is shown.

The modules here say what is to be told, as messages that know no language; `wording` turns a
message into text, by the catalogue of a language.  They take records and plain values, never the
atlas, a frame or a map.
"""
