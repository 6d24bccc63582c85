"""Fuzzing: what is tried with bytes of any kind, the inputs that once broke it, and the program
that looks for more.
"""
