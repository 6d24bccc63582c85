"""Test the library: a folder for each of its rooms, `project` for what is around it."""
