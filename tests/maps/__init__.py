"""Test the room `maps`."""
