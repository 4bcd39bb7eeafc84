"""Triage: the questions, and the verdict that follows from the answers."""
