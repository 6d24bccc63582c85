"""Offer the questions on the command line, in the same words.

Knows the questions and nothing of how they are answered.
"""
