"""The library: finding what was decided, bringing what was decided elsewhere, and settling by it."""
