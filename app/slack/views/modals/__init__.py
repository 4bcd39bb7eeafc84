"""Forms, by chapter. What they carry stands in ``ids.Modal``."""
