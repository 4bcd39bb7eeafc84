"""The memo in sentences: its parts, and what a careful reader says about them."""
