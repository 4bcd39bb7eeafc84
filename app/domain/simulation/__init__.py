"""A company that never was, living by the same rules: to see whether insights find what was planted."""
