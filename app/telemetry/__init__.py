"""Seeing it run: log lines, metrics, traces. At the bottom of the house, so that every room may tell what it does.

`metrics` holds every figure, `about` what a line is about, `logs` how lines look and what they never hold, `traces`
spans by setting, `pools` threads that keep all of it along. Nothing here ever carries what people wrote.
"""
