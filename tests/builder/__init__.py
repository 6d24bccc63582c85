"""Test the room `builder`."""
