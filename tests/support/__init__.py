"""Hold what several tests share: small data, hostile values, browsers, writers of files."""
