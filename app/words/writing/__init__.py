"""Documents in sentences: their sections, and what a careful reader says about them."""
