"""Sign-off in sentences."""
