"""Triage: from the first sentence to the verdict, and what follows from it."""
