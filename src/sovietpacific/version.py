"""The version of the library: written here and nowhere else, but for the news; pyproject.toml has it from here."""

__version__ = "0.1.0"
