"""Test the room `dates`."""
