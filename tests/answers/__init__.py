"""Test the room `answers`."""
