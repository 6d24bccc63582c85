"""Test the room `points`."""
