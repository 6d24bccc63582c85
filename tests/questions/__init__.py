"""Test the room `questions`."""
