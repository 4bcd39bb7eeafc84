"""What people type, refused in words: why a day, an amount, a figure or a place could not be read, and what to do."""
