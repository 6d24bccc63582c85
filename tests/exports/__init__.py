"""Test the room `exports`."""
