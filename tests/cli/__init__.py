"""Test the room `cli`."""
