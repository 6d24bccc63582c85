"""Builds `data/` from `seeds/`; only the command line imports it."""
