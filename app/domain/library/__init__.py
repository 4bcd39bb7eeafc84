"""The library: all that was decided, to be found again."""
