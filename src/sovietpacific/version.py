"""State the version of the library: here and nowhere else, but for the news; pyproject.toml has it
from here.

Knows one number and nothing of the version of the data.
"""

__version__ = "0.1.0"
