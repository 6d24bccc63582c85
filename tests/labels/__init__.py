"""Test the room `labels`."""
