"""Pre-read and sync: read and settled in writing first, and met only about what is still open."""
