"""Test the room `land`."""
