"""The library's entries, the index that stands on them, and the questions to it."""
