"""Findings as sentences, by chapter. Every reader says them from here: cards, notices, export, page, sources."""
