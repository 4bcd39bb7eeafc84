"""People: where they are, when they work, and what stands where somebody was erased."""
