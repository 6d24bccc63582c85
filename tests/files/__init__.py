"""Test the room `files`."""
