"""The memo: its parts, and what a careful reader says about them."""
