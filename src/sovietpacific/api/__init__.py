"""The questions, one definition of each: what is asked, of which place, day or span.

Every function reads what it is given, asks the rooms below, and returns rows, frames or an answer.
Knows what the rooms below give and nothing of how an answer is drawn or exported.
"""
