"""Two people at the same moment: pairs of acts against real processes, held against both of their orders.

``python -m tests.races`` plays them and prints a table; ``pairs.py`` says which there are.
"""
