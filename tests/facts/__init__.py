"""Test the room `facts`."""
