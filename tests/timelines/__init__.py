"""Test the room `timelines`."""
