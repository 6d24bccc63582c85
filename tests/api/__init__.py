"""Test the room `api`."""
